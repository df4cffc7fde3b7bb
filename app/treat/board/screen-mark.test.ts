import { expect, it } from 'vitest'
import { screenCookie, screenMark } from './screen-mark.ts'

const MARK = '019a5e0e-5555-7000-8000-000000000001'

it('a screen is known by its own mark alone', () => {
  expect(screenMark(`ek_session=x; evenkeel-screen=${MARK}; y=1`)).toBe(MARK)
  for (const cookies of [
    null,
    '',
    `other-evenkeel-screen=${MARK}`,
    'evenkeel-screen=short',
    `evenkeel-screen=${MARK}0`,
  ]) {
    expect(screenMark(cookies)).toBeUndefined()
  }
})

it('goes over HTTPS alone where the page did', () => {
  expect(screenMark(screenCookie(MARK, true).split(';')[0]!)).toBe(MARK)
  expect(screenCookie(MARK, true)).toContain('; Secure')
  expect(screenCookie(MARK, false)).not.toContain('Secure')
})
