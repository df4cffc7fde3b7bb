import { personById } from '../../identity/index.server.ts'
import { ownPersonId } from '../../platform/actor.ts'
import type { ClinicProfile } from '../../platform/clinic-profile.ts'
import { runCommand, runQuery } from '../../platform/command.server.ts'
import type { Read } from '../../platform/database.server.ts'
import { type FormAnswer, typedValues } from '../../platform/form.ts'
import { type ClinicId, type PersonId, parseId } from '../../platform/ids.ts'
import { goTo, notFound, type PageArgs } from '../../platform/page.server.ts'
import { dayInWords, localDateOf } from '../../platform/time.ts'
import { readOwnForms } from '../assess-access.ts'
import { parseAnswer } from '../intake-answer-form.ts'
import { formAlone } from '../intake-form.ts'
import { ageOf, answerEnded, answerNotRead, type FlowPage, phoneOf, zoneOf } from '../intake-page.server.ts'
import type { IntakeQuestion } from '../intake-question.ts'
import { type Flow, flowView, needsHelp, readScreen, whereNext } from '../question-flow.ts'
import { instrumentOfEdition } from './edition-queries.server.ts'
import { titleForPerson } from './form-titles.ts'
import { minutesOf } from './instrument-sets.ts'
import { finishForm, saveFormAnswers } from './lay-forms.server.ts'
import { type Sitting, type SittingId, sittingNow } from './sitting.ts'
import { sittingAnswers, sittingById, sittingsOfPerson } from './sitting-queries.server.ts'

const FORMS = '/portal/forms'

type Post = PageArgs & { readonly form: FormData }

/** The person's forms: what waits for an answer first, then what is finished. */
export async function loadOwnForms({ services, actor, clinic, url }: PageArgs) {
  const personId = ownPersonId(actor) ?? notFound()
  return runQuery(services, actor, async ({ db, audit }) => {
    const person = (await personById(db, clinic.id, personId)) ?? notFound()
    audit.read(readOwnForms.id, { personId: person.id, object: 'form-list' })
    const own = (await sittingsOfPerson(db, clinic.id, personId)).filter(
      (one) => one.respondent !== 'clinician' && one.end?.kind !== 'set-aside',
    )
    const answers = await sittingAnswers(
      db,
      clinic.id,
      own.filter((one) => !one.end).map((one) => one.id),
    )
    const rows = []
    for (const sitting of own) {
      const instrument = await instrumentOfEdition(db, clinic.id, sitting.instrumentId, sitting.editionId)
      if (!instrument) continue
      rows.push({
        id: sitting.id as string,
        title: titleForPerson(instrument),
        href: `${FORMS}/${sitting.id}`,
        minutes: minutesOf([instrument]),
        since: dayInWords(sitting.openedAt, clinic.timeZone),
        begun: (answers.get(sitting.id) ?? []).length > 0,
        finished: sitting.end && dayInWords(sitting.end.endedAt, clinic.timeZone),
      })
    }
    return {
      waiting: rows.filter((row) => !row.finished),
      finished: rows.filter((row) => row.finished),
      done: url.searchParams.get('done'),
    }
  })
}

/** How many forms a person has to answer on their own. */
export async function formsWaiting(db: Read, clinicId: ClinicId, personId: PersonId): Promise<number> {
  const all = await sittingsOfPerson(db, clinicId, personId)
  return all.filter((one) => !one.end && one.respondent !== 'clinician').length
}

async function ownSitting({
  services,
  actor,
  clinic,
  params,
}: PageArgs): Promise<{ sitting: Sitting; flow: Flow }> {
  const id = parseId<'form-sitting'>(params.sittingId) ?? notFound()
  return runQuery(services, actor, async ({ db, audit }) => {
    const sitting = await sittingById(db, clinic.id, id)
    if (!sitting || sitting.personId !== ownPersonId(actor) || sitting.respondent === 'clinician') notFound()
    const instrument = await instrumentOfEdition(db, clinic.id, sitting.instrumentId, sitting.editionId)
    if (!instrument) notFound()
    audit.read(readOwnForms.id, { personId: sitting.personId, object: 'form-sitting', objectId: id })
    const { values } = sittingNow((await sittingAnswers(db, clinic.id, [id])).get(id) ?? [])
    const answers = prefixed(instrument.id, values)
    return {
      sitting,
      flow: {
        intake: formAlone(instrument),
        answers,
        base: `${FORMS}/${id}`,
        begun: Object.keys(answers).length > 0,
        finished: sitting.end !== undefined,
        keepAs: `form ${id}`,
      },
    }
  })
}

