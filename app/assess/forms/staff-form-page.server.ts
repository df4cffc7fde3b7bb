import * as z from 'zod'
import { personById } from '../../identity/index.server.ts'
import { runCommand, runQuery } from '../../platform/command.server.ts'
import { type FormAnswer, formProblem, parseForm, typedValues } from '../../platform/form.ts'
import { parseId } from '../../platform/ids.ts'
import { goTo, notFound, type PageArgs } from '../../platform/page.server.ts'
import { localDateOf, momentInWords } from '../../platform/time.ts'
import { readForms } from '../assess-access.ts'
import { parseAnswer } from '../intake-answer-form.ts'
import { formAlone } from '../intake-form.ts'
import { ageOf, answerEnded, answerNotRead } from '../intake-page.server.ts'
import type { IntakeQuestion } from '../intake-question.ts'
import { needsHelp } from '../question-flow.ts'
import { answerInWords, questionView } from '../question-view.ts'
import { PHASES } from './condition-track.ts'
import { instrumentOfEdition } from './edition-queries.server.ts'
import { finishForm, saveFormAnswers, setFormAside } from './lay-forms.server.ts'
import { prefixed } from './own-form-page.server.ts'
import { respondentInWords } from './person-forms-page.server.ts'
import { trackOfPerson } from './plan-intake.server.ts'
import { scoringContext } from './scoring-context.ts'
import { sittingNow } from './sitting.ts'
import { sittingAnswers, sittingById } from './sitting-queries.server.ts'
import { standingOf } from './standing.ts'

type Post = PageArgs & { readonly form: FormData }

async function find(page: PageArgs, audited: boolean) {
  const { services, actor, clinic, params } = page
  const personId = parseId<'person'>(params.id) ?? notFound()
  const id = parseId<'form-sitting'>(params.sittingId) ?? notFound()
  return runQuery(services, actor, async ({ db, audit }) => {
    const sitting = await sittingById(db, clinic.id, id)
    const person = await personById(db, clinic.id, personId)
    if (!sitting || !person || sitting.personId !== personId) notFound()
    const instrument = await instrumentOfEdition(db, clinic.id, sitting.instrumentId, sitting.editionId)
    if (!instrument) notFound()
    if (audited) audit.read(readForms.id, { personId, object: 'form-sitting', objectId: id })
    const { values } = sittingNow((await sittingAnswers(db, clinic.id, [id])).get(id) ?? [])
    const context = scoringContext(person.sex, await trackOfPerson(db, clinic.id, personId), sitting.phase)
    return { sitting, person, instrument, values, context }
  })
}

/** A form on one page, as staff fill it in: their own rating, or what the person says when it is read out. */
export async function loadStaffForm(page: PageArgs) {
  const { clinic } = page
  const { sitting, person, instrument, values, context } = await find(page, true)
  const flow = formAlone(instrument)
  const questions = flow.screens.flatMap((screen) => screen.questions)
  return {
    id: sitting.id as string,
    person: { id: person.id as string, name: person.displayName },
    name: instrument.shortName,
    title: instrument.name,
    construct: instrument.construct,
    rated: sitting.respondent === 'clinician',
    answeredBy: respondentInWords(sitting.respondent, sitting.proxy),
    phase: PHASES.find(({ id }) => id === sitting.phase)?.title ?? sitting.phase,
    introduction: instrument.introduction,
    recall: instrument.recall.sentence,
    plain: instrument.edition === 'plain-language-edition',
    licence: instrument.licence,
    ended: sitting.end && {
      kind: sitting.end.kind,
      reason: sitting.end.reason,
      when: momentInWords(sitting.end.endedAt, clinic.timeZone),
    },
    standing: standingOf(instrument, values, context),
    prefix: `${instrument.id}.`,
    questions: questions.map((question) =>
      questionView(question, values[question.id.slice(instrument.id.length + 1)]),
    ),
    help: needsHelp(flow, prefixed(instrument.id, values)),
  }
}

export type StaffFormView = Awaited<ReturnType<typeof loadStaffForm>>

/** Keeps what is filled in; what cannot be read comes back with its message, and what was not answered stays open. */
async function keep(page: Post) {
  const { services, actor, clinic, form } = page
  const { sitting, instrument } = await find(page, false)
  const fields = typedValues(form)
  const today = localDateOf(services.clock.now(), clinic.timeZone)
  const errors: Record<string, string> = {}
  const flow = formAlone(instrument)
  const given = flow.screens
    .flatMap((screen) => screen.questions)
    .flatMap((question) => {
      const parsed = parseAnswer(question, fields, today)
      if (parsed.kind === 'wrong') errors[question.id] = parsed.message
      return parsed.kind === 'given' && question.kind === 'item'
        ? [
            {
              item: question.item.id,
              value: parsed.value as number,
              seen: seenOf(form, question.id),
            },
          ]
        : []
    })
  const saved = await runCommand(services, actor, saveFormAnswers, {
    sittingId: sitting.id,
    answers: given,
    timeZone: clinic.timeZone,
  })
  for (const { item, value } of saved.ok ? saved.value.meanwhile : []) {
    const id = `${instrument.id}.${item}`
    errors[id] = meanwhileInWords(flow.question(id), value)
  }
  return { sitting, instrument, saved, errors, fields }
}

