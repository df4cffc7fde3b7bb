import { instrumentById } from '@evenkeel/questionnaires'
import { describe, expect, it } from 'vitest'
import { addDays, parseLocalDate } from '../../platform/time.ts'
import { scoreChange } from './score-change.ts'
import { comparisonInWords, movedInWords } from './score-change-words.ts'

const zero = parseLocalDate('2026-03-02')
const points = (...rows: readonly (readonly [number, number | undefined])[]) =>
  rows.map(([day, score]) => ({ day, date: addDays(zero, day), score, estimate: false }))
const phq9 = instrumentById('phq-9')!
const change = (
  rows: readonly (readonly [number, number | undefined])[],
  doses: { lastDose: number; today: number } | undefined = { lastDose: 14, today: 60 },
  instrument = phq9,
  scoredAsNow = true,
) => scoreChange(points(...rows), doses, instrument, scoredAsNow)

describe('what a line of scores says', () => {
  it('compares the last finished result up to the first dose with the first one on days 1 to 28 after the last', () => {
    const { baseline, afterTreatment, newest } = change([
      [-20, 22],
      [0, 18],
      [7, 15],
      [14, 12],
      [42, 9],
      [43, 4],
      [50, 3],
    ])
    expect(baseline?.day).toBe(0)
    expect(afterTreatment).toMatchObject({ told: true, before: { score: 18 }, after: { day: 42, score: 9 } })
    expect(comparisonInWords(afterTreatment)).toBe(
      '18 to 9: 50 % lower. Response (at least 50 % lower): yes. Remission range (below 5): no. ' +
        'Reliable change (6 points, NHS Talking Therapies convention): yes.',
    )
    expect(newest).toMatchObject({ told: true, after: { day: 50, score: 3 } })
  })

  it('takes no result of the last dosing day, none after the 28th, and none that was not finished', () => {
    expect(
      change([
        [0, 18],
        [14, 9],
        [20, undefined],
        [43, 9],
      ]).afterTreatment,
    ).toEqual({
      told: false,
      why: 'No finished result on days 1 to 28 after the last dose.',
    })
    expect(
      change([
        [-1, 18],
        [0, undefined],
        [15, 9],
      ]).baseline?.day,
    ).toBe(-1)
  })

  it('waits until the 28 days have passed, since a further dose may come', () => {
    const at = (today: number) =>
      change(
        [
          [0, 18],
          [20, 9],
        ],
        { lastDose: 14, today },
      )
    expect(at(42).afterTreatment).toEqual({
      told: false,
      why: 'Told once 28 days have passed since the last dose; that was 28 days ago.',
    })
    expect(at(43).afterTreatment.told).toBe(true)
    expect(at(42).newest).toMatchObject({ told: true, moved: '18 to 9: 50 % lower' })
  })

  it('says why it cannot be told: no dose, no baseline, nothing later', () => {
    const why = (comparison: { told: boolean; why?: string }) => comparison.why
    expect(why(scoreChange(points([0, 18]), undefined, phq9, true).newest)).toMatch('no dose here yet')
    expect(
      why(
        change([
          [3, 18],
          [20, 9],
        ]).afterTreatment,
      ),
    ).toMatch('there is no baseline')
    expect(why(change([[0, 18]]).newest)).toMatch('No finished result after')
  })

  it('says the side of a change beyond measurement error, and what is within it', () => {
    const reliable = (after: number) => {
      const { newest } = change([
        [0, 10],
        [20, after],
      ])
      return newest.told ? newest.readings.find(({ name }) => name === 'Reliable change')?.words : undefined
    }
    expect(reliable(4)).toBe('yes, 6 points lower is beyond measurement error, for the better')
    expect(reliable(5)).toBe('no, 5 points lower is within measurement error')
    expect(reliable(16)).toBe('yes, 6 points higher is beyond measurement error, for the worse')
    expect(reliable(10)).toBe('no, the same value')
  })

  it('is unknown from a first value of 0, where no percentage exists', () => {
    const { newest } = change([
      [0, 0],
      [20, 4],
    ])
    expect(newest.told && newest.moved).toBe('0 to 4: higher, and no percentage from 0')
    expect(newest.told && newest.readings[0]).toMatchObject({ name: 'Response', verdict: 'unknown' })
  })

  it('lays no threshold on results of another scoring', () => {
    const { newest } = scoreChange(points([0, 18], [20, 9]), undefined, phq9, false)
    expect(newest.told).toBe(false)
    const dosed = change(
      [
        [0, 18],
        [20, 9],
      ],
      { lastDose: 0, today: 60 },
      phq9,
      false,
    ).newest
    expect(dosed.told && dosed.readings.map(({ verdict }) => verdict)).toEqual([
      'unknown',
      'unknown',
      'unknown',
    ])
  })

  it('says what no source defines, and every size where sources differ', () => {
    const craving = scoreChange(points([0, 8], [20, 2]), undefined, instrumentById('craving-nrs')!, true)
    expect(craving.newest.told).toBe(false)
    const dosed = change(
      [
        [0, 8],
        [20, 2],
      ],
      { lastDose: 0, today: 60 },
      instrumentById('craving-nrs')!,
    )
    expect(comparisonInWords(dosed.newest)).toBe(
      '8 to 2: 75 % lower. No source defines response, remission or reliable change for it.',
    )
    const pcl = change(
      [
        [0, 50],
        [20, 40],
      ],
      { lastDose: 0, today: 60 },
      instrumentById('pcl-5')!,
    ).newest
    expect(
      pcl.told && pcl.readings.filter(({ name }) => name === 'Reliable change').map(({ verdict }) => verdict),
    ).toEqual(['yes', 'no'])
  })

  it('speaks of higher where higher is better', () => {
    expect(movedInWords(40, 50)).toBe('40 to 50: 25 % higher')
    expect(movedInWords(12, 12)).toBe('12 to 12: the same')
  })
})
