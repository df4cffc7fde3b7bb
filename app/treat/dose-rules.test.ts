import { describe, expect, it } from 'vitest'
import type { Instant } from '../platform/time.ts'
import { observedIn, rulesAgainst } from './dose-rules.ts'
import type { SessionState } from './session.ts'

const at = (time: string) => `2026-11-22T${time}:00.000Z` as Instant
const rule = (
  ruleId: string,
  ruleClass: 'absolute' | 'relative' | 'hold-today',
  truth: 'met' | 'not-met' | 'unknown',
) => ({ ruleId, ruleClass, truth, title: ruleId, settle: 'ask' })

describe('rules against a dose', () => {
  it.each([
    ['hold-today', 'met', [], []],
    ['hold-today', 'not-met', ['r'], []],
    ['hold-today', 'unknown', ['r'], []],
    ['absolute', 'met', [], []],
    ['absolute', 'not-met', [], ['r']],
    ['absolute', 'unknown', [], ['r']],
    ['relative', 'met', [], []],
    ['relative', 'not-met', [], ['r']],
    ['relative', 'unknown', [], ['r']],
  ] as const)('%s, %s', (ruleClass, truth, held, old) => {
    const against = rulesAgainst([rule('r', ruleClass, truth)], [])
    expect(against.heldBy.map(({ title }) => title)).toEqual(held)
    expect(against.tooOld.map(({ title }) => title)).toEqual(old)
  })

  it('count an override for the relative rule it names, and for no absolute one', () => {
    const results = [rule('a', 'absolute', 'unknown'), rule('b', 'relative', 'not-met')]
    expect(rulesAgainst(results, ['a', 'b']).tooOld.map(({ title }) => title)).toEqual(['a'])
  })
})

describe('what the log says to the rules of the day', () => {
  const state = (values: object, breathAlcoholGPer210L: number | null) =>
    ({
      readings: [
        { at: at('14:00'), values: { systolicMmHg: 120, diastolicMmHg: 80, heartRatePerMin: 60 } },
        { at: at('15:00'), values },
      ],
      checklist: { at: at('14:30'), breathAlcoholGPer210L },
    }) as unknown as SessionState

  it('is the newest reading and the checklist', () => {
    const values = { systolicMmHg: 150, diastolicMmHg: 85, heartRatePerMin: 72 }
    expect(observedIn(state(values, 0), at('15:05'))).toEqual([
      {
        kind: 'blood-pressure',
        value: { systolicMmHg: 150, diastolicMmHg: 85 },
        observedAt: at('15:00'),
      },
      { kind: 'heart-rate-per-min', value: 72, observedAt: at('15:00') },
      { kind: 'breath-alcohol', value: 0, observedAt: at('14:30') },
    ])
  })

  it('is nothing where nothing was measured, also when an earlier reading knew it', () => {
    expect(observedIn(state({ systolicMmHg: 120, heartRatePerMin: null }, null), at('15:05'))).toEqual([])
  })

  it('leaves out what lies after the instant', () => {
    expect(observedIn(state({}, 0), at('14:10')).map(({ kind }) => kind)).toEqual([
      'blood-pressure',
      'heart-rate-per-min',
    ])
  })
})
