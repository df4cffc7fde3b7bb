import { type Read, reader, type Write, writer } from '../../../platform/database.server.ts'
import type { ClinicId, Id } from '../../../platform/ids.ts'
import type { Instant } from '../../../platform/time.ts'
import type { DiscrepancyId } from '../counts/discrepancy.ts'
import type { MovementId } from '../movement.ts'
import { nextNumber } from '../order-queries.server.ts'
import type { LossAnswers } from './loss-report.ts'

export type LossDraftId = Id<'loss-report-draft'>

/** The only file that names the table of drafts of loss reports. */
type LossTables = {
  loss_report_draft: {
    clinic_id: ClinicId
    id: LossDraftId
    number: number
    discrepancy_id: DiscrepancyId | null
    movement_id: MovementId | null
    at: Instant
    by_account_id: string
    answers: string
  }
}

const read = (db: Read) => reader<LossTables>(db)
const write = (db: Write) => writer<LossTables>(db)

/** What a report is about: a discrepancy of a count, or a movement that says that something is lost. */
export type LossSubject =
  | { readonly kind: 'discrepancy'; readonly id: DiscrepancyId }
  | { readonly kind: 'movement'; readonly id: MovementId }

export type LossDraft = {
  readonly id: LossDraftId
  readonly at: Instant
  readonly by: string
  readonly answers: LossAnswers
}

/** The draft as it was saved last, under any of the names of a loss; undefined where nobody has begun one. */
export async function lossDraft(
  db: Read,
  clinicId: ClinicId,
  ...subjects: readonly LossSubject[]
): Promise<LossDraft | undefined> {
  const row = await read(db)
    .selectFrom('loss_report_draft')
    .selectAll()
    .where('clinic_id', '=', clinicId)
    .where((draft) =>
      draft.or(
        subjects.map((subject) =>
          subject.kind === 'discrepancy'
            ? draft('discrepancy_id', '=', subject.id)
            : draft('movement_id', '=', subject.id),
        ),
      ),
    )
    .orderBy('number', 'desc')
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .executeTakeFirst()
  return row && toDraft(row)
}

/** What was saved under one key, and of what. */
export async function lossDraftById(
  db: Read,
  clinicId: ClinicId,
  id: LossDraftId,
): Promise<(LossDraft & { readonly of: LossSubject['id'] }) | undefined> {
  const row = await read(db)
    .selectFrom('loss_report_draft')
    .selectAll()
    .where('clinic_id', '=', clinicId)
    .where('id', '=', id)
    .executeTakeFirst()
  return row && { ...toDraft(row), of: (row.discrepancy_id ?? row.movement_id)! }
}

function toDraft(row: LossTables['loss_report_draft']): LossDraft {
  return { id: row.id, at: row.at, by: row.by_account_id, answers: JSON.parse(row.answers) }
}

/** The caller holds the ledger's head. @returns false when a draft with this id is there already */
export async function insertLossDraft(
  db: Write,
  clinicId: ClinicId,
  subject: LossSubject,
  draft: LossDraft,
): Promise<boolean> {
  const row = await write(db)
    .insertInto('loss_report_draft')
    .values({
      clinic_id: clinicId,
      id: draft.id,
      number: await nextNumber(db, clinicId, 'loss_report_draft'),
      discrepancy_id: subject.kind === 'discrepancy' ? subject.id : null,
      movement_id: subject.kind === 'movement' ? subject.id : null,
      at: draft.at,
      by_account_id: draft.by,
      answers: JSON.stringify(draft.answers),
    })
    .onConflict((c) => c.columns(['clinic_id', 'id']).doNothing())
    .returning('id')
    .executeTakeFirst()
  return row !== undefined
}
