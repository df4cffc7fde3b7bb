import { addMs, DAY_MS } from '../../../platform/time.ts'
import { OPENED_TOLERANCE } from '../counts/count.ts'
import { amountInWords, countInWords } from '../movement-words.ts'
import {
  type AlertFacts,
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

/** So many small differences within the days looked at are told. A design default. */
const LEAST_DIFFERENCES = 3

/** Missing all together, in hundredths, from which it is red: half a mL. A design default. */
const RED_MISSING = 50

/**
 * Small differences of counts that repeat: at least three within 30 days of one lot, or by the same people, each so small that the count was taken as
 * agreeing (`OPENED_TOLERANCE`); a larger one has its own task. A vial that is counted several times counts with its last difference. Red once half a
 * mL is missing all together.
 */
export function countRule(facts: AlertFacts): RuleAnswer {
  const lots = new Map(facts.lots.map((lot) => [lot.id, lot]))
  const small = smallDifferences(facts)
  const alerts: LedgerAlert[] = []
  const found = new Set<string>()
  for (const [lotId, counts] of Map.groupBy(small, (count) => count.lotId)) {
    if (counts.length < LEAST_DIFFERENCES) continue
    const lot = lots.get(lotId)
    found.add(idsOf(counts).join(' '))
    alerts.push({
      code: 'repeated-differences-lot',
      key: `repeated-differences-lot ${lotId}`,
      severity: missing(counts) >= RED_MISSING ? 'red' : 'amber',
      title: `Small differences that repeat: ${lot ? lotInWords(lot) : 'a lot no longer known'}`,
      detail: `${counts.length} counts within ${RECENT_DAYS} days agreed but for a little; ${sumInWords(counts, lot)}.`,
      todo: 'Count it next with somebody who has not counted it before, and read its movements since the first of these counts.',
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
    // The same counts stand under the name of their lot already.
    if (counts.length < LEAST_DIFFERENCES || found.has(idsOf(counts).join(' '))) continue
    const accounts = ascending(counts[0]!.counters)
    const byLot = [...Map.groupBy(counts, ({ lotId }) => lotId)].sort(([a], [b]) => (a < b ? -1 : 1))
    const each = byLot.map(([lotId, own]) => {
      const lot = lots.get(lotId)
      const times = countInWords(own.length, 'count', 'counts')
      return `${lot ? lotInWords(lot) : 'a lot no longer known'} in ${times}, ${sumInWords(own, lot)}`
    })
    alerts.push({
      code: 'repeated-differences-pair',
      key: `repeated-differences-pair ${pair}`,
      severity: missing(counts) >= RED_MISSING ? 'red' : 'amber',
      title: `Small differences that repeat when the same people count: ${listInWords(accounts.map((account) => nameOf(facts, account)))}`,
      detail: `${counts.length} counts within ${RECENT_DAYS} days agreed but for a little: ${each.join('; ')}.`,
      todo: 'Let two others count next. How these two measure and read may be the reason.',
      since: firstAt(counts),
      ids: { lots: ascending(counts.map(({ lotId }) => lotId)), counts: idsOf(counts), accounts },
    })
  }
  return { alerts }
}

/** The small differences of the last days, one for each vial: its last. What has no vial stands for itself. */
function smallDifferences({ counts, at }: AlertFacts): CountedLot[] {
  const from = addMs(at, -RECENT_DAYS * DAY_MS)
  const last = new Map<string, CountedLot>()
  for (const count of counts) {
    const size = Math.abs(differenceOf(count))
    if (count.at < from || count.at > at || size === 0 || size > OPENED_TOLERANCE) continue
    const of = count.container ?? count.id
    const known = last.get(of)
    const newer = !known || count.at > known.at || (count.at === known.at && count.id > known.id)
    if (newer) last.set(of, count)
  }
  return [...last.values()]
}

function differenceOf({ countedHundredths, expectedHundredths }: CountedLot): number {
  return countedHundredths - expectedHundredths
}

function missing(counts: readonly CountedLot[]): number {
  return -counts.reduce((sum, count) => sum + differenceOf(count), 0)
}

function sumInWords(counts: readonly CountedLot[], lot: LotOnHand | undefined): string {
  const net = missing(counts)
  if (net === 0) return 'all together nothing is missing or over'
  return `all together ${amountInWords(Math.abs(net), lot?.form ?? 'vial')} ${net > 0 ? 'missing' : 'over'}`
}

const idsOf = (counts: readonly CountedLot[]) => ascending(counts.map(({ id }) => id))
const firstAt = (counts: readonly CountedLot[]) => counts.map(({ at }) => at).sort()[0]
