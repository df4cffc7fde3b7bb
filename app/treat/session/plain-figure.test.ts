import { expect, it } from 'vitest'
import { plainFigure } from './plain-figure.ts'

it.each([
  ['97', 97],
  ['97,5', 97.5],
  ['5.', 5],
  [' 0.04 ', 0.04],
  ['-2', -2],
  ['−2', -2],
  ['1e2', undefined],
  ['0x5', undefined],
  ['Infinity', undefined],
  ['1 000', undefined],
  ['1.2.3', undefined],
  ['.5', undefined],
  ['', undefined],
])('reads %j as %j', (text, value) => {
  expect(plainFigure(text)).toBe(value)
})
