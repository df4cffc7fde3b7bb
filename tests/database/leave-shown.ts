import { planById, protocolOfPlan } from '../../app/plan/index.server.ts'
import type { PlanId } from '../../app/plan/index.ts'
import { addMs } from '../../app/platform/time.ts'
import { dischargeGate, heldBackBy, MONITOR_SPEAKS_MS } from '../../app/treat/leaving/discharge-gate.ts'
import { newestStored } from '../../app/treat/monitors/monitors.server.ts'
import type { SessionId } from '../../app/treat/session/session-event.ts'
import { sessionById } from '../../app/treat/session/sessions.server.ts'
import { type Arranging, look, type TestClinic } from './test-clinic.ts'

/** What holds somebody back at this moment, as the page at the bedside would send it with a second signature. */
export function leaveShown(t: Arranging, clinic: TestClinic, sessionId: SessionId): Promise<string> {
  return look(t.services, clinic.as.nurse, async ({ db, at }) => {
    const session = await sessionById(db, clinic.id, sessionId)
    const plan = session && (await planById(db, clinic.id, session.planId as PlanId))
    const protocol = plan && (await protocolOfPlan(db, clinic.id, plan))
    if (!session) return ''
    const samples = (await newestStored(db, clinic.id, [sessionId], addMs(at, -MONITOR_SPEAKS_MS)))[sessionId]
    return heldBackBy(dischargeGate(session.state, Date.parse(at), protocol?.discharge, samples))
  })
}
