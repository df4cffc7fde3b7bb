import { addMs, DAY_MS } from '../../../platform/time.ts'
import {
  type AlertFacts,
  ascending,
  type LedgerAlert,
  LOOK_BACK_DAYS,
  listInWords,
  nameOf,
  type RuleAnswer,
} from './alert.ts'

/** From so many witnessed acts on it is looked at who witnesses, and from which share on it is told. Design defaults. */
const LEAST_ACTS = 20
const SAME_SHARE = 0.8

/**
 * Somebody whose acts are nearly always witnessed by the same colleague: at least 80 % of at least 20 acts within 90 days. An act of several
 * movements counts once. Two people who witness each other are one alert.
 */
export function witnessRule(facts: AlertFacts): RuleAnswer {
  const from = addMs(facts.at, -LOOK_BACK_DAYS * DAY_MS)
  const acts = new Map<string, { by: string; witness: string; at: AlertFacts['at'] }>()
  for (const { actId, by, witness, at } of facts.movements) {
    if (witness === undefined || at < from || at > facts.at) continue
    const known = acts.get(actId)
    if (!known || at < known.at) acts.set(actId, { by, witness, at })
  }
  const all = [...acts.values()]
  const people = new Set(all.flatMap(({ by, witness }) => [by, witness]))
  const pairs = new Map<string, { account: string; witness: string; same: typeof all; of: number }[]>()
  for (const [account, own] of Map.groupBy(all, ({ by }) => by)) {
    if (own.length < LEAST_ACTS) continue
    for (const [witness, same] of Map.groupBy(own, (act) => act.witness)) {
      if (same.length < SAME_SHARE * own.length) continue
      const pair = ascending([account, witness]).join(' ')
      pairs.set(pair, [...(pairs.get(pair) ?? []), { account, witness, same, of: own.length }])
    }
  }
  const alerts = [...pairs].map(([pair, found]): LedgerAlert => {
    const sides = found.toSorted((a, b) => (a.account < b.account ? -1 : 1))
    const accounts = pair.split(' ')
    return {
      code: 'same-witness',
      key: `same-witness ${pair}`,
      severity: 'amber',
      title: `Nearly always the same witness: ${listInWords(accounts.map((account) => nameOf(facts, account)))}`,
      detail: `${sides
        .map(
          ({ account, witness, same, of }) =>
            `Of ${of} witnessed acts of ${nameOf(facts, account)} within ${LOOK_BACK_DAYS} days ${nameOf(facts, witness)} witnessed ${same.length}.`,
        )
        .join(' ')}${people.size === 2 ? ' Nobody else witnessed anything in that time.' : ''}`,
      todo:
        people.size === 2
          ? 'Where only two people work it cannot be otherwise. Let the manager count with each of them from time to time.'
          : 'Let others witness too. It says nothing about these two but that nobody else has looked.',
      since: sides.flatMap(({ same }) => same.map(({ at }) => at)).sort()[0],
      ids: { accounts },
    }
  })
  return { alerts }
}
