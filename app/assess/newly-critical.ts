import { firedTriggers, type ScoringContext } from '@evenkeel/questionnaires'

type ItemAnswers = Readonly<Record<string, unknown>>

/** Answers to one instrument's items that were stored together, with what stood before and what stands now. */
export type SavedItems = {
  readonly instrumentId: string
  readonly saved: readonly { readonly itemId: string; readonly revision: number }[]
  /** Every answer to the instrument as it stood before these. */
  readonly before: ItemAnswers
  /** Every answer as it stands now. */
  readonly answers: ItemAnswers
  readonly context?: ScoringContext
}

/**
 * The critical triggers that these answers make certain: those that did not fire on what stood before, and those that
 * would not fire without one of them. Answers that arrive together (a page without script, an offline minute) therefore
 * fire like answers one by one, also where several of them would each be enough.
 *
 * @returns ids of triggers, in the instrument's order
 */
export function newlyCritical({ instrumentId, saved, before, answers, context }: SavedItems): string[] {
  const firing = (of: ItemAnswers) =>
    firedTriggers(instrumentId, of, context)
      .filter(({ severity }) => severity === 'critical')
      .map(({ id }) => id)
  const now = firing(answers)
  if (now.length === 0 || saved.length === 0) return []
  const had = new Set(firing(before))
  const withoutEach = saved.map(({ itemId }) => new Set(firing({ ...answers, [itemId]: null })))
  return now.filter((id) => !had.has(id) || withoutEach.some((ids) => !ids.has(id)))
}
