import { describe, expect, it } from 'vitest'
import type { LocalDate } from '../../../platform/time.ts'
import type { CountId } from './count.ts'
import { discrepancyClock, type Finding, settlementOf } from './discrepancy.ts'

const basis = (expected: number, counted: number | undefined, agrees = false) => ({
  countId: 'count' as CountId,
  expected,
  counted,
  agrees,
})
const nothing = { ok: true, movement: undefined }
const moves = (kind: 'adjust' | 'lose', direction: 'out' | 'in', hundredths: number) => ({
  ok: true,
  movement: { kind, direction, hundredths },
})
const refusal = (reason: string) => ({ ok: false, reason })

describe('what closing a discrepancy writes', () => {
  it.each<[string, Finding, ReturnType<typeof basis>, number, object]>([
    [
      'a counting error without a later count',
      'counting-error',
      basis(500, 400),
      500,
      refusal('count-again-first'),
    ],
    ['a counting error, and a later count agrees', 'counting-error', basis(500, 500, true), 500, nothing],
    ['an unrecorded waste: out', 'recording-error', basis(500, 400), 500, moves('adjust', 'out', 100)],
    ['more there than on record: in', 'recording-error', basis(400, 500), 400, moves('adjust', 'in', 100)],
    ['spilled', 'spillage', basis(500, 488), 500, moves('adjust', 'out', 12)],
    ['spilled, but more was counted', 'spillage', basis(500, 512), 500, refusal('nothing-is-missing')],
    ['unexplained, still moved by name', 'unexplained', basis(500, 400), 500, moves('adjust', 'out', 100)],
    ['recorded late: a later count agrees', 'recording-error', basis(400, 400, true), 400, nothing],
    ['a vial that is gone from the ledger', 'spillage', basis(100, 80), 0, nothing],
    ['lost', 'theft-or-loss', basis(500, 400), 500, moves('lose', 'out', 100)],
    ['lost, but more was counted', 'theft-or-loss', basis(400, 500), 400, refusal('nothing-is-missing')],
    [
      'lost, but a later count agrees',
      'theft-or-loss',
      basis(500, 500, true),
      500,
      refusal('nothing-is-missing'),
    ],
    [
      'lost of what the ledger no longer has',
      'theft-or-loss',
      basis(100, 80),
      0,
      refusal('count-again-first'),
    ],
    [
      'two counters who never agreed',
      'unexplained',
      basis(500, undefined),
      500,
      refusal('count-again-first'),
    ],
  ])('%s', (_what, finding, from, standing, expected) => {
    expect(settlementOf(finding, from, standing)).toEqual(expected)
  })
})

it('is overdue once its business day is over, and never after it is closed', () => {
  const dueOn = '2026-11-24' as LocalDate
  const clock = (today: string) => discrepancyClock({ dueOn }, today as LocalDate)
  expect(['2026-11-23', '2026-11-24', '2026-11-25'].map(clock)).toEqual(['open', 'due-today', 'overdue'])
  const closing = {} as never
  expect(discrepancyClock({ dueOn, closing }, '2027-01-01' as LocalDate)).toBe('closed')
})
