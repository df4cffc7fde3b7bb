import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { adoptProtocol } from '../../../tests/database/adopted-protocol.ts'
import { decide, makeAssessedPerson } from '../../../tests/database/eligible-person.ts'
import {
  anId,
  look,
  makeClinic,
  must,
  openTestDatabase,
  type TestClinic,
  type TestDatabase,
} from '../../../tests/database/test-clinic.ts'
import type { Member } from '../../platform/actor.ts'
import { type Command, runCommand } from '../../platform/command.server.ts'
import type { AccountId } from '../../platform/ids.ts'
import { done } from '../../platform/outcome.ts'
import { addMs, MINUTE_MS } from '../../platform/time.ts'
import { createPlan, planById } from '../index.server.ts'
import type { PlanId } from '../plan.ts'
import { submitProtocol } from '../plan-access.ts'
import { copyProtocol, draftProtocol, saveDraft } from './draft-protocol.server.ts'
import { noteDeviation } from './note-deviation.server.ts'
import type { Protocol } from './protocol.ts'
import { clinicProtocolById, protocolForNewPlan, protocolOf } from './protocol-of.server.ts'
import { deviationCounts, deviationsOfPlan, insertProtocolEvent } from './protocol-queries.server.ts'
import { type ProtocolVersionId, versionState } from './protocol-version.ts'
import {
  approveVersion,
  publishVersion,
  retireVersion,
  returnVersion,
  type SeenVersion,
  submitVersion,
} from './release-protocol.server.ts'
import { keepSimulation } from './simulate/run-simulation.server.ts'
import type { SimulationReport } from './simulation-report.ts'

let t: TestDatabase
let harbor: TestClinic
let other: TestClinic
/** A prescriber of the clinic who wrote nothing. */
let reader: Member

beforeAll(async () => {
  t = await openTestDatabase()
  harbor = await makeClinic(t.services, 'harbor')
  other = await makeClinic(t.services, 'other')
  reader = harbor.as.secondPrescriber
})
afterAll(() => t.close())

const report = (people = 240): SimulationReport => ({
  reportVersion: 1,
  seed: 7,
  people,
  eligible: { count: 100, of: people },
  excludedBy: [],
  orders: [],
  diary: [],
  readings: [],
  doseMg: null,
  assumptions: [],
  obstacles: [],
})

const run = <I, V, R extends string>(
  actor: Member,
  command: Parameters<typeof runCommand<I, V, R>>[2],
  input: I,
) => runCommand(t.services, actor, command, input)
const stepUp = (actor: Member, agoMs = 0) => ({
  accountId: actor.accountId as AccountId,
  at: addMs(t.clock.now(), -agoMs),
})

async function draft(protocolId = 'aud-kare', clinic = harbor) {
  const key = anId<'protocol-version'>(t.services) as ProtocolVersionId
  const { version } = await must(run(clinic.as.prescriber, draftProtocol, { key, protocolId, basedOn: '1' }))
  return { key, seen: { protocolId, version, seenRevision: 1 } }
}
const read = (id: string, clinic = harbor) =>
  look(t.services, clinic.system, ({ db }) => clinicProtocolById(db, clinic.id, id))
const own = async (version: string, id = 'aud-kare') =>
  (await read(id))!.own.find((v) => v.version === version)!
const stateOf = async (version: string, id?: string) => versionState((await own(version, id)).events)

async function changed(
  version: string,
  change: Partial<Protocol>,
  seenRevision = 1,
  actor = harbor.as.prescriber,
) {
  const { protocol } = await own(version)
  return run(actor, saveDraft, {
    protocolId: 'aud-kare',
    version,
    seenRevision,
    protocol: { ...protocol, ...change },
  })
}

async function published(protocolId = 'aud-kare') {
  const { seen } = await draft(protocolId)
  await must(run(harbor.as.prescriber, submitVersion, seen))
  await must(run(reader, approveVersion, { ...seen, stepUp: stepUp(reader) }))
  await must(run(harbor.as.manager, keepSimulation, { ...seen, seed: 7, report: report() }))
  await must(run(harbor.as.manager, publishVersion, { ...seen, stepUp: stepUp(harbor.as.manager) }))
  return seen.version
}

