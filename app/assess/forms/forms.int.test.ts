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
} from '../../../tests/database/test-clinic.ts'
import type { Actor, Member } from '../../platform/actor.ts'
import type { ClinicProfile } from '../../platform/clinic-profile.ts'
import { runCommand } from '../../platform/command.server.ts'
import type { Id, PersonId } from '../../platform/ids.ts'
import { MINUTE_MS } from '../../platform/time.ts'
import { factsOfPerson, responsesOfPerson } from '../assess-queries.server.ts'
import type { AssessmentId } from '../assessment.ts'
import { listConcerns } from '../concern-queries.server.ts'
import { openAssessment } from '../open-assessment.server.ts'
import { saveIntakeAnswers } from '../save-intake-answers.server.ts'
import type { EditionId } from './edition.ts'
import { insertChoice, insertEdition } from './edition-queries.server.ts'
import { intakeStart, storedSets } from './form-plan-queries.server.ts'
import { finishForm, layForms, saveFormAnswers, setFormAside } from './lay-forms.server.ts'
import { intakeOfAssessment, planIntake } from './plan-intake.server.ts'
import { changeSet } from './sets-page.server.ts'
import type { SittingId } from './sitting.ts'
import {
  insertSittingAnswers,
  sittingAnswers,
  sittingById,
  sittingsOfPerson,
} from './sitting-queries.server.ts'
import { postStaffAnswer, postStaffKeep } from './staff-form-page.server.ts'

let t: TestDatabase
let harbor: TestClinic
let other: TestClinic
let personId: PersonId
let patient: Member

beforeAll(async () => {
  t = await openTestDatabase()
  harbor = await makeClinic(t.services, 'harbor')
  other = await makeClinic(t.services, 'other')
})
afterAll(() => t.close())
beforeEach(async () => {
  ;({ personId, patient } = await makePerson(t.services, harbor))
})

const ZONE = 'America/New_York'

const lay = async (instrumentId: string, actor: Actor = harbor.as.nurse): Promise<SittingId> => {
  const id = anId<'form-sitting'>(t.services)
  await must(
    runCommand(t.services, actor, layForms, {
      personId,
      forms: [{ id, instrumentId }],
      phase: 'baseline',
      respondent: { kind: 'self' },
    }),
  )
  return id
}
const answer = (actor: Actor, sittingId: SittingId, values: Readonly<Record<string, number | null>>) =>
  runCommand(t.services, actor, saveFormAnswers, {
    sittingId,
    answers: Object.entries(values).map(([item, value]) => ({ item, value })),
    timeZone: ZONE,
  })
const finish = (actor: Actor, sittingId: SittingId) =>
  runCommand(t.services, actor, finishForm, { sittingId, timeZone: ZONE })
const concerns = () =>
  look(t.services, harbor.system, ({ db }) => listConcerns(db, harbor.id, { notClosed: false, personId }))
const responses = () =>
  look(t.services, harbor.system, ({ db }) => responsesOfPerson(db, harbor.id, personId))
const sitting = (id: SittingId) => look(t.services, harbor.system, ({ db }) => sittingById(db, harbor.id, id))

