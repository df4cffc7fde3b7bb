import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openedSession } from '../../../tests/database/at-bedside.ts'
import { addedCabinet, drawStraight, receivedLot, receivedUnits } from '../../../tests/database/drug-stock.ts'
import {
  anId,
  look,
  makeClinic,
  must,
  openTestDatabase,
  type TestClinic,
  type TestDatabase,
} from '../../../tests/database/test-clinic.ts'
import type { Member } from '../../platform/actor.ts'
import { type Command, runCommand } from '../../platform/command.server.ts'
import type { Id } from '../../platform/ids.ts'
import { done, refused } from '../../platform/outcome.ts'
import { addMs, DAY_MS, HOUR_MS, type LocalDate, MINUTE_MS } from '../../platform/time.ts'
import { lotHindrance } from '../dose/dose-gate.ts'
import type { LotId, SessionId } from '../session/session-event.ts'
import { wasteStock } from '../treat-access.ts'
import { appendMovements } from './append-movements.server.ts'
import { addCabinet, recallLot } from './keep-stock.server.ts'
import { balancesOfLots } from './ledger-queries.server.ts'
import { lockLot, lotById, lots, recallHistory } from './lot-queries.server.ts'
import { type MovedStock, moveStock, returnUnits } from './move-stock.server.ts'
import { placeCode, SAFE } from './movement.ts'
import { type MovementFilter, movementPage, movementsOfLot } from './movement-list-queries.server.ts'
import { takeOut } from './waste-stock.server.ts'

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

const vials = (change: object = {}) => receivedLot(t, harbor, change)
const tablets = () => receivedUnits(t, harbor, { form: 'tablet', unitMg: 50, units: 6 })
const cabinet = (name: string) => addedCabinet(t, harbor, name)
const move = (lotId: LotId, to: MovedStock['to'], change: object = {}, by: Member = harbor.as.nurse) =>
  runCommand(t.services, by, moveStock, {
    key: anId<'ledger-movement'>(t.services),
    lotId,
    from: { place: SAFE },
    to,
    hundredths: 2000,
    reason: '',
    ...change,
  })
const recall = (lotId: LotId, state: 'recalled' | 'cleared', change: object = {}, by = harbor.as.nurse) =>
  runCommand(t.services, by, recallLot, {
    key: anId<'lot-recall'>(t.services),
    lotId,
    state,
    reason: 'letter of the maker, 20 Nov',
    ...change,
  })
/** What stands of a lot, place by place, in hundredths. */
async function standing(lotId: LotId): Promise<Record<string, number>> {
  const all = await look(t.services, harbor.as.nurse, ({ db }) => balancesOfLots(db, harbor.id, [lotId]))
  return Object.fromEntries(
    all
      .filter(({ place }) => place.at !== 'supplier')
      .map(({ place, container, hundredths }) => [
        container ? `${placeCode(place)} opened` : placeCode(place),
        hundredths,
      ]),
  )
}
function session(): Promise<SessionId> {
  t.clock.advance(28 * DAY_MS)
  return openedSession(t, harbor)
}

