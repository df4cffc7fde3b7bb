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
 * `no-events` of this cause and `groups-never-at-risk-together`. Cost: two passes, O(n log n + times × groups³).
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

/** How it stands at one time, before and after what happens there. Reused from time to time: copy what is to be kept. */
type Moment = {
  /** By group: events of the cause, events of other causes, people at risk. */
  readonly own: Float64Array
  readonly other: Float64Array
  readonly atRisk: Float64Array
  /** Free of any event, before and after (Kaplan–Meier of all causes), and the cause's incidence before, by group. */
  readonly freeBefore: Float64Array
  readonly freeAfter: Float64Array
  readonly incidenceBefore: Float64Array
  /** At risk of the subdistribution: those at risk, weighted up for those who had another event. */
  readonly share: Float64Array
  ownAll: number
  shareAll: number
  /** The incidence of the cause were all groups alike. */
  pooledBefore: number
  pooledAfter: number
}

/** Goes through the distinct times once, telling `visit` how it stands at each. */
function throughTimes(
  { time, event }: CompetingRows,
  groups: Groups,
  cause: number,
  visit: (moment: Moment) => void,
): void {
  const k = groups.labels.length
  const each = () => new Float64Array(k)
  const moment: Moment = {
    own: each(),
    other: each(),
    atRisk: Float64Array.from(groups.size),
    freeBefore: each().fill(1),
    freeAfter: each().fill(1),
    incidenceBefore: each(),
    share: each(),
    ownAll: 0,
    shareAll: 0,
    pooledBefore: 0,
    pooledAfter: 0,
  }
  const { own, other, atRisk, freeBefore, freeAfter, incidenceBefore, share } = moment
  const leaving = each()
  const order = ascendingOrder(time)
  for (let at = 0; at < order.length; ) {
    const now = time[order[at]!]!
    own.fill(0)
    other.fill(0)
    leaving.fill(0)
    for (; at < order.length && time[order[at]!] === now; at++) {
      const g = groups.code[order[at]!]!
      const what = event[order[at]!]!
      leaving[g]!++
      if (what === cause) own[g]!++
      else if (what > 0) other[g]!++
    }
    for (let g = 0; g < k; g++) {
      const people = atRisk[g]!
      share[g] = people > 0 ? people / freeBefore[g]! : 0
      freeAfter[g] = people > 0 ? freeBefore[g]! * (1 - (own[g]! + other[g]!) / people) : freeBefore[g]!
    }
    moment.ownAll = sum(own)
    moment.shareAll = sum(share)
    moment.pooledAfter = moment.pooledBefore + (moment.shareAll > 0 ? moment.ownAll / moment.shareAll : 0)
    visit(moment)
    for (let g = 0; g < k; g++) {
      if (atRisk[g]! > 0) incidenceBefore[g]! += (freeBefore[g]! * own[g]!) / atRisk[g]!
      freeBefore[g] = freeAfter[g]!
      atRisk[g]! -= leaving[g]!
    }
    moment.pooledBefore = moment.pooledAfter
  }
}

function sum(values: Float64Array): number {
  return values.reduce((total, value) => total + value, 0)
}

/**
 * Scores of the groups and their covariance, after the martingale representation in Gray's paper.
 *
 * The score of group g is the weighted sum of its events less those expected were all groups alike. As a process it is a
 * sum of integrals over the counting processes of each group l, for the cause and for other events. A jump in group l at t
 * moves it twice: at once through how much of what is pooled belongs to g (`atOnce`), and later through every expectation
 * after t (`later`, a tail integral), to the degree in which the jump shifts the incidence of l. The first pass through
 * the times takes the scores and the whole integrals, the second the squares of those movements.
 *
 * Ties: a jump of d among n counts with (n − d)/(n − 1) of its variance, as in the hypergeometric.
 */
function scores(rows: CompetingRows, groups: Groups, cause: number, rho: number) {
  const k = groups.labels.length
  const score = new Float64Array(k)
  const later = new Float64Array(k * k)
  const atOnce = new Float64Array(k * k)
  const variance = new Float64Array(k * k)

  /** How the score of g answers to one more event in l at this time. */
  const answer = ({ share, shareAll, pooledBefore }: Moment, g: number, l: number) =>
    (1 - pooledBefore) ** rho * share[g]! * ((g === l ? 1 : 0) - share[l]! / shareAll)
  /** What this time adds to the tail integrals. */
  const step = ({ ownAll, shareAll, pooledBefore }: Moment) => ownAll / (shareAll * (1 - pooledBefore))

  throughTimes(rows, groups, cause, (moment) => {
    const { own, share, incidenceBefore, ownAll, shareAll, pooledBefore } = moment
    if (ownAll === 0) return
    let expectedIn = 0
    for (let g = 0; g < k; g++) expectedIn += share[g]! * (1 - incidenceBefore[g]!)
    for (let g = 0; g < k; g++) {
      const expected = (ownAll * share[g]! * (1 - incidenceBefore[g]!)) / expectedIn
      score[g]! += (1 - pooledBefore) ** rho * (own[g]! - expected)
      if (shareAll === 0) continue
      for (let l = 0; l < k; l++) later[g * k + l]! += answer(moment, g, l) * step(moment)
    }
  })

  const moved = new Float64Array(k)
  const count = (l: number, shift: number, size: number, withAtOnce: boolean) => {
    for (let g = 0; g < k; g++) {
      moved[g] = (withAtOnce ? atOnce[g * k + l]! : 0) + shift * later[g * k + l]!
    }
    for (let g = 0; g < k; g++) {
      for (let h = 0; h < k; h++) variance[g * k + h]! += moved[g]! * moved[h]! * size
    }
  }
  throughTimes(rows, groups, cause, (moment) => {
    const { other, atRisk, freeBefore, freeAfter, ownAll, shareAll, pooledAfter } = moment
    if (ownAll > 0) {
      for (let at = 0; at < k * k; at++) {
        atOnce[at] = answer(moment, Math.floor(at / k), at % k)
        later[at]! -= atOnce[at]! * step(moment)
      }
    }
    for (let l = 0; l < k; l++) {
      const people = atRisk[l]!
      if (people <= 0) continue
      // The share of those free of events who would otherwise not have had the cause.
      const missing = freeAfter[l]! > 0 ? (1 - pooledAfter) / freeAfter[l]! : 0
      if (ownAll > 0) {
        const expectedEvents = (freeBefore[l]! * ownAll) / (shareAll * people)
        count(l, 1 - missing, expectedEvents * tied(ownAll, shareAll * freeBefore[l]!), true)
      }
      if (other[l]! > 0 && freeAfter[l]! > 0) {
        const size = other[l]! * (freeBefore[l]! / people) ** 2
        count(l, -missing, size * tied(other[l]!, people), false)
      }
    }
  })
  return { score, variance }
}

/** What remains of the variance when `events` of `among` fall on one time. */
function tied(events: number, among: number): number {
  return events > 1 ? 1 - (events - 1) / (among - 1) : 1
}
