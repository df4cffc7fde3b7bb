import {
  parseWeeklyPattern,
  type WeeklyEndpoint,
  weeklyEndpoint,
  weeklyEndpoints,
} from '@evenkeel/outcome-statistics'
import type { Measure } from './figure.ts'

const DIFFERENT = 10_000
const LETTERS = '-+*o'

/** Patterns of 24 weeks, each week most often like the one before, the same in every run. */
function patterns(): string[] {
  let state = 1
  const next = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 2 ** 32
  }
  return Array.from({ length: DIFFERENT }, () => {
    let letter = '-'
    return Array.from({ length: 24 }, () => {
      if (next() < 0.3) letter = LETTERS[Math.floor(next() * 4)]!
      return letter
    }).join('')
  })
}

/** Seconds for `count` calls on the texts in turn, the best of three rounds. */
function seconds(count: number, texts: readonly string[], work: (text: string) => number): number {
  let best = Number.POSITIVE_INFINITY
  for (let round = 0; round < 3; round += 1) {
    const started = performance.now()
    let kept = 0
    for (let i = 0; i < count; i += 1) kept += work(texts[i % DIFFERENT]!)
    best = Math.min(best, performance.now() - started)
    if (kept <= 0) throw new Error('nothing was found')
  }
  return best / 1000
}

const relapseByHand = (text: string) => text.replaceAll(/[o*]/g, '+').indexOf('++++') + 1

/** A hundred thousand relapses read from text, beside a plain text search; and every published endpoint of as many. */
export const measure: Measure = async ({ smoke }) => {
  const count = smoke ? 1_000 : 100_000
  const texts = patterns()
  const answers = (text: string, endpoints: readonly WeeklyEndpoint[]) => {
    const weeks = parseWeeklyPattern(text)
    if (!weeks.ok) throw new Error(weeks.reason)
    let answered = 0
    for (const endpoint of endpoints) if (weeklyEndpoint(endpoint, weeks.pattern).ok) answered += 1
    return answered
  }
  const how = `${DIFFERENT.toLocaleString('en')} different patterns of 24 weeks in turn, best of three rounds, one core`
  const relapse = [weeklyEndpoints.relapseFourWeeksCtn94]
  const all = Object.values(weeklyEndpoints)
  return [
    {
      name: `weeks to relapse, ${count.toLocaleString('en')} people`,
      unit: 's',
      ours: seconds(count, texts, (text) => answers(text, relapse)),
      peer: { name: 'text search by hand', value: seconds(count, texts, relapseByHand) },
      how,
    },
    {
      name: `all ${all.length} endpoints, ${count.toLocaleString('en')} people`,
      unit: 's',
      ours: seconds(count, texts, (text) => answers(text, all)),
      how,
    },
  ]
}
