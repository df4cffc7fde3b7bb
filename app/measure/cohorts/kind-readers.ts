import type { RowReader } from './cohort-file.ts'
import {
  type CohortMapping,
  type CountsByArmMapping,
  DAYS_PER,
  type RepeatedScoresMapping,
  type TimeToEventMapping,
  type WeeklyUrineMapping,
} from './cohort-mapping.ts'
import type { ArmCount, CohortRows, ScoreRow, TimedPerson, WeeklyPerson } from './cohort-rows.ts'
import { sameValue } from './mapping-form.ts'

/** Collects the rows of one kind. */
export type KindReader = {
  /** Columns without which a row says nothing. */
  readonly needs: readonly string[]
  readonly take: (row: RowReader, group: string) => void
  /** What can be seen only when all rows are read. */
  readonly finish: (say: (line: number, column: string | undefined, says: string) => void) => void
  readonly cohort: CohortRows
}

const LONGEST_TIME_DAYS = 100 * 366
const MOST_WEEKS = 520
const MOST_VISITS = 24
const LONGEST_LABEL = 200
const MOST_STUDIES = 200

/** The reader for what a mapping says the file holds. */
export function readerOfKind(mapping: CohortMapping): KindReader {
  switch (mapping.kind) {
    case 'time-to-event':
      return timeReader(mapping)
    case 'weekly-urine':
      return weekReader(mapping)
    case 'repeated-scores':
      return scoreReader(mapping)
    case 'counts-by-arm':
      return countReader(mapping)
  }
}

function timeReader(mapping: TimeToEventMapping): KindReader {
  const rows: TimedPerson[] = []
  const { time, event, unit, stratum, covariates } = mapping
  return {
    needs: [time, event.column, ...(stratum === undefined ? [] : [stratum])],
    cohort: { kind: 'time-to-event', rows },
    finish: () => {},
    take(row, group) {
      const value = numberIn(row, time, mapping)
      const happened = eventIn(row, event)
      if (value !== undefined && value < 0) row.say(time, `${row.cell(time)} is before the start`)
      else if (value !== undefined && value * DAYS_PER[unit] > LONGEST_TIME_DAYS)
        row.say(time, `${row.cell(time)} ${unit} is more than a hundred years`)
      else if (value !== undefined && happened !== undefined)
        rows.push({
          timeDays: value * DAYS_PER[unit],
          event: happened,
          group,
          ...(stratum === undefined ? {} : { stratum: row.cell(stratum)! }),
          ...(covariates.length === 0
            ? {}
            : { covariates: Object.fromEntries(covariates.map((name) => [name, row.cell(name)])) }),
        })
    },
  }
}

function eventIn(row: RowReader, { column, yes, no }: TimeToEventMapping['event']): boolean | undefined {
  const cell = row.cell(column)!
  if (yes.some((value) => sameValue(value, cell))) return true
  if (no.some((value) => sameValue(value, cell))) return false
  row.say(
    column,
    `"${shortened(cell)}" is neither ${yes.join(' or ')} (happened) nor ${no.join(' or ')} (not seen to happen)`,
  )
  return undefined
}

function weekReader({ pattern, letters }: WeeklyUrineMapping): KindReader {
  const rows: WeeklyPerson[] = []
  const meaning = new Map<string, string>()
  for (const [text, letter] of [
    [letters.positive, '+'],
    [letters.negative, '-'],
    [letters.mixed, '*'],
    [letters.none, 'o'],
  ] as const) {
    for (const written of text) meaning.set(written, letter)
  }
  return {
    needs: [pattern],
    cohort: { kind: 'weekly-urine', rows },
    finish: () => {},
    take(row, group) {
      const written = [...row.cell(pattern)!]
      if (written.length > MOST_WEEKS) {
        row.say(pattern, `${written.length} weeks are more than ${MOST_WEEKS}`)
        return
      }
      const at = written.findIndex((letter) => !meaning.has(letter))
      if (at >= 0) row.say(pattern, `week ${at + 1} is "${written[at]}", which was given no meaning`)
      else rows.push({ weeks: written.map((letter) => meaning.get(letter)!).join(''), group })
    },
  }
}

