import type { Figure, Origin } from './protocol.ts'

/** One field of the editor. The form holds text; `write` puts it where it belongs in a draft. */
export type EditField = {
  readonly name: string
  readonly label: string
  readonly section: string
  readonly kind: 'text' | 'long' | 'lines' | 'choice'
  readonly unit?: string
  readonly hint?: string
  readonly choices?: readonly { readonly value: string; readonly label: string }[]
  readonly value: string
  /** Path in the protocol, for the messages of `parseProtocol`. */
  readonly path: string
  readonly write: (draft: Draft, text: string) => void
}

// biome-ignore lint/suspicious/noExplicitAny: a draft is whatever was typed until `parseProtocol` has read it.
export type Draft = any

const FIGURE_HINT = 'A number, or a word for what is not known.'

export function text(section: string, path: string, label: string, value: string): EditField {
  return {
    name: path,
    path,
    section,
    label,
    kind: 'text',
    value,
    write: (draft, typed) => put(draft, path, typed),
  }
}

export function choice(
  section: string,
  path: string,
  label: string,
  value: string,
  choices: NonNullable<EditField['choices']>,
): EditField {
  return { ...text(section, path, label, value), kind: 'choice', choices }
}

export function long(section: string, path: string, label: string, value: string): EditField {
  return { ...text(section, path, label, value), kind: 'long' }
}

export function lines(section: string, path: string, label: string, values: readonly string[]): EditField {
  return {
    ...text(section, path, label, values.join('\n')),
    kind: 'lines',
    hint: 'One a line.',
    write: (draft, typed) => put(draft, path, linesIn(typed)),
  }
}

/** "Item: rule", one a line; a line that was not changed keeps its origin. */
export function pairs(
  section: string,
  path: string,
  label: string,
  values: readonly (readonly [string, string, Origin])[],
  made: (first: string, second: string, origin: Origin) => unknown,
): EditField {
  const spoken = values.map(([first, second, origin]) => ({
    text: `${first} → ${second}`,
    made: made(first, second, origin),
  }))
  return {
    ...lines(
      section,
      path,
      label,
      spoken.map((s) => s.text),
    ),
    hint: 'One a line, with “→” between: “Clear fluids → none in the 2 hours before”.',
    write: (draft, typed) =>
      put(
        draft,
        path,
        linesIn(typed).map((each) => {
          const same = spoken.find((s) => s.text === each)
          const [first, ...rest] = each.split('→')
          return same?.made ?? made(first!.trim(), rest.join('→').trim(), 'clinic')
        }),
      ),
  }
}

export function figure(
  section: string,
  path: string,
  label: string,
  value: Figure,
  unit?: string,
): EditField {
  return {
    ...text(section, path, label, value.value === null ? value.word : String(value.value)),
    ...(unit ? { unit } : {}),
    hint: FIGURE_HINT,
    write: (draft, typed) => put(draft, path, figureOf(typed)),
  }
}

/** @param owner path of the group whose origin becomes the clinic's when the figure is changed */
export function number(
  section: string,
  path: string,
  label: string,
  value: number,
  unit: string,
  owner?: string,
): EditField {
  return {
    ...text(section, path, label, String(value)),
    unit,
    write: (draft, typed) => {
      put(draft, path, numbersIn(typed)[0] ?? typed)
      if (owner) put(draft, `${owner}.origin`, 'clinic')
    },
  }
}

export function numbers(
  section: string,
  path: string,
  label: string,
  values: readonly number[],
  unit: string,
): EditField {
  return {
    ...text(section, path, label, values.join(', ')),
    unit,
    hint: 'Numbers with a comma between.',
    write: (draft, typed) => put(draft, path, numbersIn(typed)),
  }
}

/** A number is a figure of the clinic; anything else is the word for what is not known. */
function figureOf(typed: string): unknown {
  const value = Number(typed.replace(',', '.'))
  return typed !== '' && Number.isFinite(value) ? { value, origin: 'clinic' } : { value: null, word: typed }
}

/** What is no number stays “not a number”, so that it is answered and not lost. */
export function numbersIn(typed: string): number[] {
  return typed
    .split(/[,;\s]+/)
    .filter((part) => part !== '')
    .map(Number)
}

function linesIn(typed: string): string[] {
  return typed
    .split('\n')
    .map((each) => each.trim())
    .filter((each) => each !== '')
}

function put(draft: Draft, path: string, value: unknown): void {
  const keys = path.split('.')
  const last = keys.pop()!
  keys.reduce((within, key) => within[key], draft)[last] = value
}
