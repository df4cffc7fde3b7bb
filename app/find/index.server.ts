import { siteContent } from './content.server.ts'
import type { Study } from './study.ts'
import { directionInWords, shortCitation } from './study-words.ts'

/** What another slice may say about a study: enough for a line with a link. */
export type StudyReference = {
  readonly id: string
  readonly citation: string
  readonly href: string
  readonly title: string
  readonly direction: string
  /** People in the study; null when not reported. */
  readonly people: number | null
  /** The record could not be checked in its source. */
  readonly unverified: boolean
  readonly doi: string | null
}

/**
 * A study by id, for pages that name the evidence behind something.
 *
 * @returns undefined when there is no such study
 * @example studyById('grabski-2022-kare')?.citation // 'Grabski 2022'
 */
export function studyById(id: string): StudyReference | undefined {
  const study = siteContent().studies.get(id)
  return study === undefined ? undefined : reference(study)
}

function reference(study: Study): StudyReference {
  return {
    id: study.id,
    citation: shortCitation(study),
    href: `/studies/${study.id}`,
    title: study.title,
    direction: directionInWords(study),
    people: study.peopleTotal,
    unverified: study.confidence === 'from-memory',
    doi: study.citation.doi,
  }
}