describe('moving stock', () => {
  it('carries whole vials into a cabinet and back, once for each form', async () => {
    const lotId = await vials()
    const room = { at: 'cabinet', id: await cabinet('Room 1') } as const
    const key = anId<'ledger-movement'>(t.services)
    const both = await Promise.all([move(lotId, room, { key }), move(lotId, room, { key })])
    expect(both.map(({ ok }) => ok)).toEqual([true, true])
    await must(move(lotId, room, { key }))
    expect(await standing(lotId)).toEqual({ safe: 4000, [placeCode(room)]: 2000 })
    expect(await move(lotId, room, { key, hundredths: 4000 })).toMatchObject({ reason: 'recorded-otherwise' })
    await must(move(lotId, SAFE, { from: { place: room } }))
    expect(await standing(lotId)).toEqual({ safe: 6000 })
  })

  it('refuses what cannot be: parts of a sealed vial, more than stands, the same place, a cabinet that is not ours', async () => {
    const lotId = await vials()
    const room = { at: 'cabinet', id: await cabinet('Room 2') } as const
    expect(await move(lotId, room, { hundredths: 1999 })).toMatchObject({ reason: 'not-whole' })
    expect(await move(lotId, room, { hundredths: 8000 })).toMatchObject({
      reason: 'not-enough-there',
      detail: { holds: 6000 },
    })
    expect(await move(lotId, SAFE)).toMatchObject({ reason: 'same-place' })
    const nowhere = { at: 'cabinet', id: anId<'drug-cabinet'>(t.services) } as const
    expect(await move(lotId, nowhere)).toMatchObject({ reason: 'no-such-cabinet' })
    const theirs = anId<'drug-cabinet'>(t.services)
    await must(runCommand(t.services, other.as.manager, addCabinet, { key: theirs, name: 'Room 2' }))
    expect(await move(lotId, { at: 'cabinet', id: theirs })).toMatchObject({ reason: 'no-such-cabinet' })
    expect(await move(lotId, room, {}, other.as.nurse)).toMatchObject({ reason: 'no-such-lot' })
    expect(await move(lotId, room, {}, harbor.as.prescriber)).toMatchObject({ reason: 'not-allowed' })
    expect(await standing(lotId)).toEqual({ safe: 6000 })
  })

  it('gives the last vial to one of two who move it at once', async () => {
    const lotId = await vials({ containers: 1 })
    const [one, two] = [await cabinet('Room 3'), await cabinet('Room 4')]
    const both = await Promise.all([
      move(lotId, { at: 'cabinet', id: one }),
      move(lotId, { at: 'cabinet', id: two }, {}, harbor.as.secondNurse),
    ])
    expect(both.filter(({ ok }) => ok)).toHaveLength(1)
    expect(Object.values(await standing(lotId))).toEqual([2000])
  })

  it('takes an opened vial along with all that is in it', async () => {
    const sessionId = await session()
    const lotId = await vials()
    await must(runCommand(t.services, harbor.as.nurse, drawStraight, { lotId, sessionId, hundredths: 560 }))
    const [opened] = (
      await look(t.services, harbor.as.nurse, ({ db }) => balancesOfLots(db, harbor.id, [lotId]))
    ).filter(({ container }) => container)
    const from = { place: SAFE, container: opened!.container }
    const room = { at: 'cabinet', id: await cabinet('Room 5') } as const
    expect(await move(lotId, room, { from, hundredths: 1000 })).toMatchObject({ reason: 'not-whole' })
    await must(move(lotId, room, { from, hundredths: 1440 }))
    expect(await standing(lotId)).toMatchObject({ [`${placeCode(room)} opened`]: 1440, safe: 4000 })
  })

  it('puts an expired lot and one called back into the safe, never into a cabinet', async () => {
    const today = (await look(t.services, harbor.as.nurse, async ({ at }) => at)).slice(0, 10) as LocalDate
    const lotId = await vials({ expiresOn: today })
    const room = { at: 'cabinet', id: await cabinet('Room 6') } as const
    await must(move(lotId, room))
    t.clock.advance(2 * DAY_MS)
    expect(await move(lotId, room)).toMatchObject({ reason: 'lot-expired' })
    await must(move(lotId, SAFE, { from: { place: room } }))
    const called = await vials()
    await must(move(called, room))
    await must(recall(called, 'recalled'))
    expect(await move(called, room)).toMatchObject({ reason: 'lot-recalled' })
    await must(move(called, SAFE, { from: { place: room } }))
  })
})

