import { studyById } from '../../find/index.server.ts'
import { runCommand, runQuery } from '../../platform/command.server.ts'
import { type FormAnswer, formProblem, typedValues } from '../../platform/form.ts'
import { goTo, notFound, type PageArgs } from '../../platform/page.server.ts'
import { saveDraft } from './draft-protocol.server.ts'
import { editFields, fieldOfPath, withEdits } from './edit-fields.ts'
import { parseProtocol } from './parse-protocol.ts'
import { clinicProtocolById } from './protocol-of.server.ts'
import { versionState } from './protocol-version.ts'

async function protocolIn({ services, actor, clinic, params }: PageArgs) {
  return runQuery(
    services,
    actor,
    async ({ db }) => (await clinicProtocolById(db, clinic.id, params.id ?? '')) ?? notFound(),
  )
}

/** The fields of a draft by section, with the revision that is seen. */
export async function editPage(page: PageArgs) {
  const found = await protocolIn(page)
  const version = page.url.searchParams.get('version') ?? found.own.at(-1)?.version
  const own = found.own.find((v) => v.version === version)
  if (!own)
    return {
      id: found.id,
      title: found.shown.title,
      version: undefined,
      number: 0,
      revision: 0,
      editable: false,
      sections: [],
    }
  const fields = editFields(own.protocol)
  return {
    id: own.protocolId,
    title: own.protocol.title,
    version: own.version,
    number: own.number,
    revision: own.revision,
    editable: versionState(own.events) === 'draft',
    sections: [...new Set(fields.map(({ section }) => section))].map((title) => ({
      title,
      fields: fields.filter(({ section }) => section === title),
    })),
  }
}

/** Saves what was typed as the next revision, or answers field by field with everything kept. */
export async function saveEdits(
  page: PageArgs & { readonly form: FormData },
): Promise<FormAnswer | Response> {
  const { services, actor, form, params } = page
  const version = String(form.get('version') ?? '')
  const own = (await protocolIn(page)).own.find((v) => v.version === version) ?? notFound()
  const typed = Object.fromEntries(
    Object.entries(typedValues(form)).flatMap(([name, value]) =>
      typeof value === 'string' ? [[name, value]] : [],
    ),
  )
  const parsed = parseProtocol(withEdits(own.protocol, typed), (id) => studyById(id) !== undefined)
  if (!parsed.ok) {
    const errors: Record<string, string> = {}
    for (const { path, words } of parsed.problems) errors[fieldOfPath(own.protocol, path)] ??= words
    return formProblem(form, errors)
  }
  const outcome = await runCommand(services, actor, saveDraft, {
    protocolId: own.protocolId,
    version,
    seenRevision: Number(form.get('revision') ?? 0),
    protocol: parsed.protocol,
  })
  if (outcome.ok) return goTo(`/work/protocols/${params.id}?version=${version}&done=saved`)
  if (outcome.reason === 'no-such-version') return notFound()
  const words: Readonly<Record<string, string>> = {
    'not-a-draft': 'This version is no longer a draft. What you typed is kept here, but not stored.',
    'changed-meanwhile':
      'Somebody saved this draft in the meantime. What you typed is kept here, but not stored: compare it with the draft as it is now.',
  }
  return formProblem(form, { form: words[outcome.reason] ?? 'You do not have the right to change this.' })
}
