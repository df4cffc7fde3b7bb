import type { Definition } from '../dataset/definition.ts'
import { LEAVING_JUDGED_UNTIL, LEFT_AFTER_DAYS } from '../dataset/definition.ts'

/** How the clinic's pages summarise outcomes; what the outcomes are stands in `dataset/definitions.ts`. */
const OWN = { kind: 'own', words: 'Our own definition.' } as const
const how = { version: 1, unit: 'none', direction: 'neither' } as const

export const restrictedMeanDefinition: Definition = {
  ...how,
  id: 'restricted-mean',
  name: 'Mean days within the time shown',
  text: 'The area under the curve up to the last day shown: how many of these days a person spends without the event, on average. With a 95 % interval from its standard error.',
  source: { kind: 'paper', words: 'Royston and Parmar 2013, BMC Med Res Methodol 13:152.' },
}

export const fixedDaysDefinition: Definition = {
  ...how,
  version: 2,
  id: 'fixed-days',
  name: 'Counted at fixed days',
  text:
    'Computed of nothing but the counts at the days shown (life table): an event counts on the next day shown, and who stopped being followed between two days shown counts as followed for half of that time. When that was is not told here, so the share may be higher or lower than one of single days; ' +
    'where it says by when the lost stopped, the lower end has all of them stop right after the day shown before, the upper end only on the day itself. A day is left out when fewer than ten people had the event, or stopped being followed, since the day shown before it, and when these two ends lie more than 20 points apart. Still observed: without the event and followed through the day.',
  source: { kind: 'paper', words: 'Life table after Cutler and Ederer 1958, J Chronic Dis 8:699-712.' },
}

export const firstOfTwoDefinition: Definition = {
  ...how,
  version: 2,
  id: 'relapse-or-losing-touch',
  name: 'Relapse or losing touch, whichever came first',
  text:
    'By the definitions of relapse and of losing touch. Somebody who lost touch can no longer be seen to relapse, so losing touch is counted as an event of its own (Aalen–Johansen estimate), not as if these people went on like the others. ' +
    `Who has neither is counted until the last day that is known, and not after day ${LEAVING_JUDGED_UNTIL}, since losing touch shows only after ${LEFT_AFTER_DAYS} days in which somebody is still asked.`,
  source: { kind: 'paper', words: 'Aalen and Johansen 1978, Scand J Stat 5:141-150.' },
}

export const missingWaysDefinition: Definition = {
  ...how,
  version: 2,
  id: 'missing-ways',
  name: 'Ways of counting who is missing',
  text:
    'As use: everybody counts, who is missing counts as having used. Left out: only people of whom it is known. Carried forward: who is missing counts as at the last of the earlier ones of days 28, 90 and 180 that is known; who was known at none of them counts as having used. ' +
    'As no use: everybody counts, who is missing counts as not having used. The first and the last are the ends of what is possible; carrying forward supposes that nothing changed after somebody fell silent and is known to mislead. Intervals: Wilson, 95 %; they hold chance only, not the doubt about the missing.',
  source: {
    kind: 'paper',
    words: 'National Research Council 2010; Wilson 1927, J Am Stat Assoc 22:209-212.',
  },
}

export const missingOddsDefinition: Definition = {
  ...how,
  id: 'informative-missing-odds',
  name: 'If the missing used more often than the others',
  text: 'The share without use if the odds of use among the missing were 1, 2, 5, 10 times those of the people who answered, with an interval by the delta method on the log odds. 1: as the others. The higher the odds, the nearer to counting the missing as use. Nobody knows the true odds.',
  source: { kind: 'paper', words: 'White, Higgins and Wood 2008, Stat Med 27:711-727.' },
}

export const subgroupsDefinition: Definition = {
  ...how,
  version: 2,
  id: 'subgroups',
  name: 'Groups',
  text: 'Sex as registered, age on the day of the first dose, what somebody was treated for (as the intake says on which their first plan rests; one thing for each person, whatever else troubles them), calendar quarter of the first dose. Groups were not chosen by chance and differ in more than their name. A share stands here when no count from 1 to 9 can be worked out from it or from the shares beside it.',
  source: OWN,
}

export const funnelDefinition: Definition = {
  ...how,
  id: 'funnel-limits',
  name: 'Funnel limits',
  text: 'Exact binomial limits around the share of everybody together: were all alike, about 1 in 20 would lie outside the 95 % limits and 1 in 500 outside the 99.8 % limits by chance. People belong to the account that made the plan of their first dose. To lie outside is a reason to look, not a judgement: other people, other records, chance.',
  source: { kind: 'paper', words: 'Spiegelhalter 2005, Stat Med 24:1185-1202.' },
}

export const sessionRateDefinition: Definition = {
  ...how,
  id: 'rate-per-100-sessions',
  name: 'Per 100 sessions',
  text: 'Sessions with the entry, per 100 sessions, with an exact 95 % interval (Poisson). It supposes sessions that do not pull each other along; the same person’s sessions may.',
  source: { kind: 'paper', words: 'Garwood 1936, Biometrika 28:437-442.' },
}

export const quartilesDefinition: Definition = {
  ...how,
  id: 'median-and-quartiles',
  name: 'Median and quartiles',
  text: 'The line reaches from the lower to the upper quartile: half of the people who answered lie within it. It shows how people differ, not how sure the median is.',
  source: { kind: 'paper', words: 'Hyndman and Fan 1996, Am Stat 50:361-365, definition 7.' },
}

export const roundedMeanDefinition: Definition = {
  ...how,
  id: 'rounded-mean',
  name: 'Rounded means',
  text: 'The mean over people rounded to steps of 5 percent of days, its 95 % interval widened to them. Withheld when fewer than ten people are in it or left out of it, and when from mean, interval and number of people anything would follow of one person, so also when nearly all are alike.',
  source: OWN,
}

export const roundedQuartilesDefinition: Definition = {
  ...how,
  id: 'rounded-quartiles',
  name: 'Rounded quartiles',
  text: 'Median and quartiles rounded to whole points. Withheld with fewer than forty people, of whom ten stand in each quarter, and when of 1 to 9 people, or of nobody, it is not known.',
  source: OWN,
}

export const shareIntervalDefinition: Definition = {
  ...how,
  id: 'share-interval',
  name: 'Intervals of shares',
  text: 'Wilson’s 95 % interval. It holds chance only, not the doubt about who is missing.',
  source: { kind: 'paper', words: 'Wilson 1927, J Am Stat Assoc 22:209-212.' },
}

export const meanIntervalDefinition: Definition = {
  ...how,
  id: 'mean-interval',
  name: 'Intervals of means',
  text: 'The mean over people, each person once, with a 95 % interval by Student’s t.',
  source: { kind: 'paper', words: 'Student 1908, Biometrika 6:1-25.' },
}
