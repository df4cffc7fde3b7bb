import { daysBetween, type Instant, type LocalDate, localDateOf } from '../../platform/time.ts'

/** What a person has been given here so far. */
export type Exposure = {
  /** Sessions in which a dose was begun. */
  readonly sessions: number
  /** Sum of the amounts that were recorded. */
  readonly knownMg: number
  /** Doses without a recorded amount: the true sum is larger. */
  readonly withoutAmount: number
  readonly lastDoseAt: Instant | undefined
  readonly daysSinceLast: number | undefined
}

/** Cumulative exposure; an amount that was not recorded is not counted as zero but counted apart. */
export function exposureOf(
  sessions: readonly {
    readonly doseStartedAt?: Instant | undefined
    readonly doseMgGiven?: number | undefined
  }[],
  today: LocalDate,
  timeZone: string,
): Exposure {
  const dosed = sessions.filter((session) => session.doseStartedAt !== undefined)
  const last = dosed
    .map((session) => session.doseStartedAt!)
    .sort()
    .at(-1)
  return {
    sessions: dosed.length,
    knownMg: dosed.reduce((sum, session) => sum + (session.doseMgGiven ?? 0), 0),
    withoutAmount: dosed.filter((session) => session.doseMgGiven === undefined).length,
    lastDoseAt: last,
    daysSinceLast: last && daysBetween(localDateOf(last, timeZone), today),
  }
}
