import { type DirectionGroup, directionGroup, isTrial, type Study } from './study.ts'

/** How far the trials of one subject carry. Our own plain scale, printed with its rule; it is not GRADE. */
export type EvidenceGrade = 'none' | 'early' | 'unsettled' | 'supported'

/** What the checked trials of a treatment add up to, and what was kept out of the sum. */
export type EvidenceSummary = {
  readonly grade: EvidenceGrade
  /** Trials in which chance decided, of the treatment itself, checked in their source, with a result. */
  readonly trials: number
  /** People in those trials; unknown sizes are left out and counted in `trialsOfUnknownSize`. */
  readonly people: number
  readonly trialsOfUnknownSize: number
  readonly byDirection: Readonly<Record<DirectionGroup, number>>
  /** Trials that are running, withdrawn or unpublished: no result to count. */
  readonly withoutResult: number
  /** Records that could not be checked in their source. */
  readonly unverified: number
  /** Everything else about the subject: no comparison by chance, withdrawal in hospital, experiments, reviews. */
  readonly otherStudies: number
}

/** Where a study stands: in the sum, without a result, not verified, or listed beside. */
export type EvidencePlace = 'counted' | 'no-result' | 'unverified' | 'beside'

/**
 * Decides whether a study counts.
 *
 * Counted are trials (chance decided who got what) that ask whether the treatment helps, were checked in their
 * source and have a result. A second look at a trial's data is not counted again; reviews are not counted,
 * because they hold the same trials; unverified records stay out.
 */
export function evidencePlace(study: Study): EvidencePlace {
  if (study.confidence === 'from-memory') return 'unverified'
  if (directionGroup(study) === 'no-result') return 'no-result'
  return isTrial(study) && study.aim === 'treatment' ? 'counted' : 'beside'
}

/** Sums the studies of one subject; see `evidencePlace` for what counts. */
export function summarizeEvidence(studies: readonly Study[]): EvidenceSummary {
  const at = (place: EvidencePlace) => studies.filter((study) => evidencePlace(study) === place)
  const counted = at('counted')
  const byDirection: Record<DirectionGroup, number> = {
    favored: 0,
    'more-over-less': 0,
    mixed: 0,
    'no-benefit': 0,
    uncompared: 0,
    'no-result': 0,
  }
  for (const study of counted) byDirection[directionGroup(study)] += 1
  const people = counted.reduce((sum, study) => sum + (study.peopleTotal ?? 0), 0)
  return {
    grade: gradeOf(counted.length, people, byDirection.favored),
    trials: counted.length,
    people,
    trialsOfUnknownSize: counted.filter((study) => study.peopleTotal === null).length,
    byDirection,
    withoutResult: at('no-result').length,
    unverified: at('unverified').length,
    otherStudies: at('beside').length,
  }
}

function gradeOf(trials: number, people: number, favored: number): EvidenceGrade {
  if (trials === 0) return 'none'
  if (trials < 3 || people < 200) return 'early'
  if (people >= 500 && favored * 3 >= trials * 2) return 'supported'
  return 'unsettled'
}

const gradeWords: Readonly<Record<EvidenceGrade, string>> = {
  none: 'Not known: no trial has reported',
  early: 'Early: too few trials or people to say',
  unsettled: 'Unsettled: the trials do not agree, or are too small together',
  supported: 'Supported by most trials, within their limits',
}

/** The grade as a heading. */
export function gradeInWords(grade: EvidenceGrade): string {
  return gradeWords[grade]
}

/** The rule behind the grade, printed wherever a grade is shown. */
export const gradeRule =
  'Our own scale, computed from the studies listed here. Early: fewer than three trials, or fewer than 200 people. ' +
  'Supported: three trials or more, at least 500 people, and two in three trials favor ketamine over something else. Unsettled: anything between.'

/**
 * What was counted, in sentences.
 *
 * Trials that compared more ketamine with less are told apart and never as ketamine favored.
 *
 * @example countedInWords(summary) // ['5 trials in which chance decided …', '1 favored ketamine, 2 were mixed, 2 found no benefit.']
 */
export function countedInWords(summary: EvidenceSummary): string[] {
  if (summary.trials === 0) return ['No trial in which chance decided who got what has reported a result.']
  const { favored, mixed, 'more-over-less': moreOverLess } = summary.byDirection
  const sentences = [
    `${count(summary.trials, 'trial')} in which chance decided who got what, with ${summary.people.toLocaleString('en-US')} people in all.`,
  ]
  if (moreOverLess < summary.trials) {
    sentences.push(
      `${favored} favored ketamine, ${mixed} ${mixed === 1 ? 'was' : 'were'} mixed, ${summary.byDirection['no-benefit']} found no benefit.`,
    )
  }
  if (moreOverLess > 0) {
    sentences.push(
      `${moreOverLess} of these compared more ketamine with less, and more did better. That cannot show whether ketamine beats none.`,
    )
  }
  if (summary.trialsOfUnknownSize > 0) {
    sentences.push(`${summary.trialsOfUnknownSize} of these trials did not report how many people took part.`)
  }
  return sentences
}

/** What was kept out of the count and why, in sentences; none when everything was counted. */
export function notCountedInWords(summary: EvidenceSummary): string[] {
  const sentences: string[] = []
  if (summary.withoutResult > 0) {
    sentences.push(
      `${count(summary.withoutResult, 'trial')} not finished, withdrawn or unpublished: nothing to count.`,
    )
  }
  if (summary.unverified > 0) {
    sentences.push(`${count(summary.unverified, 'record')} not checked in the source: kept out.`)
  }
  if (summary.otherStudies > 0) {
    sentences.push(
      `${count(summary.otherStudies, 'other study', 'other studies')} listed but not counted: no groups made by chance, hospital withdrawal, experiments, reviews.`,
    )
  }
  return sentences
}

function count(figure: number, one: string, many = `${one}s`): string {
  return `${figure} ${figure === 1 ? one : many}`
}
