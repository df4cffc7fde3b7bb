import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { readFrontMatter } from './front-matter.ts'
import { groupQuestions, type QuestionGroupId } from './question-groups.ts'

const folder = new URL('../../content/questions/', import.meta.url)
const questions = readdirSync(folder).map((name) => {
  const { facts, body } = readFrontMatter(readFileSync(new URL(name, folder), 'utf8'))
  return { id: name.replace('.md', ''), group: facts.group as QuestionGroupId | undefined, facts, body }
})

describe('questions', () => {
  it('are at least forty, each under a subject, none lost', () => {
    expect(questions.length).toBeGreaterThanOrEqual(40)
    const grouped = groupQuestions(questions)
    expect(grouped.flatMap((group) => group.questions)).toHaveLength(questions.length)
    expect(grouped.length).toBe(8)
  })

  it.each(questions.map((question) => [question.id, question] as const))(
    '%s is answered shortly',
    (_, question) => {
      const words = question.body.replace(/\[\[[^\]]*\]\]/g, '').split(/\s+/).length
      expect(words).toBeGreaterThanOrEqual(60)
      expect(words).toBeLessThanOrEqual(180)
      expect(question.facts.title).toMatch(/\?$/)
    },
  )

  it('share no anchor with a subject', () => {
    const subjects = groupQuestions(questions).map((group) => group.id as string)
    expect(questions.filter((question) => subjects.includes(question.id))).toEqual([])
  })

  it('without a subject are named, not dropped', () => {
    expect(() => groupQuestions([{ id: 'lost' }])).toThrow(/questions\/lost\.md names no group/)
  })

  it('keep their order within a subject, and subjects without any are left out', () => {
    const [first, second, ...rest] = groupQuestions([
      { id: 'c', group: 'risks' },
      { id: 'b', group: 'before-you-ask' },
      { id: 'a', group: 'risks' },
    ])
    expect(first?.questions.map((question) => question.id)).toEqual(['b'])
    expect(second?.questions.map((question) => question.id)).toEqual(['c', 'a'])
    expect(rest).toEqual([])
  })
})
