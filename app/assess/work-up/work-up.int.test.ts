import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  anId,
  look,
  makeClinic,
  makePerson,
  must,
  openTestDatabase,
  type TestClinic,
  type TestDatabase,
} from '../../../tests/database/test-clinic.ts'
import { runCommand } from '../../platform/command.server.ts'
import type { PersonId } from '../../platform/ids.ts'
import { addMs, DAY_MS, MINUTE_MS } from '../../platform/time.ts'
import { confirmMedicines } from '../medicines/confirm-medicines.server.ts'
import { shownInteraction } from '../medicines/interaction.ts'
import { interactionsOfPerson, medicinesBeforeDose } from '../medicines/interactions-of.server.ts'
import type { EntryOf, MedicineEntryId } from '../medicines/medicine.ts'
import { medicineEntriesOf } from '../medicines/medicine-queries.server.ts'
import { overrideInteraction } from '../medicines/override-interaction.server.ts'
import { recordMedicine } from '../medicines/record-medicine.server.ts'
import { openAssessment } from '../open-assessment.server.ts'
import { recordWorkUp } from './record-work-up.server.ts'
import { workUpOfPerson } from './work-ups-of.server.ts'

let t: TestDatabase
let clinic: TestClinic
beforeAll(async () => {
  t = await openTestDatabase()
  clinic = await makeClinic(t.services)
})
afterAll(() => t.close())

const aPerson = async () => (await makePerson(t.services, clinic)).personId
const medicine = (name: string): EntryOf => ({
  kind: 'taken',
  name,
  group: 'not-known',
  dose: undefined,
  since: undefined,
  lastTakenAt: undefined,
  source: 'self-report',
})
const record = (
  personId: PersonId,
  told: EntryOf,
  replaces?: { id: MedicineEntryId; reason: string },
  id = anId<'medicine-entry'>(t.services),
) => runCommand(t.services, clinic.as.nurse, recordMedicine, { id, personId, told, replaces })
const holds = async (personId: PersonId) =>
  (await look(t.services, clinic.as.nurse, ({ db, at }) => medicinesBeforeDose(db, clinic.id, personId, at)))
    .holds
const shownNow = (personId: PersonId, ruleId: string) =>
  look(t.services, clinic.as.nurse, async ({ db, at }) => {
    const { list, interactions } = await interactionsOfPerson(db, clinic.id, personId, at)
    return shownInteraction(interactions.find(({ rule }) => rule.id === ruleId)!, list)
  })

