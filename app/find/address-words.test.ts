import { expect, it } from 'vitest'
import { addressSentence, addressWords } from './address-words.ts'

it.each([
  ['/side-effcts', 'side effcts'],
  ['/treatments/Special-K_therapy.html', 'treatments special k therapy'],
  ['/conditions/drinkingProblems', 'conditions drinking problems'],
  ['/what-does-it-cost', 'cost'],
  ['/caf%C3%A9-m%C3%BCde', 'café müde'],
  ['/broken%E0%A4%A', 'broken'],
  ['/65-percent', '65 percent'],
  ['/es/dejar-de-beber', 'beber'],
  ['/', ''],
  ['/index.php', ''],
  ['/one/two-three-four/five/six-seven/eight', 'one two three four five six'],
])('%s speaks of “%s”', (path, words) => {
  expect(addressWords(path)).toBe(words)
})

it('takes no id and no secret for words', () => {
  expect(addressWords(`/request/state/${'abcdefgh'.repeat(5)}`)).toBe('')
  expect(addressWords('/es/request/state/luz-clara')).toBe('')
  expect(addressWords('/Es/Request/resume/luz-clara')).toBe('')
  expect(addressWords('/work/people/jane-doe')).toBe('')
  expect(addressWords('/intake/secret')).toBe('')
  expect(addressWords('/0b3bef79-1c2d-4e5f-8a9b-112233445566')).toBe('')
  expect(addressWords(`/alcohol/${'A'.repeat(54)}`)).toBe('alcohol')
})

it('keeps the little words where they carry the meaning', () => {
  expect(addressSentence('/conditions/i-want-to-die.html')).toBe('conditions i want to die')
  expect(addressSentence('/work/people/jane-doe')).toBe('')
})
