import type { PersonId } from '../platform/ids.ts'
import type { Instant, LocalDate } from '../platform/time.ts'

/** One way to reach somebody, and when it is safe to. */
export type Contact = {
  readonly email?: string
  readonly phone?: string
  /** In the person's own words: "after six, not on weekdays". */
  readonly safeTimes?: string
}

/** Sex as it matters to limits and formulas; unknown stays unknown. */
export type Sex = 'female' | 'male' | 'other' | 'unknown'

/** Somebody the clinic treats or assesses. */
export type Person = {
  readonly id: PersonId
  readonly displayName: string
  readonly birthDate: LocalDate | undefined
  readonly sex: Sex | undefined
  readonly contact: Contact
  /** Invented for demonstration or tests; said wherever they appear. */
  readonly synthetic: boolean
  readonly createdAt: Instant
}

/** Completed years of age on `on`; undefined without a birth date. */
export function ageYears(birthDate: LocalDate | undefined, on: LocalDate): number | undefined {
  if (!birthDate) return undefined
  const years = Number(on.slice(0, 4)) - Number(birthDate.slice(0, 4))
  return on.slice(5) < birthDate.slice(5) ? years - 1 : years
}
