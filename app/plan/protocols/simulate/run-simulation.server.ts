import { setImmediate as letOthersWork } from 'node:timers/promises'
import { rulesOfClinic } from '../../../assess/index.server.ts'
import { type Command, runCommand, runQuery } from '../../../platform/command.server.ts'
import { done, type Outcome, refused } from '../../../platform/outcome.ts'
import type { PageArgs } from '../../../platform/page.server.ts'
import { addMs, DAY_MS } from '../../../platform/time.ts'
import { heldBetween } from '../../diary/diary-queries.server.ts'
import { loadDiary } from '../../diary/load-diary.server.ts'
import { submitProtocol } from '../../plan-access.ts'
import { holdVersion, versionNamed } from '../held-version.server.ts'
import { insertSimulation } from '../protocol-queries.server.ts'
import type { SeenVersion } from '../release-protocol.server.ts'
import type { SimulationReport } from '../simulation-report.ts'
import { simulateProtocol } from './simulate-protocol.ts'

/** Somewhat more than a version needs, so that the figures are of round people. */
const PEOPLE = 240

/** Keeps what a simulation found with the very revision it was made for. */
export const keepSimulation: Command<
  SeenVersion & { readonly seed: number; readonly report: SimulationReport },
  { readonly version: string },
  'no-such-version' | 'changed-meanwhile'
> = {
  action: submitProtocol,
  async run(needs, input) {
    const { db, at, ids, actor, audit, tell } = needs
    const held = await holdVersion(needs, input.protocolId, input.version)
    if (!held) return refused('no-such-version')
    if (held.revision !== input.seenRevision) return refused('changed-meanwhile')
    await insertSimulation(db, actor.clinicId, held, {
      id: ids.next(),
      revision: held.revision,
      seed: input.seed,
      report: input.report,
      by: actor.kind === 'member' ? actor.accountId : undefined,
      at,
    })
    audit.write('protocol.simulate', {
      object: 'protocol-version',
      ...(held.ownId ? { objectId: held.ownId } : {}),
      detail: { protocol: input.protocolId, version: input.version, people: input.report.people },
    })
    tell('protocol.simulated', { protocolId: input.protocolId, version: input.version })
    return done({ version: input.version })
  },
}

/** Bookings so far ahead are taken from the diary, when they are wanted. */
const BOOKED_DAYS = 400

/**
 * Tries a version on invented people in this clinic's rooms and hours, outside any transaction, and keeps the report.
 *
 * @param seen `aroundBookings`: the invented people get only what the diary has free beside what is booked now
 */
export async function runSimulation(
  { services, actor }: Pick<PageArgs, 'services' | 'actor'>,
  seen: SeenVersion & { readonly seed: number; readonly aroundBookings?: boolean },
): Promise<Outcome<{ readonly version: string }>> {
  const facts = await runQuery(services, actor, async ({ db, at }) => ({
    found: await versionNamed(db, actor.clinicId, seen.protocolId, seen.version),
    rules: await rulesOfClinic(db, actor.clinicId),
    diary: await loadDiary(db, actor.clinicId, at),
    booked: seen.aroundBookings
      ? await heldBetween(db, actor.clinicId, at, addMs(at, BOOKED_DAYS * DAY_MS))
      : undefined,
    at,
  }))
  if (!facts.found) return refused('no-such-version')
  if (facts.found.revision !== seen.seenRevision) return refused('changed-meanwhile')
  const run = simulateProtocol({
    protocol: facts.found.protocol,
    seed: seen.seed,
    people: PEOPLE,
    rules: facts.rules,
    diary: facts.diary,
    booked: facts.booked,
    from: facts.at,
  })
  let step = run.next()
  while (!step.done) {
    await letOthersWork()
    step = run.next()
  }
  return runCommand(services, actor, keepSimulation, { ...seen, report: step.value })
}
