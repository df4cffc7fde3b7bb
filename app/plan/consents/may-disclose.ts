import type { Instant, LocalDate } from '../../platform/time.ts'
import { type DisclosureElements, deficiencies, type RecordPart } from './disclosure-elements.ts'

/** A signed consent to disclose, as much of it as decides. */
export type DisclosureConsent = {
  readonly id: string
  readonly elements: DisclosureElements
  readonly signedAt: Instant
  readonly withdrawnAt: Instant | undefined
  /** False when its hash does not match what is stored: then it is not relied on. */
  readonly intact: boolean
}

export type DisclosureQuestion = {
  /** The name of the one who would receive it. */
  readonly to: string
  /** Whether they are one of the class that treats, pays or helps to run the program; undefined when not known. */
  readonly ofTreatmentClass: boolean | undefined
  readonly what: readonly RecordPart[]
  readonly purpose: 'treatment' | 'payment' | 'operations' | 'patient-request' | 'proceedings' | 'other'
  readonly at: Instant
  /** The clinic's date at that instant. */
  readonly today: LocalDate
  /** Whether treatment here has ended; undefined when nobody wrote it down. */
  readonly treatmentEnded: boolean | undefined
}

/** Only `yes` allows. `unknown` names what a person must settle. */
export type DisclosureAnswer = {
  readonly may: 'yes' | 'no' | 'unknown'
  /** The consent it rests on, or the one that comes nearest. */
  readonly consentId: string | undefined
  readonly because: string
}

/**
 * Whether something may be given to somebody by what the person signed. Pure, three-valued; exceptions of the law
 * (an emergency, a court's order) are not consents and are not answered here. Any consent that says yes is enough; else
 * one that is not known; else no, with the reason of the consent that comes nearest. `what` must not be empty.
 *
 * @example mayDisclose(consents, { to: 'Dr. Ito', what: ['diagnosis'], purpose: 'treatment', … }) → { may: 'no', because: 'It was taken back.' }
 */
export function mayDisclose(
  consents: readonly DisclosureConsent[],
  question: DisclosureQuestion,
): DisclosureAnswer {
  let best: Judged & { readonly consentId: string | undefined } = {
    may: 'no',
    near: -1,
    because: 'No paper that was signed allows this.',
    consentId: undefined,
  }
  for (const consent of consents) {
    const judged = judge(consent, question)
    if (RANK[judged.may] > RANK[best.may] || (judged.may === best.may && judged.near > best.near))
      best = { ...judged, consentId: consent.id }
  }
  return { may: best.may, consentId: best.consentId, because: best.because }
}

const RANK = { no: 0, unknown: 1, yes: 2 } as const

/** `near`: how many of the conditions were met before one was not. */
type Judged = { readonly may: 'yes' | 'no' | 'unknown'; readonly near: number; readonly because: string }

function judge({ elements: e, ...consent }: DisclosureConsent, q: DisclosureQuestion): Judged {
  const open: string[] = []
  const checks: readonly (() => string | undefined)[] = [
    () => (q.what.length > 0 ? undefined : 'Say what would be given.'),
    () => {
      if (e.recipientKind === 'named')
        return sameName(e.recipient, q.to) ? undefined : 'It names somebody else.'
      if (q.ofTreatmentClass === false) return 'They do not belong to those it allows.'
      if (q.ofTreatmentClass === undefined)
        open.push('whether they treat the person, pay for it or help to run the program')
      return undefined
    },
    () =>
      q.what.every((part) => e.parts.includes(part))
        ? undefined
        : 'It does not cover all of what would be given.',
    () => purposeGap(e, q, open),
    () => (consent.signedAt <= q.at ? undefined : 'It was signed later.'),
    () =>
      consent.withdrawnAt !== undefined && consent.withdrawnAt <= q.at ? 'It was taken back.' : undefined,
    () => expiryGap(e, q, open),
    () => (deficiencies(e).length > 0 ? 'It lacks something that the law asks for.' : undefined),
    () => (consent.intact ? undefined : 'What is stored is not what was signed.'),
  ]
  for (const [near, check] of checks.entries()) {
    const because = check()
    if (because !== undefined) return { may: 'no', near, because }
  }
  return open.length > 0
    ? { may: 'unknown', near: checks.length, because: `Not known: ${open.join('; ')}.` }
    : { may: 'yes', near: checks.length, because: 'A signed paper allows it.' }
}

function purposeGap(e: DisclosureElements, q: DisclosureQuestion, open: string[]): string | undefined {
  const otherwise = 'It is for another purpose.'
  if ((q.purpose === 'proceedings') !== (e.scope === 'proceedings'))
    return e.scope === 'proceedings' ? otherwise : 'Use in a proceeding needs a paper of its own.'
  if (q.purpose === 'proceedings') {
    open.push('whether it is the proceeding that the paper names')
    return undefined
  }
  if (e.purpose === 'other') {
    open.push('whether the purpose is the one that the paper describes')
    return undefined
  }
  if (e.purpose === 'treatment-payment-operations')
    return q.purpose === 'treatment' || q.purpose === 'payment' || q.purpose === 'operations'
      ? undefined
      : otherwise
  return e.purpose === q.purpose ? undefined : otherwise
}

function expiryGap(e: DisclosureElements, q: DisclosureQuestion, open: string[]): string | undefined {
  if (e.expiry === undefined) return 'It says no end.'
  if (e.expiry.kind === 'on') return q.today > e.expiry.date ? 'It has expired.' : undefined
  if (e.expiry.kind === 'end-of-treatment') {
    if (q.treatmentEnded === true) return 'It ended with the treatment.'
    if (q.treatmentEnded === undefined) open.push('whether the treatment has ended')
  }
  return undefined
}

/** Upper and lower case and spaces do not tell people apart; everything else does. */
function sameName(a: string, b: string): boolean {
  const plain = (name: string) => name.normalize('NFKC').trim().replace(/\s+/g, ' ').toLowerCase()
  return plain(a) === plain(b)
}
