import { describe, expect, it } from 'vitest'
import { type Instant, instantAt, type LocalDate } from '../../platform/time.ts'
import {
  type ColumnPlan,
  hoursDrawn,
  layColumn,
  type Slot,
  wallMinute,
  withSlots,
} from './schedule-layout.ts'

const DAY = '2026-11-24' as LocalDate
const ZONE = 'America/New_York'
const plan = (given: Partial<ColumnPlan<string>> = {}): ColumnPlan<string> => ({
  key: 'chair 1',
  label: 'Chair 1',
  day: DAY,
  shades: [],
  visits: [],
  ...given,
})
/** "09:00" as minutes of the day. */
const m = (time: string) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3))
const visit = (name: string, from: string, until: string, heldUntil = until, heldFrom = from) => ({
  visit: name,
  heldFromMin: m(heldFrom),
  fromMin: m(from),
  untilMin: m(until),
  heldUntilMin: m(heldUntil),
})
/** A lane in short: "free*4 Ada*8 being cleaned*2". */
const short = (column: ReturnType<typeof layColumn<string>>, lane = 0) => {
  const words: [string, number][] = []
  for (const cell of column.lanes[lane]!) {
    const word =
      cell.kind === 'visit' ? cell.visit : cell.kind === 'free' ? (cell.slot ? 'slot' : 'free') : cell.words
    const last = words.at(-1)
    if (last?.[0] === word && word !== 'slot') last[1] += cell.rows
    else words.push([word, cell.rows])
  }
  return words.map(([word, rows]) => `${word}*${rows}`).join(' ')
}

describe('a column of the grid', () => {
  const nine = m('09:00')
  it.each([
    ['nothing booked', plan(), 'free*16'],
    [
      'a visit and its cleaning',
      plan({ visits: [visit('Ada', '10:00', '11:00', '11:30')] }),
      'free*4 Ada*4 being cleaned*2 free*6',
    ],
    [
      'time before it too',
      plan({ visits: [visit('Ada', '10:00', '11:00', '11:00', '09:45')] }),
      'free*3 being cleaned*1 Ada*4 free*8',
    ],
    ['times rounded outwards', plan({ visits: [visit('Ada', '10:05', '10:50')] }), 'free*4 Ada*4 free*8'],
    [
      'a visit of no length has its line',
      plan({ visits: [visit('Ada', '10:00', '10:00')] }),
      'free*4 Ada*1 free*11',
    ],
    [
      'cleaning gives way to the next visit',
      plan({ visits: [visit('Ada', '10:00', '11:00', '11:20'), visit('Bo', '11:20', '12:00')] }),
      'free*4 Ada*4 being cleaned*1 Bo*3 free*4',
    ],
    [
      'closed hours around what is open',
      plan({
        shades: [
          { kind: 'closed', fromMin: 0, untilMin: m('10:00'), words: 'closed' },
          { kind: 'closed', fromMin: m('12:00'), untilMin: 1440, words: 'closed' },
        ],
      }),
      'closed*4 free*8 closed*4',
    ],
    [
      'leave over closed hours',
      plan({
        shades: [
          { kind: 'away', fromMin: m('11:00'), untilMin: m('12:30'), words: 'away' },
          { kind: 'closed', fromMin: m('12:00'), untilMin: 1440, words: 'closed' },
        ],
      }),
      'free*8 away*6 closed*2',
    ],
    [
      'a visit in closed hours is seen',
      plan({
        shades: [{ kind: 'closed', fromMin: 0, untilMin: 1440, words: 'closed: Thanksgiving Day' }],
        visits: [visit('Ada', '10:00', '11:00')],
      }),
      'closed: Thanksgiving Day*4 Ada*4 closed: Thanksgiving Day*8',
    ],
    ['what goes beyond the grid is cut', plan({ visits: [visit('Ada', '08:00', '14:00')] }), 'Ada*16'],
  ])('%s', (_, given, expected) => {
    const laid = layColumn(given, nine, 16)
    expect(short(laid)).toBe(expected)
    for (const lane of laid.lanes) {
      expect(lane.reduce((sum, cell) => sum + cell.rows, 0)).toBe(16)
      expect(lane.every((cell, i) => i === 0 || cell.row === lane[i - 1]!.row + lane[i - 1]!.rows)).toBe(true)
    }
  })

  it('puts visits of one time side by side, and those after them into the first lane again', () => {
    const laid = layColumn(
      plan({
        visits: [
          visit('Ada', '09:00', '11:00'),
          visit('Bo', '10:00', '12:00'),
          visit('Cy', '11:00', '12:00'),
        ],
      }),
      nine,
      16,
    )
    expect([short(laid, 0), short(laid, 1)]).toEqual(['Ada*8 Cy*4 free*4', 'free*4 Bo*8 free*4'])
  })
})

describe('free times of a visit in hand', () => {
  const slot = (row: number, column = 'chair 1'): Slot => ({
    column,
    row,
    startsAt: '2026-11-24T14:00:00.000Z' as Instant,
    words: '09:00, Chair 1, free',
  })
  const laid = layColumn(plan({ visits: [visit('Ada', '10:00', '11:00')] }), m('09:00'), 16)

  it('stand in free cells', () => {
    const [column] = withSlots([laid], [slot(0), slot(9)], 16)
    expect(column!.lanes).toHaveLength(1)
    expect(short(column!)).toBe('slot*1 free*3 Ada*4 free*1 slot*1 free*6')
  })
  it('get a lane of their own where the visit itself is in the way', () => {
    const [column] = withSlots([laid], [slot(0), slot(5)], 16)
    expect([short(column!, 0), short(column!, 1)]).toEqual([
      'free*4 Ada*4 free*8',
      'slot*1 free*4 slot*1 free*10',
    ])
  })
  it('of another column or outside the hours drawn are left out', () => {
    const [column] = withSlots([laid], [slot(0, 'chair 2'), slot(16), slot(-1)], 16)
    expect(short(column!)).toBe('free*4 Ada*4 free*8')
  })
})

describe('minutes by the wall clock', () => {
  it.each([
    ['a usual day', '2026-11-24', '10:15', 615],
    ['the day clocks go forward', '2026-03-08', '10:15', 615],
    ['the day clocks go back', '2026-11-01', '10:15', 615],
  ] as const)('%s', (_, day, time, minute) => {
    expect(wallMinute(instantAt(day as LocalDate, time, ZONE), day as LocalDate, ZONE)).toBe(minute)
  })
  it('the day before is its beginning, the day after its end', () => {
    expect(wallMinute('2026-11-23T18:00:00.000Z' as Instant, DAY, ZONE)).toBe(0)
    expect(wallMinute('2026-11-25T18:00:00.000Z' as Instant, DAY, ZONE)).toBe(1440)
  })
})

describe('hours drawn', () => {
  it.each([
    ['nothing known', [], 480, 40],
    ['open hours, in whole hours', [{ fromMin: m('08:30'), untilMin: m('17:15') }], 480, 40],
    [
      'a visit before they open',
      [
        { fromMin: 540, untilMin: 1020 },
        { fromMin: m('07:10'), untilMin: 480 },
      ],
      420,
      40,
    ],
    ['until midnight', [{ fromMin: 1380, untilMin: 1440 }], 1380, 4],
  ])('%s', (_, spans, fromMin, rows) => {
    expect(hoursDrawn(spans)).toEqual({ fromMin, rows })
  })
})
