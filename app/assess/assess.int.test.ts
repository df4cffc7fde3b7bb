import { instrumentById } from '@evenkeel/questionnaires'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import {
  anId,
  asSystem,
  look,
  makeClinic,
  makePerson,
  must,
  openTestDatabase,
  type TestClinic,
  type TestDatabase,
} from '../../tests/database/test-clinic.ts'
import {
  actorOfLink,
  addMember,
  confirmPassword,
  hashPassword,
  personById,
} from '../identity/index.server.ts'
import type { Actor, Member } from '../platform/actor.ts'
import { runCommand } from '../platform/command.server.ts'
import { feedHead, feedSince } from '../platform/feed.server.ts'
import type { PersonId } from '../platform/ids.ts'
import { recentMail } from '../platform/mail.server.ts'
import { addMs, DAY_MS, HOUR_MS, MINUTE_MS } from '../platform/time.ts'
import {
  allAssessments,
  assessmentById,
  assessmentsOfPerson,
  factsOfPerson,
  intakeAnswers,
  responsesOfPerson,
} from './assess-queries.server.ts'
import type { AssessmentId } from './assessment.ts'
import { completeIntake } from './complete-intake.server.ts'
import { concernEvents, listConcerns } from './concern-queries.server.ts'
import { decideEligibility } from './eligibility/decide-eligibility.server.ts'
import { decisionOf, evaluateAt, latestFact } from './eligibility/decision-of.server.ts'
import { storedDecisions } from './eligibility/decision-queries.server.ts'
import { rulesShownNow } from './eligibility/shown-rules.server.ts'
import type { FactKind } from './fact.ts'
import { defaultSet } from './forms/instrument-sets.ts'
import { intakeOf } from './intake-form.ts'
import { makeIntakeLink, openAssessment } from './open-assessment.server.ts'
import { openConcerns } from './open-concerns.server.ts'
import { raiseConcern } from './raise-concern.server.ts'
import { recordFact, recordFacts } from './record-fact.server.ts'
import { recordResponse } from './record-response.server.ts'
import { closeConcern, respondToConcern, setSafetyDuty } from './respond-to-concern.server.ts'
import { saveIntakeAnswers } from './save-intake-answers.server.ts'

let t: TestDatabase
let harbor: TestClinic
let other: TestClinic
let personId: PersonId
let patient: Member
let assessmentId: AssessmentId

beforeAll(async () => {
  t = await openTestDatabase()
  harbor = await makeClinic(t.services, 'harbor')
  other = await makeClinic(t.services, 'other')
})
afterAll(() => t.close())

beforeEach(async () => {
  ;({ personId, patient } = await makePerson(t.services, harbor))
  assessmentId = (
    await must(runCommand(t.services, harbor.system, openAssessment, { personId, track: 'alcohol' }))
  ).assessmentId
})

const ZONE = 'America/New_York'
const INTAKE = intakeOf(defaultSet('alcohol', 'intake').map((id) => instrumentById(id)!))
const save = (actor: Actor, answers: Readonly<Record<string, unknown>>, timeZone = ZONE) =>
  runCommand(t.services, actor, saveIntakeAnswers, {
    timeZone,
    answers: Object.entries(answers).map(([id, value]) => ({ question: INTAKE.question(id)!, value })),
  })
const answersOf = (id: AssessmentId) =>
  look(t.services, harbor.system, ({ db }) => intakeAnswers(db, harbor.id, [id]))
const concernsOf = (person: PersonId) =>
  look(t.services, harbor.system, ({ db }) =>
    listConcerns(db, harbor.id, { notClosed: false, personId: person }),
  )
const mailTo = async (address: string) =>
  (await look(t.services, harbor.system, ({ db }) => recentMail(db, harbor.id, 500))).filter(
    (mail) => mail.to_address === address,
  )
const feedKindsSince = async (since: number) =>
  (await look(t.services, harbor.system, ({ db }) => feedSince(db, harbor.id, since, 500))).map((e) => e.kind)
const head = () => look(t.services, harbor.system, ({ db }) => feedHead(db, harbor.id))
const newFact = (
  kind: FactKind,
  value: unknown,
  more: Partial<Parameters<typeof recordFact.run>[1]> = {},
) => ({
  id: anId<'fact'>(t.services),
  personId,
  kind,
  value,
  observedAt: t.clock.now(),
  source: 'measured-here' as const,
  ...more,
})

