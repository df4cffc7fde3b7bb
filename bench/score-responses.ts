import { firedTriggers, instrumentById, type ScoringDefinition } from '@evenkeel/questionnaires'
import { scoreItemsBy } from '@evenkeel/questionnaires/form'
import { browserBundle, ENGINE, gzippedBytes } from '../packages/questionnaires/src/browser-bundle.node.ts'
import type { Figure, Measure } from './figure.ts'

type Answers = Readonly<Record<string, number>>

const DIFFERENT = 10_000

/** A small generator of the same numbers in every run (Numerical Recipes' LCG). */
function chance(): () => number {
  let state = 1
  return () => {
    state = (state * 1664525 + 1013904223) >>> 0
    return state / 2 ** 32
  }
}

function completeResponses({ items }: ScoringDefinition): Answers[] {
  const next = chance()
  return Array.from({ length: DIFFERENT }, () =>
    Object.fromEntries(
      items.map(({ id, values = [] }) => [id, values[Math.floor(next() * values.length)]!.value]),
    ),
  )
}

/** Seconds for `count` calls on the responses in turn, the best of three rounds. */
function seconds(count: number, responses: readonly Answers[], work: (answers: Answers) => unknown): number {
  let best = Number.POSITIVE_INFINITY
  for (let round = 0; round < 3; round += 1) {
    const started = performance.now()
    let kept: unknown
    for (let i = 0; i < count; i += 1) kept = work(responses[i % DIFFERENT]!)
    best = Math.min(best, performance.now() - started)
    if (kept === undefined) throw new Error('nothing was scored')
  }
  return best / 1000
}

const sumOf = (answers: Answers, ids: readonly string[]) => {
  let sum = 0
  for (const id of ids) sum += answers[id]!
  return sum
}
const numbered = (count: number) => Array.from({ length: count }, (_, place) => `q${place + 1}`)
const bandIn = (bands: readonly (readonly [number, string])[], sum: number) =>
  bands.find(([most]) => sum <= most)![1]

const PHQ9 = numbered(9)
const PHQ9_BANDS = [
  [4, 'minimal'],
  [9, 'mild'],
  [14, 'moderate'],
  [19, 'moderately severe'],
  [27, 'severe'],
] as const
const AUDIT = numbered(10)
const AUDIT_BANDS = [
  [7, 'zone I'],
  [15, 'zone II'],
  [19, 'zone III'],
  [40, 'zone IV'],
] as const

/** What one would write by hand for complete, well-formed responses of one form: no checks, no gaps, no flags. */
const BY_HAND: Readonly<Record<string, (answers: Answers) => unknown>> = {
  'phq-9': (answers) => {
    const total = sumOf(answers, PHQ9)
    return { total, band: bandIn(PHQ9_BANDS, total), alarm: answers.q9! > 0 }
  },
  audit: (answers) => {
    const total = sumOf(answers, AUDIT)
    return { total, band: bandIn(AUDIT_BANDS, total) }
  },
  'c-ssrs-screener': ({ q1, q2, q3, q4, q5, q6, q7 }) =>
    q4! + q5! + q7! > 0 ? 'high' : q3! + q6! > 0 ? 'moderate' : q1! + q2! > 0 ? 'low' : 'none',
}

/** A million responses scored on one core, beside a loop by hand over the same; and what a browser downloads. */
export const measure: Measure = async ({ smoke }) => {
  const count = smoke ? 10_000 : 1_000_000
  const figures: Figure[] = []
  for (const [id, byHand] of Object.entries(BY_HAND)) {
    const instrument = instrumentById(id)!
    const responses = completeResponses(instrument)
    figures.push({
      name: `${id}, ${count.toLocaleString('en')} responses`,
      unit: 's',
      ours: seconds(count, responses, (answers) => scoreItemsBy(instrument, answers)),
      peer: { name: 'sum and band by hand', value: seconds(count, responses, byHand) },
      how: `${DIFFERENT.toLocaleString('en')} different complete responses in turn, best of three rounds, one core`,
    })
  }
  const first = [{ q9: 1 }, { q9: 0 }] as const
  const calls = smoke ? 1_000 : 100_000
  const started = performance.now()
  for (let i = 0; i < calls; i += 1) firedTriggers('phq-9', first[i % 2]!)
  figures.push({
    name: 'phq-9, triggers of one answer',
    unit: 'µs',
    ours: ((performance.now() - started) / calls) * 1000,
    how: `${calls.toLocaleString('en')} calls as on every saved answer`,
  })
  const engine = gzippedBytes(await browserBundle(ENGINE))
  for (const [id, form] of [
    ['phq-9', 'phq9Form'],
    ['assist', 'assistForm'],
  ]) {
    const code = await browserBundle(ENGINE, `export { ${form} } from './instruments/${id}.ts'`)
    figures.push({
      name: `${id} with the engine, in the browser`,
      unit: 'kB gz',
      ours: gzippedBytes(code) / 1000,
      peer: { name: 'the engine alone', value: engine / 1000 },
      how: 'minified and gzipped as the pages are',
    })
  }
  return figures
}
