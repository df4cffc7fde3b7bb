import { ALERT_CODES, type AlertFacts, type LedgerAlert, type NotJudged } from './alert.ts'
import { countRule } from './count-rule.ts'
import { hoursRule } from './hours-rule.ts'
import { lotRule } from './lot-rule.ts'
import { needRule } from './need-rule.ts'
import { wasteRule } from './waste-rule.ts'
import { witnessRule } from './witness-rule.ts'

const RULES = [lotRule, needRule, wasteRule, countRule, hoursRule, witnessRule]

/**
 * What the ledger should be asked about now, red first, then by kind, then what lasts longest. Pure: the same facts in any order give the
 * same answer.
 *
 * @returns the alerts, and in words what could not be judged; neither is a finding about a person
 */
export function ledgerAlerts(facts: AlertFacts): {
  readonly alerts: readonly LedgerAlert[]
  readonly notJudged: readonly NotJudged[]
} {
  const answers = RULES.map((rule) => rule(facts))
  return {
    alerts: answers
      .flatMap(({ alerts }) => alerts)
      .toSorted(
        (a, b) =>
          Number(b.severity === 'red') - Number(a.severity === 'red') ||
          ALERT_CODES.indexOf(a.code) - ALERT_CODES.indexOf(b.code) ||
          compare(a.since ?? '', b.since ?? '') ||
          compare(a.key, b.key),
      ),
    notJudged: answers.flatMap(({ notJudged }) => notJudged ?? []),
  }
}

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)
