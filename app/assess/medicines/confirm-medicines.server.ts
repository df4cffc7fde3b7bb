import { personById } from '../../identity/index.server.ts'
import type { Command } from '../../platform/command.server.ts'
import type { PersonId } from '../../platform/ids.ts'
import { done, refused } from '../../platform/outcome.ts'
import { type MedicineEntryId, medicineList, standingEntries } from './medicine.ts'
import { recordMedicine as recordMedicineAction } from './medicine-access.ts'
import { insertMedicineEntry, medicineEntriesOf } from './medicine-queries.server.ts'

export type ConfirmMedicines = {
  /** Made by the form; becomes the id of the first new row, so that a double click confirms once. */
  readonly key: MedicineEntryId
  readonly personId: PersonId
  /** The rows that stood before whoever asked. */
  readonly seen: readonly MedicineEntryId[]
}

const REASON = 'Asked again: nothing has changed.'

/**
 * The person was asked again and nothing has changed: every row that stands is written anew with today's time, in the
 * words it had. What was recorded before stays readable.
 *
 * @returns the rows that stand now; refused with `replaced-meanwhile` when another list stands than the one that was seen
 */
export const confirmMedicines: Command<
  ConfirmMedicines,
  { readonly rows: readonly MedicineEntryId[] },
  'no-such-person' | 'nothing-to-confirm' | 'replaced-meanwhile'
> = {
  action: recordMedicineAction,
  async run({ db, at, ids, actor, audit, tell }, { key, personId, seen }) {
    const { clinicId } = actor
    if (actor.kind !== 'member' || !(await personById(db, clinicId, personId)))
      return refused('no-such-person')
    const entries = await medicineEntriesOf(db, clinicId, [personId])
    const standing = standingEntries(medicineList(entries))
    const now = standing.map(({ id }) => id)
    if (entries.some(({ id }) => id === key)) return done({ rows: now })
    if (standing.length === 0) return refused('nothing-to-confirm')
    if ([...now].sort().join() !== [...seen].sort().join()) return refused('replaced-meanwhile')
    const rows = standing.map((_, i) => (i === 0 ? key : ids.next<'medicine-entry'>()))
    for (const [i, { id, told }] of standing.entries()) {
      const stored = await insertMedicineEntry(db, clinicId, {
        id: rows[i]!,
        personId,
        told,
        replaces: id,
        reason: REASON,
        recordedAt: at,
        recordedBy: actor.accountId,
      })
      if (!stored) return refused('replaced-meanwhile')
    }
    audit.write(recordMedicineAction.id, {
      personId,
      object: 'medicine',
      objectId: key,
      detail: { kind: 'confirmed', rows: standing.length },
    })
    tell('medicine.recorded', { personId, entryId: key, kind: 'confirmed' })
    return done({ rows })
  },
}
