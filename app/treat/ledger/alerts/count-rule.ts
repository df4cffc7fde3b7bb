import { addMs, DAY_MS } from '../../../platform/time.ts'
import {
  type AlertFacts,
  amountInWords,
  ascending,
  type CountedLot,
  type LedgerAlert,
  type LotOnHand,
  listInWords,
  lotInWords,
  nameOf,
  RECENT_DAYS,
  type RuleAnswer,
} from './alert.ts'

/** So many small differences within the days looked at are no longer chance to be shrugged at. A design default. */
const LEAST_DIFFERENCES = 3

/** From here on a single difference is no small one: half a mL, or more than one device or tablet. A design default. */
const SMALL_HUNDREDTHS = { vial: 50, 'nasal-device': 101, tablet: 101 } as const

/**
 * Small differences of counts that repeat: at least three within 30 days of one lot, or by the same people, each so small that by itself nobody
 * would look. Red once what is missing comes, all together, to what a single count would have to be looked at for.
 */
export function countRule(facts: AlertFacts): RuleAnswer {
  const lots = new Map(facts.lots.map((lot) => [lot.id, lot]))
  const from = addMs(facts.at, -RECENT_DAYS * DAY_MS)
  const small = facts.counts.filter((count) => {
    const size = Math.abs(differenceOf(count))
    // A lot that is not known is counted like a vial's.
    const form = lots.get(count.lotId)?.form ?? 'vial'
    return count.at >= from && count.at <= facts.at && size > 0 && size < SMALL_HUNDREDTHS[form]
  })
  const alerts: LedgerAlert[] = []
  const found = new Set<string>()
  for (const [lotId, counts] of Map.groupBy(small, (count) => count.lotId)) {
    if (counts.length < LEAST_DIFFERENCES) continue
    const lot = lots.get(lotId)
    found.add(idsOf(counts).join(' '))
    alerts.push({
      code: 'repeated-differences-lot',
      key: `repeated-differences-lot ${lotId}`,
      severity: missingTooMuch(counts, lot) ? 'red' : 'amber',
      title: `Small differences that repeat: ${lot ? lotInWords(lot) : 'a lot no longer known'}`,
      detail: `${counts.length} counts within ${RECENT_DAYS} days differed from the ledger by less than would be looked at alone; ${sumInWords(counts, lot)}.`,
      todo: 'Count it again with somebody who has not counted it before, and read its movements since the first of these counts.',
      since: firstAt(counts),
      ids: {
        lots: [lotId],
        counts: idsOf(counts),
        accounts: ascending(counts.flatMap(({ counters }) => counters)),
      },
    })
  }
  const byPair = Map.groupBy(
    small.filter(({ counters }) => new Set(counters).size > 1),
    ({ counters }) => ascending(counters).join(' '),
  )
  for (const [pair, counts] of byPair) {
    // The same counts under the name of their lot already.
    if (counts.length < LEAST_DIFFERENCES || found.has(idsOf(counts).join(' '))) continue
    const accounts = ascending(counts[0]!.counters)
    const byLot = [...Map.groupBy(counts, ({ lotId }) => lotId)].sort(([a], [b]) => (a < b ? -1 : 1))
    alerts.push({
      code: 'repeated-differences-pair',
      key: `repeated-differences-pair ${pair}`,
      severity: byLot.some(([lotId, own]) => missingTooMuch(own, lots.get(lotId))) ? 'red' : 'amber',
      title: `Small differences that repeat when the same people count: ${listInWords(accounts.map((account) => nameOf(facts, account)))}`,
      detail: `${counts.length} counts within ${RECENT_DAYS} days differed a little from the ledger: ${listInWords(
        byLot.map(([lotId, own]) => {
          const lot = lots.get(lotId)
          return `${lot ? lotInWords(lot) : 'a lot no longer known'} ${own.length} times, ${sumInWords(own, lot)}`
        }),
      )}.`,
      todo: 'Let two others count next. How these two measure and read may be the reason.',
      since: firstAt(counts),
      ids: { lots: ascending(counts.map(({ lotId }) => lotId)), counts: idsOf(counts), accounts },
    })
  }
  return { alerts }
}

function differenceOf({ countedHundredths, expectedHundredths }: CountedLot): number {
  return countedHundredths - expectedHundredths
}

function netOf(counts: readonly CountedLot[]): number {
  return counts.reduce((sum, count) => sum + differenceOf(count), 0)
}

function missingTooMuch(counts: readonly CountedLot[], lot: LotOnHand | undefined): boolean {
  return -netOf(counts) >= SMALL_HUNDREDTHS[lot?.form ?? 'vial']
}

function sumInWords(counts: readonly CountedLot[], lot: LotOnHand | undefined): string {
  const net = netOf(counts)
  if (net === 0) return 'all together nothing is missing or over'
  return `all together ${amountInWords(Math.abs(net), lot?.form ?? 'vial')} ${net < 0 ? 'missing' : 'over'}`
}

const idsOf = (counts: readonly CountedLot[]) => ascending(counts.map(({ id }) => id))
const firstAt = (counts: readonly CountedLot[]) => counts.map(({ at }) => at).sort()[0]
