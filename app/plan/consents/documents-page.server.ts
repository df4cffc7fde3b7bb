import { accountNames } from '../../identity/index.server.ts'
import { mayDo } from '../../platform/access.ts'
import { runCommand, runQuery } from '../../platform/command.server.ts'
import { type FormAnswer, formProblem } from '../../platform/form.ts'
import { parseId } from '../../platform/ids.ts'
import { goTo, notFound, type PageArgs } from '../../platform/page.server.ts'
import { momentInWords } from '../../platform/time.ts'
import { releaseDocument as releaseAction } from '../plan-access.ts'
import { documentsInForce, versionsOf } from './consent-library.ts'
import { documentReleases, signedInOtherVersion } from './consent-queries.server.ts'
import { documentView } from './document-view.server.ts'
import { releaseDocument } from './release-document.server.ts'

const NEED_WORDS = {
  'before-dosing': 'before any dose',
  'when-used': 'when that is done',
  'own-choice': 'own choice, never a condition',
} as const

/** Each document with the version in force here, the others there are, and who put what in force. */
export async function documentsPage({ services, actor, clinic, url }: PageArgs) {
  return runQuery(services, actor, async ({ db }) => {
    const releases = await documentReleases(db, clinic.id)
    const names = await accountNames(
      db,
      releases.map((r) => r.releasedBy),
    )
    const say = (r: (typeof releases)[number]) =>
      `${momentInWords(r.inForceFrom, clinic.timeZone)}, ${names.get(r.releasedBy) ?? 'unknown'}`
    const documents = []
    for (const document of documentsInForce(releases)) {
      const versions = []
      for (const other of versionsOf(document.id).filter((v) => v.version !== document.version)) {
        versions.push({
          ...documentView(other),
          newSections: other.sections
            .filter((s) => !document.sections.some((own) => JSON.stringify(own) === JSON.stringify(s)))
            .map((s) => s.heading),
          newStatements: other.acknowledgements
            .filter((a) => !document.acknowledgements.some((own) => own.text === a.text))
            .map((a) => a.text),
          asksAgain: await signedInOtherVersion(db, clinic.id, document.id, other.version),
          key: services.ids.next() as string,
        })
      }
      const newest = releases.find((r) => r.documentId === document.id)
      documents.push({
        view: documentView(document),
        need: NEED_WORDS[document.need],
        since: newest && newest.version === document.version ? say(newest) : undefined,
        reason: newest && newest.version === document.version ? newest.reason : undefined,
        versions,
        history: releases
          .filter((r) => r.documentId === document.id)
          .map((r) => ({ words: `Version ${r.version}: ${say(r)}. ${r.reason}` })),
      })
    }
    return {
      documents,
      mayRelease: mayDo(actor, releaseAction),
      done: url.searchParams.get('done') ?? undefined,
    }
  })
}

/** Answers the form `release`. */
export async function postRelease(
  page: PageArgs & { readonly form: FormData },
): Promise<FormAnswer | Response> {
  const { services, actor, form } = page
  const documentId = String(form.get('document') ?? '')
  const version = String(form.get('version') ?? '')
  const outcome = await runCommand(services, actor, releaseDocument, {
    key: parseId<'document-release'>(form.get('key')) ?? notFound(),
    documentId,
    version,
    reason: String(form.get('reason') ?? '').slice(0, 400),
  })
  if (outcome.ok) return goTo('/work/documents?done=released')
  if (outcome.reason === 'reason-missing')
    return formProblem(form, { [`reason-${documentId}-${version}`]: 'Say in a few words why.' })
  if (outcome.reason === 'in-force-already') return goTo('/work/documents')
  return notFound()
}
