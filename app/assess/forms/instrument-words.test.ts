import { listInstruments } from '@evenkeel/questionnaires'
import { expect, it } from 'vitest'
import { conditionInWords, cutoffInWords, rangeOfItems, scoreInWords } from './instrument-words.ts'

const instrument = (id: string) => listInstruments().find((one) => one.id === id)!

it('says when a trigger fires', () => {
  const [item9, severe] = instrument('phq-9').safetyTriggers
  expect(conditionInWords(item9!.when)).toBe('q9 is at least 1')
  expect(conditionInWords(severe!.when)).toBe('the score total is at least 20')
})

it('names a run of items by its ends', () => {
  expect(rangeOfItems(['q1', 'q2', 'q3'])).toBe('q1 to q3')
  expect(rangeOfItems(['q1', 'q3', 'q4'])).toBe('q1, q3, q4')
  expect(rangeOfItems(['q1', 'q2'])).toBe('q1, q2')
})

it('says how a score is made and what a missing answer does', () => {
  const total = instrument('phq-9').total!
  if (total.method === 'algorithm') throw new Error('a series')
  expect(scoreInWords(total)).toEqual({
    how: 'sum of q1 to q9',
    missing: 'up to 2 missing: estimated from the others',
  })
})

it('has words for every condition, score and cut-off that we ship', () => {
  for (const one of listInstruments()) {
    const scores = [...one.subscales, one.total].flatMap((score) =>
      score === null || score.method === 'algorithm' ? [] : [score],
    )
    const words = [
      ...one.safetyTriggers.map(({ when }) => conditionInWords(when)),
      ...one.flags.map(({ when }) => conditionInWords(when)),
      ...one.items.flatMap(({ skipIf }) => (skipIf ? [conditionInWords(skipIf)] : [])),
      ...one.categories.flatMap(({ firstMatch }) => firstMatch.map(({ when }) => conditionInWords(when))),
      ...scores.flatMap((score) => Object.values(scoreInWords(score))),
      ...one.cutoffs.map(cutoffInWords),
    ]
    for (const text of words) expect(text, one.id).not.toMatch(/undefined|null|\[object|^$| is $/)
  }
})
