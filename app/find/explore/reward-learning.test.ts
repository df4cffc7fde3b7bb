import { describe, expect, it } from 'vitest'
import { lastTrial, learningRate, rewardLearning, rewardStages, rewardStory } from './reward-learning.ts'

const drug = { drug: true }
const nothing = { drug: false }

describe('the model', () => {
  it('goes as worked out by hand, with a rate of a quarter', () => {
    // V: 0, 1/4, 1/4 + 3/16 = 7/16, then without the drug 7/16 − 7/64 = 21/64, and 63/256
    const trials = rewardLearning([drug, drug, nothing, nothing], 0.25)
    expect(trials.map(({ pull }) => pull)).toEqual([0, 1 / 4, 7 / 16, 21 / 64])
    expect(trials.map(({ surprise }) => surprise)).toEqual([1, 3 / 4, -7 / 16, -21 / 64])
    expect(trials.at(-1)!.pullAfter).toBe(63 / 256)
  })

  it('with a rate of one believes the last trial only', () => {
    expect(rewardLearning([drug, nothing, drug], 1).map(({ pullAfter }) => pullAfter)).toEqual([1, 0, 1])
  })

  it('what is fully foretold surprises no more: after n drugs 1 − (3/4)ⁿ is expected', () => {
    rewardLearning(Array(12).fill(drug)).forEach(({ pullAfter }, n) => {
      expect(pullAfter).toBeCloseTo(1 - 0.75 ** (n + 1), 12)
    })
  })

  it('nothing happens by time alone, and nothing is learned from nothing', () => {
    expect(rewardLearning([])).toEqual([])
    expect(rewardLearning([nothing])).toEqual([{ drug: false, pull: 0, surprise: 0, pullAfter: 0 }])
  })

  it.each([0, -1, 1.01, Number.NaN])('refuses a rate of %s', (rate) => {
    expect(() => rewardLearning([drug], rate)).toThrow(RangeError)
  })
})

describe('the story', () => {
  const lastOf = (stage: string) => rewardStory.findLast((trial) => trial.stage === stage)!
  const firstOf = (stage: string) => rewardStory.find((trial) => trial.stage === stage)!

  it('counts its trials through and in each stage', () => {
    expect(rewardStory.map(({ number }) => number)).toEqual(
      Array.from({ length: lastTrial }, (_, i) => i + 1),
    )
    expect([...new Set(rewardStory.map(({ stage }) => stage))]).toEqual(rewardStages)
    for (const stage of rewardStages) expect(lastOf(stage).inStage).toBe(lastOf(stage).ofStage)
  })

  it('learn: the surprise moves from the drug to the cue', () => {
    const [first, last] = [firstOf('learn'), lastOf('learn')]
    expect([first.pull, first.surprise]).toEqual([0, 1])
    // (3/4)^11 = 0.0422…
    expect(last.surprise).toBeCloseTo(0.04224, 5)
    expect(last.pull).toBeCloseTo(0.95776, 5)
  })

  it('crave: the strongest pull of the story, and the deepest disappointment', () => {
    const crave = firstOf('crave')
    // 1 − (3/4)^12 = 0.96832
    expect(crave.pull).toBeCloseTo(0.96832, 5)
    expect(crave.surprise).toBe(-crave.pull)
    for (const { pull, surprise } of rewardStory) {
      expect(pull).toBeLessThanOrEqual(crave.pull)
      expect(surprise).toBeGreaterThanOrEqual(crave.surprise)
    }
  })

  it('fade: thirteen more cues alone leave a fiftieth', () => {
    // 0.96832 × (3/4)^14 = 0.01725
    expect(lastOf('fade').pullAfter).toBeCloseTo(0.01725, 5)
  })

  it('return: one drug brings back one step, which fades again', () => {
    const trials = rewardStory.filter(({ stage }) => stage === 'return')
    expect(trials.map((trial) => trial.drug)).toEqual([true, ...Array(9).fill(false)])
    // 0.01725 + (1 − 0.01725) / 4 = 0.26294, then × (3/4)^9 = 0.01974
    expect(trials[0]!.pullAfter).toBeCloseTo(0.26294, 5)
    expect(trials.at(-1)!.pullAfter).toBeCloseTo(0.01974, 5)
  })

  it('stays on its scale', () => {
    for (const { pull, surprise } of rewardStory) {
      expect(pull).toBeGreaterThanOrEqual(0)
      expect(pull).toBeLessThan(1)
      expect(Math.abs(surprise)).toBeLessThanOrEqual(1)
    }
    expect(learningRate).toBe(0.25)
  })
})
