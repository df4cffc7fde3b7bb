import { type SessionRouteId, sessionRouteIds } from './route-ids.ts'

/** Readings are offered every five minutes: finer would promise more than is known. */
export const minuteStep = 5
export const lastMinute = 240
/** Shown before anything is chosen: the end of the drip. */
const usualMinute = 40

/** What the address asks to see, and what to say when that was not understood. */
export type Chosen = {
  readonly route: SessionRouteId
  readonly minute: number
  /** The address names a way that is not there. */
  readonly routeProblem?: string
  readonly minuteProblem?: string
  /** As typed, so that it is not lost. */
  readonly typedMinute?: string
}

/**
 * Reads `?route=im&minute=60`. Never refuses: what is not understood is shown as the usual, and said.
 *
 * @example chosenFrom(new URLSearchParams('route=im&minute=61')) // { route: 'im', minute: 60 }
 */
export function chosenFrom(query: URLSearchParams): Chosen {
  const wantedRoute = query.get('route') ?? ''
  const route = sessionRouteIds.find((id) => id === wantedRoute)
  const typed = (query.get('minute') ?? '').trim().slice(0, 20)
  const number = /^\d{1,4}(?:\.\d+)?$/.test(typed) ? Number(typed) : undefined
  const minute = number !== undefined && number <= lastMinute ? nearestStep(number) : undefined
  return {
    route: route ?? 'drip',
    minute: minute ?? usualMinute,
    ...(route === undefined && wantedRoute !== ''
      ? { routeProblem: 'There is no such way on this page. The drip into a vein is shown.' }
      : {}),
    ...(minute === undefined && typed !== ''
      ? {
          minuteProblem: `Enter a whole number of minutes from 0 to ${lastMinute}. Minute ${usualMinute} is shown.`,
          typedMinute: typed,
        }
      : {}),
  }
}

function nearestStep(minute: number): number {
  return Math.round(minute / minuteStep) * minuteStep
}

/** The address of a picture. */
export function pictureHref(route: SessionRouteId, minute: number): string {
  return `/inside-a-session${pictureQuery(route, minute)}`
}

/** The same from the page itself: the path stays as it is being read, discreetly or not. */
export function pictureQuery(route: SessionRouteId, minute: number): string {
  return `?route=${route}&minute=${minute}`
}
