import { type Instant, localDateOf, timeInWords } from '../../../platform/time.ts'

/** When people work with the stock, by the clinic's wall clock; both ends belong to it, to the minute. */
export type WorkingHours = {
  /** "07:00" */
  readonly from: string
  /** Later than `from`: "19:00". Around the clock is 00:00 to 23:59. */
  readonly to: string
  /** 0 is Sunday. */
  readonly weekdays: readonly number[]
}

/** How a clinic keeps its ledger. */
export type LedgerSettings = {
  readonly twoPersonReceive: boolean
  readonly twoPersonCount: boolean
  readonly twoPersonWaste: boolean
  /** How long after opening a vial may be drawn from. */
  readonly openedVialHours: number
  /** What is left in an opened vial is nobody else's. */
  readonly vialForOnePersonOnly: boolean
  readonly workingHours: WorkingHours
  readonly keepYears: number
  readonly countEveryDays: number
  /** From which share of what was drawn a session counts as one with much waste: above 0, below 1. */
  readonly wasteShareAlert: number
  /** How far ahead the diary's need is held against the stock. */
  readonly needDays: number
}

/** What holds until a manager sets something else. All of it design defaults but the years, whose floor is federal. */
export const DEFAULT_LEDGER_SETTINGS: LedgerSettings = {
  twoPersonReceive: false,
  twoPersonCount: true,
  twoPersonWaste: true,
  openedVialHours: 6,
  vialForOnePersonOnly: false,
  workingHours: { from: '07:00', to: '19:00', weekdays: [1, 2, 3, 4, 5] },
  keepYears: 2,
  countEveryDays: 7,
  wasteShareAlert: 0.25,
  needDays: 14,
}

/** What the figures may be, both ends included. */
export const SETTING_BOUNDS = {
  /** Above 0 too: a hundredth of an hour is the least that can be written. */
  openedVialHours: { least: 0.01, most: 672, whole: false },
  keepYears: { least: 2, most: 30, whole: true },
  countEveryDays: { least: 1, most: 730, whole: true },
  wasteShareAlert: { least: 0.01, most: 0.99, whole: false },
  needDays: { least: 1, most: 60, whole: true },
} as const satisfies Partial<Record<keyof LedgerSettings, { least: number; most: number; whole: boolean }>>

/** The field of a weekday; 0 is Sunday. */
export const weekdayField = (day: number) => `weekday${day}`

export const WEEKDAYS = [0, 1, 2, 3, 4, 5, 6] as const

const CLOCK = /^([01]\d|2[0-3]):[0-5]\d$/

/**
 * Which settings cannot be: names of fields, empty where all of them can.
 *
 * @example settingProblems({ ...DEFAULT_LEDGER_SETTINGS, keepYears: 1 }) // ['keepYears']
 */
export function settingProblems(settings: LedgerSettings): (keyof LedgerSettings)[] {
  const wrong: (keyof LedgerSettings)[] = []
  for (const [name, { least, most, whole }] of Object.entries(SETTING_BOUNDS)) {
    const value = settings[name as keyof typeof SETTING_BOUNDS]
    if (!(value >= least && value <= most) || (whole && !Number.isInteger(value))) {
      wrong.push(name as keyof LedgerSettings)
    }
  }
  const { from, to, weekdays } = settings.workingHours
  const days = new Set(weekdays)
  const hold =
    CLOCK.test(from) &&
    CLOCK.test(to) &&
    from < to &&
    days.size > 0 &&
    days.size === weekdays.length &&
    weekdays.every((day) => Number.isInteger(day) && day >= 0 && day <= 6)
  if (!hold) wrong.push('workingHours')
  return wrong
}

/** Whether an instant lies in the hours in which people work with the stock. */
export function isWorkingTime(at: Instant, { from, to, weekdays }: WorkingHours, timeZone: string): boolean {
  const time = timeInWords(at, timeZone)
  const weekday = new Date(`${localDateOf(at, timeZone)}T12:00:00Z`).getUTCDay()
  return weekdays.includes(weekday) && time >= from && time <= to
}
