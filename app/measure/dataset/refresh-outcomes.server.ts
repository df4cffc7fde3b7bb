import { createHash } from 'node:crypto'
import { clinicById } from '../../identity/index.server.ts'
import type { SystemActor } from '../../platform/actor.ts'
import { type Command, runCommand, runQuery } from '../../platform/command.server.ts'
import type { Write } from '../../platform/database.server.ts'
import { feedHead } from '../../platform/feed.server.ts'
import type { ClinicId, PersonId } from '../../platform/ids.ts'
import type { JobHandler } from '../../platform/jobs.server.ts'
import { done } from '../../platform/outcome.ts'
import type { Services } from '../../platform/services.server.ts'
import { refreshOutcomesAction } from '../measure-access.ts'
import {
  joinWholeTables,
  lockRefresh,
  peopleTouched,
  refreshState,
  rewriteCourses,
  saveRefresh,
} from './course-queries.server.ts'
import { definitionsPrint } from './definitions.ts'
import { rewriteResults } from './result-queries.server.ts'

/** Beyond so many people it is cheaper to make everybody anew. */
const MOST_PEOPLE_ONE_BY_ONE = 20_000
/** A page waits for so many events to be taken in; more than these are left to the job. */
const LITTLE_EVENTS = 20_000

export type Refreshed = { readonly what: 'nothing' | 'some' | 'all'; readonly people: number }

/**
 * Brings the stored courses up to the newest event of the clinic's feed: finds the people whom the events since are
 * about and makes their courses anew. When the courses were never made, a definition has changed or the clinic has moved
 * to another zone, everybody's are.
 *
 * One transaction holds the clinic's refresh row, writes the courses and says up to where they are true: a crash leaves
 * the old or the new, and of two refreshes one waits and then finds nothing left to do. Events take their numbers in the
 * order of their commits, so what happens meanwhile has a higher number and is taken in by the next refresh.
 *
 * @param input `rebuild`: everybody anew whatever is stored
 * @returns how many courses were written
 */
export const refreshOutcomes: Command<{ readonly rebuild?: boolean }, Refreshed, never> = {
  action: refreshOutcomesAction,
  async run({ db, at, actor }, { rebuild = false }) {
    const { clinicId } = actor
    const before = await lockRefresh(db, clinicId)
    const clinic = await clinicById(db, clinicId)
    if (!clinic) throw new Error(`there is no clinic ${clinicId}`)
    const head = await feedHead(db, clinicId)
    const definitionsHash = hashOfDefinitions()
    const state = { feedSeq: head, definitionsHash, timeZone: clinic.timeZone, refreshedAt: at }
    const holds =
      !rebuild &&
      before !== undefined &&
      before.definitionsHash === definitionsHash &&
      before.timeZone === clinic.timeZone
    if (!holds) {
      const people = await rewrite(db, clinicId, clinic.timeZone)
      await saveRefresh(db, clinicId, state)
      return done({ what: 'all', people })
    }
    const touched = before.feedSeq < head ? await peopleTouched(db, clinicId, before.feedSeq, head) : []
    const everybody = touched.length > MOST_PEOPLE_ONE_BY_ONE
    const people =
      touched.length > 0 ? await rewrite(db, clinicId, clinic.timeZone, everybody ? undefined : touched) : 0
    await saveRefresh(db, clinicId, state)
    return done({ what: everybody ? 'all' : touched.length > 0 ? 'some' : 'nothing', people })
  },
}

/** Everything that is stored of these people, or of everybody. @returns how many courses were written */
async function rewrite(
  db: Write,
  clinicId: ClinicId,
  timeZone: string,
  personIds?: readonly PersonId[],
): Promise<number> {
  if (personIds === undefined) await joinWholeTables(db)
  const people = await rewriteCourses(db, clinicId, timeZone, personIds)
  await rewriteResults(db, clinicId, timeZone, personIds)
  return people
}

/** Changes with every definition that comes or rises a version. */
function hashOfDefinitions(): string {
  return createHash('sha256').update(definitionsPrint()).digest('hex')
}

/**
 * For a page before it reads: takes in what is new when that is little, and makes what was never made. A clinic that is far
 * behind is shown as it was at the last refresh, which says when that was, and the job catches up.
 */
export async function bringOutcomesUpToDate(services: Services, clinicId: ClinicId): Promise<void> {
  const actor: SystemActor = { kind: 'system', clinicId, name: 'measure' }
  const { state, behind } = await runQuery(services, actor, async ({ db }) => {
    const state = await refreshState(db, clinicId)
    return { state, behind: (await feedHead(db, clinicId)) - (state?.feedSeq ?? 0) }
  })
  const { timeZone } = await services.clinicProfile(clinicId)
  const holds = state?.definitionsHash === hashOfDefinitions() && state.timeZone === timeZone
  if (holds && (behind === 0 || behind > LITTLE_EVENTS)) return
  await runCommand(services, actor, refreshOutcomes, {})
}

/** Refreshes clinic by clinic. One that fails keeps no other from being refreshed; the job tries again. */
export function refreshOutcomesJob(
  services: Services,
  clinicIds: () => Promise<readonly ClinicId[]>,
): JobHandler {
  return async () => {
    let failed: unknown
    for (const clinicId of await clinicIds()) {
      try {
        await runCommand(services, { kind: 'system', clinicId, name: 'measure' }, refreshOutcomes, {})
      } catch (error) {
        services.log.error('refresh-outcomes.failed', error, { clinicId })
        failed = error
      }
    }
    if (failed) throw failed
  }
}
