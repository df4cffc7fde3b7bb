import type { Article } from './article.ts'
import { articleHref } from './article.ts'
import { type EvidenceSummary, evidencePlace, gradeInWords, summarizeEvidence } from './evidence-summary.ts'
import type { SiteContent } from './site-content.ts'
import { directionGroup, type Study } from './study.ts'
import { chosenStudies } from './study-rows.ts'

/** A condition as one line of the list. */
export type ConditionLine = {
  readonly id: string
  readonly href: string
  readonly title: string
  /** How many trials in how many people, and what they found; or that there is none. */
  readonly line: string
  readonly grade: string
}

/** Conditions that belong together. */
export type ConditionGroup = { readonly title: string; readonly conditions: readonly ConditionLine[] }

/** Which conditions stand under which head; a test holds every condition to exactly one. */
const groups: readonly { readonly title: string; readonly ids: readonly string[] }[] = [
  {
    title: 'Substances',
    ids: ['alcohol', 'opioids', 'cocaine', 'methamphetamine', 'cannabis', 'nicotine', 'benzodiazepines'],
  },
  { title: 'Behaviors', ids: ['gambling', 'gaming'] },
  { title: 'Mental health', ids: ['depression', 'ptsd', 'bipolar-depression', 'ocd'] },
]

/** Studies of a condition, newest first. */
export function studiesOfCondition(content: SiteContent, condition: Article): Study[] {
  return chosenStudies(content, { topic: condition.topic ?? condition.id })
}

/**
 * Every condition with its evidence in one line, in groups.
 *
 * @throws Error when a condition stands in no group or in two, or a group names one that does not exist
 */
export function conditionGroups(content: SiteContent): ConditionGroup[] {
  const conditions = new Map(
    content.articles.filter(({ kind }) => kind === 'condition').map((article) => [article.id, article]),
  )
  const placed = groups.flatMap(({ ids }) => ids)
  const stray = [...new Set([...placed, ...conditions.keys()])].filter(
    (id) => !conditions.has(id) || placed.filter((other) => other === id).length !== 1,
  )
  if (stray.length > 0) throw new Error(`Conditions not in exactly one group: ${stray.join(', ')}`)
  return groups.map(({ title, ids }) => ({
    title,
    conditions: ids.map((id) => {
      const condition = conditions.get(id)!
      const studies = studiesOfCondition(content, condition)
      const summary = summarizeEvidence(studies)
      return {
        id,
        href: articleHref(condition),
        title: condition.title,
        line: evidenceInOneLine(studies, summary),
        grade: gradeInWords(summary.grade),
      }
    }),
  }))
}

/**
 * The evidence of one subject in a line or two.
 *
 * @example evidenceInOneLine(studies, summary) // '5 trials, 273 people: 1 favored ketamine, 2 mixed, 2 found no benefit. 2 more have no result.'
 */
function evidenceInOneLine(studies: readonly Study[], summary: EvidenceSummary): string {
  if (studies.length === 0) return 'No study at all.'
  const sentences = [summary.trials > 0 ? trialsInWords(summary) : noTrialInWords(studies)]
  if (summary.withoutResult > 0) {
    const more = summary.trials > 0 ? 'more ' : ''
    sentences.push(
      summary.withoutResult === 1
        ? `1 ${more}has no result to count.`
        : `${summary.withoutResult} ${more}have no result to count.`,
    )
  }
  if (summary.unverified > 0) {
    sentences.push(`${summary.unverified} unverified, left out.`)
  }
  return sentences.join(' ')
}

function trialsInWords({ trials, people, trialsOfUnknownSize, byDirection }: EvidenceSummary): string {
  const found = [
    [byDirection.favored, 'favored ketamine'],
    [byDirection['more-over-less'], 'compared more ketamine with less, and more did better'],
    [byDirection.mixed, 'mixed'],
    [byDirection['no-benefit'], 'found no benefit'],
  ] as const
  const unknown = trialsOfUnknownSize > 0 ? ' and more, number not reported' : ''
  return `${trials} ${trials === 1 ? 'trial' : 'trials'}, ${people.toLocaleString('en-US')} people${unknown}: ${found
    .filter(([count]) => count > 0)
    .map(([count, words]) => `${count} ${words}`)
    .join(', ')}.`
}

function noTrialInWords(studies: readonly Study[]): string {
  const uncompared = studies.filter(
    (study) =>
      evidencePlace(study) === 'beside' &&
      study.aim === 'treatment' &&
      directionGroup(study) === 'uncompared',
  )
  if (uncompared.length === 0) return 'No trial that counts has reported.'
  const people = uncompared.reduce((sum, { peopleTotal }) => sum + (peopleTotal ?? 0), 0)
  return `No trial that counts. ${uncompared.length} ${uncompared.length === 1 ? 'study' : 'studies'} with nothing to compare with, ${people.toLocaleString('en-US')} ${people === 1 ? 'person' : 'people'}.`
}
