import {
  type DirectionGroup,
  directionGroup,
  type Estimate,
  type Finding,
  type Study,
  type StudyKind,
} from './study.ts'

/** Subjects that studies are sorted by; ids stand in addresses. */
export const topicLabels: Readonly<Record<string, string>> = {
  alcohol: 'Alcohol',
  opioids: 'Opioids',
  cocaine: 'Cocaine',
  methamphetamine: 'Methamphetamine',
  cannabis: 'Cannabis',
  tobacco: 'Tobacco',
  benzodiazepines: 'Benzodiazepines',
  gambling: 'Gambling',
  gaming: 'Gaming',
  behavioural: 'Eating and other behaviors',
  several: 'Several substances',
  depression: 'Depression',
  bipolar: 'Bipolar depression',
  ptsd: 'PTSD',
  ocd: 'OCD',
}

export const directionGroupLabels: Readonly<Record<DirectionGroup, string>> = {
  favored: 'Favored ketamine',
  'more-over-less': 'More ketamine did better than less',
  mixed: 'Mixed',
  'no-benefit': 'No benefit found',
  uncompared: 'Better, but nothing to compare with',
  'no-result': 'No result',
}

export const studyKindLabels: Readonly<Record<StudyKind, string>> = {
  trial: 'Trials in which chance decided',
  'without-chance': 'Studies without chance',
  review: 'Reviews of studies',
  'no-results': 'Not finished, withdrawn or unpublished',
}

const directionWords: Readonly<Record<Study['direction'], string>> = {
  positive: 'Favored ketamine',
  'positive-short-lived': 'Favored ketamine, for days only',
  'positive-noninferior': 'Not worse than the other treatment',
  'positive-uncontrolled': 'Better, but nothing to compare with',
  mixed: 'Mixed: better on one point, not on another',
  weak: 'A weak effect that may be nothing',
  negative: 'No benefit found',
  'null-underpowered': 'No benefit found; too small to tell',
  'case-only': 'One person got better',
  pending: 'No result yet',
  'not-assessable': 'Cannot be judged',
}

/** What was found, in a few words; nulls are as plain as successes. */
export function directionInWords(study: Study): string {
  if (directionGroup(study) === 'more-over-less') return directionGroupLabels['more-over-less']
  if (study.recordType === 'review' && study.direction === 'mixed') return 'Mixed'
  if (study.recordType === 'observational' && study.direction === 'positive') {
    return 'Better, but the groups were not made by chance'
  }
  if (study.direction === 'positive' && study.recordType === 'open-label')
    return 'Better, but nothing to compare with'
  return directionWords[study.direction]
}

const recordTypeWords: Readonly<Record<Study['recordType'], string>> = {
  rct: 'Trial in which chance decided who got what',
  'rct-crossover': 'Trial in which each person got each treatment, in an order set by chance',
  'rct-crossover-open': 'Trial with an order set by chance, then open treatment',
  'open-label': 'Everyone got the treatment and knew it',
  observational: 'People were watched or records read; chance decided nothing',
  'case-series': 'Several people described',
  'case-report': 'One person described',
  review: 'Review of other studies',
  'secondary-analysis': 'A second look at the data of a trial',
  ongoing: 'Trial under way',
  withdrawn: 'Trial withdrawn',
  unpublished: 'Not published',
}

/** The kind of study in words that need no training in statistics. */
export function recordTypeInWords(study: Study): string {
  return recordTypeWords[study.recordType]
}

const routeWords: Readonly<Record<string, string>> = {
  IV: 'By drip into a vein',
  'IV continuous': 'By a drip that runs on',
  IM: 'Injection into a muscle',
  SC: 'Injection under the skin',
  SL: 'Under the tongue',
  'SL film': 'Film under the tongue',
  'SL and IM': 'Under the tongue, or injection into a muscle',
  'IN esketamine': 'Esketamine nose spray',
}

/** How the drug got into the body; null stays unknown. */
export function routeInWords(study: Study): string | null {
  if (study.route === null) return null
  return routeWords[study.route] ?? study.route
}

/** How many people took part, `planned` while a study runs; null when not reported. */
export function peopleInFigures(study: Study): string | null {
  if (study.peopleTotal === null) return null
  const figure = study.peopleTotal.toLocaleString('en-US')
  return study.recordType === 'ongoing' ? `${figure} planned` : figure
}

/**
 * A citation as one says it aloud: first author and year.
 *
 * @example shortCitation(grabski) // 'Grabski 2022'
 */
