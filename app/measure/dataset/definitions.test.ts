import { expect, it } from 'vitest'
import { RETENTION_DAYS } from './definition.ts'
import { definitionOf, definitions, definitionsPrint } from './definitions.ts'
import { urineDefinitions } from './urine-definitions.ts'

it('gives every definition an id of its own, a version, words and a source', () => {
  expect(new Set(definitions.map(({ id }) => id)).size).toBe(definitions.length)
  for (const { id, version, name, text, source } of definitions) {
    expect(id, id).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/)
    expect(version, id).toBeGreaterThanOrEqual(1)
    expect(name.length, id).toBeGreaterThan(3)
    expect(text.endsWith('.'), id).toBe(true)
    expect(source.words.length, id).toBeGreaterThan(3)
  }
})

it('keeps the ids and versions under which figures were shown before', () => {
  const kept = ['time-to-first-use', 'abstinence-at-day-90', 'survival-band', 'small-counts']
  expect(kept.map((id) => definitionOf(id).version)).toEqual([3, 3, 1, 3])
})

it('has one for each point day, for each judged instrument and for each published urine endpoint', () => {
  for (const day of RETENTION_DAYS) definitionOf(`retention-at-day-${day}`)
  // Nobody is asked after day 365, so nobody could be seen to be in touch then.
  expect(RETENTION_DAYS).toEqual([28, 90, 180])
  expect(() => definitionOf('retention-at-day-365')).toThrow(RangeError)
  expect(definitionOf('response-phq-9').text).toContain('50 %')
  expect(definitionOf('remission-madrs').text).toContain('10 or less')
  expect(definitionOf('reliable-change-pcl-5').source.words).toContain('Marx')
  expect(urineDefinitions.length).toBeGreaterThan(10)
  expect(() => definitionOf('success-rate')).toThrow(RangeError)
})

it('says of no outcome that it is a success or a failure, nor that anything caused it', () => {
  for (const { id, name, text } of definitions) {
    expect(`${name} ${text}`, id).not.toMatch(
      /success|fail|because of the treatment|addict|clean|dirty|abuse/i,
    )
  }
})

it('prints differently when a version rises, so that stored rows are made anew', () => {
  expect(definitionsPrint()).toContain('time-to-relapse@1')
})
