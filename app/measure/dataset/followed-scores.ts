import { judgedInstruments } from './definitions.ts'

/** A score of an instrument that is compared before and after treatment. */
export type FollowedScore = {
  readonly instrumentId: string
  /** In the stored scores, or with `isMetric` among the figures of a series. */
  readonly scoreId: string
  readonly isMetric: boolean
}

/** Scores for which a source defines response, remission or reliable change; heavy days and the WHO level of drinking. */
export const followedScores: readonly FollowedScore[] = [
  ...judgedInstruments.map(({ id, change }) => ({
    instrumentId: id,
    scoreId: change.score,
    isMetric: false,
  })),
  { instrumentId: 'tlfb', scoreId: 'phdd', isMetric: true },
  { instrumentId: 'who-rdl', scoreId: 'level', isMetric: false },
]
