import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makeBookedPerson } from '../../../tests/database/booked-person.ts'
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
import { done, refused } from '../../platform/outcome.ts'
import { HOUR_MS, type Instant, type LocalDate } from '../../platform/time.ts'
import { openSession } from '../index.server.ts'
import type { LotId, SessionId } from '../session/session-event.ts'
import { startDose as startDoseAction } from '../treat-access.ts'
import { appendMovements } from './append-movements.server.ts'
import { CHAIN_START, movementHash } from './chain.server.ts'
import { drawForDose } from './draw-for-dose.server.ts'
import { addCabinet } from './keep-stock.server.ts'
import { balancesOfLots, openedVials } from './ledger-queries.server.ts'
import { lockLot, strengthOf } from './lot-queries.server.ts'
import { moveStock } from './move-stock.server.ts'
import { type CabinetId, type ContainerId, placeCode, type StorePlace } from './movement.ts'
import { receiveStock } from './receive-stock.server.ts'
import { DEFAULT_LEDGER_SETTINGS } from './settings/ledger-settings.ts'
import { takeOut } from './waste-stock.server.ts'

/**
 * The ledger against a model of a few lines: several people do random things, and after each the model says whether it may be
 * done; at the end every balance, the chain and the rights hold.
 */
let t: TestDatabase
let clinic: TestClinic
let cabinetId: CabinetId
const sessions: SessionId[] = []

beforeAll(async () => {
  t = await openTestDatabase()
  t.clock.set('2026-11-23T15:00:00.000Z')
  clinic = await makeClinic(t.services, 'harbor')
  cabinetId = anId<'drug-cabinet'>(t.services)
  await must(runCommand(t.services, clinic.as.manager, addCabinet, { key: cabinetId, name: 'Room 1' }))
  for (const nurse of [clinic.as.nurse, clinic.as.secondNurse]) {
    const { appointmentId } = await makeBookedPerson(t, clinic, { nurse })
    const key = anId<'session'>(t.services)
    sessions.push(key)
    await must(runCommand(t.services, clinic.as.nurse, openSession, { appointmentId, key }))
  }
})
afterAll(() => t.close())

const PEOPLE = ['nurse', 'secondNurse', 'manager', 'prescriber', 'coordinator', 'therapist'] as const
type Who = (typeof PEOPLE)[number]
const MAY_MOVE: readonly Who[] = ['nurse', 'secondNurse', 'manager']
const MAY_DRAW: readonly Who[] = ['nurse', 'secondNurse', 'prescriber']
const MAY_WITNESS: readonly Who[] = ['nurse', 'secondNurse', 'manager', 'prescriber']
const VIAL_H = 500

/** As the bedside draws and gives, without its gate: that has its own tests. */
const draw: Command<
  { readonly lotId: LotId; readonly sessionId: SessionId; readonly hundredths: number },
  Record<never, never>,
  'not-enough'
> = {
  action: startDoseAction,
  async run(needs, { lotId, sessionId, hundredths }) {
    const lot = await lockLot(needs.db, needs.actor.clinicId, lotId)
    if (!lot) throw new Error('no lot')
    // What the syringe holds already is not drawn again: the dose asks for that and so much more.
    const held = (await balancesOfLots(needs.db, needs.actor.clinicId, [lotId])).find(
      ({ place: where }) => placeCode(where) === `syringe:${sessionId}`,
    )
    const asked = hundredths + (held?.hundredths ?? 0)
    const enough = await drawForDose(needs, { lot, hundredths: asked, sessionId, at: needs.at })
    return enough ? done({}) : refused('not-enough')
  },
}
const give: typeof draw = {
  action: startDoseAction,
  async run(needs, { lotId, sessionId, hundredths }) {
    const lot = await lockLot(needs.db, needs.actor.clinicId, lotId)
    if (!lot) throw new Error('no lot')
    const written = await appendMovements(needs, new Map([[lotId, strengthOf(lot)]]), [
      {
        id: needs.ids.next(),
        kind: 'give',
        at: needs.at,
        lotId,
        from: { place: { at: 'syringe', id: sessionId } },
        to: { place: { at: 'patient', id: sessionId } },
        hundredths,
        sessionId,
        reason: '',
      },
    ])
    return written.ok ? done({}) : refused('not-enough')
  },
}

