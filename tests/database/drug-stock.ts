import { expect } from 'vitest'
import type { StepUp } from '../../app/identity/index.ts'
import type { Member } from '../../app/platform/actor.ts'
import { type Command, runCommand } from '../../app/platform/command.server.ts'
import { done, refused } from '../../app/platform/outcome.ts'
import type { LocalDate } from '../../app/platform/time.ts'
import { CHAIN_START, movementHash } from '../../app/treat/ledger/chain.server.ts'
import { type SessionLedger, sessionLedger } from '../../app/treat/ledger/dose-movements.ts'
import { drawForDose } from '../../app/treat/ledger/draw-for-dose.server.ts'
import { addCabinet } from '../../app/treat/ledger/keep-stock.server.ts'
import { movementsOfSession } from '../../app/treat/ledger/ledger-queries.server.ts'
import { type LotBalance, lockLot, lotById } from '../../app/treat/ledger/lot-queries.server.ts'
import { type CabinetId, type Movement, SAFE } from '../../app/treat/ledger/movement.ts'
import { type ReceivedStock, receiveStock } from '../../app/treat/ledger/receive-stock.server.ts'
import { type TakenOut, takeOut } from '../../app/treat/ledger/waste-stock.server.ts'
import type { LotId, SessionId } from '../../app/treat/session/session-event.ts'
import { wasteStock } from '../../app/treat/treat-access.ts'
import { type Arranging, anId, look, must, type TestClinic, type TestDatabase } from './test-clinic.ts'

/** What stands in the safe, and what the ledger says of it. Drugs, lots and invoices are invented. */

/** A form of a delivery: three vials of 20 mL of ketamine 10 mg/mL of a new lot, unless it says otherwise. */
export function aDelivery({ services }: Arranging, change: object = {}): ReceivedStock {
  const key = anId<'drug-lot'>(services)
  return {
    key,
    drug: 'Ketamine hydrochloride',
    lotNumber: lotNumberOf(key),
    concentrationMgPerMl: 10,
    containerMl: 20,
    containers: 3,
    expiresOn: '2031-12-31' as LocalDate,
    reason: 'delivery',
    ...change,
  }
}

/** What `aDelivery` calls the lot it makes. */
export const lotNumberOf = (lotId: LotId) => `L${lotId.slice(-8)}`

/** The manager takes a delivery in. */
export async function receivedLot(t: Arranging, clinic: TestClinic, change: object = {}): Promise<LotId> {
  return (await must(runCommand(t.services, clinic.as.manager, receiveStock, aDelivery(t, change)))).lotId
}

/** Devices or tablets instead of vials. */
export function receivedUnits(
  t: Arranging,
  clinic: TestClinic,
  unit: { form: 'tablet' | 'nasal-device'; unitMg: number; units: number; drug?: string; lotNumber?: string },
): Promise<LotId> {
  const noVial = { concentrationMgPerMl: undefined, containerMl: undefined, containers: undefined }
  return receivedLot(t, clinic, { ...noVial, ...unit })
}

export async function addedCabinet(
  { services }: Arranging,
  clinic: TestClinic,
  name: string,
): Promise<CabinetId> {
  const input = { key: anId<'drug-cabinet'>(services), name }
  return (await must(runCommand(services, clinic.as.manager, addCabinet, input))).cabinetId
}

/** Somebody has just proved who they are. */
export function signsNow({ clock }: Arranging, { accountId }: Member): StepUp {
  return { accountId, at: clock.now() }
}

/** Out of the safe into waste before a witness, unless it says otherwise; the test reads what came of it. */
export function tryWaste(
  t: Arranging,
  clinic: TestClinic,
  lotId: LotId,
  hundredths: number,
  { by = clinic.as.nurse, ...change }: { readonly by?: Member } & Partial<TakenOut> = {},
) {
  return runCommand(t.services, by, takeOut, {
    key: anId<'ledger-movement'>(t.services),
    kind: 'waste',
    lotId,
    from: { place: SAFE },
    hundredths,
    reason: 'broken',
    witness: signsNow(t, by === clinic.as.manager ? clinic.as.nurse : clinic.as.manager),
    ...change,
  })
}

export const syringeOf = (sessionId: SessionId) => ({ place: { at: 'syringe', id: sessionId } }) as const

/** Takes drug into a session's syringe as starting a dose does, without its gate. */
export const drawStraight: Command<
  { readonly lotId: LotId; readonly sessionId: SessionId; readonly hundredths: number },
  Record<never, never>,
  'not-there'
> = {
  action: wasteStock,
  async run(needs, { lotId, sessionId, hundredths }) {
    const lot = await lockLot(needs.db, needs.actor.clinicId, lotId)
    if (!lot) return refused('not-there')
    const drawn = await drawForDose(needs, { lot, sessionId, hundredths, at: needs.at })
    return drawn ? done({}) : refused('not-there')
  },
}

/** A lot as it stands now. */
export async function lotNow({ services }: Arranging, clinic: TestClinic, lotId: LotId): Promise<LotBalance> {
  const lot = await look(services, clinic.as.nurse, ({ db }) => lotById(db, clinic.id, lotId))
  if (!lot) throw new Error(`no lot ${lotId}`)
  return lot
}

export function movementsFor(
  { services }: Arranging,
  clinic: TestClinic,
  sessionId: SessionId,
): Promise<readonly Movement[]> {
  return look(services, clinic.as.nurse, ({ db }) => movementsOfSession(db, clinic.id, sessionId))
}

/** What was drawn, given, wasted and is left of a session, lot by lot. */
export async function ledgerOf(
  t: Arranging,
  clinic: TestClinic,
  sessionId: SessionId,
): Promise<SessionLedger[]> {
  return sessionLedger(sessionId, await movementsFor(t, clinic, sessionId))
}

/**
 * Every row's hash follows from the row before, by the database's own text of the row, and the stored end is the last of them.
 *
 * @returns how many rows there are
 */
export async function chainHolds(t: TestDatabase, clinic: TestClinic): Promise<number> {
  const { rows } = await t.owner.query<{ seq: string; previous_hash: string; hash: string; text: string }>(
    `select seq, previous_hash, hash, public.ledger_text(m) as text
     from public.ledger_movement m where clinic_id = $1 order by seq`,
    [clinic.id],
  )
  let before = CHAIN_START
  rows.forEach((row, index) => {
    expect([Number(row.seq), row.previous_hash]).toEqual([index + 1, before])
    expect(row.hash).toBe(movementHash(before, row.text))
    before = row.hash
  })
  const head = await t.owner.query('select seq, hash from public.ledger_head where clinic_id = $1', [
    clinic.id,
  ])
  expect([Number(head.rows[0].seq), head.rows[0].hash]).toEqual([rows.length, before])
  return rows.length
}
