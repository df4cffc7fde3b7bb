/**
 * A small model of how a cue comes to pull: reward prediction error.
 *
 * One cue, then the drug or nothing. `V` is what the model expects once the cue has come. It stands for the pull.
 *
 *     at the cue      surprise = V − 0            (the cue comes unannounced, so nothing was expected before it)
 *     at the outcome  surprise δ = r − V          (r = 1 when the drug comes, 0 when it does not)
 *     afterwards      V ← V + α δ
 *
 * With one cue this is the rule of Rescorla and Wagner (1972), `ΔV = αβ(λ − V)` with `αβ = α` and `λ = r`. Seen as two
 * moments in time it is temporal difference learning, TD(0) without discount, in which the surprise moves from the drug to
 * the cue (Schultz, Dayan and Montague, Science 1997;275:1593).
 *
 * The rate and the numbers of trials are ours, chosen so that the picture can be read. No value has a unit of anything
 * real, none is of ketamine, and nothing here happens by time: the model knows no recovery while nothing happens, no
 * places, and no old learning beneath the new (Bouton, Learn Mem 2004;11:485).
 */

/** Share of each surprise that is learned. Ours. */
export const learningRate = 0.25

/** What happens in one trial: the cue always comes; the drug follows or does not. */
export type Trial = { readonly drug: boolean }

/** One trial as the model goes through it; all on the model's own scale from −1 to 1. */
export type LearnedTrial = {
  readonly drug: boolean
  /** What the cue makes expected, before the outcome: the pull. Also the surprise at the cue. */
  readonly pull: number
  /** What came less what was expected: above 0 better, below 0 worse. */
  readonly surprise: number
  /** The pull that the next cue will have. */
  readonly pullAfter: number
}

/**
 * Takes the model through trials, from a cue that means nothing.
 *
 * @param trials in their order
 * @param rate above 0, at most 1
 * @throws RangeError for another rate
 * @example rewardLearning([{ drug: true }, { drug: false }]) // pulls 0, 0.25; surprises 1, −0.25; after 0.25, 0.1875
 */
export function rewardLearning(trials: readonly Trial[], rate: number = learningRate): LearnedTrial[] {
  if (!(rate > 0 && rate <= 1))
    throw new RangeError(`a rate of learning is above 0 and at most 1, not ${rate}`)
  let pull = 0
  return trials.map(({ drug }) => {
    const surprise = (drug ? 1 : 0) - pull
    const before = pull
    pull += rate * surprise
    return { drug, pull: before, surprise, pullAfter: pull }
  })
}

/** The four parts of the story, in their order, with the trials of each. */
export const rewardStages = ['learn', 'crave', 'fade', 'return'] as const
export type RewardStage = (typeof rewardStages)[number]

const stageTrials: Readonly<Record<RewardStage, readonly Trial[]>> = {
  learn: many(12, true),
  crave: many(1, false),
  fade: many(13, false),
  return: [...many(1, true), ...many(9, false)],
}

function many(count: number, drug: boolean): Trial[] {
  return Array.from({ length: count }, () => ({ drug }))
}

/** A trial of the story with its place in it; `number` counts from 1 through the story, `inStage` through its stage. */
export type StoryTrial = LearnedTrial & {
  readonly number: number
  readonly stage: RewardStage
  readonly inStage: number
  readonly ofStage: number
}

/** The whole story: learn, crave once, fade, one drug and fade again. */
export const rewardStory: readonly StoryTrial[] = storyOf()

function storyOf(): StoryTrial[] {
  const places = rewardStages.flatMap((stage) =>
    stageTrials[stage].map((_, index) => ({ stage, inStage: index + 1, ofStage: stageTrials[stage].length })),
  )
  return rewardLearning(rewardStages.flatMap((stage) => stageTrials[stage])).map((trial, index) => ({
    ...trial,
    ...places[index]!,
    number: index + 1,
  }))
}

export const lastTrial = rewardStory.length