type Vial = { number: number; place: 'safe' | 'cabinet'; openedAtMs: number; rest: number; id?: ContainerId }
type LotModel = {
  readonly id: LotId
  readonly sealed: { safe: number; cabinet: number }
  readonly vials: Vial[]
  readonly syringe: [number, number]
  given: number
  gone: number
  received: number
}

const place = (where: 'safe' | 'cabinet'): StorePlace =>
  where === 'safe' ? { at: 'safe' } : { at: 'cabinet', id: cabinetId }

const who = fc.constantFrom(...PEOPLE)
const where = fc.constantFrom('safe' as const, 'cabinet' as const)
const which = fc.nat(7)
const syringe = { by: who, lot: which, session: fc.nat(1), hundredths: fc.integer({ min: 1, max: 1200 }) }
const step = fc.oneof(
  fc.record({ do: fc.constant('receive' as const), by: who, vials: fc.integer({ min: 1, max: 4 }) }),
  fc.record({
    do: fc.constant('take' as const),
    kind: fc.constantFrom('waste' as const, 'lose' as const, 'destroy' as const, 'send-back' as const),
    by: who,
    witness: fc.option(who, { nil: undefined }),
    lot: which,
    from: fc.oneof(where, which),
    hundredths: fc.integer({ min: 1, max: 600 }),
    vials: fc.integer({ min: 1, max: 3 }),
  }),
  fc.record({
    do: fc.constant('move' as const),
    by: who,
    lot: which,
    from: fc.oneof(where, which),
    vials: fc.integer({ min: 1, max: 3 }),
  }),
  fc.record({ do: fc.constant('draw' as const), ...syringe }),
  fc.record({ do: fc.constant('give' as const), ...syringe }),
  fc.record({ do: fc.constant('wait' as const), hours: fc.integer({ min: 1, max: 4 }) }),
)
type Step = typeof step extends fc.Arbitrary<infer Value> ? Value : never

