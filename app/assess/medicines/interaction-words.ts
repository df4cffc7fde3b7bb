import type { Instant } from '../../platform/time.ts'
import type { StateKind } from '../../ui/index.ts'
import {
  type Condition,
  type Interaction,
  type Level,
  LIST_DAYS,
  listIsKnown,
  namesAreKnown,
  toAskToday,
} from './interaction.ts'
import type { Medicine, MedicineList } from './medicine.ts'

const LEVEL_WORDS: Readonly<Record<Level, { readonly word: string; readonly state: StateKind }>> = {
  none: { word: 'nothing found', state: 'calm' },
  info: { word: 'to know', state: 'calm' },
  amber: { word: 'to weigh', state: 'amber' },
  red: { word: 'holds the dose', state: 'red' },
  block: { word: 'not to be begun', state: 'red' },
}

/** How an interaction stands towards the dose, as it is said beside it. */
export function standingOf({
  level,
  holds,
  setAside,
}: {
  readonly level: Level
  readonly holds: boolean
  readonly setAside?: unknown
}): { readonly word: string; readonly state: StateKind } {
  if (setAside) return { word: 'set aside for today', state: 'amber' }
  if (holds && level !== 'red') return { word: 'holds until known', state: 'unknown' }
  return LEVEL_WORDS[level]
}

const WORST_FIRST = [
  LEVEL_WORDS.red.word,
  'holds until known',
  LEVEL_WORDS.block.word,
  LEVEL_WORDS.amber.word,
  'set aside for today',
  LEVEL_WORDS.info.word,
  LEVEL_WORDS.none.word,
]

/** Orders interactions: what holds the dose, what holds it until known, what is to be weighed, what is to be known. */
export function byGravity(a: Parameters<typeof standingOf>[0], b: Parameters<typeof standingOf>[0]): number {
  return WORST_FIRST.indexOf(standingOf(a).word) - WORST_FIRST.indexOf(standingOf(b).word)
}

/** Something about medicines that holds a dose, with what settles it. */
export type MedicineHold = {
  readonly title: string
  readonly truth: 'not-met' | 'unknown'
  readonly settle: string
  /** Only the day itself can settle it, so that nobody prepares anything for it. */
  readonly onTheDay?: true
}

export type MedicineNotice = {
  readonly state: StateKind
  readonly title: string
  readonly lines: readonly string[]
}

type Seen = Interaction & { readonly setAside?: unknown }
type Picture = { readonly list: MedicineList; readonly interactions: readonly Seen[] }

/** Why a list cannot be called known; undefined when it is. */
export function whyNotKnown(list: MedicineList, at: Instant): string | undefined {
  if (list.state === 'unknown') {
    return list.newest
      ? 'What was told was stopped or taken back, and nobody has said that nothing else is taken.'
      : 'Nobody has asked for medicines yet, or that there are none.'
  }
  if (listIsKnown(list, at)) return undefined
  if (namesAreKnown(list)) {
    return `Some of it was last told or confirmed more than ${LIST_DAYS} days ago (a default, to be set by the medical director). Ask today and confirm.`
  }
  const open = list.medicines.filter(({ groups }) => groups.every((group) => group === 'not-known'))
  return `${named(open)}: not known to our table. That says nothing about interactions; a clinician looks and chooses the group.`
}

/** Whether a condition is about the hours around the dose: no earlier answer settles it. */
function isOfTheDay(when: Condition): boolean {
  return !('with' in when) && !('startedWithinDays' in when) && !('opioidScreenPositive' in when)
}

function named(medicines: readonly Medicine[]): string {
  return medicines.map(({ told }) => told.name).join(', ')
}

/**
 * What holds a dose: red interactions that no prescriber has set aside for the day, what could make one red and is not
 * known, a list that is not known or too old, and what is taken as needed while nobody has asked today.
 */
export function medicineHolds({ list, interactions }: Picture, at: Instant): MedicineHold[] {
  const why = whyNotKnown(list, at)
  const unknown: MedicineHold[] = why
    ? [
        {
          title: 'Medicines are known',
          truth: 'unknown',
          settle: `${why} Record them, or that there are none.`,
        },
      ]
    : []
  const toAsk = why ? [] : toAskToday(list, at)
  const today: MedicineHold[] =
    toAsk.length > 0
      ? [
          {
            title: `Asked today: ${named(toAsk)}`,
            truth: 'unknown',
            settle:
              'Taken as needed as often as not. Ask today when it was last taken, and confirm on the page of medicines.',
            onTheDay: true,
          },
        ]
      : []
  const held = interactions.flatMap((one): MedicineHold[] => {
    if (!one.holds || one.setAside) return []
    const red = one.rule.level === 'red' || one.raised.some(({ to }) => to === 'red')
    const title = one.because.length > 0 ? `${one.rule.title} (${named(one.because)})` : one.rule.title
    if (!red) {
      const holding = one.open.filter(({ to }) => to === 'red')
      const settle = one.open.map((raise) => raise.settle).join(' ')
      const onTheDay = holding.every(({ when }) => isOfTheDay(when))
      return [{ title, truth: 'unknown', settle, ...(onTheDay ? { onTheDay } : {}) }]
    }
    const words = one.raised.map((raise) => raise.words).join(' ')
    const way =
      one.override === 'never'
        ? 'Nobody sets this aside.'
        : 'A prescriber may set it aside for today, by name, on the page of medicines.'
    return [{ title: `${title}. ${words || one.rule.say}`, truth: 'not-met', settle: way }]
  })
  return [...unknown, ...today, ...held]
}

/** What is to be said of medicines before a dose, worst first; empty when there is nothing to say. */
export function medicineNotices({ list, interactions }: Picture, at: Instant): MedicineNotice[] {
  const why = whyNotKnown(list, at)
  const applying = interactions
    .filter(({ applies, level, holds }) => applies === 'yes' && (level !== 'none' || holds))
    .sort(byGravity)
    .map((one) => ({
      state: standingOf(one).state,
      title: one.because.length > 0 ? `${one.rule.title}: ${named(one.because)}` : one.rule.title,
      lines: [
        ...one.raised.map(({ words }) => words),
        ...one.open.map(({ settle }) => `Not known: ${settle}`),
        one.rule.say,
        ...(one.rule.keep ? [one.rule.keep] : []),
        ...(one.setAside ? ['Set aside for today by a prescriber.'] : []),
      ],
    }))
  if (!why) return applying
  const red = applying.findIndex(({ state }) => state !== 'red')
  const unknown = { state: 'unknown' as const, title: 'Medicines are not known', lines: [why] }
  return applying.toSpliced(red === -1 ? applying.length : red, 0, unknown)
}
