import { score } from '@evenkeel/questionnaires'
import { expect, it } from 'vitest'
import { scoringContext } from './scoring-context.ts'

const SIX = { q1: 2, q2: 1, q3: 1, q4: 1, q5: 1 }
const bandOf = (track: Parameters<typeof scoringContext>[1]) => {
  const outcome = score('sds', SIX, scoringContext('female', track))
  return outcome.valid && 'scores' in outcome ? (outcome.scores.total?.band ?? undefined) : undefined
}

it('gives a band where the substance is known, and none where it is not', () => {
  expect(bandOf('alcohol')).toMatch(/./)
  expect(bandOf('benzodiazepines')).not.toBe(bandOf('alcohol'))
  expect(bandOf('other')).toBeUndefined()
  expect(bandOf(undefined)).toBeUndefined()
})

it('sex that nobody told is unknown', () => {
  expect(scoringContext(undefined, 'gambling')).toEqual({ sex: 'unknown' })
})
