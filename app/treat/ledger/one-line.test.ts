import { expect, it } from 'vitest'
import { FIELD_END } from './chain.server.ts'
import { oneLine } from './one-line.ts'

it('a line of the ledger holds nothing that parts the fields of a row', () => {
  expect(oneLine('Say why.').parse(`broken${FIELD_END}on the\tfloor\n½`)).toBe('broken on the floor ½')
  expect(oneLine('Say why.').safeParse(undefined).error?.issues[0]?.message).toBe('Say why.')
  expect(oneLine('Say why.', 3).safeParse('four').error?.issues[0]?.message).toBe(
    'Keep this under 3 characters.',
  )
})
