import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { writeCsv } from '../platform/csv-file.ts'
import { readDays } from './chosen-days.ts'
import { cohortFigures } from './cohort-figures.ts'
import { readCohort } from './cohort-file.ts'
import { parseCsv } from './csv.ts'
import { pValue } from './percent-words.ts'

describe('reading CSV', () => {
  const cells = (text: string) => {
    const result = parseCsv(text)
    return result.ok ? result.records.map((record) => record.cells) : `${result.line}: ${result.says}`
  }
  it.each([
    [
      'plain cells',
      'a,b\n1,2\n',
      [
        ['a', 'b'],
        ['1', '2'],
      ],
    ],
    [
      'CRLF, CR, no end of line, byte order mark',
      '\ufeffa,b\r\n1,2\r3,4',
      [
        ['a', 'b'],
        ['1', '2'],
        ['3', '4'],
      ],
    ],
    [
      'quotes with commas, breaks and quotes in them',
      '"a, ""b""","c\nd"\n1,2',
      [
        ['a, "b"', 'c\nd'],
        ['1', '2'],
      ],
    ],
    [
      'empty cells and lines',
      'a,,\n\n,b,\n',
      [
        ['a', '', ''],
        ['', 'b', ''],
      ],
    ],
    ['a comma at the very end', 'a,', [['a', '']]],
    ['nothing', '', []],
    ['an open quote', 'a,b\n1,"2\n3,4', '2: a quote is opened and never closed'],
    ['a quote inside a cell', 'a,b\n1,2"', '2: a quote stands in the middle of a cell'],
    [
      'something after a quote',
      'a,b\n"1"x,2',
      '2: something stands between a closing quote and the next comma',
    ],
  ])('%s', (_, text, expected) => {
    expect(cells(text as string)).toEqual(expected)
  })

  it('counts lines through quoted line breaks', () => {
    const result = parseCsv('a,b\n"1\n1",2\n3,4\n')
    expect(result.ok && result.records.map((record) => record.line)).toEqual([1, 2, 4])
  })

  it('reads back whatever was written', () => {
    const cell = fc.string({ maxLength: 8 }).map((s) => s.replace(/\r/g, ''))
    const table = fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { minLength: 1, maxLength: 6 })
    fc.assert(
      fc.property(table, (rows) => {
        const text = rows.map((row) => row.map((c) => `"${c.replaceAll('"', '""')}"`).join(',')).join('\n')
        expect(cells(text)).toEqual(rows)
      }),
    )
  })
})

describe('reading a cohort', () => {
  const columns = { time: 'days', event: 'status', group: 'clinic', unit: 'days' } as const
  const problems = (text: string, change: object = {}) => {
    const file = readCohort(text, { ...columns, ...change })
    return file.ok ? file.rows.length : file.problems.map(({ line, says }) => `${line}: ${says}`)
  }

  it('takes the named columns and leaves the others', () => {
    const file = readCohort('id,clinic,days,status\n9,1,428,1\n8,2,30.5,0\n', columns)
    expect(file).toEqual({
      ok: true,
      rows: [
        { timeDays: 428, event: true, group: '1' },
        { timeDays: 30.5, event: false, group: '2' },
      ],
    })
  })

  it('keeps weeks and months as days', () => {
    const text = 'days,status\n2,1\n'
    expect(readCohort(text, { time: 'days', event: 'status', unit: 'weeks' })).toEqual({
      ok: true,
      rows: [{ timeDays: 14, event: true, group: 'everybody' }],
    })
    const months = readCohort(text, { time: 'days', event: 'status', unit: 'months' })
    expect(months.ok && months.rows[0]!.timeDays).toBeCloseTo(60.875, 10)
  })

  it('says every problem with its line and takes nothing', () => {
    expect(
      problems(
        [
          'days,status,clinic',
          '12,1,1',
          ',1,1',
          '-3,0,1',
          '1e3,0,2',
          '5,2,2',
          '5,,2',
          '5,1,',
          '5,1',
          '7,NA,1',
        ].join('\n'),
      ),
    ).toEqual([
      '3: days: the time is missing',
      '4: days: -3 is before the start',
      '5: days: "1e3" is not a number',
      '6: status: "2" is neither 1 (happened) nor 0 (not seen to happen)',
      '7: status: it is missing whether the event happened',
      '8: clinic: the group is missing',
      '9: 2 cells where the head has 3',
      '10: status: it is missing whether the event happened',
    ])
  })

  it('refuses a file it cannot use at all', () => {
    expect(problems('')).toEqual(['1: the file is empty'])
    expect(problems('days,status,clinic\n')).toEqual(['1: there are no rows beneath the head'])
    expect(problems('days,status\n1,1\n')).toEqual([
      '1: there is no column "clinic" for the group; the file has "days", "status"',
    ])
    expect(problems('days,days,status,clinic\n1,1,1,1\n')).toEqual([
      '1: the column "days" for the time stands there 2 times',
    ])
    const names = Array.from({ length: 13 }, (_, at) => `1,1,person ${at}`).join('\n')
    expect(problems(`days,status,clinic\n${names}`)).toEqual([
      '1: clinic: 13 different groups; at most 12 can be compared',
    ])
  })
})

