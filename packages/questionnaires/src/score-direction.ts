import type { Direction } from './instrument.ts'

type PlainDirection = 'higher-worse' | 'higher-better'

/**
 * Instruments whose scores do not all point one way. A score that is not listed has no known direction: counts of days
 * hang on how long the window was, and the digits of a profile are not a quantity.
 */
const BY_SCORE: Readonly<Record<string, Readonly<Record<string, PlainDirection>>>> = {
  // Cacciola 2013: use and risk count against recovery, protective factors for it.
  bam: { use: 'higher-worse', risk: 'higher-worse', protective: 'higher-better' },
  'bam-r': { use: 'higher-worse', risk: 'higher-worse', protective: 'higher-better' },
  // EuroQol user guide v4.0: the scale runs from the worst health (0) to the best (100); the profile is not summed.
  'eq-5d-5l': { vas: 'higher-better' },
  // HealthMeasures PROMIS Adult Profile scoring manual: a higher score is more of what the domain is named for.
  'promis-29': {
    physicalFunction: 'higher-better',
    socialRoles: 'higher-better',
    anxiety: 'higher-worse',
    depression: 'higher-worse',
    fatigue: 'higher-worse',
    sleepDisturbance: 'higher-worse',
    painInterference: 'higher-worse',
    pain: 'higher-worse',
  },
  // By what each figure is: shares of days without use, amounts of use.
  tlfb: {
    pda: 'higher-better',
    pctDrugFreeDays: 'higher-better',
    longestAbstinentStreak: 'higher-better',
    phdd: 'higher-worse',
    drinksPerDay: 'higher-worse',
    drinksPerDrinkingDay: 'higher-worse',
    gramsPerDay: 'higher-worse',
    whoLevel: 'higher-worse',
  },
  uds: { pctNegativeObserved: 'higher-better', pctNegativeITT: 'higher-better' },
}

/**
 * Which way of one score is better.
 *
 * @param direction that of the instrument, which holds for all its scores unless they are listed one by one
 * @returns null where no source says, or where neither way is better
 */
export function directionOf(
  instrumentId: string | undefined,
  direction: Direction,
  scoreId: string,
): PlainDirection | null {
  const listed = instrumentId === undefined ? undefined : BY_SCORE[instrumentId]
  if (listed !== undefined) return listed[scoreId] ?? null
  return direction === 'higher-worse' || direction === 'higher-better' ? (direction as PlainDirection) : null
}
