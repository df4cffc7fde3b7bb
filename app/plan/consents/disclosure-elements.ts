import type { LocalDate } from '../../platform/time.ts'
import type { SigningProblem } from './signing.ts'

/** Parts of the record by name, so that "what" is specific (42 CFR 2.31(a)(3)). */
export const RECORD_PARTS = [
  { id: 'attendance', label: 'That I am treated here, and my visits' },
  { id: 'diagnosis', label: 'Diagnosis' },
  { id: 'medicines', label: 'Medicines and allergies' },
  { id: 'doses', label: 'Doses of ketamine and readings during them' },
  { id: 'tests', label: 'Results of tests' },
  { id: 'questionnaires', label: 'Answers to questionnaires' },
  { id: 'plan', label: 'Plan, progress and summary at the end' },
  { id: 'counselling-notes', label: 'Notes of counselling (only by a paper of their own)' },
] as const
export type RecordPart = (typeof RECORD_PARTS)[number]['id']

export const SCOPES = [
  { id: 'general', label: 'Parts of my record, not notes of counselling' },
  { id: 'counselling-notes', label: 'Notes of counselling only' },
  {
    id: 'proceedings',
    label: 'Use in one civil, criminal, administrative or legislative proceeding',
  },
] as const
export type DisclosureScope = (typeof SCOPES)[number]['id']

export const RECIPIENT_KINDS = [
  { id: 'named', label: 'One person or organization, by name' },
  {
    id: 'class',
    label:
      'My treating providers, health plans, third-party payers, and people helping to operate this program',
  },
] as const
export type RecipientKind = (typeof RECIPIENT_KINDS)[number]['id']

export const PURPOSES = [
  { id: 'treatment-payment-operations', label: 'Treatment, payment and running the clinic' },
  { id: 'treatment', label: 'Treatment by somebody else' },
  { id: 'payment', label: 'Payment' },
  { id: 'patient-request', label: 'At my own request' },
  { id: 'other', label: 'Another purpose' },
] as const
export type DisclosurePurpose = (typeof PURPOSES)[number]['id']

export const EXPIRIES = [
  { id: 'on', label: 'On a day' },
  { id: 'end-of-treatment', label: 'When my treatment here ends' },
  { id: 'none', label: 'No end (only for treatment, payment and running the clinic)' },
] as const

export type DisclosureExpiry =
  | { readonly kind: 'on' /** Last day on which it holds. */; readonly date: LocalDate }
  | { readonly kind: 'end-of-treatment' | 'none' }

/**
 * The elements of a consent to disclose (42 CFR 2.31(a)), each a field. The right to revoke, the statement on passing on
 * and the effect of refusing stand in the document's text, which is signed with them; signature and date in the signature.
 */
export type DisclosureElements = {
  readonly scope: DisclosureScope
  readonly patientName: string
  /** Who may disclose: a name or a class. */
  readonly discloser: string
  readonly recipientKind: RecipientKind
  /** The name, for `named`. */
  readonly recipient: string
  /** Where it goes through an exchange: its name and who takes part in it. */
  readonly intermediary: string | undefined
  readonly parts: readonly RecordPart[]
  readonly partsDetail: string | undefined
  readonly purpose: DisclosurePurpose
  readonly purposeDetail: string | undefined
  readonly expiry: DisclosureExpiry | undefined
}

/**
 * What a consent to disclose lacks, or has that does not go together. Pure; a consent with any of it is deficient and
 * allows nothing. Fields are those of the form.
 *
 * @param today the clinic's day of signing, on which a paper must still hold; left out for one that is signed already
 */
export function deficiencies(e: DisclosureElements, today?: LocalDate): readonly SigningProblem[] {
  const found: SigningProblem[] = []
  const say = (field: string, words: string) => found.push({ field, reason: 'element', words })
  if (e.patientName.trim() === '') say('patientName', 'Whose record it is.')
  if (e.discloser.trim() === '') say('discloser', 'Say who may give it.')
  if (e.recipientKind === 'named' && e.recipient.trim() === '') say('recipient', 'Say who receives it.')
  if (e.recipientKind === 'class' && e.purpose !== 'treatment-payment-operations')
    say('recipient', 'For this purpose name one person or organization.')
  if (e.parts.length === 0) say('parts', 'Choose what may be given.')
  if (e.parts.includes('counselling-notes') !== (e.scope === 'counselling-notes'))
    say('parts', 'Notes of counselling need a paper of their own, with nothing else in it.')
  else if (e.scope === 'counselling-notes' && e.parts.length > 1)
    say('parts', 'A paper for notes of counselling is for nothing else.')
  if (e.purpose === 'other' && !e.purposeDetail?.trim()) say('purposeDetail', 'Say for what.')
  if (e.scope === 'proceedings' && !e.purposeDetail?.trim()) say('purposeDetail', 'Say which proceeding.')
  if (e.scope !== 'general' && e.recipientKind === 'class')
    say('recipient', 'Name one person or organization for this.')
  if (e.scope === 'proceedings' && e.purpose !== 'other' && e.purpose !== 'patient-request')
    say('purpose', 'A paper for a proceeding is for nothing else.')
  if (e.expiry === undefined) say('expiry', 'Say until when it holds.')
  else if (e.expiry.kind === 'on' && today !== undefined && e.expiry.date < today)
    say('expiresOn', 'This day is over. Give the last day on which it holds, today or later.')
  else if (e.expiry.kind === 'none' && e.purpose !== 'treatment-payment-operations')
    say('expiry', 'Only a paper for treatment, payment and running the clinic may have no end.')
  return found
}

/** The elements in one fixed order, for hashing. */
export function elementsInOrder(e: DisclosureElements): readonly unknown[] {
  return [
    e.scope,
    e.patientName,
    e.discloser,
    e.recipientKind,
    e.recipient,
    e.intermediary ?? null,
    [...e.parts].sort(),
    e.partsDetail ?? null,
    e.purpose,
    e.purposeDetail ?? null,
    e.expiry?.kind ?? null,
    e.expiry?.kind === 'on' ? e.expiry.date : null,
  ]
}

const labelOf = (list: readonly { readonly id: string; readonly label: string }[], id: string) =>
  list.find((one) => one.id === id)?.label ?? id

/** The elements as they are read by people. @param day how a date is said */
export function elementsInWords(
  e: DisclosureElements,
  day: (date: LocalDate) => string,
): readonly { readonly term: string; readonly value: string }[] {
  const detail = (text: string | undefined) => (text ? `: ${text}` : '')
  return [
    { term: 'Whose record', value: e.patientName },
    { term: 'Scope', value: labelOf(SCOPES, e.scope) },
    { term: 'Who may give it', value: e.discloser },
    { term: 'To whom', value: recipientInWords(e) },
    ...(e.intermediary ? [{ term: 'Through', value: e.intermediary }] : []),
    {
      term: 'What',
      value: `${e.parts.map((part) => labelOf(RECORD_PARTS, part)).join('; ')}${detail(e.partsDetail)}`,
    },
    { term: 'For what', value: `${labelOf(PURPOSES, e.purpose)}${detail(e.purposeDetail)}` },
    {
      term: 'Until',
      value:
        e.expiry === undefined
          ? 'not said'
          : e.expiry.kind === 'on'
            ? `${day(e.expiry.date)}, that day included`
            : e.expiry.kind === 'none'
              ? 'no end'
              : 'the end of treatment here',
    },
  ]
}

export function recipientInWords(e: DisclosureElements): string {
  return e.recipientKind === 'class' ? labelOf(RECIPIENT_KINDS, 'class') : e.recipient
}
