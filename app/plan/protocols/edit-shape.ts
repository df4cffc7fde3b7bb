import type { Protocol } from './protocol.ts'

/** The lists of a protocol whose rows the editor adds and takes out, by their path. */
export const ROW_LISTS = ['dose.steps', 'course', 'visit.parts', 'phases'] as const
export type RowList = (typeof ROW_LISTS)[number]

/**
 * Which rows a form shows, in order: a key below the number of stored rows is that row, a higher one a new row. Keys
 * stay while rows come and go, so that what was typed stays with its row.
 */
export type EditShape = Readonly<Record<RowList, readonly number[]>>

/** More rows than this are taken by no list; `parseProtocol` says the limit of each. */
const MOST_ROWS = 24

/** The shape of a protocol as it is stored. */
export function shapeOf(protocol: Protocol): EditShape {
  const keys = (list: readonly unknown[]) => list.map((_, i) => i)
  const { dose } = protocol
  return {
    'dose.steps': dose.kind === 'infusion-mg-per-kg' ? keys(dose.steps) : [],
    course: keys(protocol.course),
    'visit.parts': keys(protocol.visit.parts),
    phases: keys(protocol.phases),
  }
}

/** @example shapeText(shapeOf(audKare)) // 'dose.steps:0;course:0;visit.parts:0,1,2;phases:0,1,2,3,4' */
export function shapeText(shape: EditShape): string {
  return ROW_LISTS.map((list) => `${list}:${shape[list].join(',')}`).join(';')
}

/** Reads what a form sent; a list that cannot be read is as it is stored. */
export function shapeIn(protocol: Protocol, text: string): EditShape {
  const stored = shapeOf(protocol)
  const sent = new Map(text.split(';').map((each) => each.split(':') as [string, string | undefined]))
  const read = (list: RowList): readonly number[] => {
    const keys = sent.get(list)
    if (keys === undefined || !/^(\d{1,3}(,\d{1,3})*)?$/.test(keys)) return stored[list]
    return [...new Set(keys === '' ? [] : keys.split(',').map(Number))].slice(0, MOST_ROWS)
  }
  const isInfusion = protocol.dose.kind === 'infusion-mg-per-kg'
  return {
    'dose.steps': isInfusion ? read('dose.steps') : [],
    course: read('course'),
    'visit.parts': read('visit.parts'),
    phases: read('phases'),
  }
}

/** The key that the next new row of a list gets. */
export function nextKey(protocol: Protocol, shape: EditShape, list: RowList): number {
  return Math.max(shapeOf(protocol)[list].length, ...shape[list].map((key) => key + 1))
}

/**
 * The protocol with the rows of a shape: stored ones taken over, new ones empty. A new row says nothing, so that
 * `parseProtocol` asks for what is missing.
 *
 * @returns a protocol that may hold empty words and unknown figures without a word
 */
export function reshaped(protocol: Protocol, shape: EditShape): Protocol {
  const rows = <Row>(list: RowList, stored: readonly Row[], empty: (key: number) => Row) =>
    shape[list].map((key) => stored[key] ?? empty(key))
  const { dose } = protocol
  const phases = rows('phases', protocol.phases, (key) => ({
    id: freeId(protocol, key),
    kind: 'prepare' as const,
    title: '',
    text: '',
  }))
  return {
    ...protocol,
    dose:
      dose.kind === 'infusion-mg-per-kg'
        ? {
            ...dose,
            steps: rows('dose.steps', dose.steps, () => ({
              title: '',
              mgPerKg: { value: null, word: '' },
              durationMin: { value: null, word: '' },
            })),
          }
        : dose,
    course: rows('course', protocol.course, () => ({
      phaseId: protocol.course.at(-1)?.phaseId ?? '',
      title: '',
      sessions: { value: null, word: '' },
      spacing: null,
      targetsInTurn: [],
      openEnded: false,
    })),
    visit: {
      ...protocol.visit,
      parts: rows('visit.parts', protocol.visit.parts, () => ({
        title: '',
        // Not a number until somebody says one.
        minutes: '' as unknown as number,
      })),
    },
    phases,
  }
}

/** An id that no stored phase has: keys are counted anew after each storing, ids are not. */
function freeId({ phases }: Protocol, key: number): string {
  const taken = new Set(phases.map(({ id }) => id))
  let number = key + 1
  while (taken.has(`phase-${number}`)) number += MOST_ROWS
  return `phase-${number}`
}

/** The row that a path leads into, with its place in the list as the path tells it. */
export function rowOfPath(path: string): { readonly list: RowList; readonly index: number } | undefined {
  for (const list of ROW_LISTS) {
    const index = path.startsWith(`${list}.`) ? Number(path.slice(list.length + 1).split('.')[0]) : Number.NaN
    if (Number.isInteger(index)) return { list, index }
  }
  return undefined
}