describe('a recall', () => {
  it('holds for every delivery of the lot, bars a further one, and ends on record', async () => {
    const first = await vials({ lotNumber: 'R 7' })
    const second = await vials({ lotNumber: 'r7' })
    const key = anId<'lot-recall'>(t.services)
    await must(recall(first, 'recalled', { key }))
    await must(recall(first, 'recalled', { key }))
    for (const [lotId, state, change] of [
      [first, 'cleared', {}],
      [second, 'recalled', {}],
      [first, 'recalled', { reason: 'letter of the maker, 21 Nov' }],
    ] as const) {
      expect(await recall(lotId, state, { key, ...change })).toMatchObject({ reason: 'recorded-otherwise' })
    }
    expect(await recall(second, 'recalled')).toMatchObject({ reason: 'already-so' })
    const recalled = async () =>
      (await look(t.services, harbor.as.nurse, ({ db }) => lots(db, harbor.id)))
        .filter(({ id }) => id === first || id === second)
        .map((lot) => lot.recalled)
    expect(await recalled()).toEqual(['letter of the maker, 20 Nov', 'letter of the maker, 20 Nov'])
    const again = vials({ lotNumber: 'R7' })
    await expect(again).rejects.toThrow('lot-recalled')
    await must(recall(second, 'cleared'))
    expect(await recalled()).toEqual([undefined, undefined])
    expect(await recall(first, 'recalled', {}, other.as.nurse)).toMatchObject({ reason: 'no-such-lot' })
    expect(await recall(first, 'recalled', {}, harbor.as.prescriber)).toMatchObject({ reason: 'not-allowed' })
  })

  it('bars drawing at once', async () => {
    const lotId = await vials()
    await must(recall(lotId, 'recalled'))
    const lot = (await look(t.services, harbor.as.nurse, ({ db }) => lots(db, harbor.id))).find(
      ({ id }) => id === lotId,
    )
    const ordered = { volumeMl: 1, concentrationMgPerMl: 10 }
    expect(lotHindrance(lot, ordered, 1, '2026-12-01' as LocalDate)).toBe('lot-recalled')
  })
})

