import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { makeAssessedPerson } from '../../../tests/database/eligible-person.ts'
import {
  anId,
  look,
  makeClinic,
  must,
  openTestDatabase,
  type TestClinic,
  type TestDatabase,
} from '../../../tests/database/test-clinic.ts'
import { WELL } from '../../../tests/well-person.ts'
import type { Member } from '../../platform/actor.ts'
import { runCommand } from '../../platform/command.server.ts'
import { addMs, MINUTE_MS } from '../../platform/time.ts'
import type { FactKind } from '../fact.ts'
import { recordFacts } from '../record-fact.server.ts'
import { type DecideEligibility, decideEligibility } from './decide-eligibility.server.ts'
import { decisionOf, decisionsOfPeople, evaluateFor, peopleToLookAtAgain } from './decision-of.server.ts'
import { ruleSettings, rulesOfClinic } from './rule-setting-queries.server.ts'
import { type SetRule, setRule } from './set-rule.server.ts'
import { rulesShownNow } from './shown-rules.server.ts'

let t: TestDatabase
let harbor: TestClinic
let other: TestClinic
let person: Awaited<ReturnType<typeof makeAssessedPerson>>

beforeAll(async () => {
  t = await openTestDatabase()
  harbor = await makeClinic(t.services, 'harbor')
  other = await makeClinic(t.services, 'other')
})
afterAll(() => t.close())
beforeEach(async () => {
  person = await makeAssessedPerson(t, harbor, { decision: null })
})

const record = (facts: readonly (readonly [FactKind, unknown])[], who: Member = harbor.as.nurse) =>
  must(
    runCommand(
      t.services,
      who,
      recordFacts,
      facts.map(([kind, value]) => ({
        id: anId<'fact'>(t.services),
        personId: person.personId,
        kind,
        value,
        observedAt: t.clock.now(),
        source: 'measured-here' as const,
      })),
    ),
  )
const recordWell = (...without: readonly FactKind[]) =>
  record(WELL.filter(([kind]) => !without.includes(kind)))
const stepUp = (who: Member, at = t.clock.now()) => ({ accountId: who.accountId, at })
const decide = async (more: Partial<DecideEligibility> = {}, who: Member = harbor.as.prescriber) =>
  runCommand(t.services, who, decideEligibility, {
    assessmentId: person.assessmentId,
    key: anId<'eligibility-decision'>(t.services),
    decision: 'eligible',
    reasons: 'Examined and spoken with.',
    overrides: [],
    shown: await look(t.services, harbor.system, ({ db, at }) =>
      rulesShownNow(db, harbor.id, person.personId, at),
    ),
    stepUp: stepUp(who),
    ...more,
  })
const decision = () =>
  look(t.services, harbor.system, ({ db }) => decisionOf(db, harbor.id, person.assessmentId))
const ANEURYSM = [{ ruleId: 'no-aneurysm', reason: 'Two neurosurgeons see no danger in it.' }]

describe('an absolute rule', () => {
  beforeEach(async () => {
    await recordWell('aneurysm-or-vessel-malformation')
    await record([['aneurysm-or-vessel-malformation', 'yes']])
  })

  it('is put aside by two prescribers, and both are kept', async () => {
    const second = stepUp(harbor.as.secondPrescriber)
    await must(decide({ overrides: ANEURYSM, secondStepUp: second }))
    expect(await decision()).toMatchObject({
      decision: 'eligible',
      overrides: ANEURYSM,
      decidedBy: harbor.as.prescriber.accountId,
      second: { by: second.accountId, at: second.at },
      stale: false,
    })
  })

  it('is not put aside by one, by one twice, by a nurse, by another clinic, or by an old password', async () => {
    const reasons = []
    for (const secondStepUp of [
      undefined,
      stepUp(harbor.as.prescriber),
      stepUp(harbor.as.nurse),
      stepUp(other.as.prescriber),
      stepUp(harbor.as.secondPrescriber, addMs(t.clock.now(), -2 * MINUTE_MS - 1)),
    ]) {
      const outcome = await decide({ overrides: ANEURYSM, secondStepUp })
      reasons.push(outcome.ok ? 'signed' : outcome.reason)
    }
    expect(reasons).toEqual([
      'second-prescriber-missing',
      'second-prescriber-same',
      'second-prescriber-not-valid',
      'second-prescriber-not-valid',
      'not-confirmed',
    ])
    expect(await decision()).toBeUndefined()
  })

  it('who was asked for nothing has signed nothing', async () => {
    t.clock.advance(MINUTE_MS)
    await record([['aneurysm-or-vessel-malformation', 'no']])
    await must(decide({ secondStepUp: stepUp(harbor.as.secondPrescriber) }))
    expect((await decision())?.second).toBeUndefined()
  })
})

it('pregnancy is put aside by nobody', async () => {
  await recordWell('pregnancy-test')
  await record([['pregnancy-test', 'positive']])
  const overrides = [{ ruleId: 'not-pregnant', reason: 'Both have weighed it, it is not known how far.' }]
  expect(await decide({ overrides, secondStepUp: stepUp(harbor.as.secondPrescriber) })).toMatchObject({
    reason: 'rule-never-overridden',
    detail: { ruleIds: ['not-pregnant'] },
  })
})

