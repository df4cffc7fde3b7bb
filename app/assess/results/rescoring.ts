import { type Instrument, type ScoringContext, type ScoringOutcome, scoreBy } from '@evenkeel/questionnaires'
import type { InstrumentResponse } from '../instrument-response.ts'

/** Where today's engine gives something else for the same answers. What is stored stays; this only says so. */
export type ScoringDifference = {
  readonly what: string
  readonly stored: string
  readonly today: string
}

/**
 * Scores stored answers again and names what differs.
 *
 * @param context what scoring was told beside the answers, as stored with the response where it was kept
 * @returns empty when today's engine agrees
 */
export function scoredToday(
  response: InstrumentResponse,
  instrument: Instrument,
  context: ScoringContext,
): ScoringDifference[] {
  const stored = said(response.scores)
  const today = said(scoreBy(instrument, response.answers, context))
  return [...new Set([...stored.keys(), ...today.keys()])].flatMap((what) => {
    const pair = { stored: stored.get(what) ?? 'nothing', today: today.get(what) ?? 'nothing' }
    return pair.stored === pair.today ? [] : [{ what, ...pair }]
  })
}

/** An outcome as plain lines, one a score, flag, level, figure and trigger: the order of members does not matter. */
function said(outcome: ScoringOutcome): Map<string, string> {
  const lines = new Map<string, string>()
  if (!outcome.valid) lines.set('refused answers', outcome.errors.join(', '))
  else if ('metrics' in outcome) {
    for (const [id, value] of Object.entries(outcome.metrics)) lines.set(id, known(value))
  } else {
    for (const [id, { value, status, band, label, bounds, exact }] of Object.entries(outcome.scores)) {
      const parts = [known(value)]
      const words = band ?? label
      if (words) parts.push(words)
      if (status !== 'ok') parts.push(status)
      if (exact !== undefined) parts.push(`exactly ${exact}`)
      if (bounds) parts.push(`${bounds[0]} to ${bounds[1]}`)
      lines.set(id, parts.join(', '))
    }
    for (const [id, value] of Object.entries(outcome.flags ?? {})) lines.set(id, known(value))
    for (const [id, { value, lowerBound }] of Object.entries(outcome.categories ?? {})) {
      lines.set(id, value ?? (lowerBound ? `unknown, at least ${lowerBound}` : 'unknown'))
    }
  }
  const triggers = outcome.triggers ?? []
  if (triggers.length > 0) lines.set('triggers', [...triggers].sort().join(', '))
  return lines
}

function known(value: number | string | boolean | null): string {
  return value === null ? 'unknown' : String(value)
}
