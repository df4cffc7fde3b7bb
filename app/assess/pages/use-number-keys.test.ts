import { expect, it } from 'vitest'
import { radioOfKey } from './use-number-keys.ts'

it('on a scale a key is the figure itself, wherever the scale begins', () => {
  const from0 = ['0', '1', '2', '3', '4']
  expect(from0.map((value) => radioOfKey(value, from0, true))).toEqual([0, 1, 2, 3, 4])
  expect(radioOfKey('5', from0, true)).toBeUndefined()
  expect(radioOfKey('3', ['1', '2', '3'], true)).toBe(2)
  expect(radioOfKey('0', ['1', '2', '3'], true)).toBeUndefined()
})

it('in a list a key is the place', () => {
  const list = ['0', '2', '4']
  expect([1, 2, 3].map((key) => radioOfKey(String(key), list, false))).toEqual([0, 1, 2])
  expect(radioOfKey('4', list, false)).toBeUndefined()
  expect(radioOfKey('0', list, false)).toBeUndefined()
  expect(radioOfKey('Enter', list, false)).toBeUndefined()
})