describe('opening an assessment', () => {
  it('happens once per request, whoever repeats it, also at the same time', async () => {
    const requestId = anId<'request'>(t.services)
    const before = await head()
    const all = await Promise.all(
      Array.from({ length: 6 }, () =>
        must(runCommand(t.services, harbor.system, openAssessment, { personId, requestId })),
      ),
    )
    expect(new Set(all.map((one) => one.assessmentId)).size).toBe(1)
    expect((await feedKindsSince(before)).filter((kind) => kind === 'assessment.opened')).toHaveLength(1)
    const found = await look(t.services, harbor.system, ({ db }) =>
      assessmentsOfPerson(db, harbor.id, personId),
    )
    expect(found.filter((one) => one.requestId === requestId)).toHaveLength(1)
  })

  it('makes one per key', async () => {
    const key = anId<'assessment'>(t.services)
    for (let i = 0; i < 2; i++) {
      expect(await runCommand(t.services, harbor.as.prescriber, openAssessment, { personId, key })).toEqual({
        ok: true,
        value: { assessmentId: key },
      })
    }
  })

  it('writes once to whoever left an address, in neutral words, with a link that opens their intake', async () => {
    const requestId = anId<'request'>(t.services)
    const before = (await mailTo('robin@example.org')).length
    for (let i = 0; i < 2; i++) {
      await must(
        runCommand(t.services, harbor.system, openAssessment, {
          personId,
          requestId,
          invite: { baseUrl: 'https://clinic.example.org' },
        }),
      )
    }
    const mails = await mailTo('robin@example.org')
    expect(mails).toHaveLength(before + 1)
    const { subject, body } = mails.find((mail) => mail.body.includes('/intake/'))!
    expect(`${subject} ${body}`).not.toMatch(/addict|ketamine|alcohol|drug|treat|patient|Robin/i)
    const token = /https:\/\/clinic\.example\.org\/intake\/([\w-]+)/.exec(body)![1]!
    expect(await actorOfLink(t.services, token, 'intake')).toMatchObject({ kind: 'link', personId })
    expect(await actorOfLink(t.services, token, 'check-in')).toBeUndefined()
  })

  it('follows an accepted request by itself, and a repeated event changes nothing', async () => {
    const requestId = anId<'request'>(t.services)
    const event = {
      id: anId(t.services),
      clinicId: harbor.id,
      kind: 'request.accepted',
      at: t.clock.now(),
      data: { requestId, personId },
    }
    for (let i = 0; i < 2; i++) {
      for (const react of t.services.reactions.get('request.accepted') ?? []) await react(t.services, event)
    }
    const found = await look(t.services, harbor.system, ({ db }) => allAssessments(db, harbor.id))
    expect(found.filter((one) => one.requestId === requestId)).toHaveLength(1)
  })

  it('knows nobody of another clinic', async () => {
    const { personId: stranger } = await makePerson(t.services, other)
    expect(await runCommand(t.services, harbor.system, openAssessment, { personId: stranger })).toMatchObject(
      {
        reason: 'no-such-person',
      },
    )
    expect(
      await look(t.services, other.system, ({ db }) => assessmentById(db, other.id, assessmentId)),
    ).toBeUndefined()
  })

  it('is not for nurses', async () => {
    expect(await runCommand(t.services, harbor.as.nurse, openAssessment, { personId })).toMatchObject({
      reason: 'not-allowed',
    })
  })
})

describe('a link to the intake', () => {
  it('lets its bearer answer, and ends after thirty days', async () => {
    const { path } = await must(
      runCommand(t.services, harbor.as.coordinator, makeIntakeLink, { assessmentId }),
    )
    const token = path.replace('/intake/', '')
    const bearer = (await actorOfLink(t.services, token, 'intake'))!
    await must(save(bearer, { 'phq-9.q1': 2 }))
    expect(await answersOf(assessmentId)).toMatchObject([{ answeredBy: 'link', value: 2 }])
    const start = t.clock.now()
    t.clock.advance(30 * DAY_MS)
    expect(await actorOfLink(t.services, token, 'intake')).toBeUndefined()
    t.clock.set(start)
  })

  it('is refused for another clinic’s assessment, to nurses, and when the intake is finished', async () => {
    expect(
      await runCommand(t.services, other.as.coordinator, makeIntakeLink, { assessmentId }),
    ).toMatchObject({ reason: 'no-such-assessment' })
    expect(await runCommand(t.services, harbor.as.nurse, makeIntakeLink, { assessmentId })).toMatchObject({
      reason: 'not-allowed',
    })
    await save(patient, Object.fromEntries(everyQuestion().map((id) => [id, null])))
    await must(runCommand(t.services, patient, completeIntake, { timeZone: ZONE }))
    expect(
      await runCommand(t.services, harbor.as.coordinator, makeIntakeLink, { assessmentId }),
    ).toMatchObject({ reason: 'intake-finished' })
  })
})

const everyQuestion = () => INTAKE.screens.flatMap((screen) => screen.questions.map((one) => one.id))

