import type { Read } from '../../platform/database.server.ts'
import type { ClinicId } from '../../platform/ids.ts'
import type { Plan } from '../plan.ts'
import { plannedSessions, spacingBefore } from '../protocols/course.ts'
import type { Protocol } from '../protocols/protocol.ts'
import { visitMin } from '../protocols/protocol.ts'
import { protocolOfPlan } from '../protocols/protocol-of.server.ts'
import type { WindowBefore } from './spacing.ts'

/** What the diary must know of a protocol. */
export type SessionRules = {
  readonly sessions: number
  readonly lengthMin: number
  readonly windowBefore: WindowBefore
  /** The fewest days between two sessions in any stretch of the course; undefined where none is known. */
  readonly leastDays: number | undefined
}

export function rulesOf(protocol: Pick<Protocol, 'course' | 'visit'>): SessionRules {
  const earliest = protocol.course.flatMap(({ spacing }) => (spacing ? [spacing.earliestDays] : []))
  return {
    sessions: plannedSessions(protocol),
    lengthMin: visitMin(protocol),
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
