/** How many of how many: no figure of a report stands without what it is counted in. */
export type Share = { readonly count: number; readonly of: number }

/** One finding with its denominator in words ("of 183 people who were eligible"). */
export type Finding = Share & { readonly id: string; readonly what: string; readonly ofWhat: string }

/**
 * What happened to invented people when a protocol was tried on them before publishing. It says something about the
 * protocol in this clinic's rooms and hours, and nothing about whether it helps anybody.
 */
export type SimulationReport = {
  readonly reportVersion: 1
  readonly seed: number
  readonly people: number
  readonly eligible: Share
  /** Rules that held people back, most often first; one person may be held back by several. */
  readonly excludedBy: readonly Finding[]
  /** Orders that could not be worked out or needed more than a signature. */
  readonly orders: readonly Finding[]
  readonly diary: readonly Finding[]
  readonly readings: readonly Finding[]
  /** The doses that were ordered, in mg: lowest, middle and highest; null when there was none. */
  readonly doseMg: { readonly low: number; readonly middle: number; readonly high: number } | null
  /** What was taken for granted, in words. */
  readonly assumptions: readonly string[]
  /** What keeps the version from being published, in words; empty when nothing does. */
  readonly obstacles: readonly string[]
}

/** Fewest people a simulation must have before a version may be published. */
export const FEWEST_SIMULATED_PEOPLE = 200