describe('figures of a cohort', () => {
  const row = (timeDays: number, event: boolean, group: string) => ({ timeDays, event, group })

  it('follow the groups in the order people count, whatever the order of the rows', () => {
    const rows = [row(5, true, '10'), row(6, false, '2'), row(4, true, '2'), row(9, true, '10')]
    const figures = cohortFigures(rows, [5])
    expect(figures.groups.map((group) => [group.label, group.n, group.events])).toEqual([
      ['2', 2, 1],
      ['10', 2, 2],
    ])
    expect(cohortFigures([...rows].reverse(), [5])).toEqual(figures)
  })

  it('by hand: three people, events at 2 and 4, one leaves at 3', () => {
    const [group] = cohortFigures(
      [row(2, true, 'a'), row(3, false, 'a'), row(4, true, 'a')],
      [1, 2, 4, 9],
    ).groups
    // S(2) = 1 - 1/3; at 4 one is at risk and has the event.
    expect(group!.points.map((p) => [p.day, p.survival, p.atRisk])).toEqual([
      [1, 1, 3],
      [2, 2 / 3, 3],
      [4, 0, 1],
      [9, 0, 0],
    ])
    expect(group!.points[0]!.limits).toBeUndefined()
    expect(group!.median!.days).toBe(4)
  })

  it('say in a word when groups cannot be compared', () => {
    expect(cohortFigures([row(2, true, 'a'), row(3, false, 'a')], [1]).comparison).toEqual({
      ok: false,
      reason: 'one-group',
    })
    expect(cohortFigures([row(2, false, 'a'), row(3, false, 'b')], [1]).comparison).toEqual({
      ok: false,
      reason: 'no-events',
    })
  })
})

describe('what leaves and what comes in by the address', () => {
  it('writes CSV that no spreadsheet takes for a formula', () => {
    expect(
      writeCsv([
        ['=1+1', 'a "b", c', -5],
        ['plain', '-2', 0.5],
      ]),
    ).toBe(`'=1+1,"a ""b"", c",-5\r\nplain,'-2,0.5\r\n`)
  })

  it.each([
    [null, [180, 365]],
    ['', [180, 365]],
    ['365, 90;180 90', [90, 180, 365]],
  ])('days asked as %s', (text, days) => {
    expect(readDays(text)).toEqual({ days })
  })

  it.each(['soon', '-4', '1e3', '99999', '1,2,3,4,5,6,7,8,9'])(
    'says what to write instead of "%s"',
    (text) => {
      expect(readDays(text).problem).toContain('90, 180, 365')
      expect(readDays(text).days).toEqual([180, 365])
    },
  )

  it.each([
    [0.04, '0.040'],
    [0.001, '0.001'],
    [1.2823404025078668e-7, '1.28 × 10⁻⁷'],
    [0, 'below 10⁻³⁰⁰'],
  ])('p %d reads %s', (p, said) => {
    expect(pValue(p)).toBe(said)
  })
})
