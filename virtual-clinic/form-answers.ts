import type { Instrument } from '@evenkeel/questionnaires'
import type { Life } from './world.ts'

type Item = Instrument['items'][number]

/** Forms on which most people answer "no" to nearly everything, with how likely a "yes" is. */
const RARE: Readonly<Record<string, number>> = { mdq: 0.15, 'c-ssrs-screener': 0, asrm: 0.1 }
/** Where a higher answer is the better one. */
const GOOD_IS_HIGH: ReadonlySet<string> = new Set([
  'who-5',
  'swls',
  'readiness-ruler',
  'moaa-s',
  'aldrete',
  'padss',
])
/** Ratings of what treatment does at its peak and shortly after: little by the time they are asked. */
const MOSTLY_CALM: ReadonlySet<string> = new Set(['bprs-plus', 'ketamine-side-effects', 'ciwa-ar', 'cows'])

/**
 * What somebody would answer to one item: the worse off, the further along its values.
 *
 * @param severity 0 (well) to 1 (badly off)
 */
export function answerToItem(
  severity: number,
  random: Life['random'],
  instrumentId: string,
  item: Item,
): number {
  const values =
    item.values?.map(({ value }) => value) ??
    (item.range === undefined ? [0] : [item.range.min, item.range.max])
  const last = values.length - 1
  const place = (share: number) =>
    Math.min(last, Math.max(0, Math.round(last * share + 0.6 * random.normal())))
  // Thoughts of death are asked in several forms: most people answer that there are none.
  if (instrumentId === 'phq-9' && item.id === 'q9') return random.chance(0.12) ? 1 : 0
  const rare = RARE[instrumentId]
  if (rare !== undefined) return random.chance(rare) ? values[last]! : values[0]!
  if (MOSTLY_CALM.has(instrumentId)) {
    const slight = item.range === undefined ? values[Math.min(1, last)]! : item.range.min + item.range.step
    return random.chance(0.12) ? slight : values[0]!
  }
  const badness = GOOD_IS_HIGH.has(instrumentId) ? 1 - severity * 0.7 : severity
  if (item.range !== undefined) {
    const { min, max, step } = item.range
    const steps = (max - min) / step
    const at = Math.min(
      steps,
      Math.max(0, Math.round(steps * badness * 0.8 + 0.08 * steps * random.normal())),
    )
    return Number((min + at * step).toFixed(6))
  }
  if (instrumentId === 'audit' && item.id === 'q1')
    return Math.max(values[1]!, values[place(severity * 1.1)]!)
  return values[place(badness * 0.75)]!
}
