import { expect, it } from 'vitest'
import { compareWords } from './order-words.ts'

it('a comparison says which weight it counts from, before and after one is chosen', () => {
  expect(compareWords(undefined, undefined)).toMatch('actual weight until one is chosen above')
  expect(compareWords('actual', 71.2)).toMatch('actual weight, as this order does')
  expect(compareWords('adjusted', 72.4)).toMatch('adjusted weight of 72.4 kg, as this order does')
})
