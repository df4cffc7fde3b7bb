import { expect, it } from 'vitest'
import { INBOX_KEYS, inboxAct, rowAfter } from './inbox-keys.ts'
import { INBOX_VIEWS } from './inbox-views.ts'

it('every key that the page names does something, and each view has one', () => {
  for (const { key } of INBOX_KEYS) expect(inboxAct(key[0]!)).toBeDefined()
  expect(INBOX_VIEWS.map((_, i) => inboxAct(String(i + 1)))).toEqual(
    INBOX_VIEWS.map((_, place) => ({ kind: 'view', place })),
  )
  for (const key of ['0', '9', 'x', 'J', 'Enter', 'Tab', ' ']) expect(inboxAct(key)).toBeUndefined()
})

it('stepping stays in the list', () => {
  expect([rowAfter(-1, 1, 3), rowAfter(-1, -1, 3), rowAfter(2, 1, 3), rowAfter(0, -1, 3)]).toEqual([
    0, 0, 2, 0,
  ])
})
