import { type Instrument, listInstruments } from '@evenkeel/questionnaires'
import { LAST_ASKED_DAY } from '../../follow-up/index.ts'
import {
  CONTINUOUS_KNOWN_SHARE,
  type Definition,
  FOLLOW_UP_DAYS,
  LAPSE_AFTER_DAYS,
  LEAVING_JUDGED_UNTIL,
  LEFT_AFTER_DAYS,
  NO_SPEAKS_FOR_DAYS,
  POINT_DAY,
  POINT_DAYS,
  POINT_WINDOW_DAYS,
  type PointDay,
  RELAPSE_DAYS_IN_A_ROW,
  RELAPSE_WEEKS_IN_A_ROW,
  RESULT_WINDOW_DAYS,
  RETENTION_DAYS,
} from './definition.ts'
import { smallCountsDefinition, survivalBandDefinition } from './estimate-definitions.ts'
import { urineDefinitions } from './urine-definitions.ts'

export { smallCountsDefinition, survivalBandDefinition } from './estimate-definitions.ts'

/**
 * Every outcome that measure shows, as data: id, version, words, source. A figure prints its definition; a change of
 * what is counted raises the version and rebuilds the stored rows (`definitionsHash`).
 */
const OWN = { kind: 'own', words: 'Our own definition.' } as const

const DAYS_KNOWN =
  'A day is known from the use calendar, or from check-ins: a "yes" marks the day of the check-in, a "no" speaks for the days since the check-in ' +
  `before it, at most ${NO_SPEAKS_FOR_DAYS}. Where the two differ, use counts.`

export const timeToFirstUseDefinition: Definition = {
  id: 'time-to-first-use',
  version: 3,
  name: 'Time to first use that was told',
  text:
    'Counted in days from the day of the first dose (day 0). First use is the first day of use from day 1 on that was told in a check-in or in the use calendar, whatever the substance. ' +
    'A check-in asks for use since the one before, so use may have been some days earlier than its day; days that nobody told of may have been with use. Somebody without told use is counted until the last day that is known, ' +
    `and not after day ${FOLLOW_UP_DAYS}; of whom no day is known, until day 0. "Rather not say" tells nothing. ${DAYS_KNOWN}`,
  source: OWN,
  unit: 'days',
  direction: 'more-is-better',
}

const timeToLapseDefinition: Definition = {
  id: 'time-to-lapse',
  version: 1,
  name: 'Time to lapse',
  text:
    `A lapse is the first day of use after ${LAPSE_AFTER_DAYS} days in a row that are known to be without use. Counted are only people who had such days after their first dose, from ` +
    `the last of the first ${LAPSE_AFTER_DAYS} (day 0 of this figure) to the lapse, or else to the last day that is known, and not beyond day ${FOLLOW_UP_DAYS} after the first dose. ${DAYS_KNOWN}`,
  source: OWN,
  unit: 'days',
  direction: 'more-is-better',
}

const timeToRelapseDefinition: Definition = {
  id: 'time-to-relapse',
  version: 1,
  name: 'Time to relapse',
  text:
    `Counted in days from the day of the first dose (day 0). A relapse is ${RELAPSE_DAYS_IN_A_ROW} days in a row with use, or at least one day of use in each of ${RELAPSE_WEEKS_IN_A_ROW} weeks in a row ` +
    '(weeks are days 1 to 7, 8 to 14 and so on), whatever the substance; its day is the first day of use of whichever began earlier. Days that nobody told us about are not taken for use. ' +
    `Somebody without relapse is counted until the last day that is known, and not after day ${FOLLOW_UP_DAYS}. ${DAYS_KNOWN}`,
  source: {
    kind: 'paper',
    words:
      'After the trial CTN-0051 (Lee 2018, Lancet 391:309-318), its part that rests on what people say. Ours has no urine samples, does not take missing weeks for use, and has no days of grace at the start.',
  },
  unit: 'days',
  direction: 'more-is-better',
}

const timeToLeavingDefinition: Definition = {
  id: 'time-to-leaving',
  version: 2,
  name: 'Time to losing touch',
  text:
    `Counted in days from the day of the first dose (day 0). Somebody is in touch as long as no more than ${LEFT_AFTER_DAYS} days pass without a dose or a check-in, whatever it says. Losing touch ` +
    `happens on the day of the last of them, and is known only ${LEFT_AFTER_DAYS} days later; who comes back was never away. Not counted after day ${LEAVING_JUDGED_UNTIL}: check-ins are asked for until day ${LAST_ASKED_DAY}, and later so long a silence would only say that nobody asks any more. Why somebody left, death included, is not recorded here and not told.`,
  source: OWN,
  unit: 'days',
  direction: 'more-is-better',
}