/** What the model says of a step: whether it is done; the model is changed when it is. */
async function play(model: LotModel[], each: Step): Promise<void> {
  if (each.do === 'wait') {
    t.clock.advance(each.hours * HOUR_MS)
    return
  }
  const by: Member = clinic.as[each.by]
  const now = Date.parse(t.clock.now())
  if (each.do === 'receive') {
    const key = anId<'drug-lot'>(t.services)
    const outcome = await runCommand(t.services, by, receiveStock, {
      key,
      drug: 'Ketamine hydrochloride',
      lotNumber: `M${model.length}`,
      expiresOn: '2031-12-31' as LocalDate,
      concentrationMgPerMl: 10,
      containerMl: VIAL_H / 100,
      containers: each.vials,
      reason: 'delivery',
    })
    expect(outcome.ok, `receive by ${each.by}`).toBe(MAY_MOVE.includes(each.by))
    if (!outcome.ok) return
    const sealed = { safe: each.vials * VIAL_H, cabinet: 0 }
    model.push({
      id: key,
      sealed,
      vials: [],
      syringe: [0, 0],
      given: 0,
      gone: 0,
      received: sealed.safe,
    })
    return
  }
  const lot = model[each.lot % Math.max(1, model.length)]
  if (!lot) return
  if (each.do === 'draw') {
    const drawable = lot.vials.filter(
      ({ openedAtMs }) => openedAtMs >= now - DEFAULT_LEDGER_SETTINGS.openedVialHours * HOUR_MS,
    )
    const all = lot.sealed.safe + lot.sealed.cabinet + drawable.reduce((sum, { rest }) => sum + rest, 0)
    const may = MAY_DRAW.includes(each.by) && all >= each.hundredths
    const sessionId = sessions[each.session]!
    const outcome = await runCommand(t.services, by, draw, {
      lotId: lot.id,
      sessionId,
      hundredths: each.hundredths,
    })
    expect(outcome.ok, JSON.stringify({ each, lot, all })).toBe(may)
    if (!may) return
    lot.syringe[each.session] = lot.syringe[each.session]! + each.hundredths
    // Which vials it came from is read; that nothing else changed is what the sums say.
    await readVials(lot)
    return
  }
  if (each.do === 'give') {
    const held = lot.syringe[each.session]!
    const may = MAY_DRAW.includes(each.by) && held >= each.hundredths
    const outcome = await runCommand(t.services, by, give, {
      lotId: lot.id,
      sessionId: sessions[each.session]!,
      hundredths: each.hundredths,
    })
    expect(outcome.ok, JSON.stringify({ each, lot })).toBe(may)
    if (!may) return
    lot.syringe[each.session] = held - each.hundredths
    lot.given += each.hundredths
    return
  }
  const vial =
    typeof each.from === 'number' ? lot.vials[each.from % Math.max(1, lot.vials.length)] : undefined
  if (typeof each.from === 'number' && !vial) return
  const at = vial?.place ?? (each.from as 'safe' | 'cabinet')
  const from = { place: place(at), ...(vial ? { container: vial.id! } : {}) }
  const holds = vial ? vial.rest : lot.sealed[at]
  const key = anId<'ledger-movement'>(t.services)
  if (each.do === 'move') {
    const hundredths = vial ? Math.max(1, vial.rest) : each.vials * VIAL_H
    const may = MAY_MOVE.includes(each.by) && holds >= hundredths
    const to = at === 'safe' ? 'cabinet' : 'safe'
    const input = { key, lotId: lot.id, from, to: place(to), hundredths, reason: '' }
    const outcome = await runCommand(t.services, by, moveStock, input)
    expect(outcome.ok, JSON.stringify({ each, lot })).toBe(may)
    if (!may) return
    await must(runCommand(t.services, by, moveStock, input))
    if (vial) vial.place = to
    else {
      lot.sealed[at] -= hundredths
      lot.sealed[to] += hundredths
    }
    return
  }
  const hundredths = vial ? each.hundredths : each.vials * VIAL_H
  const needed = each.kind !== 'send-back'
  const witnessed =
    each.witness === undefined ? !needed : each.witness !== each.by && MAY_WITNESS.includes(each.witness)
  const may = MAY_MOVE.includes(each.by) && holds >= hundredths && witnessed
  const input = {
    key,
    kind: each.kind,
    lotId: lot.id,
    from,
    hundredths,
    reason: 'as the model has it',
    ...(each.witness
      ? { witness: { accountId: clinic.as[each.witness].accountId, at: t.clock.now() as Instant } }
      : {}),
  }
  const outcome = await runCommand(t.services, by, takeOut, input)
  expect(outcome.ok, JSON.stringify({ each, lot, outcome })).toBe(may)
  if (!may) return
  // The same form again takes nothing more.
  await must(runCommand(t.services, by, takeOut, input))
  if (vial) vial.rest -= hundredths
  else lot.sealed[at] -= hundredths
  lot.gone += hundredths
}

async function readVials(lot: LotModel): Promise<void> {
  const { standing, opened } = await look(t.services, clinic.as.nurse, async ({ db }) => ({
    standing: await balancesOfLots(db, clinic.id, [lot.id]),
    opened: await openedVials(db, clinic.id, [lot.id]),
  }))
  const before = new Map(lot.vials.map((vial) => [vial.id, vial]))
  lot.vials.length = 0
  for (const { id, number, openedAt } of opened) {
    const balance = standing.find(({ container }) => container === id)
    const known = before.get(id)
    // A vial never holds more than before, nor more than a whole one.
    expect(balance?.hundredths ?? 0).toBeLessThanOrEqual(known?.rest ?? VIAL_H)
    lot.vials.push({
      id,
      number,
      openedAtMs: Date.parse(openedAt),
      place: (balance?.place.at as Vial['place'] | undefined) ?? known?.place ?? 'safe',
      rest: balance?.hundredths ?? 0,
    })
  }
  for (const at of ['safe', 'cabinet'] as const) {
    const sealed = standing.find(
      ({ place: stands, container }) => stands.at === at && container === undefined,
    )
    expect(sealed?.hundredths ?? 0).toBeLessThanOrEqual(lot.sealed[at])
    expect((sealed?.hundredths ?? 0) % VIAL_H).toBe(0)
    lot.sealed[at] = sealed?.hundredths ?? 0
  }
}

