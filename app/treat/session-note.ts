import type { SessionEventId } from './session-event.ts'

/** A sentence of a drafted note and the events it says; a sentence without events is a heading or a gap to fill. */
export type DraftSentence = { readonly text: string; readonly eventIds: readonly SessionEventId[] }
