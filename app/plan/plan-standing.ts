import { addMs, DAY_MS, type Instant } from '../platform/time.ts'

/** Days without a visit or dose after which a plan with nothing ahead counts as left. [D] */
export const LEFT_AFTER_DAYS = 120

export type PlanStanding = 'current' | 'over' | 'left'

/**
 * Whether a plan is being carried out, is over, or was left on the way.
 *
 * | standing | when |
 * |---|---|
 * | over | each session has had its visit |
 * | left | no visit is ahead, and it was made, visited and dosed longer ago than `LEFT_AFTER_DAYS` |
 * | current | else |
 *
 * @param visits those that are not cancelled
 * @param sessions how many the course has
 */
export function planStanding(
  plan: {
    readonly createdAt: Instant
    readonly visits: readonly { readonly sessionNumber: number; readonly endsAt: Instant }[]
    readonly dosedAt: readonly Instant[]
    readonly sessions: number
  },
  at: Instant,
): PlanStanding {
  const { createdAt, visits, dosedAt, sessions } = plan
  if (visits.some((visit) => visit.endsAt > at)) return 'current'
  if (new Set(visits.map((visit) => visit.sessionNumber)).size >= sessions) return 'over'
  const since = addMs(at, -LEFT_AFTER_DAYS * DAY_MS)
  const signs = [createdAt, ...visits.map((visit) => visit.endsAt), ...dosedAt]
  return signs.some((sign) => sign >= since) ? 'current' : 'left'
}
