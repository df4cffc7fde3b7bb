import { siteContent } from './content.server.ts'
import { type DirectionGroup, directionGroup, type Study } from './study.ts'
import { directionInWords, recordTypeInWords, shortCitation } from './study-words.ts'

export { welcomeDocuments } from './guest-documents.ts'
export { pageFacts } from './meta/page-facts.server.ts'
export { type PageLanguages, pageLanguages } from './spanish/other-language.server.ts'

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

/** A study with everything printed about it, for a page that sets its figures beside others. */
export type StudyFacts = StudyReference & {
  readonly category: Study['category']
  readonly recordType: Study['recordType']
  readonly kind: string
  readonly found: DirectionGroup
  readonly aim: Study['aim']
  readonly substance: string | null
  readonly condition: string
  readonly design: string
  readonly comparator: string | null
  readonly dose: string | null
  readonly therapy: string | null
  readonly arms: Study['arms']
  readonly findings: Study['findings']
  readonly harms: string | null
  readonly limits: string
}

/** Every study about use of substances or about other habits of that kind, reviews too, by citation. */
export function studiesOfAddiction(): StudyFacts[] {
  return [...siteContent().studies.values()]
    .filter(({ category }) => category === 'addiction' || category === 'addiction-review')
    .map((study) => ({
      ...reference(study),
      category: study.category,
      recordType: study.recordType,
      kind: recordTypeInWords(study),
      found: directionGroup(study),
      aim: study.aim,
      substance: study.substance,
      condition: study.condition,
      design: study.design,
      comparator: study.comparator,
      dose: study.dose?.words ?? null,
      therapy: study.therapy,
      arms: study.arms,
      findings: study.findings,
      harms: study.harms,
      limits: study.limits,
    }))
    .sort((a, b) => a.citation.localeCompare(b.citation, 'en'))
}

export { pageNotFound } from './page-not-found.server.ts'
