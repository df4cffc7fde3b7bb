import type { ClinicId } from './ids.ts'
import type { Instant } from './time.ts'

/**
 * Something that happened, told to the rest of the house after commit: to open screens by the live feed, and to
 * other slices by wiring. Carries ids and figures, never a person's words or name.
 */
export type DomainEvent = {
  readonly id: string
  readonly clinicId: ClinicId
  /** "request.accepted": slice noun, then past tense. */
  readonly kind: string
  readonly at: Instant
  readonly data: Readonly<Record<string, unknown>>
}

/** An event in its clinic's order; `seq` rises by one with each event of the clinic. */
export type FeedEvent = DomainEvent & { readonly seq: number }
