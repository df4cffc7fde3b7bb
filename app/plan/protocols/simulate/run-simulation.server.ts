import { setImmediate as letOthersWork } from 'node:timers/promises'
import { rulesOfClinic } from '../../../assess/index.server.ts'
import { type Command, runCommand, runQuery } from '../../../platform/command.server.ts'
import { done, type Outcome, refused } from '../../../platform/outcome.ts'
import type { PageArgs } from '../../../platform/page.server.ts'
import { loadDiary } from '../../diary/load-diary.server.ts'
import { submitProtocol } from '../../plan-access.ts'
import { holdProtocol, insertSimulation, ownVersions } from '../protocol-queries.server.ts'
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
  async run({ db, at, ids, actor, audit, tell }, input) {
    await holdProtocol(db, actor.clinicId, input.protocolId)
    const own = (await ownVersions(db, actor.clinicId, input.protocolId)).find(
      ({ version }) => version === input.version,
    )
    if (!own) return refused('no-such-version')
    if (own.revision !== input.seenRevision) return refused('changed-meanwhile')
    await insertSimulation(db, actor.clinicId, own.id, {
      id: ids.next(),
      revision: own.revision,
      seed: input.seed,
      report: input.report,
      by: actor.kind === 'member' ? actor.accountId : undefined,
      at,
    })
    audit.write('protocol.simulate', {
      object: 'protocol-version',
      objectId: own.id,
      detail: { protocol: input.protocolId, version: input.version, people: input.report.people },
    })
    tell('protocol.simulated', { protocolId: input.protocolId, version: input.version })
    return done({ version: input.version })
  },
}

/** Tries a version on invented people in this clinic's rooms and hours, outside any transaction, and keeps the report. */
export async function runSimulation(
  { services, actor }: Pick<PageArgs, 'services' | 'actor'>,
  seen: SeenVersion & { readonly seed: number },
): Promise<Outcome<{ readonly version: string }>> {
  const facts = await runQuery(services, actor, async ({ db, at }) => ({
    own: (await ownVersions(db, actor.clinicId, seen.protocolId)).find((v) => v.version === seen.version),
    rules: await rulesOfClinic(db, actor.clinicId),
    diary: await loadDiary(db, actor.clinicId, at),
    at,
  }))
  if (!facts.own) return refused('no-such-version')
  if (facts.own.revision !== seen.seenRevision) return refused('changed-meanwhile')
  const run = simulateProtocol({
    protocol: facts.own.protocol,
    seed: seen.seed,
    people: PEOPLE,
    rules: facts.rules,
    diary: facts.diary,
    from: facts.at,
  })
  let step = run.next()
  while (!step.done) {
    await letOthersWork()
    step = run.next()
  }
  return runCommand(services, actor, keepSimulation, { ...seen, report: step.value })
}
