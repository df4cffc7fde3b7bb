import { expect, it } from 'vitest'
import type { Instant } from '../../platform/time.ts'
import { changedAnswers } from './answer-history.server.ts'

const at = (minute: number) => `2026-11-24T15:${String(minute).padStart(2, '0')}:00.000Z` as Instant
const answer = (item: string, revision: number, value: number | null, minute: number) => ({
  item,
  revision,
  value,
  answeredAt: at(minute),
  answeredBy: 'nurse',
})

it('keeps a safety answer in sight that was taken back or answered otherwise, and no skipping', () => {
  const revisions = [
    answer('q5', 1, 1, 16),
    answer('q5', 2, 0, 17),
    answer('q1', 1, null, 10),
    answer('q1', 2, 0, 18),
    answer('q2', 2, null, 20),
    answer('q2', 1, 1, 19),
    answer('q3', 1, 0, 21),
  ]
  expect(changedAnswers(revisions).map((one) => [one.item, one.value, one.changedAt])).toEqual([
    ['q5', 1, at(17)],
    ['q2', 1, at(20)],
  ])
  expect(changedAnswers([])).toEqual([])
})