describe('saving answers', () => {
  it('keeps each with who, when, zone and edition', async () => {
    await must(save(patient, { 'about.birth-date': '1984-03-27', 'phq-9.q1': 1 }, 'Europe/Vienna'))
    expect(await answersOf(assessmentId)).toEqual([
      {
        assessmentId,
        question: 'about.birth-date',
        revision: 1,
        value: '1984-03-27',
        answeredAt: t.clock.now(),
        answeredBy: patient.accountId,
        timeZone: 'Europe/Vienna',
        edition: 'intake-2',
      },
      expect.objectContaining({
        question: 'phq-9.q1',
        edition: expect.stringMatching(/^phq-9 plain-language-edition fnv1a64-[0-9a-f]{16}$/),
      }),
    ])
  })

  it('the same again changes nothing; another value is the next revision; a skip never takes an answer back', async () => {
    for (const value of [1, 1, 2, null, 2]) await must(save(patient, { 'gad-7.q1': value }))
    expect((await answersOf(assessmentId)).map((one) => [one.revision, one.value])).toEqual([
      [1, 1],
      [2, 2],
    ])
    const saved = await must(save(patient, { 'gad-7.q1': null, 'gad-7.q2': null }))
    expect(saved.answers).toEqual({ 'gad-7.q1': 2, 'gad-7.q2': null })
    await must(save(patient, { 'gad-7.q2': 0 }))
    expect((await answersOf(assessmentId)).at(-1)).toMatchObject({
      question: 'gad-7.q2',
      revision: 2,
      value: 0,
    })
  })

  it('many tabs at once: one answer when they agree, every answer when they do not', async () => {
    await Promise.all(Array.from({ length: 5 }, () => must(save(patient, { 'gad-7.q1': 3 }))))
    expect(await answersOf(assessmentId)).toHaveLength(1)
    await Promise.all([0, 1, 2].map((value) => must(save(patient, { 'gad-7.q2': value }))))
    const stored = (await answersOf(assessmentId)).filter((one) => one.question === 'gad-7.q2')
    expect(stored.map((one) => one.revision)).toEqual([1, 2, 3])
    expect(new Set(stored.map((one) => one.value))).toEqual(new Set([0, 1, 2]))
  })

  it('becomes facts told by the person, and what identity knows of them', async () => {
    await must(
      save(patient, {
        'about.birth-date': '1984-03-27',
        'about.sex': 'female',
        'about.weight': { kg: 82.1, typed: '181 lb' },
        'health.psychosis': 'unknown',
      }),
    )
    const facts = await look(t.services, harbor.system, ({ db }) => factsOfPerson(db, harbor.id, personId))
    expect(
      Object.fromEntries(facts.map((fact) => [fact.kind, [fact.value, fact.source, fact.recordedBy]])),
    ).toEqual({
      'birth-date': ['1984-03-27', 'self-report', 'patient'],
      sex: ['female', 'self-report', 'patient'],
      'weight-kg': [82.1, 'self-report', 'patient'],
      psychosis: ['unknown', 'self-report', 'patient'],
    })
    expect(
      await look(t.services, harbor.system, ({ db }) => personById(db, harbor.id, personId)),
    ).toMatchObject({ birthDate: '1984-03-27', sex: 'female' })
    await must(save(patient, { 'health.psychosis': null, 'health.mania': null }))
    expect(
      await look(t.services, harbor.system, ({ db }) => factsOfPerson(db, harbor.id, personId)),
    ).toHaveLength(4)
  })

  it('reaches only one’s own assessment', async () => {
    const { patient: neighbour } = await makePerson(t.services, harbor, 'Sam Sample')
    expect(await save(neighbour, { 'phq-9.q1': 1 })).toMatchObject({ reason: 'no-assessment' })
    expect(await save(harbor.as.prescriber, { 'phq-9.q1': 1 })).toMatchObject({ reason: 'not-allowed' })
    expect(
      await save(
        { kind: 'link', clinicId: other.id, linkId: anId(t.services), personId, purpose: 'intake' },
        { 'phq-9.q1': 1 },
      ),
    ).toMatchObject({ reason: 'no-assessment' })
    expect(
      await save(
        { kind: 'link', clinicId: harbor.id, linkId: anId(t.services), personId, purpose: 'check-in' },
        { 'phq-9.q1': 1 },
      ),
    ).toMatchObject({ reason: 'not-allowed' })
    expect(await answersOf(assessmentId)).toEqual([])
  })

  it('cannot be changed or deleted in the database', async () => {
    await must(save(patient, { 'phq-9.q9': 1 }))
    for (const table of ['intake_answer', 'safety_concern', 'clinical_fact', 'eligibility_decision']) {
      await expect(t.owner.query(`truncate ${table} cascade`)).rejects.toThrow(/never changed or deleted/)
    }
    for (const table of ['assessment', 'intake_answer', 'safety_concern']) {
      await expect(t.owner.query(`delete from ${table}`)).rejects.toThrow(/never changed or deleted/)
      await expect(t.owner.query(`update ${table} set clinic_id = clinic_id`)).rejects.toThrow(
        /never changed or deleted/,
      )
    }
  })
})