/** A page of one of the person's own forms. */
export async function loadOwnForm(page: PageArgs): Promise<FlowPage | Response> {
  const { flow } = await ownSitting(page)
  const view =
    flowView(flow, page.params.screen, page.url.searchParams.get('after') ?? undefined) ?? notFound()
  if ('goTo' in view) return goTo(view.goTo)
  const title = flow.intake.sections[0]?.title ?? ''
  return { ...view, about: { kind: 'form', title, back: FORMS }, phone: phoneOf(page.clinic) }
}

async function save(
  { services, actor, clinic }: PageArgs,
  sittingId: SittingId,
  given: readonly {
    readonly question: IntakeQuestion
    readonly value: unknown
    readonly takeBack?: boolean
    readonly ageMs?: number
  }[],
  form: FormData,
) {
  return runCommand(services, actor, saveFormAnswers, {
    sittingId,
    answers: given.flatMap(({ question, value, takeBack, ageMs }) =>
      question.kind === 'item'
        ? [{ item: question.item.id, value: value as number | null, takeBack, ageMs }]
        : [],
    ),
    timeZone: zoneOf(form, clinic),
  })
}

function todayAt({ services }: PageArgs, clinic: ClinicProfile): string {
  return localDateOf(services.clock.now(), clinic.timeZone)
}

/** Stores what a screen's form gives and goes on; what could not be read comes back with its message. */
export async function postOwnScreen(page: Post, skip: boolean): Promise<FormAnswer | Response> {
  const { form, clinic } = page
  const { sitting, flow } = await ownSitting(page)
  if (flow.finished) return goTo(flow.base)
  const screen = flow.intake.screens.find((one) => one.id === page.params.screen) ?? notFound()
  const fields = typedValues(form)
  const { given, errors } = readScreen(
    screen,
    fields,
    (id) => form.has(`asked:${id}`),
    skip,
    todayAt(page, clinic),
  )
  const saved = await save(page, sitting.id, given, form)
  if (!saved.ok) return goTo(flow.base)
  if (Object.keys(errors).length > 0) return { errors, values: fields }
  const answers = { ...flow.answers, ...Object.fromEntries(given.map((one) => [one.question.id, one.value])) }
  return goTo(whereNext({ ...flow, answers }, screen, given))
}

/** Stores one answer the moment it is given, for pages with script. */
export async function postOwnAnswer(page: Post): Promise<Response> {
  const { sitting, flow } = await ownSitting(page)
  const question = flow.intake.question(String(page.form.get('question')))
  if (flow.finished || !question) return answerEnded()
  const parsed = parseAnswer(question, typedValues(page.form), todayAt(page, page.clinic))
  if (parsed.kind !== 'given') return answerNotRead(parsed)
  const given = [{ question, value: parsed.value, ageMs: ageOf(page.form) }]
  const saved = await save(page, sitting.id, given, page.form)
  if (!saved.ok) return answerEnded()
  const answers = prefixed(sitting.instrumentId, saved.value.values)
  return Response.json({
    saved: true,
    newer: saved.value.older.length > 0,
    help: needsHelp(flow.intake, answers),
  })
}

/** Takes back the answer of a screen: it is open again, what was said before is kept. */
export async function postOwnTakeBack(page: Post): Promise<Response> {
  const { sitting, flow } = await ownSitting(page)
  const screen = flow.intake.screens.find((one) => one.id === page.params.screen) ?? notFound()
  const given = screen.questions.map((question) => ({ question, value: null, takeBack: true }))
  await save(page, sitting.id, given, page.form)
  return goTo(`${flow.base}/${screen.id}`)
}

/** Item answers under the names that questions of a flow have: "instrument.item". */
export function prefixed(instrumentId: string, values: Readonly<Record<string, unknown>>) {
  return Object.fromEntries(Object.entries(values).map(([item, value]) => [`${instrumentId}.${item}`, value]))
}

/** Ends the form, or leads back to what was not reached. */
export async function postOwnFinish(page: Post): Promise<Response> {
  const { sitting, flow } = await ownSitting(page)
  const view = flowView(flow, 'review', undefined)
  if (view && 'kind' in view && view.kind === 'review' && view.open) return goTo(`${flow.base}/review`)
  await runCommand(page.services, page.actor, finishForm, {
    sittingId: sitting.id,
    timeZone: zoneOf(page.form, page.clinic),
  })
  return goTo(flow.base)
}
