import { describe, expect, it } from 'vitest'
import type { LocalDate } from '../../platform/time.ts'
import { byUrgency, remsDue } from './rems-due.ts'

const day = (text: string) => text as LocalDate
const at = (today: string, left: boolean, sent = false) =>
  remsDue(day('2026-11-24'), { left, sent }, day(today))

describe('by when a form for the REMS is due', () => {
  it.each([
    ['on the day', '2026-11-24', true, 'due', 'Due by Tue 1 Dec 2026', 7],
    ['three days before', '2026-11-28', true, 'due', 'Due by Tue 1 Dec 2026', 3],
    ['two days before', '2026-11-29', true, 'amber', 'Due by Tue 1 Dec 2026', 2],
    ['on the last day', '2026-12-01', true, 'amber', 'Due by Tue 1 Dec 2026', 0],
    ['a day late', '2026-12-02', true, 'red', 'Was due Tue 1 Dec 2026', -1],
    ['while they are here', '2026-11-24', false, 'calm', 'Still here', 7],
    [
      'a day later without their leaving',
      '2026-11-25',
      false,
      'amber',
      'Leaving not recorded. Due by Tue 1 Dec 2026',
      6,
    ],
    [
      'late without their leaving',
      '2026-12-02',
      false,
      'red',
      'Leaving not recorded. Was due Tue 1 Dec 2026',
      -1,
    ],
  ])('%s', (_, today, left, state, word, days) => {
    expect(at(today, left)).toMatchObject({ state, word, days, isSent: false })
  })

  it('is over once it was sent, however late', () => {
    expect(at('2027-03-01', true, true)).toMatchObject({ state: 'calm', word: 'Sent' })
  })

  it('puts first what is late, left or not, and last what was sent', () => {
    const rows = [
      at('2026-12-20', true, true),
      at('2026-11-24', true),
      at('2026-12-20', false),
      at('2026-12-02', true),
    ]
    expect([...rows].sort(byUrgency).map(({ days, isSent }) => [days, isSent])).toEqual([
      [-19, false],
      [-1, false],
      [7, false],
      [-19, true],
    ])
  })
})
