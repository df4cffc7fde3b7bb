import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  checkPlausible,
  checkReading,
  defaultPlausibleRanges,
  questionsAbout,
  whyImpossible,
} from './plausibility.ts'
import { type VitalSign, vitalSigns } from './vital-sign.ts'

describe('checkPlausible', () => {
  it.each(vitalSigns.map((sign) => [sign, defaultPlausibleRanges.ranges[sign]] as const))(
    'keeps %s at the ends of its range and asks beyond them',
    (sign, { low, high }) => {
      expect(checkPlausible(sign, low)).toEqual({ verdict: 'keep' })
      expect(checkPlausible(sign, high)).toEqual({ verdict: 'keep' })
      expect(checkPlausible(sign, low - 0.1).verdict).toBe('ask')
      expect(checkPlausible(sign, high + 0.1).verdict).toBe('ask')
    },
  )

  it('says the value, the range and the question', () => {
    expect(checkPlausible('spo2Percent', 9)).toEqual({
      verdict: 'ask',
      reason: 'Oxygen saturation 9% is outside 60% to 100%. Is it right?',
      range: { low: 60, high: 100 },
    })
    expect(checkPlausible('temperatureCelsius', 98.6)).toMatchObject({
      reason: 'Temperature 98.6 °C is outside 33 °C to 41.5 °C. Is it right?',
    })
  })

  it('asks about half a step of responsiveness and about what is no number', () => {
    expect(checkPlausible('moaas', 2.5)).toMatchObject({ verdict: 'ask' })
    expect(checkPlausible('heartRatePerMin', Number.NaN)).toMatchObject({
      verdict: 'ask',
      reason: 'Heart rate is not a number.',
    })
  })

  it('answers keep or ask for any number whatever: it never drops one', () => {
    fc.assert(
      fc.property(fc.constantFrom<VitalSign>(...vitalSigns), fc.double(), (sign, value) => {
        const answer = checkPlausible(sign, value)
        expect(['keep', 'ask']).toContain(answer.verdict)
        const { low, high } = defaultPlausibleRanges.ranges[sign]
        if (!(value >= low && value <= high)) expect(answer.verdict).toBe('ask')
      }),
    )
  })
})

describe('whyImpossible', () => {
  it.each<[VitalSign, number, string | undefined]>([
    ['spo2Percent', 100, undefined],
    ['spo2Percent', 100.5, 'Write oxygen saturation as a number from 0 to 100.'],
    ['spo2Percent', -5, 'Write oxygen saturation as a number from 0 to 100.'],
    ['moaas', 4.5, 'Write responsiveness as a whole number from 0 to 5.'],
    ['moaas', 6, 'Write responsiveness as a whole number from 0 to 5.'],
    ['moaas', 0, undefined],
    ['respiratoryRatePerMin', 0, undefined],
    ['systolicMmHg', 290, undefined],
    ['heartRatePerMin', Number.NaN, 'Write heart rate as a number from 0 to 400.'],
  ])('of %s %j is %j', (sign, value, why) => {
    expect(whyImpossible(sign, value)).toBe(why)
  })

  it('never of what is plausible', () => {
    for (const sign of vitalSigns) {
      const { low, high } = defaultPlausibleRanges.ranges[sign]
      expect([whyImpossible(sign, low), whyImpossible(sign, high)]).toEqual([undefined, undefined])
    }
  })
})

describe('questionsAbout', () => {
  it('has none about a calm reading or an empty one', () => {
    expect(
      questionsAbout({ systolicMmHg: 120, diastolicMmHg: 80, moaas: 5, temperatureCelsius: null }),
    ).toEqual([])
    expect(questionsAbout({})).toEqual([])
  })

  it('asks whether the two pressures are swapped', () => {
    expect(questionsAbout({ systolicMmHg: 80, diastolicMmHg: 120 })).toEqual([
      {
        sign: 'diastolicMmHg',
        reason: 'Diastolic pressure 120 mmHg is not below the systolic 80 mmHg. Are they swapped?',
        range: { low: 30, high: 150 },
      },
    ])
    expect(questionsAbout({ systolicMmHg: 80, diastolicMmHg: 80 })).toHaveLength(1)
    expect(questionsAbout({ systolicMmHg: 81, diastolicMmHg: 80 })).toEqual([])
  })

  it('asks about each sign that needs it', () => {
    expect(questionsAbout({ heartRatePerMin: 720, spo2Percent: 101 }).map((q) => q.sign)).toEqual([
      'heartRatePerMin',
      'spo2Percent',
    ])
  })
})

describe('checkReading', () => {
  it('keeps what is likely, the mean between the two pressures', () => {
    const calm = { systolicMmHg: 120, diastolicMmHg: 80, meanPressureMmHg: 93, spo2Percent: 97 }
    expect(checkReading(calm, 'device')).toEqual({ verdict: 'keep', doubts: [] })
    expect(checkReading({}, 'person')).toEqual({ verdict: 'keep', doubts: [] })
  })

  it('asks a person and flags what a device sent, with the same words', () => {
    const swapped = { systolicMmHg: 80, diastolicMmHg: 120 }
    const asked = checkReading(swapped, 'person')
    const flagged = checkReading(swapped, 'device')
    expect([asked.verdict, flagged.verdict]).toEqual(['ask', 'flag'])
    expect(flagged.doubts.map(({ reason }) => reason)).toEqual(asked.doubts.map(({ reason }) => reason))
  })

  it.each([
    [{ systolicMmHg: 120, diastolicMmHg: 80, meanPressureMmHg: 121 }, 'above the systolic'],
    [{ systolicMmHg: 120, diastolicMmHg: 80, meanPressureMmHg: 79 }, 'below the diastolic'],
    [{ meanPressureMmHg: 20 }, 'outside 40 mmHg to 180 mmHg'],
  ])('doubts a mean pressure in %j: %s', (values, words) => {
    const { doubts } = checkReading(values, 'device')
    expect(doubts).toMatchObject([{ sign: 'meanPressureMmHg', verdict: 'flag' }])
    expect(doubts[0]?.reason).toContain(words)
  })

  it('doubts a change faster than a body is, and none that took its time or was not measured', () => {
    const after = (ms: number, values: object, before: object) =>
      checkReading(values, 'device', { atMs: 100_000, before: { atMs: 100_000 - ms, values: before } })
    expect(after(4_000, { spo2Percent: 80 }, { spo2Percent: 98 })).toMatchObject({
      verdict: 'flag',
      doubts: [{ sign: 'spo2Percent', reason: 'Oxygen saturation went from 98% to 80% in 4 s.' }],
    })
    expect(after(6_000, { spo2Percent: 80 }, { spo2Percent: 98 }).verdict).toBe('keep')
    expect(after(4_000, { spo2Percent: 83 }, { spo2Percent: 98 }).verdict).toBe('keep')
    expect(after(-1_000, { spo2Percent: 80 }, { spo2Percent: 98 }).verdict).toBe('keep')
    expect(after(1_000, { spo2Percent: 80 }, { spo2Percent: null }).verdict).toBe('keep')
  })
})