/** What a version went through before today's rules of a protocol. */
const eventOfOld: Command<
  SeenVersion & { readonly kind: 'submitted' | 'approved' },
  { readonly version: string },
  never
> = {
  action: submitProtocol,
  async run({ db, at, ids, actor }, { protocolId, version, seenRevision, kind }) {
    const by = actor.kind === 'member' ? actor.accountId : undefined
    await insertProtocolEvent(db, actor.clinicId, {
      id: ids.next(),
      protocolId,
      version,
      kind,
      revision: seenRevision,
      reason: undefined,
      by,
      at,
    })
    t.clock.advance(1000)
    return done({ version })
  },
}

describe('a draft', () => {
  it('begins as its base, once, and is seen by its own clinic only', async () => {
    const { key, seen } = await draft()
    const again = await must(
      run(harbor.as.prescriber, draftProtocol, { key, protocolId: 'aud-kare', basedOn: '1' }),
    )
    expect(again.version).toBe(seen.version)
    const { protocol, basedOn } = await own(seen.version)
    expect(protocol).toMatchObject({
      id: 'aud-kare',
      version: seen.version,
      title: 'Three weekly infusions with therapy',
    })
    expect(basedOn).toBe('1')
    expect((await read('aud-kare', other))!.own).toEqual([])
  })

  it('is saved as its next revision and never over what somebody else saved', async () => {
    const { seen } = await draft()
    expect(await changed(seen.version, { title: 'Ours' })).toMatchObject({ ok: true, value: { revision: 2 } })
    expect(await changed(seen.version, { title: 'Mine' })).toMatchObject({
      ok: false,
      reason: 'changed-meanwhile',
    })
    // The same form sent twice.
    expect(await changed(seen.version, { title: 'Ours' })).toMatchObject({ ok: true, value: { revision: 2 } })
    expect((await own(seen.version)).protocol.title).toBe('Ours')
  })

  it.each(['nurse', 'therapist', 'coordinator'] as const)('is not for a %s', async (role) => {
    const key = anId<'protocol-version'>(t.services) as ProtocolVersionId
    expect(
      await run(harbor.as[role], draftProtocol, { key, protocolId: 'aud-kare', basedOn: '1' }),
    ).toMatchObject({
      ok: false,
      reason: 'not-allowed',
    })
  })
})

