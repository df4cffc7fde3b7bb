import type { ChangeStep, Instrument } from '@evenkeel/questionnaires'
import type { ScoreChange } from './result-change.ts'
import type { ComparedChange } from './result-overview.ts'

/** What one published definition makes of a change, since the last and since baseline. */
export type ChangeReading = {
  readonly title: string
  readonly source: string | undefined
  readonly last: string
  readonly baseline: string
}

const NOT_DEFINED = 'not defined by a source'

/**
 * What published definitions make of a change. A definition that no source gives is said to be missing; one that cannot
 * be applied (a value is not known, or the first one is 0) is unknown.
 *
 * @returns empty when the score is not the one that definitions are about
 */
export function readingsOf({ last, baseline }: ComparedChange, { change }: Instrument): ChangeReading[] {
  if (!last.description && !baseline.description) return []
  type Description = NonNullable<ScoreChange['description']>
  const row = (title: string, source: string | undefined, read: (description: Description) => string) => ({
    title,
    source,
    last: last.description ? read(last.description) : 'unknown',
    baseline: baseline.description ? read(baseline.description) : 'unknown',
  })
  const thresholds = (member: 'mcid' | 'reliableChange', title: string) => {
    const defined = (baseline.description ?? last.description)?.[member]
    if (!change[member] || change[member].length === 0) return [row(title, undefined, () => NOT_DEFINED)]
    if (!defined) return [row(title, undefined, () => 'unknown')]
    return defined.map(({ points, source }, index) =>
      row(`${title}: ${points} points`, source, (description) =>
        verdictInWords(description[member]?.[index]),
      ),
    )
  }
  const truth = (defined: boolean, value: boolean | null) =>
    !defined ? NOT_DEFINED : value === null ? 'unknown' : value ? 'yes' : 'no'
  return [
    row('In per cent of the earlier value', undefined, ({ improvementPercent }) =>
      percentInWords(improvementPercent),
    ),
    row(responseTitle(change.response), undefined, ({ response }) =>
      truth(change.response !== null, response),
    ),
    row(remissionTitle(change.remission), undefined, ({ remission }) =>
      truth(change.remission !== null, remission),
    ),
    ...thresholds('mcid', 'Smallest change that matters'),
    ...thresholds('reliableChange', 'Reliable change'),
  ]
}

function percentInWords(improvementPercent: number | null): string {
  if (improvementPercent === null) return 'unknown'
  if (improvementPercent === 0) return 'the same'
  return improvementPercent > 0 ? `better by ${improvementPercent} %` : `worse by ${-improvementPercent} %`
}

function responseTitle(rule: Instrument['change']['response']): string {
  if (rule === null) return 'Response'
  return 'fallPercent' in rule
    ? `Response: better by at least ${rule.fallPercent} %`
    : `Response: better by at least ${rule.fallPoints} points`
}

function remissionTitle(rule: Instrument['change']['remission']): string {
  if (rule === null) return 'Remission'
  return 'below' in rule ? `Remission: below ${rule.below}` : `Remission: ${rule.atMost} or less`
}

function verdictInWords(step: ChangeStep | undefined): string {
  if (!step) return 'unknown'
  const words = {
    improved: 'better by at least this',
    worsened: 'worse by at least this',
    within: 'smaller than this',
  }
  return words[step.verdict]
}
