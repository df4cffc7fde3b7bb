import { afterAll, beforeAll, expect, it } from 'vitest'
import { openedSession } from '../../../../tests/database/at-bedside.ts'
import { addedCabinet, drawStraight, receivedLot, signsNow } from '../../../../tests/database/drug-stock.ts'
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
import { addMs, HOUR_MS, MINUTE_MS } from '../../../platform/time.ts'
import type { LotId } from '../../session/session-event.ts'
import { ledgerEnd, openedVials } from '../ledger-queries.server.ts'
import { moveStock } from '../move-stock.server.ts'
import { SAFE, type StorePlace } from '../movement.ts'
import { basisOfDiscrepancy, type ClosedDiscrepancy, closeDiscrepancy } from './close-discrepancy.server.ts'
import type { CountLine } from './count.ts'
import { beginCount, enterSheet } from './count-stock.server.ts'
import type { DiscrepancyId } from './discrepancy.ts'
import { discrepancyById } from './discrepancy-queries.server.ts'

let t: TestDatabase
let harbor: TestClinic

beforeAll(async () => {
  t = await openTestDatabase()
  t.clock.set('2026-11-23T15:00:00.000Z')
  harbor = await makeClinic(t.services, 'harbor')
})
afterAll(() => t.close())

const inClinic = <Value>(work: Parameters<typeof look<Value>>[2]) => look(t.services, harbor.as.nurse, work)
const receive = () => receivedLot(t, harbor, { containerMl: 10, containers: 10 })
const sealed = (lotId: LotId, vials: number): CountLine => ({
  lotId,
  sealed: vials,
  openedHundredths: 0,
  hundredths: vials * 1000,
})

/** Two people count a lot at a place and say the same. @returns the count and what it opened */
async function count(lotId: LotId, lines: readonly CountLine[], place: StorePlace = SAFE) {
  t.clock.advance(HOUR_MS)
  const countId = anId<'stock-count'>(t.services)
  await must(runCommand(t.services, harbor.as.nurse, beginCount, { key: countId, place, lotId }))
  const opened: DiscrepancyId[] = []
  for (const who of [harbor.as.nurse, harbor.as.secondNurse]) {
    const sheet = {
      key: anId<'count-sheet'>(t.services),
      countId,
      seenSeq: await inClinic(({ db }) => ledgerEnd(db, harbor.id)),
      lines,
      besides: '',
      stepUp: signsNow(t, who),
      timeZone: 'America/New_York',
    }
    opened.push(...(await must(runCommand(t.services, who, enterSheet, sheet))).discrepancies)
  }
  return { countId, found: opened[0]! }
}

async function basisNow(id: DiscrepancyId) {
  const found = (await inClinic(({ db }) => discrepancyById(db, harbor.id, id)))!
  return inClinic(({ db }) => basisOfDiscrepancy(db, harbor.id, found))
}

function close(
  { countId, found }: { countId: string; found: DiscrepancyId },
  change: Partial<ClosedDiscrepancy> = {},
  by: Member = harbor.as.manager,
) {
  return runCommand(t.services, by, closeDiscrepancy, {
    key: anId<'ledger-movement'>(t.services),
    discrepancyId: found,
    seenBasis: countId,
    finding: 'unexplained',
    words: 'one is not there',
    stepUp: signsNow(t, by),
    witness: signsNow(t, harbor.as.nurse),
    ...change,
  })
}

it('is closed by the manager who proved who they are just now, and by nobody else for them', async () => {
  const lotId = await receive()
  const first = await count(lotId, [sealed(lotId, 9)])
  const { manager, prescriber } = harbor.as
  const at = t.clock.now()
  for (const stepUp of [
    { accountId: manager.accountId, at: addMs(at, -3 * MINUTE_MS) },
    { accountId: prescriber.accountId, at },
  ]) {
    expect(await close(first, { stepUp })).toMatchObject({ reason: 'not-confirmed' })
  }
  const key = anId<'ledger-movement'>(t.services)
  await must(close(first, { key }))
  // Another manager who sends the very same is told that it is closed, not that they closed it.
  const other: Member = { ...prescriber, roles: ['manager'] }
  expect(await close(first, { key }, other)).toMatchObject({ reason: 'closed-already' })
})

it('rests on later counts of the same lot at the same place only', async () => {
  const [lotId, other] = [await receive(), await receive()]
  const room = { at: 'cabinet', id: await addedCabinet(t, harbor, 'Room 1') } as const
  await must(
    runCommand(t.services, harbor.as.nurse, moveStock, {
      key: anId<'ledger-movement'>(t.services),
      lotId,
      from: { place: SAFE },
      to: room,
      hundredths: 2000,
      reason: '',
    }),
  )
  const first = await count(lotId, [sealed(lotId, 7)])
  await count(other, [sealed(other, 10)])
  await count(lotId, [sealed(lotId, 2)], room)
  expect(await basisNow(first.found)).toMatchObject({ countId: first.countId, expected: 8000, counted: 7000 })
  const again = await count(lotId, [sealed(lotId, 8)])
  expect(await basisNow(first.found)).toMatchObject({ countId: again.countId, agrees: true })
})

it('of an opened vial rests on what later counts say of that vial', async () => {
  const lotId = await receive()
  const sessionId = await openedSession(t, harbor)
  await must(runCommand(t.services, harbor.as.nurse, drawStraight, { lotId, sessionId, hundredths: 300 }))
  const [vial] = await inClinic(({ db }) => openedVials(db, harbor.id, [lotId]))
  const opened = (hundredths: number): CountLine => ({
    lotId,
    container: vial!.id,
    openedHundredths: hundredths,
    hundredths,
  })
  const first = await count(lotId, [sealed(lotId, 9), opened(600)])
  expect(await basisNow(first.found)).toMatchObject({ expected: 700, counted: 600 })
  const again = await count(lotId, [sealed(lotId, 9), opened(500)])
  expect(await basisNow(first.found)).toMatchObject({ countId: again.countId, expected: 700, counted: 500 })
})

it('once closed keeps the count that it was closed by, whatever is counted later', async () => {
  const lotId = await receive()
  const first = await count(lotId, [sealed(lotId, 9)])
  const second = await count(lotId, [sealed(lotId, 8)])
  await must(close({ ...first, countId: second.countId }))
  await count(lotId, [sealed(lotId, 8)])
  expect(await basisNow(first.found)).toMatchObject({
    countId: second.countId,
    expected: 10_000,
    counted: 8000,
  })
})
