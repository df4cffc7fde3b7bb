import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { interpret, type State, worstState } from './interpret.ts'
import { defaultLimits, type Limits } from './limits.ts'
import { type Reading, type TimedReading, type VitalSign, vitalSigns } from './vital-sign.ts'

const MINUTE_MS = 60_000

const calm: Reading = {
  systolicMmHg: 124,
  diastolicMmHg: 78,
  heartRatePerMin: 72,
  spo2Percent: 98,
  respiratoryRatePerMin: 14,
  moaas: 5,
}

function stateOf(sign: VitalSign, value: number, baseline: Reading = calm): State {
  return interpret({ [sign]: value }, defaultLimits, baseline, { atMs: 0, earlier: [] }).signs[sign].state
}

describe('the default limits at each edge', () => {
  // With an own baseline so high that no rise counts.
  const high: Reading = { systolicMmHg: 179, diastolicMmHg: 109 }
  it.each<[VitalSign, number, State]>([
    ['systolicMmHg', 89, 'red'],
    ['systolicMmHg', 90, 'within'],
    ['systolicMmHg', 159, 'within'],
    ['systolicMmHg', 160, 'amber'],
    ['systolicMmHg', 179, 'amber'],
    ['systolicMmHg', 180, 'red'],
    ['diastolicMmHg', 49, 'red'],
    ['diastolicMmHg', 50, 'within'],
    ['diastolicMmHg', 99, 'within'],
    ['diastolicMmHg', 100, 'amber'],
    ['diastolicMmHg', 109, 'amber'],
    ['diastolicMmHg', 110, 'red'],
    ['heartRatePerMin', 44, 'red'],
    ['heartRatePerMin', 45, 'amber'],
    ['heartRatePerMin', 54, 'amber'],
    ['heartRatePerMin', 55, 'within'],
    ['heartRatePerMin', 110, 'within'],
    ['heartRatePerMin', 111, 'amber'],
    ['heartRatePerMin', 130, 'amber'],
    ['heartRatePerMin', 131, 'red'],
    ['spo2Percent', 94, 'within'],
    ['spo2Percent', 93, 'amber'],
    ['spo2Percent', 90, 'amber'],
    ['spo2Percent', 89, 'red'],
    ['respiratoryRatePerMin', 0, 'red'],
    ['respiratoryRatePerMin', 7, 'red'],
    ['respiratoryRatePerMin', 8, 'amber'],
    ['respiratoryRatePerMin', 9, 'amber'],
    ['respiratoryRatePerMin', 10, 'within'],
    ['respiratoryRatePerMin', 24, 'within'],
    ['respiratoryRatePerMin', 25, 'amber'],
    ['moaas', 5, 'within'],
    ['moaas', 4, 'amber'],
    ['moaas', 3, 'amber'],
    ['moaas', 2, 'red'],
    ['moaas', 0, 'red'],
  ])('%s %d is %s', (sign, value, state) => {
    expect(stateOf(sign, value, high)).toBe(state)
  })

  it.each<[VitalSign, number, number, State]>([
    ['systolicMmHg', 110, 139, 'within'],
    ['systolicMmHg', 110, 140, 'amber'],
    ['systolicMmHg', 150, 180, 'red'],
    ['diastolicMmHg', 70, 89, 'within'],
    ['diastolicMmHg', 70, 90, 'amber'],
    ['diastolicMmHg', 92, 112, 'red'],
  ])('%s from %d to %d is %s', (sign, own, value, state) => {
    expect(stateOf(sign, value, { [sign]: own })).toBe(state)
  })
})