describe('laying a form', () => {
  it('happens once however often the page is sent, in the plain edition unless the clinic chose another', async () => {
    const input = {
      personId,
      forms: [{ id: anId<'form-sitting'>(t.services), instrumentId: 'gad-7' }],
      phase: 'weekly',
      respondent: { kind: 'self' },
    } as const
    await Promise.all([1, 2, 3].map(() => must(runCommand(t.services, harbor.as.therapist, layForms, input))))
    const all = await look(t.services, harbor.system, ({ db }) => sittingsOfPerson(db, harbor.id, personId))
    expect(all).toMatchObject([
      { instrumentId: 'gad-7', edition: 'plain-language-edition', editionId: null, respondent: 'self' },
    ])
  })

  it('what staff rate is rated by staff, whatever was chosen for the others', async () => {
    const id = anId<'form-sitting'>(t.services)
    await must(
      runCommand(t.services, harbor.as.nurse, layForms, {
        personId,
        forms: [
          { id, instrumentId: 'ciwa-ar' },
          { id: anId<'form-sitting'>(t.services), instrumentId: 'phq-9' },
        ],
        phase: 'baseline',
        respondent: { kind: 'proxy', proxy: 'Ruth, his sister' },
      }),
    )
    const all = await look(t.services, harbor.system, ({ db }) => sittingsOfPerson(db, harbor.id, personId))
    expect(all.map((one) => [one.instrumentId, one.respondent, one.proxy]).sort()).toEqual([
      ['ciwa-ar', 'clinician', undefined],
      ['phq-9', 'proxy', 'Ruth, his sister'],
    ])
  })

  it.each(['tlfb', 'uds', 'kset', 'no-such'])('%s is no form', async (instrumentId) => {
    const laid = await runCommand(t.services, harbor.as.nurse, layForms, {
      personId,
      forms: [{ id: anId<'form-sitting'>(t.services), instrumentId }],
      phase: 'baseline',
      respondent: { kind: 'self' },
    })
    expect(laid).toMatchObject({ reason: 'not-a-form' })
  })

  it('is not for somebody of another clinic, nor done by the person', async () => {
    const form = {
      forms: [{ id: anId<'form-sitting'>(t.services), instrumentId: 'phq-9' }],
      phase: 'baseline',
      respondent: { kind: 'self' },
    } as const
    expect(await runCommand(t.services, other.as.nurse, layForms, { ...form, personId })).toMatchObject({
      reason: 'no-such-person',
    })
    expect(await runCommand(t.services, patient, layForms, { ...form, personId })).toMatchObject({
      reason: 'not-allowed',
    })
  })
})

describe('answering', () => {
  it('keeps every answer with its revisions, and the same again changes nothing', async () => {
    const id = await lay('gad-7')
    await must(answer(patient, id, { q1: 1 }))
    await must(answer(patient, id, { q1: 1 }))
    await must(answer(patient, id, { q1: 3, q2: null }))
    // Skipping what is answered takes nothing back.
    await must(answer(patient, id, { q1: null }))
    const stored = (
      await look(t.services, harbor.system, ({ db }) => sittingAnswers(db, harbor.id, [id]))
    ).get(id)
    expect(stored?.map((one) => [one.item, one.revision, one.value])).toEqual([
      ['q1', 1, 1],
      ['q1', 2, 3],
      ['q2', 1, null],
    ])
  })

  it('two tabs at once lose nothing', async () => {
    const id = await lay('gad-7')
    await Promise.all([0, 1, 2, 3].map((value) => must(answer(patient, id, { q1: value, q2: value }))))
    const stored = (
      await look(t.services, harbor.system, ({ db }) => sittingAnswers(db, harbor.id, [id]))
    ).get(id)!
    const revisions = stored.filter((one) => one.item === 'q1').map((one) => one.revision)
    expect(revisions).toEqual(revisions.map((_, index) => index + 1))
    expect(new Set(stored.map((one) => one.value)).size).toBeGreaterThan(1)
  })

  it('a person answers their own form, never one rated by staff, never somebody else’s', async () => {
    const rated = await lay('ciwa-ar')
    expect(await answer(patient, rated, { nausea: 0 })).toMatchObject({ reason: 'no-such-form' })
    const own = await lay('gad-7')
    const { patient: stranger } = await makePerson(t.services, harbor)
    expect(await answer(stranger, own, { q1: 0 })).toMatchObject({ reason: 'no-such-form' })
    expect(await answer(other.as.nurse, own, { q1: 0 })).toMatchObject({ reason: 'no-such-form' })
    expect(await answer(harbor.as.manager, own, { q1: 0 })).toMatchObject({ reason: 'not-allowed' })
  })
})

