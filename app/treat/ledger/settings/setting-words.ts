import type { LedgerSettings } from './ledger-settings.ts'

/**
 * How sure a sentence is. S: seen in a source. M: from memory, likely. D: a default of ours, for the medical director to set; it is
 * no published fact.
 */
export type SettingTag = 'S' | 'M' | 'D'

export const SETTING_TAG_WORDS: Readonly<Record<SettingTag, string>> = {
  S: 'seen in a source',
  M: 'from memory, likely',
  D: 'a design default, for the medical director to set',
}

type Said = { readonly text: string; readonly tag: SettingTag }

/** What a setting is called, and what stands behind it: law and good practice each by itself. */
export type SettingWords = {
  readonly label: string
  /** What United States federal rules say about it; a state may ask for more. */
  readonly law: readonly Said[]
  /** Good practice, and what we chose. */
  readonly practice: readonly Said[]
}

const NO_LAW: Said = { text: 'We know of no federal rule about this.', tag: 'M' }

export const SETTING_WORDS: Readonly<Record<keyof LedgerSettings, SettingWords>> = {
  twoPersonReceive: {
    label: 'Taking in a delivery',
    law: [
      {
        text: 'The invoice is kept and dated on receipt. A second person is not asked for, and no Form 222 for Schedule III.',
        tag: 'M',
      },
    ],
    practice: [{ text: 'A second person who checks lot and amount is good practice.', tag: 'D' }],
  },
  twoPersonCount: {
    label: 'Counting the stock',
    law: [
      {
        text: 'An inventory at the start and then at least every two years (21 CFR 1304.11). It does not ask for two people.',
        tag: 'S',
      },
    ],
    practice: [
      { text: 'Two people who count without seeing each other’s figure is good practice.', tag: 'D' },
    ],
  },
  twoPersonWaste: {
    label: 'Wasting what is left over, or recording it as not to be found',
    law: [
      {
        text: 'What is left over after a dose is wastage, not destroyed stock: it does not go on Form 41, and has to be recorded and destroyed safely.',
        tag: 'S',
      },
      {
        text: 'Destroying stock is another thing: two authorised employees witness it (21 CFR 1317.95), whatever is set here.',
        tag: 'M',
      },
    ],
    practice: [
      {
        text: 'A second person who witnesses waste is good practice, and often a rule of a state or a facility. It is not federal text.',
        tag: 'M',
      },
      {
        text: 'For what is not to be found we ask the same, so that nobody empties a syringe alone by calling it lost.',
        tag: 'D',
      },
    ],
  },
  openedVialHours: {
    label: 'An opened vial may be drawn from for',
    law: [NO_LAW],
    practice: [
      {
        text: 'The maker’s leaflet comes first: never set more hours than it allows. Six hours is our own default.',
        tag: 'D',
      },
    ],
  },
  vialForOnePersonOnly: {
    label: 'What is left in an opened vial',
    law: [NO_LAW],
    practice: [
      {
        text: 'A single-dose vial is for one person. Share vials only where the maker made them for several doses, and within the hours above.',
        tag: 'D',
      },
    ],
  },
  workingHours: {
    label: 'Hours in which people work with the stock',
    law: [NO_LAW],
    practice: [
      {
        text: 'What is moved outside them stands in the alerts, but for sessions that are under way. It is a question, not a finding.',
        tag: 'D',
      },
    ],
  },
  keepYears: {
    label: 'Records are kept for',
    law: [
      {
        text: 'Two years, ready for inspection; those of Schedule III apart or readily retrievable (21 CFR 1304.04). A state may ask for longer. Fewer than two cannot be set.',
        tag: 'S',
      },
    ],
    practice: [],
  },
  countEveryDays: {
    label: 'A count is due after',
    law: [
      {
        text: 'A running (perpetual) inventory is not required federally; 21 CFR 1304.21(a) says so. The inventory every two years is.',
        tag: 'S',
      },
    ],
    practice: [
      { text: 'It is best practice all the same, and often a duty of a state or an accreditor.', tag: 'S' },
      { text: 'Seven days is our own default.', tag: 'D' },
    ],
  },
  wasteShareAlert: {
    label: 'A session has much waste when more than this was wasted of what was drawn',
    law: [NO_LAW],
    practice: [
      {
        text: 'A person who has far more such sessions than colleagues stands in the alerts: a question about how vials and doses fit, not a verdict.',
        tag: 'D',
      },
    ],
  },
  needDays: {
    label: 'The stock should last for the booked visits of the next',
    law: [NO_LAW],
    practice: [{ text: 'Two weeks is our own default.', tag: 'D' }],
  },
}

export const WEEKDAY_NAMES = [
  'Sunday',
  'Monday',
  'Tuesday',
  'Wednesday',
  'Thursday',
  'Friday',
  'Saturday',
] as const

/**
 * What is set, in words, one short line for each setting.
 *
 * @example settingsInWords(DEFAULT_LEDGER_SETTINGS).openedVialHours // '6 hours'
 */
export function settingsInWords(settings: LedgerSettings): Record<keyof LedgerSettings, string> {
  const people = (two: boolean) => (two ? 'two people' : 'one person')
  const days = (count: number) => (count === 1 ? '1 day' : `${count} days`)
  const { from, to, weekdays } = settings.workingHours
  return {
    twoPersonReceive: people(settings.twoPersonReceive),
    twoPersonCount: people(settings.twoPersonCount),
    twoPersonWaste: people(settings.twoPersonWaste),
    openedVialHours: settings.openedVialHours === 1 ? '1 hour' : `${settings.openedVialHours} hours`,
    vialForOnePersonOnly: settings.vialForOnePersonOnly
      ? 'for one person only'
      : 'may be shared within those hours',
    workingHours: `${from} to ${to}, ${[...weekdays]
      .sort((a, b) => ((a + 6) % 7) - ((b + 6) % 7))
      .map((day) => WEEKDAY_NAMES[day])
      .join(', ')}`,
    keepYears: `${settings.keepYears} years`,
    countEveryDays: days(settings.countEveryDays),
    wasteShareAlert: `${percentOf(settings.wasteShareAlert)} %`,
    needDays: days(settings.needDays),
  }
}

/** A share as a figure of per cent, without the tail that a product of floats has. @example percentOf(0.07) // 7 */
export function percentOf(share: number): number {
  return Math.round(share * 10_000) / 100
}

/** What one signing changed, a line for each setting: "Counting the stock: two people, before one person". */
export function changesInWords(before: LedgerSettings, after: LedgerSettings): string[] {
  const [was, is] = [settingsInWords(before), settingsInWords(after)]
  return (Object.keys(SETTING_WORDS) as (keyof LedgerSettings)[]).flatMap((name) =>
    was[name] === is[name] ? [] : [`${SETTING_WORDS[name].label}: ${is[name]}, before ${was[name]}`],
  )
}
