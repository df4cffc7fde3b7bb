import { expect, it } from 'vitest'
import { roundingWords } from './order-result.tsx'

it.each([
  [0, 'exact'],
  [-1.1e-14, 'exact'],
  [(105 / 104.96 - 1) * 100, 'less than 0.1 % more by rounding'],
  [-0.04, 'less than 0.1 % less by rounding'],
  [0.05, '0.1 % more by rounding'],
  [-1.8, '1.8 % less by rounding'],
])('a dose %d %% off by rounding is said as “%s”', (percent, words) => {
  expect(roundingWords(percent)).toBe(words)
})
