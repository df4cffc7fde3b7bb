import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { makeBookedPerson } from '../../../tests/database/booked-person.ts'
import { drawStraight, lotNow, receivedLot, signsNow } from '../../../tests/database/drug-stock.ts'
import {
  anId,
  look,
  makeClinic,
  must,
  openTestDatabase,
  type TestClinic,
  type TestDatabase,
} from '../../../tests/database/test-clinic.ts'
import { runCommand } from '../../platform/command.server.ts'
import { addMs, HOUR_MS, MINUTE_MS } from '../../platform/time.ts'
import { openSession } from '../session/open-session.server.ts'
import type { LotId } from '../session/session-event.ts'
import { basisOfDiscrepancy, closeDiscrepancy } from './counts/close-discrepancy.server.ts'
import { beginCount, enterSheet } from './counts/count-stock.server.ts'
import type { DiscrepancyId } from './counts/discrepancy.ts'
import { discrepancyById } from './counts/discrepancy-queries.server.ts'
import { drawSources, whyNotDrawn } from './draw-for-dose.server.ts'
import { inventories } from './inventory/inventory-queries.server.ts'
import { digestOf, draftInventory, signInventory } from './inventory/sign-inventory.server.ts'
import { recallLot } from './keep-stock.server.ts'
import { ledgerEnd } from './ledger-queries.server.ts'
import { lossDraft } from './loss/loss-queries.server.ts'
import { saveLossDraft } from './loss/save-loss.server.ts'
import { recallHistory } from './lot-queries.server.ts'
import { SAFE } from './movement.ts'
import { recordFromPaper } from './paper/record-from-paper.server.ts'
import { DEFAULT_LEDGER_SETTINGS, type LedgerSettings } from './settings/ledger-settings.ts'
import { setLedgerSettings } from './settings/set-ledger-settings.server.ts'
import { type LedgerSettingId, ledgerSettings, signedSettings } from './settings/settings-queries.server.ts'

/** The ledger goes on when the server's clock is set back, and what is recorded then has its effect (decision 0022). */

let t: TestDatabase
let harbor: TestClinic
const START = Date.parse('2026-11-23T15:00:00.000Z')
let day = 0

beforeAll(async () => {
  t = await openTestDatabase()
  t.clock.set(new Date(START).toISOString())
  harbor = await makeClinic(t.services, 'harbor')
})
afterAll(() => t.close())
// Each test has a day of its own, so that none sees the wrong hours of another.
beforeEach(() => t.clock.set(new Date(START + ++day * 24 * HOUR_MS).toISOString()))

const setBack = () => t.clock.advance(-30 * MINUTE_MS)
const receive = () => receivedLot(t, harbor, { containerMl: 10, containers: 10 })
const inClinic = <Value>(work: Parameters<typeof look<Value>>[2]) => look(t.services, harbor.as.nurse, work)

async function count(lotId: LotId, vials: number) {
  const key = anId<'stock-count'>(t.services)
  await must(runCommand(t.services, harbor.as.nurse, beginCount, { key, place: SAFE, lotId }))
  const opened: DiscrepancyId[] = []
  for (const who of [harbor.as.nurse, harbor.as.secondNurse]) {
    const sheet = {
      key: anId<'count-sheet'>(t.services),
      countId: key,
      seenSeq: await inClinic(({ db }) => ledgerEnd(db, harbor.id)),
      lines: [{ lotId, sealed: vials, openedHundredths: 0, hundredths: vials * 1000 }],
      besides: '',
      stepUp: signsNow(t, who),
      timeZone: 'America/New_York',
    } as const
    opened.push(...(await must(runCommand(t.services, who, enterSheet, sheet))).discrepancies)
  }
  return { countId: key, found: opened[0] }
}

