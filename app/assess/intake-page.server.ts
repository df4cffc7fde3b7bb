import * as z from 'zod'
import type { Actor } from '../platform/actor.ts'
import { ownPersonId } from '../platform/actor.ts'
import { type ClinicProfile, phoneHref } from '../platform/clinic-profile.ts'
import { runCommand, runQuery } from '../platform/command.server.ts'
import { type FormAnswer, parseForm, typedValues } from '../platform/form.ts'
import { goTo, notFound } from '../platform/page.server.ts'
import type { Services } from '../platform/services.server.ts'
import { DAY_MS, localDateOf } from '../platform/time.ts'
import { readOwnIntake } from './assess-access.ts'
import { assessmentsOfPerson, intakeAnswers } from './assess-queries.server.ts'
import { completeIntake } from './complete-intake.server.ts'
import { intakeStart } from './forms/form-plan-queries.server.ts'
import { intakeOfAssessment } from './forms/plan-intake.server.ts'
import { parseAnswer } from './intake-answer-form.ts'
import { answersNow } from './intake-answers.ts'
import { type Flow, type FlowView, flowView, needsHelp, readScreen, whereNext } from './question-flow.ts'
import { beginIntake, saveIntakeAnswers } from './save-intake-answers.server.ts'

/** What both doors to the intake hand in: who answers, and the address it lives at ("/intake/…", "/portal/intake"). */
export type IntakeDoor = {
  readonly services: Services
  readonly actor: Actor
  readonly base: string
  readonly url: URL
}

/** What a flow's page needs beside its view: whom to call, and what the flow is. */
export type FlowPage = FlowView & {
  readonly about:
    | { readonly kind: 'intake' }
    | { readonly kind: 'form'; readonly title: string; readonly back: string }
  readonly phone: { readonly display: string; readonly href: string | undefined }
}

/**
 * Loads a page of the person's own intake: the start, one screen, the overview at the end, or that it is finished.
 *
 * @param screenId undefined for the start; an unknown one is not found
 */
export async function loadIntake(
  door: IntakeDoor,
  screenId: string | undefined,
): Promise<FlowPage | Response> {
  const clinic = await door.services.clinicProfile(door.actor.clinicId)
  const flow = await ownFlow(door, clinic)
  const view = flowView(flow, screenId, door.url.searchParams.get('after') ?? undefined) ?? notFound()
  return 'goTo' in view ? goTo(view.goTo) : { ...view, about: { kind: 'intake' }, phone: phoneOf(clinic) }
}

/** The person's newest intake with its answers; not found when they have none. */
async function ownFlow({ services, actor, base }: IntakeDoor, clinic: ClinicProfile): Promise<Flow> {
  const found = await runQuery(services, actor, async ({ db, audit }) => {
    const personId = ownPersonId(actor)
    const assessment = personId && (await assessmentsOfPerson(db, clinic.id, personId))[0]
    if (!assessment) return undefined
    audit.read(readOwnIntake.id, {
      personId: assessment.personId,
      object: 'assessment',
      objectId: assessment.id,
    })
    const answers = answersNow(await intakeAnswers(db, clinic.id, [assessment.id]))
    return {
      intake: await intakeOfAssessment(db, clinic.id, assessment.id),
      answers,
      base,
      begun:
        Object.keys(answers).length > 0 || (await intakeStart(db, clinic.id, assessment.id)) !== undefined,
      finished: assessment.intakeCompletedAt !== undefined,
      keepAs: `intake ${assessment.id}`,
    }
  })
  return found ?? notFound()
}

/** Whom to call, on every page of a flow. */
export function phoneOf(clinic: ClinicProfile): FlowPage['phone'] {
  return { display: clinic.phoneDisplay, href: phoneHref(clinic.phoneDisplay) }
}

const beginForm = z
  .object({
    respondent: z.enum(['self', 'proxy'], { error: 'Choose who answers.' }),
    proxy: z.string().trim().max(120, 'Please use at most 120 characters.').optional(),
  })
  .refine(({ respondent, proxy }) => respondent === 'self' || (proxy ?? '') !== '', {
    path: ['proxy'],
    error: 'Write your name and how you know the person.',
  })

/** Notes who answers and from where, and leads to the first question. */
export async function postBegin(door: IntakeDoor, form: FormData): Promise<FormAnswer | Response> {
  const { services, actor, base } = door
  const parsed = parseForm(beginForm, form)
  if (!parsed.ok) return parsed.answer
  const clinic = await services.clinicProfile(actor.clinicId)
  const { respondent, proxy = '' } = parsed.value
  await runCommand(services, actor, beginIntake, {
    respondent: respondent === 'proxy' ? { kind: 'proxy', proxy } : { kind: 'self' },
    timeZone: zoneOf(form, clinic),
  })
  const view = flowView(await ownFlow(door, clinic), undefined, undefined)
  return goTo(view && 'kind' in view && view.kind === 'start' ? view.go : base)
}