const abstinenceAt = (day: PointDay): Definition => ({
  id: `abstinence-at-day-${day}`,
  version: 3,
  name: `No use told in the week up to day ${day}`,
  text:
    `Of everybody whose day ${day} after the first dose has passed: the check-ins and the days of the use calendar of days ${day - POINT_WINDOW_DAYS + 1} to ${day}. ` +
    'One check-in that says yes, or one calendar day with use, counts as use, whatever else is told. Otherwise one check-in that says no, or one calendar day without use, counts as no use, however few of the ' +
    `${POINT_WINDOW_DAYS} days are known. A check-in of a later week says nothing here. With nothing told, or only "rather not say" and days marked as not known, it is missing, and missing is counted in three ways, ` +
    'since nobody knows: as use, left out, and as no use.',
  source: OWN,
  unit: 'share of people',
  direction: 'more-is-better',
})

const continuousUntil = (day: PointDay): Definition => ({
  id: `continuous-abstinence-to-day-${day}`,
  version: 1,
  name: `No use from the first dose to day ${day}`,
  text:
    `Of everybody whose day ${day} after the first dose has passed. One day of use from day 1 to day ${day} counts as use. No such day, and at least ` +
    `${CONTINUOUS_KNOWN_SHARE * 100} % of the days known, counts as no use. Otherwise it is missing, and missing is counted in three ways. ${DAYS_KNOWN}`,
  source: OWN,
  unit: 'share of people',
  direction: 'more-is-better',
})

const daysWithoutUse = (day: PointDay): Definition => ({
  id: `percent-days-without-use-to-day-${day}`,
  version: 1,
  name: `Days without use, days 1 to ${day}`,
  text:
    `Of everybody whose day ${day} after the first dose has passed: of the days 1 to ${day}, how many are known to be without use, how many with use, how many nobody knows. The percentage is told in three ways: ` +
    `unknown days as use, left out, and as without use. ${DAYS_KNOWN}`,
  source: OWN,
  unit: 'percent of days',
  direction: 'more-is-better',
})

const retentionAt = (day: PointDay): Definition => ({
  id: `retention-at-day-${day}`,
  version: 2,
  name: `In touch on day ${day}`,
  text:
    `Of everybody whose day ${day} after the first dose passed more than ${LEFT_AFTER_DAYS} days ago: the share who had a dose or a check-in on that day or later. ` +
    'Nobody is missing: who was not heard of had lost touch. ' +
    `Told up to day ${LEAVING_JUDGED_UNTIL} only: check-ins are asked for until day ${LAST_ASKED_DAY}, and whom nobody asks is not heard of.`,
  source: OWN,
  unit: 'share of people',
  direction: 'more-is-better',
})

const cravingAround = (day: number): Definition => ({
  id: `craving-to-day-${day}`,
  version: 1,
  name: `Craving in the week up to day ${day}`,
  text:
    `The mean of a person's answers (0 to 10, strongest urge of the past day) in the check-ins of days ${day - POINT_WINDOW_DAYS + 1} to ${day} after the first dose, then the mean over people who answered. ` +
    'Who did not answer is counted beside it and has no value: those who stop answering may crave more.',
  source: { kind: 'instrument', words: 'The craving question of the check-in (instrument craving-nrs).' },
  unit: 'points',
  direction: 'less-is-better',
})

/** Days up to which a week of craving is told. */
export const CRAVING_DAYS = [7, ...POINT_DAYS] as const
export type CravingDay = (typeof CRAVING_DAYS)[number]

const heavyDrinkingDefinition: Definition = {
  id: 'heavy-drinking-days',
  version: 1,
  name: 'Heavy drinking days',
  text:
    'The percentage of heavy drinking days among the known days of a use calendar, as kept by staff: 5 drinks or more for men and 4 or more otherwise where a drink holds 14 g, elsewhere more than 60 g and 40 g. ' +
    `Compared are the last figures kept before the first dose and the first kept within ${RESULT_WINDOW_DAYS} days after the last.`,
  source: { kind: 'instrument', words: 'Instrument tlfb: NIAAA where a drink holds 14 g, else EMA.' },
  unit: 'percent of days',
  direction: 'less-is-better',
}

