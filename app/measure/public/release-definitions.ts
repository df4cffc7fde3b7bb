import type { Definition } from '../dataset/definition.ts'
import {
  abstinenceAtDay90Definition,
  definitionOf,
  timeToFirstUseDefinition,
} from '../dataset/definitions.ts'
import { LAG_DAYS } from './release-period.ts'

const OWN = { kind: 'own', words: 'Our own definition.' } as const

const publishedCurveDefinition: Definition = {
  id: 'published-curve',
  version: 2,
  name: 'The curve as it is published',
  text:
    'Worked out from the counts on this page and from nothing else, at day 30, 60 and 90 at most. Somebody of whom a day in the week up to day 90 or later is known counts as followed to the end. ' +
    'Whose last known day lies between two of these days counts as followed for half of that time, and is supposed to go on like those who are still followed; people who use again may be less likely to tell, ' +
    'and then the curve is too high. The limits are 95 % limits (Greenwood, log-log scale).',
  source: { kind: 'paper', words: 'Life table after Cutler and Ederer 1958, J Chronic Dis 8:699-712.' },
  unit: 'none',
  direction: 'neither',
}

const notedByPersonDefinition: Definition = {
  id: 'noted-by-person',
  version: 1,
  name: 'What was noted in sessions, by person',
  text:
    'People in whom it was noted in at least one session from the first to day 90: an entry about nausea, an entry about distress, an infusion stopped before its end. ' +
    'A session without an entry is one in which nobody noted it, which is not the same as nobody having had it.',
  source: OWN,
  unit: 'share of people',
  direction: 'less-is-better',
}

const publishedPeopleDefinition: Definition = {
  id: 'published-people',
  version: 2,
  name: 'Who is counted, and what is withheld',
  text:
    `Everybody whose first session was in the quarters named, as far as it was known when they were counted. People are added by whole quarters, once ${LAG_DAYS} days have passed since. A person is counted once and stays as they were counted then, so ` +
    'later corrections do not show, unless a whole release was withdrawn and its people are counted anew; who was not known of in time is counted with the next quarters. A figure is shown whole or not at all: not while it would tell a count from 1 to 9, by itself ' +
    'or with the others, on this page or by subtracting an earlier page from it; a page that corrects a withdrawn one may differ from that one by a few. People of whom a figure cannot be shown yet wait for those who come later.',
  source: OWN,
  unit: 'none',
  direction: 'neither',
}

/**
 * What a published page counts, and by which rules (`published-people`: raise it when a rule of `publicFigures` changes, since earlier pages are
 * added up anew by it). When one of them rises a version, adding up begins anew with people not counted before.
 */
export const releaseDefinitions: readonly Definition[] = [
  timeToFirstUseDefinition,
  publishedCurveDefinition,
  abstinenceAtDay90Definition,
  notedByPersonDefinition,
  publishedPeopleDefinition,
]

/** Versions of everything that goes into a release: batches are added up only when they share it. */
export const releaseVersions: string = [...releaseDefinitions, definitionOf('side-effects-by-session')]
  .map(({ id, version }) => `${id}@${version}`)
  .join(' ')
