import { normalUpperTail } from '../distributions.ts'
import { type Refusal, refuse } from '../refusal.ts'
import { openUnit, type PlanRefusal, type PowerPlan, planned, positive } from './planning.ts'

export type LogRankPlan = PowerPlan & {
  /** Hazard ratio to be found, new arm over control. */
  readonly hazardRatio: number
  /** Share of people in the new arm, 0.5 unless told. */
  readonly allocation?: number
}

/**
 * Events needed for a log-rank test to find a hazard ratio, and people when the share with the event is known.
 * Unrounded: round up.
 *
 * @param plan hazard ratio, allocation, alpha, power
 * @param controlEventShare share of the control arm with the event by the end, to get people; hazards proportional
 * @returns `schoenfeld` and `freedman` events (Freedman's formula supposes equal arms), the survival of both arms at the
 * end and the people in both arms together; people are null without `controlEventShare`
 * Source: Schoenfeld, Biometrics 1983;39:499; Freedman, Stat Med 1982;1:121.
 * @example sampleSizeLogRank({ hazardRatio: 0.65, power: 0.9 }, 0.6) // 226.5 events, 431.9 people
 */
export function sampleSizeLogRank(
  plan: LogRankPlan,
  controlEventShare?: number,
):
  | {
      readonly ok: true
      readonly events: { readonly schoenfeld: number; readonly freedman: number }
      readonly people: {
        readonly schoenfeld: number
        readonly freedman: number
        readonly controlSurvival: number
        readonly newSurvival: number
      } | null
    }
  | Refusal<PlanRefusal> {
  const { hazardRatio, allocation = 0.5 } = plan
  const asked = planned(plan)
  if (!asked || !positive(hazardRatio) || !openUnit(allocation)) return refuse('out-of-range')
  if (controlEventShare !== undefined && !openUnit(controlEventShare)) return refuse('out-of-range')
  if (hazardRatio === 1) return refuse('no-difference')
  const z2 = (asked.zAlpha + asked.zPower) ** 2
  const events = {
    schoenfeld: z2 / (allocation * (1 - allocation) * Math.log(hazardRatio) ** 2),
    freedman: z2 * ((1 + hazardRatio) / (1 - hazardRatio)) ** 2,
  }
  if (controlEventShare === undefined) return { ok: true, events, people: null }
  const controlSurvival = 1 - controlEventShare
  const newSurvival = controlSurvival ** hazardRatio
  const eventShare = 1 - (allocation * newSurvival + (1 - allocation) * controlSurvival)
  return {
    ok: true,
    events,
    people: {
      schoenfeld: events.schoenfeld / eventShare,
      freedman: events.freedman / eventShare,
      controlSurvival,
      newSurvival,
    },
  }
}

/**
 * The power of a log-rank test when so many events have been seen.
 *
 * @param plan hazard ratio, allocation and two-sided alpha
 * @param events events in both arms together
 * Source: Schoenfeld, Biometrics 1983;39:499.
 * @example powerLogRank({ hazardRatio: 0.65, allocation: 1 / 3 }, 200) // 0.819
 */
export function powerLogRank(
  plan: Omit<LogRankPlan, 'power'>,
  events: number,
): { readonly ok: true; readonly power: number } | Refusal<'out-of-range'> {
  const { hazardRatio, allocation = 0.5 } = plan
  const asked = planned(plan)
  if (!asked || !positive(hazardRatio) || !openUnit(allocation) || !positive(events)) {
    return refuse('out-of-range')
  }
  const shift = Math.sqrt(events * allocation * (1 - allocation)) * Math.abs(Math.log(hazardRatio))
  return { ok: true, power: normalUpperTail(asked.zAlpha - shift) }
}
