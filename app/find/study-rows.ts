import type { SiteContent } from './site-content.ts'
import { type DirectionGroup, directionGroup, type Study, type StudyKind, studyKind } from './study.ts'
import {
  directionInWords,
  mainFindingInWords,
  peopleInFigures,
  recordTypeInWords,
  shortCitation,
  topicLabels,
} from './study-words.ts'

/** A study as one row of a table. */
export type StudyRow = {
  readonly id: string
  readonly citation: string
  readonly title: string
  readonly year: number | null
  /** People in it, `280 planned` while it runs; null when not reported. */
  readonly people: string | null
  readonly kind: string
  readonly measured: string | null
  readonly found: string
  readonly direction: string
  readonly unverified: boolean
}

/** Presents a study as a row. An unverified record shows no figure, only that it is unverified. */
export function studyRow(study: Study): StudyRow {
  const unverified = study.confidence === 'from-memory'
  return {
    id: study.id,
    citation: shortCitation(study),
    title: study.title,
    year: study.citation.year,
    people: peopleInFigures(study),
    kind: recordTypeInWords(study),
    measured: study.measured,
    found: unverified ? 'Unverified: see its page' : mainFindingInWords(study),
    direction: directionInWords(study),
    unverified,
  }
}

/** What the list of studies is narrowed to; undefined means all. */
export type StudyFilter = {
  readonly topic?: string
  readonly direction?: DirectionGroup
  readonly kind?: StudyKind
}

const directionGroups: readonly DirectionGroup[] = [
  'favored',
  'more-over-less',
  'mixed',
  'no-benefit',
  'uncompared',
  'no-result',
]
const studyKinds: readonly StudyKind[] = ['trial', 'without-chance', 'review', 'no-results']

/** Reads a filter from an address; what is not a known choice counts as not chosen. */
export function studyFilter(query: URLSearchParams): StudyFilter {
  const topic = query.get('condition')
  return {
    topic: topic !== null && Object.hasOwn(topicLabels, topic) ? topic : undefined,
    direction: directionGroups.find((group) => group === query.get('direction')),
    kind: studyKinds.find((kind) => kind === query.get('kind')),
  }
}

/** Studies that pass a filter, newest first; those of unknown year last. */
export function chosenStudies(content: SiteContent, filter: StudyFilter): Study[] {
  return [...content.studies.values()]
    .filter((study) => filter.topic === undefined || study.topics.includes(filter.topic))
    .filter((study) => filter.direction === undefined || directionGroup(study) === filter.direction)
    .filter((study) => filter.kind === undefined || studyKind(study) === filter.kind)
    .sort((a, b) => (b.citation.year ?? 0) - (a.citation.year ?? 0) || (a.id < b.id ? -1 : 1))
}
