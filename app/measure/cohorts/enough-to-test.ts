import { counted, countedPeople } from './counted.ts'

/** With fewer people in a group, or fewer of them with the event, a test by large samples says more than is known. */
export const LEAST_PEOPLE = 10
const LEAST_EVENTS = 5

/** People of a group, and how many of them had what is counted; without it, only people are asked for. */
export type TestedGroup = { readonly label: string; readonly people: number; readonly events?: number }

/**
 * Why the groups are too small for a p value, as a sentence; undefined when they are large enough.
 *
 * @example tooFewToTest([{ label: 'a', people: 6, events: 2 }, …]) // "No p value: “a” has 6 people and 2 events. …"
 */
export function tooFewToTest(groups: readonly TestedGroup[]): string | undefined {
  const small = groups.filter(
    ({ people, events }) => people < LEAST_PEOPLE || (events !== undefined && events < LEAST_EVENTS),
  )
  if (small.length === 0) return undefined
  const [first] = small as [TestedGroup, ...TestedGroup[]]
  const has = `“${first.label}” has ${countedPeople(first.people)}${first.events === undefined ? '' : ` and ${counted(first.events, 'event', 'events')}`}`
  const others =
    small.length === 1 ? '' : `, and ${counted(small.length - 1, 'other is', 'others are')} as small`
  return `No p value: ${has}${others}. A test is told from ${LEAST_PEOPLE} people${first.events === undefined ? '' : ` and ${LEAST_EVENTS} events`} in each group.`
}