describe('after a fact has changed', () => {
  it('the decision says which rule, from what to what, when and by whom, in every list', async () => {
    await recordWell()
    await must(decide())
    const again = () =>
      look(t.services, harbor.system, ({ db }) => peopleToLookAtAgain(db, harbor.id, [person.personId]))
    expect([...(await again())]).toEqual([])
    t.clock.advance(MINUTE_MS)
    await record([['pregnancy-test', 'positive']])
    const changes = [
      {
        ruleId: 'not-pregnant',
        title: 'Not pregnant',
        what: 'Pregnancy test: negative, now positive; met, now not met',
        ruleOnly: false,
        at: t.clock.now(),
        by: harbor.as.nurse.accountId,
      },
    ]
    expect(await decision()).toMatchObject({ stale: true, changes })
    const all = await look(t.services, harbor.system, ({ db }) =>
      decisionsOfPeople(db, harbor.id, [person.personId]),
    )
    expect(all).toMatchObject([{ stale: true, changes }])
    expect([...(await again())]).toEqual([person.personId])
    const elsewhere = await look(t.services, other.system, ({ db }) => decisionsOfPeople(db, harbor.id))
    expect(elsewhere).toEqual([])
  })

  it('a figure that was put aside stands for itself alone', async () => {
    await recordWell('stop-bang')
    await record([['stop-bang', 5]])
    const overrides = [{ ruleId: 'stop-bang', reason: 'Sleeps with a mask, tolerates it well.' }]
    expect(await decide({ overrides: [{ ruleId: 'stop-bang', reason: ' '.repeat(10) }] })).toMatchObject({
      reason: 'override-needs-reason',
    })
    await must(decide({ overrides }))
    t.clock.advance(MINUTE_MS)
    await record([['stop-bang', 5]])
    expect(await decision()).toMatchObject({ stale: false })
    t.clock.advance(MINUTE_MS)
    await record([['stop-bang', 8]])
    expect(await decision()).toMatchObject({ stale: true, changes: [{ ruleId: 'stop-bang' }] })
  })
})

describe('a rule of the clinic', () => {
  const set = (more: Partial<SetRule> = {}, who: Member = harbor.as.manager) =>
    runCommand(t.services, who, setRule, {
      key: anId<'rule-setting'>(t.services),
      ruleId: 'body-mass',
      numbers: { least: 18, most: 35 },
      strictness: 'relative',
      reason: 'The medical director has set it.',
      seenRevision: 0,
      stepUp: stepUp(who),
      secondStepUp: stepUp(harbor.as.prescriber),
      ...more,
    })

  it('is set by a manager and a prescriber, and by nobody else', async () => {
    const reasons = []
    for (const [more, who] of [
      [{ secondStepUp: undefined }, harbor.as.manager],
      [{ secondStepUp: stepUp(harbor.as.manager) }, harbor.as.manager],
      [{ secondStepUp: stepUp(harbor.as.nurse) }, harbor.as.manager],
      [{ secondStepUp: stepUp(harbor.as.secondPrescriber) }, harbor.as.prescriber],
      [{ secondStepUp: stepUp(other.as.prescriber) }, harbor.as.manager],
      [{}, harbor.as.nurse],
      [{ stepUp: stepUp(harbor.as.manager, addMs(t.clock.now(), -2 * MINUTE_MS - 1)) }, harbor.as.manager],
      [{ numbers: { most: 90 } }, harbor.as.manager],
      [{ reason: 'so' }, harbor.as.manager],
      [{ ruleId: 'nonsense' }, harbor.as.manager],
      [{ seenRevision: 3 }, harbor.as.manager],
    ] as const) {
      const outcome = await set(more, who)
      reasons.push(outcome.ok ? 'set' : outcome.reason)
    }
    expect(reasons).toEqual([
      'second-missing',
      'second-same',
      'second-not-valid',
      'second-not-valid',
      'second-not-valid',
      'not-allowed',
      'not-confirmed',
      'out-of-bounds',
      'reason-missing',
      'no-such-rule',
      'set-meanwhile',
    ])
    expect(await look(t.services, harbor.system, ({ db }) => ruleSettings(db, harbor.id))).toEqual([])
  })

  it('holds in this clinic alone, makes decisions stale, and is refused to whoever saw an older one', async () => {
    await recordWell()
    await must(decide())
    await must(set())
    const rule = (clinic: TestClinic) =>
      look(t.services, clinic.system, async ({ db }) =>
        (await rulesOfClinic(db, clinic.id)).find(({ id }) => id === 'body-mass'),
      )
    expect(await rule(harbor)).toMatchObject({ version: 2, title: 'Body mass index from 18 to 35' })
    expect(await rule(other)).toMatchObject({ version: 1, title: 'Body mass index from 17 to 40' })
    expect(await decision()).toMatchObject({
      stale: true,
      changes: [
        {
          ruleId: 'body-mass',
          what: 'the rule was version 1, now version 2',
          by: harbor.as.manager.accountId,
        },
      ],
    })
    expect(await set()).toMatchObject({ reason: 'set-meanwhile' })
    // The same form again is one setting; changed since it signed, it has not signed what it says now.
    const [first] = await look(t.services, harbor.system, ({ db }) => ruleSettings(db, harbor.id))
    await must(set({ key: first!.id }))
    expect(await set({ key: first!.id, numbers: { least: 18, most: 39 } })).toMatchObject({
      reason: 'set-meanwhile',
    })
    // The other way round: a prescriber sets, a manager signs beside; the same again is no new version.
    await must(set({ seenRevision: 1, secondStepUp: stepUp(harbor.as.manager) }, harbor.as.prescriber))
    expect(await rule(harbor)).toMatchObject({ version: 2 })
    // Two weighings of one instant have no order.
    t.clock.advance(MINUTE_MS)
    await record([
      ['weight-kg', 105],
      ['height-cm', 170],
    ])
    // 105 kg at 170 cm is 36.3: over 35, under 40.
    const results = await look(t.services, harbor.system, ({ db, at }) =>
      evaluateFor(db, harbor.id, person.personId, at),
    )
    expect(results.find(({ ruleId }) => ruleId === 'body-mass')?.truth).toBe('not-met')
  })
})
