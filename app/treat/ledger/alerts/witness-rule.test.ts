import { describe, expect, it } from 'vitest'
import { ago, codes, moved, only } from '../../../../tests/stock-for-alerts.ts'
import type { MovementId } from '../movement.ts'

describe('the same witness', () => {
  const acts = (number: number, by: string, witness: string, at = ago(2)) =>
    Array.from({ length: number }, () => moved('waste', { by, witness, at }))

  it('16 of 20 is told, 15 of 20 and 19 of 19 are not', () => {
    const alert = only('same-witness', {
      movements: [...acts(16, 'ana', 'ben'), ...acts(4, 'ana', 'cleo')],
    })
    expect(alert.detail).toBe('Of 20 witnessed acts of Ana Ruiz within 90 days Ben Holt witnessed 16.')
    expect(codes({ movements: [...acts(15, 'ana', 'ben'), ...acts(5, 'ana', 'cleo')] })).toEqual([])
    expect(codes({ movements: acts(19, 'ana', 'ben') })).toEqual([])
  })

  it('two who witness each other are one alert, and where only two work it says so', () => {
    const alert = only('same-witness', { movements: [...acts(20, 'ana', 'ben'), ...acts(30, 'ben', 'ana')] })
    expect(alert.ids.accounts).toEqual(['ana', 'ben'])
    expect(alert.detail).toMatch(/Nobody else witnessed anything in that time\.$/)
  })

  it('an act of several movements counts once, and only 90 days count', () => {
    const twice = acts(10, 'ana', 'ben').flatMap((one) => [
      one,
      moved('waste', { ...one, id: `${one.id}b` as MovementId }),
    ])
    expect(codes({ movements: twice })).toEqual([])
    expect(codes({ movements: acts(20, 'ana', 'ben', ago(90)) })).toEqual(['same-witness'])
    expect(codes({ movements: acts(20, 'ana', 'ben', ago(90, -1)) })).toEqual([])
  })
})
