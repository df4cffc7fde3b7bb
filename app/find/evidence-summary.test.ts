import { describe, expect, it } from 'vitest'
import { siteContent } from './content.server.ts'
import { countedInWords, notCountedInWords, summarizeEvidence } from './evidence-summary.ts'
import type { Study } from './study.ts'

const studies = [...siteContent().studies.values()]
const anyTrial = siteContent().studies.get('dakwar-2020-alcohol')!

function trial(changes: Partial<Study>): Study {
  return { ...anyTrial, ...changes }
}

describe('the sum of evidence', () => {
  it('for alcohol counts the five treatment trials by hand: Dakwar 40, Grabski 96, Yoon 65, Terasaki 44, Gent 28', () => {
    const alcohol = summarizeEvidence(studies.filter((study) => study.topics.includes('alcohol')))
    expect(alcohol.trials).toBe(5)
    expect(alcohol.people).toBe(40 + 96 + 65 + 44 + 28)
    expect(alcohol.byDirection).toMatchObject({ favored: 1, mixed: 2, 'no-benefit': 2 })
    expect(alcohol.withoutResult).toBe(2)
    expect(alcohol.grade).toBe('unsettled')
    expect(countedInWords(alcohol).join(' ')).toBe(
      '5 trials in which chance decided who got what, with 273 people in all. 1 favored ketamine, 2 were mixed, 2 found no benefit.',
    )
    expect(notCountedInWords(alcohol)).toHaveLength(2)
  })

  it('for opioids tells the two that compared ketamine with ketamine apart, and never as ketamine favored', () => {
    const opioids = summarizeEvidence(studies.filter((study) => study.topics.includes('opioids')))
    expect(opioids).toMatchObject({ trials: 2, people: 70 + 59 })
    expect(opioids.byDirection).toMatchObject({ favored: 0, 'more-over-less': 2 })
    expect(countedInWords(opioids)).toEqual([
      '2 trials in which chance decided who got what, with 129 people in all.',
      '2 of these compared more ketamine with less, and more did better. That cannot show whether ketamine beats none.',
    ])
  })

  it('for all of addiction says how many of those that look good had no group without ketamine', () => {
    const addiction = summarizeEvidence(studies.filter(({ category }) => category === 'addiction'))
    expect(countedInWords(addiction).slice(1)).toEqual([
      '2 favored ketamine, 2 were mixed, 3 found no benefit.',
      '2 of these compared more ketamine with less, and more did better. That cannot show whether ketamine beats none.',
    ])
  })

  it('knows them by the record and not by its words; a null of such a trial stays a null', () => {
    const compared = { comparesKetamineWithKetamine: true }
    expect(summarizeEvidence([trial(compared), trial({})]).byDirection).toMatchObject({
      favored: 1,
      'more-over-less': 1,
    })
    expect(summarizeEvidence([trial({ ...compared, direction: 'negative' })]).byDirection).toMatchObject({
      'no-benefit': 1,
      'more-over-less': 0,
    })
  })

  it('keeps unverified records out, however good they look', () => {
    const before = summarizeEvidence([trial({}), trial({}), trial({})])
    const after = summarizeEvidence([
      trial({}),
      trial({}),
      trial({}),
      trial({ confidence: 'from-memory', peopleTotal: 9000 }),
    ])
    expect(after).toEqual({ ...before, unverified: 1 })
    const ptsd = summarizeEvidence(studies.filter((study) => study.topics.includes('ptsd')))
    expect(ptsd.unverified).toBe(1)
  })

  it('does not count running, withdrawn or unpublished trials, second looks, reviews, experiments and withdrawal care', () => {
    const none = summarizeEvidence(
      studies.filter(({ id }) =>
        [
          'ongoing-more-kare',
          'withdrawn-aud-ed',
          'awakn-2022-behavioural-basket',
          'rothberg-2021-mystical',
          'kelson-2023-review',
          'das-2019-reconsolidation',
          'jovaisa-2006-opioid-detox',
          'krupitsky-1997-alcohol',
        ].includes(id),
      ),
    )
    expect(none).toMatchObject({ grade: 'none', trials: 0, people: 0, withoutResult: 3, otherStudies: 5 })
    expect(countedInWords(none)[0]).toMatch(/^No trial/)
  })

  it('leaves a trial of unknown size out of the people, and says so', () => {
    const summary = summarizeEvidence([trial({}), trial({ peopleTotal: null })])
    expect(summary).toMatchObject({ trials: 2, people: 40, trialsOfUnknownSize: 1 })
    expect(countedInWords(summary).join(' ')).toContain('did not report how many people')
  })

  it('grades by its printed rule', () => {
    const of = (count: number, peopleTotal: number, favored: number) =>
      summarizeEvidence(
        Array.from({ length: count }, (_, at) =>
          trial({ peopleTotal, direction: at < favored ? 'positive' : 'negative' }),
        ),
      ).grade
    expect(of(0, 0, 0)).toBe('none')
    expect(of(2, 1000, 2)).toBe('early')
    expect(of(3, 60, 3)).toBe('early')
    expect(of(3, 70, 3)).toBe('unsettled')
    expect(of(3, 200, 2)).toBe('supported')
    expect(of(3, 200, 1)).toBe('unsettled')
    const moreOverLess = trial({ peopleTotal: 200, comparesKetamineWithKetamine: true })
    expect(summarizeEvidence([moreOverLess, moreOverLess, moreOverLess]).grade).toBe('unsettled')
  })
})