/**
 * Stores what a screen's form gives. Every answer that can be read is kept, also when another needs a second look.
 *
 * @param skip open questions become "skipped for now" instead of being asked about
 */
export async function postScreen(
  door: IntakeDoor,
  screenId: string | undefined,
  form: FormData,
  skip: boolean,
): Promise<FormAnswer | Response> {
  const { services, actor, base } = door
  const clinic = await services.clinicProfile(actor.clinicId)
  const flow = await ownFlow(door, clinic)
  const { intake } = flow
  const screen = intake.screens.find((one) => one.id === screenId) ?? notFound()
  const fields = typedValues(form)
  const today = localDateOf(services.clock.now(), clinic.timeZone)
  const { given, errors } = readScreen(screen, fields, (id) => form.has(`asked:${id}`), skip, today)
  const saved = await runCommand(services, actor, saveIntakeAnswers, {
    answers: given,
    timeZone: zoneOf(form, clinic),
  })
  if (!saved.ok) return goTo(base)
  if (Object.keys(errors).length > 0) return { errors, values: fields }
  const { answers } = saved.value
  return goTo(whereNext({ ...flow, answers }, screen, given))
}

/** Stores one answer the moment it is given, for pages with script. */
export async function postAnswer(door: IntakeDoor, form: FormData): Promise<Response> {
  const { services, actor } = door
  const clinic = await services.clinicProfile(actor.clinicId)
  const flow = await ownFlow(door, clinic)
  if (flow.finished) return answerEnded()
  const question = flow.intake.question(String(form.get('question')))
  if (!question) return answerEnded()
  const parsed = parseAnswer(question, typedValues(form), localDateOf(services.clock.now(), clinic.timeZone))
  if (parsed.kind !== 'given') return answerNotRead(parsed)
  const saved = await runCommand(services, actor, saveIntakeAnswers, {
    answers: [{ question, value: parsed.value, ageMs: ageOf(form) }],
    timeZone: zoneOf(form, clinic),
  })
  if (!saved.ok) return answerEnded()
  const { answers, older } = saved.value
  return Response.json({ saved: true, newer: older.length > 0, help: needsHelp(flow.intake, answers) })
}

/** Takes back what was answered on a screen: its questions are open again, what was said before is kept. */
export async function postTakeBack(
  door: IntakeDoor,
  screenId: string | undefined,
  form: FormData,
): Promise<Response> {
  const { services, actor, base } = door
  const clinic = await services.clinicProfile(actor.clinicId)
  const { intake } = await ownFlow(door, clinic)
  const screen = intake.screens.find((one) => one.id === screenId) ?? notFound()
  await runCommand(services, actor, saveIntakeAnswers, {
    answers: screen.questions.map((question) => ({ question, value: null, takeBack: true })),
    timeZone: zoneOf(form, clinic),
  })
  return goTo(`${base}/${screen.id}`)
}

/** The answer came too late: what it belongs to has ended, or is no longer asked. */
export function answerEnded(): Response {
  return Response.json({ saved: false }, { status: 409 })
}

/** Nothing was given, or it could not be read; then with what to do. */
export function answerNotRead(
  parsed: { readonly kind: 'empty' } | { readonly kind: 'wrong'; readonly message: string },
): Response {
  return parsed.kind === 'wrong'
    ? Response.json({ saved: false, message: parsed.message }, { status: 422 })
    : Response.json({ saved: false, empty: true })
}

/** How long ago an answer was given, in ms, when it waited on the device; undefined when it did not. */
export function ageOf(form: FormData): number | undefined {
  const age = Number(form.get('age-ms') ?? 0)
  return Number.isFinite(age) && age > 0 ? Math.min(age, DAY_MS) : undefined
}

/** Ends the intake, or leads back to the first question not reached. */
export async function postFinish({ services, actor, base }: IntakeDoor, form: FormData): Promise<Response> {
  const clinic = await services.clinicProfile(actor.clinicId)
  const done = await runCommand(services, actor, completeIntake, { timeZone: zoneOf(form, clinic) })
  return goTo(done.ok || done.reason !== 'questions-not-reached' ? base : `${base}/review`)
}

/** The zone the browser says it is in, or the clinic's when it says none that exists. */
export function zoneOf(form: FormData, clinic: ClinicProfile): string {
  const zone = form.get('zone')
  if (typeof zone !== 'string' || zone === '' || zone.length > 60) return clinic.timeZone
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone
  } catch {
    return clinic.timeZone
  }
}