/** What the page showed of a question when it was opened or last kept; undefined when it does not say. */
function seenOf(form: FormData, id: string): number | null | undefined {
  const seen = form.get(`seen:${id}`)
  return typeof seen === 'string' ? (seen === '' ? null : Number(seen)) : undefined
}

function meanwhileInWords(question: IntakeQuestion | undefined, value: number | null): string {
  const said = question && answerInWords(question, value ?? undefined)
  return `Somebody answered this since you opened the page: ${said ?? 'taken back'}. Theirs stands. Reload the page, then change it if it is wrong.`
}

/** Keeps what is filled in and stays. */
export async function postStaffKeep(page: Post): Promise<FormAnswer | Response> {
  const { sitting, errors, fields } = await keep(page)
  if (Object.keys(errors).length > 0) return { errors, values: fields }
  return goTo(`/work/people/${page.params.id}/forms/${sitting.id}`)
}

/** Ends the form. Open questions are named once, and stay open when staff say so. */
export async function postStaffFinish(page: Post): Promise<FormAnswer | Response> {
  const { services, actor, clinic, params, form } = page
  const { sitting, saved, errors, fields } = await keep(page)
  const back = `/work/people/${params.id}/forms/${sitting.id}`
  if (!saved.ok) return goTo(back)
  if (Object.keys(errors).length > 0) return { errors, values: fields }
  const { instrument, values, context } = await find(page, false)
  const { answered, asked } = standingOf(instrument, values, context)
  if (answered < asked && form.get('gaps') !== 'yes') {
    return formProblem(form, {
      gaps: `${asked - answered} of ${asked} are open. Answer them, or tick that they stay open: the result then says what is missing.`,
    })
  }
  const ended = await runCommand(services, actor, finishForm, {
    sittingId: sitting.id,
    timeZone: clinic.timeZone,
  })
  if (ended.ok) return goTo(`/work/people/${params.id}/results/${ended.value.responseId}`)
  if (ended.reason === 'nothing-answered') {
    return formProblem(form, { gaps: 'Nothing is answered yet. Set the form aside if it is not needed.' })
  }
  return goTo(back)
}

const asideForm = z.object({
  reason: z
    .string({ error: 'Write why it is set aside.' })
    .trim()
    .min(3, 'Write why it is set aside.')
    .max(300, 'Please use at most 300 characters.'),
})

/** Sets the form aside with a reason. */
export async function postAside(page: Post): Promise<FormAnswer | Response> {
  const parsed = parseForm(asideForm, page.form)
  if (!parsed.ok) return parsed.answer
  const sittingId = parseId<'form-sitting'>(page.params.sittingId) ?? notFound()
  await find(page, false)
  const ended = await runCommand(page.services, page.actor, setFormAside, {
    sittingId,
    reason: parsed.value.reason,
    timeZone: page.clinic.timeZone,
  })
  if (!ended.ok && ended.reason === 'no-such-form') notFound()
  return goTo(`/work/people/${page.params.id}/forms?done=aside`)
}

/** Stores one answer the moment it is given, or takes it back, and says how the form stands now. */
export async function postStaffAnswer(page: Post): Promise<Response> {
  const { services, actor, clinic, form } = page
  const { sitting, instrument, context } = await find(page, false)
  const flow = formAlone(instrument)
  const question = flow.question(String(form.get('question')))
  if (sitting.end || question?.kind !== 'item') return answerEnded()
  const takeBack = form.get('take-back') === 'yes'
  const today = localDateOf(services.clock.now(), clinic.timeZone)
  const parsed = takeBack
    ? ({ kind: 'given', value: null } as const)
    : parseAnswer(question, typedValues(form), today)
  if (parsed.kind !== 'given') return answerNotRead(parsed)
  const saved = await runCommand(services, actor, saveFormAnswers, {
    sittingId: sitting.id,
    answers: [
      {
        item: question.item.id,
        value: parsed.value as number | null,
        takeBack,
        ageMs: ageOf(form),
        seen: seenOf(form, question.id),
      },
    ],
    timeZone: clinic.timeZone,
  })
  if (!saved.ok) return answerEnded()
  const { values, older, meanwhile } = saved.value
  const [other] = meanwhile
  if (other) {
    return Response.json({ saved: false, message: meanwhileInWords(question, other.value) }, { status: 422 })
  }
  const { words, hidden, answered, asked } = standingOf(instrument, values, context)
  return Response.json({
    saved: true,
    newer: older.length > 0,
    help: needsHelp(flow, prefixed(instrument.id, values)),
    standing: `${answered} of ${asked} answered. ${words}`,
    hidden,
  })
}

/** Takes one answer back, for pages without script. */
export async function postTakeBack(page: Post): Promise<Response> {
  const { services, actor, clinic, params } = page
  const { sitting } = await find(page, false)
  await runCommand(services, actor, saveFormAnswers, {
    sittingId: sitting.id,
    answers: [{ item: page.url.searchParams.get('item') ?? '', value: null, takeBack: true }],
    timeZone: clinic.timeZone,
  })
  return goTo(`/work/people/${params.id}/forms/${sitting.id}`)
}
