import { rounded } from './exposure.ts'
import type { PersonCourse } from './person-course.server.ts'
import { comparisonInWords } from './score-change-words.ts'

/** The downloads of a person's figures. */
export const COURSE_FIGURES = ['scores', 'days', 'doses'] as const
export type CourseFigure = (typeof COURSE_FIGURES)[number]

type Cells = readonly (string | number)[]

/**
 * The numbers behind one figure of a person, led by what they are: definitions with version, the day they were seen.
 * What is not known stands in words, so that no spreadsheet takes it for 0.
 *
 * @param invented "invented person" and the like; empty for real people
 */
export function courseRows(figure: CourseFigure, course: PersonCourse, invented: string): Cells[] {
  const head: Cells[] = [
    ['figure', figure],
    ...(invented ? [['people', invented]] : []),
    ['seen on', course.today],
  ]
  if (figure === 'scores') return [...head, ...scoreRows(course)]
  return [...head, ...(figure === 'days' ? dayRows(course) : doseRows(course))]
}

function definitionRow({ id, version, text }: { id: string; version: number; text: string }): Cells {
  return ['definition', id, version, text]
}

function scoreRows({ lines }: PersonCourse): Cells[] {
  const defined = new Map(lines.flatMap((line) => line.definitions.map((one) => [one.id, one])))
  return [
    ...[...defined.values()].map(definitionRow),
    ['instrument', 'edition', 'date', 'day', 'score', 'lowest possible', 'highest possible', 'estimate'],
    ...lines.flatMap((line) =>
      line.points.map(({ date, day, score, estimate }) => [
        line.instrumentId,
        line.editionId,
        date,
        day,
        score ?? 'not finished',
        ...line.range,
        estimate ? 'yes' : 'no',
      ]),
    ),
    ['instrument', 'edition', 'compared', 'baseline', 'later', 'in words'],
    ...lines
      .filter(({ weeks }) => weeks === undefined)
      .flatMap((line) =>
        (['afterTreatment', 'newest'] as const).map((which) => {
          const comparison = line.change[which]
          return [
            line.instrumentId,
            line.editionId,
            which === 'newest' ? 'newest result' : 'after treatment',
            comparison.told ? comparison.before.score : (line.change.baseline?.score ?? 'not known'),
            comparison.told ? comparison.after.score : 'not told',
            comparisonInWords(comparison),
          ]
        }),
      ),
    ['instrument', 'edition', 'week up to day', 'answers', 'mean'],
    ...lines.flatMap((line) =>
      (line.weeks ?? []).map(({ day, answers, mean }) => [
        line.instrumentId,
        line.editionId,
        day,
        answers,
        mean === undefined ? 'not known' : rounded(mean, 4),
      ]),
    ),
  ]
}

function dayRows({ use }: PersonCourse): Cells[] {
  return [
    definitionRow(use.definition),
    ['standard drink, g', use.drink.grams],
    [
      'date',
      'day since first dose',
      'by check-ins',
      'by use calendar',
      'counted as',
      'differ',
      'drinks',
      'sessions',
    ],
    ...use.days.map((day) => [
      day.day,
      day.sinceFirstDose ?? 'no dose',
      day.checkIn ?? 'not told',
      day.calendar ?? 'not told',
      day.state,
      day.differ ? 'yes' : 'no',
      day.drinks ?? (day.state === 'no-use' ? 0 : 'not known'),
      day.sessions.join(' '),
    ]),
  ]
}

function doseRows({ doses, exposure }: PersonCourse): Cells[] {
  return [
    definitionRow(exposure.definition),
    ['session', 'date', 'mg', 'weight of the order, kg', 'weight basis', 'mg/kg'],
    ...doses.map((dose) => [
      dose.sessionNumber,
      dose.day,
      known(dose.mg),
      known(dose.weightKg),
      dose.weightBasis ?? 'not known',
      known(dose.mgPerKg),
    ]),
    ['days up to today', 'doses', 'mg known', 'doses without mg', 'mg/kg known', 'doses without mg/kg'],
    ...exposure.spans.map(({ days, sessions, mg, mgPerKg }) => [
      days ?? 'all',
      sessions,
      known(mg.known),
      mg.without,
      known(mgPerKg.known),
      mgPerKg.without,
    ]),
  ]
}

/** Fine enough for every use, without the dust of binary fractions. */
function known(value: number | undefined): string | number {
  return value === undefined ? 'not known' : rounded(value, 4)
}