describe('rules about time', () => {
  const at = (minutes: number, values: Reading): TimedReading => ({ atMs: minutes * MINUTE_MS, values })
  const now = (values: Reading, minutes: number, earlier: readonly TimedReading[]) =>
    interpret(
      values,
      defaultLimits,
      { systolicMmHg: 160, diastolicMmHg: 95 },
      {
        atMs: minutes * MINUTE_MS,
        earlier,
      },
    ).signs

  it('turns red when 165 has lasted ten minutes, not a moment before', () => {
    const earlier = [at(0, { systolicMmHg: 150 }), at(5, { systolicMmHg: 166 })]
    expect(now({ systolicMmHg: 165 }, 14.99, earlier).systolicMmHg.state).toBe('amber')
    const held = now({ systolicMmHg: 165 }, 15, earlier).systolicMmHg
    expect(held.state).toBe('red')
    expect(held.rules).toEqual(['sbp-lasting-red', 'sbp-high-amber'])
    expect(held.reason).toContain('for 10 min')
  })

  it('starts anew after a reading to the contrary', () => {
    const earlier = [
      at(0, { systolicMmHg: 170 }),
      at(5, { systolicMmHg: 164 }),
      at(10, { systolicMmHg: 170 }),
    ]
    expect(now({ systolicMmHg: 170 }, 15, earlier).systolicMmHg.state).toBe('amber')
    expect(now({ systolicMmHg: 170 }, 20, earlier).systolicMmHg.state).toBe('red')
  })

  it('looks over a moment that was not measured, in any order of arrival, and never ahead', () => {
    const earlier = [
      at(5, { systolicMmHg: null }),
      at(0, { systolicMmHg: 170 }),
      at(30, { systolicMmHg: 120 }),
    ]
    expect(now({ systolicMmHg: 170 }, 10, earlier).systolicMmHg.state).toBe('red')
  })

  it('holds diastolic 100 for ten minutes and saturation below 92 for one', () => {
    expect(now({ diastolicMmHg: 100 }, 10, [at(0, { diastolicMmHg: 101 })]).diastolicMmHg.state).toBe('red')
    expect(now({ spo2Percent: 91 }, 1, [at(0, { spo2Percent: 91 })]).spo2Percent.state).toBe('red')
    expect(now({ spo2Percent: 92 }, 1, [at(0, { spo2Percent: 91 })]).spo2Percent.state).toBe('amber')
  })

  it('says that it cannot tell how long when it is given no course', () => {
    const sign = interpret({ spo2Percent: 91 }, defaultLimits).signs.spo2Percent
    expect(sign.state).toBe('amber')
    expect(sign.reason).toContain('not known whether for 1 min')
  })
})

describe('what is unknown', () => {
  const stateAndReason = (reading: Reading, limits: Limits | null, baseline?: Reading) =>
    interpret(reading, limits, baseline).signs.systolicMmHg

  it('is a sign that was not measured, or is no number', () => {
    expect(stateAndReason({}, defaultLimits, calm)).toMatchObject({
      state: 'unknown',
      reason: 'Systolic pressure: not measured',
    })
    expect(stateAndReason({ systolicMmHg: null }, defaultLimits, calm).state).toBe('unknown')
    const nan = stateAndReason({ systolicMmHg: Number.NaN }, defaultLimits, calm)
    expect(nan).toEqual({
      state: 'unknown',
      value: null,
      reason: 'Systolic pressure: not a number',
      rules: [],
    })
  })

  it('is a sign without limits, and every sign without any', () => {
    expect(interpret({ temperatureCelsius: 36.8 }, defaultLimits).signs.temperatureCelsius).toMatchObject({
      state: 'unknown',
      reason: 'Temperature 36.8 °C: no limits are set',
    })
    const none = interpret(calm, null, calm)
    expect(none.limitsVersion).toBeNull()
    expect(vitalSigns.map((sign) => none.signs[sign].state)).toEqual(vitalSigns.map(() => 'unknown'))
  })

  it('is a pressure that looks fine but has no baseline; one that does not look fine is judged', () => {
    expect(stateAndReason({ systolicMmHg: 120 }, defaultLimits)).toMatchObject({
      state: 'unknown',
      reason: 'Systolic pressure 120 mmHg: no own baseline to compare with',
    })
    expect(stateAndReason({ systolicMmHg: 120 }, defaultLimits, { systolicMmHg: null }).state).toBe('unknown')
    expect(stateAndReason({ systolicMmHg: 182 }, defaultLimits).state).toBe('red')
  })

  it('explains an amber in words', () => {
    expect(stateAndReason({ systolicMmHg: 162 }, defaultLimits, { systolicMmHg: 128 })).toEqual({
      state: 'amber',
      value: 162,
      reason:
        'Systolic pressure 162 mmHg: at or above 160 mmHg; 34 mmHg above own baseline of 128 mmHg (limit 30 mmHg)',
      rules: ['sbp-high-amber', 'sbp-rise-amber'],
    })
  })
})

describe('worstState', () => {
  const { required } = defaultLimits
  const course = { atMs: 0, earlier: [] }
  const worst = (reading: Reading, baseline: Reading | null = calm) =>
    worstState(interpret(reading, defaultLimits, baseline, course), required)

  it('is the worst of what is known, and unknown while something required is', () => {
    expect(worst(calm)).toBe('within')
    expect(worst({ ...calm, temperatureCelsius: 36.8 })).toBe('within')
    expect(worst({ ...calm, moaas: null })).toBe('unknown')
    expect(worst({ ...calm, moaas: null, heartRatePerMin: 115 })).toBe('amber')
    expect(worst({ ...calm, heartRatePerMin: 115, spo2Percent: 85 })).toBe('red')
    expect(worst(calm, null)).toBe('unknown')
  })

  it('is unknown when nothing is known, even if nothing is required', () => {
    expect(worstState(interpret({}, defaultLimits), [])).toBe('unknown')
  })
})

