import { instrumentById, withWording, wordingOf } from '@evenkeel/questionnaires'
import { toQuestionnaire } from '@evenkeel/questionnaires/fhir'
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
import type { Actor } from '../../platform/actor.ts'
import type { ClinicProfile } from '../../platform/clinic-profile.ts'
import { runCommand } from '../../platform/command.server.ts'
import type { PersonId } from '../../platform/ids.ts'
import type { PageArgs } from '../../platform/page.server.ts'
import { HOUR_MS } from '../../platform/time.ts'
import { insertResponse, responseById } from '../assess-queries.server.ts'
import { editionsOfInstrument } from '../forms/edition-queries.server.ts'
import { importEdition } from '../forms/import-edition.server.ts'
import { layForms, saveFormAnswers, setFormAside } from '../forms/lay-forms.server.ts'
import type { ResponseId } from '../instrument-response.ts'
import { type NewResponse, recordResponse } from '../record-response.server.ts'
import { loadFhirBundle } from './result-fhir.server.ts'
import { loadResult } from './result-page.server.ts'
import { reviewsOf, waitingResponseIds } from './result-queries.server.ts'
import { loadResults, loadWaitingResults } from './results-page.server.ts'
import { reviewResult } from './review-result.server.ts'

let t: TestDatabase
let harbor: TestClinic
let other: TestClinic
let personId: PersonId
beforeAll(async () => {
  t = await openTestDatabase()
  harbor = await makeClinic(t.services, 'harbor')
  other = await makeClinic(t.services, 'other')
})
afterAll(() => t.close())
beforeEach(async () => {
  ;({ personId } = await makePerson(t.services, harbor))
})

const ITEMS = Object.fromEntries(Array.from({ length: 9 }, (_, index) => [`q${index + 1}`, 3]))
const SEVERE = { ...ITEMS, q9: 0 }

const record = (input: Partial<NewResponse> = {}): Promise<ResponseId> =>
  asSystem(t.services, harbor, async (needs) => {
    const { response } = await recordResponse(needs, {
      id: needs.ids.next(),
      personId,
      source: 'sitting',
      objectId: needs.ids.next<string>(),
      instrumentId: 'phq-9',
      answers: SEVERE,
      ...input,
    })
    return response.id
  })
const review = (actor: Actor, responseId: ResponseId, change: { key?: string; note?: string } = {}) =>
  runCommand(t.services, actor, reviewResult, {
    key: (change.key ?? anId(t.services)) as never,
    personId,
    responseId,
    note: change.note ?? 'Spoke with them.',
  })
const waiting = async (clinic: TestClinic) =>
  (await look(t.services, clinic.system, ({ db }) => waitingResponseIds(db, clinic.id))).map(({ id }) => id)
const page = async (clinic: TestClinic, actor: Actor, params: Record<string, string>): Promise<PageArgs> => ({
  services: t.services,
  actor,
  clinic: (await t.services.clinicProfile(clinic.id)) as ClinicProfile,
  params,
  request: new Request('http://clinic.test/'),
  url: new URL('http://clinic.test/'),
  address: '192.0.2.1',
})
const reads = async () =>
  (
    await t.owner.query(
      `select action, object, object_id from audit_entry where person_id = $1 and power = 'read' order by seq`,
      [personId],
    )
  ).rows

describe('a stored response', () => {
  it('keeps when it was begun, in which zone and who answered, and the wording that was shown', async () => {
    const ours = instrumentById('phq-9')!
    const imported = withWording(ours, 'imported-0a1b2c3d4e5f', {
      ...wordingOf(ours),
      items: Object.fromEntries(ours.items.map(({ id }) => [id, { prompt: `Imported ${id}` }])),
    })
    const startedAt = t.clock.now()
    t.clock.advance(HOUR_MS)
    const id = await record({
      instrument: imported,
      startedAt,
      timeZone: 'Europe/Berlin',
      respondent: 'proxy',
      proxy: 'A sister',
    })
    const stored = await look(t.services, harbor.system, ({ db }) => responseById(db, harbor.id, id))
    expect(stored).toMatchObject({
      edition: 'imported-0a1b2c3d4e5f',
      startedAt,
      completedAt: t.clock.now(),
      timeZone: 'Europe/Berlin',
      respondent: 'proxy',
      proxy: 'A sister',
      recordedBy: 'system',
      scores: { scores: { total: { value: 24 } } },
    })
    const shown = await loadResult(await page(harbor, harbor.as.nurse, { id: personId, responseId: id }))
    expect(shown).toMatchObject({
      wording: 'not-at-hand',
      asked: { by: 'A sister, for the person', finished: expect.stringContaining('(Europe/Berlin)') },
    })
  })

  it('refuses a wording of another instrument', async () => {
    await expect(record({ instrument: instrumentById('gad-7')! })).rejects.toThrow(RangeError)
  })
})

