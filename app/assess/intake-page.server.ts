import { firedTriggers, instrumentById } from '@evenkeel/questionnaires'
import type { Actor } from '../platform/actor.ts'
import { ownPersonId } from '../platform/actor.ts'
import { type ClinicProfile, phoneHref } from '../platform/clinic-profile.ts'
import { runCommand, runQuery } from '../platform/command.server.ts'
import { type FormAnswer, typedValues } from '../platform/form.ts'
import { goTo, notFound } from '../platform/page.server.ts'
import type { Services } from '../platform/services.server.ts'
import { localDateOf } from '../platform/time.ts'
import { readOwnIntake } from './assess-access.ts'
import { assessmentsOfPerson, intakeAnswers } from './assess-queries.server.ts'
import { completeIntake } from './complete-intake.server.ts'
import { parseAnswer } from './intake-answer-form.ts'
import { answersNow } from './intake-answers.ts'
import {
  INTAKE,
  INTAKE_INSTRUMENTS,
  INTAKE_SCREENS,
  type IntakeScreen,
  instrumentAnswers,
  questionById,
} from './intake-form.ts'
import {
  askedQuestions,
  intakeProgress,
  nextOpenScreen,
  previousScreen,
  sectionProgress,
} from './intake-progress.ts'
import type { IntakeAnswers } from './intake-question.ts'
import { type QuestionView, questionView } from './question-view.ts'
import { saveIntakeAnswers } from './save-intake-answers.server.ts'

/** What both doors to the intake hand in: who answers, and the address it lives at ("/intake/…", "/portal/intake"). */
export type IntakeDoor = {
  readonly services: Services
  readonly actor: Actor
  readonly base: string
  readonly url: URL
}

type Around = {
  readonly base: string
  readonly phone: { readonly display: string; readonly href: string | undefined }
  readonly progress: ReturnType<typeof intakeProgress>
}

/** What the intake's page shows. Plain data: it also travels to the browser. */
export type IntakeView = Around &
  (
    | { readonly kind: 'start'; readonly go: string; readonly begun: boolean }
    | {
        readonly kind: 'screen'
        readonly screenId: string
        readonly sections: readonly { readonly label: string; readonly href: string }[]
        readonly section: number
        readonly title: string | undefined
        readonly lead: string | undefined
        readonly introduction: string | undefined
        readonly recall: string | undefined
        readonly questions: readonly QuestionView[]
        readonly back: string
        readonly help: boolean
      }
    | { readonly kind: 'help'; readonly next: string }
    | {
        readonly kind: 'review'
        readonly sections: ReturnType<typeof sectionProgress>
        readonly open: string | undefined
      }
    | { readonly kind: 'done' }
  )

/**
 * Loads a page of the person's own intake: the start, one screen, the overview at the end, or that it is finished.
 *
 * @param screenId undefined for the start; an unknown one is not found
 */
export async function loadIntake(
  { services, actor, base, url }: IntakeDoor,
  screenId: string | undefined,
): Promise<IntakeView | Response> {
  const clinic = await services.clinicProfile(actor.clinicId)
  const found = await runQuery(services, actor, async ({ db, audit }) => {
    const personId = ownPersonId(actor)
    const assessment = personId && (await assessmentsOfPerson(db, clinic.id, personId))[0]
    if (!assessment) return undefined
    audit.read(readOwnIntake.id, {
      personId: assessment.personId,
      object: 'assessment',
      objectId: assessment.id,
    })
    return { assessment, answers: answersNow(await intakeAnswers(db, clinic.id, [assessment.id])) }
  })
  if (!found) notFound()
  const { assessment, answers } = found
  const around: Around = { base, phone: phoneOf(clinic), progress: intakeProgress(answers) }
  if (assessment.intakeCompletedAt) return screenId ? goTo(base) : { ...around, kind: 'done' }
  const next = nextOpenScreen(answers)
  const goOn = `${base}/${next?.id ?? 'review'}`
  if (!screenId) {
    return { ...around, kind: 'start', go: goOn, begun: Object.keys(answers).length > 0 }
  }
  if (screenId === 'review') {
    const open = next && `${base}/${next.id}`
    return { ...around, kind: 'review', sections: sectionProgress(answers), open }
  }
  if (screenId === 'help') {
    const after = url.searchParams.get('after') ?? undefined
    return { ...around, kind: 'help', next: `${base}/${nextOpenScreen(answers, after)?.id ?? 'review'}` }
  }
  const screen = INTAKE_SCREENS.find((one) => one.id === screenId)
  if (!screen) notFound()
  const asked = askedQuestions(screen, answers)
  if (asked.length === 0) return goTo(goOn)
  return { ...around, kind: 'screen', ...screenView(base, screen, answers), help: needsHelp(answers) }
}