describe('what was recorded last counts', () => {
  it('of a recall', async () => {
    const lotId = await receive()
    const recall = (state: 'recalled' | 'cleared', reason: string) =>
      must(
        runCommand(t.services, harbor.as.manager, recallLot, {
          key: anId<'lot-recall'>(t.services),
          lotId,
          state,
          reason,
        }),
      )
    await recall('recalled', 'letter')
    t.clock.advance(HOUR_MS)
    await recall('cleared', 'not this lot')
    setBack()
    await recall('recalled', 'this lot after all')
    const lot = await lotNow(t, harbor, lotId)
    expect(lot.recalled).toBe('this lot after all')
    const said = await inClinic(({ db }) => recallHistory(db, harbor.id, lot))
    expect(said.map(({ reason }) => reason)).toEqual(['this lot after all', 'not this lot', 'letter'])
  })

  it('of the settings', async () => {
    const set = async (change: Partial<LedgerSettings>, seen: LedgerSettingId | undefined) => {
      const settings = { ...DEFAULT_LEDGER_SETTINGS, ...change }
      const stepUp = signsNow(t, harbor.as.manager)
      const key = anId<'ledger-setting'>(t.services)
      return (
        await must(
          runCommand(t.services, harbor.as.manager, setLedgerSettings, { key, seen, settings, stepUp }),
        )
      ).id
    }
    const alone = await set({ twoPersonWaste: false }, undefined)
    setBack()
    const two = await set({ twoPersonWaste: true }, alone)
    expect(await inClinic(({ db }) => ledgerSettings(db, harbor.id))).toMatchObject({ twoPersonWaste: true })
    expect((await inClinic(({ db }) => signedSettings(db, harbor.id, 5))).map(({ id }) => id)).toEqual([
      two,
      alone,
    ])
  })

  it('of counts: an earlier one that agreed settles nothing that was found after it', async () => {
    const lotId = await receive()
    t.clock.advance(HOUR_MS)
    await count(lotId, 10)
    setBack()
    const { countId, found } = await count(lotId, 9)
    const standing = async () => {
      const discrepancy = (await inClinic(({ db }) => discrepancyById(db, harbor.id, found!)))!
      return inClinic(({ db }) => basisOfDiscrepancy(db, harbor.id, discrepancy))
    }
    expect(await standing()).toMatchObject({ countId, agrees: false, expected: 10_000, counted: 9000 })
    const manager = harbor.as.manager
    await must(
      runCommand(t.services, manager, closeDiscrepancy, {
        key: anId<'ledger-movement'>(t.services),
        discrepancyId: found!,
        seenBasis: countId,
        finding: 'recording-error',
        words: 'one vial broke and nobody wrote it down',
        stepUp: signsNow(t, manager),
        witness: signsNow(t, harbor.as.nurse),
      }),
    )
    expect((await lotNow(t, harbor, lotId)).hundredths).toBe(9000)
  })

  it('of counts: a later one settles what was found before it', async () => {
    const lotId = await receive()
    t.clock.advance(HOUR_MS)
    const { found } = await count(lotId, 9)
    setBack()
    const { countId } = await count(lotId, 10)
    const discrepancy = (await inClinic(({ db }) => discrepancyById(db, harbor.id, found!)))!
    const basis = await inClinic(({ db }) => basisOfDiscrepancy(db, harbor.id, discrepancy))
    expect(basis).toMatchObject({ countId, agrees: true })
  })

  it('of the draft of a loss report', async () => {
    const { found } = await count(await receive(), 9)
    const subject = { kind: 'discrepancy', id: found! } as const
    let seen = (await inClinic(({ db }) => lossDraft(db, harbor.id, subject)))?.id
    const save = async (circumstances: string) => {
      const draft = { key: anId<'loss-report-draft'>(t.services), subject, seen, answers: { circumstances } }
      seen = (await must(runCommand(t.services, harbor.as.manager, saveLossDraft, draft))).id
    }
    await save('nobody knows')
    setBack()
    await save('it broke')
    expect((await inClinic(({ db }) => lossDraft(db, harbor.id, subject)))?.answers).toEqual({
      circumstances: 'it broke',
    })
    await save('it broke on the floor')
  })

  it('of inventories', async () => {
    const { nurse, manager } = harbor.as
    const clinic = {
      id: harbor.id,
      name: 'Harbor',
      addressLines: [],
      city: '',
      region: '',
      timeZone: 'America/New_York',
    } as unknown as Parameters<typeof draftInventory>[1]
    const sign = async (kind: 'initial' | 'on-demand') => {
      const key = anId<'stock-inventory'>(t.services)
      const shown = digestOf(await inClinic(({ db, at }) => draftInventory(db, clinic, at)))
      const signatures = { stepUp: signsNow(t, manager), second: signsNow(t, nurse) }
      const input = { key, kind, dayPart: 'close', shown, clinic, ...signatures } as const
      return (await must(runCommand(t.services, manager, signInventory, input))).id
    }
    const first = await sign('initial')
    setBack()
    const second = await sign('on-demand')
    expect((await inClinic(({ db }) => inventories(db, harbor.id))).map(({ id }) => id)).toEqual([
      second,
      first,
    ])
  })
})

