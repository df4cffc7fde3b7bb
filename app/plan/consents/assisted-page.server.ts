import { personById } from '../../identity/index.server.ts'
import { runCommand, runQuery } from '../../platform/command.server.ts'
import { type FormAnswer, formProblem } from '../../platform/form.ts'
import { parseId } from '../../platform/ids.ts'
import { goTo, notFound, type PageArgs } from '../../platform/page.server.ts'
import type { PlanId } from '../plan.ts'
import { assistConsent as assistAction } from '../plan-access.ts'
import { planById } from '../plan-queries.server.ts'
import { consentStateOf } from './consent-document.ts'
import { signaturesOfPerson } from './consent-queries.server.ts'
import { documentOfClinic, documentsOfClinic } from './consents-of.server.ts'
import { documentView } from './document-view.server.ts'
import { assistConsent } from './sign-consent.server.ts'
import { signingAnswer } from './sign-post.server.ts'
import { readSigning } from './signing-form.ts'

/** Signing with the help of staff: which documents there are, and the one chosen with its form. */
export async function assistedPage({ services, actor, clinic, params, url }: PageArgs) {
  const planId = parseId<'plan'>(params.id) ?? notFound()
  return runQuery(services, actor, async ({ db, audit }) => {
    const { plan, person } = (await planOf(db, clinic.id, planId)) ?? notFound()
    const signatures = await signaturesOfPerson(db, clinic.id, plan.personId)
    const documents = await documentsOfClinic(db, clinic.id)
    const missing = (id: string) =>
      consentStateOf(
        documents.filter((d) => d.id === id),
        signatures,
      ).missing.length > 0
    const asked = url.searchParams.get('document')
    const chosen =
      documents.find((d) => d.id === asked) ??
      documents.find((d) => d.need === 'before-dosing' && missing(d.id)) ??
      documents[0]!
    audit.read(assistAction.id, { personId: plan.personId, object: 'document', objectId: chosen.id })
    return {
      planId: plan.id as string,
      name: person.displayName,
      documents: documents.map((d) => ({
        id: d.id,
        title: d.title,
        signed: d.form === 'plain' && !missing(d.id),
        chosen: d.id === chosen.id,
      })),
      document: documentView(chosen),
      signed: chosen.form === 'plain' && !missing(chosen.id),
      clinicName: clinic.name,
      key: services.ids.next() as string,
      done: url.searchParams.get('done') ?? undefined,
    }
  })
}

async function planOf(
  db: Parameters<typeof planById>[0],
  clinicId: PageArgs['clinic']['id'],
  planId: PlanId,
) {
  const plan = await planById(db, clinicId, planId)
  const person = plan && (await personById(db, clinicId, plan.personId))
  return plan && person && { plan, person }
}

/** Answers the form `sign` of the assisted page. */
export async function postAssisted(
  page: PageArgs & { readonly form: FormData },
): Promise<FormAnswer | Response> {
  const { services, actor, clinic, params, form } = page
  const planId = parseId<'plan'>(params.id) ?? notFound()
  const documentId = String(form.get('documentId') ?? '')
  const found = await runQuery(services, actor, async ({ db }) => ({
    of: await planOf(db, clinic.id, planId),
    document: await documentOfClinic(db, clinic.id, documentId),
  }))
  const { plan, person } = found.of ?? notFound()
  const outcome = await runCommand(services, actor, assistConsent, {
    key: parseId<'consent-signature'>(form.get('key')) ?? notFound(),
    personId: plan.personId,
    documentId,
    because: String(form.get('assistance') ?? '').slice(0, 300),
    ...readSigning(form, found.document ?? notFound(), person.displayName),
  })
  if (outcome.ok) return goTo(`/work/plans/${planId}/consent?document=${documentId}&done=signed`)
  return (
    signingAnswer(form, outcome) ?? formProblem(form, { form: 'This could not be signed. Reload the page.' })
  )
}
