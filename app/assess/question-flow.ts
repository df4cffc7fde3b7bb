import { firedTriggers } from '@evenkeel/questionnaires'
import { type Fields, parseAnswer } from './intake-answer-form.ts'
import { type Intake, instrumentAnswers } from './intake-form.ts'
import {
  askedQuestions,
  intakeProgress,
  nextOpenScreen,
  previousScreen,
  sectionProgress,
} from './intake-progress.ts'
import type { IntakeAnswers, IntakeQuestion, IntakeScreen } from './intake-question.ts'
import { type QuestionView, questionView } from './question-view.ts'

/**
 * The way through questions, one screen after the other: for the intake and for a single form, by link and in the
 * portal. Pure: it is given the questions and the answers, and says what to show or where to go.
 */
export type Flow = {
  readonly intake: Intake
  readonly answers: IntakeAnswers
  /** The address it lives at, such as "/portal/intake". */
  readonly base: string
  readonly begun: boolean
  readonly finished: boolean
  /** Names this flow on the person's device, for answers that wait: nobody else's flow has the same. */
  readonly keepAs: string
}

/** The progress and address that every page of a flow shows. */
type Around = {
  readonly base: string
  readonly keepAs: string
  readonly progress: ReturnType<typeof intakeProgress>
}

/** What a page of a flow shows. Plain data: it also travels to the browser. */
export type FlowView = Around &
  (
    | { readonly kind: 'start'; readonly go: string; readonly begun: boolean }
    | ({ readonly kind: 'screen'; readonly help: boolean } & ScreenView)
    | { readonly kind: 'help'; readonly next: string }
    | {
        readonly kind: 'review'
        readonly sections: ReturnType<typeof sectionProgress>
        readonly open: string | undefined
      }
    | { readonly kind: 'done' }
  )

type ScreenView = {
  readonly screenId: string
  readonly sections: readonly { readonly label: string; readonly href: string }[]
  readonly section: number
  readonly title: string | undefined
  readonly lead: string | undefined
  readonly introduction: string | undefined
  readonly recall: string | undefined
  /** Wording that is ours and not the official form's is marked. */
  readonly edition: string | undefined
  readonly questions: readonly QuestionView[]
  readonly back: string
}

/**
 * What to show at an address of the flow.
 *
 * @param screenId undefined for the start
 * @param after the screen that the help page was opened from
 * @returns the page, where to go instead, or undefined when there is no such page
 */
export function flowView(
  flow: Flow,
  screenId: string | undefined,
  after: string | undefined,
): FlowView | { readonly goTo: string } | undefined {
  const { intake, answers, base } = flow
  const around: Around = { base, keepAs: flow.keepAs, progress: intakeProgress(intake, answers) }
  if (flow.finished) return screenId ? { goTo: base } : { ...around, kind: 'done' }
  const next = nextOpenScreen(intake, answers)
  const goOn = `${base}/${next?.id ?? 'review'}`
  switch (screenId) {
    case undefined:
      return { ...around, kind: 'start', go: goOn, begun: flow.begun }
    case 'review': {
      const open = next && `${base}/${next.id}`
      return { ...around, kind: 'review', sections: sectionProgress(intake, answers), open }
    }
    case 'help':
      return { ...around, kind: 'help', next: addressAfter(flow, answers, after) }
    default: {
      const screen = intake.screens.find((one) => one.id === screenId)
      if (!screen) return undefined
      if (askedQuestions(screen, answers).length === 0) return { goTo: goOn }
      return { ...around, kind: 'screen', help: needsHelp(intake, answers), ...screenView(flow, screen) }
    }
  }
}

/** The next screen with something open after this one, or the overview at the end. */
function addressAfter({ intake, base }: Flow, answers: IntakeAnswers, screenId?: string): string {
  return `${base}/${nextOpenScreen(intake, answers, screenId)?.id ?? 'review'}`
}

/** Whether an answer as it stands asks for help at once. */
export function needsHelp(intake: Intake, answers: IntakeAnswers): boolean {
  return intake.instruments.some(({ id }) =>
    firedTriggers(id, instrumentAnswers(id, answers)).some((trigger) => trigger.severity === 'critical'),
  )
}

function screenView({ intake, answers, base }: Flow, screen: IntakeScreen): ScreenView {
  const asked = askedQuestions(screen, answers)
  const section = intake.sections.findIndex((part) => part.id === screen.section)
  const instrument = intake.instruments.find(({ id }) => id === screen.section)
  const first = intake.sections[section]?.screens[0]?.id === screen.id
  const previous = previousScreen(intake, answers, screen.id)
  return {
    screenId: screen.id,
    sections: intake.sections.map((part) => ({
      label: part.title,
      href: `${base}/${part.screens[0]!.id}`,
    })),
    section,
    title: screen.title,
    lead: screen.lead,
    introduction: first ? instrument?.introduction : undefined,
    recall: instrument?.recall.sentence,
    edition: instrument?.edition,
    questions: asked.map((question) => questionView(question, answers[question.id])),
    back: previous ? `${base}/${previous.id}` : base,
  }
}

/** What the form of one screen says. Every answer that can be read is kept, also when another needs a second look. */
export type ScreenForm = {
  readonly given: readonly { readonly question: IntakeQuestion; readonly value: unknown }[]
  readonly errors: Readonly<Record<string, string>>
}

/**
 * Reads the form of a screen.
 *
 * @param asked whether the page asked this question
 * @param skip open questions become "skipped for now" instead of being asked about
 * @param today the calendar day at the clinic
 */
export function readScreen(
  screen: IntakeScreen,
  fields: Fields,
  asked: (id: string) => boolean,
  skip: boolean,
  today: string,
): ScreenForm {
  const errors: Record<string, string> = {}
  const given = screen.questions
    .filter((question) => asked(question.id))
    .flatMap((question) => {
      const parsed = parseAnswer(question, fields, today)
      if (parsed.kind === 'given') return [{ question, value: parsed.value }]
      // What cannot be read is asked about again also when the rest is skipped: it was meant as an answer.
      if (parsed.kind === 'wrong') {
        errors[question.id] = parsed.message
        return []
      }
      if (!skip) errors[question.id] = 'Choose or write an answer, or skip it for now.'
      return skip ? [{ question, value: null }] : []
    })
  return { given, errors }
}

/**
 * Where to go after a screen's answers are stored. Judged by this screen's answers, not by who stored them first: with
 * script they were kept a moment ago.
 */
export function whereNext(flow: Flow, screen: IntakeScreen, given: ScreenForm['given']): string {
  const elsewhere = { ...flow.answers }
  for (const { question } of given) delete elsewhere[question.id]
  if (needsHelp(flow.intake, flow.answers) && !needsHelp(flow.intake, elsewhere)) {
    return `${flow.base}/help?after=${screen.id}`
  }
  return addressAfter(flow, flow.answers, screen.id)
}
