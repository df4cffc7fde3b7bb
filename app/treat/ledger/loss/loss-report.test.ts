import { expect, it } from 'vitest'
import type { LocalDate } from '../../../platform/time.ts'
import { answerInWords, lossDeadlines, readLossAnswers } from './loss-report.ts'

it('counts a business day for the notice and 45 days for the form from the discovery', () => {
  expect(lossDeadlines('2026-11-25' as LocalDate)).toEqual({ notice: '2026-11-27', form: '2027-01-09' })
})

it('keeps what was typed, leaves blanks out and says of them that nothing is recorded', () => {
  const typed: Record<string, string> = { registration: ' AB1 ', police: '   ', type: 'staff' }
  const { answers, errors } = readLossAnswers((field) => typed[field])
  expect(errors).toEqual({})
  expect(answers).toEqual({ registration: 'AB1', type: 'staff' })
  expect(answerInWords('police', answers)).toBe('not recorded')
  expect(answerInWords('type', answers)).toBe('Theft by somebody who works here')
})

it('refuses what is too long or no choice, field by field', () => {
  const typed: Record<string, string> = { registration: 'x'.repeat(41), type: 'fire' }
  expect(Object.keys(readLossAnswers((field) => typed[field]).errors)).toEqual(['registration', 'type'])
})
