import { describe, expect, it } from 'vitest'
import { chosenPeriod, periodInWords, periodsOf } from './periods.ts'

const quarter = (group: string, people: number) => ({ group, people })
const four = periodsOf([
  quarter('2025-Q2', 12),
  quarter('2025-Q3', 4),
  quarter('2025-Q4', 3),
  quarter('2026-Q1', 8),
  quarter('2026-Q2', 30),
  quarter('2026-Q3', 5),
])

describe('periods of first doses', () => {
  it('join quarters until ten people are in each, and the rest into the last', () => {
    expect(four).toEqual([
      { from: '2025-Q2', to: '2025-Q2', people: 12 },
      { from: '2025-Q3', to: '2026-Q1', people: 15 },
      { from: '2026-Q2', to: '2026-Q3', people: 35 },
    ])
    expect(four.map(periodInWords)).toEqual([
      { begins: 'April 2025', ends: 'June 2025' },
      { begins: 'July 2025', ends: 'March 2026' },
      { begins: 'April 2026', ends: 'September 2026' },
    ])
  })

  it('are none for fewer than ten people', () => {
    expect(periodsOf([quarter('2026-Q1', 9)])).toEqual([])
    expect(periodsOf([])).toEqual([])
  })

  it.each([
    ['', undefined, {}],
    ['from=2025-Q3', { from: '2025-07-01', to: '2026-09-30' }, {}],
    ['to=2025-Q3', { from: '2025-04-01', to: '2026-03-31' }, {}],
    ['from=2025-Q3&to=2025-Q3', { from: '2025-07-01', to: '2026-03-31' }, {}],
    ['from=2025-Q4', undefined, { from: 'Choose one of the periods in the list.' }],
    ['from=%27%3B--', undefined, { from: 'Choose one of the periods in the list.' }],
    ['from=2026-Q2&to=2025-Q2', undefined, { to: 'The last period must not lie before the first.' }],
  ])('"%s" asks for what is offered', (query, firstDose, problems) => {
    expect(chosenPeriod(four, new URLSearchParams(query))).toMatchObject({ firstDose, problems })
  })
})
