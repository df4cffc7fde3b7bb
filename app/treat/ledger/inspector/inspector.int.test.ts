import { afterAll, beforeAll, expect, it } from 'vitest'
import { giveDose } from '../../../../tests/database/dosed-person.ts'
import {
  anId,
  makeClinic,
  makePerson,
  must,
  openTestDatabase,
  type TestClinic,
  type TestDatabase,
} from '../../../../tests/database/test-clinic.ts'
import { type Command, runCommand, runQuery } from '../../../platform/command.server.ts'
import { done, refused } from '../../../platform/outcome.ts'
import type { Instant, LocalDate } from '../../../platform/time.ts'
import type { SessionId } from '../../session/session-event.ts'
import { countStock } from '../../treat-access.ts'
import { appendMovements } from '../append-movements.server.ts'
import { type PlannedMovement, SAFE } from '../movement.ts'
import { receiveStock } from '../receive-stock.server.ts'
import { inspect } from './inspector-page.server.ts'

let t: TestDatabase
let harbor: TestClinic

beforeAll(async () => {
  t = await openTestDatabase()
  t.clock.set('2026-10-31T15:00:00.000Z')
  harbor = await makeClinic(t.services, 'harbor')
})
afterAll(() => t.close())

it('tells what was given in October with what was set right of it in November, and November nothing', async () => {
  const lotId = anId<'drug-lot'>(t.services)
  const { manager, secondNurse } = harbor.as
  await must(
    runCommand(t.services, manager, receiveStock, {
      key: lotId,
      drug: 'Ketamine hydrochloride',
      lotNumber: 'L1',
      concentrationMgPerMl: 10,
      containerMl: 10,
      containers: 10,
      expiresOn: '2031-12-31' as LocalDate,
      reason: '',
    }),
  )
  const { personId } = await makePerson(t.services, harbor, 'Robin Sample')
  await giveDose(t, harbor, personId, t.clock.now(), 52)
  const { rows } = await t.owner.query('select id from dosing_session where person_id = $1', [personId])
  const id = rows[0].id as SessionId
  const syringe = { place: { at: 'syringe', id } } as const
  const patient = { place: { at: 'patient', id } } as const
  const write: Command<Pick<PlannedMovement, 'kind' | 'at' | 'from' | 'to' | 'hundredths'>, object, 'no'> = {
    action: countStock,
    async run(needs, moved) {
      const movement = { ...moved, id: needs.ids.next<'ledger-movement'>(), lotId, sessionId: id, reason: '' }
      return (await appendMovements(needs, new Map([[lotId, 10]]), [movement])).ok ? done({}) : refused('no')
    },
  }
  // By the clock of the clinic, which is four hours behind.
  const given = '2026-11-01T03:30:00.000Z' as Instant
  for (const [kind, at, from, to, hundredths] of [
    ['draw', given, { place: SAFE }, syringe, 520],
    ['give', given, syringe, patient, 520],
    ['take-back', '2026-11-01T04:10:00.000Z' as Instant, patient, syringe, 220],
  ] as const) {
    t.clock.set(at)
    await must(runCommand(t.services, secondNurse, write, { kind, at, from, to, hundredths }))
  }
  const clinic = { id: harbor.id, timeZone: 'America/New_York' }
  const asked = async (days: string) => {
    const url = new URL(`http://clinic.test/work/stock/inspector?${days}`)
    const { given: told, movements } = await runQuery(t.services, manager, (needs) =>
      inspect({ ...needs, actor: manager }, clinic, url),
    )
    return {
      told: told.map(({ amount, mg, corrected }) => [amount, mg, corrected]),
      kinds: movements.map(({ kind }) => kind),
    }
  }
  expect(await asked('from=2026-10-01&to=2026-10-31')).toEqual({
    told: [['3.00 mL', '30', 'Sun 1 Nov 2026, 00:10']],
    kinds: ['received', 'drawn for a session', 'given'],
  })
  expect(await asked('from=2026-11-01&to=2026-11-30')).toEqual({ told: [], kinds: ['not given after all'] })
})

it('says by field what cannot be read of the address, and then shows nothing as if it were an answer', async () => {
  const clinic = { id: harbor.id, timeZone: 'America/New_York' }
  const { manager } = harbor.as
  const asked = async (address: string) => {
    const url = new URL(`http://clinic.test/work/stock/inspector?${address}`)
    const { errors, isRead, movements } = await runQuery(t.services, manager, (needs) =>
      inspect({ ...needs, actor: manager }, clinic, url),
    )
    return { wrong: Object.keys(errors), isRead, shown: movements.length }
  }
  const nothing = { isRead: false, shown: 0 }
  expect(await asked('from=2026-11-30&to=2026-11-01')).toEqual({ wrong: ['to'], ...nothing })
  expect(await asked('from=2026-10-01&to=9999-12-31')).toEqual({ wrong: ['to'], ...nothing })
  expect(await asked('lot=none&prescriber=none')).toEqual({ wrong: ['lot', 'prescriber'], ...nothing })
  // The days before the one that is given.
  expect(await asked('to=2026-10-31')).toMatchObject({ wrong: [], isRead: true })
})
