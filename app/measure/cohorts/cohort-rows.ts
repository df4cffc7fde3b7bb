import type { TimeUnit } from './cohort-mapping.ts'

/** What is known of a person besides the time and the event, by column; undefined is not known. */
export type Covariates = Readonly<Record<string, string | undefined>>

/** One person of another place, followed until something happened or until they were last seen. */
export type TimedPerson = {
  readonly timeDays: number
  readonly event: boolean
  readonly group: string
  readonly stratum?: string | undefined
  readonly covariates?: Covariates | undefined
}

/** One person's weeks in the letters of `parseWeeklyPattern`: + positive, - negative, * both, o no sample. */
export type WeeklyPerson = { readonly weeks: string; readonly group: string }

/** One person at one visit. People are numbered in the order of the file: whose row it was is not kept. */
export type ScoreRow = {
  readonly person: number
  /** In the unit of the mapping. */
  readonly visit: number
  /** undefined: the visit is in the file, its score is not known. */
  readonly score: number | undefined
  readonly baseline: number | undefined
  readonly group: string
}

/** Of the people of one arm of a study, how many had the event. */
export type ArmCount = {
  readonly study: string
  readonly arm: string
  readonly events: number
  readonly people: number
}

/** The rows of a file, by what it holds. */
export type CohortRows =
  | { readonly kind: 'time-to-event'; readonly rows: readonly TimedPerson[] }
  | { readonly kind: 'weekly-urine'; readonly rows: readonly WeeklyPerson[] }
  | { readonly kind: 'repeated-scores'; readonly rows: readonly ScoreRow[] }
  | { readonly kind: 'counts-by-arm'; readonly rows: readonly ArmCount[] }

/** How many people the rows tell of. */
export function peopleIn(cohort: CohortRows): number {
  switch (cohort.kind) {
    case 'time-to-event':
    case 'weekly-urine':
      return cohort.rows.length
    case 'repeated-scores':
      return new Set(cohort.rows.map(({ person }) => person)).size
    case 'counts-by-arm':
      return cohort.rows.reduce((sum, { people }) => sum + people, 0)
  }
}

/** "week 4", "day 28", "visit 3". */
export function visitWords(visit: number, unit: TimeUnit | 'visits'): string {
  return `${unit.slice(0, -1)} ${visit}`
}