describe('an answer about self-harm', () => {
  it('raises a concern with a name at once, long before the form is finished', async () => {
    const before = await head()
    const saved = await must(save(patient, { 'phq-9.q9': 1 }))
    expect(saved.concernRaised).toBe(true)
    const [concern, ...more] = await concernsOf(personId)
    expect(more).toEqual([])
    expect(concern).toMatchObject({
      source: 'intake',
      objectId: assessmentId,
      trigger: 'phq9-item9',
      severity: 'critical',
      ownerMembershipId: harbor.as.prescriber.membershipId,
      raisedAt: t.clock.now(),
      dueAt: addMs(t.clock.now(), HOUR_MS),
    })
    expect(await feedKindsSince(before)).toContain('concern.raised')
    const [mail] = (await mailTo('prescriber.harbor@example.org')).filter(
      (one) => one.dedupe_key === `concern ${concern!.id}`,
    )
    expect(`${mail!.subject} ${mail!.body}`).not.toMatch(/suicid|harm|patient|Robin|PHQ/i)
    const audit = await t.owner.query(
      `select detail from audit_entry where action = 'assess.raise-concern' and person_id = $1`,
      [personId],
    )
    expect(audit.rows).toHaveLength(1)
  })

  it.each([
    ['no days at all', { 'phq-9.q9': 0 }, 0],
    ['skipped', { 'phq-9.q9': null }, 0],
    ['every other answer at its worst', { 'phq-9.q1': 3, 'phq-9.q2': 3, 'phq-9.q6': 3 }, 0],
    ['every day, nothing else answered', { 'phq-9.q9': 3 }, 1],
  ])('%s: %i', async (_, answers, count) => {
    await must(save(patient, answers))
    expect(await concernsOf(personId)).toHaveLength(count)
  })

  it('is not hidden by changing the answer, and not doubled by repeating or worsening it while open', async () => {
    for (const value of [1, 0, 1, 1, 3, 0]) await must(save(patient, { 'phq-9.q9': value }))
    expect(await concernsOf(personId)).toHaveLength(1)
    const open = await look(t.services, harbor.system, ({ db, at }) =>
      openConcerns(db, harbor.id, at, personId),
    )
    expect(open).toHaveLength(1)
    expect((await answersOf(assessmentId)).map((one) => one.value)).toEqual([1, 0, 1, 3, 0])
  })

  it('five tabs at once raise one concern', async () => {
    await Promise.all(Array.from({ length: 5 }, () => must(save(patient, { 'phq-9.q9': 2 }))))
    expect(await concernsOf(personId)).toHaveLength(1)
  })

  it('raises a new one when the last was closed and the answer is new', async () => {
    await must(save(patient, { 'phq-9.q9': 1 }))
    await respondAndClose((await concernsOf(personId))[0]!.id)
    await must(save(patient, { 'phq-9.q9': 1 }))
    expect(await concernsOf(personId)).toHaveLength(1)
    await must(save(patient, { 'phq-9.q9': 2 }))
    expect(await concernsOf(personId)).toHaveLength(2)
  })

  it('is not raised again by finishing the intake', async () => {
    await must(
      save(patient, { ...Object.fromEntries(everyQuestion().map((id) => [id, null])), 'phq-9.q9': 1 }),
    )
    await must(runCommand(t.services, patient, completeIntake, { timeZone: ZONE }))
    expect(await concernsOf(personId)).toHaveLength(1)
  })
})

async function respondAndClose(concernId: Awaited<ReturnType<typeof concernsOf>>[number]['id']) {
  await must(runCommand(t.services, harbor.as.prescriber, respondToConcern, response(concernId)))
  await must(runCommand(t.services, harbor.as.prescriber, closeConcern, { concernId }))
}
const response = (concernId: Parameters<typeof closeConcern.run>[1]['concernId'], more = {}) => ({
  concernId,
  key: anId<'concern-event'>(t.services),
  told: 'nobody yet',
  contact: 'reached' as const,
  outcome: 'safety-plan' as const,
  note: 'Spoke for half an hour.',
  ...more,
})

