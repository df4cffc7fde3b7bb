import type { Finding, Study } from './study.ts'
import {
  checkInWords,
  directionInWords,
  estimateInWords,
  groupFiguresInWords,
  minusSigns,
  recordTypeInWords,
  registryHref,
  reportHref,
  routeInWords,
  shortCitation,
  topicLabels,
} from './study-words.ts'

type Line = { readonly term: string; readonly value: string | null }

/** A study ready to be shown on its page. Null means not reported. */
export type StudyView = {
  readonly citation: string
  readonly title: string
  readonly summary: string
  readonly topic: { readonly id: string; readonly label: string }
  readonly direction: string
  readonly kind: string
  readonly unverified: boolean
  readonly design: string
  readonly facts: readonly Line[]
  readonly arms: readonly Line[]
  readonly findings: readonly FindingView[]
  readonly harms: string | null
  readonly limits: string
  readonly references: readonly {
    readonly term: string
    readonly value: string
    readonly href: string | null
  }[]
  readonly confidenceNote: string | null
}

type FindingView = {
  readonly key: string
  readonly outcome: string
  readonly text: string | null
  readonly figures: readonly string[]
  readonly mark: string | null
}

/** Presents a study. */
export function studyView(study: Study): StudyView {
  const topic = study.topics[0]!
  return {
    citation: shortCitation(study),
    title: study.title,
    summary: study.summary,
    topic: { id: topic, label: topicLabels[topic] ?? topic },
    direction: directionInWords(study),
    kind: recordTypeInWords(study),
    unverified: study.confidence === 'from-memory',
    design: study.design,
    facts: study.recordType === 'review' ? reviewFacts(study) : facts(study),
    arms: study.arms.map(({ name, people }) => ({
      term: name,
      value: people === null ? null : inPeople(people),
    })),
    findings: study.findings.map(findingView),
    harms: study.harms,
    limits: study.limits,
    references: references(study),
    confidenceNote: study.confidenceNote,
  }
}

function reviewFacts(study: Study): Line[] {
  return [
    { term: 'About', value: study.condition },
    { term: 'People in the studies it covers', value: study.peopleTotal?.toLocaleString('en-US') ?? null },
  ]
}

function facts(study: Study): Line[] {
  return [
    { term: 'Who took part', value: study.condition },
    { term: 'How many', value: howMany(study) },
    { term: 'Compared with', value: study.comparator },
    { term: 'Dose', value: study.dose?.words ?? null },
    { term: 'How it was given', value: routeInWords(study) },
    { term: 'Length of the drip', value: study.infusionMin === null ? null : `${study.infusionMin} minutes` },
    { term: 'Sessions', value: study.sessions },
    { term: 'When', value: study.spacing },
    { term: 'Therapy with it', value: study.therapy },
    { term: 'Main question', value: study.measured },
    { term: 'Followed for', value: study.followUp },
  ]
}

function findingView(finding: Finding, index: number): FindingView {
  const figures = [groupFiguresInWords(finding), estimateInWords(finding), finding.p]
  const when = finding.when === 'not applicable' || finding.when === 'not reported' ? '' : `, ${finding.when}`
  return {
    key: String(index),
    outcome: `${finding.outcome}${when}`,
    text: finding.text === null ? null : minusSigns(finding.text),
    figures: figures.filter((figure) => figure !== null),
    mark: checkInWords(finding),
  }
}

function references(study: Study): StudyView['references'] {
  const { authors, year, journal, doi, pmid, registry } = study.citation
  const lines: { term: string; value: string; href: string | null }[] = [
    { term: 'Authors', value: authors, href: null },
    { term: 'Published', value: `${journal}, ${year ?? 'year not known'}`, href: null },
  ]
  if (doi !== null) lines.push({ term: 'DOI', value: doi, href: reportHref(study) })
  if (pmid !== null)
    lines.push({ term: 'PubMed', value: pmid, href: `https://pubmed.ncbi.nlm.nih.gov/${pmid}/` })
  if (registry !== null) lines.push({ term: 'Registered as', value: registry, href: registryHref(registry) })
  if (doi === null && pmid === null && registry === null) {
    lines.push({ term: 'DOI', value: 'Not certain; look for the title and authors', href: null })
  }
  if (study.sourceSeen !== null) {
    const copy = URL.canParse(study.sourceSeen) ? new URL(study.sourceSeen) : null
    // Often a copy of the abstract: named so that we can be checked, linked only when nothing better is known.
    const link = reportHref(study) === null ? (copy?.href ?? null) : null
    lines.push({ term: 'Where we read it', value: copy?.hostname ?? study.sourceSeen, href: link })
  }
  lines.push({
    term: 'How sure',
    value:
      study.confidence === 'checked'
        ? 'Checked in the source named above'
        : 'Unverified: written from memory in part',
    href: null,
  })
  return lines
}

function howMany(study: Study): string | null {
  if (study.peopleTotal === null) return null
  return study.recordType === 'ongoing'
    ? `${inPeople(study.peopleTotal)} planned`
    : inPeople(study.peopleTotal)
}

function inPeople(people: number): string {
  return `${people.toLocaleString('en-US')} ${people === 1 ? 'person' : 'people'}`
}
