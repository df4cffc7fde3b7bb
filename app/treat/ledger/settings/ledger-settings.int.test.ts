import { afterAll, beforeAll, expect, it } from 'vitest'
import {
  anId,
  look,
  makeClinic,
  must,
  openTestDatabase,
  type TestClinic,
  type TestDatabase,
} from '../../../../tests/database/test-clinic.ts'
import type { Member } from '../../../platform/actor.ts'
import { runCommand } from '../../../platform/command.server.ts'
import { addMs, MINUTE_MS } from '../../../platform/time.ts'
import { DEFAULT_LEDGER_SETTINGS, type LedgerSettings } from './ledger-settings.ts'
import { setLedgerSettings } from './set-ledger-settings.server.ts'
import { type LedgerSettingId, ledgerSettings, signedSettings } from './settings-queries.server.ts'

let t: TestDatabase
let harbor: TestClinic
let other: TestClinic

beforeAll(async () => {
  t = await openTestDatabase()
  t.clock.set('2026-11-23T15:00:00.000Z')
  harbor = await makeClinic(t.services, 'harbor')
  other = await makeClinic(t.services, 'other')
})
afterAll(() => t.close())

const newKey = () => anId<'ledger-setting'>(t.services)
const now = (clinic = harbor) => look(t.services, clinic.as.nurse, ({ db }) => ledgerSettings(db, clinic.id))
const signed = () => look(t.services, harbor.as.nurse, ({ db }) => signedSettings(db, harbor.id, 50))

async function set(
  change: Partial<LedgerSettings>,
  {
    by = harbor.as.manager as Member,
    key = newKey(),
    seen = undefined as LedgerSettingId | null | undefined,
  } = {},
) {
  return runCommand(t.services, by, setLedgerSettings, {
    key,
    seen: seen === undefined ? (await signed())[0]?.id : (seen ?? undefined),
    settings: { ...DEFAULT_LEDGER_SETTINGS, ...change },
    stepUp: { accountId: by.accountId, at: t.services.clock.now() },
  })
}

it('begins with the defaults, and then what was signed last counts, whole and with its history', async () => {
  expect(await now()).toEqual(DEFAULT_LEDGER_SETTINGS)
  await must(set({ openedVialHours: 4, workingHours: { from: '08:00', to: '16:30', weekdays: [1, 6] } }))
  await must(set({ keepYears: 6 }))
  expect(await now()).toEqual({ ...DEFAULT_LEDGER_SETTINGS, keepYears: 6 })
  const all = await signed()
  expect(all.map(({ settings }) => settings.openedVialHours)).toEqual([6, 4])
  expect(all[1]?.settings.workingHours).toEqual({ from: '08:00', to: '16:30', weekdays: [1, 6] })
  expect(all[0]?.by).toBe(harbor.as.manager.accountId)
  expect(await now(other)).toEqual(DEFAULT_LEDGER_SETTINGS)
})

it('is set by a manager who signs, and by nobody else', async () => {
  const before = await signed()
  expect(await set({}, { by: harbor.as.nurse })).toMatchObject({ reason: 'not-allowed' })
  expect(await set({}, { by: harbor.as.prescriber })).toMatchObject({ reason: 'not-allowed' })
  const input = { key: newKey(), seen: before[0]?.id, settings: DEFAULT_LEDGER_SETTINGS }
  const at = t.services.clock.now()
  for (const stepUp of [
    { accountId: harbor.as.nurse.accountId, at },
    { accountId: harbor.as.manager.accountId, at: addMs(at, -3 * MINUTE_MS) },
  ]) {
    expect(
      await runCommand(t.services, harbor.as.manager, setLedgerSettings, { ...input, stepUp }),
    ).toMatchObject({ reason: 'not-confirmed' })
  }
  expect(await signed()).toEqual(before)
})

it('refuses what lies below the federal floor', async () => {
  expect(await set({ keepYears: 1 })).toMatchObject({
    reason: 'out-of-bounds',
    detail: { names: ['keepYears'] },
  })
})

it('of two who sign on what they saw, one is told that it was set meanwhile', async () => {
  const seen = (await signed())[0]!.id
  const both = await Promise.all([set({ needDays: 10 }, { seen }), set({ needDays: 20 }, { seen })])
  expect(both.filter(({ ok }) => ok)).toHaveLength(1)
  expect(both.find(({ ok }) => !ok)).toMatchObject({ reason: 'set-meanwhile' })
  expect(await set({}, { seen: null })).toMatchObject({ reason: 'set-meanwhile' })
})

it('a form sent twice is signed once, and one changed since is not taken for it', async () => {
  const key = newKey()
  const seen = (await signed())[0]!.id
  await must(set({ needDays: 7 }, { key, seen }))
  const after = await signed()
  await must(set({ needDays: 7 }, { key, seen }))
  expect(await set({ needDays: 8 }, { key, seen })).toMatchObject({ reason: 'already-signed' })
  expect(await signed()).toEqual(after)
})
