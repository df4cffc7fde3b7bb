import { expect, it } from 'vitest'
import type { MissingDocument } from './consent-document.ts'
import { consentHold } from './consent-hold.ts'

const absent = (title: string, why: MissingDocument['why']): MissingDocument => ({
  id: title,
  version: '1',
  title,
  why,
  withdrawnAt: undefined,
})

it.each<[MissingDocument[], string | undefined]>([
  [[], undefined],
  [[absent('T', 'never-signed')], 'Not signed yet: T. Nothing is given by an order until it is signed'],
  [
    [absent('N', 'never-signed'), absent('T', 'withdrawn'), absent('O', 'newer-version')],
    'Consent is taken back: T. Changed since it was signed: O. Not signed yet: N. Nothing is given by an order until they are signed',
  ],
])('says why nothing is given by an order: %j', (missing, words) => {
  expect(consentHold({ missing })).toBe(words)
})