describe('responding to a concern', () => {
  const raise = async () => {
    await must(save(patient, { 'phq-9.q9': 1 }))
    return (await concernsOf(personId))[0]!.id
  }
  const stateOf = async () =>
    (await look(t.services, harbor.system, ({ db, at }) => openConcerns(db, harbor.id, at, personId)))[0]
      ?.state

  it('cannot be closed in silence, nor while more must be done', async () => {
    const concernId = await raise()
    const close = () => runCommand(t.services, harbor.as.nurse, closeConcern, { concernId })
    expect(await close()).toMatchObject({ reason: 'no-response-recorded' })
    await must(
      runCommand(
        t.services,
        harbor.as.nurse,
        respondToConcern,
        response(concernId, { outcome: 'still-open' }),
      ),
    )
    expect(await close()).toMatchObject({ reason: 'outcome-still-open' })
    t.clock.advance(MINUTE_MS)
    await must(runCommand(t.services, harbor.as.prescriber, respondToConcern, response(concernId)))
    expect(await close()).toMatchObject({ ok: true })
    expect(await close()).toMatchObject({ ok: true })
    expect(await stateOf()).toBeUndefined()
    const events = await look(t.services, harbor.system, ({ db }) =>
      concernEvents(db, harbor.id, [concernId]),
    )
    expect(events.get(concernId)!.map((event) => [event.kind, event.by])).toEqual([
      ['responded', harbor.as.nurse.accountId],
      ['responded', harbor.as.prescriber.accountId],
      ['closed', harbor.as.nurse.accountId],
    ])
    expect(
      await runCommand(t.services, harbor.as.nurse, respondToConcern, response(concernId)),
    ).toMatchObject({ reason: 'already-closed' })
  })

  it('is overdue after one hour without a response, and no more after one', async () => {
    const concernId = await raise()
    expect(await stateOf()).toBe('waiting')
    t.clock.advance(HOUR_MS - 1)
    expect(await stateOf()).toBe('waiting')
    t.clock.advance(1)
    expect(await stateOf()).toBe('overdue')
    await must(runCommand(t.services, harbor.as.nurse, respondToConcern, response(concernId)))
    expect(await stateOf()).toBe('in-hand')
  })

  it('a form sent twice records once; changed and sent again it is refused', async () => {
    const concernId = await raise()
    const once = response(concernId)
    const sends = await Promise.all(
      Array.from({ length: 4 }, () => runCommand(t.services, harbor.as.nurse, respondToConcern, once)),
    )
    expect(sends.every((one) => one.ok)).toBe(true)
    expect(
      await runCommand(t.services, harbor.as.nurse, respondToConcern, {
        ...once,
        note: 'Something else entirely.',
      }),
    ).toMatchObject({ reason: 'id-taken' })
    const events = await look(t.services, harbor.system, ({ db }) =>
      concernEvents(db, harbor.id, [concernId]),
    )
    expect(events.get(concernId)).toHaveLength(1)
  })

  it('two who close at once close it once', async () => {
    const concernId = await raise()
    await must(runCommand(t.services, harbor.as.nurse, respondToConcern, response(concernId)))
    const both = await Promise.all(
      [harbor.as.nurse, harbor.as.prescriber].map((who) =>
        runCommand(t.services, who, closeConcern, { concernId }),
      ),
    )
    expect(both.every((one) => one.ok)).toBe(true)
    const events = await look(t.services, harbor.system, ({ db }) =>
      concernEvents(db, harbor.id, [concernId]),
    )
    expect(events.get(concernId)!.filter((event) => event.kind === 'closed')).toHaveLength(1)
  })

  it('another clinic sees none of it; patients respond to nothing', async () => {
    const concernId = await raise()
    expect(
      await runCommand(t.services, other.as.prescriber, respondToConcern, response(concernId)),
    ).toMatchObject({ reason: 'no-such-concern' })
    expect(await runCommand(t.services, other.as.prescriber, closeConcern, { concernId })).toMatchObject({
      reason: 'no-such-concern',
    })
    expect(await runCommand(t.services, patient, respondToConcern, response(concernId))).toMatchObject({
      reason: 'not-allowed',
    })
    expect(await look(t.services, other.system, ({ db, at }) => openConcerns(db, other.id, at))).toEqual([])
  })

  it('the same occasion from elsewhere raises one concern', async () => {
    const objectId = anId(t.services)
    const raised = await asSystem(t.services, harbor, async (needs) => {
      const input = {
        personId,
        source: 'check-in',
        objectId,
        trigger: 'phq9-item9',
        severity: 'critical',
      } as const
      return [await raiseConcern(needs, input), await raiseConcern(needs, input)]
    })
    expect(raised.map((one) => one.raisedNow)).toEqual([true, false])
    expect(raised[0]!.concern.id).toBe(raised[1]!.concern.id)
  })
})

describe('who is on duty', () => {
  it('is named for concerns from then on; nobody else’s staff and no patient can be', async () => {
    const set = (actor: Actor, membershipId: Member['membershipId']) =>
      runCommand(t.services, actor, setSafetyDuty, { key: anId<'safety-duty'>(t.services), membershipId })
    await must(set(harbor.as.manager, harbor.as.nurse.membershipId))
    await must(save(patient, { 'phq-9.q9': 1 }))
    expect((await concernsOf(personId))[0]!.ownerMembershipId).toBe(harbor.as.nurse.membershipId)
    expect(await set(harbor.as.manager, other.as.nurse.membershipId)).toMatchObject({
      reason: 'no-such-member',
    })
    expect(await set(harbor.as.manager, patient.membershipId)).toMatchObject({ reason: 'no-such-member' })
    expect(await set(harbor.as.nurse, harbor.as.nurse.membershipId)).toMatchObject({ reason: 'not-allowed' })
    t.clock.advance(MINUTE_MS)
    await must(set(harbor.as.prescriber, harbor.as.prescriber.membershipId))
  })
})

describe('finishing the intake', () => {
  const skipAll = () => Object.fromEntries(everyQuestion().map((id) => [id, null]))

  it('needs every question reached, then is final', async () => {
    expect(await runCommand(t.services, patient, completeIntake, { timeZone: ZONE })).toMatchObject({
      reason: 'questions-not-reached',
    })
    await must(save(patient, skipAll()))
    const before = await head()
    for (let i = 0; i < 2; i++)
      await must(runCommand(t.services, patient, completeIntake, { timeZone: ZONE }))
    expect((await feedKindsSince(before)).filter((kind) => kind === 'intake.completed')).toHaveLength(1)
    expect(await save(patient, { 'phq-9.q1': 3 })).toMatchObject({ reason: 'intake-finished' })
    expect(
      (await look(t.services, harbor.system, ({ db }) => assessmentById(db, harbor.id, assessmentId)))!
        .intakeCompletedAt,
    ).toBe(t.clock.now())
  })

  it('stores a response for each instrument with an answer; what is missing stays missing', async () => {
    await must(
      save(patient, {
        ...skipAll(),
        ...Object.fromEntries([1, 2, 3, 4, 5, 6, 7, 8].map((n) => [`phq-9.q${n}`, 1])),
        'phq-9.q9': 0,
        'gad-7.q1': 1,
        'gad-7.q2': 1,
      }),
    )
    await must(runCommand(t.services, patient, completeIntake, { timeZone: ZONE }))
    const stored = await look(t.services, harbor.system, ({ db }) =>
      responsesOfPerson(db, harbor.id, personId),
    )
    expect(stored.map((one) => [one.instrumentId, one.source, one.objectId]).sort()).toEqual([
      ['gad-7', 'intake', assessmentId],
      ['phq-9', 'intake', assessmentId],
    ])
    const scoreOf = (id: string) => {
      const outcome = stored.find((one) => one.instrumentId === id)!.scores
      return outcome.valid && 'scores' in outcome ? outcome.scores.total : undefined
    }
    expect(scoreOf('phq-9')).toMatchObject({ value: 8, band: 'mild' })
    expect(scoreOf('gad-7')).toMatchObject({ value: null, status: 'incomplete', bounds: [2, 17] })
  })
})