describe('looking at a result', () => {
  it('waits in the list until somebody looked, and nowhere else', async () => {
    const id = await record()
    const calm = await record({ answers: { ...Object.fromEntries(Object.keys(ITEMS).map((q) => [q, 0])) } })
    const informing = await record({ instrumentId: 'craving-nrs', answers: { q1: 9 } })
    expect(await waiting(harbor)).toContain(id)
    expect(await waiting(harbor)).not.toContain(calm)
    expect(await waiting(harbor)).not.toContain(informing)
    expect(await waiting(other)).toEqual([])
    await must(review(harbor.as.therapist, id))
    expect(await waiting(harbor)).not.toContain(id)
  })

  it('lists the oldest first, with its person and age', async () => {
    const first = await record()
    t.clock.advance(HOUR_MS)
    const second = await record({ answers: { q9: 1 } })
    t.clock.advance(HOUR_MS)
    const { rows } = await loadWaitingResults(await page(harbor, harbor.as.nurse, {}))
    const mine = rows.filter(({ personHref }) => personHref.includes(personId))
    expect(mine.map(({ id, ageMs, waits }) => [id, ageMs, waits])).toEqual([
      [first, 2 * HOUR_MS, 'warning'],
      [second, HOUR_MS, 'critical'],
    ])
    expect((await loadWaitingResults(await page(other, other.as.nurse, {}))).rows).toEqual([])
  })

  it('keeps who looked, when and what they made of it; a double click is one look', async () => {
    const id = await record()
    const key = anId<string>(t.services)
    const both = await Promise.all([0, 1].map(() => review(harbor.as.nurse, id, { key })))
    expect(both.map((one) => one.ok)).toEqual([true, true])
    expect(await review(harbor.as.nurse, id, { key, note: 'Something else' })).toMatchObject({
      reason: 'id-taken',
    })
    t.clock.advance(HOUR_MS)
    await must(review(harbor.as.prescriber, id, { note: 'Seen today.' }))
    const reviews = await look(t.services, harbor.system, ({ db }) => reviewsOf(db, harbor.id, [id]))
    expect(reviews.get(id)!.map(({ by, note }) => [by, note])).toEqual([
      [harbor.as.nurse.accountId, 'Spoke with them.'],
      [harbor.as.prescriber.accountId, 'Seen today.'],
    ])
  })

  it('is for those who treat, in their own clinic, under the right person', async () => {
    const id = await record()
    for (const actor of [harbor.as.coordinator, harbor.as.manager]) {
      expect(await review(actor, id)).toMatchObject({ reason: 'not-allowed' })
    }
    expect(await review(other.as.nurse, id)).toMatchObject({ reason: 'no-such-response' })
    const stranger = await makePerson(t.services, harbor, 'Sam Sample')
    expect(
      await runCommand(t.services, harbor.as.nurse, reviewResult, {
        key: anId<'result-review'>(t.services),
        personId: stranger.personId,
        responseId: id,
        note: 'Wrong person',
      }),
    ).toMatchObject({ reason: 'no-such-response' })
    await expect(t.owner.query('update result_review set note = $1', ['x'])).rejects.toThrow()
  })
})

