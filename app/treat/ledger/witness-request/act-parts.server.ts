import { clinicById } from '../../../identity/index.server.ts'
import { appointmentById } from '../../../plan/index.server.ts'
import type { Member } from '../../../platform/actor.ts'
import type { ReadNeeds } from '../../../platform/command.server.ts'
import { type Instant, momentInWords } from '../../../platform/time.ts'
import type { SessionId } from '../../session/session-event.ts'
import { sessionRecord } from '../../session/session-queries.server.ts'
import { basisOfDiscrepancy, settlementNow } from '../counts/close-discrepancy.server.ts'
import { countedInWords, FINDING_WORDS } from '../counts/count-words.ts'
import { discrepancyById } from '../counts/discrepancy-queries.server.ts'
import { cabinets, openedVials } from '../ledger-queries.server.ts'
import { type DrugLot, lotById, strengthOf } from '../lot-queries.server.ts'
import { microgramsOf, type Side } from '../movement.ts'
import { amountInWords, countInWords, mgInWords, placeInWords, sideInWords } from '../movement-words.ts'
import { otherFactsOnRecord } from '../other-facts.server.ts'
import { lotOf } from '../receive-stock.server.ts'
import { lotInWords } from '../standing-stock.ts'
import type { TakenOut } from '../waste-stock.server.ts'
import type { ActParts } from './witness-request.ts'
import type { WitnessedAct } from './witnessed-acts.server.ts'

const VERBS: Readonly<Record<TakenOut['kind'], string>> = {
  waste: 'Waste',
  lose: 'Record as not to be found',
  'send-back': 'Send back',
  destroy: 'Destroy',
}
const ENDS = { waste: 'waste', lose: 'lost', 'send-back': 'returned', destroy: 'destroyed' } as const

type Looking = Pick<ReadNeeds, 'db' | 'actor'>
type Of<Act extends WitnessedAct['act']> = Extract<WitnessedAct, { act: Act }>['input']
/** What is peculiar to an act; who asked and when is the same for all. */
type OwnParts = Omit<ActParts, 'asker' | 'asked' | 'happened'>

/**
 * An act in parts, as the witness reads them, by the facts as they are now.
 *
 * @returns undefined where what it is about is not this clinic's, or nothing would be moved
 */
export async function partsOfAct(
  needs: Looking,
  asked: WitnessedAct,
  by: { readonly asker: Member; readonly at: Instant },
): Promise<ActParts | undefined> {
  const timeZone = (await clinicById(needs.db, needs.actor.clinicId))?.timeZone ?? 'UTC'
  const own = await ownParts(needs, asked, by.at, timeZone)
  if (!own) return undefined
  const happened = 'at' in asked.input ? asked.input.at : undefined
  return {
    ...own,
    ...(happened ? { happened: momentInWords(happened, timeZone) } : {}),
    asker: by.asker.name,
    asked: momentInWords(by.at, timeZone),
  }
}

async function ownParts(
  needs: Looking,
  asked: WitnessedAct,
  at: Instant,
  timeZone: string,
): Promise<OwnParts | undefined> {
  switch (asked.act) {
    case 'take-out':
      return partsOfTakeOut(needs, asked.input, timeZone)
    case 'receive':
      return partsOfDelivery(needs, asked.input, at)
    case 'waste-back':
      return partsOfWasteBack(needs, asked.input, timeZone)
    case 'close-discrepancy':
      return partsOfClosing(needs, asked.input)
  }
}

async function partsOfDelivery(
  { db, actor: { clinicId } }: Looking,
  input: Of<'receive'>,
  at: Instant,
): Promise<OwnParts> {
  const lot = lotOf(input, at)
  const hundredths =
    'unitMg' in input ? input.units * 100 : Math.round(input.containerMl * 100) * input.containers
  const { supplier, invoice } = input
  const remarks = await otherFactsOnRecord(db, clinicId, lot)
  return {
    ...lotParts(lot),
    ...(remarks.length > 0 ? { remarks } : {}),
    verb: 'Receive',
    amount: amountOf(lot, hundredths, lot.form === 'vial'),
    from: `${supplier ?? 'the supplier'}${invoice ? `, invoice ${invoice}` : ''}`,
    to: 'the safe',
    reason: input.reason,
  }
}

