import { type Allocated, blockFacts, coinTossImbalance, minimise } from '../src/index.ts'
import { answered, type ReferenceCase } from './case.ts'

/** Cases of randomisation.json. */
export function randomisationFigures(c: ReferenceCase): unknown {
  if (c.id.startsWith('block-')) {
    const { block, arms } = c.args as { block: number; arms: number }
    const facts = answered(blockFacts(block, arms))
    return {
      block,
      arms,
      n_blocks: facts.blocks,
      max_imbalance: facts.maxImbalance,
      expected_correct_guesses_per_block: facts.expectedCorrectGuesses,
      prob_last_predictable: facts.lastPredictable,
    }
  }
  if (c.id === 'simple-randomisation-imbalance') {
    const found = (c.args as { n: number[] }).n.map((people) => answered(coinTossImbalance(people)))
    return {
      p_split_40_60_or_worse: found.map((f) => f.unevenProbability),
      expected_abs_imbalance: found.map((f) => f.meanDifference),
    }
  }
  if (c.id === 'minimisation-range-p1') return minimisationFigures(c)
  return undefined
}

function minimisationFigures(c: ReferenceCase): unknown {
  const { patients, arms } = c.args as { patients: Record<string, string[]>; arms: string[] }
  const factors = Object.values(patients)
  const before: Allocated[] = []
  return factors[0]!.map((_, i) => {
    const levels = factors.map((factor) => factor[i]!)
    const { imbalance, preferred, allocated } = answered(minimise(levels, before))
    before.push({ levels, arm: allocated })
    return {
      patient: i + 1,
      imbalance_if_T: imbalance[0],
      imbalance_if_C: imbalance[1],
      preferred: preferred === null ? 'tie' : arms[preferred],
      allocated: arms[allocated],
    }
  })
}