/** Every balance of the ledger is the model's, nothing is lost or made, and nobody without the right stands in it. */
async function holds(model: readonly LotModel[]): Promise<void> {
  for (const lot of model) {
    const found = await look(t.services, clinic.as.nurse, ({ db }) => balancesOfLots(db, clinic.id, [lot.id]))
    const at = (code: string) =>
      found.reduce(
        (sum, { place: where, hundredths }) => (placeCode(where) === code ? sum + hundredths : sum),
        0,
      )
    const inVials = (where: string) =>
      lot.vials.reduce((sum, vial) => (vial.place === where ? sum + vial.rest : sum), 0)
    expect({
      safe: at('safe'),
      cabinet: at(`cabinet:${cabinetId}`),
      syringes: sessions.map((id) => at(`syringe:${id}`)),
      given: sessions.reduce((sum, id) => sum + at(`patient:${id}`), 0),
      gone: ['waste', 'lost', 'destroyed', 'returned'].reduce((sum, code) => sum + at(code), 0),
      supplier: at('supplier'),
    }).toEqual({
      safe: lot.sealed.safe + inVials('safe'),
      cabinet: lot.sealed.cabinet + inVials('cabinet'),
      syringes: lot.syringe,
      given: lot.given,
      gone: lot.gone,
      supplier: -lot.received,
    })
    expect(found.reduce((sum, { hundredths }) => sum + hundredths, 0)).toBe(0)
  }
  await chainHolds()
}

/** Every row's hash follows from the row before, by the database's own text of the row. */
async function chainHolds(): Promise<void> {
  const { rows } = await t.owner.query<{ seq: number; text: string; previous_hash: string; hash: string }>(
    `select seq, public.ledger_text(m) as text, previous_hash, hash from ledger_movement m
     where clinic_id = $1 order by seq`,
    [clinic.id],
  )
  let before = CHAIN_START
  for (const [index, row] of rows.entries()) {
    expect(Number(row.seq)).toBe(index + 1)
    expect(row.previous_hash).toBe(before)
    expect(movementHash(before, row.text)).toBe(row.hash)
    before = row.hash
  }
  const { rows: wrong } = await t.owner.query(
    `select seq from ledger_movement where clinic_id = $1 and (
       witness_account_id = by_account_id or by_account_id = any($2::uuid[]) or micrograms <> hundredths * 100)`,
    [clinic.id, [clinic.as.coordinator.accountId, clinic.as.therapist.accountId]],
  )
  expect(wrong).toEqual([])
}

describe('the ledger against its model', () => {
  it('does what the model does, whatever several people do in whatever order', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 10, maxLength: 40 }), async (steps) => {
        const model: LotModel[] = []
        await play(model, { do: 'receive', by: 'manager', vials: 3 })
        for (const each of steps) await play(model, each)
        await holds(model)
      }),
      { numRuns: 60, seed: 8, endOnFailure: true },
    )
  }, 120_000)

  it('lets twenty draw from one vial at once exactly as often as it holds it', async () => {
    const model: LotModel[] = []
    await play(model, { do: 'receive', by: 'manager', vials: 1 })
    const [lot] = model
    const both = [clinic.as.nurse, clinic.as.secondNurse, clinic.as.prescriber] as const
    const outcomes = await Promise.all(
      Array.from({ length: 20 }, (_, i) =>
        runCommand(t.services, both[i % 3]!, draw, {
          lotId: lot!.id,
          sessionId: sessions[i % 2]!,
          hundredths: 70,
        }),
      ),
    )
    // 5.00 mL hold seven times 0.70 mL.
    expect(outcomes.filter(({ ok }) => ok)).toHaveLength(7)
    expect(outcomes.flatMap((outcome) => (outcome.ok ? [] : outcome.reason))).toEqual(
      Array.from({ length: 13 }, () => 'not-enough'),
    )
    await readVials(lot!)
    expect(lot!.vials.map(({ rest }) => rest)).toEqual([10])
    await chainHolds()
  })
})