export function shortCitation(study: Study): string {
  const { authors, year } = study.citation
  if (study.recordType === 'ongoing' || study.recordType === 'withdrawn') {
    return `${study.citation.registry ?? authors}, ${study.recordType === 'ongoing' ? 'under way' : 'withdrawn'}`
  }
  const first = authors.startsWith('not shown') ? 'Unknown authors' : (authors.split(/[,(/]/)[0] ?? authors)
  const name = first.trim().replace(/ [A-Z]{1,3}( Jr)?$/, '')
  return year === null ? `${name}, year not known` : `${name} ${year}`
}

/** Address of the study's own report or registration; null when we know none. */
export function reportHref(study: Study): string | null {
  const { doi, pmid, registry } = study.citation
  if (doi !== null) return `https://doi.org/${doi}`
  if (pmid !== null) return `https://pubmed.ncbi.nlm.nih.gov/${pmid}/`
  if (registry !== null) return registryHref(registry)
  return null
}

/** Address of a trial's registration; null for a registry we do not know. */
export function registryHref(registry: string): string | null {
  if (/^NCT\d{8}$/.test(registry)) return `https://clinicaltrials.gov/study/${registry}`
  if (/^ISRCTN\d+$/.test(registry)) return `https://www.isrctn.com/${registry}`
  if (/^ACTRN\d+$/.test(registry)) return `https://www.anzctr.org.au/${registry}.aspx`
  return null
}

const estimateWords = {
  'mean-difference': 'Difference',
  'odds-ratio': 'Odds ratio',
  'hazard-ratio': 'Hazard ratio',
  'relative-risk': 'Relative risk',
  'percentage-points': 'Difference in percentage points',
} as const

/**
 * A finding's figure with its uncertainty; null when the study gave none.
 *
 * @example estimateInWords(finding) // 'Difference 10.1 (95% interval 1.1 to 19)'
 */
export function estimateInWords(finding: Finding): string | null {
  if (finding.estimate === null) return null
  const { kind, value, ci95 } = finding.estimate
  const interval = ci95 === null ? '' : ` (95% interval ${figure(ci95[0])} to ${figure(ci95[1])})`
  return `${estimateWords[kind]} ${figure(value)}${interval}`
}

/**
 * A figure and its interval without the words, for a row beneath a head that has them.
 *
 * @example estimateFigures(estimate) // '14.2 (3.9 to 24.2)'
 */
export function estimateFigures({ value, ci95 }: Estimate): string {
  return ci95 === null ? figure(value) : `${figure(value)} (${figure(ci95[0])} to ${figure(ci95[1])})`
}

/** The name of a kind of estimate, for example `Odds ratio`. */
export function estimateKindInWords(kind: Estimate['kind']): string {
  return estimateWords[kind]
}

/** A real minus sign, so that a figure does not read as a dash. */
function figure(value: number): string {
  return String(value).replace('-', '−')
}

const checkWords = {
  source: null,
  press: 'From a press report of the trial, not the paper',
  memory: 'Unverified',
} as const

/** The mark that a finding carries when it was not read in the study's own report; null when it was. */
export function checkInWords(finding: Finding): string | null {
  return checkWords[finding.checked]
}

/**
 * The one finding that stands for a study in a table: the first one checked in its source, in one sentence.
 * Unverified findings never stand for a study.
 */
export function mainFindingInWords(study: Study): string {
  const finding = study.findings.find((candidate) => candidate.checked === 'source')
  if (finding === undefined) return 'No checked figure'
  return findingInWords(finding)
}

/** A finding as one line: outcome, time, words, figures. */
export function findingInWords(finding: Finding): string {
  const when =
    finding.when === 'not applicable' || finding.when === 'not reported' ? '' : ` (${finding.when})`
  const groups = groupFiguresInWords(finding)
  const parts = [
    finding.text && minusSigns(finding.text).replace(/\.$/, ''),
    groups,
    estimateInWords(finding),
  ].filter((part) => part)
  return `${finding.outcome}${when}: ${parts.join('. ')}${parts.length > 0 ? '.' : 'not reported here.'}`
}

/** The figures of the two groups in one phrase; null when the study gave none. */
export function groupFiguresInWords(finding: Finding): string | null {
  const { ketamine, control } = finding
  if (ketamine !== null && control !== null)
    return `${minusSigns(ketamine)} with ketamine, ${minusSigns(control)} in comparison`
  if (ketamine !== null) return `${minusSigns(ketamine)}`
  return control === null ? null : `${minusSigns(control)} in comparison`
}

/** Gives negative figures in a text a real minus sign. */
export function minusSigns(text: string): string {
  return text.replace(/(^|[\s(])-(?=\d)/g, '$1−')
}
