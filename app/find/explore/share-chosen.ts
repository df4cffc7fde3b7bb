import { mostPeople, truthPercent } from './share-figures.ts'

/** What the address asks to see, and what to say when that was not understood. */
export type ShareChosen = {
  readonly people: number
  readonly count: number
  readonly peopleProblem?: string
  readonly countProblem?: string
  /** As typed, so that it is not lost. */
  readonly typedPeople?: string
  readonly typedCount?: string
}

/** Shown before anything is chosen. */
const usualPeople = 20

/**
 * Reads `?n=20&k=13`. Without a count, or with one that does not fit, the count nearest to 65 % is shown. Never refuses: what is
 * not understood is said.
 *
 * @example shareChosenFrom(new URLSearchParams('n=200')) // { people: 200, count: 130 }
 */
export function shareChosenFrom(query: URLSearchParams): ShareChosen {
  const typedPeople = (query.get('n') ?? '').trim().slice(0, 20)
  const typedCount = (query.get('k') ?? '').trim().slice(0, 20)
  const asked = wholeFrom(typedPeople, 1, mostPeople)
  const people = asked ?? usualPeople
  const usualCount = Math.round((truthPercent * people) / 100)
  const count = asked === undefined && typedPeople !== '' ? undefined : wholeFrom(typedCount, 0, people)
  return {
    people,
    count: count ?? usualCount,
    ...(asked === undefined && typedPeople !== ''
      ? {
          peopleProblem: `Enter a whole number from 1 to ${mostPeople}. A group of ${people} is shown.`,
          typedPeople,
        }
      : {}),
    ...(count === undefined && typedCount !== ''
      ? {
          countProblem: `In a group of ${people}, enter a whole number from 0 to ${people}. ${usualCount} is shown.`,
          typedCount,
        }
      : {}),
  }
}

function wholeFrom(typed: string, least: number, most: number): number | undefined {
  const number = /^\d{1,4}$/.test(typed) ? Number(typed) : undefined
  return number !== undefined && number >= least && number <= most ? number : undefined
}

/** The address of a group. */
export function shareHref(count: number, people: number): string {
  return `/what-does-65-percent-mean?n=${people}&k=${count}`
}