describe('the suicide screen', () => {
  it('names somebody with the answer that triggers, long before the form is finished', async () => {
    const id = await lay('c-ssrs-screener')
    await must(answer(harbor.as.nurse, id, { q1: 1, q2: 1 }))
    expect(await concerns()).toEqual([])
    const saved = await must(answer(harbor.as.nurse, id, { q3: 1 }))
    expect(saved.concernRaised).toBe(true)
    const [moderate] = await concerns()
    expect(moderate).toMatchObject({
      trigger: 'cssrs-moderate',
      source: 'form',
      objectId: id,
      severity: 'critical',
    })
    expect(moderate?.ownerMembershipId).toBeDefined()
    expect((await sitting(id))?.end).toBeUndefined()
    await must(answer(harbor.as.nurse, id, { q4: 1 }))
    expect((await concerns()).map((one) => one.trigger).sort()).toEqual(['cssrs-high', 'cssrs-moderate'])
  })

  it('an answer taken back afterwards hides nothing', async () => {
    const id = await lay('phq-9', harbor.as.therapist)
    await must(answer(patient, id, { q9: 2 }))
    await must(answer(patient, id, { q9: 0 }))
    expect((await concerns()).map((one) => one.trigger)).toEqual(['phq9-item9'])
  })

  it('becomes the fact that holds a dose; recent behaviour is never read as a low level', async () => {
    const facts = async () =>
      (
        await look(t.services, harbor.system, ({ db }) =>
          factsOfPerson(db, harbor.id, personId, ['suicide-risk-level']),
        )
      ).map((fact) => fact.value)
    const calm = await lay('c-ssrs-screener')
    await must(answer(harbor.as.nurse, calm, { q1: 0, q2: 0, q6: 0 }))
    await must(finish(harbor.as.nurse, calm))
    expect(await facts()).toEqual([0])
    t.clock.advance(MINUTE_MS)
    const behaviour = await lay('c-ssrs-screener')
    await must(answer(harbor.as.nurse, behaviour, { q1: 0, q2: 0, q6: 1, q6b: 1 }))
    await must(finish(harbor.as.nurse, behaviour))
    expect(await facts()).toEqual([4, 0])
    t.clock.advance(MINUTE_MS)
    const untold = await lay('c-ssrs-screener')
    await must(answer(harbor.as.nurse, untold, { q1: 0, q2: null }))
    await must(finish(harbor.as.nurse, untold))
    expect(await facts()).toEqual([4, 0])
    t.clock.advance(MINUTE_MS)
    const behaviourAlone = await lay('c-ssrs-screener')
    await must(answer(harbor.as.nurse, behaviourAlone, { q6: 1, q6b: 1 }))
    await must(finish(harbor.as.nurse, behaviourAlone))
    expect(await facts()).toEqual([4, 4, 0])
  })
})

