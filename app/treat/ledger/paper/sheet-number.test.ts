import { expect, it } from 'vitest'
import { readSheetNumber, sheetNumber } from './sheet-number.ts'

it('is the number and the beginning of the hash, and is read as people type it', () => {
  const number = sheetNumber({ seq: 1042, hash: `9f3ab2c1${'0'.repeat(56)}` })
  expect(number).toBe('1042-9f3ab2c1')
  for (const typed of [number, ' 1042 – 9F3AB2C1 ', '1042-9F3A B2C1']) {
    expect(readSheetNumber(typed)).toEqual({ seq: 1042, short: '9f3ab2c1' })
  }
})

it.each(['', '1042', '1042-9f3ab2c', '1042-9f3ab2c1d', '-9f3ab2c1', '1042-9f3ab2cg', '1.042-9f3ab2c1'])(
  '%s is none',
  (typed) => {
    expect(readSheetNumber(typed)).toBeUndefined()
  },
)
