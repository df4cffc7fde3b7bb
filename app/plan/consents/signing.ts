import type { LocalDate } from '../../platform/time.ts'
import type { ConsentDocument } from './consent-document.ts'
import { type DisclosureElements, deficiencies } from './disclosure-elements.ts'
import { isSameName } from './same-name.ts'
import { MAX_DRAWING, readDrawing } from './signature-drawing.ts'

/** Somebody who was there and signs that they were: a witness, or the interpreter who read it out. */
export type Witness = {
  readonly name: string
  /** What they are here: "nurse", "sister", "interpreter of the county". */
  readonly role: string
  /** Their name typed by themselves. */
  readonly signature: string
  /** For an interpreter: into which language. */
  readonly language: string | undefined
}

/** What was filled in before signing. */
export type Signing = {
  readonly typedName: string
  /** SVG path data from the drawing field; empty or left out when nothing was drawn. */
  readonly drawing?: string
  /** Answers to the questions after reading, by question. */
  readonly teachBack: Readonly<Record<string, string>>
  /** Ids of the statements that were ticked. */
  readonly acknowledged: readonly string[]
  /** For a paper with the elements of a disclosure. */
  readonly elements?: DisclosureElements | undefined
  readonly witness?: Witness | undefined
  readonly interpreter?: Witness | undefined
}

/** Set when staff hold the device for somebody who cannot read or write: why, and who they are. */
export type Assistance = { readonly because: string; readonly staffName: string }

export type SigningProblem = {
  /** Name of the form's field. */
  readonly field: string
  readonly reason:
    | 'name-missing'
    | 'other-name'
    | 'teach-back'
    | 'not-acknowledged'
    | 'drawing'
    | 'witness'
    | 'element'
    | 'assistance'
  readonly words: string
}

/**
 * Everything that keeps a document from being signed as it was filled in, in the order of the form. Pure.
 *
 * Staff-assisted signing needs a witness. A witness or interpreter is complete or absent; neither is the person who signs,
 * and a witness is neither the one who assists nor the interpreter (`isSameName`).
 *
 * @param names how the person is called here; a typed name that is none of them is no signature of theirs. Left out,
 *   the name is not compared
 * @param today the clinic's day of signing
 */
export function signingProblems(
  document: ConsentDocument,
  signing: Signing,
  assistance?: Assistance,
  names?: readonly string[],
  today?: LocalDate,
): readonly SigningProblem[] {
  const found: SigningProblem[] = []
  if (document.form === 'disclosure') {
    if (signing.elements) found.push(...deficiencies(signing.elements, today))
    else found.push({ field: 'scope', reason: 'element', words: 'Fill in what may be given to whom.' })
  }
  for (const q of document.teachBack) {
    const answer = signing.teachBack[q.id]
    if (answer === q.right) continue
    found.push({
      field: `answer-${q.id}`,
      reason: 'teach-back',
      words: answer ? q.explanation : 'Choose an answer.',
    })
  }
  for (const a of document.acknowledgements)
    if (!signing.acknowledged.includes(a.id))
      found.push({
        field: `ack-${a.id}`,
        reason: 'not-acknowledged',
        words: 'Tick this when it is so. If it is not, ask us before signing.',
      })
  if (signing.typedName.trim().length < 2)
    found.push({ field: 'typedName', reason: 'name-missing', words: 'Type your name to sign.' })
  else if (names && !names.some((name) => isNameOf(signing.typedName, name)))
    found.push({
      field: 'typedName',
      reason: 'other-name',
      words: assistance
        ? `This is another name than the person’s. Type it as it stands here: ${names[0]}.`
        : `Type your name as it stands here: ${names[0]}. If somebody signs for you, a member of the team does it with you at the clinic.`,
    })
  const drawing = readDrawing(signing.drawing ?? '')
  if (drawing.is === 'too-large' || drawing.is === 'not-a-drawing')
    found.push({
      field: 'drawing',
      reason: 'drawing',
      words:
        drawing.is === 'too-large'
          ? `The drawing is too large to keep (more than ${MAX_DRAWING} characters). Clear it and sign with fewer strokes, or leave it empty.`
          : 'The drawing could not be read. Clear it and draw again, or leave it empty: your typed name is enough.',
    })
  if (assistance && assistance.because.trim().length < 5)
    found.push({ field: 'assistance', reason: 'assistance', words: 'Say why you hold the device.' })
  if (assistance && !signing.witness)
    found.push({ field: 'witnessName', reason: 'witness', words: 'A witness must be there and sign.' })
  const signers = [signing.typedName, ...(names ?? [])]
  for (const who of ['witness', 'interpreter'] as const) {
    const one = signing[who]
    if (!one) continue
    found.push(...witnessProblems(who, one))
    const words = notSomebodyElse(who, one, signing, signers, assistance)
    if (words) found.push({ field: `${who}Name`, reason: 'witness', words })
  }
  return found
}

/** Why somebody cannot be the witness or the interpreter: they have another part in it already. */
function notSomebodyElse(
  who: 'witness' | 'interpreter',
  { name }: Witness,
  { interpreter }: Signing,
  signers: readonly string[],
  assistance: Assistance | undefined,
): string | undefined {
  if (signers.some((signer) => isSameName(name, signer)))
    return `This is the name of the person who signs. The ${who} must be somebody else.`
  if (who === 'interpreter') return undefined
  if (assistance && isSameName(name, assistance.staffName))
    return 'The witness must be somebody else than you.'
  return interpreter && isSameName(name, interpreter.name)
    ? 'The witness must be somebody else than the interpreter.'
    : undefined
}

function witnessProblems(who: 'witness' | 'interpreter', one: Witness): SigningProblem[] {
  const found: SigningProblem[] = []
  const say = (part: string, words: string) =>
    found.push({ field: `${who}${part}`, reason: 'witness', words })
  if (one.name.trim().length < 2) say('Name', 'Give their name.')
  if (one.role.trim() === '') say('Role', 'Say who they are: nurse, sister, interpreter.')
  if (one.signature.trim().length < 2) say('Signature', 'They type their name themselves.')
  else if (plain(one.signature) !== plain(one.name)) say('Signature', 'It must be the name given above.')
  if (who === 'interpreter' && !one.language?.trim()) say('Language', 'Say into which language.')
  return found
}

/** The same name without case and spaces, or one of them without the words that follow in the other: "Robin" and "Robin Sample". */
function isNameOf(typed: string, name: string): boolean {
  const [one, other] = [`${plain(typed)} `, `${plain(name)} `]
  return one.startsWith(other) || other.startsWith(one)
}

const plain = (name: string) => name.normalize('NFC').trim().replace(/\s+/g, ' ').toLowerCase()