describe('a version on its way', () => {
  it('goes from draft to published by two people, with a simulation of what is published', async () => {
    const { seen } = await draft()
    expect(await run(reader, approveVersion, { ...seen, stepUp: stepUp(reader) })).toMatchObject({
      reason: 'not-now',
    })
    await must(run(harbor.as.prescriber, submitVersion, seen))
    expect(await changed(seen.version, { title: 'Late' })).toMatchObject({ reason: 'not-a-draft' })
    const author = harbor.as.prescriber
    expect(await run(author, approveVersion, { ...seen, stepUp: stepUp(author) })).toMatchObject({
      reason: 'own-work',
    })
    expect(await run(reader, approveVersion, { ...seen, stepUp: stepUp(author) })).toMatchObject({
      reason: 'not-confirmed',
    })
    expect(
      await run(reader, approveVersion, { ...seen, stepUp: stepUp(reader, 3 * MINUTE_MS) }),
    ).toMatchObject({ reason: 'not-confirmed' })
    await must(run(reader, approveVersion, { ...seen, stepUp: stepUp(reader) }))
    const publish = () =>
      run(harbor.as.manager, publishVersion, { ...seen, stepUp: stepUp(harbor.as.manager) })
    expect(await publish()).toMatchObject({ reason: 'not-simulated' })
    await must(run(harbor.as.manager, keepSimulation, { ...seen, seed: 7, report: report(199) }))
    expect(await publish()).toMatchObject({ reason: 'not-simulated' })
    t.clock.advance(1000)
    await must(run(harbor.as.manager, keepSimulation, { ...seen, seed: 7, report: report(200) }))
    expect(await publish()).toMatchObject({ ok: true })
    expect(await stateOf(seen.version)).toBe('published')
    expect(await publish()).toMatchObject({ reason: 'not-now' })
  })

  it('is not published on the simulation of an earlier revision', async () => {
    const { seen } = await draft()
    await must(run(harbor.as.manager, keepSimulation, { ...seen, seed: 7, report: report() }))
    await must(changed(seen.version, { title: 'Changed after it was tried' }))
    const second = { ...seen, seenRevision: 2 }
    expect(await run(harbor.as.prescriber, submitVersion, seen)).toMatchObject({
      reason: 'changed-meanwhile',
    })
    await must(run(harbor.as.prescriber, submitVersion, second))
    await must(run(reader, approveVersion, { ...second, stepUp: stepUp(reader) }))
    expect(
      await run(harbor.as.manager, publishVersion, { ...second, stepUp: stepUp(harbor.as.manager) }),
    ).toMatchObject({ reason: 'not-simulated' })
  })

  it('goes no further with a visit too short for its infusion, also when it came far before that was a rule', async () => {
    const { seen } = await draft()
    const { dose } = (await own(seen.version)).protocol
    if (dose.kind !== 'infusion-mg-per-kg') throw new Error('this protocol is an infusion')
    const steps = [{ ...dose.steps[0]!, durationMin: { value: 60, origin: 'clinic' as const } }]
    // Stored as it was before the editor refused it, and still read.
    await must(changed(seen.version, { dose: { ...dose, steps } }))
    const second = { ...seen, seenRevision: 2 }
    const refused = {
      ok: false,
      reason: 'wrong-in-itself',
      detail: { words: [expect.stringContaining('at least 60 min')] },
    }
    expect(await run(harbor.as.prescriber, submitVersion, second)).toMatchObject(refused)
    for (const [kind, by] of [
      ['submitted', harbor.as.prescriber],
      ['approved', reader],
    ] as const)
      await must(run(by, eventOfOld, { ...second, kind }))
    await must(run(harbor.as.manager, keepSimulation, { ...second, seed: 7, report: report() }))
    const publish = () =>
      run(harbor.as.manager, publishVersion, { ...second, stepUp: stepUp(harbor.as.manager) })
    expect(await publish()).toMatchObject(refused)
    expect(await stateOf(seen.version)).toBe('approved')
  })

  it('comes back with what should be changed, and can be changed again', async () => {
    const { seen } = await draft()
    await must(run(harbor.as.prescriber, submitVersion, seen))
    await must(run(reader, returnVersion, { ...seen, reason: 'The ceiling is too high.' }))
    expect(await stateOf(seen.version)).toBe('draft')
    expect(await changed(seen.version, { title: 'Mended' })).toMatchObject({ ok: true })
    // Whoever wrote on it in any revision does not review it, a later author included.
    await must(changed(seen.version, { title: 'By the reader' }, 2, reader))
    const third = { ...seen, seenRevision: 3 }
    await must(run(harbor.as.prescriber, submitVersion, third))
    expect(await run(reader, approveVersion, { ...third, stepUp: stepUp(reader) })).toMatchObject({
      reason: 'own-work',
    })
  })
})

