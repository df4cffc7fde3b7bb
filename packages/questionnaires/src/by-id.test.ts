import { describe, expect, it } from 'vitest'
import { firedTriggers, score } from './by-id.ts'

const ZEROS = { q1: 0, q2: 0, q3: 0, q4: 0, q5: 0, q6: 0, q7: 0, q8: 0, q9: 0 }

function total(instrumentId: string, answers: Record<string, unknown>) {
  const outcome = score(instrumentId, answers)
  if (!('scores' in outcome)) throw new Error('not scored')
  return outcome.scores.total
}

describe('PHQ-9', () => {
  it('says nothing about an empty form', () => {
    expect(score('phq-9', {})).toEqual({
      valid: true,
      scores: {
        phq2: { value: null, status: 'incomplete', band: null },
        total: { value: null, status: 'incomplete', band: null },
      },
      flags: { majorDepressiveSyndrome: null, otherDepressiveSyndrome: null },
      triggers: [],
    })
  })

  it('prorates two missing answers and refuses three', () => {
    const two = { q1: 2, q2: 2, q3: 1, q4: 1, q6: 1, q7: 1, q9: 0 }
    expect(total('phq-9', two)).toEqual({ value: 10, status: 'prorated', exact: 10.29, band: 'moderate' })
    expect(total('phq-9', { ...two, q4: null })).toEqual({
      value: null,
      status: 'incomplete',
      bounds: [7, 16],
      band: null,
    })
  })

  it('rounds half up when prorating', () => {
    const { q8: _open, ...eight } = { ...ZEROS, q1: 2, q2: 2, q3: 2, q4: 2, q5: 2, q6: 1, q7: 1 }
    expect(total('phq-9', eight)).toMatchObject({ value: 14, exact: 13.5 })
  })

  it('does not call an estimate certain: a prorated 20 that may still end at 18 does not fire', () => {
    const seven = { q1: 3, q2: 3, q3: 3, q4: 3, q5: 3, q6: 3, q9: 0 }
    expect(total('phq-9', seven)).toMatchObject({ value: 23, status: 'prorated', band: 'severe' })
    expect(score('phq-9', seven).triggers).toEqual([])
    expect(score('phq-9', { ...seven, q7: 2 }).triggers).toEqual(['phq9-severe'])
  })

  it.each(['4', '2', true, 1.5, -1, 4, Number.NaN, Number.POSITIVE_INFINITY, [2], { value: 2 }])(
    'refuses %j as an answer',
    (answer) => {
      expect(score('phq-9', { ...ZEROS, q1: answer })).toEqual({
        valid: false,
        errors: ['invalid-value:q1'],
        triggers: [],
      })
    },
  )

  it('names every answer that does not fit, sorted, and still hears the safety answer', () => {
    expect(score('phq-9', { q3: 9, q12: 1, q10: 7, q9: 3 })).toEqual({
      valid: false,
      errors: ['invalid-value:q10', 'invalid-value:q3', 'unknown-item:q12'],
      triggers: ['phq9-item9'],
    })
  })

  it('takes ids that every object carries for unknown ones', () => {
    const answers = JSON.parse('{"__proto__": 1, "constructor": 2, "q9": 1}')
    expect(score('phq-9', answers)).toMatchObject({
      errors: ['unknown-item:__proto__', 'unknown-item:constructor'],
      triggers: ['phq9-item9'],
    })
  })

  it('stores no negative zero', () => {
    expect(Object.is((total('phq-9', { ...ZEROS, q1: -0 }) as { value: number }).value, 0)).toBe(true)
  })
})

describe('GAD-7', () => {
  it('prorates one missing answer, not two', () => {
    const six = { q1: 2, q2: 2, q3: 2, q4: 1, q5: 1, q6: 1 }
    expect(total('gad-7', six)).toMatchObject({ value: 11, exact: 10.5, status: 'prorated' })
    expect(total('gad-7', { ...six, q6: null })).toMatchObject({ status: 'incomplete', bounds: [8, 14] })
  })
})

describe('AUDIT', () => {
  it('scores the skip-out as 0 and ignores answers on skipped questions with a warning', () => {
    const outcome = score('audit', { q1: 0, q2: 3, q5: 0, q9: 2, q10: 0 })
    expect(outcome).toMatchObject({
      scores: { total: { value: 2, status: 'ok', band: 'zone I: low risk' } },
      warnings: ['ignored-skipped-item:q2'],
    })
  })

  it('does not skip what it does not know: without question 1 the rest counts, and the total stays open', () => {
    const answers = { q2: 2, q3: 1, q4: 2, q5: 2, q6: 1, q7: 0, q8: 0, q9: 0, q10: 0 }
    expect(score('audit', answers)).toMatchObject({
      scores: {
        dependence: { value: 5, status: 'ok' },
        // From 0 (a person who never drinks skips everything) to the answers given plus the highest frequency.
        total: { value: null, status: 'incomplete', bounds: [0, 12] },
      },
    })
  })

  it('refuses the value between two allowed ones', () => {
    expect(score('audit', { q9: 3 })).toMatchObject({ valid: false, errors: ['invalid-value:q9'] })
  })
})

describe('craving', () => {
  it.each([
    [0, 'none'],
    [1, 'mild'],
    [3, 'mild'],
    [4, 'moderate'],
    [6, 'moderate'],
    [7, 'severe'],
    [10, 'severe'],
  ])('calls %d %s', (value, band) => {
    expect(total('craving-nrs', { q1: value })).toEqual({ value, status: 'ok', band })
  })
})

describe('fired triggers', () => {
  it('gives the whole trigger on a form with one answer', () => {
    expect(firedTriggers('phq-9', { q9: 1 })).toEqual([
      expect.objectContaining({ id: 'phq9-item9', severity: 'critical', action: expect.any(String) }),
    ])
  })

  it('is silent on no answer, on 0 and on null', () => {
    for (const q9 of [undefined, null, 0]) expect(firedTriggers('phq-9', { q9 })).toEqual([])
  })

  it('hears the answer beside one that does not fit', () => {
    expect(firedTriggers('phq-9', { q1: 'x', q9: 2 }).map(({ id }) => id)).toEqual(['phq9-item9'])
  })
})

it('throws for an instrument that does not exist', () => {
  expect(() => score('phq-10', {})).toThrow(RangeError)
  expect(() => firedTriggers('', {})).toThrow(RangeError)
})
