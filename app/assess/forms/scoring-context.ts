import type { ScoringContext } from '@evenkeel/questionnaires'
import type { PhaseId, TrackId } from './condition-track.ts'

/** The substance by which a form's limits differ, where the track names one (Severity of Dependence Scale). */
const SUBSTANCE_OF_TRACK: Partial<Record<TrackId, string>> = {
  alcohol: 'alcohol',
  cannabis: 'cannabis',
  cocaine: 'cocaine',
  methamphetamine: 'amphetamine',
  opioids: 'heroin',
  benzodiazepines: 'benzodiazepine',
}

/**
 * What scoring is told beside the answers. Unknown sex takes the lower limits, by each instrument's own rule; a track
 * without a substance gives no substance, and then no band that depends on one. What is rated before somebody goes home
 * says so, since some limits hold for that moment alone (CADSS).
 */
export function scoringContext(
  sex: string | undefined,
  track: TrackId | undefined,
  phase?: PhaseId,
): ScoringContext {
  const substance = track && SUBSTANCE_OF_TRACK[track]
  return {
    sex: sex ?? 'unknown',
    ...(substance ? { substance } : {}),
    ...(phase === 'before-leaving' ? { timepoint: 'pre-discharge' } : {}),
  }
}
