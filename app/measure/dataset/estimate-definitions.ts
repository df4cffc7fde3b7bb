import { type Definition, FEWEST_FOR_A_CURVE } from './definition.ts'

/*
 * How figures are made rather than what they count. Apart from the outcomes, since those know every instrument, and a
 * page that runs in the browser must not bring these along.
 */

export const survivalBandDefinition: Definition = {
  id: 'survival-band',
  version: 1,
  name: 'How the curve is estimated',
  text:
    'Kaplan–Meier estimate with pointwise 95 % limits on the log-log scale (Greenwood). It supposes that those who stop answering are like those who go on; ' +
    'people who use again may be less likely to answer, and then the curve is too high.',
  source: { kind: 'paper', words: 'Kaplan and Meier 1958, J Am Stat Assoc 53:457-481.' },
  unit: 'none',
  direction: 'neither',
}

const NO_SMALL_COUNT =
  'A count from 1 to 9 is not shown in a table, nor one from which another number of the same table would give it away. '
const OF_THE_TEAM =
  'Who treats people here may open their records anyway and sees more: single events can be read off the steps of a curve, its shares and its mean days, and a few people off the difference between two periods, two days of looking or two outcomes of the same people. '
const OF_WHO_DOES_NOT_TREAT =
  'Who does not treat anybody here (manager, researcher) sees everybody as of the end of a month, until at least 10 more people have come and a month has ended; curves at fixed days only, between which nobody or at least 10 people had the event or stopped being followed, without median and mean days; no choice of a period and no quarters; shares of people and groups only where each count in them is 10 or more; and means and quartiles rounded, only where nothing would follow from them of one person. What changed between two such months, and two outcomes of the same people, can still be subtracted there'
const WHERE_IT_ENDS = `A curve ends where fewer than 10 people are still observed. With fewer than ${FEWEST_FOR_A_CURVE} people who had a first session there is none.`

export const smallCountsDefinition: Definition = {
  id: 'small-counts',
  version: 3,
  name: 'Small counts',
  text: `${NO_SMALL_COUNT}${OF_THE_TEAM}${OF_WHO_DOES_NOT_TREAT}, so neither view is for publication. ${WHERE_IT_ENDS}`,
  source: { kind: 'own', words: 'Our own definition.' },
  unit: 'none',
  direction: 'neither',
}

/**
 * `smallCountsDefinition` in the words of one reader's view.
 *
 * @param strict for who does not treat people here (`seesStrictFigures`)
 */
export function smallCountsFor(strict: boolean): Definition {
  const own = strict ? `${OF_WHO_DOES_NOT_TREAT}. ` : OF_THE_TEAM
  return {
    ...smallCountsDefinition,
    text: `${NO_SMALL_COUNT}${own}What is shown here is not for publication. ${WHERE_IT_ENDS}`,
  }
}
