import { guessFields, type LookedFile } from './look-at-file.ts'

/** Options of `npm run cohort`, by the name of the field they fill; those with a column may carry values after a colon. */
export const TERMINAL_OPTIONS = {
  kind: { type: 'string' },
  separator: { type: 'string' },
  decimal: { type: 'string' },
  missing: { type: 'string' },
  'when-missing': { type: 'string' },
  only: { type: 'string' },
  group: { type: 'string', multiple: true },
  'group-missing': { type: 'string' },
  time: { type: 'string' },
  unit: { type: 'string' },
  event: { type: 'string' },
  'not-event': { type: 'string' },
  stratum: { type: 'string' },
  show: { type: 'string', multiple: true },
  pattern: { type: 'string' },
  positive: { type: 'string' },
  negative: { type: 'string' },
  mixed: { type: 'string' },
  none: { type: 'string' },
  person: { type: 'string' },
  visit: { type: 'string' },
  'visit-unit': { type: 'string' },
  score: { type: 'string' },
  baseline: { type: 'string' },
  better: { type: 'string' },
  study: { type: 'string' },
  arm: { type: 'string' },
  events: { type: 'string' },
  people: { type: 'string' },
  reference: { type: 'string' },
} as const

export type TerminalValues = Readonly<Record<string, string | boolean | string[] | undefined>>

/** A word that means yes alone says what no is. */
const OPPOSITE: Readonly<Record<string, string>> = { 1: '0', yes: 'no', true: 'false' }

/**
 * The fields of a mapping from what was written on the terminal. What was not written takes the simple reading: comma,
 * decimal point (unless commas in cells make it unsure), days, 1 for yes and 0 for no.
 *
 * @param values the options as they were read
 * @param file the file they are about: what is unsure in it must be written
 * @example terminalFields({ kind: 'time-to-event', time: 'days', event: 'status:1' }, looked) // … yes: '1', no: '0'
 */
export function terminalFields(
  values: TerminalValues,
  file: LookedFile,
): Record<string, string | string[] | undefined> {
  const names = file.columns.map(({ name }) => name)
  const text = (name: string) => (typeof values[name] === 'string' ? values[name] : undefined)
  const [event, happened] = columnAndValues(text('event'), names)
  const [onlyColumn, onlyValues] = columnAndValues(text('only'), names)
  const yes = happened ?? '1 | yes | true'
  const [group, group2] = Array.isArray(values.group) ? values.group : []
  return {
    kind: text('kind') ?? 'time-to-event',
    separator: text('separator') ?? (file.separatorUnsure ? undefined : file.separator),
    decimal: text('decimal') ?? (file.decimalUnsure ? undefined : 'point'),
    missing: text('missing') ?? 'NA | .',
    whenMissing: text('when-missing') ?? 'refuse',
    onlyColumn,
    onlyValues,
    group,
    group2,
    groupMissing: text('group-missing') ?? 'refuse',
    time: text('time'),
    unit: text('unit') ?? 'days',
    event,
    yes,
    no:
      text('not-event') ??
      (happened === undefined ? '0 | no | false' : (OPPOSITE[happened.trim().toLowerCase()] ?? undefined)),
    stratum: text('stratum'),
    covariates: Array.isArray(values.show) ? values.show : undefined,
    pattern: text('pattern'),
    positive: text('positive') ?? '+',
    negative: text('negative') ?? '-',
    mixed: text('mixed') ?? '*',
    none: text('none') ?? 'o',
    person: text('person'),
    visit: text('visit'),
    visitUnit: text('visit-unit') ?? 'visits',
    score: text('score'),
    baseline: text('baseline'),
    better: text('better'),
    study: text('study'),
    arm: text('arm'),
    events: text('events'),
    people: text('people'),
    reference: text('reference'),
  }
}

/** "status:1" is the values 1 of the column status; a column whose own name ends so is taken whole. */
function columnAndValues(
  text: string | undefined,
  names: readonly string[],
): [column: string | undefined, values: string | undefined] {
  if (text === undefined) return [undefined, undefined]
  const at = text.lastIndexOf(':')
  return at < 0 || names.includes(text) ? [text, undefined] : [text.slice(0, at), text.slice(at + 1)]
}

/** The option of the terminal that fills a field, so that a problem names what was written. */
export function optionOf(field: string): string {
  const known: Readonly<Record<string, string>> = {
    whenMissing: 'when-missing',
    onlyColumn: 'only',
    onlyValues: 'only',
    group2: 'group',
    groupMissing: 'group-missing',
    yes: 'event',
    no: 'not-event',
    covariates: 'show',
    visitUnit: 'visit-unit',
  }
  return `--${known[field] ?? field}`
}

/** What is in a file, and how it might be brought in: a guess, to be read before it is used. */
export function lookWords(fileName: string, file: LookedFile): string[] {
  const width = Math.max(...file.columns.map(({ name }) => name.length))
  const guess = guessFields(file)
  const option = (name: string, value: string | undefined) =>
    value === undefined ? [] : [`--${name} ${/[^\w.+-]/.test(value) ? `'${value}'` : value}`]
  const byKind: Readonly<Record<string, () => string[]>> = {
    'time-to-event': () => [
      ...option('time', guess.time),
      ...option('unit', 'days'),
      ...option('event', guess.event && `${guess.event}:${guess.yes ?? ''}`),
      ...option('not-event', guess.no),
    ],
    'weekly-urine': () => option('pattern', guess.pattern),
    'repeated-scores': () => [...option('person', guess.person), ...option('visit', guess.visit)],
    'counts-by-arm': () => [...option('study', guess.study), ...option('arm', guess.arm)],
  }
  const options = byKind[guess.kind ?? '']?.()
  return [
    `${file.rows} rows, ${file.columns.length} columns; between two cells stands a ${file.separator}${file.separatorUnsure ? ' or something else: write --separator' : ''}.`,
    ...(file.decimalUnsure ? ['Cells such as 1,5 were seen: write --decimal comma or --decimal point.'] : []),
    '',
    ...file.columns.map(
      ({ name, first, values, empty }) =>
        `  ${name.padEnd(width)}  ${values ? `values ${values.join(', ')}` : `first ${first.join(', ')}`}${empty > 0 ? `; ${empty} empty` : ''}`,
    ),
    '',
    options
      ? `A guess: npm run cohort -- import ${fileName} --kind ${guess.kind} ${[...options, ...(guess.kind === 'counts-by-arm' ? [] : option('group', guess.group))].join(' ')}`
      : 'What it holds cannot be guessed from the names of the columns.',
  ]
}
