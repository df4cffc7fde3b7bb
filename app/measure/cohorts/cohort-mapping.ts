/** What kinds of data a file of another place may hold. */
export const COHORT_KINDS = ['time-to-event', 'weekly-urine', 'repeated-scores', 'counts-by-arm'] as const
export type CohortKind = (typeof COHORT_KINDS)[number]

export const TIME_UNITS = ['days', 'weeks', 'months'] as const
export type TimeUnit = (typeof TIME_UNITS)[number]

/** Days in a unit; a month is a twelfth of 365.25 days. */
export const DAYS_PER: Readonly<Record<TimeUnit, number>> = { days: 1, weeks: 7, months: 365.25 / 12 }

/** What stands between two cells, by the word a person chooses. */
export const SEPARATORS = { comma: ',', semicolon: ';', tab: '\t' } as const
export type Separator = keyof typeof SEPARATORS

/** Columns that tell people apart; two are joined. What becomes of a row without one is said, never guessed. */
export type GroupColumns = {
  readonly columns: readonly string[]
  readonly whenMissing: 'refuse' | 'leave-out' | 'own-group'
}

/** How the cells are to be read, whatever they hold. */
export type HowRead = {
  readonly separator: Separator
  readonly decimal: 'point' | 'comma'
  /** How "not known" is written; an empty cell always means it. */
  readonly missing: readonly string[]
  /** A row without a cell that is needed stops the import, or is left out and counted. */
  readonly whenMissing: 'refuse' | 'leave-out'
  /** Only rows with one of these values in this column. */
  readonly only?: { readonly column: string; readonly values: readonly string[] } | undefined
}

export type TimeToEventMapping = HowRead & {
  readonly kind: 'time-to-event'
  readonly time: string
  readonly unit: TimeUnit
  readonly event: { readonly column: string; readonly yes: readonly string[]; readonly no: readonly string[] }
  readonly group?: GroupColumns | undefined
  /** Groups are compared within its values and added up. */
  readonly stratum?: string | undefined
  /** Shown by group, so that one sees whether the groups are alike. */
  readonly covariates: readonly string[]
}

/** The letters of a week; several letters may mean the same. */
export type WeekLetters = {
  readonly positive: string
  readonly negative: string
  readonly mixed: string
  readonly none: string
}

export type WeeklyUrineMapping = HowRead & {
  readonly kind: 'weekly-urine'
  readonly pattern: string
  readonly letters: WeekLetters
  readonly group?: GroupColumns | undefined
}

export type RepeatedScoresMapping = HowRead & {
  readonly kind: 'repeated-scores'
  readonly person: string
  readonly visit: string
  readonly visitUnit: TimeUnit | 'visits'
  readonly score: string
  /** The score before, the same in all rows of a person; without it the first visit is the one before. */
  readonly baseline?: string | undefined
  readonly better: 'higher' | 'lower'
  readonly group?: GroupColumns | undefined
}

export type CountsByArmMapping = HowRead & {
  readonly kind: 'counts-by-arm'
  readonly study: string
  readonly arm: string
  readonly events: string
  readonly people: string
  /** The arm the others are compared with. */
  readonly reference: string
}

/** How a file was read: stored with the cohort, printed beneath its figures, and part of what makes two imports the same. */
export type CohortMapping =
  | TimeToEventMapping
  | WeeklyUrineMapping
  | RepeatedScoresMapping
  | CountsByArmMapping

/** What one kind is called and holds, for the form and the terminal. */
export const KIND_WORDS: Readonly<Record<CohortKind, { readonly label: string; readonly hint: string }>> = {
  'time-to-event': {
    label: 'Time to an event',
    hint: 'One row a person: how long until it happened or until they were last seen, and which of the two.',
  },
  'weekly-urine': {
    label: 'Weekly urine samples',
    hint: 'One row a person: a text with one letter a week, such as --+o*.',
  },
  'repeated-scores': {
    label: 'A score at several visits',
    hint: 'One row a person and visit, with the score of a questionnaire.',
  },
  'counts-by-arm': {
    label: 'Counts by study and arm',
    hint: 'One row an arm: how many of how many people had the event.',
  },
}

/** The columns a mapping names, in the order in which they are read. */
export function mappedColumns(mapping: CohortMapping): string[] {
  const only = mapping.only ? [mapping.only.column] : []
  switch (mapping.kind) {
    case 'time-to-event':
      return [
        mapping.time,
        mapping.event.column,
        ...groupColumns(mapping.group),
        ...(mapping.stratum === undefined ? [] : [mapping.stratum]),
        ...mapping.covariates,
        ...only,
      ]
    case 'weekly-urine':
      return [mapping.pattern, ...groupColumns(mapping.group), ...only]
    case 'repeated-scores':
      return [
        mapping.person,
        mapping.visit,
        mapping.score,
        ...(mapping.baseline === undefined ? [] : [mapping.baseline]),
        ...groupColumns(mapping.group),
        ...only,
      ]
    case 'counts-by-arm':
      return [mapping.study, mapping.arm, mapping.events, mapping.people, ...only]
  }
}

function groupColumns(group: GroupColumns | undefined): readonly string[] {
  return group?.columns ?? []
}

/** How a file was read, in words for the line beneath a figure. */
export function mappingWords(mapping: CohortMapping): string {
  const list = (values: readonly string[]) => values.map((value) => `“${value}”`).join(' or ')
  const group =
    'group' in mapping && mapping.group ? `; groups by ${mapping.group.columns.join(' and ')}` : ''
  const only = mapping.only ? `; only rows with ${mapping.only.column} ${list(mapping.only.values)}` : ''
  switch (mapping.kind) {
    case 'time-to-event': {
      const stratum = mapping.stratum === undefined ? '' : `; compared within ${mapping.stratum}`
      return `time ${mapping.time} in ${mapping.unit}; event ${mapping.event.column}, happened where ${list(mapping.event.yes)}, not seen where ${list(mapping.event.no)}${group}${stratum}${only}`
    }
    case 'weekly-urine': {
      const { positive, negative, mixed, none } = mapping.letters
      const letters = [
        ['positive', positive],
        ['negative', negative],
        ['both in one week', mixed],
        ['no sample', none],
      ].flatMap(([word, letter]) => (letter === '' ? [] : [`${letter} ${word}`]))
      return `weeks ${mapping.pattern} (${letters.join(', ')})${group}${only}`
    }
    case 'repeated-scores': {
      const baseline = mapping.baseline === undefined ? '' : `; before: ${mapping.baseline}`
      return `person ${mapping.person}; visit ${mapping.visit} in ${mapping.visitUnit}; score ${mapping.score}, ${mapping.better} is better${baseline}${group}${only}`
    }
    case 'counts-by-arm':
      return `study ${mapping.study}; arm ${mapping.arm}; ${mapping.events} of ${mapping.people}; compared with “${mapping.reference}”${only}`
  }
}
