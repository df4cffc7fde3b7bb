import { type Instant, isoInZone, momentInWords } from '../../../platform/time.ts'
import type { LotId, SessionId } from '../../session/session-event.ts'
import type { DrugLot } from '../lot-queries.server.ts'
import type { Movement } from '../movement.ts'
import { type MovementLine, movementRow, type RowFacts } from '../movement-row.ts'
import { mgFigure, UNIT_NAMES } from '../movement-words.ts'
import { strengthInWords } from '../standing-stock.ts'

/** Whose session a movement was for, in words. */
export type SessionParties = {
  readonly person: string
  /** The number of the person's record. */
  readonly record: string
  /** Who signed the order of the dose; undefined where no dose was begun. */
  readonly prescriber: string | undefined
  /** Who began the dose, by the session's log. */
  readonly givenBy: string | undefined
}

export type InspectorFacts = RowFacts & {
  readonly parties: ReadonlyMap<SessionId, SessionParties>
}

export type InspectorMovement = MovementLine & {
  readonly drug: string
  readonly form: string
  readonly strength: string
  readonly person: string | undefined
  readonly record: string | undefined
  readonly prescriber: string | undefined
  /** Of a delivery: who brought it, and on which invoice. */
  readonly supplier: string | undefined
  readonly invoice: string | undefined
  readonly exact: ExactFigures & { readonly recorded: string }
}

/** What a file says for other programs to read: one figure a cell, times with their offset from UTC. */
type ExactFigures = {
  readonly at: string
  readonly amount: number
  readonly unit: string
  readonly mg: number
}

const FORM_WORDS: Readonly<Record<DrugLot['form'], string>> = {
  vial: 'vial for injection',
  'nasal-device': 'nasal spray device',
  tablet: 'tablet',
}

/** A movement with the drug it moved and whose session it was for. */
export function inspectorMovement(movement: Movement, facts: InspectorFacts): InspectorMovement {
  const lot = facts.lots.find(({ id }) => id === movement.lotId)
  const parties = movement.sessionId && facts.parties.get(movement.sessionId)
  return {
    ...movementRow(movement, facts),
    drug: lot?.drug ?? 'unknown',
    form: lot ? FORM_WORDS[lot.form] : 'unknown',
    strength: lot ? strengthInWords(lot) : 'unknown',
    person: parties?.person,
    record: parties?.record,
    prescriber: parties?.prescriber,
    ...(movement.kind === 'receive'
      ? deliveryOf(movement, lot)
      : { supplier: undefined, invoice: undefined }),
    exact: {
      ...exactFigures(movement, lot?.form ?? 'vial', facts.timeZone),
      recorded: isoInZone(movement.recordedAt, facts.timeZone),
    },
  }
}

/** What the row itself says of a delivery, which the chain covers; what came before the ledger has it in its lot alone. */
function deliveryOf({ detail }: Movement, lot: DrugLot | undefined) {
  const said = (text: unknown) => (typeof text === 'string' && text !== '' ? text : undefined)
  return { supplier: said(detail?.supplier) ?? lot?.supplier, invoice: said(detail?.invoice) ?? lot?.invoice }
}

function exactFigures(
  { at, hundredths, micrograms }: Pick<Movement, 'at' | 'hundredths' | 'micrograms'>,
  form: DrugLot['form'],
  timeZone: string,
): ExactFigures {
  return {
    at: isoInZone(at, timeZone),
    amount: hundredths / 100,
    unit: form === 'vial' ? 'mL' : UNIT_NAMES[form].many,
    mg: micrograms / 1000,
  }
}

/** What was given to one person in one session of one lot. */
export type Administration = {
  readonly key: string
  readonly when: string
  readonly person: string
  readonly record: string
  readonly drug: string
  readonly form: string
  readonly strength: string
  readonly lot: string
  readonly amount: string
  readonly mg: string
  readonly givenBy: string
  readonly initials: string
  readonly prescriber: string | undefined
  /** When something called given was set right, the last time; the amount is what remains. */
  readonly corrected: string | undefined
  readonly exact: ExactFigures & { readonly corrected: string | undefined }
}

/** One movement that gave, and what of it still counts as given. */
type Given = {
  readonly first: Movement
  hundredths: number
  micrograms: number
  corrected: Instant | undefined
}

/**
 * Who was given what, in the order of time: one row for each session and lot, of what the ledger calls given less what was set right,
 * whenever that was. A session of which nothing remains given is left out.
 *
 * @param movements every one of the sessions asked for, also what set right what was given on the days asked for on another day
 * @param amountWords an amount as the lot is counted
 * @param isAskedFor whether what a movement gave is to be told; all of it where left out
 */
