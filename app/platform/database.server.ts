import { type Kysely, sql, type Transaction } from 'kysely'
import type { ClinicId } from './ids.ts'
import { isUuid } from './ids.ts'

/**
 * The power to read one clinic's rows inside one transaction. A function that takes `Read` cannot write.
 * Opaque on purpose: slices name their own tables with `reader<Tables>(db)` in their queries file.
 */
export type Read = { readonly [handle]: Kysely<never> }

/** The power to read and write one clinic's rows inside one transaction. */
export type Write = Read & { readonly [writable]: true }

declare const handle: unique symbol
declare const writable: unique symbol

type ReadMethods = 'selectFrom' | 'with' | 'withRecursive' | 'fn' | 'dynamic' | 'getExecutor'

/** @example const rows = await reader<AskTables>(db).selectFrom('consultation_request').selectAll().execute() */
export function reader<Tables>(db: Read): Pick<Kysely<Tables>, ReadMethods> {
  return db as unknown as Kysely<Tables>
}

export function writer<Tables>(db: Write): Transaction<Tables> {
  return db as unknown as Transaction<Tables>
}

/** Wraps a transaction in which the tenant is already set. */
export function asWrite(transaction: Transaction<never>): Write {
  return transaction as unknown as Write
}

/**
 * Sets the tenant for the rest of the transaction: a literal SET LOCAL, sent as its own query, because that is
 * the one form that also reaches the nodes of a distributed database (decision 0003).
 *
 * @throws Error when `clinicId` is not a UUID, since it is written into the statement's text
 */
export async function setTenant(transaction: Transaction<never>, clinicId: ClinicId): Promise<void> {
  if (!isUuid(clinicId)) throw new Error('the tenant must be a UUID')
  await sql.raw(`SET LOCAL app.clinic_id = '${clinicId}'`).execute(transaction)
}

/** PostgreSQL's code of a failed statement ("23505"), if the error carries one. */
export function sqlState(error: unknown): string | undefined {
  const code = (error as { code?: unknown } | null)?.code
  return typeof code === 'string' && /^[0-9A-Z]{5}$/.test(code) ? code : undefined
}
