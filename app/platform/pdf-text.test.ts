import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { asDrawn, brokenLines, codePointName, LACKING_MARK, printable } from './pdf-text.ts'

const latin = (codePoint: number) => codePoint < 0x180 || codePoint === 0xfffd

describe('printable text', () => {
  it.each([
    ['plain words', 'plain words', []],
    ['山 and 田 and 山', '\u{FFFD} and \u{FFFD} and \u{FFFD}', ['U+5C71', 'U+7530']],
    ['cafe\u0301', 'café', []],
    ['a\tb\r\nc', 'a b\nc', []],
    ['a\u200db\ufe0f', 'ab', []],
    ['bell\u0007', 'bell\u{FFFD}', ['U+0007']],
    ['half \ud83d a pair', 'half \u{FFFD} a pair', ['U+D83D']],
    ['😀', '\u{FFFD}', ['U+1F600']],
  ])('%j is printed as %j', (text, shown, names) => {
    const found = printable(text, latin)
    expect(found.text).toBe(shown)
    expect(found.lacking.map(codePointName)).toEqual(names)
  })

  it('never lets a character with a shape vanish', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const shaped = [...text.normalize('NFC').replace(/\r\n?/g, '\n')].filter(
          (c) => !/\p{Default_Ignorable_Code_Point}/u.test(c),
        )
        const { text: shown } = printable(text, latin)
        expect([...shown]).toHaveLength(shaped.length)
        shaped.forEach((c, i) => {
          if (latin(c.codePointAt(0)!) && !/\p{Cc}/u.test(c)) expect([...shown][i]).toBe(c)
          else if (c !== '\n' && c !== '\t') expect([...shown][i]).toBe(LACKING_MARK)
        })
      }),
    )
  })
})

describe('broken lines', () => {
  const measure = (text: string) => [...text].length

  it.each([
    ['', 5, ['']],
    ['one two three', 8, ['one two ', 'three']],
    ['well-being of all', 6, ['well-', 'being ', 'of all']],
    ['of 2026-11-22 at', 8, ['of ', '2026-11-', '22 at']],
    ['one\n\ntwo', 9, ['one', '', 'two']],
    ['abcdefghij', 4, ['abcd', 'efgh', 'ij']],
    ['👩‍⚕️👩‍⚕️', 3, ['👩‍⚕️', '👩‍⚕️']],
  ])('%j in %i', (text, width, lines) => {
    expect(brokenLines(text, width, measure)).toEqual(lines)
  })

  it('keep every character, and none is wider than it may be but a single sign', () => {
    fc.assert(
      fc.property(fc.string(), fc.integer({ min: 1, max: 30 }), (text, width) => {
        const lines = brokenLines(text, width, measure)
        expect(lines.join('').replaceAll('\n', '')).toBe(text.replaceAll('\n', ''))
        for (const line of lines)
          expect(measure(line.trimEnd()) <= width || /^\S+\s*$/.test(line), line).toBe(true)
      }),
    )
  })
})

it('words of a right-to-left script that follow each other are drawn as one run', () => {
  expect(asDrawn('Name: שלום עולם and more')).toBe('Name: שלום\u{A0}עולם and more')
  expect(asDrawn('no such word')).toBe('no such word')
})
