import { expect, it } from 'vitest'
import { formHash } from './form-hash.ts'
import { instrumentById, listInstruments } from './registry.ts'
import { withWording, wordingOf } from './wording.ts'

it('our own words give our own form back, under another name', () => {
  for (const instrument of listInstruments()) {
    expect(withWording(instrument, instrument.edition, wordingOf(instrument))).toEqual(instrument)
  }
})

it('other words change the edition and the form hash and no rule', () => {
  const plain = instrumentById('audit')!
  const words = wordingOf(plain)
  const imported = withWording(plain, 'imported-0123456789ab', {
    ...words,
    items: { ...words.items, q1: { prompt: 'Another question?', labels: { 0: 'Not once' } } },
  })
  expect(imported.edition).toBe('imported-0123456789ab')
  expect(formHash(imported)).not.toBe(formHash(plain))
  expect(imported.items[0]).toMatchObject({ prompt: 'Another question?', loinc: '68518-0' })
  expect(imported.items[0]!.values![0]).toEqual({ value: 0, label: 'Not once' })
  expect(imported.items[0]!.values![1]).toEqual(plain.items[0]!.values![1])
  expect(imported.items[1]!.skipIf).toEqual(plain.items[1]!.skipIf)
})

it('a wording that lacks an item or names a value that is none throws', () => {
  const plain = instrumentById('phq-9')!
  const { q9: _q9, ...rest } = wordingOf(plain).items
  expect(() => withWording(plain, 'x', { items: rest })).toThrow('lacks q9')
  const odd = { ...wordingOf(plain).items, q1: { prompt: 'A?', labels: { 7: 'Seven' } } }
  expect(() => withWording(plain, 'x', { items: odd })).toThrow('no value 7')
})
