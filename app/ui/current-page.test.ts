import { expect, test } from 'vitest'
import { currentHref } from './current-page.ts'

const items = [
  { href: '/', label: 'Home' },
  { href: '/work', label: 'Now' },
  { href: '/work/requests', label: 'Requests' },
]

test('the deepest entry that holds the page is current', () => {
  expect(currentHref(items, '/work/requests/7?tab=log')).toBe('/work/requests')
  expect(currentHref(items, '/work/board')).toBe('/work')
})

test('home is current only at home, and a shared beginning of a word is no parent', () => {
  expect(currentHref(items, '/')).toBe('/')
  expect(currentHref(items, '/workshop')).toBeUndefined()
})
