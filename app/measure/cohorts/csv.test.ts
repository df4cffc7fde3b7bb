import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { writeCsv } from '../../platform/csv-file.ts'
import { pValue } from '../percent-words.ts'
import { readDays, readUntil } from './chosen-days.ts'
import { parseCsv } from './csv.ts'

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
      '2: something stands between a closing quote and the end of its cell',
    ],
  ])('%s', (_, text, expected) => {
    expect(cells(text as string)).toEqual(expected)
  })

  it('cuts where it was told, and nowhere else', () => {
    const result = parseCsv('a;"b;c"\n1,5;2\n', ';')
    expect(result.ok && result.records.map((record) => record.cells)).toEqual([
      ['a', 'b;c'],
      ['1,5', '2'],
    ])
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
    expect(readDays(text, 'days', [180, 365])).toEqual({ days })
  })

  it.each(['soon', '-4', '1e3', '99999', '1,2,3,4,5,6,7,8,9'])(
    'says what to write instead of "%s"',
    (text) => {
      expect(readDays(text, 'days', [180, 365]).problem).toContain('90, 180, 365')
      expect(readDays(text, 'days', [180, 365]).days).toEqual([180, 365])
    },
  )

  it.each([
    ['', {}],
    ['600', { until: 600 }],
    ['0', { problem: 'Write one number above 0, such as 182.' }],
    ['soon', { problem: 'Write one number above 0, such as 182.' }],
  ])('means up to "%s"', (text, read) => {
    expect(readUntil(text)).toEqual(read)
  })

  it.each([
    [0.04, '0.040'],
    [0.001, '0.001'],
    [1.2823404025078668e-7, '1.28 × 10⁻⁷'],
    [0, 'below 10⁻³⁰⁰'],
  ])('p %d reads %s', (p, said) => {
    expect(pValue(p)).toBe(said)
  })
})
