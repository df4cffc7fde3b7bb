import { instrumentById } from '@evenkeel/questionnaires'
import { describe, expect, it } from 'vitest'
import type { PersonId } from '../../platform/ids.ts'
import { addDays, parseInstant, parseLocalDate } from '../../platform/time.ts'
import { resultPairs } from '../dataset/result-rows.ts'
import { type Comparison, scoreChange } from './score-change.ts'
import { comparisonInWords, movedInWords } from './score-change-words.ts'

const zero = parseLocalDate('2026-03-02')
/** Results stand at noon, doses at three in the afternoon. */
const at = (day: number, hour = 12) => parseInstant(`${addDays(zero, day)}T${hour}:00:00Z`)
type Row = readonly [day: number, score: number | undefined, hour?: number]
const line = (rows: readonly Row[], scoredAsNow = true) => ({
  points: rows.map(([day, score, hour]) => ({
    day,
    date: addDays(zero, day),
    at: at(day, hour),
    score,
    estimate: false,
  })),
  scoredAsNow,
})
const dosed = (lastDay: number, today: number) => ({ firstAt: at(0, 15), lastDay, today })
const change = (rows: readonly Row[], doses = dosed(14, 60), id = 'phq-9', scoredAsNow = true) => {
  const one = line(rows, scoredAsNow)
  return scoreChange(one, [one], doses, instrumentById(id)!)
}
const why = (comparison: Comparison) => (comparison.told ? undefined : comparison.why)

describe('what a line of scores says', () => {
  it('compares the last finished result before the first dose with the first one on days 1 to 28 after the last', () => {
    const { baseline, afterTreatment, newest } = change([
      [-20, 22],
      [0, 18],
      [0, 16, 18],
      [7, 15],
      [14, 12],
      [42, 9],
      [43, 4],
      [50, 3],
    ])
    expect(baseline).toMatchObject({ day: 0, score: 18 })
    expect(afterTreatment).toMatchObject({ told: true, before: { score: 18 }, after: { day: 42, score: 9 } })
    expect(comparisonInWords(afterTreatment)).toBe(
      '18 to 9: 50 % lower. Response (at least 50 % lower): yes. Remission range (below 5): no. ' +
        'Reliable change (6 points, NHS Talking Therapies convention): yes.',
    )
    expect(newest).toMatchObject({ told: true, after: { day: 50, score: 3 } })
  })

  it('picks the same two results as the clinic’s figures', () => {
    const rows: Row[] = [
      [-9, 20],
      [-3, undefined],
      [0, 18],
      [0, 17, 16],
      [14, 11],
      [15, undefined],
      [20, 8],
      [42, 5],
      [43, 2],
    ]
    const personId = 'p' as PersonId
    const [pair] = resultPairs(
      [0, 14].map((day) => ({ personId, at: at(day, 15), day: addDays(zero, day) })),
      line(rows).points.map(({ date, at: completedAt, score }) => ({
        personId,
        instrumentId: 'phq-9',
        completedAt,
        day: date,
        value: score ?? null,
        line: 'one',
      })),
    )
    expect(change(rows).afterTreatment).toMatchObject({
      before: { score: pair!.before },
      after: { score: pair!.after },
    })
    expect([pair!.before, pair!.after]).toEqual([18, 8])
  })

  it('takes no result of the last dosing day, none after the 28th day, and none that was not finished', () => {
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
    const on = (today: number) =>
      change(
        [
          [0, 18],
          [20, 9],
        ],
        dosed(14, today),
      )
    expect(why(on(42).afterTreatment)).toBe(
      'Told once 28 days have passed since the last dose; that was 28 days ago.',
    )
    expect(on(43).afterTreatment.told).toBe(true)
    expect(on(42).newest).toMatchObject({ told: true, moved: '18 to 9: 50 % lower' })
  })

  it('says why it cannot be told: no dose, no baseline, nothing later', () => {
    const one = line([[0, 18]])
    expect(why(scoreChange(one, [one], undefined, instrumentById('phq-9')!).newest)).toMatch(
      'no dose here yet',
    )
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

  it('compares nothing across lines: another edition or scoring stands apart', () => {
    const [older, newer] = [
      line([[0, 18]]),
      line([
        [20, 9],
        [30, 8],
      ]),
    ]
    const said = [older, newer].map((one) =>
      scoreChange(one, [older, newer], dosed(14, 60), instrumentById('phq-9')!),
    )
    expect(said.map(({ afterTreatment }) => why(afterTreatment))).toEqual([
      'Baseline and the result after treatment were asked or scored otherwise: not compared.',
      'Baseline and the result after treatment were asked or scored otherwise: not compared.',
    ])
    expect(why(said[1]!.newest)).toMatch('there is no baseline')
    const [first, second] = [
      line([[-5, 20]]),
      line([
        [0, 18],
        [20, 9],
      ]),
    ]
    const apart = scoreChange(first, [first, second], dosed(14, 60), instrumentById('phq-9')!)
    expect(why(apart.afterTreatment)).toMatch('stand on another line')
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
    const { newest } = change(
      [
        [0, 18],
        [20, 9],
      ],
      dosed(0, 60),
      'phq-9',
      false,
    )
    expect(newest.told && newest.readings.map(({ verdict }) => verdict)).toEqual([
      'unknown',
      'unknown',
      'unknown',
    ])
  })

  it('says what no source defines, and every size where sources differ', () => {
    expect(
      comparisonInWords(
        change(
          [
            [0, 8],
            [20, 2],
          ],
          dosed(0, 60),
          'craving-nrs',
        ).newest,
      ),
    ).toBe('8 to 2: 75 % lower. No source defines response, remission or reliable change for it.')
    const pcl = change(
      [
        [0, 50],
        [20, 40],
      ],
      dosed(0, 60),
      'pcl-5',
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
