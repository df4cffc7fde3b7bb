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

export const smallCountsDefinition: Definition = {
  id: 'small-counts',
  version: 1,
  name: 'Small counts',
  text:
    'In the tables a count from 1 to 9 is not shown, nor one from which it could be worked out. The curve is for those who work here: single events can be read off its steps, so it is not for publication. It ends where fewer than 10 people are still observed. ' +
    `With fewer than ${FEWEST_FOR_A_CURVE} people who had a first session there is no curve.`,
  source: { kind: 'own', words: 'Our own definition.' },
  unit: 'none',
  direction: 'neither',
}
