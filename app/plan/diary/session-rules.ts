import type { Read } from '../../platform/database.server.ts'
import type { ClinicId } from '../../platform/ids.ts'
import type { Plan } from '../plan.ts'
import { planById } from '../plan-queries.server.ts'
import { plannedSessions, spacingBefore } from '../protocols/course.ts'
import { type Protocol, type Route, visitMin } from '../protocols/protocol.ts'
import { protocolOfPlan } from '../protocols/protocol-of.server.ts'
import type { DiaryEntry } from './diary-entry.ts'
import type { WindowBefore } from './spacing.ts'

/** What the diary must know of a protocol. */
export type SessionRules = {
  readonly sessions: number
  readonly lengthMin: number
  /** Decides what equipment a visit holds (`typeForRoute`). */
  readonly route: Route
  readonly windowBefore: WindowBefore
  /** The fewest days between two sessions in any stretch of the course; undefined where none is known. */
  readonly leastDays: number | undefined
}

export function rulesOf(protocol: Pick<Protocol, 'course' | 'visit' | 'route'>): SessionRules {
  const earliest = protocol.course.flatMap(({ spacing }) => (spacing ? [spacing.earliestDays] : []))
  return {
    sessions: plannedSessions(protocol),
    lengthMin: visitMin(protocol),
    route: protocol.route,
    windowBefore: (sessionNumber) => spacingBefore(protocol, sessionNumber),
    leastDays: earliest.length === 0 ? undefined : Math.min(...earliest),
  }
}

/** The rules of the version the plan was made with. @throws Error when there is no such version */
export async function rulesOfPlan(
  db: Read,
  clinicId: ClinicId,
  plan: Pick<Plan, 'id' | 'protocolId' | 'protocolVersion'>,
): Promise<SessionRules> {
  return rulesOf(await protocolOfPlan(db, clinicId, plan))
}

/** By which route a visit's dose is given; undefined for one that is no session of a plan. */
export async function routeOfVisit(
  db: Read,
  clinicId: ClinicId,
  { planId, sessionNumber }: Pick<DiaryEntry, 'planId' | 'sessionNumber'>,
): Promise<Route | undefined> {
  if (planId === undefined || sessionNumber === undefined) return undefined
  const plan = await planById(db, clinicId, planId)
  return plan && (await protocolOfPlan(db, clinicId, plan)).route
}