describe('finishing', () => {
  it('stores one response with its beginning, end, zone and who answered, and a second finish none', async () => {
    const id = await lay('gad-7')
    await must(answer(patient, id, { q1: 1, q2: 1, q3: 1, q4: 1, q5: 1, q6: 1, q7: 1 }))
    t.clock.advance(3 * MINUTE_MS)
    const ends = await Promise.all([finish(patient, id), finish(patient, id)])
    expect(ends.filter((one) => one.ok)).toHaveLength(1)
    expect(ends.find((one) => !one.ok)).toMatchObject({ reason: 'form-ended' })
    const [response, ...more] = await responses()
    expect(more).toEqual([])
    expect(response).toMatchObject({
      instrumentId: 'gad-7',
      source: 'form',
      objectId: id,
      timeZone: ZONE,
      respondent: 'self',
      scores: { scores: { total: { value: 7, band: 'mild' } } },
    })
    expect(Date.parse(response!.completedAt) - Date.parse(response!.startedAt!)).toBe(3 * MINUTE_MS)
    expect(await answer(patient, id, { q1: 0 })).toMatchObject({ reason: 'form-ended' })
  })

  it('gaps stay gaps, and nothing answered is no result', async () => {
    const id = await lay('gad-7')
    await must(answer(patient, id, { q1: null }))
    expect(await finish(patient, id)).toMatchObject({ reason: 'nothing-answered' })
    await must(answer(patient, id, { q1: 3 }))
    await must(finish(patient, id))
    expect((await responses())[0]?.scores).toMatchObject({
      scores: { total: { value: null, status: 'incomplete', bounds: [3, 21] } },
    })
  })

  it('set aside keeps answers and concerns, and what was answered as a result that says so', async () => {
    const id = await lay('phq-9')
    await must(answer(patient, id, { q9: 1 }))
    const aside = { sittingId: id, reason: 'Wrong form', timeZone: ZONE }
    await must(runCommand(t.services, harbor.as.nurse, setFormAside, aside))
    expect((await sitting(id))?.end).toMatchObject({ kind: 'set-aside', reason: 'Wrong form' })
    expect(await responses()).toMatchObject([{ source: 'form-set-aside', objectId: id, answers: { q9: 1 } }])
    expect(await concerns()).toHaveLength(1)
    expect(await finish(patient, id)).toMatchObject({ reason: 'form-ended' })
    expect(await runCommand(t.services, patient, setFormAside, aside)).toMatchObject({
      reason: 'not-allowed',
    })
    const untouched = await lay('phq-9')
    await must(runCommand(t.services, harbor.as.nurse, setFormAside, { ...aside, sittingId: untouched }))
    expect(await responses()).toHaveLength(1)
  })

  it('an answer beside the end is in the result or refused, never lost between', async () => {
    for (let round = 0; round < 12; round++) {
      const id = await lay('phq-9')
      await must(answer(patient, id, { q1: 0, q9: 0 }))
      const [late, end] = await Promise.all([answer(patient, id, { q9: 3 }), finish(harbor.as.nurse, id)])
      expect(end.ok).toBe(true)
      const result = (await responses()).find((one) => one.objectId === id)
      expect(result?.answers.q9).toBe(late.ok ? 3 : 0)
    }
  })

  it('all answers at once raise what they raise one by one', async () => {
    const id = await lay('c-ssrs-screener')
    const all = { q1: 1, q2: 1, q3: 1, q4: 1, q5: 1, q6: 1, q6b: 1 }
    expect((await must(answer(harbor.as.nurse, id, all))).concernRaised).toBe(true)
    expect((await concerns()).map((one) => one.trigger)).toEqual(['cssrs-high'])
    await must(finish(harbor.as.nurse, id))
    expect(await concerns()).toHaveLength(1)
  })

  it('a trigger that raised nobody while it was answered raises somebody at the end', async () => {
    const id = await lay('ciwa-ar')
    const items = instrumentById('ciwa-ar')!.items
    // As a row could stand there from before: stored without a look.
    await asSystem(t.services, harbor, async ({ db, at }) => {
      const rows = items.map((item) => ({
        item: item.id,
        revision: 1,
        value: 4,
        answeredAt: at,
        answeredBy: 'system',
        timeZone: ZONE,
      }))
      await insertSittingAnswers(db, harbor.id, id, rows)
    })
    expect(await concerns()).toEqual([])
    await must(finish(harbor.as.nurse, id))
    expect((await concerns()).map((one) => one.trigger)).toContain('ciwa-severe')
  })

  it('an answer is taken back on purpose and by nothing else; one that waited gives way to a later one', async () => {
    const id = await lay('gad-7')
    const save = (one: { item: string; value: number | null; takeBack?: boolean; ageMs?: number }) =>
      must(
        runCommand(t.services, patient, saveFormAnswers, { sittingId: id, answers: [one], timeZone: ZONE }),
      )
    await save({ item: 'q1', value: 2 })
    expect((await save({ item: 'q1', value: null })).values).toEqual({ q1: 2 })
    expect((await save({ item: 'q1', value: null, takeBack: true })).values).toEqual({ q1: null })
    t.clock.advance(MINUTE_MS)
    await save({ item: 'q1', value: 3 })
    t.clock.advance(MINUTE_MS)
    const late = await save({ item: 'q1', value: 0, ageMs: 5 * MINUTE_MS })
    expect(late).toMatchObject({ older: ['q1'], values: { q1: 3 } })
    expect((await save({ item: 'q1', value: 1, ageMs: 30_000 })).values).toEqual({ q1: 1 })
    expect((await save({ item: 'no-such', value: 1 })).values).toEqual({ q1: 1 })
  })
})