/** Until somebody waits for a lock of this database. */
async function somebodyWaits(): Promise<void> {
  for (;;) {
    const { rows } = await t.owner.query(
      `select count(*)::int as n from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
    )
    if (rows[0].n > 0) return
  }
}

describe('locks of lots', () => {
  it('let rows that only name the lot be written meanwhile', async () => {
    const lotId = await vials()
    const client = await t.owner.connect()
    const drawing: Command<object, Record<never, never>, never> = {
      action: wasteStock,
      async run({ db, actor }) {
        await lockLot(db, actor.clinicId, lotId)
        // What writing a sheet of a count asks of the lot's row.
        await client.query('select 1 from drug_lot where id = $1 for key share nowait', [lotId])
        return done({})
      },
    }
    try {
      await must(runCommand(t.services, harbor.as.nurse, drawing, {}))
    } finally {
      client.release()
    }
  })

  it('are taken in the order of ids when a lot is called back', async () => {
    const [low, high] = [await vials({ lotNumber: 'ORD' }), await vials({ lotNumber: 'ORD' })].toSorted()
    const client = await t.owner.connect()
    try {
      await client.query('begin')
      await client.query('select 1 from drug_lot where id = $1 for update', [low])
      const calling = recall(high!, 'recalled')
      await somebodyWaits()
      // Whoever waits for the first has not taken the second.
      await client.query('select 1 from drug_lot where id = $1 for update nowait', [high])
      await client.query('commit')
      await must(calling)
    } finally {
      client.release()
    }
  })
})

describe('what is taken out', () => {
  const take = (lotId: LotId, change: object) =>
    runCommand(t.services, harbor.as.nurse, takeOut, {
      key: anId<'ledger-movement'>(t.services),
      kind: 'waste',
      lotId,
      from: { place: SAFE },
      hundredths: 2000,
      reason: 'broken',
      witness: { accountId: harbor.as.secondNurse.accountId, at: t.clock.now() },
      ...change,
    })

  it('goes whole where nobody opened it, and in any part where somebody did', async () => {
    const sessionId = await session()
    const [lotId, pills] = [await vials(), await tablets()]
    await must(runCommand(t.services, harbor.as.nurse, drawStraight, { lotId, sessionId, hundredths: 560 }))
    await must(
      runCommand(t.services, harbor.as.nurse, drawStraight, { lotId: pills, sessionId, hundredths: 150 }),
    )
    const syringe = { place: { at: 'syringe', id: sessionId } }
    const all = await look(t.services, harbor.as.nurse, ({ db }) => balancesOfLots(db, harbor.id, [lotId]))
    const opened = all.find(({ container }) => container)
    for (const [of, change] of [
      [lotId, { hundredths: 1999 }],
      [pills, { hundredths: 50 }],
      [pills, { hundredths: 50, from: syringe }],
    ] as const) {
      expect(await take(of, change)).toMatchObject({ reason: 'not-whole' })
    }
    await must(take(lotId, { hundredths: 1, from: { place: SAFE, container: opened!.container } }))
    await must(take(lotId, { hundredths: 2000 }))
    await must(take(pills, { hundredths: 100, from: syringe }))
    // The half that is left of one and a half.
    await must(take(pills, { hundredths: 50, from: syringe }))
  })

  it('of a syringe holds every lot of its session, in the order of ids', async () => {
    const sessionId = await session()
    const [low, high] = [await vials(), await vials()].toSorted() as [LotId, LotId]
    for (const lotId of [low, high]) {
      await must(runCommand(t.services, harbor.as.nurse, drawStraight, { lotId, sessionId, hundredths: 100 }))
    }
    const client = await t.owner.connect()
    try {
      await client.query('begin')
      await client.query('select 1 from drug_lot where id = $1 for update', [low])
      const taking = take(high, { hundredths: 100, from: { place: { at: 'syringe', id: sessionId } } })
      await somebodyWaits()
      // Whoever waits for the first has not taken the second.
      await client.query('select 1 from drug_lot where id = $1 for update nowait', [high])
      await client.query('commit')
      await must(taking)
    } finally {
      client.release()
    }
  })
})

describe('what is on hand', () => {
  const onHand = async (lotId: LotId) =>
    (await look(t.services, harbor.as.nurse, ({ db }) => lots(db, harbor.id))).find(({ id }) => id === lotId)
      ?.hundredths

  it('follows each movement, and nothing that was undone', async () => {
    const lotId = await vials()
    expect(await onHand(lotId)).toBe(6000)
    const room = { at: 'cabinet', id: await cabinet('Room 9') } as const
    const undone: Command<object, Record<never, never>, 'undone'> = {
      action: wasteStock,
      async run(needs) {
        const moved = { id: needs.ids.next<'ledger-movement'>(), kind: 'waste', at: needs.at, lotId } as const
        const way = { from: { place: SAFE }, to: { place: { at: 'waste' } }, hundredths: 2000 } as const
        await lockLot(needs.db, harbor.id, lotId)
        await appendMovements(needs, new Map([[lotId, 10]]), [{ ...moved, ...way, reason: '' }])
        expect((await lots(needs.db, harbor.id)).find(({ id }) => id === lotId)?.hundredths).toBe(4000)
        return refused('undone')
      },
    }
    expect(await runCommand(t.services, harbor.as.nurse, undone, {})).toMatchObject({ reason: 'undone' })
    expect(await onHand(lotId)).toBe(6000)
    await runCommand(t.services, harbor.as.nurse, undone, {})
    await must(move(lotId, room))
    await must(move(lotId, room))
    const lot = (await look(t.services, harbor.as.nurse, ({ db }) => lots(db, harbor.id))).find(
      ({ id }) => id === lotId,
    )
    expect(lot?.standing.map(({ place, hundredths }) => [placeCode(place), hundredths])).toEqual([
      [placeCode(room), 4000],
      ['safe', 2000],
    ])
    expect(await look(t.services, other.as.nurse, ({ db }) => lots(db, other.id))).toEqual([])
  })
})

describe('a delivery', () => {
  it('is not taken in at a strength whose 0.01 mL is no whole number of micrograms', async () => {
    await expect(vials({ concentrationMgPerMl: 0.35 })).rejects.toThrow('strength-too-fine')
    await vials({ concentrationMgPerMl: 0.3 })
  })

  it('is not taken in after its last day', async () => {
    await expect(vials({ expiresOn: '2026-11-01' as LocalDate })).rejects.toThrow('lot-expired')
  })

  it('on its way onto the books while its lot is called back is called back as well', async () => {
    const first = await vials({ lotNumber: 'RACE' })
    const client = await t.owner.connect()
    let second: LotId
    try {
      await client.query('begin')
      await client.query('select 1 from ledger_head where clinic_id = $1 for update', [harbor.id])
      // It has read the recalls, and waits for the end of the ledger.
      const coming = vials({ lotNumber: 'race' })
      await somebodyWaits()
      expect(await must(recall(first, 'recalled'))).toEqual({ deliveries: 1 })
      await client.query('commit')
      second = await coming
    } finally {
      client.release()
    }
    const seen = async () =>
      await look(t.services, harbor.as.nurse, async ({ db }) => {
        const lot = (await lotById(db, harbor.id, second))!
        return [lot.recalled, (await recallHistory(db, harbor.id, lot)).map(({ state }) => state)]
      })
    expect(await seen()).toEqual(['letter of the maker, 20 Nov', ['recalled']])
    expect(await must(recall(second, 'cleared'))).toEqual({ deliveries: 2 })
    expect(await seen()).toEqual([undefined, ['cleared', 'recalled']])
  })
})

describe('cabinets', () => {
  it('are added once by a manager, under a name of their own', async () => {
    const key = anId<'drug-cabinet'>(t.services)
    const add = (input: object, by = harbor.as.manager) =>
      runCommand(t.services, by, addCabinet, { key, name: 'Room 20', ...input })
    const both = await Promise.all([add({}), add({})])
    expect(both.map(({ ok }) => ok)).toEqual([true, true])
    expect(await add({ name: 'Room 21' })).toMatchObject({ reason: 'recorded-otherwise' })
    expect(await add({ key: anId<'drug-cabinet'>(t.services), name: 'ROOM 20' })).toMatchObject({
      reason: 'name-taken',
    })
    expect(await add({ key: anId(t.services), name: 'Room 22' }, harbor.as.nurse)).toMatchObject({
      reason: 'not-allowed',
    })
  })
})

describe('what was taken for a session and not opened', () => {
  const giveBack = (sessionId: SessionId, lotId: LotId, change: object = {}, by: Member = harbor.as.nurse) =>
    runCommand(t.services, by, returnUnits, {
      key: anId<'ledger-movement'>(t.services),
      sessionId,
      lotId,
      hundredths: 100,
      reason: 'not opened',
      ...change,
    })

  it('goes back into the safe whole, once, and no more than was taken', async () => {
    const sessionId = await session()
    const lotId = await tablets()
    await must(runCommand(t.services, harbor.as.nurse, drawStraight, { lotId, sessionId, hundredths: 200 }))
    const key = anId<'ledger-movement'>(t.services)
    await must(giveBack(sessionId, lotId, { key }))
    await must(giveBack(sessionId, lotId, { key }))
    expect(await giveBack(sessionId, lotId, { hundredths: 50 })).toMatchObject({ reason: 'not-whole' })
    expect(await standing(lotId)).toEqual({ safe: 500, [`syringe:${sessionId}`]: 100 })
    const both = await Promise.all([
      giveBack(sessionId, lotId),
      giveBack(sessionId, lotId, {}, harbor.as.secondNurse),
    ])
    expect(both.filter(({ ok }) => ok)).toHaveLength(1)
    expect(await standing(lotId)).toEqual({ safe: 600 })
    expect(await giveBack(sessionId, lotId, {}, other.as.nurse)).toMatchObject({ reason: 'no-such-session' })
  })

  it('never goes back from a vial', async () => {
    const sessionId = await session()
    const lotId = await vials()
    await must(runCommand(t.services, harbor.as.nurse, drawStraight, { lotId, sessionId, hundredths: 100 }))
    expect(await giveBack(sessionId, lotId)).toMatchObject({ reason: 'not-unopened' })
  })
})

describe('the list of movements', () => {
  it('is narrowed by day, lot, kind, person and session, newest first and page by page', async () => {
    const sessionId = await session()
    const lotId = await vials()
    await must(runCommand(t.services, harbor.as.nurse, drawStraight, { lotId, sessionId, hundredths: 560 }))
    const happened = t.clock.now()
    t.clock.advance(HOUR_MS)
    const waste = {
      key: anId<'ledger-movement'>(t.services),
      kind: 'waste',
      lotId,
      from: { place: SAFE },
      hundredths: 2000,
      at: addMs(t.clock.now(), -10 * MINUTE_MS),
      reason: 'broken',
      signed: 'Twenty mL into waste.',
      witness: { accountId: harbor.as.secondNurse.accountId, at: t.clock.now() },
    } as const
    await must(runCommand(t.services, harbor.as.nurse, takeOut, waste))
    const list = (filter: MovementFilter, page: { below?: number; limit?: number } = {}) =>
      look(t.services, harbor.as.nurse, ({ db }) =>
        movementPage(db, harbor.id, filter, { limit: 50, ...page }),
      )
    const kinds = async (filter: MovementFilter) => (await list(filter)).map(({ kind }) => kind)
    expect(await kinds({ lotId })).toEqual(['waste', 'draw', 'open', 'receive'])
    expect(await kinds({ lotId, kind: 'waste' })).toEqual(['waste'])
    expect(await kinds({ sessionId })).toEqual(['draw', 'open'])
    expect(await kinds({ lotId, person: harbor.as.secondNurse.accountId })).toEqual(['waste'])
    expect(await kinds({ lotId, before: addMs(happened, 1) })).toEqual(['draw', 'open', 'receive'])
    expect(await kinds({ lotId, from: addMs(happened, 1) })).toEqual(['waste'])
    const [first] = await list({ lotId }, { limit: 1 })
    expect(first).toMatchObject({ at: waste.at, recordedAt: t.clock.now(), detail: { signed: waste.signed } })
    expect((await list({ lotId }, { below: first!.seq })).map(({ kind }) => kind)).toEqual([
      'draw',
      'open',
      'receive',
    ])
    const theirs = look(t.services, other.as.nurse, ({ db }) => movementsOfLot(db, harbor.id, lotId))
    expect(await theirs).toEqual([])
  })
})

// The clock of a request may stand before another's by a little: what happened is never later than what is written.
it('does not record that something happened in the future', async () => {
  const lotId = await vials()
  const key: Id<'ledger-movement'> = anId(t.services)
  const waste = {
    key,
    kind: 'lose',
    lotId,
    from: { place: SAFE },
    hundredths: 2000,
    at: addMs(t.clock.now(), HOUR_MS),
    reason: 'not found',
  } as const
  const alone = await runCommand(t.services, harbor.as.nurse, takeOut, waste)
  expect(alone).toMatchObject({ reason: 'witness-missing' })
  const witness = { accountId: harbor.as.secondNurse.accountId, at: t.clock.now() }
  await must(runCommand(t.services, harbor.as.nurse, takeOut, { ...waste, witness }))
  const [lost] = (
    await look(t.services, harbor.as.nurse, ({ db }) => movementsOfLot(db, harbor.id, lotId))
  ).toReversed()
  expect(lost?.at).toBe(t.clock.now())
})
