import { createHash } from 'node:crypto'
import * as z from 'zod'
import type { StepUp } from '../../../identity/index.ts'
import type { Action } from '../../../platform/access.ts'
import type { Needs, ReadNeeds } from '../../../platform/command.server.ts'
import { type Id, isUuid } from '../../../platform/ids.ts'
import type { Outcome } from '../../../platform/outcome.ts'
import type { Instant, LocalDate } from '../../../platform/time.ts'
import { type ClosedDiscrepancy, closeDiscrepancy, closeSigned } from '../counts/close-discrepancy.server.ts'
import { FINDINGS } from '../counts/discrepancy.ts'
import { movementsOfAct } from '../ledger-queries.server.ts'
import { lotById } from '../lot-queries.server.ts'
import type { ContainerId, MovementId } from '../movement.ts'
import { type ReceivedStock, receiveStock } from '../receive-stock.server.ts'
import { setWasteRight, type WasteSetRight } from '../set-waste-right.server.ts'
import { type TakenOut, takeOut } from '../waste-stock.server.ts'
import type { WitnessedActKind, WitnessRequest } from './witness-request.ts'

/** What a command is asked with, before anybody has signed. */
type Unsigned<Input> = Input extends unknown ? Omit<Input, 'witness' | 'signed'> : never

/** An act that a witness is asked to see: which command records it, and with what. */
export type WitnessedAct =
  | { readonly act: 'take-out'; readonly input: Unsigned<TakenOut> }
  | { readonly act: 'receive'; readonly input: Unsigned<ReceivedStock> }
  | { readonly act: 'waste-back'; readonly input: Unsigned<WasteSetRight> }
  | {
      readonly act: 'close-discrepancy'
      readonly input: Omit<Unsigned<ClosedDiscrepancy>, 'stepUp'>
      /** Whoever closes it signs when they ask; the request itself stands for that afterwards. */
      readonly own?: StepUp
    }

const id = <Name extends string>() => z.custom<Id<Name>>(isUuid)
const instant = z.custom<Instant>((text) => typeof text === 'string' && !Number.isNaN(Date.parse(text)))
const day = z.custom<LocalDate>((text) => typeof text === 'string' && /^\d{4}-\d\d-\d\d$/.test(text))

// A field that a command gains without a line here does not compile: what is asked is kept whole or not at all.
const takeOutInput = z.strictObject({
  key: id<'ledger-movement'>(),
  kind: z.enum(['waste', 'lose', 'send-back', 'destroy']),
  lotId: id<'drug-lot'>(),
  from: z.strictObject({
    place: z.discriminatedUnion('at', [
      z.strictObject({ at: z.literal('safe') }),
      z.strictObject({ at: z.literal('cabinet'), id: id<'drug-cabinet'>() }),
      z.strictObject({ at: z.literal('syringe'), id: id<'session'>() }),
    ]),
    container: z.custom<ContainerId>(isUuid).optional(),
  }),
  hundredths: z.int().positive(),
  at: instant.optional(),
  reason: z.string().max(500),
  remarks: z.array(z.string()).optional(),
} satisfies Record<keyof Unsigned<TakenOut>, z.ZodType>)

const everyLot = {
  key: id<'drug-lot'>(),
  drug: z.string(),
  lotNumber: z.string(),
  expiresOn: day,
  gtin: z.string().optional(),
  supplier: z.string().optional(),
  invoice: z.string().optional(),
  reason: z.string().max(500),
  at: instant.optional(),
} satisfies Record<Exclude<keyof Unsigned<ReceivedStock>, 'form'>, z.ZodType>
const receiveInput = z.union([
  z.strictObject({
    ...everyLot,
    form: z.literal('vial').optional(),
    concentrationMgPerMl: z.number(),
    containerMl: z.number(),
    containers: z.int(),
  }),
  z.strictObject({
    ...everyLot,
    form: z.enum(['nasal-device', 'tablet']),
    unitMg: z.number(),
    units: z.int(),
  }),
])

const wasteBackInput = z.strictObject({
  key: id<'ledger-movement'>(),
  sessionId: id<'session'>(),
  lotId: id<'drug-lot'>(),
  hundredths: z.int().positive(),
  at: instant.optional(),
  reason: z.string().max(500),
} satisfies Record<keyof Unsigned<WasteSetRight>, z.ZodType>)

const closeInput = z.strictObject({
  key: id<'ledger-movement'>(),
  discrepancyId: id<'count-discrepancy'>(),
  seenBasis: z.string(),
  finding: z.enum(FINDINGS),
  words: z.string().max(2000),
} satisfies Record<Exclude<keyof Unsigned<ClosedDiscrepancy>, 'stepUp'>, z.ZodType>)

const INPUTS = {
  'take-out': takeOutInput,
  receive: receiveInput,
  'waste-back': wasteBackInput,
  'close-discrepancy': closeInput,
} as const satisfies Record<WitnessedActKind, z.ZodType>

/** What is asked, as one text that is the same however often the same is asked. @throws when it is not what the act asks */
export function inputText({ act, input }: WitnessedAct): string {
  return JSON.stringify(INPUTS[act].parse(input))
}

/** Reads `inputText` back. @throws when it was not written by us */
export function actOfRequest({ act, input }: Pick<WitnessRequest, 'act' | 'input'>): WitnessedAct {
  return { act, input: INPUTS[act].parse(JSON.parse(input)) } as WitnessedAct
}

/** SHA-256 of everything a signature stands for: the words as they are read, the act and its figures. */
export function requestDigest(words: string, act: WitnessedActKind, input: string): string {
  return createHash('sha256').update([words, act, input].join('\u001f')).digest('hex')
}

const ACTIONS: Readonly<Record<WitnessedActKind, Action>> = {
  'take-out': takeOut.action,
  receive: receiveStock.action,
  'waste-back': setWasteRight.action,
  'close-discrepancy': closeDiscrepancy.action,
}

/** Who may record an act of this kind. */
export function actionOf(act: WitnessedActKind): Action {
  return ACTIONS[act]
}

/** Whether the act stands in the ledger already, by whatever way. */
export async function isRecorded(
  { db, actor }: Pick<ReadNeeds, 'db' | 'actor'>,
  { act, actKey }: Pick<WitnessRequest, 'act' | 'actKey'>,
): Promise<boolean> {
  return act === 'receive'
    ? (await lotById(db, actor.clinicId, actKey as ReceivedStock['key'])) !== undefined
    : (await movementsOfAct(db, actor.clinicId, actKey as MovementId)).length > 0
}

/**
 * Records an act as its asker would with the witness beside them: the command judges everything anew.
 *
 * @param needs with the asker as the actor
 */
export async function record(
  needs: Needs,
  asked: WitnessedAct,
  signed: { readonly witness: StepUp; readonly words: string },
): Promise<Outcome<unknown>> {
  const more = { witness: signed.witness, signed: signed.words }
  switch (asked.act) {
    case 'take-out':
      return takeOut.run(needs, { ...asked.input, ...more })
    case 'receive':
      return receiveStock.run(needs, { ...asked.input, ...more })
    case 'waste-back':
      return setWasteRight.run(needs, { ...asked.input, ...more })
    case 'close-discrepancy':
      return closeSigned(needs, { ...asked.input, ...more })
  }
}
