import type { Actor } from './actor.ts'
import type { Write } from './database.server.ts'
import type { ClinicId, PersonId } from './ids.ts'
import type { Instant } from './time.ts'

/**
 * One line of the audit: who did what to whose record. Ids and codes only; free text and names never enter.
 */
export type AuditEntry = {
  /** Id of the declared action, such as "request.accept". */
  readonly action: string
  readonly power: 'read' | 'write' | 'refused'
  readonly personId?: PersonId
  /** What kind of thing, and which one. */
  readonly object?: string
  readonly objectId?: string
  readonly detail?: Readonly<Record<string, string | number | boolean | null>>
}

/** Collects entries during a transaction; they are appended just before it commits, or vanish with it. */
export class AuditTrail {
  readonly entries: AuditEntry[] = []

  read(action: string, entry: Omit<AuditEntry, 'action' | 'power'> = {}): void {
    this.entries.push({ action, power: 'read', ...entry })
  }

  write(action: string, entry: Omit<AuditEntry, 'action' | 'power'> = {}): void {
    this.entries.push({ action, power: 'write', ...entry })
  }
}

/** Appends entries to the clinic's hash chain inside the caller's transaction. */
export type AuditSink = {
  append(
    db: Write,
    clinicId: ClinicId,
    actor: Actor,
    at: Instant,
    entries: readonly AuditEntry[],
  ): Promise<void>
}
