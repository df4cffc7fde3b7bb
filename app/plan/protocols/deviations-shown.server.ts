import { accountNames } from '../../identity/index.server.ts'
import { mayDo } from '../../platform/access.ts'
import type { Actor } from '../../platform/actor.ts'
import type { ClinicProfile } from '../../platform/clinic-profile.ts'
import type { Read } from '../../platform/database.server.ts'
import { momentInWords } from '../../platform/time.ts'
import type { PlanId } from '../plan.ts'
import { noteDeviation } from '../plan-access.ts'
import { DEVIATION_KINDS, DEVIATION_WORDS } from './deviation.ts'
import { deviationsOfPlan } from './protocol-queries.server.ts'

/** Where a plan left its protocol, for those who treat: doses stand in it. Undefined for everybody else. */
export async function deviationsShown(db: Read, clinic: ClinicProfile, actor: Actor, planId: PlanId) {
  if (!mayDo(actor, noteDeviation)) return undefined
  const found = await deviationsOfPlan(db, clinic.id, planId)
  const names = await accountNames(db, [...new Set(found.flatMap(({ by }) => by ?? []))])
  return {
    kinds: DEVIATION_KINDS.map((value) => ({ value, label: DEVIATION_WORDS[value] })),
    rows: found.map((d) => ({
      id: d.id as string,
      kind: DEVIATION_WORDS[d.kind],
      protocolSays: d.protocolSays,
      doneInstead: d.doneInstead,
      reason: d.reason,
      when: momentInWords(d.at, clinic.timeZone),
      dateTime: d.at as string,
      by: d.by ? (names.get(d.by) ?? 'unknown') : 'the system',
    })),
  }
}

export type DeviationsShown = NonNullable<Awaited<ReturnType<typeof deviationsShown>>>
