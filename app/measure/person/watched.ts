import { daysBetween, type LocalDate } from '../../platform/time.ts'

/** Something that ketamine given again and again may harm, and when it was looked at here. */
export type WatchedThing = {
  readonly name: string
  readonly recommended: string
  /** What this record knows of it. */
  readonly known: string
  /** `due`: by the interval above it should be looked at again; `unknown`: this record cannot tell. */
  readonly state: 'in-time' | 'due' | 'unknown'
}

/** Forms that ask about the bladder. */
export const BLADDER_FORMS = ['bpic-ss', 'icsi-icpi'] as const

const BLADDER_EVERY_DOSES = 6
/** Three months. */
const BLADDER_EVERY_DAYS = 91

/** Where the list comes from, and what of it is ours. */
export const WATCHED_SOURCE =
  'That bladder, memory and misuse want watching: consensus statement for the American Psychiatric Association (Sanacora and others 2017, doi 10.1001/jamapsychiatry.2017.0080, known to us by its abstract). ' +
  'Of 6,630 people treated by 27 providers 3 stopped because of their bladder (Feifel and others 2020, doi 10.3390/ph13070151). How often is a default of this software for the medical director to confirm, not a published guideline.'

/**
 * What is recommended to be watched beside the cumulative dose, with what is known here.
 *
 * @param bladderLooked days on which a form about the bladder was finished, oldest first
 * @param ketamineOutsideDays days with ketamine outside treatment in the use calendar since the first dose
 * @param calendarDays days of the use calendar that were told since then
 */
export function watchedThings(
  {
    doses,
    bladderLooked,
    ketamineOutsideDays,
    calendarDays,
  }: {
    readonly doses: readonly { readonly day: LocalDate }[]
    readonly bladderLooked: readonly LocalDate[]
    readonly ketamineOutsideDays: number
    readonly calendarDays: number
  },
  today: LocalDate,
  dayInWords: (day: LocalDate) => string,
): WatchedThing[] {
  const looked = bladderLooked.at(-1)
  const since = looked === undefined ? doses.length : doses.filter(({ day }) => day >= looked).length
  const bladderDue =
    looked === undefined
      ? doses.length > 0
      : since >= BLADDER_EVERY_DOSES || daysBetween(looked, today) >= BLADDER_EVERY_DAYS
  return [
    {
      name: 'Bladder',
      recommended: `A form and urine before the first dose, then every ${BLADDER_EVERY_DOSES} doses or 3 months`,
      known:
        looked === undefined
          ? 'No form about the bladder was finished here.'
          : `Form finished ${dayInWords(looked)}; ${since} ${since === 1 ? 'dose' : 'doses'} on that day or later. The record here keeps no urine findings about the bladder.`,
      state: bladderDue ? 'due' : looked === undefined ? 'unknown' : 'in-time',
    },
    {
      name: 'Memory and thinking',
      recommended: 'A short test of memory and thinking once a year',
      known: 'Not kept in this record.',
      state: 'unknown',
    },
    {
      name: 'Liking or wanting ketamine',
      recommended:
        'Ask at each visit for craving for ketamine and use outside treatment; a urine screen where possible',
      known:
        calendarDays === 0
          ? 'No day of the use calendar was told since the first dose.'
          : `Use calendar since the first dose: ketamine outside treatment on ${ketamineOutsideDays} of ${calendarDays} told days. Urine screens stand under biological tests.`,
      state: 'unknown',
    },
  ]
}
