import { expect, it } from 'vitest'
import { addMs, DAY_MS, parseInstant } from '../platform/time.ts'
import { planStanding } from './plan-standing.ts'

const now = parseInstant('2026-11-24T17:00:00Z')
const ago = (days: number) => addMs(now, -days * DAY_MS)
const visit = (sessionNumber: number, days: number) => ({ sessionNumber, endsAt: ago(days) })

it.each([
  ['current', 'just made', { createdAt: ago(1) }],
  ['current', 'made 120 days ago', { createdAt: ago(120) }],
  ['left', 'made 121 days ago, and nothing since', { createdAt: ago(121) }],
  ['current', 'a visit ahead, however old', { visits: [visit(1, -1)] }],
  ['left', 'the last visit 121 days ago', { visits: [visit(1, 121)] }],
  ['current', 'the last visit 100 days ago', { visits: [visit(1, 130), visit(2, 100)] }],
  ['current', 'a dose 100 days ago without a visit', { dosedAt: [ago(200), ago(100)] }],
  ['over', 'all visits over yesterday', { visits: [visit(1, 15), visit(2, 8), visit(3, 1)] }],
  ['current', 'the last of all ahead', { visits: [visit(1, 8), visit(2, 1), visit(3, -6)] }],
  ['current', 'one session visited twice is not all', { visits: [visit(1, 8), visit(1, 7), visit(2, 1)] }],
] as const)('is %s: %s', (expected, _case, facts) => {
  const plan = { createdAt: ago(300), visits: [], dosedAt: [], sessions: 3, ...facts }
  expect(planStanding(plan, now)).toBe(expected)
})