export function administrations(
  movements: readonly Movement[],
  facts: InspectorFacts,
  amountWords: (hundredths: number, form: DrugLot['form']) => string,
  isAskedFor: (give: Movement) => boolean = () => true,
): Administration[] {
  const told = new Map<string, Given>()
  for (const [key, gives] of givenBySession(movements)) {
    for (const { first, hundredths, micrograms, corrected } of gives.filter((give) =>
      isAskedFor(give.first),
    )) {
      const before = told.get(key)
      told.set(key, {
        first: before?.first ?? first,
        hundredths: (before?.hundredths ?? 0) + hundredths,
        micrograms: (before?.micrograms ?? 0) + micrograms,
        corrected: [before?.corrected, corrected]
          .flatMap((at) => at ?? [])
          .toSorted()
          .at(-1),
      })
    }
  }
  return [...told.entries()]
    .filter(([, { hundredths }]) => hundredths > 0)
    .toSorted(([, a], [, b]) => compare(a.first.at, b.first.at) || a.first.seq - b.first.seq)
    .map(([key, { first, hundredths, micrograms, corrected }]) => {
      const { drug, form, strength, lot, person, record, prescriber, by } = inspectorMovement(first, facts)
      const counted = facts.lots.find(({ id }: { id: LotId }) => id === first.lotId)?.form ?? 'vial'
      const givenBy = (first.sessionId && facts.parties.get(first.sessionId)?.givenBy) ?? by
      return {
        key,
        when: momentInWords(first.at, facts.timeZone),
        person: person ?? 'unknown',
        record: record ?? 'unknown',
        drug,
        form,
        strength,
        lot,
        amount: amountWords(hundredths, counted),
        mg: mgFigure(micrograms),
        givenBy,
        initials: initialsOf(givenBy),
        prescriber,
        corrected: corrected && momentInWords(corrected, facts.timeZone),
        exact: {
          ...exactFigures({ at: first.at, hundredths, micrograms }, counted, facts.timeZone),
          corrected: corrected && isoInZone(corrected, facts.timeZone),
        },
      }
    })
}

/** What each give of a session and lot still counts for; what was set right is taken from the last one that has anything left. */
function givenBySession(movements: readonly Movement[]): Map<string, Given[]> {
  const given = new Map<string, Given[]>()
  for (const movement of movements.toSorted((a, b) => a.seq - b.seq)) {
    const { kind, sessionId, lotId, hundredths, micrograms, at } = movement
    if (kind !== 'give' && kind !== 'take-back') continue
    const key = `${sessionId} ${lotId}`
    const gives = given.get(key) ?? []
    given.set(key, gives)
    if (kind === 'give') gives.push({ first: movement, hundredths, micrograms, corrected: undefined })
    let back = hundredths
    for (const give of kind === 'take-back' ? gives.toReversed() : []) {
      const part = Math.min(back, give.hundredths)
      if (part === 0) continue
      back -= part
      give.hundredths -= part
      give.micrograms -= Math.round((micrograms * part) / hundredths)
      give.corrected = at
    }
  }
  return given
}

/** @example initialsOf('Mara van der Quill') // 'MvdQ' */
export function initialsOf(name: string): string {
  return name
    .split(/[\s-]+/)
    .map((part) => part.slice(0, 1))
    .join('')
}

const compare = (a: Instant, b: Instant) => (a < b ? -1 : a > b ? 1 : 0)

type Cell = string | number

/** The rows of movements as a table for a file, its head first. */
export function movementTable(rows: readonly InspectorMovement[]): Cell[][] {
  return [
    [
      'No.',
      'Happened',
      'Recorded',
      'What',
      'Drug',
      'Form',
      'Strength',
      'Lot',
      'Amount',
      'Unit',
      'mg',
      'From',
      'To',
      'Supplier',
      'Invoice',
      'Person',
      'Record',
      'Prescriber',
      'Recorded by',
      'Witness',
      'Note',
    ],
    ...rows.map((row) => [
      row.seq,
      row.exact.at,
      row.exact.recorded,
      row.kind,
      row.drug,
      row.form,
      row.strength,
      row.lot,
      row.exact.amount,
      row.exact.unit,
      row.exact.mg,
      row.from,
      row.to,
      row.supplier ?? '',
      row.invoice ?? '',
      row.person ?? '',
      row.record ?? '',
      row.prescriber ?? '',
      row.by,
      row.witness ?? '',
      row.reason,
    ]),
  ]
}

/** What was given, as a table for a file, its head first. */
export function administrationTable(rows: readonly Administration[]): Cell[][] {
  return [
    [
      'Given',
      'Person',
      'Record',
      'Drug',
      'Form',
      'Strength',
      'Lot',
      'Amount',
      'Unit',
      'mg',
      'Given by',
      'Initials',
      'Prescriber',
      'Corrected',
    ],
    ...rows.map((row) => [
      row.exact.at,
      row.person,
      row.record,
      row.drug,
      row.form,
      row.strength,
      row.lot,
      row.exact.amount,
      row.exact.unit,
      row.exact.mg,
      row.givenBy,
      row.initials,
      row.prescriber ?? '',
      row.exact.corrected ?? '',
    ]),
  ]
}
