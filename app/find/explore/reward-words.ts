import type { RewardStage, StoryTrial } from './reward-learning.ts'

/** Name and one plain sentence of each part. */
export const stageWords: Readonly<Record<RewardStage, { readonly name: string; readonly text: string }>> = {
  learn: {
    name: 'Learn',
    text: 'The cue comes, then the drug. At first the drug is the surprise. Bit by bit the cue foretells it, and the surprise moves from the drug to the cue.',
  },
  crave: {
    name: 'Crave',
    text: 'The cue comes, and no drug. Now the pull is at its strongest. The moment when the drug should be there is worse than nothing: it is less than was expected.',
  },
  fade: {
    name: 'Fade',
    text: 'The cue comes again and again, and no drug. Each time a little less is expected, and the pull grows weaker.',
  },
  return: {
    name: 'Come back',
    text: 'One drug after a long quiet. The pull comes back by one step. In this model it does not jump to where it was. Then the cue comes alone, and the pull fades again.',
  },
}

/** One trial in words. */
export type TrialWords = {
  readonly when: string
  readonly pull: string
  readonly outcome: string
  /** All of it, short, for the slider. */
  readonly spoken: string
}

/**
 * One trial as sentences; the same on the server and in the page's script. Figures are on the model's own scale of 0 to 100.
 *
 * @example trialInWords(rewardStory[0]!).outcome // 'The drug comes. That is 100 better than expected.'
 */
export function trialInWords(trial: StoryTrial): TrialWords {
  const pull = onScale(trial.pull)
  const better = outcomeWords(trial)
  const came = trial.drug ? 'The drug comes' : 'No drug comes'
  return {
    when: `${stageWords[trial.stage].name}: the cue, ${trial.drug ? 'then the drug' : 'and no drug'}${trial.ofStage > 1 ? ` (${trial.inStage} of ${trial.ofStage})` : ''}`,
    pull:
      pull === 0
        ? 'At the cue there is no pull.'
        : `At the cue the pull is ${pull}, on the model’s own scale of 0 to 100.`,
    outcome: `${came}. That is ${better}.`,
    spoken: `Time ${trial.number}, ${stageWords[trial.stage].name.toLowerCase()}: pull ${pull}. ${came}, ${better}`,
  }
}

/** A value of the model from −1 to 1 as a whole number of its scale; never −0. */
export function onScale(value: number): number {
  return Math.round(100 * value) || 0
}

function outcomeWords({ surprise }: StoryTrial): string {
  const size = onScale(surprise)
  if (size === 0) return 'as expected'
  return size > 0 ? `${size} better than expected` : `${-size} worse than expected`
}
