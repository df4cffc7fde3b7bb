import { type Instrument, instrumentById } from '@evenkeel/questionnaires'
import type { PhaseId, TrackId } from './condition-track.ts'

/**
 * Which instruments are asked, by track and phase, until a clinic's manager changes them. When each is used follows
 * the schedule in its own file; which of them make a set, and in what order, is a design default for the medical
 * director to set. Instruments that need a permission are left for the clinic to add.
 */

/** How long one question takes, in seconds, for the minutes shown: reading and choosing. */
export const SECONDS_PER_ITEM = 10
const MOST_INSTRUMENTS = 30

type ByTrack = Partial<Record<TrackId, readonly string[]>>
type Recipe = {
  readonly first?: readonly string[]
  readonly forTrack?: ByTrack
  /** For a track that `forTrack` does not name. */
  readonly otherwise?: readonly string[]
  readonly last?: readonly string[]
}

const ALCOHOL_AND_DRUGS = ['audit-c', 'dast-10'] as const
const SUBSTANCE = ['audit-c', 'dast-10', 'sds'] as const

const RECIPES: Readonly<Record<PhaseId, Recipe>> = {
  intake: {
    first: ['phq-9', 'gad-7'],
    forTrack: {
      alcohol: ['audit', 'dast-10'],
      opioids: SUBSTANCE,
      cocaine: SUBSTANCE,
      methamphetamine: SUBSTANCE,
      benzodiazepines: SUBSTANCE,
      cannabis: [...ALCOHOL_AND_DRUGS, 'cudit-r'],
      nicotine: [...ALCOHOL_AND_DRUGS, 'ftnd'],
      gambling: [...ALCOHOL_AND_DRUGS, 'pgsi'],
      gaming: [...ALCOHOL_AND_DRUGS, 'igds9-sf'],
      trauma: [...ALCOHOL_AND_DRUGS, 'pcl-5'],
    },
    otherwise: ALCOHOL_AND_DRUGS,
    last: ['mdq', 'who-5', 'readiness-ruler', 'craving-nrs'],
  },
  baseline: {
    first: ['c-ssrs-screener', 'bam', 'pcl-5'],
    forTrack: {
      alcohol: ['ciwa-ar', 'ocds'],
      benzodiazepines: ['ciwa-ar', 'ocds-5'],
      opioids: ['cows', 'ocds-5'],
      depression: ['madrs'],
      trauma: ['ace'],
    },
    otherwise: ['ocds-5'],
    last: ['ceq', 'socrates-8', 'promis-29', 'swls', 'icsi-icpi'],
  },
  'before-dose': {
    first: ['c-ssrs-screener', 'asrm', 'bprs-plus', 'phq-9'],
    forTrack: { alcohol: ['ciwa-ar'], benzodiazepines: ['ciwa-ar'], opioids: ['cows'] },
    last: ['craving-nrs'],
  },
  'after-dose': { first: ['moaa-s', 'bprs-plus'] },
  'before-leaving': {
    first: ['c-ssrs-screener', 'bprs-plus', 'ketamine-side-effects', 'aldrete', 'padss'],
  },
  'next-day': {
    first: ['craving-nrs', 'asrm', 'ketamine-side-effects'],
    // No MADRS here: ours asks about seven days, and a day after a session is another form.
    forTrack: { alcohol: ['pacs'] },
  },
  weekly: { first: ['phq-9', 'gad-7', 'who-5'], forTrack: { alcohol: ['pacs'] }, otherwise: ['ocds-5'] },
  monthly: {
    first: ['c-ssrs-screener', 'bam', 'phq-9', 'gad-7', 'who-5'],
    forTrack: { alcohol: ['ocds'], gambling: ['pgsi'], trauma: ['pcl-5'], depression: ['madrs'] },
    last: ['ketamine-side-effects'],
  },
  quarterly: {
    first: ['c-ssrs-screener'],
    forTrack: {
      alcohol: ['audit-c'],
      opioids: ['sds'],
      cocaine: ['sds'],
      methamphetamine: ['sds'],
      benzodiazepines: ['sds'],
      trauma: ['pcl-5'],
      depression: ['madrs'],
      cannabis: ['cudit-r'],
      nicotine: ['ftnd'],
      gambling: ['pgsi'],
      gaming: ['igds9-sf'],
    },
    otherwise: [],
    last: ['promis-29', 'swls', 'icsi-icpi'],
  },
}

/** The set that holds until the clinic changes it: ids of instruments in the order they are asked. */
export function defaultSet(track: TrackId, phase: PhaseId): readonly string[] {
  const { first = [], forTrack = {}, otherwise = [], last = [] } = RECIPES[phase]
  return [...first, ...(forTrack[track] ?? otherwise), ...last]
}

/** Phases in which somebody must be asked about suicide: before anything else is decided, and on the day of a dose. */
const ASKS_ABOUT_SUICIDE_AT: readonly PhaseId[] = ['intake', 'before-dose', 'before-leaving']

/** Whether one of an instrument's items asks about thoughts of death, suicide or self-harm. */
export function asksAboutSuicide({ items }: Instrument): boolean {
  return items.some(({ concept }) => /suicid|thoughts of death|self-harm|wish to be dead/i.test(concept))
}

/** What a manager must confirm before a set is stored; undefined when there is nothing to confirm. */
export function whatIsMissing(instruments: readonly Instrument[], phase: PhaseId): string | undefined {
  if (instruments.length === 0) return 'This set asks nothing.'
  if (ASKS_ABOUT_SUICIDE_AT.includes(phase) && !instruments.some(asksAboutSuicide)) {
    return 'No form in this set asks about suicide or thoughts of death.'
  }
  return undefined
}

/** Whether an instrument can be laid before somebody as a form: calendars, laboratory series and empty ones cannot. */
export function isForm(instrument: Instrument): boolean {
  return instrument.items.length > 0 && instrument.items.every((item) => item.type === undefined)
}

/** Minutes that a list of instruments may take at most, rounded up. */
export function minutesOf(instruments: readonly Instrument[]): number {
  const items = instruments.reduce((sum, { items }) => sum + items.length, 0)
  return Math.ceil((items * SECONDS_PER_ITEM) / 60)
}

/**
 * Reads a set as a manager sends it.
 *
 * @param ids in the wanted order
 * @returns the instruments, or what is wrong in words
 */
export function readSet(
  ids: readonly string[],
  phase: PhaseId,
): { readonly instruments: readonly Instrument[] } | { readonly problem: string } {
  if (ids.length > MOST_INSTRUMENTS) return { problem: `Choose at most ${MOST_INSTRUMENTS} forms.` }
  if (new Set(ids).size !== ids.length) return { problem: 'A form stands in the list twice.' }
  const instruments: Instrument[] = []
  for (const id of ids) {
    const instrument = instrumentById(id)
    if (!instrument || !isForm(instrument)) return { problem: 'One of these is not a form we can show.' }
    if (phase === 'intake' && instrument.administered !== 'self') {
      return {
        problem: `${instrument.shortName} is rated by staff: it cannot be part of the intake, which people answer on their own.`,
      }
    }
    instruments.push(instrument)
  }
  return { instruments }
}
