import { formHash, instrumentById } from '@evenkeel/questionnaires'
import { type RefusedForm, toQuestionnaire } from '@evenkeel/questionnaires/fhir'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  anId,
  look,
  makeClinic,
  must,
  openTestDatabase,
  type TestClinic,
  type TestDatabase,
} from '../../../tests/database/test-clinic.ts'
import type { Actor } from '../../platform/actor.ts'
import { runCommand } from '../../platform/command.server.ts'
import type { Instant } from '../../platform/time.ts'
import type { EditionId } from './edition.ts'
import {
  editionByName,
  editionsInUse,
  editionsOfInstrument,
  instrumentInUse,
  instrumentOfEdition,
} from './edition-queries.server.ts'
import { chooseEdition, importEdition } from './import-edition.server.ts'

let t: TestDatabase
let harbor: TestClinic
let other: TestClinic
beforeAll(async () => {
  t = await openTestDatabase()
  harbor = await makeClinic(t.services, 'harbor')
  other = await makeClinic(t.services, 'other')
})
afterAll(() => t.close())

/** Our own form of an instrument with its title changed: another file with other words. */
const file = (id: string, title: string) => JSON.stringify({ ...toQuestionnaire(instrumentById(id)!), title })
const bring = (
  instrumentId: string,
  text: string,
  actor: Actor = harbor.system,
  map: [string, string][] = [],
) =>
  runCommand(t.services, actor, importEdition, {
    key: anId<'instrument-edition'>(t.services),
    instrumentId,
    fileName: 'form.json',
    text,
    map: new Map(map),
    confirmed: [],
  })
const use = (instrumentId: string, editionId: EditionId | null, clinic = harbor) =>
  runCommand(t.services, clinic.system, chooseEdition, { instrumentId, editionId })
const inUse = (id: string, clinic = harbor) =>
  look(t.services, clinic.system, ({ db }) => instrumentInUse(db, clinic.id, id))
const stored = (id: string, clinic = harbor) =>
  look(t.services, clinic.system, ({ db }) => editionsOfInstrument(db, clinic.id, id))

describe('taking other words', () => {
  it('puts them in use for new responses, in this clinic alone', async () => {
    const taken = await must(bring('gad-7', file('gad-7', 'GAD-7 of a publisher')))
    expect(taken.as).toBe('new')
    expect(taken.edition).toMatch(/^imported-[0-9a-f]{12}$/)
    const now = (await inUse('gad-7'))!
    expect(now.instrument).toMatchObject({ edition: taken.edition, name: 'GAD-7 of a publisher' })
    const [edition] = await stored('gad-7')
    expect(edition).toMatchObject({ id: now.editionId, formHash: formHash(now.instrument), language: 'und' })
    expect(edition!.source).toMatchObject({
      fileName: 'form.json',
      sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
    })
    expect(edition!.report.length).toBeGreaterThan(0)
    expect(await inUse('gad-7', other)).toEqual({ instrument: instrumentById('gad-7'), editionId: null })
    const all = await look(t.services, harbor.system, ({ db }) => editionsInUse(db, harbor.id))
    expect([...all.keys()]).toEqual(['gad-7'])
  })

  it('of the same file again changes nothing and says so', async () => {
    const text = file('isi', 'ISI of a publisher')
    const first = await must(bring('isi', text))
    const again = await must(bring('isi', text))
    expect(again).toMatchObject({ edition: first.edition, as: 'already' })
    expect(await stored('isi')).toHaveLength(1)
  })

  it('of the same file after going back puts it in use once more', async () => {
    const text = file('swls', 'SWLS of a publisher')
    await must(bring('swls', text))
    expect(await must(use('swls', null))).toEqual({ changed: true })
    expect((await inUse('swls'))!.editionId).toBeNull()
    expect(await must(use('swls', null))).toEqual({ changed: false })
    expect(await must(bring('swls', text))).toMatchObject({ as: 'again' })
    expect((await inUse('swls'))!.editionId).not.toBeNull()
    expect(await stored('swls')).toHaveLength(1)
  })

  it('keeps older words for what was answered in them', async () => {
    await must(bring('who-5', file('who-5', 'WHO-5, first')))
    const first = (await inUse('who-5'))!
    await must(bring('who-5', file('who-5', 'WHO-5, second')))
    const { editionId } = (await inUse('who-5'))!
    expect(editionId).not.toBe(first.editionId)
    const [old, byName, plain] = await look(t.services, harbor.system, async ({ db }) => [
      await instrumentOfEdition(db, harbor.id, 'who-5', first.editionId),
      await editionByName(db, harbor.id, 'who-5', first.instrument.edition),
      await instrumentOfEdition(db, harbor.id, 'who-5', null),
    ])
    expect(old).toEqual(first.instrument)
    expect(byName).toMatchObject({ id: first.editionId })
    expect(plain).toBe(instrumentById('who-5'))
  })

  it('names the mapping by hand with the file, since another mapping gives other words', async () => {
    const text = file('readiness-ruler', 'Rulers of a publisher').replaceAll(
      '"linkId":"importance"',
      '"linkId":"first"',
    )
    const one = await must(bring('readiness-ruler', text, harbor.system, [['first', 'importance']]))
    const plain = await bring('readiness-ruler', text)
    expect(plain.ok).toBe(false)
    expect(one.edition).not.toBe((await must(bring('readiness-ruler', file('readiness-ruler', 'x')))).edition)
  })
})

it('the last choice holds even when its clock is behind', async () => {
  await must(bring('ace', file('ace', 'ACE of a publisher')))
  const { editionId } = (await inUse('ace'))!
  const behind = { ...t.services, clock: { now: () => '2020-01-01T00:00:00.000Z' as Instant } }
  await must(runCommand(behind, harbor.system, chooseEdition, { instrumentId: 'ace', editionId: null }))
  expect((await inUse('ace'))!.editionId).toBeNull()
  await must(runCommand(behind, harbor.system, chooseEdition, { instrumentId: 'ace', editionId }))
  expect((await inUse('ace'))!.editionId).toBe(editionId)
})

describe('refusing', () => {
  it('stores nothing of a file that does not fit, and says why', async () => {
    const text = file('phq-9', 'PHQ-9').replace('"valueDecimal":3', '"valueDecimal":4')
    const refused = await bring('phq-9', text)
    expect(refused).toMatchObject({ ok: false, reason: 'not-readable' })
    if (!refused.ok) expect((refused.detail as RefusedForm).problems.length).toBeGreaterThan(0)
    expect(await stored('phq-9')).toEqual([])
    expect((await inUse('phq-9'))!.editionId).toBeNull()
  })

  it('an edition of another instrument or another clinic', async () => {
    await must(bring('pcl-5', file('pcl-5', 'PCL-5 of a publisher')))
    const { editionId } = (await inUse('pcl-5'))!
    expect(await use('isi', editionId)).toMatchObject({ ok: false, reason: 'no-such-edition' })
    expect(await use('pcl-5', editionId, other)).toMatchObject({ ok: false, reason: 'no-such-edition' })
    const elsewhere = await look(t.services, other.system, ({ db }) =>
      instrumentOfEdition(db, other.id, 'pcl-5', editionId),
    )
    expect(elsewhere).toBeUndefined()
  })

  it('whoever is not the manager', async () => {
    const visitor: Actor = { kind: 'visitor', clinicId: harbor.id }
    expect(await bring('gad-7', file('gad-7', 'no'), visitor)).toMatchObject({
      ok: false,
      reason: 'not-allowed',
    })
  })
})