describe('two people at one form', () => {
  const post = async (actor: Actor, sittingId: SittingId, fields: Readonly<Record<string, string>>) => {
    const form = new FormData()
    for (const [name, value] of Object.entries(fields)) form.set(name, value)
    return {
      services: t.services,
      actor,
      clinic: (await t.services.clinicProfile(harbor.id)) as ClinicProfile,
      params: { id: personId, sittingId },
      request: new Request('http://clinic.test/'),
      url: new URL('http://clinic.test/'),
      address: '192.0.2.1',
      form,
    }
  }
  /** As the page sends it: the answer, and what the page showed of the question before. */
  const send = async (actor: Actor, id: SittingId, value: string, seen: string) =>
    postStaffAnswer(
      await post(actor, id, {
        question: 'c-ssrs-screener.q5',
        'c-ssrs-screener.q5': value,
        'seen:c-ssrs-screener.q5': seen,
      }),
    )
  const stands = async (id: SittingId) =>
    (await look(t.services, harbor.system, ({ db }) => sittingAnswers(db, harbor.id, [id])))
      .get(id)
      ?.map(({ item, value }) => [item, value])

  it('an answer is not replaced by a page that did not show it', async () => {
    const id = await lay('c-ssrs-screener')
    expect((await send(harbor.as.nurse, id, '1', '')).status).toBe(200)
    const refused = await send(harbor.as.therapist, id, '0', '')
    expect(refused.status).toBe(422)
    expect(await refused.json()).toMatchObject({
      saved: false,
      message: expect.stringMatching(/Theirs stands/),
    })
    expect(await stands(id)).toEqual([['q5', 1]])
  })

  it('a page that showed it may change it, and the same answer again is no quarrel', async () => {
    const id = await lay('c-ssrs-screener')
    await send(harbor.as.nurse, id, '1', '')
    expect((await send(harbor.as.therapist, id, '1', '')).status).toBe(200)
    expect((await send(harbor.as.therapist, id, '0', '1')).status).toBe(200)
    expect(await stands(id)).toEqual([
      ['q5', 1],
      ['q5', 0],
    ])
  })

  it('nor is it taken back by one', async () => {
    const id = await lay('c-ssrs-screener')
    await send(harbor.as.nurse, id, '1', '')
    const page = await post(harbor.as.therapist, id, {
      question: 'c-ssrs-screener.q5',
      'take-back': 'yes',
      'seen:c-ssrs-screener.q5': '',
    })
    // Its page shows nothing, so it has nothing to take back; what stands stays.
    await postStaffAnswer(page)
    expect(await stands(id)).toEqual([['q5', 1]])
  })

  it('what both sent with the whole form is told question by question', async () => {
    const id = await lay('c-ssrs-screener')
    await send(harbor.as.nurse, id, '1', '')
    const answer = await postStaffKeep(
      await post(harbor.as.therapist, id, {
        'c-ssrs-screener.q1': '1',
        'seen:c-ssrs-screener.q1': '',
        'c-ssrs-screener.q5': '0',
        'seen:c-ssrs-screener.q5': '',
      }),
    )
    expect(answer).toMatchObject({ errors: { 'c-ssrs-screener.q5': expect.stringMatching(/Theirs stands/) } })
    expect(await stands(id)).toEqual([
      ['q1', 1],
      ['q5', 1],
    ])
  })
})

describe('wording', () => {
  it('a form that is laid keeps its wording when the clinic imports another', async () => {
    const before = await lay('gad-7')
    const plain = instrumentById('gad-7')!
    const editionId = anId<'instrument-edition'>(t.services) as EditionId
    const words = plain.items.map((item) => [item.id, { prompt: 'Other words?' }])
    await asSystem(t.services, harbor, async ({ db, at }) => {
      await insertEdition(db, harbor.id, {
        id: editionId,
        instrumentId: 'gad-7',
        edition: 'imported-0123456789ab',
        formHash: 'f'.repeat(16),
        language: 'en',
        wording: { items: Object.fromEntries(words) },
        source: { fileName: 'gad7.json', sha256: '0'.repeat(64) },
        report: [],
        importedAt: at,
        importedBy: 'system',
      })
      await insertChoice(db, harbor.id, {
        id: anId(t.services),
        instrumentId: 'gad-7',
        editionId,
        chosenAt: at,
        chosenBy: 'system',
      })
    })
    const after = await lay('gad-7')
    for (const id of [before, after]) {
      await must(answer(patient, id, { q1: 0 }))
      await must(finish(patient, id))
    }
    const editions = new Map((await responses()).map((one) => [one.objectId, one.edition]))
    expect(editions.get(before)).toBe('plain-language-edition')
    expect(editions.get(after)).toBe('imported-0123456789ab')
  })
})

