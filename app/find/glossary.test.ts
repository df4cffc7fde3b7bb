import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { type GlossaryTerm, letterOf, readGlossary } from './glossary.ts'
import { highestGrade, readingGrade } from './reading-level.ts'

const ours = readGlossary(readFileSync(new URL('../../content/glossary.json', import.meta.url), 'utf8'))

const term = {
  id: 'a-term',
  term: 'A term',
  definition: 'Something that people say when they mean another thing.',
}

function read(...terms: object[]) {
  return readGlossary(JSON.stringify(terms))
}

describe('the glossary', () => {
  it('holds at least eighty terms, in the order of the alphabet', () => {
    expect(ours.size).toBeGreaterThanOrEqual(80)
    const names = [...ours.values()].map((one) => one.term)
    expect(names).toEqual([...names].sort((a, b) => a.localeCompare(b, 'en', { sensitivity: 'base' })))
  })

  it.each([...ours.values()].map((one): [string, GlossaryTerm] => [one.id, one]))(
    '%s is said in one or two sentences at grade 8',
    (_, { definition }) => {
      expect(definition.match(/[.!?](?:”)?(?=\s|$)/g)?.length, definition).toBeLessThanOrEqual(2)
      expect(definition.endsWith('.') || definition.endsWith('.”'), definition).toBe(true)
      expect(readingGrade(definition), definition).toBeLessThanOrEqual(highestGrade)
    },
  )

  it('speaks of people, not of what they are called', () => {
    for (const { definition } of ours.values())
      expect(definition.replace('Alcoholics Anonymous', '')).not.toMatch(
        /\b(addict|abuser|junkie|alcoholic)s?\b/i,
      )
  })

  it('reads a term with what it leaves out', () => {
    expect(read(term).get('a-term')).toEqual({ ...term, also: [], see: [] })
  })
})

describe('a glossary that may not be published', () => {
  it.each<[string, object[], RegExp]>([
    ['an id twice', [term, { ...term, term: 'Another' }], /id a-term is given twice/],
    [
      'a name twice, in another case',
      [term, { ...term, id: 'b', also: ['a TERM'] }],
      /name “a TERM” is given twice/,
    ],
    [
      'a marked word twice',
      [
        { ...term, marks: ['word'] },
        { ...term, id: 'b', term: 'B', marks: ['word'] },
      ],
      /marked word “word” is given twice/,
    ],
    ['a see-also that leads nowhere', [{ ...term, see: ['nobody'] }], /see nobody, which does not exist/],
    ['a see-also to itself', [{ ...term, see: ['a-term'] }], /sends the reader to itself/],
    [
      'a definition by its own name',
      [{ ...term, term: 'Strong craving', definition: 'A craving that is a strong craving for it.' }],
      /explained by its own name/,
    ],
    [
      'a figure without a source',
      [{ ...term, definition: `${term.definition} It helps 40% of them.` }],
      /figure without/,
    ],
    ['no definition', [{ id: 'a', term: 'A' }], /definition/],
    ['an unknown fact', [{ ...term, color: 'blue' }], /color/],
    ['an id that is no anchor', [{ ...term, id: 'A Term' }], /lower case/],
  ])('%s', (_, terms, problem) => {
    expect(() => read(...terms)).toThrow(problem)
  })

  it('is told with every problem at once', () => {
    expect(() => read({ ...term, see: ['x', 'y'] })).toThrow(/see x.*see y/)
  })
})

describe('letters', () => {
  it.each([
    ['Craving', 'C'],
    ['mania', 'M'],
    ['42 CFR Part 2', '0–9'],
  ])('%s stands under %s', (name, letter) => {
    expect(letterOf(name)).toBe(letter)
  })
})
