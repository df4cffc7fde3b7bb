import { setImmediate as turn } from 'node:timers/promises'
import { models } from '@evenkeel/pharmacokinetics'
import type { PageArgs } from '../../platform/page.server.ts'
import { momentInWords } from '../../platform/time.ts'
import { oneAtATime } from './one-at-a-time.ts'
import { FIELD_DEFAULTS, readQuestion } from './read-question.ts'
import { EXAMPLE, READY_MADE, regimenValues } from './ready-made.ts'
import { type FieldValues, fieldValues, linkOf, regimenField, withRegimen } from './regimen-fields.ts'
import { regimenRows } from './regimen-file.ts'
import { type RegimenView, regimenView } from './regimen-view.ts'
import { refusalInWords, SITE_WORDS } from './regimen-words.ts'
import { type WorkedQuestion, workOut } from './work-out.ts'

const WAIT =
  'Two of your comparisons are already being worked out. Wait for them, then press “Work it out” again. Everything typed is kept.'

type Worked =
  | { readonly ok: true; readonly worked: WorkedQuestion }
  | { readonly ok: false; readonly errors: FieldValues }

/** What a form or a link holds: an example on a first visit, a ready-made regimen where one was asked for. */
function valuesOf({ searchParams }: URL): { values: FieldValues; isExample: boolean } {
  const typed = fieldValues(searchParams)
  if (Object.keys(typed).length === 0) return { values: EXAMPLE, isExample: true }
  let values: FieldValues = { ...FIELD_DEFAULTS, ...typed }
  const place = Number(searchParams.get('fill'))
  const ready = READY_MADE.find(({ id }) => id === searchParams.get(regimenField(place, 'ready')))
  if (ready && [1, 2, 3, 4].includes(place)) {
    values = withRegimen(values, place, regimenValues(place, ready))
  }
  return { values, isExample: false }
}

/** One line of this process for everybody: a question takes a core for up to some seconds. */
const inTurn = oneAtATime()

async function answer(values: FieldValues, { url, request, actor }: PageArgs): Promise<Worked> {
  const read = readQuestion(values, url.searchParams)
  if (!read.ok) return read
  const account = actor.kind === 'member' ? actor.accountId : actor.kind
  const worked = await inTurn(account, request.signal, () =>
    workOut(read.question, () => turn(), request.signal),
  )
  // Who went away reads nothing; the words are for a log at most.
  if (worked === 'too-many' || worked === 'gone') return { ok: false, errors: { n: WAIT } }
  if (worked.ok) return { ok: true, worked }
  return { ok: false, errors: { [regimenField(worked.place, 'model')]: refusalInWords(worked) } }
}

/** Where people reach the clinic: a link that is passed on must be whole. */
function addressOf({ services, url }: PageArgs): string {
  return services.config.publicUrl ?? url.origin
}

/** The workbench: what was typed, what is wrong with it, and what comes out. It reads no record and changes nothing. */
export async function regimenPage(page: PageArgs) {
  const { values, isExample } = valuesOf(page.url)
  const answered = await answer(values, page)
  const view: RegimenView | undefined = answered.ok ? regimenView(answered.worked) : undefined
  return {
    values,
    isExample,
    errors: answered.ok ? {} : answered.errors,
    view,
    link: addressOf(page) + linkOf(values),
    csvLink: linkOf(values, '/work/regimens.csv'),
    seenOn: momentInWords(page.services.clock.now(), page.clinic.timeZone),
    models: models.map((model) => ({
      value: model.id,
      label: `${model.title} · ${SITE_WORDS[model.sampling].split(',')[0]} · ${model.analyte}`,
    })),
    ready: READY_MADE.map(({ id, name, source }) => ({ value: id, label: `${name}: ${source}` })),
  }
}

/** The rows of the file, or nothing when the question is not one: then its page says why. */
export async function regimenFile(
  page: PageArgs,
): Promise<(string | number)[][] | { readonly page: string }> {
  const { values } = valuesOf(page.url)
  const answered = await answer(values, page)
  if (!answered.ok) return { page: `/work/regimens${page.url.search}` }
  const seenOn = momentInWords(page.services.clock.now(), page.clinic.timeZone)
  return regimenRows(answered.worked, seenOn, addressOf(page) + linkOf(values))
}
