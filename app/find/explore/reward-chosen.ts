import { lastTrial, type RewardStage, rewardStages, rewardStory } from './reward-learning.ts'

/** What the address asks to see, and what to say when that was not understood. */
export type RewardChosen = {
  /** From 1 to `lastTrial`. */
  readonly trial: number
  /** The address names a part that is not there. */
  readonly stageProblem?: string
  readonly trialProblem?: string
  /** As typed, so that it is not lost. */
  readonly typedTrial?: string
}

/**
 * Reads `?stage=fade` (the last trial of that part) or `?trial=14`; a trial wins. Never refuses: what is not understood is
 * shown as the first part, and said.
 *
 * @example rewardChosenFrom(new URLSearchParams('stage=crave')) // { trial: 13 }
 */
export function rewardChosenFrom(query: URLSearchParams): RewardChosen {
  const wanted = query.get('stage') ?? ''
  const stage = rewardStages.find((one) => one === wanted)
  const usual = endOfStage(stage ?? 'learn')
  const typed = (query.get('trial') ?? '').trim().slice(0, 20)
  const number = /^\d{1,3}$/.test(typed) ? Number(typed) : undefined
  const trial = number !== undefined && number >= 1 && number <= lastTrial ? number : undefined
  return {
    trial: trial ?? usual,
    ...(stage === undefined && wanted !== ''
      ? { stageProblem: 'There is no such part of this story. The first one is shown.' }
      : {}),
    ...(trial === undefined && typed !== ''
      ? {
          trialProblem: `Enter a whole number from 1 to ${lastTrial}. Time ${usual} is shown.`,
          typedTrial: typed,
        }
      : {}),
  }
}

/** The last trial of a part: what its link shows. */
export function endOfStage(stage: RewardStage): number {
  return rewardStory.findLast((trial) => trial.stage === stage)!.number
}
