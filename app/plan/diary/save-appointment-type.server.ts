import type { Command } from '../../platform/command.server.ts'
import { done, refused } from '../../platform/outcome.ts'
import { setAppointmentType } from '../plan-access.ts'
import { type AppointmentType, DOSING } from './appointment-type.ts'
import { appointmentTypes, saveType } from './resource-queries.server.ts'

/**
 * Sets a kind of appointment, a standard one or the clinic's own. Visits that are booked stay as long as they are. Who
 * changes it names the revision they saw (0: as the program proposes it, or new), so that nobody undoes another's change.
 */
export const saveAppointmentType: Command<
  AppointmentType,
  { readonly code: string; readonly revision: number },
  'changed-meanwhile' | 'name-taken' | 'length-of-dosing' | 'length-missing'
> = {
  action: setAppointmentType,
  async run({ db, at, actor, audit }, type) {
    // A dosing visit is as long as its protocol says; every other kind says so itself.
    if ((type.code === DOSING) !== (type.lengthMin === undefined))
      return refused(type.code === DOSING ? 'length-of-dosing' : 'length-missing')
    const all = await appointmentTypes(db, actor.clinicId)
    const before = all.find((t) => t.code === type.code)
    if (all.some((t) => t.code !== type.code && !t.retired && t.name === type.name))
      return refused('name-taken')
    if ((before?.revision ?? 0) !== type.revision) return refused('changed-meanwhile')
    const by = actor.kind === 'member' ? actor.accountId : undefined
    if (!(await saveType(db, actor.clinicId, type, by, at))) return refused('changed-meanwhile')
    audit.write(setAppointmentType.id, {
      object: 'appointment-type',
      objectId: type.code,
      detail: {
        revision: type.revision + 1,
        from: before ? JSON.stringify(before) : null,
        to: JSON.stringify(type),
      },
    })
    return done({ code: type.code, revision: type.revision + 1 })
  },
}
