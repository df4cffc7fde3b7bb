/**
 * What each figure counts, in words that are printed with it. Change what is counted and the version rises; figures of
 * different versions are not compared.
 */
export type Definition = {
  readonly id: string
  readonly version: number
  readonly name: string
  readonly text: string
}

/** Days after the first dose at which follow-up ends. */
export const FOLLOW_UP_DAYS = 365
/** Somebody whose last answer is no older than this still counts as being followed. */
export const STILL_FOLLOWED_DAYS = 14
/** Days up to and including day 90 in which a check-in speaks for day 90. */
export const POINT_WINDOW_DAYS = 7
export const POINT_DAY = 90
/** With fewer people than this there is no curve. */
export const FEWEST_FOR_A_CURVE = 10

export const timeToFirstUseDefinition: Definition = {
  id: 'time-to-first-use',
  version: 1,
  name: 'Time to first use',
  text:
    'Counted in days from the day of the first dose (day 0). First use is the first check-in on day 1 or later that says yes to "used since the last check-in", ' +
    'whatever the substance; its day is the day of that check-in, so use may have been some days earlier. Somebody who has not said yes is counted until the last check-in ' +
    `that answered the question, and not after day ${FOLLOW_UP_DAYS}; "rather not say" is no answer. Somebody who never answered is counted until day 0.`,
}

export const abstinenceAtDay90Definition: Definition = {
  id: 'abstinence-at-day-90',
  version: 1,
  name: `No use in the week up to day ${POINT_DAY}`,
  text:
    `Of everybody whose day ${POINT_DAY} after the first dose has passed: the check-ins of days ${POINT_DAY - POINT_WINDOW_DAYS + 1} to ${POINT_DAY}. ` +
    'One yes counts as use. At least one no and no yes counts as no use. Without an answer it is missing, and missing is counted in three ways, ' +
    'since nobody knows: as use, left out, and as no use. The truth lies between the first and the last.',
}

export const survivalBandDefinition: Definition = {
  id: 'survival-band',
  version: 1,
  name: 'How the curve is estimated',
  text:
    'Kaplan–Meier estimate with pointwise 95 % limits on the log-log scale (Greenwood). It supposes that those who stop answering are like those who go on; ' +
    'people who use again may be less likely to answer, and then the curve is too high.',
}

export const smallCountsDefinition: Definition = {
  id: 'small-counts',
  version: 1,
  name: 'Small counts',
  text:
    'In the tables a count from 1 to 9 is not shown, nor one from which it could be worked out. The curve is for those who work here: single events can be read off its steps, so it is not for publication. It ends where fewer than 10 people are still observed. ' +
    `With fewer than ${FEWEST_FOR_A_CURVE} people who had a first session there is no curve.`,
}
