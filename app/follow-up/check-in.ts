import type { ResponseStamp } from '@evenkeel/questionnaires'
import type { Id } from '../platform/ids.ts'
import type { Instant, LocalDate } from '../platform/time.ts'

export type CheckInId = Id<'check-in'>

/** Whether something was used since the check-in before. `unknown`: the person would rather not say. */
export type Used = 'yes' | 'no' | 'unknown'

/** What may be ticked when something was used. The words are the ones people read. */
export const SUBSTANCES = [
  { code: 'alcohol', label: 'Alcohol' },
  { code: 'cannabis', label: 'Cannabis' },
  { code: 'cocaine', label: 'Cocaine or crack' },
  { code: 'methamphetamine', label: 'Methamphetamine or other stimulants' },
  { code: 'opioids', label: 'Heroin, fentanyl or other opioids' },
  { code: 'sedatives', label: 'Benzodiazepines or sleeping pills' },
  { code: 'other', label: 'Something else' },
] as const
export type SubstanceCode = (typeof SUBSTANCES)[number]['code']

/** What one check-in says. A question left open is null, never 0. */
export type CheckInAnswers = {
  /** Strongest urge of the past 24 hours. */
  readonly craving0to10: number | null
  readonly used: Used
  readonly substances: readonly string[]
  /** 0 lowest, 10 best. */
  readonly mood0to10: number | null
  /** In the person's own words; shown to the team, never analysed. */
  readonly words: string | null
}

export type CheckIn = CheckInAnswers & {
  readonly id: CheckInId
  /** The day in the clinic's zone. */
  readonly forDate: LocalDate
  readonly submittedAt: Instant
  readonly cravingStamp: ResponseStamp
  /** The later entry of the same day that replaced this one. */
  readonly supersededBy?: CheckInId
}

/** One entry a day: the ones that still count, oldest first. */
export function currentCheckIns<Entry extends Pick<CheckIn, 'forDate' | 'supersededBy'>>(
  checkIns: readonly Entry[],
): Entry[] {
  return checkIns
    .filter((entry) => entry.supersededBy === undefined)
    .sort((a, b) => (a.forDate < b.forDate ? -1 : a.forDate > b.forDate ? 1 : 0))
}

/** Whether two entries say the same, so that sending one twice makes no second. */
export function sameAnswers(a: CheckInAnswers, b: CheckInAnswers): boolean {
  return (
    a.craving0to10 === b.craving0to10 &&
    a.used === b.used &&
    a.mood0to10 === b.mood0to10 &&
    a.words === b.words &&
    a.substances.length === b.substances.length &&
    a.substances.every((code) => b.substances.includes(code))
  )
}

/** The words for a stored code; a code we no longer offer is shown as it is. */
export function substanceWord(code: string): string {
  return SUBSTANCES.find((substance) => substance.code === code)?.label ?? code
}