describe('recording a response', () => {
  it('is done once per place and instrument, and raises what must be raised', async () => {
    const objectId = anId(t.services)
    const record = (answers: Record<string, unknown>) =>
      asSystem(t.services, harbor, (needs) =>
        recordResponse(needs, {
          id: needs.ids.next(),
          personId,
          source: 'check-in',
          objectId,
          instrumentId: 'phq-9',
          answers,
        }),
      )
    const first = await record({ q9: 2 })
    const second = await record({ q9: 0 })
    expect([first.recordedNow, second.recordedNow]).toEqual([true, false])
    expect(second.response).toEqual(first.response)
    expect(await concernsOf(personId)).toMatchObject([
      { source: 'check-in', objectId, trigger: 'phq9-item9' },
    ])
    expect(
      await look(t.services, other.system, ({ db }) => responsesOfPerson(db, other.id, personId)),
    ).toEqual([])
  })
})

describe('recording facts', () => {
  it('keeps the value with who, when and from where; the latest observation holds', async () => {
    await must(runCommand(t.services, harbor.as.nurse, recordFact, newFact('weight-kg', 82)))
    await must(
      runCommand(
        t.services,
        harbor.as.nurse,
        recordFact,
        newFact('weight-kg', 90, { observedAt: addMs(t.clock.now(), -DAY_MS), source: 'outside-record' }),
      ),
    )
    const latest = await look(t.services, harbor.system, ({ db }) =>
      latestFact(db, harbor.id, personId, 'weight-kg'),
    )
    expect(latest).toMatchObject({
      value: 82,
      source: 'measured-here',
      recordedBy: harbor.as.nurse.accountId,
    })
    expect(
      await look(t.services, other.system, ({ db }) => latestFact(db, other.id, personId, 'weight-kg')),
    ).toBeUndefined()
  })

  it('the same form twice is one fact; the same id with another value is refused', async () => {
    const input = newFact('blood-pressure', { diastolicMmHg: 80, systolicMmHg: 120 })
    const twice = await Promise.all(
      [0, 1].map(() => runCommand(t.services, harbor.as.nurse, recordFact, input)),
    )
    expect(twice.every((one) => one.ok)).toBe(true)
    expect(
      await runCommand(t.services, harbor.as.nurse, recordFact, {
        ...input,
        value: { systolicMmHg: 180, diastolicMmHg: 80 },
      }),
    ).toMatchObject({ reason: 'id-taken' })
    expect(
      await look(t.services, harbor.system, ({ db }) =>
        factsOfPerson(db, harbor.id, personId, ['blood-pressure']),
      ),
    ).toHaveLength(1)
  })

  it.each<[string, Partial<ReturnType<typeof newFact>>, string]>([
    ['an impossible value', { kind: 'weight-kg', value: 3 }, 'not-plausible'],
    ['a value of another kind', { kind: 'ecg', value: 'yes' }, 'not-plausible'],
  ])('refuses %s', async (_, change, reason) => {
    expect(
      await runCommand(t.services, harbor.as.nurse, recordFact, { ...newFact('weight-kg', 80), ...change }),
    ).toMatchObject({ reason })
  })

  it('refuses what will have been observed, allowing for a clock five minutes ahead', async () => {
    const at = (ms: number) =>
      runCommand(
        t.services,
        harbor.as.nurse,
        recordFact,
        newFact('weight-kg', 80, { observedAt: addMs(t.clock.now(), ms) }),
      )
    expect(await at(5 * MINUTE_MS)).toMatchObject({ ok: true })
    expect(await at(5 * MINUTE_MS + 1)).toMatchObject({ reason: 'observed-in-the-future' })
  })

  it('several together are all or none', async () => {
    expect(
      await runCommand(t.services, harbor.as.nurse, recordFacts, [
        newFact('heart-rate-per-min', 70),
        newFact('weight-kg', 9_000),
      ]),
    ).toMatchObject({ reason: 'not-plausible' })
    expect(await look(t.services, harbor.system, ({ db }) => factsOfPerson(db, harbor.id, personId))).toEqual(
      [],
    )
  })

  it('nobody of another clinic, and not by therapists', async () => {
    expect(await runCommand(t.services, other.as.nurse, recordFact, newFact('weight-kg', 80))).toMatchObject({
      reason: 'no-such-person',
    })
    expect(
      await runCommand(t.services, harbor.as.therapist, recordFact, newFact('weight-kg', 80)),
    ).toMatchObject({ reason: 'not-allowed' })
  })
})

