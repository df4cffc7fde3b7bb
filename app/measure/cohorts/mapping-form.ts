import {
  COHORT_KINDS,
  type CohortKind,
  type CohortMapping,
  type GroupColumns,
  type HowRead,
  SEPARATORS,
  type Separator,
  TIME_UNITS,
  type WeekLetters,
} from './cohort-mapping.ts'

/** What was chosen, by field: from the page's form or from the terminal's options, which are called the same. */
export type MappingFields = Readonly<Record<string, string | readonly string[] | undefined>>

export type MappingAnswer =
  | { readonly ok: true; readonly mapping: CohortMapping }
  /** Field name to what must be chosen or changed. */
  | { readonly ok: false; readonly errors: Readonly<Record<string, string>> }

const MOST_COVARIATES = 6

/**
 * A mapping out of what was chosen, held against the columns of the file.
 *
 * @param fields by name: `kind`, `separator`, `decimal`, `missing`, `whenMissing`, `onlyColumn`, `onlyValues`, `group`, `group2`,
 *   `groupMissing`, then those of the kind; several values stand in one text with | between them
 * @param names the columns in the head of the file
 * @returns the mapping, or one message for each field that must be changed
 */
export function mappingFromFields(fields: MappingFields, names: readonly string[]): MappingAnswer {
  const errors: Record<string, string> = {}
  const ask = new FieldReader(fields, names, errors)
  const kind = oneOf(COHORT_KINDS, ask.text('kind'))
  if (!kind) errors.kind = 'Choose what kind of data this is.'
  const how = howRead(ask)
  const mapping = kind && byKind(kind, how, ask)
  return mapping && Object.keys(errors).length === 0 ? { ok: true, mapping } : { ok: false, errors }
}

/** Reads fields, and notes under a field's name what is wrong with it. */
class FieldReader {
  private readonly fields: MappingFields
  private readonly names: readonly string[]
  readonly errors: Record<string, string>

  constructor(fields: MappingFields, names: readonly string[], errors: Record<string, string>) {
    this.fields = fields
    this.names = names
    this.errors = errors
  }

  text(field: string): string {
    const value = this.fields[field]
    return (typeof value === 'string' ? value : (value?.[0] ?? '')).trim()
  }

  /** Values with | between them, each trimmed, none twice. */
  values(field: string): string[] {
    return [
      ...new Set(
        this.text(field)
          .split('|')
          .map((value) => value.trim())
          .filter(Boolean),
      ),
    ]
  }

  list(field: string): string[] {
    const value = this.fields[field]
    const all = typeof value === 'string' ? [value] : (value ?? [])
    return [...new Set(all.map((one) => one.trim()).filter(Boolean))]
  }

  column(field: string, what: string): string {
    const name = this.text(field)
    if (name === '') this.errors[field] = `Choose the column with ${what}.`
    else this.known(field, name)
    return name
  }

  optionalColumn(field: string): string | undefined {
    const name = this.text(field)
    if (name === '') return undefined
    this.known(field, name)
    return name
  }

  known(field: string, name: string): void {
    const times = this.names.filter((known) => known === name).length
    if (times === 0) this.errors[field] = `There is no column “${name}” in this file.`
    else if (times > 1) this.errors[field] = `The column “${name}” stands in the file ${times} times.`
  }
}

function oneOf<Value extends string>(known: readonly Value[], text: string): Value | undefined {
  return known.find((value) => value === text)
}

function howRead(ask: FieldReader): HowRead {
  const separator = oneOf(Object.keys(SEPARATORS) as Separator[], ask.text('separator'))
  if (!separator) ask.errors.separator = 'Choose what stands between two cells.'
  const decimal = oneOf(['point', 'comma'] as const, ask.text('decimal'))
  if (!decimal) ask.errors.decimal = 'Choose how decimals are written.'
  const whenMissing = oneOf(['refuse', 'leave-out'] as const, ask.text('whenMissing'))
  if (!whenMissing) ask.errors.whenMissing = 'Choose what becomes of a row with a missing cell.'
  const column = ask.optionalColumn('onlyColumn')
  const values = ask.values('onlyValues')
  if (column !== undefined && values.length === 0)
    ask.errors.onlyValues = `Write which values of “${column}” are wanted, or choose no column.`
  if (column === undefined && values.length > 0)
    ask.errors.onlyColumn = 'Choose the column in which these values stand, or leave them out.'
  return {
    separator: separator ?? 'comma',
    decimal: decimal ?? 'point',
    missing: ask.values('missing'),
    whenMissing: whenMissing ?? 'refuse',
    only: column === undefined ? undefined : { column, values },
  }
}

