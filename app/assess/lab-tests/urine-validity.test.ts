import { describe, expect, it } from 'vitest'
import { saysNothing, urineValidity } from './urine-validity.ts'

const verdict = (creatinineMgDl?: number, specificGravity?: number, ph?: number, nitriteUgMl?: number) =>
  urineValidity({ creatinineMgDl, specificGravity, ph, nitriteUgMl }).validity

describe('whether a specimen can be trusted', () => {
  it.each([
    // creatinine, gravity, pH, nitrite: what the HHS rules say at and beside each limit
    [80, 1.015, 6, undefined, 'valid'],
    [20, undefined, 6, undefined, 'valid'],
    [19.9, 1.002, 6, undefined, 'dilute'],
    [2, 1.0011, 6, undefined, 'dilute'],
    [19.9, 1.003, 6, undefined, 'valid'],
    [20, 1.002, 6, undefined, 'valid'],
    [1.9, 1.001, 6, undefined, 'substituted'],
    [1.9, 1.02, 6, undefined, 'substituted'],
    [1.9, 1.01, 6, undefined, 'invalid'],
    [2, 1.001, 6, undefined, 'invalid'],
    [80, 1.015, 3.9, undefined, 'adulterated'],
    [80, 1.015, 4, undefined, 'invalid'],
    [80, 1.015, 4.5, undefined, 'valid'],
    [80, 1.015, 8.9, undefined, 'valid'],
    [80, 1.015, 9, undefined, 'invalid'],
    [80, 1.015, 11, undefined, 'adulterated'],
    [80, 1.015, 6, 499, 'invalid'],
    [80, 1.015, 6, 500, 'adulterated'],
    [80, 1.015, 6, 199, 'valid'],
  ])('creatinine %s, gravity %s, pH %s, nitrite %s: %s', (creatinine, gravity, ph, nitrite, expected) => {
    expect(verdict(creatinine, gravity, ph, nitrite)).toBe(expected)
  })

  it('is not checked when something decisive was not measured, and says what', () => {
    expect(urineValidity({})).toEqual({
      validity: 'not-checked',
      because: ['creatinine was not measured', 'pH was not measured'],
      temperature: 'not-measured',
    })
    expect(verdict(12, undefined, 6)).toBe('not-checked')
    expect(verdict(80, 1.015, undefined)).toBe('not-checked')
    // What is decisive alone needs nothing else.
    expect(verdict(undefined, undefined, 12)).toBe('adulterated')
  })

  it('reads the temperature only within four minutes', () => {
    const temperature = (temperatureC: number, temperatureInTime?: boolean) =>
      urineValidity({ temperatureC, temperatureInTime }).temperature
    expect([31.9, 32, 38, 38.1].map((one) => temperature(one, true))).toEqual([
      'out-of-range',
      'in-range',
      'in-range',
      'out-of-range',
    ])
    expect(temperature(36)).toBe('not-in-time')
  })

  it('takes away all meaning only from specimens that are not what they seem', () => {
    expect((['substituted', 'adulterated', 'invalid'] as const).every(saysNothing)).toBe(true)
    expect((['valid', 'dilute', 'not-checked'] as const).some(saysNothing)).toBe(false)
  })
})
