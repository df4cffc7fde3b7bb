import { describe, expect, it } from 'vitest'
import type { Instant } from '../../platform/time.ts'
import type { SessionState } from '../session/session.ts'
import { observedIn, rulesAgainst } from './dose-rules.ts'

const at = (time: string) => `2026-11-22T${time}:00.000Z` as Instant
const rule = (
  ruleId: string,
  ruleClass: 'absolute' | 'relative' | 'hold-today',
  truth: 'met' | 'not-met' | 'unknown',
  never = false,
) => ({ ruleId, ruleClass, truth, never, title: ruleId, settle: 'ask' })

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

  it('count an override for the rule it names, and none where nobody may override', () => {
    const results = [
      rule('a', 'absolute', 'unknown'),
      rule('b', 'relative', 'not-met'),
      rule('c', 'absolute', 'not-met', true),
      rule('d', 'relative', 'not-met'),
    ]
    expect(rulesAgainst(results, ['a', 'b', 'c']).tooOld.map(({ title }) => title)).toEqual(['c', 'd'])
  })
})

describe('what the log says to the rules of the day', () => {
  const state = (
    values: object,
    breathAlcoholGPer210L: number | null,
    escort = { escortNamed: true, escortPhoneGiven: true },
  ) =>
    ({
      readings: [
        { at: at('14:00'), values: { systolicMmHg: 120, diastolicMmHg: 80, heartRatePerMin: 60 } },
        { at: at('15:00'), values },
      ],
      checklist: { at: at('14:30'), breathAlcoholGPer210L, ...escort },
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
      { kind: 'escort-named', value: 'yes', observedAt: at('14:30') },
      { kind: 'breath-alcohol', value: 0, observedAt: at('14:30') },
    ])
  })

  it('is nothing where nothing was measured, also when an earlier reading knew it', () => {
    const kinds = observedIn(state({ systolicMmHg: 120, heartRatePerMin: null }, null), at('15:05')).map(
      ({ kind }) => kind,
    )
    expect(kinds).toEqual(['escort-named'])
    const { checklist: _, ...before } = state({}, null)
    expect(observedIn({ ...before, checklist: undefined }, at('15:05'))).toEqual([])
  })

  it.each([
    [true, true, 'yes'],
    [true, false, 'no'],
    [false, true, 'no'],
    [false, false, 'no'],
  ])('an escort is named with a telephone or not at all: %s, %s', (escortNamed, escortPhoneGiven, value) => {
    const [escort] = observedIn(state({}, null, { escortNamed, escortPhoneGiven }), at('15:05'))
    expect(escort).toEqual({ kind: 'escort-named', value, observedAt: at('14:30') })
  })

  it('leaves out what lies after the instant', () => {
    expect(observedIn(state({}, 0), at('14:10')).map(({ kind }) => kind)).toEqual([
      'blood-pressure',
      'heart-rate-per-min',
    ])
  })
})