/** Facts with which every rule is met that decides. */
const WELL: readonly (readonly [FactKind, unknown])[] = [
  ['birth-date', '1980-05-01'],
  ['sex', 'male'],
  ['weight-kg', 82],
  ['height-cm', 180],
  ['ecg', 'no-concern'],
  ['alt-times-uln', 1],
  ['ast-times-uln', 1],
  ['suicide-risk-level', 0],
  ['ketamine-days-per-week', 0],
  ['consent-capacity', 'yes'],
  ['stop-bang', 2],
  ...(
    [
      'ketamine-reaction',
      'aneurysm-or-vessel-malformation',
      'brain-haemorrhage',
      'pressure-rise-hazard',
      'recent-infarct-stroke-head-injury',
      'heart-disease-not-controlled',
      'raised-head-or-eye-pressure',
      'psychosis',
      'psychosis-in-family',
      'mania-now',
      'bipolar-disorder',
      'dissociative-disorder-dementia-delirium',
      'severe-liver-disease',
      'kidney-failure-porphyria-thyrotoxicosis',
      'sleep-apnoea-or-lung-disease',
      'ketamine-use-disorder',
      'bladder-symptoms',
      'withdrawal-seizure-or-delirium',
    ] as const
  ).map((kind) => [kind, 'no'] as const),
]

describe('deciding', () => {
  const makeWell = (except?: FactKind) =>
    must(
      runCommand(
        t.services,
        harbor.as.prescriber,
        recordFacts,
        WELL.filter(([kind]) => kind !== except).map(([kind, value]) => newFact(kind, value)),
      ),
    )
  type Wanted = Parameters<typeof decideEligibility.run>[1]
  const input = async (more: Partial<Wanted> = {}): Promise<Wanted> => ({
    assessmentId,
    key: anId<'eligibility-decision'>(t.services),
    decision: 'eligible',
    reasons: 'Examined and spoken with.',
    overrides: [],
    shown: await look(t.services, harbor.system, ({ db, at }) => rulesShownNow(db, harbor.id, personId, at)),
    stepUp: { accountId: harbor.as.prescriber.accountId, at: t.clock.now() },
    ...more,
  })
  const decide = async (more: Partial<Wanted> = {}, who: Member = harbor.as.prescriber) =>
    runCommand(t.services, who, decideEligibility, await input(more))
  const decision = () => look(t.services, harbor.system, ({ db }) => decisionOf(db, harbor.id, assessmentId))

  it('is signed with everything it rested on', async () => {
    await makeWell()
    const before = await head()
    await must(decide())
    const signed = (await decision())!
    expect(signed).toMatchObject({
      decision: 'eligible',
      decidedBy: harbor.as.prescriber.accountId,
      decidedAt: t.clock.now(),
      stale: false,
    })
    expect(signed.evaluation.filter((r) => r.ruleClass !== 'hold-today' && r.truth !== 'met')).toEqual([])
    expect(await feedKindsSince(before)).toEqual(['eligibility.decided'])
  })

  it('“eligible” is refused while nothing is known, and names what is unknown', async () => {
    const refusal = await decide()
    expect(refusal).toMatchObject({
      reason: 'rule-never-overridden',
      detail: { ruleIds: expect.arrayContaining(['adult', 'consent-capacity']) },
    })
    expect(await decision()).toBeUndefined()
  })

  it('one absolute rule unknown or not met is enough, and one signature does not help', async () => {
    await makeWell('psychosis')
    const overrides = [{ ruleId: 'no-psychosis', reason: 'Long ago, once, under stress.' }]
    expect(await decide()).toEqual({
      ok: false,
      reason: 'absolute-rule-unknown',
      detail: { ruleIds: ['no-psychosis'] },
    })
    expect(await decide({ overrides })).toMatchObject({ reason: 'override-must-name-unknown' })
    await must(runCommand(t.services, harbor.as.prescriber, recordFact, newFact('psychosis', 'yes')))
    expect(await decide()).toMatchObject({ reason: 'absolute-rule-not-met' })
    expect(await decide({ overrides })).toMatchObject({ reason: 'second-prescriber-missing' })
    await must(decide({ decision: 'not-eligible' }))
    expect((await decision())!.decision).toBe('not-eligible')
  })

  it('a relative rule is overridden by name with a reason, which is kept', async () => {
    await makeWell('ecg')
    expect(await decide()).toMatchObject({ reason: 'relative-rule-open', detail: { ruleIds: ['ecg-read'] } })
    expect(await decide({ overrides: [{ ruleId: 'ecg-read', reason: 'ok' }] })).toMatchObject({
      reason: 'override-needs-reason',
    })
    const overrides = [{ ruleId: 'ecg-read', reason: 'Young, no cardiac risk; ECG at the first visit.' }]
    await must(decide({ overrides }))
    expect((await decision())!.overrides).toEqual(overrides)
  })

  it('is only for prescribers who have just given their own password', async () => {
    await makeWell()
    expect(await decide({}, harbor.as.nurse)).toMatchObject({ reason: 'not-allowed' })
    expect(await decide({}, harbor.as.secondPrescriber)).toMatchObject({ reason: 'not-confirmed' })
    const stepUp = { accountId: harbor.as.prescriber.accountId, at: addMs(t.clock.now(), -2 * MINUTE_MS - 1) }
    expect(await decide({ stepUp })).toMatchObject({ reason: 'not-confirmed' })
    expect(await decide({}, other.as.prescriber)).toMatchObject({ reason: 'no-such-assessment' })
    expect(await decision()).toBeUndefined()
  })

  it('signs once however often the form is sent; changed and sent again it is refused', async () => {
    await makeWell()
    const key = anId<'eligibility-decision'>(t.services)
    const all = await Promise.all(Array.from({ length: 4 }, () => decide({ key })))
    expect(all.every((one) => one.ok)).toBe(true)
    expect(await decide({ key, decision: 'not-eligible' })).toMatchObject({ reason: 'id-taken' })
    const stored = await look(t.services, harbor.system, ({ db }) =>
      storedDecisions(db, harbor.id, [assessmentId]),
    )
    expect(stored).toHaveLength(1)
  })

  it('a later decision holds, the earlier stays', async () => {
    await makeWell()
    await must(decide())
    t.clock.advance(MINUTE_MS)
    await must(decide({ decision: 'not-eligible' }))
    expect((await decision())!.decision).toBe('not-eligible')
    const stored = await look(t.services, harbor.system, ({ db }) =>
      storedDecisions(db, harbor.id, [assessmentId]),
    )
    expect(stored.map((one) => one.decision)).toEqual(['not-eligible', 'eligible'])
  })

  it('goes stale when the person or staff say something new, not by time alone', async () => {
    await makeWell()
    await must(decide())
    const start = t.clock.now()
    t.clock.advance(400 * DAY_MS)
    expect((await decision())!.stale).toBe(false)
    t.clock.set(start)
    t.clock.advance(MINUTE_MS)
    await must(save(patient, { 'health.psychosis': 'yes' }))
    expect((await decision())!.stale).toBe(true)
    t.clock.advance(MINUTE_MS)
    await must(runCommand(t.services, harbor.as.prescriber, recordFact, newFact('psychosis', 'no')))
    expect((await decision())!.stale).toBe(false)
    expect(
      await look(t.services, other.system, ({ db }) => decisionOf(db, other.id, assessmentId)),
    ).toBeUndefined()
  })

  it('what holds a dose today is answered apart', async () => {
    await makeWell()
    const holds = () =>
      look(t.services, harbor.system, async ({ db, at }) =>
        (await evaluateAt(db, harbor.id, personId, at))
          .filter((rule) => rule.ruleClass === 'hold-today' && rule.truth !== 'met')
          .map((rule) => rule.ruleId),
      )
    expect(await holds()).toEqual([
      'blood-pressure',
      'blood-pressure-trials',
      'heart-rate',
      'no-breath-alcohol',
      'not-intoxicated',
      'alcohol-withdrawal',
      'escort',
    ])
    await must(
      runCommand(t.services, harbor.as.nurse, recordFacts, [
        newFact('blood-pressure', { systolicMmHg: 120, diastolicMmHg: 80 }),
        newFact('heart-rate-per-min', 70),
        newFact('breath-alcohol', 0),
        newFact('intoxicated-now', 'no'),
        newFact('stimulant-last-24-h', 'no'),
        newFact('ciwa-ar', 3),
        newFact('escort-named', 'yes'),
      ]),
    )
    expect(await holds()).toEqual([])
    const start = t.clock.now()
    t.clock.advance(2 * HOUR_MS + 1)
    expect(await holds()).toEqual([
      'blood-pressure',
      'blood-pressure-trials',
      'heart-rate',
      'no-breath-alcohol',
    ])
    t.clock.set(start)
  })
})

