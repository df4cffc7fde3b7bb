import { type Read, reader, type Write, writer } from '../platform/database.server.ts'
import type { AccountId, ClinicId } from '../platform/ids.ts'
import type { Instant } from '../platform/time.ts'
import { type ReplyTemplate, templatesOf } from './reply-template.ts'

type TemplateTables = {
  reply_template: {
    clinic_id: ClinicId
    code: string
    revision: number
    name: string
    words: string
    retired: boolean
    at: Instant
    account_id: AccountId
  }
}

/** The texts a clinic answers with now (`templatesOf`). */
export async function replyTemplates(db: Read, clinicId: ClinicId): Promise<readonly ReplyTemplate[]> {
  return templatesOf(await newestRevisions(db, clinicId))
}

/** The newest revision of each text that the clinic has set, retired ones too. */
export async function newestRevisions(db: Read, clinicId: ClinicId): Promise<ReplyTemplate[]> {
  const rows = await reader<TemplateTables>(db)
    .selectFrom('reply_template')
    .distinctOn('code')
    .select(['code', 'revision', 'name', 'words', 'retired'])
    .where('clinic_id', '=', clinicId)
    .orderBy('code')
    .orderBy('revision', 'desc')
    .execute()
  return rows.map((row) => ({ ...row, revision: Number(row.revision) }))
}

/** @returns false when somebody stored this revision before */
export async function insertRevision(
  db: Write,
  clinicId: ClinicId,
  template: ReplyTemplate & { readonly at: Instant; readonly by: AccountId },
): Promise<boolean> {
  const { by, ...rest } = template
  const row = await writer<TemplateTables>(db)
    .insertInto('reply_template')
    .values({ clinic_id: clinicId, ...rest, account_id: by })
    .onConflict((c) => c.doNothing())
    .returning('code')
    .executeTakeFirst()
  return row !== undefined
}