describe('the pages', () => {
  it('leave one trace of reading each', async () => {
    const id = await record()
    await loadResults(await page(harbor, harbor.as.nurse, { id: personId }))
    await loadResult(await page(harbor, harbor.as.nurse, { id: personId, responseId: id }))
    expect(await reads()).toEqual([
      { action: 'assess.read-results', object: 'results', object_id: null },
      { action: 'assess.read-result', object: 'response', object_id: id },
    ])
  })

  it('show what waits first and whatever is filtered', async () => {
    await record()
    await record({ instrumentId: 'gad-7', answers: { q1: 0 } })
    const args = await page(harbor, harbor.as.nurse, { id: personId })
    const shown = await loadResults({
      ...args,
      url: new URL('http://clinic.test/?construct=anxiety symptoms'),
    })
    expect(shown.waiting.map(({ shortName }) => shortName)).toEqual(['PHQ-9'])
    expect(shown.rows.map(({ shortName, stateWords }) => [shortName, stateWords])).toEqual([
      ['GAD-7', 'incomplete; 6 answers missing'],
    ])
  })

  it('say that a form was set aside, and why, wherever its result stands', async () => {
    const sittingId = anId<'form-sitting'>(t.services)
    await must(
      runCommand(t.services, harbor.as.nurse, layForms, {
        personId,
        forms: [{ id: sittingId, instrumentId: 'ymrs' }],
        phase: 'intake',
        respondent: { kind: 'self' },
      }),
    )
    const timeZone = 'America/New_York'
    const answers = ['q1', 'q2', 'q3', 'q4'].map((item) => ({ item, value: 4 }))
    await must(runCommand(t.services, harbor.as.nurse, saveFormAnswers, { sittingId, answers, timeZone }))
    await must(
      runCommand(t.services, harbor.as.nurse, setFormAside, {
        sittingId,
        reason: 'Had to leave early',
        timeZone,
      }),
    )
    const said = { setAside: true, stateWords: expect.stringMatching(/^set aside, not finished; .*missing$/) }
    const { rows, waiting: asking } = await loadResults(await page(harbor, harbor.as.nurse, { id: personId }))
    for (const [face] of [rows, asking]) {
      expect(face).toMatchObject({ ...said, waits: 'warning', whySetAside: 'Had to leave early' })
    }
    const listed = (await loadWaitingResults(await page(harbor, harbor.as.nurse, {}))).rows
    expect(listed.find(({ id }) => id === rows[0]!.id)).toMatchObject({ whySetAside: 'Had to leave early' })
    const params = { id: personId, responseId: rows[0]!.id }
    expect(await loadResult(await page(harbor, harbor.as.nurse, params))).toMatchObject({
      whySetAside: 'Had to leave early',
      result: { setAside: true },
      asked: { source: 'a form that was set aside' },
    })
  })

  it('call an imported edition by where it comes from', async () => {
    const gad7 = instrumentById('gad-7')!
    await must(
      runCommand(t.services, harbor.system, importEdition, {
        key: anId<'instrument-edition'>(t.services),
        instrumentId: 'gad-7',
        fileName: 'gad.json',
        text: JSON.stringify({ ...toQuestionnaire(gad7), publisher: 'A publisher' }),
        map: new Map(),
        confirmed: [],
      }),
    )
    const [edition] = await look(t.services, harbor.system, ({ db }) =>
      editionsOfInstrument(db, harbor.id, 'gad-7'),
    )
    const id = await record({
      instrumentId: 'gad-7',
      instrument: withWording(gad7, edition!.edition, edition!.wording),
      answers: { q1: 0 },
    })
    const { rows } = await loadResults(await page(harbor, harbor.as.nurse, { id: personId }))
    expect(rows[0]!.edition).toMatch(/^the publisher’s words, .*A publisher, brought in /)
    const { asked } = await loadResult(await page(harbor, harbor.as.nurse, { id: personId, responseId: id }))
    expect(asked).toMatchObject({ edition: rows[0]!.edition, editionName: edition!.edition })
  })

  it('show a result whose stored signs are not in use any more, and ask for a look at it', async () => {
    const known = await look(t.services, harbor.system, async ({ db }) =>
      responseById(db, harbor.id, await record({ instrumentId: 'c-ssrs-screener', answers: { q1: 1 } })),
    )
    const retired = {
      ...known!,
      id: anId<'instrument-response'>(t.services),
      objectId: anId<string>(t.services),
      scores: { ...known!.scores, triggers: ['cssrs-retired', 'cssrs-older'] },
    }
    await asSystem(t.services, harbor, ({ db }) => insertResponse(db, harbor.id, retired, 'system'))
    const args = await page(harbor, harbor.as.nurse, { id: personId, responseId: retired.id })
    expect(await loadResult(args)).toMatchObject({
      waits: 'warning',
      triggers: [
        { about: 'cssrs retired', asksFor: undefined },
        { about: 'cssrs older', asksFor: undefined },
      ],
      today: expect.arrayContaining([expect.objectContaining({ what: 'triggers' })]),
    })
    expect(await waiting(harbor)).toContain(retired.id)
    const { rows } = await loadWaitingResults(await page(harbor, harbor.as.nurse, {}))
    expect(rows.map(({ id }) => id)).toContain(retired.id)
    const { entry } = (await (await loadFhirBundle(args)).json()) as {
      entry: { resource: { resourceType: string } }[]
    }
    expect(entry.filter(({ resource }) => resource.resourceType === 'Flag')).toHaveLength(2)
  })

  it('lead from a critical answer to the concern that it raised', async () => {
    const id = await record({ answers: { q9: 2 } })
    const shown = await loadResult(await page(harbor, harbor.as.nurse, { id: personId, responseId: id }))
    expect(shown.concerns).toMatchObject([{ trigger: 'phq9-item9', state: 'waiting' }])
    expect(shown.waits).toBe('critical')
  })

  it('hide what is another clinic’s or another person’s', async () => {
    const id = await record()
    const stranger = await makePerson(t.services, harbor, 'Sam Sample')
    const asked: [TestClinic, Actor, PersonId][] = [
      [other, other.as.nurse, personId],
      [harbor, harbor.as.nurse, stranger.personId],
    ]
    for (const [clinic, actor, person] of asked) {
      await expect(
        loadResult(await page(clinic, actor, { id: person, responseId: id })),
      ).rejects.toMatchObject({ status: 404 })
    }
    await expect(loadResults(await page(other, other.as.nurse, { id: personId }))).rejects.toMatchObject({
      status: 404,
    })
  })
})