describe('what new plans get', () => {
  const versionForNew = async (id: string, clinic = harbor) => {
    const found = await look(t.services, clinic.system, ({ db }) => protocolForNewPlan(db, clinic.id, id))
    return found.ok ? found.value.version : found.reason
  }

  it('is nothing until the clinic adopts, then what it published last, then the adopted one again', async () => {
    expect(await versionForNew('trd-acute')).toBe('protocol-not-adopted')
    await adoptProtocol(t.services, harbor, 'trd-acute')
    expect(await versionForNew('trd-acute')).toBe('1')
    const version = await published('trd-acute')
    expect(await versionForNew('trd-acute')).toBe(version)
    const retire = (v: string) =>
      run(harbor.as.manager, retireVersion, {
        protocolId: 'trd-acute',
        version: v,
        reason: 'Replaced by another.',
      })
    await must(retire(version))
    expect(await versionForNew('trd-acute')).toBe('1')
    await must(retire('1'))
    expect(await versionForNew('trd-acute')).toBe('no-such-protocol')
    expect(await retire('1')).toMatchObject({ ok: true })
    // Another clinic is still offered it.
    expect(await versionForNew('trd-acute', other)).toBe('protocol-not-adopted')
  })

  it.each(['aws-icu', 'can-step', 'meth', 'no-such'])('is nothing of %s', async (id) => {
    expect(await versionForNew(id)).toBe('no-such-protocol')
  })

  it('never changes a running plan, also after its version is retired', async () => {
    const version = await published('aud-kare')
    const person = await makeAssessedPerson(t, harbor)
    await decide(t, harbor, person)
    const key = anId<'plan'>(t.services) as PlanId
    await must(
      run(harbor.as.prescriber, createPlan, {
        key,
        assessmentId: person.assessmentId,
        protocolId: 'aud-kare',
      }),
    )
    await must(
      run(harbor.as.manager, retireVersion, {
        protocolId: 'aud-kare',
        version,
        reason: 'Replaced by another.',
      }),
    )
    const plan = (await look(t.services, harbor.system, ({ db }) => planById(db, harbor.id, key)))!
    expect(plan.protocolVersion).toBe(version)
    const kept = await look(t.services, harbor.system, ({ db }) =>
      protocolOf(db, harbor.id, plan.protocolId, plan.protocolVersion),
    )
    expect(kept).toMatchObject({ id: 'aud-kare', version })
  })
})

describe('a version of the library', () => {
  const seen = { protocolId: 'trd-sc', version: '1', seenRevision: 0 }
  const inClinic = async () => (await read('trd-sc'))!

  it('is adopted like an own version is published: tried, reviewed by another, adopted by a third step', async () => {
    const { manager, prescriber } = harbor.as
    expect((await inClinic()).standing).toBe('offered')
    expect(await run(manager, publishVersion, { ...seen, stepUp: stepUp(manager) })).toMatchObject({
      reason: 'not-now',
    })
    await must(run(prescriber, submitVersion, seen))
    expect(await run(prescriber, approveVersion, { ...seen, stepUp: stepUp(prescriber) })).toMatchObject({
      reason: 'own-work',
    })
    await must(run(reader, approveVersion, { ...seen, stepUp: stepUp(reader) }))
    expect(await run(reader, publishVersion, { ...seen, stepUp: stepUp(reader) })).toMatchObject({
      reason: 'own-review',
    })
    const adopt = () => run(prescriber, publishVersion, { ...seen, stepUp: stepUp(prescriber) })
    expect(await adopt()).toMatchObject({ reason: 'not-simulated' })
    await must(run(manager, keepSimulation, { ...seen, seed: 7, report: report() }))
    expect(await adopt()).toMatchObject({ ok: true })
    expect(await inClinic()).toMatchObject({ standing: 'in-use', current: { version: '1' } })
  })

  it('goes back to being an offer when it is sent back', async () => {
    const offer = { protocolId: 'oud-kpt', version: '1', seenRevision: 0 }
    await must(run(harbor.as.manager, submitVersion, offer))
    await must(run(reader, returnVersion, { ...offer, reason: 'We have nobody who gives it.' }))
    expect((await read('oud-kpt'))!.standing).toBe('offered')
    expect(
      await run(harbor.as.manager, retireVersion, { ...offer, reason: 'Never adopted here.' }),
    ).toMatchObject({ reason: 'not-now' })
  })

  it('is reviewed by nobody when it is not known who put it forward', async () => {
    const offer = { protocolId: 'esk-trd', version: '1', seenRevision: 0 }
    await t.owner.query(
      `insert into protocol_event (clinic_id, id, protocol_id, version, kind, happened_at)
       values ($1, $2, $3, $4, 'submitted', $5)`,
      [harbor.id, anId(t.services), offer.protocolId, offer.version, t.clock.now()],
    )
    expect(await run(reader, approveVersion, { ...offer, stepUp: stepUp(reader) })).toMatchObject({
      reason: 'own-work',
    })
  })

  it('that cannot be ordered is not put forward', async () => {
    const hospital = { protocolId: 'aws-icu', version: '1', seenRevision: 0 }
    expect(await run(harbor.as.manager, submitVersion, hospital)).toMatchObject({ reason: 'not-orderable' })
  })
})

