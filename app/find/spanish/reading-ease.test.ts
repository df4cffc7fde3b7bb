import { describe, expect, it } from 'vitest'
import { siteContent } from '../content.server.ts'
import { leastEase, readingEase, spanishSyllables } from './reading-ease.ts'

describe('syllables of Spanish words', () => {
  it.each([
    ['sol', 1],
    ['bien', 1],
    ['que', 1],
    ['muy', 1],
    ['hoy', 1],
    ['guerra', 2],
    ['ciudad', 2],
    ['agua', 2],
    ['día', 2],
    ['peor', 2],
    ['ayuda', 3],
    ['presión', 2],
    ['todavía', 4],
    ['ketamina', 4],
    ['energía', 4],
    ['medicinas', 4],
    ['tratamiento', 4],
    ['alcohol', 3],
    ['después', 2],
    ['96', 1],
  ])('%s has %i', (word, count) => {
    expect(spanishSyllables(word)).toBe(count)
  })
})

describe('the ease of a text, worked out by hand', () => {
  it.each([
    // 3 words, 1 sentence, 1 + 2 + 2 syllables: 206.835 − 62.3 × 5 ÷ 3 − 3
    ['El gato come.', 100.0],
    // 6 words, 2 sentences, 2 + 3 + 2 + 2 + 1 + 2 = 12 syllables: 206.835 − 124.6 − 3
    ['Pida ayuda hoy mismo. El gato come.', 206.835 - (62.3 * (2 + 3 + 1 + 2 + 1 + 2 + 2)) / 7 - 3.5],
  ])('%s', (text, ease) => {
    expect(readingEase(text)).toBeCloseTo(ease, 1)
  })

  it('reads what a reader reads', () => {
    expect(
      readingEase('## Consideraciones institucionales\n\nEl [gato](/es) come [[study:a-1]].'),
    ).toBeCloseTo(readingEase('El gato come.'), 10)
  })
})

describe('every Spanish text', () => {
  it.each([...siteContent().spanish])(
    '%s is at least quite easy on the INFLESZ scale',
    (_, { summary, body }) => {
      expect(readingEase(`${summary}\n\n${body}`)).toBeGreaterThanOrEqual(leastEase)
    },
  )
})