describe('always', () => {
  const severity: Record<State, number> = { within: 0, unknown: 0, amber: 1, red: 2 }
  const number = (min: number, max: number) => fc.integer({ min, max })
  const value = fc.oneof(number(0, 300), fc.constantFrom(null, undefined, Number.NaN))
  const reading = fc.record(
    Object.fromEntries(vitalSigns.map((sign) => [sign, value])),
  ) as fc.Arbitrary<Reading>

  it('never calls within what was not measured, has no limits or has no baseline it needs', () => {
    fc.assert(
      fc.property(
        reading,
        fc.option(reading),
        fc.subarray([...defaultLimits.rules]),
        (values, baseline, rules) => {
          const limits = { ...defaultLimits, rules }
          const { signs } = interpret(values, limits, baseline)
          for (const sign of vitalSigns) {
            if (signs[sign].state !== 'within') continue
            expect(Number.isFinite(values[sign])).toBe(true)
            const own = rules.filter((rule) => rule.sign === sign)
            expect(own.length).toBeGreaterThan(0)
            if (own.some((rule) => rule.when.is === 'risen-by-at-least')) {
              expect(Number.isFinite(baseline?.[sign])).toBe(true)
            }
            expect(signs[sign].rules).toEqual([])
          }
        },
      ),
    )
  })

  it('never calls a reading within while a required sign is unknown', () => {
    fc.assert(
      fc.property(reading, fc.option(reading), (values, baseline) => {
        const result = interpret(values, defaultLimits, baseline)
        const whole = worstState(result, defaultLimits.required)
        const states = defaultLimits.required.map((sign) => result.signs[sign].state)
        if (states.includes('unknown')) expect(whole).not.toBe('within')
        for (const state of states) expect(severity[whole]).toBeGreaterThanOrEqual(severity[state])
      }),
    )
  })

  it.each<[VitalSign, number, number]>([
    ['systolicMmHg', 90, 300],
    ['diastolicMmHg', 50, 200],
    ['heartRatePerMin', 55, 250],
  ])('never becomes milder as %s rises above its low limits', (sign, min, max) => {
    fc.assert(
      fc.property(number(min, max), number(min, max), number(60, 200), (a, b, own) => {
        const [low, high] = a < b ? [a, b] : [b, a]
        expect(severity[stateOf(sign, high, { [sign]: own })]).toBeGreaterThanOrEqual(
          severity[stateOf(sign, low, { [sign]: own })],
        )
      }),
    )
  })

  it.each<[VitalSign, number, number]>([
    ['spo2Percent', 0, 100],
    ['moaas', 0, 5],
    ['respiratoryRatePerMin', 0, 24],
    ['systolicMmHg', 0, 110],
  ])('never becomes milder as %s falls below its high limits', (sign, min, max) => {
    fc.assert(
      fc.property(number(min, max), number(min, max), (a, b) => {
        const [low, high] = a < b ? [a, b] : [b, a]
        expect(severity[stateOf(sign, low, { [sign]: 100 })]).toBeGreaterThanOrEqual(
          severity[stateOf(sign, high, { [sign]: 100 })],
        )
      }),
    )
  })

  it('gives a reason for every state and the version for the record', () => {
    fc.assert(
      fc.property(reading, (values) => {
        const result = interpret(values, defaultLimits, values)
        expect(result.limitsVersion).toBe(defaultLimits.version)
        for (const sign of vitalSigns) expect(result.signs[sign].reason).not.toMatch(/NaN|undefined|null/)
      }),
    )
  })
})

describe('the default limits as data', () => {
  it('have unique ids and cover every required sign in both levels where the table does', () => {
    const ids = defaultLimits.rules.map((rule) => rule.id)
    expect(new Set(ids).size).toBe(ids.length)
    for (const sign of defaultLimits.required) {
      const levels = new Set(
        defaultLimits.rules.filter((rule) => rule.sign === sign).map((rule) => rule.level),
      )
      expect([...levels].sort()).toEqual(['amber', 'red'])
    }
  })

  it('say of themselves that they are defaults, and survive being stored', () => {
    expect(defaultLimits.rules.every((rule) => rule.origin === 'default')).toBe(true)
    expect(JSON.parse(JSON.stringify(defaultLimits))).toEqual(defaultLimits)
  })
})
