import { afterAll, beforeAll, expect, it } from 'vitest'
import { bedsideEntry, readySession, recordAtBedside, tryDose } from '../../../tests/database/at-bedside.ts'
import { ledgerOf, receivedLot, syringeOf, tryWaste } from '../../../tests/database/drug-stock.ts'
import { pageArgs } from '../../../tests/database/page-args.ts'
import {
  makeClinic,
  must,
  openTestDatabase,
  type TestClinic,
  type TestDatabase,
} from '../../../tests/database/test-clinic.ts'
import { MINUTE_MS } from '../../platform/time.ts'
import { loadSession } from '../bedside/session-page.server.ts'
import { loadTakeOut } from './take-out-page.server.ts'

let t: TestDatabase
let harbor: TestClinic

beforeAll(async () => {
  t = await openTestDatabase()
  t.clock.set('2026-11-23T15:00:00.000Z')
  harbor = await makeClinic(t.services, 'harbor')
})
afterAll(() => t.close())

it('a dose drawn before there was a ledger is shown with what is left by the log, and the ledger follows', async () => {
  const sessionId = await readySession(t, harbor)
  const lotId = await receivedLot(t, harbor)
  await must(tryDose(t, harbor, sessionId, lotId))
  t.clock.advance(20 * MINUTE_MS)
  await recordAtBedside(t, harbor, sessionId, bedsideEntry(t, 'dose-stopped', { mgGiven: 28 }))
  // As the ledger's opening leaves it: drawn, and nothing given yet.
  for (const statement of [
    'alter table ledger_movement disable trigger all',
    `with gone as (delete from ledger_movement where session_id = '${sessionId}' and kind = 'give' returning *)
       update ledger_head h set seq = g.seq - 1, hash = g.previous_hash from gone g where h.clinic_id = g.clinic_id`,
    'alter table ledger_movement enable trigger all',
  ]) {
    await t.owner.query(statement)
  }
  expect(await ledgerOf(t, harbor, sessionId)).toMatchObject([{ drawn: 560, given: 0, inSyringe: 560 }])

  const page = async () => loadTakeOut(await pageArgs(t, harbor, `/work/stock/take-out?session=${sessionId}`))
  expect(await page()).toMatchObject({ chosen: { left: '2.80 mL' }, syringe: { follows: true } })
  const bedside = await pageArgs(t, harbor, `/work/sessions/${sessionId}`, { params: { id: sessionId } })
  expect((await loadSession(bedside)).openDrug).toContain('2.80 mL')

  await must(tryWaste(t, harbor, lotId, 280, { from: syringeOf(sessionId) }))
  expect(await ledgerOf(t, harbor, sessionId)).toMatchObject([{ given: 280, wasted: 280, inSyringe: 0 }])
  expect((await page()).syringe?.follows).toBe(false)
})