const whoLevelDefinition: Definition = {
  id: 'who-level-drop',
  version: 1,
  name: 'Drop of the WHO drinking level',
  text:
    'The WHO level of drinking (abstinent, low, medium, high, very high) by mean grams of alcohol a day, from the last figures kept before the first dose to the first kept ' +
    `within ${RESULT_WINDOW_DAYS} days after the last. Told are a drop of at least one level and of at least two, where a fall from medium to low or abstinent counts as two, since no more can be had.`,
  source: { kind: 'instrument', words: 'Instrument who-rdl.' },
  unit: 'share of people',
  direction: 'more-is-better',
}

const sideEffectsDefinition: Definition = {
  id: 'side-effects-by-session',
  version: 1,
  name: 'What was noted in sessions',
  text:
    'Of all sessions in which a dose was begun: in how many the log has an entry about nausea, an entry about distress, an infusion stopped before its end, or a leaving that a second clinician answered for. ' +
    'It tells what was noted. A session without an entry is one in which nobody noted it, which is not the same as nobody having had it. Told by dose number and by mg recorded; sessions without a recorded amount stand apart.',
  source: OWN,
  unit: 'share of sessions',
  direction: 'less-is-better',
}

const COMPARED =
  `the last finished result before the first dose was begun with the first finished one on days 1 to ${RESULT_WINDOW_DAYS} after the last dose, in the same edition. It is told once those ${RESULT_WINDOW_DAYS} days have passed; ` +
  'people without one of the two results are counted apart and are neither a yes nor a no.'

/** Response, remission and reliable change of an instrument, as far as a source defines them. */
function changeDefinitions({ id, name, change }: Instrument): Definition[] {
  const made: Definition[] = []
  const source = (words: string) => ({ kind: 'instrument', words }) as const
  const base = { version: 1, unit: 'share of people', direction: 'more-is-better' } as const
  if (change.response) {
    const fall =
      'fallPercent' in change.response
        ? `${change.response.fallPercent} % of the first value`
        : `${change.response.fallPoints} points`
    made.push({
      ...base,
      id: `response-${id}`,
      name: `Response, ${name}`,
      text: `An improvement of at least ${fall}, comparing ${COMPARED}`,
      source: source(`Instrument ${id}. ${change.note}`.trim()),
    })
  }
  if (change.remission) {
    const range =
      'below' in change.remission ? `below ${change.remission.below}` : `${change.remission.atMost} or less`
    made.push({
      ...base,
      id: `remission-${id}`,
      name: `Remission range, ${name}`,
      text: `A value of ${range} after treatment, wherever it began, comparing ${COMPARED}`,
      source: source(`Instrument ${id}. ${change.note}`.trim()),
    })
  }
  if (change.reliableChange) {
    made.push({
      ...base,
      id: `reliable-change-${id}`,
      name: `Reliable change, ${name}`,
      text: `A change larger than the instrument's own noise, better or worse, by each published size of it, comparing ${COMPARED}`,
      source: source(change.reliableChange.map((threshold) => threshold.source).join('; ')),
    })
  }
  return made
}

/** Instruments for which a source says what response, remission or reliable change is. */
export const judgedInstruments: readonly Instrument[] = listInstruments().filter(
  ({ change }) => change.response || change.remission || change.reliableChange,
)

/** All definitions, each id once. */
export const definitions: readonly Definition[] = [
  timeToFirstUseDefinition,
  timeToLapseDefinition,
  timeToRelapseDefinition,
  timeToLeavingDefinition,
  ...POINT_DAYS.map(abstinenceAt),
  ...POINT_DAYS.map(continuousUntil),
  ...POINT_DAYS.map(daysWithoutUse),
  ...RETENTION_DAYS.map(retentionAt),
  ...CRAVING_DAYS.map(cravingAround),
  heavyDrinkingDefinition,
  whoLevelDefinition,
  ...judgedInstruments.flatMap(changeDefinitions),
  sideEffectsDefinition,
  ...urineDefinitions,
  survivalBandDefinition,
  smallCountsDefinition,
]

/**
 * @throws RangeError when there is no definition of this id: a figure without its definition must not be shown
 * @example definitionOf('retention-at-day-90').text
 */
export function definitionOf(id: string): Definition {
  const found = definitions.find((definition) => definition.id === id)
  if (!found) throw new RangeError(`no definition ${id}`)
  return found
}

export const abstinenceAtDay90Definition: Definition = definitionOf(`abstinence-at-day-${POINT_DAY}`)

/** Rises when more is stored for the same definitions. */
const STORED_VERSION = 3

/** Tells one set of definitions from every other: rows that were stored by another are made anew. */
export function definitionsPrint(): string {
  return [`stored@${STORED_VERSION}`, ...definitions.map(({ id, version }) => `${id}@${version}`)].join(' ')
}