function groupOf(ask: FieldReader): GroupColumns | undefined {
  const first = ask.optionalColumn('group')
  const second = ask.optionalColumn('group2')
  if (first === undefined) {
    if (second !== undefined) ask.errors.group = 'Choose the first column of the groups too.'
    return undefined
  }
  if (first === second) ask.errors.group2 = 'Choose another column than the first, or none.'
  const whenMissing = oneOf(['refuse', 'leave-out', 'own-group'] as const, ask.text('groupMissing'))
  if (!whenMissing) ask.errors.groupMissing = 'Choose what becomes of a row without a group.'
  return {
    columns: second === undefined ? [first] : [first, second],
    whenMissing: whenMissing ?? 'refuse',
  }
}

function byKind(kind: CohortKind, how: HowRead, ask: FieldReader): CohortMapping {
  switch (kind) {
    case 'time-to-event': {
      const unit = oneOf(TIME_UNITS, ask.text('unit'))
      if (!unit) ask.errors.unit = 'Choose in what the time is counted.'
      const [yes, no] = [ask.values('yes'), ask.values('no')]
      if (yes.length === 0) ask.errors.yes = 'Write which values mean that it happened.'
      if (no.length === 0) ask.errors.no = 'Write which values mean that it was not seen to happen.'
      const both = yes.find((value) => no.some((other) => sameValue(other, value)))
      if (both !== undefined) ask.errors.no = `“${both}” cannot mean both.`
      const covariates = ask.list('covariates')
      for (const name of covariates) ask.known('covariates', name)
      if (covariates.length > MOST_COVARIATES) ask.errors.covariates = `Choose at most ${MOST_COVARIATES}.`
      return {
        kind,
        ...how,
        time: ask.column('time', 'the time'),
        unit: unit ?? 'days',
        event: { column: ask.column('event', 'whether the event happened'), yes, no },
        group: groupOf(ask),
        stratum: ask.optionalColumn('stratum'),
        covariates,
      }
    }
    case 'weekly-urine':
      return {
        kind,
        ...how,
        pattern: ask.column('pattern', 'one letter a week'),
        letters: lettersOf(ask),
        group: groupOf(ask),
      }
    case 'repeated-scores': {
      const visitUnit = oneOf([...TIME_UNITS, 'visits'] as const, ask.text('visitUnit'))
      if (!visitUnit) ask.errors.visitUnit = 'Choose in what the visits are counted.'
      const better = oneOf(['higher', 'lower'] as const, ask.text('better'))
      if (!better) ask.errors.better = 'Choose which way is better for a person.'
      return {
        kind,
        ...how,
        person: ask.column('person', 'who it is'),
        visit: ask.column('visit', 'the visit'),
        visitUnit: visitUnit ?? 'visits',
        score: ask.column('score', 'the score'),
        baseline: ask.optionalColumn('baseline'),
        better: better ?? 'lower',
        group: groupOf(ask),
      }
    }
    case 'counts-by-arm': {
      const reference = ask.text('reference')
      if (reference === '') ask.errors.reference = 'Write the arm that the others are compared with.'
      return {
        kind,
        ...how,
        study: ask.column('study', 'the study'),
        arm: ask.column('arm', 'the arm'),
        events: ask.column('events', 'how many had the event'),
        people: ask.column('people', 'of how many'),
        reference,
      }
    }
  }
}

function lettersOf(ask: FieldReader): WeekLetters {
  const letters = {
    positive: ask.text('positive'),
    negative: ask.text('negative'),
    mixed: ask.text('mixed'),
    none: ask.text('none'),
  }
  if (letters.positive === '') ask.errors.positive = 'Write the letter of a positive week.'
  if (letters.negative === '') ask.errors.negative = 'Write the letter of a negative week.'
  const seen = new Map<string, string>()
  for (const [field, text] of Object.entries(letters)) {
    for (const letter of text) {
      if (seen.has(letter)) ask.errors[field] = `“${letter}” cannot mean two things.`
      seen.set(letter, field)
    }
  }
  return letters
}

/** Whether two cells say the same, however they are capitalised. */
export function sameValue(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase()
}
