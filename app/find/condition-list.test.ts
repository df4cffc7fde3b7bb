import { describe, expect, it } from 'vitest'
import { conditionGroups } from './condition-list.ts'
import { siteContent } from './content.server.ts'

const content = siteContent()

describe('the list of conditions', () => {
  const lines = new Map(
    conditionGroups(content).flatMap(({ conditions }) => conditions.map(({ id, line }) => [id, line])),
  )

  it('has all thirteen, each once', () => {
    expect(lines.size).toBe(13)
    expect(content.articles.filter(({ kind }) => kind === 'condition')).toHaveLength(13)
  })

  it.each([
    [
      'alcohol',
      '5 trials, 273 people: 1 favored ketamine, 2 mixed, 2 found no benefit. 2 more have no result to count.',
    ],
    [
      'opioids',
      '2 trials, 129 people: 2 compared more ketamine with less, and more did better. 1 more has no result to count.',
    ],
    ['cocaine', '1 trial, 55 people: 1 favored ketamine.'],
    ['methamphetamine', 'No trial that counts has reported. 2 have no result to count.'],
    ['cannabis', 'No trial that counts. 1 study with nothing to compare with, 8 people.'],
    ['nicotine', '1 trial, 10 people: 1 found no benefit.'],
    ['benzodiazepines', 'No trial that counts. 1 study with nothing to compare with, 22 people.'],
    [
      'gambling',
      'No trial that counts. 1 study with nothing to compare with, 1 person. 1 has no result to count.',
    ],
    ['gaming', 'No study at all.'],
    ['ptsd', '3 trials, 229 people: 1 favored ketamine, 2 found no benefit. 1 unverified, left out.'],
    ['bipolar-depression', '3 trials, 98 people: 2 favored ketamine, 1 found no benefit.'],
    ['ocd', '1 trial, 15 people: 1 favored ketamine.'],
  ])('says of %s: %s', (id, line) => {
    expect(lines.get(id)).toBe(line)
  })

  it('refuses a condition that stands in no group', () => {
    const stranger = { ...content.articles.find(({ id }) => id === 'alcohol')!, id: 'caffeine' }
    expect(() => conditionGroups({ ...content, articles: [...content.articles, stranger] })).toThrow(
      /caffeine/,
    )
  })
})
