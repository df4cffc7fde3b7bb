import type { Intake } from './intake-form.ts'
import type { IntakeAnswers, IntakeQuestion, IntakeScreen } from './intake-question.ts'

/** How far somebody is. `answered` + `skipped` + `open` = all questions that are asked of them as it stands. */
export type IntakeProgress = {
  readonly answered: number
  readonly skipped: number
  readonly open: number
  readonly minutesLeft: number
}

/** The questions of a screen that are asked of this person, given what they have answered. */
export function askedQuestions(screen: IntakeScreen, answers: IntakeAnswers): readonly IntakeQuestion[] {
  return screen.questions.filter((question) => question.askedIf?.(answers) ?? true)
}

/** The screens that this person sees, in order. */
export function visibleScreens({ screens }: Intake, answers: IntakeAnswers): readonly IntakeScreen[] {
  return screens.filter((screen) => askedQuestions(screen, answers).length > 0)
}

/**
 * Counts answered, skipped and open questions, and the minutes the open ones may take (0 only when none is open).
 */
export function intakeProgress({ screens }: Intake, answers: IntakeAnswers): IntakeProgress {
  let answered = 0
  let skipped = 0
  let open = 0
  let seconds = 0
  for (const screen of screens) {
    for (const question of askedQuestions(screen, answers)) {
      if (!(question.id in answers)) {
        open += 1
        seconds += question.seconds
      } else if (answers[question.id] === null) skipped += 1
      else answered += 1
    }
  }
  return { answered, skipped, open, minutesLeft: Math.ceil(seconds / 60) }
}

/**
 * Where to go on: the first screen after `afterScreenId` with a question neither answered nor skipped, else the
 * first such screen at all.
 *
 * @returns undefined when nothing is open
 */
export function nextOpenScreen(
  intake: Intake,
  answers: IntakeAnswers,
  afterScreenId?: string,
): IntakeScreen | undefined {
  const { screens } = intake
  const open = visibleScreens(intake, answers).filter((screen) =>
    askedQuestions(screen, answers).some((question) => !(question.id in answers)),
  )
  if (!afterScreenId) return open[0]
  const place = screens.findIndex((screen) => screen.id === afterScreenId)
  return open.find((screen) => screens.indexOf(screen) > place) ?? open[0]
}

/** The screen before this one among those the person sees. */
export function previousScreen(
  intake: Intake,
  answers: IntakeAnswers,
  screenId: string,
): IntakeScreen | undefined {
  const { screens } = intake
  const place = screens.findIndex((screen) => screen.id === screenId)
  return visibleScreens(intake, answers)
    .filter((screen) => screens.indexOf(screen) < place)
    .at(-1)
}

export type SectionProgress = {
  readonly id: string
  readonly title: string
  readonly firstScreen: string
  readonly asked: number
  readonly answered: number
  readonly notReached: number
  /** Questions that were skipped, with their screen, for going back. */
  readonly skipped: readonly { readonly screenId: string; readonly label: string }[]
}

/** Each section with how much of it is answered. */
export function sectionProgress({ sections }: Intake, answers: IntakeAnswers): readonly SectionProgress[] {
  return sections.map((section) => {
    const asked = section.screens.flatMap((screen) =>
      askedQuestions(screen, answers).map((question) => ({ screen, question })),
    )
    const skipped = asked.filter(({ question }) => answers[question.id] === null)
    const notReached = asked.filter(({ question }) => !(question.id in answers)).length
    return {
      id: section.id,
      title: section.title,
      firstScreen: section.screens[0]!.id,
      asked: asked.length,
      answered: asked.length - skipped.length - notReached,
      notReached,
      skipped: skipped.map(({ screen, question }) => ({ screenId: screen.id, label: question.label })),
    }
  })
}
