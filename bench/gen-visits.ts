import type { Design } from '@evenkeel/outcome-statistics'
import { mulberry32 } from './gen.ts'

/** Invented people seen at up to twelve visits; one column per property, one entry per visit kept. */
export type GeneratedVisits = {
  readonly person: Float64Array
  readonly visit: Float64Array
  readonly arm: Float64Array
  readonly ageYears: Float64Array
  /** A score that falls over the visits, with an own level and slope for each person. */
  readonly score: Float64Array
  /** 1 = abstinent at the visit. */
  readonly abstinent: Float64Array
}

/**
 * Repeated visits: each person draws arm, age, level, slope and a leaning towards abstinence, then a score and a yes or no
 * at each visit, and leaves for good with probability 0.03 after each. R's answers on these rows are known.
 *
 * @param people how many
 * @param seed any 32-bit whole number
 */
export function generateVisits(people: number, seed: number): GeneratedVisits {
  const uniform = mulberry32(seed)
  const normal = () => {
    const radius = Math.sqrt(-2 * Math.log(1 - uniform()))
    return radius * Math.cos(2 * Math.PI * uniform())
  }
  const rows: number[][] = []
  for (let person = 1; person <= people; person++) {
    // The order of the draws is part of the recipe.
    const arm = uniform() < 0.5 ? 0 : 1
    const age = 18 + Math.floor(53 * uniform())
    const level = 4 * normal()
    const slope = 0.4 * normal()
    const leaning = 1.2 * normal()
    for (let visit = 1; visit <= 12; visit++) {
      const trend = 25 - 0.6 * visit - 0.3 * arm * visit + 0.03 * (age - 40)
      const score = Math.round((trend + level + slope * visit + 3 * normal()) * 1000) / 1000
      const share = 1 / (1 + Math.exp(-(-0.8 + 0.08 * visit + 0.05 * arm * visit + leaning)))
      rows.push([person, visit, arm, age, score, uniform() < share ? 1 : 0])
      if (uniform() < 0.03) break
    }
  }
  const column = (at: number) => Float64Array.from(rows, (row) => row[at]!)
  return {
    person: column(0),
    visit: column(1),
    arm: column(2),
    ageYears: column(3),
    score: column(4),
    abstinent: column(5),
  }
}

/** Intercept, visit, arm, age and visit by arm. */
export function designOf({ visit, arm, ageYears }: GeneratedVisits): Design {
  return {
    names: ['(Intercept)', 'visit', 'arm', 'age', 'visit:arm'],
    columns: [
      new Float64Array(visit.length).fill(1),
      visit,
      arm,
      ageYears,
      visit.map((when, row) => when * arm[row]!),
    ],
  }
}
