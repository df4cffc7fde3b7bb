import type { Write } from '../../platform/database.server.ts'
import type { ClinicId, PersonId } from '../../platform/ids.ts'
import { lockConsents } from '../consents/consent-queries.server.ts'
import { lockAppointment } from '../diary/diary-queries.server.ts'
import type { AppointmentId, PlanId } from '../plan.ts'
import { lockOrders } from './order-queries.server.ts'

/**
 * Part of a command: holds, until the transaction ends, what a dose rests on here. Whoever signs or withdraws an order
 * of the plan, signs or takes back a consent of the person, moves or cancels the visit comes wholly before (and is seen
 * by what is read after this) or wholly after. Always in this order, so that two never wait for each other.
 */
export async function holdForDose(
  db: Write,
  clinicId: ClinicId,
  dose: {
    readonly planId: PlanId
    readonly personId: PersonId
    readonly appointmentId: AppointmentId
  },
): Promise<void> {
  await lockOrders(db, clinicId, dose.planId)
  await lockConsents(db, clinicId, dose.personId)
  await lockAppointment(db, clinicId, dose.appointmentId)
}