describe('the password again before a signature', () => {
  it('confirms the account’s own password only, and slows guessing', async () => {
    const made = await must(
      runCommand(t.services, harbor.system, addMember, {
        email: 'signer.harbor@example.org',
        name: 'Signer',
        passwordHash: await hashPassword('level-water-2026'),
        roles: ['prescriber'],
      }),
    )
    const signer: Member = { ...harbor.as.prescriber, ...made, name: 'Signer' }
    expect(await confirmPassword(t.services, signer, 'level-water-2026')).toEqual({
      ok: true,
      stepUp: { accountId: made.accountId, at: t.clock.now() },
    })
    expect(await confirmPassword(t.services, harbor.system, 'level-water-2026')).toMatchObject({ ok: false })
    for (let i = 0; i < 8; i++) {
      expect(await confirmPassword(t.services, signer, `wrong ${i}`)).toEqual({
        ok: false,
        reason: 'no-match',
      })
    }
    expect(await confirmPassword(t.services, signer, 'level-water-2026')).toMatchObject({ reason: 'slowed' })
  })
})

describe('the wall between clinics', () => {
  it('hides every row from queries that ask with another clinic’s id', async () => {
    await must(save(patient, { 'phq-9.q9': 1 }))
    const seen = await look(t.services, other.system, async ({ db }) => [
      await allAssessments(db, harbor.id),
      await intakeAnswers(db, harbor.id, [assessmentId]),
      await factsOfPerson(db, harbor.id, personId),
      await listConcerns(db, harbor.id, { notClosed: false }),
      await responsesOfPerson(db, harbor.id, personId),
      await storedDecisions(db, harbor.id, [assessmentId]),
    ])
    expect(seen).toEqual([[], [], [], [], [], []])
  })
})
