import { expect, it } from 'vitest'
import { nightCookie, wantsNight } from './night-light.ts'

it('the night is a choice of the device, on and off', () => {
  const [on] = nightCookie(true, true).split(';')
  expect(wantsNight(`a=b; ${on}`)).toBe(true)
  expect(nightCookie(true, true)).toContain('; Secure')
  expect(nightCookie(false, false)).toContain('Max-Age=0')
  expect(wantsNight('evenkeel-light=; a=night')).toBe(false)
  expect(wantsNight(null)).toBe(false)
})