function scoreReader(mapping: RepeatedScoresMapping): KindReader {
  const rows: ScoreRow[] = []
  const { person, visit, score, baseline } = mapping
  const people = new Map<
    string,
    { readonly number: number; readonly group: string; readonly baseline: number | undefined }
  >()
  const seen = new Set<string>()
  const visits = new Set<number>()
  return {
    needs: [person, visit, ...(baseline === undefined ? [] : [baseline])],
    cohort: { kind: 'repeated-scores', rows },
    take(row, group) {
      const who = row.cell(person)!
      const at = numberIn(row, visit, mapping)
      const before = baseline === undefined ? undefined : numberIn(row, baseline, mapping)
      const value = row.cell(score) === undefined ? undefined : numberIn(row, score, mapping)
      if (at === undefined) return
      visits.add(at)
      if (seen.has(`${who}\n${at}`)) row.say(visit, `"${shortened(who)}" has visit ${at} twice`)
      seen.add(`${who}\n${at}`)
      const known = people.get(who) ?? { number: people.size + 1, group, baseline: before }
      people.set(who, known)
      if (known.group !== group) row.say(person, `"${shortened(who)}" was in another group before`)
      if (known.baseline !== before) row.say(baseline, `"${shortened(who)}" had another score before`)
      rows.push({ person: known.number, visit: at, score: value, baseline: before, group })
    },
    finish(say) {
      if (visits.size > MOST_VISITS)
        say(1, visit, `${visits.size} different visits; at most ${MOST_VISITS} can be shown`)
    },
  }
}

function countReader(mapping: CountsByArmMapping): KindReader {
  const rows: ArmCount[] = []
  const { study, arm, events, people, reference } = mapping
  const seen = new Set<string>()
  const studies = new Set<string>()
  return {
    needs: [study, arm, events, people],
    cohort: { kind: 'counts-by-arm', rows },
    take(row) {
      const [studyName, armName] = [row.cell(study)!, row.cell(arm)!]
      const happened = countIn(row, events)
      const all = countIn(row, people)
      if (happened === undefined || all === undefined) return
      if (all === 0) row.say(people, 'an arm of nobody')
      else if (happened > all) row.say(events, `${happened} of ${all} is more than all`)
      if (studyName.length > LONGEST_LABEL || armName.length > LONGEST_LABEL)
        row.say(study, `a name of more than ${LONGEST_LABEL} signs`)
      if (seen.has(`${studyName}\n${armName}`))
        row.say(arm, `study "${shortened(studyName)}" has "${shortened(armName)}" twice`)
      seen.add(`${studyName}\n${armName}`)
      studies.add(studyName)
      rows.push({ study: studyName, arm: armName, events: happened, people: all })
    },
    finish(say) {
      const arms = [...new Set(rows.map((row) => row.arm))]
      if (!arms.includes(reference))
        say(
          1,
          arm,
          `no row has "${reference}", with which the others are compared; the file has ${arms
            .slice(0, 12)
            .map((name) => `"${shortened(name)}"`)
            .join(', ')}`,
        )
      if (studies.size > MOST_STUDIES)
        say(1, study, `${studies.size} studies; at most ${MOST_STUDIES} can be shown`)
    },
  }
}

/**
 * A cell as a number: digits with the decimal sign that was chosen, and nothing else. "1e3", "0x10" and "1.000,5" are
 * typing errors more often than numbers.
 */
function numberIn(
  row: RowReader,
  column: string,
  { decimal }: { readonly decimal: 'point' | 'comma' },
): number | undefined {
  const cell = row.cell(column)!
  const written = decimal === 'point' ? /^-?\d+(\.\d+)?$/ : /^-?\d+(,\d+)?$/
  if (written.test(cell)) return Number(cell.replace(',', '.'))
  row.say(column, `"${shortened(cell)}" is not a number with a decimal ${decimal}`)
  return undefined
}

function countIn(row: RowReader, column: string): number | undefined {
  const cell = row.cell(column)!
  if (/^\d{1,9}$/.test(cell)) return Number(cell)
  row.say(column, `"${shortened(cell)}" is not a whole number`)
  return undefined
}

function shortened(text: string): string {
  return text.length > 30 ? `${text.slice(0, 30)}…` : text
}
