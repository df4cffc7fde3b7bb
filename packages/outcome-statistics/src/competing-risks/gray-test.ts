import { ascendingOrder } from '../ascending-order.ts'
import { chiSquareUpperTail } from '../distributions.ts'
import { type Groups, numberGroups } from '../groups.ts'
import { quadraticInverse } from '../positive-definite.ts'
import { type Refusal, refuse } from '../refusal.ts'
import { type CompetingRows, type CompetingRowsRefusal, refuseCompetingRows } from './competing-rows.ts'

export type GrayTest = {
  readonly ok: true
  readonly cause: number
  readonly groups: readonly number[]
  readonly chiSquare: number
  readonly df: number
  readonly p: number
}

/**
 * Gray's test that the cumulative incidence of one cause is the same in all groups.
 *
 * Where the log-rank test compares rates among those still at risk, this compares how many have the event in the end: those
 * who had another event stay in the denominator. The two can disagree, and both be right.
 *
 * Source: Gray, Ann Stat 1988;16:1141. Agrees with R's cmprsk::cuminc to 1e-10. Refuses bad rows, `one-group`,
 * `no-events` of this cause and `groups-never-at-risk-together`. Cost: O(n + times × groups³).
 * @param rho weight (1 − F(t−))^rho; 0 unless told
 * @example grayTest({ time, event, group }, { cause: 1 })
 */
export function grayTest(
  rows: CompetingRows & { readonly group: ArrayLike<number> },
  options: { readonly cause: number; readonly rho?: number },
): GrayTest | CompetingRowsRefusal | Refusal<'one-group' | 'groups-never-at-risk-together'> {
  const { cause, rho = 0 } = options
  if (rows.group.length !== rows.time.length) throw new RangeError('group has another length than time')
  const refusal = refuseCompetingRows(rows)
  if (refusal) return refusal
  const groups = numberGroups(rows.group)
  const k = groups.labels.length
  if (k < 2) return refuse('one-group')
  if (!rows.event.includes(cause)) return refuse('no-events')
  const { score, variance } = scores(rows, groups, cause, rho)
  // The scores add up to 0: one group is left out.
  const df = k - 1
  const part = Float64Array.from(
    { length: df * df },
    (_, at) => variance[Math.floor(at / df) * k + (at % df)]!,
  )
  const test = quadraticInverse(part, score.subarray(0, df))
  if (!test.ok) return refuse('groups-never-at-risk-together')
  return {
    ok: true,
    cause,
    groups: groups.labels,
    chiSquare: test.value,
    df,
    p: chiSquareUpperTail(test.value, df),
  }
}

/**
 * Scores of the groups and their covariance. The variance of a score is an integral over the process of each group l of
 * (a(t) − c(t)·level)², in which c(∞) is not known until the end; so three running sums are kept per pair of groups.
 */
function scores(rows: CompetingRows, groups: Groups, cause: number, rho: number) {
  const { time, event } = rows
  const order = ascendingOrder(time)
  const k = groups.labels.length
  const zeros = () => new Float64Array(k)
  const atRisk = Float64Array.from(groups.size)
  const freeBefore = zeros().fill(1)
  const incidenceBefore = zeros()
  const free = zeros()
  const score = zeros()
  const own = zeros()
  const other = zeros()
  const left = zeros()
  const compensator = new Float64Array(k * k)
  const slope = new Float64Array(k * k)
  const square = zeros()
  const cross = new Float64Array(k * k)
  const variance = new Float64Array(k * k)
  let pooled = 0
  for (let from = 0; from < order.length; ) {
    const t = time[order[from]!]!
    own.fill(0)
    other.fill(0)
    left.fill(0)
    let to = from
    let ownAll = 0
    for (; to < order.length && time[order[to]!] === t; to++) {
      const row = order[to]!
      const g = groups.code[row]!
      left[g]!++
      if (event[row] === cause) {
        own[g]!++
        ownAll++
      } else if (event[row]! > 0) other[g]!++
    }
    from = to
    let weightAll = 0
    let weightFree = 0
    for (let g = 0; g < k; g++) {
      if (atRisk[g]! <= 0) continue
      free[g] = (freeBefore[g]! * (atRisk[g]! - own[g]! - other[g]!)) / atRisk[g]!
      weightAll += atRisk[g]! / freeBefore[g]!
      weightFree += (atRisk[g]! * (1 - incidenceBefore[g]!)) / freeBefore[g]!
    }
    const now = weightAll > 0 ? pooled + ownAll / weightAll : pooled
    const weight = (1 - pooled) ** rho
    compensator.fill(0)
    for (let g = 0; g < k; g++) {
      if (atRisk[g]! <= 0) continue
      const share = atRisk[g]! / freeBefore[g]!
      for (let h = 0; h < k; h++) {
        if (atRisk[h]! <= 0) continue
        const a = weight * share * ((g === h ? 1 : 0) - atRisk[h]! / freeBefore[h]! / weightAll)
        compensator[g * k + h] = a
        slope[g * k + h]! += (a * ownAll) / (weightAll * (1 - pooled))
      }
      score[g]! += weight * (own[g]! - (ownAll * share * (1 - incidenceBefore[g]!)) / weightFree)
    }
    const accumulate = (l: number, level: number, size: number, withCompensator: boolean) => {
      square[l]! += level * level * size
      for (let g = 0; g < k; g++) {
        const a = (withCompensator ? compensator[g * k + l]! : 0) - level * slope[g * k + l]!
        cross[g * k + l]! += a * level * size
        for (let h = 0; h < k; h++) {
          const b = (withCompensator ? compensator[h * k + l]! : 0) - level * slope[h * k + l]!
          variance[g * k + h]! += a * b * size
        }
      }
    }
    for (let l = 0; l < k; l++) {
      if (ownAll > 0 && atRisk[l]! > 0) {
        const level = free[l]! > 0 ? 1 - (1 - now) / free[l]! : 1
        const ties = ownAll > 1 ? 1 - (ownAll - 1) / (weightAll * freeBefore[l]! - 1) : 1
        accumulate(l, level, (ties * freeBefore[l]! * ownAll) / (weightAll * atRisk[l]!), true)
      }
      if (other[l]! > 0 && free[l]! > 0) {
        const ties = other[l]! > 1 ? 1 - (other[l]! - 1) / (atRisk[l]! - 1) : 1
        const size = (ties * freeBefore[l]! ** 2 * other[l]!) / atRisk[l]! ** 2
        accumulate(l, (1 - now) / free[l]!, size, false)
      }
      if (atRisk[l]! > 0) incidenceBefore[l]! += (freeBefore[l]! * own[l]!) / atRisk[l]!
    }
    for (let g = 0; g < k; g++) {
      if (atRisk[g]! <= 0) continue
      atRisk[g]! -= left[g]!
      freeBefore[g] = free[g]!
    }
    pooled = now
  }
  for (let g = 0; g < k; g++) {
    for (let h = 0; h < k; h++) {
      for (let l = 0; l < k; l++) {
        const at = g * k + l
        const bt = h * k + l
        variance[g * k + h]! +=
          slope[at]! * slope[bt]! * square[l]! + slope[at]! * cross[bt]! + slope[bt]! * cross[at]!
      }
    }
  }
  return { score, variance }
}
