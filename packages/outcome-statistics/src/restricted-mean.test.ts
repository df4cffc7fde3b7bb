import { describe, expect, it } from 'vitest'
import { kaplanMeier, type SurvivalCurve } from './kaplan-meier.ts'
import { restrictedMean, restrictedMeanDifference } from './restricted-mean.ts'

function curve(time: number[], event: number[]): SurvivalCurve {
  const result = kaplanMeier({ time: Float64Array.from(time), event: Uint8Array.from(event) })
  if (!result.ok) throw new Error(`refused: ${result.reason}`)
  return result
}

describe('restrictedMean', () => {
  it('is the area of the steps', () => {
    // 1 until 1, 1/2 until 3, then 0: without censoring simply the mean of the times.
    expect(restrictedMean(curve([1, 3], [1, 1]), 10)).toMatchObject({ mean: 2, beyondFollowUp: false })
    expect(restrictedMean(curve([1, 3], [1, 1]), 2)).toMatchObject({ mean: 1.5 })
    expect(restrictedMean(curve([4, 5], [1, 1]), 3)).toMatchObject({ mean: 3, se: 0 })
  })

  it('has the standard error of a plain mean when nobody is censored', () => {
    const times = [2, 3, 5, 7, 11]
    const mean = 5.6
    const variance = times.reduce((sum, t) => sum + (t - mean) ** 2, 0) / 5 / 5
    const figure = restrictedMean(curve(times, [1, 1, 1, 1, 1]), 11)
    expect(figure).toMatchObject({ ok: true })
    if (figure.ok) {
      expect(figure.mean).toBeCloseTo(mean, 12)
      expect(figure.se).toBeCloseTo(Math.sqrt(variance), 12)
    }
  })

  it('says when the last level was carried beyond follow-up, and refuses a horizon that is none', () => {
    const open = curve([1, 3], [1, 0])
    expect(restrictedMean(open, 3)).toMatchObject({ mean: 2, beyondFollowUp: false })
    expect(restrictedMean(open, 5)).toMatchObject({ mean: 3, beyondFollowUp: true })
    for (const tau of [0, -1, Number.NaN, Number.POSITIVE_INFINITY]) {
      expect(restrictedMean(open, tau)).toEqual({ ok: false, reason: 'tau-not-positive' })
    }
  })
})

describe('restrictedMeanDifference', () => {
  it('refuses where there is nothing to compare', () => {
    const none = curve([4, 5], [0, 0])
    const atOnce = curve([0, 0], [1, 1])
    const some = curve([1, 2, 4], [1, 1, 0])
    expect(restrictedMeanDifference(none, none, 3)).toEqual({ ok: false, reason: 'no-events' })
    expect(restrictedMeanDifference(atOnce, some, 3)).toEqual({ ok: false, reason: 'nothing-without-event' })
    expect(restrictedMeanDifference(some, some, 3)).toMatchObject({ difference: 0, ratio: 1, p: 1 })
  })
})
