import type { LocalDate } from '../../platform/time.ts'

/** A special day that helps memory ("birthday", "the trip"). Null words: it was taken away. */
export type Anchor = { readonly day: LocalDate; readonly revision: number; readonly words: string | null }

/** The newest revision of each day. */
export function currentAnchors(anchors: readonly Anchor[]): ReadonlyMap<LocalDate, Anchor> {
  const days = new Map<LocalDate, Anchor>()
  for (const anchor of anchors) {
    if ((days.get(anchor.day)?.revision ?? 0) < anchor.revision) days.set(anchor.day, anchor)
  }
  return days
}
