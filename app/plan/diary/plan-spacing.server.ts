import type { Read } from '../../platform/database.server.ts'
import type { ClinicId } from '../../platform/ids.ts'
import { refused } from '../../platform/outcome.ts'
import type { Instant } from '../../platform/time.ts'
import { givenDoses } from '../orders/given-dose-queries.server.ts'
import type { Plan } from '../plan.ts'
import { appointmentsOfPlan } from './entry-queries.server.ts'
import { rulesOfPlan } from './session-rules.ts'
import { doseProblem, spacingProblems } from './spacing.ts'

type Session = { readonly sessionNumber: number; readonly startsAt: Instant }
type TooNear = ReturnType<typeof refused<'spacing' | 'after-dose'>>

/**
 * What sessions of a plan keep their distance to: its other booked visits, and every dose the person was given, by
 * whatever plan. Whoever then writes holds the person's row first (`holdPerson`), so that two never judge at once.
 *
 * @returns judges sessions at the times they are to have, in place of those they have: why they may not, or undefined
 */
export async function spacingOfPlan(
  db: Read,
  clinicId: ClinicId,
  plan: Plan,
  timeZone: string,
): Promise<(wanted: readonly Session[]) => TooNear | undefined> {
  const { windowBefore, leastDays } = await rulesOfPlan(db, clinicId, plan)
  const live = (await appointmentsOfPlan(db, clinicId, plan.id)).filter((a) => !a.cancelledAt)
  const dosedAt = (await givenDoses(db, clinicId, plan.personId)).map((dose) => dose.dosedAt)
  return (wanted) => {
    const numbers = wanted.map((w) => w.sessionNumber)
    const others = live.filter((a) => !numbers.includes(a.sessionNumber))
    const far = spacingProblems([...others, ...wanted], windowBefore, timeZone).find(
      (p) => numbers.includes(p.sessionNumber) || numbers.includes(p.after),
    )
    if (far) return refused('spacing', far)
    for (const each of wanted) {
      const near = doseProblem(each, dosedAt, leastDays, timeZone)
      if (near) return refused('after-dose', near)
    }
    return undefined
  }
}
