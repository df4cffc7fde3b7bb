import { clinicById } from '../../identity/index.server.ts'
import type { StepUp } from '../../identity/index.ts'
import type { Command } from '../../platform/command.server.ts'
import { done, refused } from '../../platform/outcome.ts'
import { type Instant, type LocalDate, localDateOf } from '../../platform/time.ts'
import type { LotId } from '../session/session-event.ts'
import { receiveStock as receiveAction } from '../treat-access.ts'
import { appendMovements } from './append-movements.server.ts'
import {
  type DrugLot,
  insertLot,
  lockLot,
  recallsOf,
  strengthOf,
  type UnitLot,
} from './lot-queries.server.ts'
import { type LotFacts, SAFE } from './movement.ts'
import { movementsOfLot } from './movement-list-queries.server.ts'
import { saysTheSame } from './sent-again.ts'
import { ledgerSettings } from './settings/settings-queries.server.ts'
import { checkWitness, type WitnessRefusal } from './witness.server.ts'

export type ReceivedStock = {
  /** Becomes the id of the lot's row, so that repeating the form receives nothing twice. */
  readonly key: LotId
  readonly drug: string
  readonly lotNumber: string
  readonly expiresOn: LocalDate
  readonly gtin?: string
  readonly supplier?: string
  readonly invoice?: string
  readonly reason: string
  /** When it came, if that was before it is written. */
  readonly at?: Instant
  readonly witness?: StepUp
  /** The sentence that was shown to who records and who witnesses: it stands in the chain. */
  readonly signed?: string
} & (
  | {
      readonly form?: 'vial'
      readonly concentrationMgPerMl: number
      readonly containerMl: number
      readonly containers: number
    }
  | { readonly form: UnitLot['form']; readonly unitMg: number; readonly units: number }
)

/** Puts a delivery on the books: the lot, and its way from the supplier into the safe, in one transaction. */
export const receiveStock: Command<
  ReceivedStock,
  { readonly lotId: LotId },
  WitnessRefusal | 'recorded-otherwise' | 'lot-expired' | 'lot-recalled' | 'strength-too-fine'
> = {
  action: receiveAction,
  async run(needs, input) {
    const { db, ids, actor, audit } = needs
    const at = input.at && input.at < needs.at ? input.at : needs.at
    const lot = lotOf(input, at)
    const planned = {
      kind: 'receive',
      lotId: lot.id,
      from: { place: { at: 'supplier' } },
      to: { place: SAFE },
      hundredths:
        'unitMg' in input ? input.units * 100 : Math.round(input.containerMl * 100) * input.containers,
      reason: input.reason,
    } as const
    if (!(await insertLot(db, actor.clinicId, lot))) {
      const stored = await lockLot(db, actor.clinicId, input.key)
      const [received] = await movementsOfLot(db, actor.clinicId, input.key)
      const same =
        stored &&
        received &&
        sameDelivery(stored, lot) &&
        saysTheSame(received, { ...planned, at: input.at, witness: input.witness?.accountId })
      return same ? done({ lotId: input.key }) : refused('recorded-otherwise')
    }
    if (strengthOf(lot) !== Number(strengthOf(lot).toFixed(1))) return refused('strength-too-fine')
    const timeZone = (await clinicById(db, actor.clinicId))?.timeZone ?? 'UTC'
    if (lot.expiresOn < localDateOf(at, timeZone)) return refused('lot-expired')
    // The maker calls back a lot, not one delivery of it.
    if ((await recallsOf(db, actor.clinicId, [lot])).size > 0) return refused('lot-recalled')
    const { twoPersonReceive } = await ledgerSettings(db, actor.clinicId)
    const second = await checkWitness(needs, input.witness, twoPersonReceive)
    if (!second.ok) return refused(second.reason)
    await appendMovements(needs, new Map([[lot.id, strengthOf(lot)]]), [
      {
        ...planned,
        id: ids.next(),
        at,
        ...(second.witness ? { witness: second.witness } : {}),
        detail: {
          lot: lotFacts(lot),
          supplier: input.supplier ?? null,
          invoice: input.invoice ?? null,
          gtin: input.gtin ?? null,
          ...(input.signed ? { signed: input.signed } : {}),
        },
      },
    ])
    audit.write(receiveAction.id, { object: 'lot', objectId: lot.id })
    return done({ lotId: lot.id })
  },
}

/** The lot that a delivery makes. */
export function lotOf(input: ReceivedStock, receivedAt: DrugLot['receivedAt']): DrugLot {
  const { key: id, drug, lotNumber, expiresOn, gtin, supplier, invoice } = input
  const every = {
    id,
    drug,
    lotNumber,
    expiresOn,
    receivedAt,
    ...(gtin ? { gtin } : {}),
    ...(supplier ? { supplier } : {}),
    ...(invoice ? { invoice } : {}),
  }
  return 'unitMg' in input
    ? { ...every, form: input.form, unitMg: input.unitMg }
    : {
        ...every,
        form: 'vial',
        concentrationMgPerMl: input.concentrationMgPerMl,
        containerMl: input.containerMl,
      }
}

/** Whether a lot on record came by the same delivery: its own facts, its product, who brought it and on which invoice. */
function sameDelivery(stored: DrugLot, lot: DrugLot): boolean {
  return (
    JSON.stringify(lotFacts(stored)) === JSON.stringify(lotFacts(lot)) &&
    stored.gtin === lot.gtin &&
    stored.supplier === lot.supplier &&
    stored.invoice === lot.invoice
  )
}

/** What the chain keeps of a lot. */
function lotFacts(lot: DrugLot): LotFacts {
  return {
    drug: lot.drug,
    lotNumber: lot.lotNumber,
    form: lot.form,
    expiresOn: lot.expiresOn,
    strength: strengthOf(lot),
    containerMl: lot.form === 'vial' ? lot.containerMl : null,
  }
}
