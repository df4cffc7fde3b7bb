import { describe, expect, it } from 'vitest'
import { HAND_SIGNS } from '../session/event-words.ts'
import { type HandSign, isComplete, signAfter, signBefore, totalAfter, typedReading } from './pad-steps.ts'

describe('the pad goes on by itself', () => {
  it.each<[HandSign, string, boolean]>([
    ['systolicMmHg', '12', false],
    ['systolicMmHg', '128', true],
    ['systolicMmHg', '88', true],
    // 26 may become 260, and an extreme value is the one that matters.
    ['systolicMmHg', '26', false],
    ['diastolicMmHg', '76', true],
    ['diastolicMmHg', '105', true],
    ['diastolicMmHg', '10', false],
    ['heartRatePerMin', '72', true],
    ['heartRatePerMin', '30', false],
    ['spo2Percent', '98', true],
    ['spo2Percent', '10', false],
    ['spo2Percent', '100', true],
    ['respiratoryRatePerMin', '14', true],
    ['respiratoryRatePerMin', '6', false],
    ['moaas', '5', true],
    ['moaas', '0', true],
    ['systolicMmHg', '', false],
    ['systolicMmHg', '12,', false],
  ])('%s %s: %s', (sign, typed, expected) => {
    expect(isComplete(sign, typed)).toBe(expected)
  })

  it('from sign to sign, and not past the ends', () => {
    expect(HAND_SIGNS.map(signAfter)).toEqual([...HAND_SIGNS.slice(1), undefined])
    expect(HAND_SIGNS.map(signBefore)).toEqual([undefined, ...HAND_SIGNS.slice(0, -1)])
  })
})

it('what is empty or no number is no value of the reading', () => {
  const typed: Partial<Record<HandSign, string>> = { systolicMmHg: '128', spo2Percent: ' ', moaas: 'x' }
  expect(typedReading((sign) => typed[sign] ?? '')).toEqual({ systolicMmHg: 128 })
})

it.each([
  ['', '0', '0'],
  ['', '4', '4'],
  ['1', '8', '18'],
  ['9', '2', '92'],
  // No total above 92: the figure begins anew rather than being cut short.
  ['9', '3', '3'],
  ['18', '4', '4'],
  ['0', '7', '7'],
  ['x', '7', '7'],
])('a total of %s and the key %s is %s', (typed, digit, total) => {
  expect(totalAfter(typed, digit, 92)).toBe(total)
})