async function partsOfTakeOut(
  needs: Looking,
  { from, lotId, hundredths, kind, remarks, reason }: Of<'take-out'>,
  timeZone: string,
): Promise<OwnParts | undefined> {
  const lot = await lotById(needs.db, needs.actor.clinicId, lotId)
  const source =
    from.place.at === 'syringe'
      ? await syringeInWords(needs, from.place.id, timeZone)
      : await standingInWords(needs, lotId, from)
  if (!lot || !source) return undefined
  return {
    ...lotParts(lot),
    ...(remarks ? { remarks } : {}),
    verb: VERBS[kind],
    amount: amountOf(lot, hundredths, from.place.at !== 'syringe' && from.container === undefined),
    from: source,
    to: placeInWords({ at: ENDS[kind] }, new Map()),
    reason,
  }
}

async function partsOfWasteBack(
  needs: Looking,
  { sessionId, lotId, hundredths, reason }: Of<'waste-back'>,
  timeZone: string,
): Promise<OwnParts | undefined> {
  const lot = await lotById(needs.db, needs.actor.clinicId, lotId)
  const syringe = await syringeInWords(needs, sessionId, timeZone)
  if (!lot || !syringe) return undefined
  return {
    ...lotParts(lot),
    remarks: ['It is on record as waste, and was given, as the log of the session says.'],
    verb: 'Set right',
    amount: amountOf(lot, hundredths, false),
    from: 'waste',
    to: syringe,
    reason,
  }
}

async function partsOfClosing(
  needs: Looking,
  { discrepancyId, finding, words }: Of<'close-discrepancy'>,
): Promise<OwnParts | undefined> {
  const { db, actor } = needs
  const discrepancy = await discrepancyById(db, actor.clinicId, discrepancyId)
  const lot = discrepancy && (await lotById(db, actor.clinicId, discrepancy.lotId))
  if (!lot) return undefined
  const basis = await basisOfDiscrepancy(db, actor.clinicId, discrepancy)
  const settlement = settlementNow(discrepancy, finding, basis, lot.standing)
  if (!settlement.ok || !settlement.movement) return undefined
  const { kind, direction, hundredths } = settlement.movement
  const item = await standingInWords(needs, lot.id, discrepancy)
  const outside = placeInWords({ at: kind === 'lose' ? 'lost' : 'adjusted' }, new Map())
  const figure = (amount: number) => countedInWords(amount, discrepancy, lot)
  return {
    ...lotParts(lot),
    remarks: [
      `The count says ${figure(basis.counted ?? 0)}, the ledger ${figure(basis.expected)}.`,
      `Finding: ${FINDING_WORDS[finding].label.toLowerCase()}.`,
    ],
    verb: 'Close a discrepancy by moving',
    amount: amountOf(lot, hundredths, discrepancy.container === undefined),
    from: direction === 'out' ? item : outside,
    to: direction === 'out' ? outside : item,
    reason: words,
  }
}

function lotParts(lot: DrugLot): Pick<ActParts, 'drug' | 'lotNumber'> {
  return { drug: lotInWords(lot), lotNumber: lot.lotNumber }
}

/** @returns undefined where there is no such session */
async function syringeInWords(
  { db, actor: { clinicId } }: Looking,
  sessionId: SessionId,
  timeZone: string,
): Promise<string | undefined> {
  const session = await sessionRecord(db, clinicId, sessionId)
  if (!session) return undefined
  const appointmentId = session.appointmentId as Parameters<typeof appointmentById>[2]
  const appointment = await appointmentById(db, clinicId, appointmentId)
  const room = appointment ? `${appointment.roomName}, ` : ''
  return `the syringe of the session in ${room}opened ${momentInWords(session.openedAt, timeZone)}`
}

async function standingInWords(
  { db, actor: { clinicId } }: Looking,
  lotId: DrugLot['id'],
  { place, container }: Side,
): Promise<string> {
  const names = new Map((await cabinets(db, clinicId)).map((cabinet) => [cabinet.id, cabinet.name]))
  const vial = container && (await openedVials(db, clinicId, [lotId])).find(({ id }) => id === container)
  return sideInWords(place, vial?.number, names)
}

/** "1.20 mL (12 mg)", and of sealed vials how many: "2 sealed vials, 40.00 mL (400 mg)". */
function amountOf(lot: DrugLot, hundredths: number, sealed: boolean): string {
  const mg = mgInWords(microgramsOf(hundredths, strengthOf(lot)))
  const amount = `${amountInWords(hundredths, lot.form)} (${mg})`
  const each = sealed && lot.form === 'vial' ? Math.round(lot.containerMl * 100) : 0
  return each > 0 && hundredths % each === 0
    ? `${countInWords(hundredths / each, 'sealed vial', 'sealed vials')}, ${amount}`
    : amount
}
