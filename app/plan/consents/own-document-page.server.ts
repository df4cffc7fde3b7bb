import { ownPersonId } from '../../platform/actor.ts'
import { runCommand, runQuery } from '../../platform/command.server.ts'
import type { FormAnswer } from '../../platform/form.ts'
import { parseId } from '../../platform/ids.ts'
import { goTo, notFound, type PageArgs } from '../../platform/page.server.ts'
import { momentInWords } from '../../platform/time.ts'
import { readOwnDocuments } from '../plan-access.ts'
import { consentStateOf } from './consent-document.ts'
import { signaturesOfPerson } from './consent-queries.server.ts'
import { documentOfClinic } from './consents-of.server.ts'
import { recipientInWords } from './disclosure-elements.ts'
import { documentView } from './document-view.server.ts'
import { signConsent } from './sign-consent.server.ts'
import { signingAnswer } from './sign-post.server.ts'
import { readSigning } from './signing-form.ts'
import { visitsAtWithdrawal } from './visits-at-withdrawal.server.ts'
import { type Withdrawal, withdrawConsent } from './withdraw-consent.server.ts'

type Posted = PageArgs & { readonly form: FormData }

const nameOf = ({ actor }: Pick<PageArgs, 'actor'>) => (actor.kind === 'member' ? actor.name : '')

/** One document as its reader sees it: text, questions, what they signed of it before, what taking it back would do. */
export async function ownDocumentPage(page: PageArgs) {
  const { services, actor, clinic, params, url } = page
  return runQuery(services, actor, async ({ db, at, audit }) => {
    const personId = ownPersonId(actor) ?? notFound()
    const document = (await documentOfClinic(db, clinic.id, params.documentId ?? '')) ?? notFound()
    const signatures = await signaturesOfPerson(db, clinic.id, personId)
    const state = consentStateOf([document], signatures)
    const visits = await visitsAtWithdrawal(db, clinic.id, personId, at)
    audit.read(readOwnDocuments.id, { personId, object: 'document', objectId: document.id })
    const say = (instant: Parameters<typeof momentInWords>[0]) => momentInWords(instant, clinic.timeZone)
    return {
      document: documentView(document),
      visitsAhead: document.withdrawalCancelsVisits ? visits.ahead.length : 0,
      underWay: document.need === 'before-dosing' && visits.underWay.length > 0,
      signed: state.signed[0] && say(state.signed[0].signedAt),
      why: state.missing[0]?.why,
      /** An older version is signed and not taken back: it can be, whatever version is in force now. */
      olderSigned: state.missing[0]?.why === 'newer-version',
      copies: signatures
        .filter((s) => s.documentId === document.id)
        .map((s) => ({
          id: s.id as string,
          version: s.documentVersion,
          signedAt: say(s.signedAt),
          withdrawnAt: s.withdrawnAt && say(s.withdrawnAt),
          to: s.elements && recipientInWords(s.elements),
        })),
      name: nameOf(page),
      clinicName: clinic.name,
      key: services.ids.next() as string,
      done: url.searchParams.get('done') ?? undefined,
    }
  })
}

/** Answers the form `sign`. */
export async function postOwnSignature(page: Posted): Promise<FormAnswer | Response> {
  const { services, actor, clinic, params, form } = page
  const documentId = params.documentId ?? ''
  const document =
    (await runQuery(services, actor, ({ db }) => documentOfClinic(db, clinic.id, documentId))) ?? notFound()
  const outcome = await runCommand(services, actor, signConsent, {
    key: parseId<'consent-signature'>(form.get('key')) ?? notFound(),
    documentId,
    ...readSigning(form, document, nameOf(page)),
  })
  if (outcome.ok) return goTo(`/portal/documents/${documentId}?done=signed`)
  return signingAnswer(form, outcome) ?? notFound()
}

/** Answers the form `withdraw`: one signature when it is named, else all of the document. */
export async function postOwnWithdrawal(page: Posted): Promise<Response> {
  const documentId = page.params.documentId ?? ''
  const signatureId = parseId<'consent-signature'>(page.form.get('signature'))
  await takeBack(page, signatureId ? { signatureId } : { documentId })
  return goTo(`/portal/documents/${documentId}?done=withdrawn`)
}

/** Answers the form `withdraw-all`. */
export async function postOwnWithdrawalOfAll(page: Posted): Promise<Response> {
  await takeBack(page, { everything: true })
  return goTo('/portal/documents?done=withdrawn')
}

async function takeBack({ services, actor }: Posted, what: Withdrawal): Promise<void> {
  const personId = ownPersonId(actor) ?? notFound()
  const outcome = await runCommand(services, actor, withdrawConsent, { personId, ...what })
  if (!outcome.ok) notFound()
}
