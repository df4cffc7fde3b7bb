import { expect, it } from 'vitest'
import { isUuid, parseId, uuidv7Source } from './ids.ts'

it('makes version 7 ids that sort by time', () => {
  let now = 1_700_000_000_000
  const ids = uuidv7Source(
    () => now++,
    (bytes) => bytes.fill(0xff),
  )
  const made = Array.from({ length: 300 }, () => ids.next())
  expect(made.every(isUuid)).toBe(true)
  expect(made.every((id) => id[14] === '7' && '89ab'.includes(id[19]!))).toBe(true)
  expect([...made].sort()).toEqual(made)
  expect(new Set(made).size).toBe(300)
})

it('reads only well-formed ids from outside', () => {
  expect(parseId('../../etc/passwd')).toBeUndefined()
  expect(parseId("0190a0a0-0000-7000-8000-000000000000' or 1=1")).toBeUndefined()
  expect(parseId(undefined)).toBeUndefined()
})
