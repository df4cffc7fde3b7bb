import type { Read } from '../platform/database.server.ts'
import type { ClinicId, PersonId } from '../platform/ids.ts'
import type { Instant } from '../platform/time.ts'
import { type Concern, type ConcernState, concernState } from './concern.ts'
import { concernEvents, listConcerns } from './concern-queries.server.ts'

export type OpenConcern = Concern & { readonly state: ConcernState; readonly overdue: boolean }

/** Concerns that are not closed, overdue ones first, then the oldest first; of the clinic or of one person. */
export async function openConcerns(
  db: Read,
  clinicId: ClinicId,
  at: Instant,
  personId?: PersonId,
): Promise<OpenConcern[]> {
  const concerns = await listConcerns(db, clinicId, { notClosed: true, ...(personId ? { personId } : {}) })
  const events = await concernEvents(
    db,
    clinicId,
    concerns.map((concern) => concern.id),
  )
  return concerns
    .map((concern) => {
      const state = concernState(concern, events.get(concern.id) ?? [], at)
      return { ...concern, state, overdue: state === 'overdue' }
    })
    .sort((a, b) => Number(b.overdue) - Number(a.overdue) || a.raisedAt.localeCompare(b.raisedAt))
}