describe('sets', () => {
  const change = (actor: Actor, instruments: readonly string[], seenChange: string | undefined) =>
    runCommand(t.services, actor, changeSet, {
      key: anId(t.services) as Id<'instrument-set'>,
      track: 'gaming',
      phase: 'intake',
      instruments,
      seenChange,
    })
  const stored = async () =>
    (await look(t.services, harbor.system, ({ db }) => storedSets(db, harbor.id))).find(
      (set) => set.track === 'gaming',
    )
  const open = async (): Promise<AssessmentId> => {
    const made = await makePerson(t.services, harbor)
    ;({ personId, patient } = made)
    const opened = runCommand(t.services, harbor.system, openAssessment, { personId, track: 'gaming' })
    return (await must(opened)).assessmentId
  }
  const asked = (id: AssessmentId) =>
    look(t.services, harbor.system, async ({ db }) =>
      (await intakeOfAssessment(db, harbor.id, id)).instruments.map((one) => one.id),
    )

  it('a change moves no intake that is open, asks the next one, and is not lost to a second manager', async () => {
    const early = await open()
    expect(await asked(early)).toContain('igds9-sf')
    const both = await Promise.all([
      change(harbor.as.manager, ['who-5'], undefined),
      change(harbor.as.manager, ['who-5'], undefined),
    ])
    expect(both.map((one) => (one.ok ? 'stored' : one.reason)).sort()).toEqual([
      'changed-meanwhile',
      'stored',
    ])
    expect(await change(harbor.as.manager, ['gad-7'], undefined)).toMatchObject({
      reason: 'changed-meanwhile',
    })
    expect((await stored())?.instruments).toEqual(['who-5'])
    expect(await asked(early)).toContain('igds9-sf')
    expect(await asked(await open())).toEqual(['who-5'])
    t.clock.advance(MINUTE_MS)
    await must(change(harbor.as.manager, ['gad-7', 'who-5'], (await stored())!.changedAt))
    expect((await stored())?.instruments).toEqual(['gad-7', 'who-5'])
  })

  it('is the manager’s to change, within what can be asked', async () => {
    const seen = (await stored())?.changedAt
    expect(await change(harbor.as.nurse, ['who-5'], seen)).toMatchObject({ reason: 'not-allowed' })
    expect(await change(harbor.as.manager, ['madrs'], seen)).toMatchObject({ reason: 'not-a-set' })
    const elsewhere = await look(t.services, other.system, ({ db }) => storedSets(db, other.id))
    expect(elsewhere).toEqual([])
  })

  it('the track of an intake can be chosen until the first answer', async () => {
    const id = await open()
    const plan = (track: 'alcohol' | 'cannabis') =>
      runCommand(t.services, harbor.as.coordinator, planIntake, { assessmentId: id, track })
    t.clock.advance(MINUTE_MS)
    await must(plan('cannabis'))
    expect(await asked(id)).toContain('cudit-r')
    const question = (
      await look(t.services, harbor.system, ({ db }) => intakeOfAssessment(db, harbor.id, id))
    ).question('cudit-r.q1')!
    t.clock.advance(MINUTE_MS)
    await must(
      runCommand(t.services, patient, saveIntakeAnswers, {
        answers: [{ question, value: 0 }],
        timeZone: 'Europe/Vienna',
      }),
    )
    expect(await plan('alcohol')).toMatchObject({ reason: 'intake-begun' })
    // Nobody pressed Begin: the first answer is the beginning, in the zone it came from.
    expect(await look(t.services, harbor.system, ({ db }) => intakeStart(db, harbor.id, id))).toMatchObject({
      timeZone: 'Europe/Vienna',
      respondent: { kind: 'self' },
    })
  })

  it('a question that this intake does not ask is left out', async () => {
    const id = await open()
    const foreign = { id: 'audit.q1', label: '', seconds: 1, kind: 'text', long: false } as const
    const saved = await must(
      runCommand(t.services, patient, saveIntakeAnswers, {
        answers: [{ question: foreign, value: 4 }],
        timeZone: ZONE,
      }),
    )
    expect(saved.answers).toEqual({})
    expect(id).toBe(saved.assessmentId)
  })
})