function screenView(base: string, screen: IntakeScreen, answers: IntakeAnswers) {
  const asked = askedQuestions(screen, answers)
  const section = INTAKE.findIndex((part) => part.id === screen.section)
  const instrument = instrumentById(screen.section)
  const first = INTAKE[section]?.screens[0]?.id === screen.id
  const previous = previousScreen(answers, screen.id)
  return {
    screenId: screen.id,
    sections: INTAKE.map((part) => ({ label: part.title, href: `${base}/${part.screens[0]!.id}` })),
    section,
    title: screen.title,
    lead: screen.lead,
    introduction: first ? instrument?.introduction : undefined,
    recall: instrument?.recall.sentence,
    questions: asked.map((question) => questionView(question, answers[question.id])),
    back: previous ? `${base}/${previous.id}` : base,
  }
}

/** Whether an answer as it stands asks for help at once. */
function needsHelp(answers: IntakeAnswers): boolean {
  return INTAKE_INSTRUMENTS.some(({ id }) =>
    firedTriggers(id, instrumentAnswers(id, answers)).some((trigger) => trigger.severity === 'critical'),
  )
}

function phoneOf(clinic: ClinicProfile) {
  return { display: clinic.phoneDisplay, href: phoneHref(clinic.phoneDisplay) }
}

/**
 * Stores what a screen's form gives. Every answer that can be read is kept, also when another needs a second look.
 *
 * @param skip open questions become "skipped for now" instead of being asked about
 */
export async function postScreen(
  { services, actor, base }: IntakeDoor,
  screenId: string | undefined,
  form: FormData,
  skip: boolean,
): Promise<FormAnswer | Response> {
  const screen = INTAKE_SCREENS.find((one) => one.id === screenId)
  if (!screen) notFound()
  const clinic = await services.clinicProfile(actor.clinicId)
  const fields = typedValues(form)
  const today = localDateOf(services.clock.now(), clinic.timeZone)
  const errors: Record<string, string> = {}
  const given = screen.questions
    .filter((question) => form.has(`asked:${question.id}`))
    .flatMap((question) => {
      const parsed = parseAnswer(question, fields, today)
      if (parsed.kind === 'given') return [{ question, value: parsed.value }]
      if (parsed.kind === 'wrong' && !skip) errors[question.id] = parsed.message
      else if (!skip) errors[question.id] = 'Choose or write an answer, or skip it for now.'
      return skip ? [{ question, value: null }] : []
    })
  const saved = await runCommand(services, actor, saveIntakeAnswers, {
    answers: given,
    timeZone: zoneOf(form, clinic),
  })
  if (!saved.ok) return goTo(base)
  if (Object.keys(errors).length > 0) return { errors, values: fields }
  // Judged by this screen's answers, not by who stored them first: with script they were kept a moment ago.
  const { answers } = saved.value
  const elsewhere = { ...answers }
  for (const { question } of given) delete elsewhere[question.id]
  if (needsHelp(answers) && !needsHelp(elsewhere)) return goTo(`${base}/help?after=${screen.id}`)
  return goTo(`${base}/${nextOpenScreen(answers, screen.id)?.id ?? 'review'}`)
}

/** Stores one answer the moment it is given, for pages with script. */
export async function postAnswer({ services, actor }: IntakeDoor, form: FormData): Promise<Response> {
  const question = questionById(String(form.get('question')))
  const clinic = await services.clinicProfile(actor.clinicId)
  const today = localDateOf(services.clock.now(), clinic.timeZone)
  const parsed = question && parseAnswer(question, typedValues(form), today)
  if (!question || parsed?.kind !== 'given') return Response.json({ saved: false })
  const saved = await runCommand(services, actor, saveIntakeAnswers, {
    answers: [{ question, value: parsed.value }],
    timeZone: zoneOf(form, clinic),
  })
  return Response.json({ saved: saved.ok, help: saved.ok && needsHelp(saved.value.answers) })
}

/** Ends the intake, or leads back to the first question not reached. */
export async function postFinish({ services, actor, base }: IntakeDoor, form: FormData): Promise<Response> {
  const clinic = await services.clinicProfile(actor.clinicId)
  const done = await runCommand(services, actor, completeIntake, { timeZone: zoneOf(form, clinic) })
  return goTo(done.ok || done.reason !== 'questions-not-reached' ? base : `${base}/review`)
}

/** The zone the browser says it is in, or the clinic's when it says none that exists. */
function zoneOf(form: FormData, clinic: ClinicProfile): string {
  const zone = form.get('zone')
  if (typeof zone !== 'string' || zone === '' || zone.length > 60) return clinic.timeZone
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone
  } catch {
    return clinic.timeZone
  }
}
