import { describe, expect, it } from 'vitest'
import { parseForm } from '../platform/form.ts'
import { CHECK_IN_LISTS, checkInForm, toAnswers, toFormValues } from './check-in-schema.ts'
import { daysKeptInWords } from './days-kept-words.ts'

const KEY = '018f2b2c-0000-7000-8000-000000000001'
const send = (fields: Record<string, string | string[]>) => {
  const form = new FormData()
  for (const [name, value] of Object.entries({ key: KEY, ...fields })) {
    for (const one of [value].flat()) form.append(name, one)
  }
  return parseForm(checkInForm, form, CHECK_IN_LISTS)
}
const errors = (fields: Record<string, string | string[]>) => {
  const parsed = send(fields)
  return parsed.ok ? [] : Object.keys(parsed.answer.errors)
}

describe('what a browser may send as a check-in', () => {
  it('asks for one answer and leaves the rest open', () => {
    expect(errors({})).toEqual(['used'])
    const parsed = send({ used: 'no' })
    expect(parsed.ok && toAnswers(parsed.value)).toEqual({
      craving0to10: null,
      used: 'no',
      substances: [],
      mood0to10: null,
      words: null,
    })
  })

  it('takes a full one, each substance once', () => {
    const parsed = send({
      craving: '10',
      used: 'yes',
      substances: ['opioids', 'alcohol', 'alcohol'],
      mood: '0',
      words: ' hard ',
    })
    expect(parsed.ok && toAnswers(parsed.value)).toEqual({
      craving0to10: 10,
      used: 'yes',
      substances: ['alcohol', 'opioids'],
      mood0to10: 0,
      words: 'hard',
    })
  })

  it.each([
    [{ used: 'no', craving: '11' }, ['craving']],
    [{ used: 'no', craving: '-1' }, ['craving']],
    [{ used: 'no', mood: '5.5' }, ['mood']],
    [{ used: 'maybe' }, ['used']],
    [{ used: 'no', substances: ['alcohol'] }, ['substances']],
    [{ used: 'rather-not-say', substances: ['alcohol'] }, ['substances']],
    [{ used: 'yes', substances: ['water'] }, ['substances']],
    [{ used: 'no', words: 'x'.repeat(2001) }, ['words']],
    [{ used: 'no', key: 'again' }, ['key']],
  ])('refuses %o by its field', (fields, wrong) => {
    expect(errors(fields as Record<string, string>)).toEqual(wrong)
  })

  it('gives back what was typed', () => {
    const parsed = send({ craving: '7', substances: ['alcohol', 'other'], words: 'kept' })
    expect(parsed.ok ? {} : parsed.answer.values).toMatchObject({
      craving: '7',
      substances: ['alcohol', 'other'],
      words: 'kept',
    })
  })

  it('fills the form with the entry of the day', () => {
    expect(
      toFormValues({ craving0to10: 0, used: 'unknown', substances: [], mood0to10: null, words: null }),
    ).toEqual({ craving: '0', used: 'rather-not-say', substances: [], mood: '', words: '' })
  })
})

describe('days kept in words', () => {
  const words = (change: object) =>
    daysKeptInWords({ kept: 41, used: 0, unknown: 0, of: 45, lastUsed: undefined, ...change } as never).join(
      ' ',
    )
  it.each([
    [{}, 'By your check-ins, there was no use on 41 of the last 45 days.'],
    [
      { used: 1, lastUsed: '2026-11-17' },
      'By your check-ins, there was no use on 41 of the last 45 days. There was use on one of them: Tue 17 Nov 2026.',
    ],
    [
      { used: 3, lastUsed: '2026-11-17', unknown: 1 },
      'By your check-ins, there was no use on 41 of the last 45 days. There was use on 3 of them, last on Tue 17 Nov 2026. One day is not known.',
    ],
    [{ kept: 1, of: 1 }, 'By your check-ins, there was no use on 1 of the last 1 day.'],
    [{ of: 0 }, ''],
  ])('%o', (change, said) => {
    expect(words(change)).toBe(said)
    expect(words(change)).not.toMatch(/relapse|clean|fail|streak/i)
  })
})
