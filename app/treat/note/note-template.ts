/** The parts that a note can be drafted in, each from its own kinds of entries. */
export const NOTE_PARTS = {
  before: 'Before the dose',
  dose: 'Dose',
  readings: 'Readings and scales',
  events: 'What happened besides',
  people: 'Who was there',
  leaving: 'Leaving',
} as const
export type NotePart = keyof typeof NOTE_PARTS
export const NOTE_PART_NAMES = Object.keys(NOTE_PARTS) as NotePart[]

/** One part of a clinic's note: its heading, lines of the clinic's own that stand in it, and whether it is in the note. */
export type TemplatePart = {
  readonly part: NotePart
  readonly heading: string
  readonly ownText: string
  readonly included: boolean
}

/** A clinic's layout of the session note, in the order of the note. */
export type NoteTemplate = { readonly version: number; readonly parts: readonly TemplatePart[] }

/** The layout a clinic begins with: every part, in the order of the day. Version 0 stands for it. */
export const defaultNoteTemplate: NoteTemplate = {
  version: 0,
  parts: NOTE_PART_NAMES.map((part) => ({ part, heading: NOTE_PARTS[part], ownText: '', included: true })),
}