describe('what came in the hour that the clock took back', () => {
  it('is drawn from, sealed and opened', async () => {
    const { appointmentId } = await makeBookedPerson(t, harbor)
    const input = { appointmentId, key: anId<'session'>(t.services) }
    const { sessionId } = await must(runCommand(t.services, harbor.as.nurse, openSession, input))
    t.clock.advance(HOUR_MS)
    const lotId = await receive()
    await must(runCommand(t.services, harbor.as.nurse, drawStraight, { lotId, sessionId, hundredths: 300 }))
    t.clock.advance(-HOUR_MS)
    const lot = await lotNow(t, harbor, lotId)
    const sources = await inClinic(({ db, at, actor }) => drawSources({ db, actor }, lot, at, at))
    expect(sources.map(({ container, hundredths }) => [container !== undefined, hundredths])).toEqual([
      [true, 700],
      [false, 9000],
    ])
    await must(runCommand(t.services, harbor.as.nurse, drawStraight, { lotId, sessionId, hundredths: 1200 }))
    expect((await lotNow(t, harbor, lotId)).hundredths).toBe(8800)
  })

  it('is entered from paper', async () => {
    const lotId = await receive()
    setBack()
    const { nurse, manager } = harbor.as
    const line = {
      key: anId<'ledger-movement'>(t.services),
      kind: 'waste',
      at: t.clock.now(),
      lotId,
      from: { place: SAFE },
      hundredths: 1000,
      reason: 'broken while the power was out',
      stepUp: signsNow(t, nurse),
      witness: signsNow(t, manager),
      signed: 's',
    } as const
    const enter = (sure: readonly string[]) =>
      runCommand(t.services, nurse, recordFromPaper, { ...line, sure })
    const asked = await enter([])
    expect(asked).toMatchObject({ reason: 'asked-anew' })
    const { questions } = (asked as { detail: { questions: string[] } }).detail
    expect(questions).toEqual([expect.stringContaining('By the times on record this cannot be')])
    await must(enter(questions))
    expect((await lotNow(t, harbor, lotId)).hundredths).toBe(9000)
  })

  it('is still not drawn for a dose of before it came, once the clock is right', async () => {
    const lotId = await receive()
    t.clock.advance(HOUR_MS)
    const at = addMs(t.clock.now(), -2 * HOUR_MS)
    const lot = await lotNow(t, harbor, lotId)
    const draw = { lot, hundredths: 100, sessionId: anId<'session'>(t.services), at }
    expect(await inClinic(({ db, at: now, actor }) => drawSources({ db, actor }, lot, at, now))).toEqual([])
    expect(await inClinic((needs) => whyNotDrawn(needs, draw))).toBe('not-there-then')
  })
})
