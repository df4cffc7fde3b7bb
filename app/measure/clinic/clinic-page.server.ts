import type { ClinicProfile } from '../../platform/clinic-profile.ts'
import type { ReadNeeds } from '../../platform/command.server.ts'
import type { Read } from '../../platform/database.server.ts'
import type { ClinicId } from '../../platform/ids.ts'
import { dateInWords, type LocalDate, localDateOf } from '../../platform/time.ts'
import { cutFiguresTo } from '../dataset/cut-queries.server.ts'
import { datasetOverview } from '../dataset/figure-queries.server.ts'
import { inventedWords } from '../invented-words.ts'
import { peopleByMonth, peopleByQuarter } from './clinic-queries.server.ts'
import { asOfDay } from './closed-months.ts'
import { chosenPeriod, periodInWords, periodsOf } from './periods.ts'
import type { FigureQuestion } from './topic-blocks.server.ts'
import { seesStrictFigures, strictWords } from './viewer.ts'

/** What every page of the clinic's figures says of its people, and the question its figures answer. */
export async function clinicPage(
  { db, at, actor }: ReadNeeds,
  clinic: ClinicProfile,
  query: URLSearchParams,
) {
  const strict = seesStrictFigures(actor)
  const now = { clinicId: actor.clinicId, today: localDateOf(at, clinic.timeZone) }
  const today = strict ? await cutToClosedMonths(db, now, clinic.timeZone) : now.today
  const everybody = { ...now, today }
  // Overlapping periods tell by subtraction: who gets strict figures chooses none, whatever stands in the address.
  const periods = strict ? [] : periodsOf(await peopleByQuarter(db, everybody))
  const { firstDose, ...chosen } = chosenPeriod(periods, strict ? new URLSearchParams() : query)
  const asked = firstDose ? { ...everybody, firstDose } : everybody
  const { people, invented, firstDoseFrom, firstDoseTo } = await datasetOverview(db, asked)
  const question: FigureQuestion = { db, asked, actor, clinicName: clinic.name }
  return {
    question,
    /** The day on which one looks; for who gets strict figures the day as of which they stand. */
    today,
    strictWords: strict ? strictWords(today) : undefined,
    invented: inventedWords(
      invented === 0 ? 'none' : invented === people ? 'all' : 'some',
      clinic.demonstration,
    ),
    /** From the first to the last first dose. */
    period:
      // The first and the last first dose are two people's.
      strict
        ? `Everybody with a first dose by ${dateInWords(today)}, as of that day.`
        : firstDoseFrom && firstDoseTo
          ? `First doses from ${dateInWords(firstDoseFrom)} to ${dateInWords(firstDoseTo)}, seen on ${dateInWords(today)}.`
          : `Nobody had a first dose; seen on ${dateInWords(today)}.`,
    filter: {
      begins: periods.map((period) => ({ value: period.from, label: periodInWords(period).begins })),
      ends: periods.map((period) => ({ value: period.from, label: periodInWords(period).ends })),
      ...chosen,
    },
  }
}

/** Leaves the figures of this transaction as of closed months. @returns the last day that counts */
async function cutToClosedMonths(
  db: Read,
  now: { readonly clinicId: ClinicId; readonly today: LocalDate },
  timeZone: string,
): Promise<LocalDate> {
  const day = asOfDay(await peopleByMonth(db, now), now.today)
  await cutFiguresTo(db, { clinicId: now.clinicId, timeZone, day })
  return day
}

/** The period as it stands in an address, with its question mark; empty for everybody. */
export function periodQuery({ from, to }: { readonly from?: string; readonly to?: string }): string {
  const query = new URLSearchParams({ ...(from ? { from } : {}), ...(to ? { to } : {}) }).toString()
  return query && `?${query}`
}
