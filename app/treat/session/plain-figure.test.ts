import { expect, it } from 'vitest'
import { plainFigure, unsureComma } from './plain-figure.ts'

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
  ['1,000', undefined],
  ['12,345', undefined],
  ['1,000,000', undefined],
  ['1.000', 1],
  ['0,125', 0.125],
  ['1,25', 1.25],
  ['1234,567', 1234.567],
  ['', undefined],
])('reads %j as %j', (text, value) => {
  expect(plainFigure(text)).toBe(value)
})

it('says of a comma that it can be read two ways, only where it can', () => {
  expect(unsureComma(' 1,000 ')).toBe(
    'The comma in “1,000” can be read two ways. Write 1000 without it, or a decimal point.',
  )
  expect(['1,00', '1.000', '0,125', '1,0000', ''].map(unsureComma)).toEqual(Array(5).fill(undefined))
})
