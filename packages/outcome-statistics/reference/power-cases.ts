import {
  designEffect,
  powerLogRank,
  powerTTest,
  powerTwoProportions,
  sampleSizeLogRank,
  sampleSizeMcNemar,
  sampleSizeNonInferiorityProportions,
  sampleSizeTTest,
  sampleSizeTwoProportions,
} from '../src/index.ts'
import { answered, type ReferenceCase } from './case.ts'

type Numbers = Record<string, number>

/** Cases of power.json. */
export function powerFigures(c: ReferenceCase): unknown {
  const args = c.args as Numbers
  const { p1, p2, power, alpha = 0.05 } = args as { p1: number; p2: number; power: number; alpha?: number }
  if (c.id.startsWith('n-two-proportions')) {
    const { n2_over_n1: ratio = 1 } = args
    const size = answered(sampleSizeTwoProportions({ p1, p2, power, alpha, ratio }))
    return {
      power_prop_test_n: size.pooled,
      arcsine_n: size.arcsine,
      n1_pooled: size.pooled,
      n1_unpooled: size.unpooled,
      n1_fleiss_cc: size.corrected,
    }
  }
  switch (c.id) {
    case 'power-two-proportions': {
      const found = answered(powerTwoProportions({ p1, p2 }, args.n!))
      return { power: found.power, power_strict: found.bothDirections }
    }
    case 't-test-n': {
      const plan = { delta: args.delta!, sd: args.sd! }
      return {
        n: answered(sampleSizeTTest({ ...plan, power })).n,
        n_paired: answered(sampleSizeTTest({ ...plan, power, design: 'paired' })).n,
        power_at_100: answered(powerTTest(plan, 100)).power,
      }
    }
    case 'logrank-n': {
      const { hr, allocation, p_event_ctrl } = args
      const plan = { hazardRatio: hr!, allocation: allocation!, power, alpha }
      const { events, people } = answered(sampleSizeLogRank(plan, p_event_ctrl!))
      return {
        events_schoenfeld: events.schoenfeld,
        events_freedman: events.freedman,
        surv_ctrl: people?.controlSurvival,
        surv_trt: people?.newSurvival,
        n_total_schoenfeld: people?.schoenfeld,
        n_total_freedman: people?.freedman,
      }
    }
    case 'logrank-power-200-events': {
      const plan = { hazardRatio: args.hr!, allocation: args.allocation! }
      return { power: answered(powerLogRank(plan, args.events!)).power }
    }
    case 'noninferiority-proportions': {
      const { p, margin, one_sided_alpha: oneSidedAlpha } = args as Numbers
      const plan = { p: p!, margin: margin!, oneSidedAlpha: oneSidedAlpha!, power }
      return { n_per_arm: answered(sampleSizeNonInferiorityProportions(plan)).perArm }
    }
    case 'cluster-design-effect': {
      const { m, icc, cv } = args
      return {
        deff_equal: answered(designEffect({ size: m!, icc: icc! })).factor,
        deff_cv: answered(designEffect({ size: m!, icc: icc!, variation: cv! })).factor,
      }
    }
    case 'mcnemar-n':
      return {
        n_pairs_connor: answered(sampleSizeMcNemar({ p10: args.p10!, p01: args.p01!, power })).pairs,
      }
    default:
      return undefined
  }
}

/** How near a figure of power.json must come, relative. */
export function powerTolerance(path: string): number {
  // pwr's root search stops at 1e-4 people; at our n the power is what was asked to 1e-13 (two-proportions.test.ts).
  return path === 'arcsine_n' ? 2e-8 : 1e-10
}