describe('medicines in the database', () => {
  it('keep what was told, what replaced it, and that there are none', async () => {
    const personId = await aPerson()
    expect((await holds(personId)).map(({ truth }) => truth)).toEqual(['unknown'])
    const said = await must(record(personId, { kind: 'none', source: 'self-report' }))
    expect(await holds(personId)).toEqual([])
    const first = await must(record(personId, medicine('theophylline')))
    expect((await holds(personId)).map(({ truth }) => truth)).toEqual(['not-met'])
    expect(await record(personId, { kind: 'none', source: 'self-report' })).toMatchObject({
      reason: 'medicines-stand',
    })
    await must(record(personId, { kind: 'stopped' }, { id: first.id, reason: 'Ended in spring.' }))
    expect(await record(personId, { kind: 'stopped' }, { id: first.id, reason: 'Again.' })).toMatchObject({
      reason: 'replaced-meanwhile',
    })
    const rows = await look(t.services, clinic.as.nurse, ({ db }) =>
      medicineEntriesOf(db, clinic.id, [personId]),
    )
    expect(rows.map(({ told }) => told.kind)).toEqual(['none', 'taken', 'stopped'])
    expect(rows[0]?.id).toBe(said.id)
  })

  it('grow too old, and are confirmed as they were seen', async () => {
    const personId = await aPerson()
    const confirm = (seen: MedicineEntryId[], key = anId<'medicine-entry'>(t.services)) =>
      runCommand(t.services, clinic.as.nurse, confirmMedicines, { key, personId, seen })
    expect(await confirm([])).toMatchObject({ reason: 'nothing-to-confirm' })
    const none = await must(record(personId, { kind: 'none', source: 'self-report' }))
    const start = t.clock.now()
    t.clock.advance(31 * DAY_MS)
    expect((await holds(personId)).map(({ truth }) => truth)).toEqual(['unknown'])
    const key = anId<'medicine-entry'>(t.services)
    await must(confirm([none.id], key))
    expect(await must(confirm([none.id], key))).toEqual({ rows: [key] })
    expect(await holds(personId)).toEqual([])
    const two = [
      await must(record(personId, medicine('Xanax'))),
      await must(record(personId, medicine('Antabuse'))),
    ]
    expect(await confirm([two[0]!.id])).toMatchObject({ reason: 'replaced-meanwhile' })
    t.clock.advance(2 * DAY_MS)
    await must(confirm(two.map(({ id }) => id)))
    const rows = await look(t.services, clinic.as.nurse, ({ db }) =>
      medicineEntriesOf(db, clinic.id, [personId]),
    )
    expect(rows.filter(({ recordedAt }) => recordedAt === t.clock.now()).map(({ told }) => told)).toEqual(
      expect.arrayContaining([medicine('Xanax'), medicine('Antabuse')]),
    )
    t.clock.set(start)
  })

  it('take a form once, and refuse its key with other words', async () => {
    const personId = await aPerson()
    const id = anId<'medicine-entry'>(t.services)
    await must(record(personId, medicine('Lamictal'), undefined, id))
    await must(record(personId, medicine('Lamictal'), undefined, id))
    expect(await record(personId, medicine('Xanax'), undefined, id)).toMatchObject({ reason: 'id-taken' })
  })

  it('ask about a medicine that stands already, and drop nothing', async () => {
    const personId = await aPerson()
    const first = await must(record(personId, medicine('Xanax')))
    expect(await record(personId, medicine('alprazolam'))).toMatchObject({
      reason: 'stands-already',
      detail: [{ id: first.id, name: 'Xanax' }],
    })
    const besides = await runCommand(t.services, clinic.as.nurse, recordMedicine, {
      id: anId<'medicine-entry'>(t.services),
      personId,
      told: medicine('alprazolam'),
      besides: true,
    })
    expect(besides.ok).toBe(true)
    // A change of one is no second one of itself, and is asked about the other all the same.
    const change = { id: first.id, reason: 'Spelled out.' }
    expect(await record(personId, medicine('Xanax XR'), change)).toMatchObject({ reason: 'stands-already' })
  })

  it('let a prescriber set aside what may be, for today and this list', async () => {
    const personId = await aPerson()
    await must(record(personId, medicine('theophylline')))
    const sign = async (ruleId: string, staleMs = 0) =>
      runCommand(t.services, clinic.as.prescriber, overrideInteraction, {
        key: anId<'interaction-override'>(t.services),
        personId,
        ruleId,
        reason: 'Low dose; the lung doctor agrees.',
        shown: await shownNow(personId, ruleId),
        stepUp: { accountId: clinic.as.prescriber.accountId, at: addMs(t.clock.now(), -staleMs) },
      })
    expect(await sign('theophylline', 3 * MINUTE_MS)).toMatchObject({ reason: 'not-confirmed' })
    expect(await sign('maoi')).toMatchObject({ reason: 'nothing-to-set-aside' })
    await must(sign('theophylline'))
    expect(await holds(personId)).toEqual([])
    const picture = await look(t.services, clinic.as.nurse, ({ db, at }) =>
      interactionsOfPerson(db, clinic.id, personId, at),
    )
    expect(picture.interactions.find(({ rule }) => rule.id === 'theophylline')?.setAside?.reason).toMatch(
      /lung/,
    )
    await must(
      runCommand(t.services, clinic.as.nurse, confirmMedicines, {
        key: anId<'medicine-entry'>(t.services),
        personId,
        seen: picture.list.medicines.map(({ id }) => id),
      }),
    )
    expect(await holds(personId)).toEqual([])
    await must(record(personId, medicine('Lamictal')))
    expect((await holds(personId)).map(({ truth }) => truth)).toEqual(['not-met'])
    await must(record(personId, medicine('cocaine')))
    expect(await sign('stimulant-illicit')).toMatchObject({ reason: 'never-set-aside' })
  })
})

describe('the work-up in the database', () => {
  it('is counted from the newest assessment and changes by what is written down', async () => {
    const personId = await aPerson()
    await must(runCommand(t.services, clinic.as.prescriber, openAssessment, { personId }))
    const stateOf = async (itemId: string) =>
      (
        await look(t.services, clinic.as.nurse, ({ db, at }) => workUpOfPerson(db, clinic.id, personId, at))
      )?.results.find(({ item }) => item.id === itemId)?.state
    const write = (itemId: string, more: object = {}) =>
      runCommand(t.services, clinic.as.nurse, recordWorkUp, {
        id: anId<'work-up-entry'>(t.services),
        personId,
        itemId,
        outcome: 'done',
        happenedAt: t.clock.now(),
        ...more,
      })
    expect(await stateOf('pdmp')).toBe('due')
    expect(await write('pdmp')).toMatchObject({ reason: 'state-missing' })
    await must(write('pdmp', { usState: 'VA' }))
    expect(await stateOf('pdmp')).toBe('done')
    expect(await write('liver')).toMatchObject({ reason: 'not-by-hand' })
    expect(await write('liver', { outcome: 'refused' })).toMatchObject({ reason: 'words-missing' })
    await must(write('liver', { outcome: 'refused', words: 'No needles.' }))
    expect(await stateOf('liver')).toBe('refused')
    await must(write('liver', { outcome: 'withdrawn', words: 'Another person.' }))
    expect(await stateOf('liver')).toBe('due')
    expect(await stateOf('medicines')).toBe('due')
    await must(record(personId, { kind: 'none', source: 'self-report' }))
    expect(await stateOf('medicines')).toBe('done')
  })
})
