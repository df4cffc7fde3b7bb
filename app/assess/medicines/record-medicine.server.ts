import { isDeepStrictEqual } from 'node:util'
import { personById } from '../../identity/index.server.ts'
import type { Command } from '../../platform/command.server.ts'
import type { PersonId } from '../../platform/ids.ts'
import { done, refused } from '../../platform/outcome.ts'
import { addDays, addMs, localDateOf, MINUTE_MS } from '../../platform/time.ts'
import { type EntryOf, type MedicineEntryId, medicineList } from './medicine.ts'
import { recordMedicine as recordMedicineAction } from './medicine-access.ts'
import { sameNamed } from './medicine-names.ts'
import { insertMedicineEntry, medicineEntriesOf } from './medicine-queries.server.ts'

export type RecordMedicine = {
  readonly id: MedicineEntryId
  readonly personId: PersonId
  readonly told: EntryOf
  /** What this row replaces, and why. */
  readonly replaces?: { readonly id: MedicineEntryId; readonly reason: string } | undefined
  /** Somebody was asked and said that it is taken besides one of the same name that stands. */
  readonly besides?: boolean
}

/** How far somebody's clock may run ahead of the server's. */
const CLOCK_SLACK_MS = 5 * MINUTE_MS

/**
 * Records one medicine, that there are none, or a change of what was recorded. Nothing is overwritten. "No medicines"
 * is refused while one stands: it is stopped first, so that two rows never contradict each other. One of the same name as
 * one that stands is refused with `stands-already` until somebody says that it is another, or what it replaces.
 */
export const recordMedicine: Command<
  RecordMedicine,
  { readonly id: MedicineEntryId },
  | 'no-such-person'
  | 'nothing-to-replace'
  | 'replaced-meanwhile'
  | 'medicines-stand'
  | 'stands-already'
  | 'in-the-future'
  | 'id-taken'
> = {
  action: recordMedicineAction,
  async run({ db, at, actor, audit, tell }, { id, personId, told, replaces, besides }) {
    const { clinicId } = actor
    if (actor.kind !== 'member' || !(await personById(db, clinicId, personId)))
      return refused('no-such-person')
    const entries = await medicineEntriesOf(db, clinicId, [personId])
    const sent = entries.find((entry) => entry.id === id)
    if (sent) {
      const same = isDeepStrictEqual(JSON.stringify(sent.told), JSON.stringify(told))
      return same && sent.replaces === replaces?.id ? done({ id }) : refused('id-taken')
    }
    if (replaces) {
      if (!entries.some((entry) => entry.id === replaces.id)) return refused('nothing-to-replace')
      if (entries.some((entry) => entry.replaces === replaces.id)) return refused('replaced-meanwhile')
    } else if (told.kind === 'stopped' || told.kind === 'withdrawn') {
      return refused('nothing-to-replace')
    }
    if (told.kind === 'none' && medicineList(entries).medicines.length > 0) return refused('medicines-stand')
    if (told.kind === 'taken' || told.kind === 'to-start') {
      // East of Greenwich the day may already be the next one.
      const tomorrow = addDays(localDateOf(at, 'UTC'), 1)
      const late = told.lastTakenAt !== undefined && told.lastTakenAt > addMs(at, CLOCK_SLACK_MS)
      if (late || (told.kind === 'taken' && told.since !== undefined && told.since > tomorrow)) {
        return refused('in-the-future', late ? 'lastTakenAt' : 'since')
      }
      const others = medicineList(entries).medicines.filter((one) => one.id !== replaces?.id)
      const same = sameNamed(
        told.name,
        others.map((one) => ({ id: one.id, name: one.told.name })),
      )
      if (same.length > 0 && !besides) return refused('stands-already', same)
    }
    const stored = await insertMedicineEntry(db, clinicId, {
      id,
      personId,
      told,
      replaces: replaces?.id,
      reason: replaces?.reason,
      recordedAt: at,
      recordedBy: actor.accountId,
    })
    if (!stored) return refused(replaces ? 'replaced-meanwhile' : 'id-taken')
    audit.write(recordMedicineAction.id, {
      personId,
      object: 'medicine',
      objectId: id,
      detail: { kind: told.kind, replaces: replaces?.id ?? null },
    })
    tell('medicine.recorded', { personId, entryId: id, kind: told.kind })
    return done({ id })
  },
}