describe('a result for another system', () => {
  type Resource = Readonly<Record<string, unknown>> & { readonly resourceType: string }
  const bundleOf = async (responseId: ResponseId): Promise<Resource[]> => {
    const answer = await loadFhirBundle(await page(harbor, harbor.as.nurse, { id: personId, responseId }))
    expect(answer.headers.get('content-type')).toMatch(/^application\/fhir\+json/)
    const bundle = (await answer.json()) as { entry: { fullUrl: string; resource: Resource }[] }
    for (const { fullUrl, resource } of bundle.entry) {
      expect(URL.canParse(fullUrl)).toBe(true)
      expect(fullUrl.endsWith(`/fhir/${resource.resourceType}/${resource.id}`)).toBe(true)
    }
    return bundle.entry.map(({ resource }) => resource)
  }

  it('tells answers and scores, an unknown score as absent, and leaves one trace', async () => {
    const id = await record({ answers: { q1: 0, q9: 0 }, respondent: 'proxy', proxy: 'A sister' })
    const [answers, ...scores] = await bundleOf(id)
    expect(answers).toMatchObject({
      resourceType: 'QuestionnaireResponse',
      id,
      subject: { reference: `Patient/${personId}` },
      source: { display: 'A sister' },
    })
    expect((answers!.item as unknown[]).length).toBe(2)
    expect(scores.length).toBeGreaterThan(0)
    for (const score of scores) expect(score).not.toHaveProperty('valueQuantity')
    expect(await reads()).toHaveLength(1)
  })

  it('tells the signs that showed: a flag and a task each, and a message for a critical one', async () => {
    const kinds = async (answers: Record<string, number>) => {
      const resources = await bundleOf(await record({ answers }))
      return resources.map(({ resourceType }) => resourceType).filter((kind) => !/^Q|^Obs/.test(kind))
    }
    expect(await kinds({ ...SEVERE, q9: 0 })).toEqual(['Flag', 'Task'])
    expect(await kinds({ q9: 1 })).toEqual(['Flag', 'Task', 'CommunicationRequest'])
    expect(await kinds({ q1: 0 })).toEqual([])
  })

  it('gives a series’ sign the figures as its reason, since there is no form', async () => {
    const id = await record({
      instrumentId: 'uds',
      answers: { results: [{ date: '2026-11-01', analyte: 'fentanyl', result: 'positive' }] },
    })
    const resources = await bundleOf(id)
    const task = resources.find(({ resourceType }) => resourceType === 'Task')!
    const figures = resources.find(({ resourceType }) => resourceType === 'Observation')!
    expect(task.reasonReference).toEqual({ reference: `Observation/${figures.id}` })
  })

  it('puts no words of ours into an edition that is not at hand', async () => {
    const ours = instrumentById('phq-9')!
    const id = await record({
      instrument: withWording(ours, 'imported-ffffffffffff', wordingOf(ours)),
      answers: { q1: 2 },
    })
    const [answers] = await bundleOf(id)
    expect(JSON.stringify(answers)).not.toContain(ours.items[0]!.prompt)
    expect(JSON.stringify(answers)).toContain('(anhedonia)')
  })

  it('gives the figures of a calendar without a form that nobody filled in', async () => {
    const id = await record({
      instrumentId: 'tlfb',
      answers: { days: [{ date: '2026-11-01', drinks: 0 }] },
    })
    const resources = await bundleOf(id)
    expect(resources.map(({ resourceType }) => resourceType)).toEqual(['Observation'])
    expect(resources[0]).not.toHaveProperty('derivedFrom')
  })

  it('is not for another clinic', async () => {
    const id = await record()
    await expect(
      loadFhirBundle(await page(other, other.as.nurse, { id: personId, responseId: id })),
    ).rejects.toMatchObject({ status: 404 })
  })
})
