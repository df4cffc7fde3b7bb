import { expect, it } from 'vitest'
import { initials, recordMark } from './person-mark.ts'

it.each([
  ['Marta Klein', 'M. K.'],
  ['  ana   maria de souza ', 'A. M. D. S.'],
  ['Éowyn', 'É.'],
  ['', '?'],
  [undefined, '?'],
])('%j is %s on paper', (name, expected) => {
  expect(initials(name).replaceAll('\u00a0', ' ')).toBe(expected)
})

it('a record is told by the end of its number', () => {
  expect(recordMark('0199aaaa-0000-7000-8000-00000012ab3c')).toBe('…12ab3c')
})
