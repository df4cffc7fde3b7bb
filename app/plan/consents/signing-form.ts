import { type LocalDate, parseLocalDate } from '../../platform/time.ts'
import type { ConsentDocument } from './consent-document.ts'
import {
  type DisclosureElements,
  type DisclosureExpiry,
  PURPOSES,
  RECIPIENT_KINDS,
  RECORD_PARTS,
  SCOPES,
} from './disclosure-elements.ts'
import type { Signing, Witness } from './signing.ts'

/** Longest text kept of one field. */
const MOST = 300

/**
 * A signing form as it was sent. Says nothing about whether it may be signed (`signingProblems`). Pure.
 *
 * @param patientName whose record a paper to disclose is about: never taken from the form
 */
export function readSigning(
  form: FormData,
  document: ConsentDocument,
  patientName: string,
): Signing & { readonly version: string; readonly textHash: string } {
  const text = (name: string) => textOf(form, name)
  return {
    version: text('version'),
    textHash: text('textHash'),
    typedName: text('typedName'),
    // Not cut: a drawing that is too large is refused in words, never stored in part.
    drawing: String(form.get('drawing') ?? ''),
    teachBack: Object.fromEntries(document.teachBack.map((q) => [q.id, text(`answer-${q.id}`)])),
    acknowledged: document.acknowledgements.filter((a) => text(`ack-${a.id}`) === 'yes').map((a) => a.id),
    elements: document.form === 'disclosure' ? readElements(form, patientName) : undefined,
    witness: readWitness(form, 'witness'),
    interpreter: readWitness(form, 'interpreter'),
  }
}

/** Somebody of whom anything at all was filled in; undefined when nothing was. */
function readWitness(form: FormData, who: 'witness' | 'interpreter'): Witness | undefined {
  const text = (part: string) => textOf(form, `${who}${part}`)
  const one = {
    name: text('Name'),
    role: text('Role'),
    signature: text('Signature'),
    language: text('Language') || undefined,
  }
  return one.name || one.role || one.signature || one.language ? one : undefined
}

function readElements(form: FormData, patientName: string): DisclosureElements {
  const text = (name: string) => textOf(form, name)
  const chosen = <Id extends string>(list: readonly { readonly id: Id }[], name: string, other: Id): Id =>
    list.find((one) => one.id === text(name))?.id ?? other
  const sent = form.getAll('parts')
  const recipientKind = chosen(RECIPIENT_KINDS, 'recipientKind', 'named')
  return {
    scope: chosen(SCOPES, 'scope', 'general'),
    patientName,
    discloser: text('discloser'),
    recipientKind,
    recipient: recipientKind === 'named' ? text('recipient') : '',
    intermediary: text('intermediary') || undefined,
    parts: RECORD_PARTS.map((part) => part.id).filter((id) => sent.includes(id)),
    partsDetail: text('partsDetail') || undefined,
    purpose: chosen(PURPOSES, 'purpose', 'other'),
    purposeDetail: text('purposeDetail') || undefined,
    expiry: readExpiry(text('expiry'), text('expiresOn')),
  }
}

function readExpiry(kind: string, date: string): DisclosureExpiry | undefined {
  if (kind === 'on') {
    const day = dateOf(date)
    return day && { kind, date: day }
  }
  return kind === 'end-of-treatment' || kind === 'none' ? { kind } : undefined
}

function dateOf(text: string): LocalDate | undefined {
  try {
    return parseLocalDate(text)
  } catch {
    return undefined
  }
}

function textOf(form: FormData, name: string): string {
  const value = form.get(name)
  return typeof value === 'string' ? value.trim().slice(0, MOST) : ''
}
