import { describe, expect, it } from 'vitest'
import type { Instant } from '../../platform/time.ts'
import type { SessionState } from '../session/session.ts'
import { observedIn } from './dose-rules.ts'

const at = (time: string) => `2026-11-22T${time}:00.000Z` as Instant
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
