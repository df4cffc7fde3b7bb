import { clinicById } from '../../identity/index.server.ts'
import type { Actor, SystemActor } from '../../platform/actor.ts'
import { type Command, runCommand, runQuery } from '../../platform/command.server.ts'
import type { ClinicId } from '../../platform/ids.ts'
import type { JobHandler } from '../../platform/jobs.server.ts'
import { done } from '../../platform/outcome.ts'
import type { Services } from '../../platform/services.server.ts'
import { type LocalDate, localDateOf } from '../../platform/time.ts'
import { cutFiguresTo } from '../dataset/cut-queries.server.ts'
import { datasetOverview } from '../dataset/figure-queries.server.ts'
import { bringOutcomesUpToDate } from '../dataset/refresh-outcomes.server.ts'
import { takeSnapshotAction } from '../measure-access.ts'
import { inventedOf } from './clinic-page.server.ts'
import { peopleByMonth } from './clinic-queries.server.ts'
import { asOfDay } from './closed-months.ts'
import { figuresToFreeze } from './frozen-figures.server.ts'
import { claimSnapshot, keepSnapshot, newestSnapshot } from './snapshot-queries.server.ts'
import { snapshotStamp } from './snapshot-stamp.server.ts'
import { seesStrictFigures } from './viewer.ts'

export type SnapshotTaken = { readonly taken: boolean; readonly asOf: LocalDate }

/**
 * Works out the clinic's strict figures as of the day on which they stand now and keeps them, unless they are kept.
 *
 * One transaction claims the day, cuts the facts, counts and keeps: a crash leaves nothing, and of two that come at the same
 * time one waits and then finds nothing to do. Figures once kept are never worked out again by the same definitions and code,
 * so what is corrected afterwards shows in the next ones. Only figures of nobody are, once there is somebody.
 */
export const takeSnapshot: Command<Record<never, never>, SnapshotTaken, never> = {
  action: takeSnapshotAction,
  async run({ db, at, actor }) {
    const { clinicId } = actor
    const clinic = await clinicById(db, clinicId)
    if (!clinic) throw new Error(`there is no clinic ${clinicId}`)
    const { timeZone, name: clinicName } = clinic
    const today = localDateOf(at, timeZone)
    const before = await newestSnapshot(db, { clinicId, before: today })
    const months = await peopleByMonth(db, { clinicId, today })
    const asOf = asOfDay(months, today, before && before.people > 0 ? before.asOf : undefined)
    const key = { clinicId, asOf, stamp: snapshotStamp() }
    const kept = await newestSnapshot(db, { clinicId, before: today, stamp: key.stamp })
    const nobody = months.every(({ month }) => month > asOf.slice(0, 7))
    if (kept?.asOf === asOf && (kept.people > 0 || nobody)) return done({ taken: false, asOf })
    if (!(await claimSnapshot(db, key, at))) return done({ taken: false, asOf })
    await cutFiguresTo(db, { clinicId, timeZone, day: asOf })
    const asked = { clinicId, today: asOf }
    const { people, invented } = await datasetOverview(db, asked)
    await keepSnapshot(
      db,
      { ...key, people, invented: inventedOf(people, invented) },
      await figuresToFreeze({ db, asked, clinicName }),
    )
    return done({ taken: true, asOf })
  },
}

/**
 * For a page before it reads the clinic's figures: brings the stored courses up to date for who treats people, and sees to
 * it that there are kept figures for who gets strict ones. Those are worked out here only where there are none at all by
 * today's definitions; when a month has closed the job does it, and until then the ones before stand.
 */
export async function readyFigures(services: Services, actor: Actor): Promise<void> {
  const { clinicId } = actor
  if (!seesStrictFigures(actor)) return bringOutcomesUpToDate(services, clinicId)
  const { timeZone } = await services.clinicProfile(clinicId)
  const kept = await runQuery(services, asMeasure(clinicId), ({ db, at }) =>
    newestSnapshot(db, { clinicId, before: localDateOf(at, timeZone), stamp: snapshotStamp() }),
  )
  if (kept && kept.people > 0) return
  // Whoever looks meanwhile waits for the same work: in the database each of them would hold a connection.
  const running =
    underWay.get(clinicId) ?? takeNow(services, clinicId).finally(() => underWay.delete(clinicId))
  underWay.set(clinicId, running)
  await running
}

const underWay = new Map<ClinicId, Promise<void>>()

async function takeNow(services: Services, clinicId: ClinicId): Promise<void> {
  await bringOutcomesUpToDate(services, clinicId)
  await runCommand(services, asMeasure(clinicId), takeSnapshot, {})
}

const asMeasure = (clinicId: ClinicId): SystemActor => ({ kind: 'system', clinicId, name: 'measure' })

/** Clinic by clinic. One that fails keeps no other from it; the job tries again. */
export function takeSnapshotsJob(
  services: Services,
  clinicIds: () => Promise<readonly ClinicId[]>,
): JobHandler {
  return async () => {
    let failed: unknown
    for (const clinicId of await clinicIds()) {
      try {
        await takeNow(services, clinicId)
      } catch (error) {
        services.log.error('take-snapshots.failed', error, { clinicId })
        failed = error
      }
    }
    if (failed) throw failed
  }
}
