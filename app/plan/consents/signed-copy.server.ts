import { accountNames, personById } from '../../identity/index.server.ts'
import type { ClinicProfile } from '../../platform/clinic-profile.ts'
import type { Read } from '../../platform/database.server.ts'
import type { PersonId } from '../../platform/ids.ts'
import { dateInWords, type Instant, momentInWords } from '../../platform/time.ts'
import type { SignatureId } from '../plan.ts'
import type { SignedConsent } from './consent-document.ts'
import { type Intact, intactness } from './consent-hash.server.ts'
import { consentDocument } from './consent-library.ts'
import { signaturesOfPerson } from './consent-queries.server.ts'
import { elementsInWords } from './disclosure-elements.ts'
import { documentView } from './document-view.server.ts'

export type SignedCopy = NonNullable<Awaited<ReturnType<typeof signedCopy>>>

/**
 * A copy of what somebody signed: the very text, what was answered, ticked and filled in, the signature, who was there,
 * and both hashes worked out again from what is stored.
 *
 * @returns undefined when this person signed no such thing, or its text is no longer held
 */
export async function signedCopy(
  db: Read,
  clinic: Pick<ClinicProfile, 'id' | 'name' | 'timeZone'>,
  personId: PersonId,
  signatureId: SignatureId,
  at: Instant,
) {
  const signed = (await signaturesOfPerson(db, clinic.id, personId)).find((s) => s.id === signatureId)
  const document = signed && consentDocument(signed.documentId, signed.documentVersion)
  const person = await personById(db, clinic.id, personId)
  if (!signed || !document || !person) return undefined
  const say = (instant: Instant) => momentInWords(instant, clinic.timeZone)
  const names = await accountNames(db, [signed.signedBy, ...(signed.withdrawnBy ? [signed.withdrawnBy] : [])])
  return {
    clinic: clinic.name,
    person: person.displayName,
    synthetic: person.synthetic,
    document: documentView(document),
    signatureId: signed.id as string,
    elements: signed.elements ? elementsInWords(signed.elements, dateInWords).map((e) => ({ ...e })) : [],
    answers: document.teachBack.map((q) => ({
      term: q.question,
      value: q.answers.find((a) => a.value === signed.teachBack[q.id])?.label ?? 'not answered',
    })),
    acknowledged: document.acknowledgements
      .filter((a) => signed.acknowledged.includes(a.id))
      .map((a) => a.text),
    typedName: signed.typedName,
    drawing: signed.drawing,
    signedAt: say(signed.signedAt),
    helpers: helpersOf(signed, names.get(signed.signedBy)),
    withdrawn: signed.withdrawnAt && {
      at: say(signed.withdrawnAt),
      by: names.get(signed.withdrawnBy ?? '') ?? 'unknown',
    },
    textHash: signed.textHash,
    signatureHash: signed.signatureHash,
    intact: intactness(signed, document),
    intactWords: INTACT_WORDS[intactness(signed, document)],
    printed: say(at),
    printedAt: at,
  }
}

const INTACT_WORDS: Readonly<Record<Intact, string>> = {
  intact: 'Checked just now: text, answers, fields and signature are what was signed.',
  'text-only':
    'Checked just now: the text is what was signed. It was signed before the hash covered the rest.',
  changed: 'This is not what was signed. Do not rely on it; tell the manager.',
}

function helpersOf(signed: SignedConsent, staff: string | undefined) {
  return [
    ...(signed.assistance
      ? [{ term: 'Device held by', value: `${staff ?? 'staff'}: ${signed.assistance}` }]
      : []),
    ...(signed.witness
      ? [{ term: 'Witness', value: `${signed.witness.signature} (${signed.witness.role})` }]
      : []),
    ...(signed.interpreter
      ? [
          {
            term: 'Interpreter',
            value: `${signed.interpreter.signature} (${signed.interpreter.role}), ${signed.interpreter.language ?? 'language not said'}`,
          },
        ]
      : []),
  ]
}
