import type { Instant } from '../platform/time.ts'

/** One stored answer; null means "skipped for now". A changed answer is the next revision. */
export type StoredAnswer = {
  readonly question: string
  readonly revision: number
  readonly value: unknown
  readonly answeredAt: Instant
  readonly answeredBy: string
  readonly timeZone: string
  /** Edition of the question's words that was shown. */
  readonly edition: string
}

/** What holds now of every question: the highest revision. Order does not matter. */
export function latestAnswers<Answer extends StoredAnswer>(
  answers: readonly Answer[],
): ReadonlyMap<string, Answer> {
  const latest = new Map<string, Answer>()
  for (const answer of answers) {
    const before = latest.get(answer.question)
    if (!before || answer.revision > before.revision) latest.set(answer.question, answer)
  }
  return latest
}

/** The values that hold now, by question; null for a skipped one. */
export function answersNow(answers: readonly StoredAnswer[]): Record<string, unknown> {
  return Object.fromEntries([...latestAnswers(answers)].map(([question, answer]) => [question, answer.value]))
}

/**
 * Whether an answer says something that is not stored yet. Skipping (null) what is answered says nothing, unless the
 * answer is taken back on purpose.
 */
export function saysSomethingNew(stored: unknown, value: unknown, takeBack = false): boolean {
  if (value === null) return takeBack && stored !== null
  return JSON.stringify(stored) !== JSON.stringify(value)
}