describe('a protocol under a new name', () => {
  it('begins as a copy, goes its own way and is ordered once published', async () => {
    const key = anId<'protocol-version'>(t.services) as ProtocolVersionId
    const copy = { key, protocolId: 'aud-kare', basedOn: '1', title: 'Two infusions, slow' }
    const begun = await must(run(harbor.as.prescriber, copyProtocol, copy))
    expect(begun).toEqual({ protocolId: 'own-two-infusions-slow', version: 'own-1' })
    expect(await run(harbor.as.prescriber, copyProtocol, copy)).toMatchObject({ ok: true, value: begun })
    const second = { ...copy, key: anId<'protocol-version'>(t.services) as ProtocolVersionId }
    expect(await run(harbor.as.prescriber, copyProtocol, second)).toMatchObject({ reason: 'name-taken' })
    expect(await run(harbor.as.prescriber, copyProtocol, { ...second, title: ' … ' })).toMatchObject({
      reason: 'name-missing',
    })
    expect(await read(begun.protocolId)).toMatchObject({
      standing: 'not-published',
      shown: { id: begun.protocolId, title: 'Two infusions, slow', version: 'own-1' },
    })
    const seen = { ...begun, seenRevision: 1 }
    await must(run(harbor.as.prescriber, submitVersion, seen))
    await must(run(reader, approveVersion, { ...seen, stepUp: stepUp(reader) }))
    await must(run(harbor.as.manager, keepSimulation, { ...seen, seed: 7, report: report() }))
    await must(run(harbor.as.manager, publishVersion, { ...seen, stepUp: stepUp(harbor.as.manager) }))
    expect((await read(begun.protocolId))!.standing).toBe('in-use')
    expect(await read(begun.protocolId, other)).toBeUndefined()
    // A further version of it.
    const next = await must(
      run(harbor.as.prescriber, draftProtocol, {
        key: second.key,
        protocolId: begun.protocolId,
        basedOn: 'own-1',
      }),
    )
    expect(next.version).toBe('own-2')
  })
})

describe('a deviation', () => {
  it('stands with its plan and is counted with its protocol', async () => {
    await adoptProtocol(t.services, harbor, 'aud-met')
    const person = await makeAssessedPerson(t, harbor)
    await decide(t, harbor, person)
    const key = anId<'plan'>(t.services) as PlanId
    await must(
      run(harbor.as.prescriber, createPlan, {
        key,
        assessmentId: person.assessmentId,
        protocolId: 'aud-met',
      }),
    )
    const plan = (await look(t.services, harbor.system, ({ db }) => planById(db, harbor.id, key)))!
    const note = {
      kind: 'dose' as const,
      protocolSays: '0.71 mg/kg',
      doneInstead: '0.5 mg/kg',
      reason: 'Older than seventy.',
    }
    await must(
      runCommand(
        t.services,
        harbor.as.prescriber,
        {
          action: createPlan.action,
          run: async (needs) => {
            await noteDeviation(needs, plan, note)
            await noteDeviation(needs, plan, { ...note, kind: 'therapy' })
            return { ok: true, value: undefined }
          },
        },
        {},
      ),
    )
    const [listed, counted] = await look(t.services, harbor.system, async ({ db }) => [
      await deviationsOfPlan(db, harbor.id, key),
      await deviationCounts(db, harbor.id, 'aud-met'),
    ])
    // Both at one instant: their order says nothing.
    const byKind = [...listed].sort((a, b) => a.kind.localeCompare(b.kind))
    expect(byKind).toMatchObject([note, { ...note, kind: 'therapy' }])
    expect(counted).toEqual([
      { version: '1', kind: 'dose', deviations: 1, plans: 1 },
      { version: '1', kind: 'therapy', deviations: 1, plans: 1 },
    ])
  })
})
