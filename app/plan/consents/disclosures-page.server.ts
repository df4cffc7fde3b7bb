import { accountNames, personById } from '../../identity/index.server.ts'
import { mayDo } from '../../platform/access.ts'
import { runCommand, runQuery } from '../../platform/command.server.ts'
import { type PersonId, parseId } from '../../platform/ids.ts'
import { goTo, notFound, type PageArgs } from '../../platform/page.server.ts'
import { dateInWords, type Instant, localDateOf, momentInWords } from '../../platform/time.ts'
import { readConsents, withdrawConsent as withdrawAction } from '../plan-access.ts'
import { ASKED_PURPOSES } from './asked-purposes.ts'
import type { SignedConsent } from './consent-document.ts'
import { intactness } from './consent-hash.server.ts'
import { consentDocument } from './consent-library.ts'
import { signaturesOfPerson } from './consent-queries.server.ts'
import { deficiencies, elementsInWords, RECORD_PARTS } from './disclosure-elements.ts'
import { type DisclosureConsent, type DisclosureQuestion, mayDisclose } from './may-disclose.ts'
import { withdrawConsent } from './withdraw-consent.server.ts'

const idOf = (page: Pick<PageArgs, 'params'>): PersonId => parseId<never>(page.params.id) ?? notFound()

/** What a person allowed to be given to whom, what else they signed, and the answer to a question asked by the address. */
export async function disclosuresPage(page: PageArgs) {
  const { services, actor, clinic, url } = page
  return runQuery(services, actor, async ({ db, at, audit }) => {
    const person = (await personById(db, clinic.id, idOf(page))) ?? notFound()
    const signatures = await signaturesOfPerson(db, clinic.id, person.id)
    audit.read(readConsents.id, { personId: person.id, object: 'disclosures' })
    const names = await accountNames(
      db,
      signatures.flatMap((s) => (s.withdrawnBy ? [s.withdrawnBy] : [])),
    )
    const say = (instant: Instant) => momentInWords(instant, clinic.timeZone)
    const today = localDateOf(at, clinic.timeZone)
    const question = questionOf(url.searchParams, at, today)
    return {
      person: { id: person.id as string, name: person.displayName },
      disclosures: signatures.flatMap((s) => {
        if (!s.elements) return []
        const valid = stateOf(s, today)
        return [
          {
            id: s.id as string,
            signed: say(s.signedAt),
            elements: elementsInWords(s.elements, dateInWords).map((e) => ({ ...e })),
            state: valid,
            withdrawn:
              s.withdrawnAt && `${say(s.withdrawnAt)}, ${names.get(s.withdrawnBy ?? '') ?? 'unknown'}`,
          },
        ]
      }),
      others: signatures
        .filter((s) => !s.elements)
        .map((s) => ({
          id: s.id as string,
          title: consentDocument(s.documentId, s.documentVersion)?.title ?? s.documentId,
          version: s.documentVersion,
          signed: say(s.signedAt),
          withdrawn: s.withdrawnAt && say(s.withdrawnAt),
        })),
      question,
      answer: question && mayDisclose(signatures.flatMap(toDisclosure), question),
      mayWithdraw: mayDo(actor, withdrawAction),
      done: url.searchParams.get('done') ?? undefined,
    }
  })
}

type DisclosureState = { readonly kind: 'calm' | 'due' | 'unknown'; readonly word: string }

function stateOf(signed: SignedConsent, today: DisclosureQuestion['today']): DisclosureState {
  const consent = toDisclosure(signed)[0]!
  const { expiry } = consent.elements
  if (consent.withdrawnAt) return { kind: 'unknown', word: 'taken back: allows nothing' }
  if (!consent.intact) return { kind: 'due', word: 'not what was signed: allows nothing' }
  if (deficiencies(consent.elements).length > 0) return { kind: 'due', word: 'incomplete: allows nothing' }
  if (expiry?.kind === 'on' && expiry.date < today)
    return { kind: 'unknown', word: `expired ${dateInWords(expiry.date)}: allows nothing` }
  if (expiry?.kind === 'end-of-treatment')
    return { kind: 'calm', word: 'in force unless treatment has ended' }
  return { kind: 'calm', word: 'in force' }
}

function toDisclosure(signed: SignedConsent): DisclosureConsent[] {
  if (!signed.elements) return []
  return [
    {
      id: signed.id,
      elements: signed.elements,
      signedAt: signed.signedAt,
      withdrawnAt: signed.withdrawnAt,
      intact: intactness(signed, consentDocument(signed.documentId, signed.documentVersion)) === 'intact',
    },
  ]
}

/** A question in the address; undefined when none is asked. */
function questionOf(
  params: URLSearchParams,
  at: Instant,
  today: DisclosureQuestion['today'],
): DisclosureQuestion | undefined {
  const to = (params.get('to') ?? '').trim().slice(0, 300)
  if (to === '') return undefined
  const sent = params.getAll('what')
  const group = params.get('class')
  return {
    to,
    ofTreatmentClass: group === 'yes' ? true : group === 'no' ? false : undefined,
    what: RECORD_PARTS.map((part) => part.id).filter((id) => sent.includes(id)),
    purpose: ASKED_PURPOSES.find((p) => p.value === params.get('purpose'))?.value ?? 'other',
    at,
    today,
    treatmentEnded: undefined,
  }
}

/** Answers the form `withdraw`: the person told a nurse or prescriber that they take one paper back. */
export async function postTakenBack(page: PageArgs & { readonly form: FormData }): Promise<Response> {
  const { services, actor, form } = page
  const personId = idOf(page)
  const signatureId = parseId<'consent-signature'>(form.get('signature')) ?? notFound()
  const outcome = await runCommand(services, actor, withdrawConsent, { personId, signatureId })
  return outcome.ok ? goTo(`/work/people/${personId}/disclosures?done=withdrawn`) : notFound()
}
