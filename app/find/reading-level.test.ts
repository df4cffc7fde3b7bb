import { describe, expect, it } from 'vitest'
import { articleFactsSchema } from './article.ts'
import { siteContent } from './content.server.ts'
import { hardestSentences, highestGrade, readingGrade, syllables } from './reading-level.ts'

describe('the grade of a text, worked out by hand', () => {
  it.each([
    // 6 words, 1 sentence, 6 syllables: 0.39 × 6 + 11.8 × 1 − 15.59
    ['The cat sat on the mat.', -1.45],
    // 8 words, 2 sentences, 8 syllables: 0.39 × 4 + 11.8 × 1 − 15.59
    ['Ask for help. You can call at night.', -2.23],
    // 16 words, 1 sentence, 1+1+2+1+1+2+2+1+3+1+3+1+2+1+1+2 = 25 syllables: 6.24 + 18.4375 − 15.59
    [
      'A nurse watches your blood pressure during the infusion, and nobody leaves before it is normal.',
      9.0875,
    ],
    // 7 words, 1 sentence, 4+5+6+4+5+5+5 = 34 syllables: 2.73 + 57.314 − 15.59
    [
      'Compulsory institutional hospitalization necessitates considerable administrative authorization.',
      44.454,
    ],
    // The name counts two: 2 words, 3 syllables: 0.78 + 17.7 − 15.59
    ['Ketamine helps.', 2.89],
    // A number is one word of one syllable: 4 words, 4 syllables: 1.56 + 11.8 − 15.59
    ['Of 13.5 some 2,300.', -2.23],
  ])('%s', (text, grade) => {
    expect(readingGrade(text)).toBeCloseTo(grade, 2)
  })

  it('reads what a reader reads: no heading, citation or address; items and cells end a sentence', () => {
    const marked =
      '## Unquestionable institutionalization\n\nThe [cat](/conditions/alcohol) **sat** [[study:a-1]] on\nthe mat [[source:b-2]].\n\n- Ask for help\n- You can call\n\n| Go now | Wait now |\n| --- | --- |\n| See us | Call us |'
    const plain = 'The cat sat on the mat. Ask for help. You can call. Go now. Wait now. See us. Call us.'
    expect(readingGrade(marked)).toBeCloseTo(readingGrade(plain), 10)
  })

  it('is 0 where nothing is to be read', () => {
    expect(readingGrade('')).toBe(0)
    expect(readingGrade('## A heading')).toBe(0)
  })

  it('names the hardest sentence first', () => {
    expect(hardestSentences('Go on. Institutional authorization is necessary. Ask us.', 1)).toEqual([
      'Institutional authorization is necessary.',
    ])
  })
})

describe('syllables', () => {
  const counted: Readonly<Record<number, string>> = {
    1: 'cat walked times comes friend eyes watched months league while',
    2: 'studies treatment trial patient wanted places little being safely safety rhythm million quiet fluid unique',
    3: 'medicine receptor period radio behavior opinion serious infusion idea museum created',
    4: 'experience psychiatric medication mechanism suicidal situation',
  }
  for (const [count, list] of Object.entries(counted)) {
    it.each(list.split(' '))(`${count} in %s`, (word) => {
      expect(syllables(word)).toBe(Number(count))
    })
  }

  it('misses what its description says it misses', () => {
    expect([syllables('lifeline'), syllables('poet'), syllables('FDA')]).toEqual([3, 1, 1])
  })
})

describe('every text outside the pages of studies', () => {
  it.each(siteContent().articles.map((article) => [`${article.kind} ${article.id}`, article] as const))(
    '%s can be read at grade 8',
    (_, { summary, body }) => {
      const text = `${summary}\n\n${body}`
      const grade = readingGrade(text)
      expect(
        grade,
        `grade ${grade.toFixed(1)}; hardest:\n${hardestSentences(text, 5).join('\n')}`,
      ).toBeLessThanOrEqual(highestGrade)
    },
  )

  it('cannot be let off at its head', () => {
    const [first] = siteContent().articles
    const { id, kind, body, ...facts } = first!
    expect(articleFactsSchema.safeParse(facts).success).toBe(true)
    for (const word of ['readingLevel', 'grade', 'skipReadingLevel']) {
      expect(articleFactsSchema.safeParse({ ...facts, [word]: 'off' }).success, word).toBe(false)
    }
  })
})
