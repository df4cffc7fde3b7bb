import { createHash } from 'node:crypto'
import type { Read } from '../../platform/database.server.ts'
import type { ClinicId, PersonId } from '../../platform/ids.ts'
import type { Instant } from '../../platform/time.ts'
import { evaluateFor } from './decision-of.server.ts'
import type { RuleResult } from './eligibility.ts'

/** A mark is 128 bits of a SHA-256, in hexadecimal. */
const MARK_LENGTH = 32

/**
 * Every rule as it stood before whoever signs, as one text for a hidden field: a mark for each, over its version, class,
 * truth, and the id, value and trouble of each fact it saw. What is signed is compared with it, and as a field of the
 * form a passkey's answer covers it.
 *
 * @param results the evaluation from which the page is drawn
 * @returns "rule:mark" for each rule, parted by spaces
 * @example shownRules(results) // 'adult:5f0c… not-pregnant:a91e…'
 */
export function shownRules(results: readonly RuleResult[]): string {
  return results.map((result) => `${result.ruleId}:${markOf(result)}`).join(' ')
}

/** What the decision page would show now: for whoever signs without one. */
export async function rulesShownNow(
  db: Read,
  clinicId: ClinicId,
  personId: PersonId,
  at: Instant,
): Promise<string> {
  return shownRules(await evaluateFor(db, clinicId, personId, at))
}

/**
 * The rules that are not as they were shown, those that came or went since among them.
 *
 * @param shown as `shownRules` made it; anything else counts as nothing shown
 * @param now the evaluation that would be signed
 * @returns ids in the order of `now`, then those that are gone; empty when what would be signed is what was shown
 */
export function rulesNotAsShown(shown: string, now: readonly RuleResult[]): string[] {
  const before = new Map(
    shown.split(' ').flatMap((pair): [string, string][] => {
      const [id, mark] = pair.split(':')
      return id && mark ? [[id, mark]] : []
    }),
  )
  const other = now.filter((result) => before.get(result.ruleId) !== markOf(result))
  const there = new Set(now.map(({ ruleId }) => ruleId))
  return [...other.map(({ ruleId }) => ruleId), ...[...before.keys()].filter((id) => !there.has(id))]
}

function markOf({ version, ruleClass, never, truth, facts }: RuleResult): string {
  const seen = facts
    .map(({ kind, factId, value, trouble }) => ({ kind, factId, value, trouble }))
    .sort((a, b) => a.kind.localeCompare(b.kind))
  return createHash('sha256')
    .update(canonical({ version, ruleClass, never, truth, seen }))
    .digest('hex')
    .slice(0, MARK_LENGTH)
}

/** The database keeps no order of members, so they are sorted at every depth. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_name, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  )
}
