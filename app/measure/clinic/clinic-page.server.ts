import type { ClinicProfile } from '../../platform/clinic-profile.ts'
import type { ReadNeeds } from '../../platform/command.server.ts'
import { dateInWords, localDateOf } from '../../platform/time.ts'
import { datasetOverview } from '../dataset/figure-queries.server.ts'
import { type InventedPeople, inventedWords } from '../invented-words.ts'
import { peopleByQuarter } from './clinic-queries.server.ts'
import { frozenFigures } from './frozen-figures.server.ts'
import { chosenPeriod, periodInWords, periodsOf } from './periods.ts'
import { newestSnapshot } from './snapshot-queries.server.ts'
import { snapshotStamp } from './snapshot-stamp.server.ts'
import type { FigureQuestion } from './topic-blocks.server.ts'
import { seesStrictFigures, strictWords } from './viewer.ts'

/**
 * What every page of the clinic's figures says of its people, and the question its figures answer. The page has called
 * `readyFigures` before.
 *
 * @throws Error when somebody who gets strict figures comes without: they are never counted for one look
 */
export async function clinicPage(needs: ReadNeeds, clinic: ClinicProfile, query: URLSearchParams) {
  return seesStrictFigures(needs.actor) ? strictPage(needs, clinic) : teamPage(needs, clinic, query)
}

/** What page and download print beside the figures. */
type ClinicPage = {
  readonly question: FigureQuestion
  /** The day on which one looks; for who gets strict figures the day as of which they stand. */
  readonly today: FigureQuestion['asked']['today']
  readonly strictWords: string | undefined
  readonly invented: string
  /** From the first to the last first dose. */
  readonly period: string
  readonly filter: {
    readonly begins: readonly { readonly value: string; readonly label: string }[]
    readonly ends: readonly { readonly value: string; readonly label: string }[]
  } & Omit<ReturnType<typeof chosenPeriod>, 'firstDose'>
}

async function teamPage(
  { db, at, actor }: ReadNeeds,
  clinic: ClinicProfile,
  query: URLSearchParams,
): Promise<ClinicPage> {
  const today = localDateOf(at, clinic.timeZone)
  const everybody = { clinicId: actor.clinicId, today }
  const periods = periodsOf(await peopleByQuarter(db, everybody))
  const { firstDose, ...chosen } = chosenPeriod(periods, query)
  const asked = firstDose ? { ...everybody, firstDose } : everybody
  const { people, invented, firstDoseFrom, firstDoseTo } = await datasetOverview(db, asked)
  return {
    question: { db, asked, actor, clinicName: clinic.name },
    today,
    strictWords: undefined,
    invented: inventedWords(inventedOf(people, invented), clinic.demonstration),
    period:
      firstDoseFrom && firstDoseTo
        ? `First doses from ${dateInWords(firstDoseFrom)} to ${dateInWords(firstDoseTo)}, seen on ${dateInWords(today)}.`
        : `Nobody had a first dose; seen on ${dateInWords(today)}.`,
    filter: {
      begins: periods.map((period) => ({ value: period.from, label: periodInWords(period).begins })),
      ends: periods.map((period) => ({ value: period.from, label: periodInWords(period).ends })),
      ...chosen,
    },
  }
}

async function strictPage({ db, at, actor }: ReadNeeds, clinic: ClinicProfile): Promise<ClinicPage> {
  const { clinicId } = actor
  const snapshot = await newestSnapshot(db, {
    clinicId,
    before: localDateOf(at, clinic.timeZone),
    stamp: snapshotStamp(),
  })
  if (!snapshot) throw new Error('strict figures are read before they were worked out')
  const { asOf, invented } = snapshot
  // Overlapping periods tell by subtraction: who gets strict figures chooses none, whatever stands in the address.
  const { firstDose: _everybody, ...chosen } = chosenPeriod([], new URLSearchParams())
  return {
    question: {
      db,
      asked: { clinicId, today: asOf },
      actor,
      clinicName: clinic.name,
      frozen: frozenFigures(db, snapshot, actor),
    },
    today: asOf,
    strictWords: strictWords(asOf),
    invented: inventedWords(invented, clinic.demonstration),
    // The first and the last first dose are two people's.
    period: `Everybody with a first dose by ${dateInWords(asOf)}, as of that day.`,
    filter: { begins: [], ends: [], ...chosen },
  }
}

/** @param invented how many of them */
export function inventedOf(people: number, invented: number): InventedPeople {
  return invented === 0 ? 'none' : invented === people ? 'all' : 'some'
}

/** The period as it stands in an address, with its question mark; empty for everybody. */
export function periodQuery({ from, to }: { readonly from?: string; readonly to?: string }): string {
  const query = new URLSearchParams({ ...(from ? { from } : {}), ...(to ? { to } : {}) }).toString()
  return query && `?${query}`
}
