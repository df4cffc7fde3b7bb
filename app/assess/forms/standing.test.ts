import { instrumentById } from '@evenkeel/questionnaires'
import { expect, it } from 'vitest'
import { standingOf } from './standing.ts'

const standing = (id: string, values: Record<string, number | null>) =>
  standingOf(instrumentById(id)!, values, { sex: 'unknown' })

it('shows the span that is still possible, never a low score', () => {
  expect(standing('ciwa-ar', {}).words).toBe('total not known yet')
  const { words, answered, asked } = standing('gad-7', { q1: 3, q2: null })
  expect(words).toMatch(/^total not known yet, 3 to 21/)
  expect([answered, asked]).toEqual([1, 8])
})

it('says an estimate is one', () => {
  const values = { q1: 2, q2: 2, q3: 1, q4: 1, q6: 1, q7: 1, q9: 0 }
  expect(standing('phq-9', values).words).toBe('total 10, moderate, an estimate')
})

it('says the level of the suicide screen that is certain already', () => {
  const { words } = standing('c-ssrs-screener', { q1: 1, q2: 1, q3: 1 })
  expect(words).toMatch(/^triage level: not certain yet, at least moderate/)
})

it('names the items that the answers make needless', () => {
  expect(standing('c-ssrs-screener', { q1: 0, q2: 0 }).hidden).toEqual(['q3', 'q4', 'q5'])
  expect(standing('c-ssrs-screener', { q2: 0, q4: 1 }).hidden).toEqual(['q3', 'q5'])
})
