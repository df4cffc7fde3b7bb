import { type Instrument, visibleItems } from '@evenkeel/questionnaires'
import { titleForPerson } from './forms/form-titles.ts'
import { SECONDS_PER_ITEM } from './forms/instrument-sets.ts'
import { HISTORY } from './intake-history.ts'
import type { IntakeAnswers, IntakeQuestion, IntakeScreen, IntakeSection } from './intake-question.ts'

/** Names the words of the history; raised when a question, choice or order changes. Stored with every answer. */
export const INTAKE_EDITION = 'intake-2'

/** Everything one person is asked, in order: sections of screens of questions. */
export type Intake = {
  readonly sections: readonly IntakeSection[]
  readonly screens: readonly IntakeScreen[]
  readonly instruments: readonly Instrument[]
  readonly question: (id: string) => IntakeQuestion | undefined
}

/** The section of one instrument, one question to a screen, in the wording of the instrument as given. */
function instrumentSection(instrument: Instrument): IntakeSection {
  const { id } = instrument
  return {
    id,
    title: titleForPerson(instrument),
    screens: instrument.items.map((item) => ({
      id: `${id}-${item.id}`,
      section: id,
      questions: [
        {
          id: `${id}.${item.id}`,
          label: item.prompt,
          kind: 'item',
          instrumentId: id,
          item,
          seconds: SECONDS_PER_ITEM,
          askedIf: (answers) =>
            visibleItems(id, instrumentAnswers(id, answers)).some((visible) => visible.item.id === item.id),
        },
      ],
    })),
  }
}

function flowOf(sections: readonly IntakeSection[], instruments: readonly Instrument[]): Intake {
  const screens = sections.flatMap((part) => part.screens)
  const byId = new Map(screens.flatMap((screen) => screen.questions).map((one) => [one.id, one]))
  return { sections, screens, instruments, question: (id) => byId.get(id) }
}

/** The whole intake: the history, then the given forms. */
export function intakeOf(instruments: readonly Instrument[]): Intake {
  return flowOf([...HISTORY, ...instruments.map(instrumentSection)], instruments)
}

/** One form alone, asked in the same way as the forms of the intake. */
export function formAlone(instrument: Instrument): Intake {
  return flowOf([instrumentSection(instrument)], [instrument])
}

/** The answers to one instrument's items, as the scoring engine takes them. */
export function instrumentAnswers(instrumentId: string, answers: IntakeAnswers): Record<string, unknown> {
  const prefix = `${instrumentId}.`
  return Object.fromEntries(
    Object.entries(answers)
      .filter(([id]) => id.startsWith(prefix))
      .map(([id, value]) => [id.slice(prefix.length), value]),
  )
}
