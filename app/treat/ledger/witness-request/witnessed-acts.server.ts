import { createHash } from 'node:crypto'
import * as z from 'zod'
import { clinicById } from '../../../identity/index.server.ts'
import type { StepUp } from '../../../identity/index.ts'
import { appointmentById } from '../../../plan/index.server.ts'
import type { Action } from '../../../platform/access.ts'
import type { Member } from '../../../platform/actor.ts'
import type { Needs, ReadNeeds } from '../../../platform/command.server.ts'
import { type Id, isUuid } from '../../../platform/ids.ts'
import type { Outcome } from '../../../platform/outcome.ts'
import { type Instant, type LocalDate, momentInWords } from '../../../platform/time.ts'
import { sessionRecord } from '../../session/session-queries.server.ts'
import { cabinets, movementsOfAct, openedVials } from '../ledger-queries.server.ts'
import { type DrugLot, lotById, strengthOf } from '../lot-queries.server.ts'
import { type ContainerId, microgramsOf, type TakenFrom } from '../movement.ts'
import { amountInWords, countInWords, mgInWords, placeInWords, sideInWords } from '../movement-words.ts'
import { lotOf, type ReceivedStock, receiveStock } from '../receive-stock.server.ts'
import { lotInWords } from '../standing-stock.ts'
import { type TakenOut, takeOut } from '../waste-stock.server.ts'
import type { ActParts, WitnessedActKind, WitnessRequest } from './witness-request.ts'

/** What a command is asked with, before anybody has signed. */
type Unsigned<Input> = Input extends unknown ? Omit<Input, 'witness' | 'signed'> : never

/** An act that a witness is asked to see: which command records it, and with what. */
export type WitnessedAct =
  | { readonly act: 'take-out'; readonly input: Unsigned<TakenOut> }
  | { readonly act: 'receive'; readonly input: Unsigned<ReceivedStock> }

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

/** What is asked, as one text that is the same however often the same is asked. @throws when it is not what the act asks */
export function inputText({ act, input }: WitnessedAct): string {
  return JSON.stringify(act === 'take-out' ? takeOutInput.parse(input) : receiveInput.parse(input))
}

/** Reads `inputText` back. @throws when it was not written by us */
export function actOfRequest({ act, input }: Pick<WitnessRequest, 'act' | 'input'>): WitnessedAct {
  const json: unknown = JSON.parse(input)
  return act === 'take-out'
    ? { act, input: takeOutInput.parse(json) as Unsigned<TakenOut> }
    : { act, input: receiveInput.parse(json) as Unsigned<ReceivedStock> }
}

/** SHA-256 of everything a signature stands for: the words as they are read, the act and its figures. */
export function requestDigest(words: string, act: WitnessedActKind, input: string): string {
  return createHash('sha256').update([words, act, input].join('\u001f')).digest('hex')
}

/** Who may record an act of this kind. */
export function actionOf(act: WitnessedActKind): Action {
  return act === 'take-out' ? takeOut.action : receiveStock.action
}

/** Whether the act stands in the ledger already, by whatever way. */
export async function isRecorded(
  { db, actor }: Pick<ReadNeeds, 'db' | 'actor'>,
  { act, actKey }: Pick<WitnessRequest, 'act' | 'actKey'>,
): Promise<boolean> {
  return act === 'take-out'
    ? (await movementsOfAct(db, actor.clinicId, actKey as TakenOut['key'])).length > 0
    : (await lotById(db, actor.clinicId, actKey as ReceivedStock['key'])) !== undefined
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
  return asked.act === 'take-out'
    ? takeOut.run(needs, { ...asked.input, ...more })
    : receiveStock.run(needs, { ...asked.input, ...more })
}

const VERBS: Readonly<Record<TakenOut['kind'], string>> = {
  waste: 'Waste',
  lose: 'Record as not to be found',
  'send-back': 'Send back',
  destroy: 'Destroy',
}
const ENDS = { waste: 'waste', lose: 'lost', 'send-back': 'returned', destroy: 'destroyed' } as const

/**
 * An act in parts, as the witness reads them, by the facts as they are now.
 *
 * @returns undefined where lot or session are not this clinic's
 */
export async function partsOfAct(
  { db, actor }: Pick<ReadNeeds, 'db' | 'actor'>,
  asked: WitnessedAct,
  by: { readonly asker: Member; readonly at: Instant },
): Promise<ActParts | undefined> {
  const { clinicId } = actor
  const timeZone = (await clinicById(db, clinicId))?.timeZone ?? 'UTC'
  const every = {
    ...(asked.input.at ? { happened: momentInWords(asked.input.at, timeZone) } : {}),
    reason: asked.input.reason,
    asker: by.asker.name,
    asked: momentInWords(by.at, timeZone),
  }
  if (asked.act === 'receive') {
    const lot = lotOf(asked.input, by.at)
    const hundredths =
      'unitMg' in asked.input
        ? asked.input.units * 100
        : Math.round(asked.input.containerMl * 100) * asked.input.containers
    const { supplier, invoice } = asked.input
    return {
      ...every,
      verb: 'Receive',
      amount: countedInWords(lot, hundredths, lot.form === 'vial'),
      drug: lotInWords(lot),
      lotNumber: lot.lotNumber,
      from: `${supplier ?? 'the supplier'}${invoice ? `, invoice ${invoice}` : ''}`,
      to: 'the safe',
    }
  }
  const { from, lotId, hundredths, kind, remarks } = asked.input
  const session = from.place.at === 'syringe' ? await sessionRecord(db, clinicId, from.place.id) : undefined
  if (from.place.at === 'syringe' && !session) return undefined
  const lot = await lotById(db, clinicId, lotId)
  if (!lot) return undefined
  const names = new Map((await cabinets(db, clinicId)).map((cabinet) => [cabinet.id, cabinet.name]))
  const appointment =
    session &&
    (await appointmentById(db, clinicId, session.appointmentId as Parameters<typeof appointmentById>[2]))
  const room = appointment ? `${appointment.roomName}, ` : ''
  return {
    ...every,
    ...(remarks ? { remarks } : {}),
    verb: VERBS[kind],
    amount: countedInWords(lot, hundredths, isSealed(from)),
    drug: lotInWords(lot),
    lotNumber: lot.lotNumber,
    from: session
      ? `the syringe of the session in ${room}opened ${momentInWords(session.openedAt, timeZone)}`
      : sideInWords(from.place, await vialNumber(), names),
    to: placeInWords({ at: ENDS[kind] }, names),
  }

  async function vialNumber() {
    if (!from.container) return undefined
    return (await openedVials(db, clinicId, [lotId])).find((vial) => vial.id === from.container)?.number
  }
}

function isSealed({ place, container }: TakenFrom): boolean {
  return place.at !== 'syringe' && container === undefined
}

/** "1.20 mL (12 mg)", and of sealed vials how many: "2 sealed vials, 40.00 mL (400 mg)". */
function countedInWords(lot: DrugLot, hundredths: number, sealed: boolean): string {
  const mg = mgInWords(microgramsOf(hundredths, strengthOf(lot)))
  const amount = `${amountInWords(hundredths, lot.form)} (${mg})`
  const each = sealed && lot.form === 'vial' ? Math.round(lot.containerMl * 100) : 0
  return each > 0 && hundredths % each === 0
    ? `${countInWords(hundredths / each, 'sealed vial', 'sealed vials')}, ${amount}`
    : amount
}
