import { wilsonInterval } from '@evenkeel/outcome-statistics'
import type { StudyFacts } from '../../find/index.server.ts'
import { type PublishedOutcome, publishedOutcomes, whyNoPoint } from './published-outcomes.ts'

export type StudyArm = {
  readonly name: 'With ketamine' | 'Comparison'
  readonly count: number
  readonly of: number
  readonly share: number
  readonly lower: number
  readonly upper: number
}

type StudyLine = Pick<
  StudyFacts,
  'id' | 'citation' | 'href' | 'direction' | 'harms' | 'limits' | 'people' | 'kind' | 'found'
>

/** One outcome of a study with its arms, and why it cannot be held against ours. */
export type StudyPoint = StudyLine & {
  readonly key: string
  readonly label: string
  readonly outcome: string
  readonly when: string
  readonly arms: readonly StudyArm[]
  readonly notComparable: readonly string[]
}

/** A study without a usable figure for this outcome, and why. */
export type StudyWithout = StudyLine & { readonly why: string }

export type BesideStudies = {
  readonly points: readonly StudyPoint[]
  readonly without: readonly StudyWithout[]
  /** Reviews tell of these same studies and are not counted again. */
  readonly reviews: number
}

/** Trials of treatment whose news is not good and which have no point: a picture without them must say so beside itself. */
export function notDrawn({ without }: Pick<BesideStudies, 'without'>): StudyWithout[] {
  return without.filter(
    ({ found, kind }) => (found === 'no-benefit' || found === 'mixed') && /^Trial /.test(kind),
  )
}

/**
 * The same outcome, people without use at a time, in published studies: as counts printed by the study with Wilson's 95 % interval, each with
 * why it is not comparable with a clinic's own figure. Every study that is no review is in one of the two lists.
 *
 * @param studies as `studiesOfAddiction()` brings them
 * @throws Error when a judged outcome is not in the study's record or has no printed counts: the judgement is out of date
 */
export function besideStudies(
  studies: readonly StudyFacts[],
  outcomes: readonly PublishedOutcome[] = publishedOutcomes,
): BesideStudies {
  const points = outcomes.map((outcome) => pointOf(outcome, studies))
  return {
    points,
    without: studies
      .filter(({ id, recordType }) => recordType !== 'review' && !points.some((point) => point.id === id))
      .map((study) => ({ ...lineOf(study), why: whyWithout(study) })),
    reviews: studies.filter(({ recordType }) => recordType === 'review').length,
  }
}

function pointOf(outcome: PublishedOutcome, studies: readonly StudyFacts[]): StudyPoint {
  const study = studies.find(({ id }) => id === outcome.studyId)
  const finding = study?.findings.find((one) => one.outcome === outcome.outcome && one.when === outcome.when)
  const arms = finding && [
    ...armOf('With ketamine', finding.ketamine),
    ...armOf('Comparison', finding.control),
  ]
  if (!study || !arms?.length || finding?.checked !== 'source' || study.unverified)
    throw new Error(`${outcome.studyId}: "${outcome.outcome}" (${outcome.when}) has no checked counts`)
  return {
    ...lineOf(study),
    key: `${study.id} ${outcome.when}`,
    label: `${study.citation}: ${outcome.label}`,
    outcome: outcome.outcome,
    when: outcome.when,
    arms,
    notComparable: whyNotComparable(study, outcome),
  }
}

/** "13 of 27 (48.2%)", as printed; percentages without counts are no counts. */
function armOf(name: StudyArm['name'], printed: string | null): StudyArm[] {
  const found = /^(\d+) of (\d+)\b/.exec(printed ?? '')
  if (!found) return []
  const interval = wilsonInterval(Number(found[1]), Number(found[2]))
  if (!interval.ok) return []
  const { count, n, proportion, lower, upper } = interval
  return [{ name, count, of: n, share: proportion, lower, upper }]
}

function lineOf({
  id,
  citation,
  href,
  direction,
  found,
  harms,
  limits,
  people,
  kind,
}: StudyFacts): StudyLine {
  return { id, citation, href, direction, found, harms, limits, people, kind }
}

/** Everything known in which the study differs from counting everybody treated in a clinic. */
function whyNotComparable(study: StudyFacts, outcome: PublishedOutcome): string[] {
  const chance = study.recordType.startsWith('rct')
  return [
    `People: ${lowerFirst(study.condition)}; here everybody treated, whatever the substance.`,
    chance
      ? 'How they came: people who met the rules of a trial and agreed that chance decides; here whoever came and was found eligible.'
      : 'How they came: chance decided nothing, so people who were readier may have got one care rather than the other.',
    `What counts: ${outcome.counts}. Here: no use of anything told in the week up to day 90, by check-ins and the use calendar.`,
    `When: ${outcome.time}. Here: 90 days after the first session.`,
    `How it is known: ${outcome.howKnown}.`,
    ...(chance && /neither/i.test(study.design)
      ? ['Blinding: people there were not to know what they got; here everybody knows.']
      : []),
    `What was given: ${[study.dose, study.therapy].filter((part) => part !== null).join('; ') || 'not in our record'}.`,
  ]
}

/** Why a study has no point, in the order in which somebody would ask. */
function whyWithout(study: StudyFacts): string {
  if (study.recordType === 'ongoing') return 'Under way: no result yet.'
  if (study.recordType === 'withdrawn') return 'Withdrawn before anybody joined.'
  if (study.recordType === 'unpublished') return 'Never published with numbers.'
  if (study.unverified) return 'We could not check its record in its source.'
  if (study.recordType === 'secondary-analysis')
    return 'A second look at the data of a trial that is listed itself.'
  if (study.recordType === 'case-report') return 'One person.'
  if (study.aim === 'withdrawal') return 'It is about easing withdrawal, not about use afterwards.'
  if (study.aim === 'mechanism') return 'It asks how ketamine acts, not who goes on without use.'
  const judged = whyNoPoint[study.id]
  if (judged !== undefined) return judged
  const speaksOfIt =
    /not (drinking|using)|off (opioids|heroin)|without alcohol|abstinen|return to (drinking|use)/i
  const said = study.findings.filter(({ outcome }) => speaksOfIt.test(outcome))
  if (said.some(({ checked }) => checked !== 'source'))
    return 'It gives percentages, which we know only from a press text or from memory, not as counts in its own report.'
  if (said.some(({ ketamine }) => /%/.test(ketamine ?? '')))
    return 'It prints percentages without the counts behind them, so no interval can be computed.'
  if (said.length > 0) return 'It tells of use, but prints no counts of people without use for its groups.'
  return 'It reports another outcome.'
}

function lowerFirst(text: string): string {
  return `${text.charAt(0).toLowerCase()}${text.slice(1)}`
}
