import { expect, it } from 'vitest'
import { roundHalfUp } from './rounding.ts'

it.each([
  [2.5, 0, 3],
  [62.5, 0, 63],
  [10.5, 0, 11],
  [1.005, 2, 1.01],
  [2.675, 2, 2.68],
  [8.345, 2, 8.35],
  [0.1 + 0.2, 1, 0.3],
  [35.625, 1, 35.6],
  [0.125, 2, 0.13],
  [64.285714, 1, 64.3],
  [-2.5, 0, -2],
  [7, 0, 7],
])('%d to %d decimals is %d', (value, decimals, rounded) => {
  expect(roundHalfUp(value, decimals)).toBe(rounded)
})
