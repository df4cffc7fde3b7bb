import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { protocolById } from '../protocols/protocol-library.ts'
import { type AtOnceChoice, SITE_LIMITS, workOutAtOnce } from './at-once-arithmetic.ts'
import { type OrderCeilings, orderCeilings } from './order-ceilings.ts'

const muscle = orderCeilings(protocolById('oud-kpt')!)!
const skin = orderCeilings(protocolById('trd-sc')!)!
const mg = orderCeilings(protocolById('oud-bup-im')!)!
const body = (actualWeightKg: number) => ({ actualWeightKg, heightCm: undefined, sex: undefined })
const perKg = (mgPerKg: number, concentrationMgPerMl: 10 | 50 | 100 = 50): AtOnceChoice => ({
  kind: 'at-once-per-kg',
  mgPerKg,
  weightBasis: 'actual',
  concentrationMgPerMl,
})

describe('an injection', () => {
  // mg/kg, kg, mg/mL → mg, mL at each place, needs; worked by hand
  it.each([
    [0.5, 70, 50, 'intramuscular', 35, [0.7], []],
    [2, 70, 50, 'intramuscular', 140, [2.8], ['reason']],
    [2, 110, 50, 'intramuscular', 220, [2.2, 2.2], ['reason']],
    [2.5, 70, 100, 'intramuscular', 170, [1.7], ['reason']],
    [2.51, 70, 100, 'intramuscular', 180, [1.8], ['reason', 'second-prescriber']],
    [0.5, 70, 10, 'subcutaneous', 35, [1.7, 1.8], []],
    [1, 80, 50, 'subcutaneous', 80, [1.6], []],
  ] as const)('%d mg/kg × %d kg from %d mg/mL, %s', (dose, kg, vial, route, doseMg, portionsMl, needs) => {
    const answer = workOutAtOnce(
      perKg(dose, vial),
      route,
      body(kg),
      route === 'intramuscular' ? muscle : skin,
    )
    expect(answer).toMatchObject({ ok: true, figures: { doseMg, portionsMl }, needs })
  })

  it('under the skin, above the one ceiling there is, needs both', () => {
    expect(workOutAtOnce(perKg(1.01), 'subcutaneous', body(80), skin)).toMatchObject({
      needs: ['reason', 'second-prescriber'],
    })
  })

  it.each([
    ['more than two places hold', perKg(2, 10), 'intramuscular', 70, ['too-much-for-sites']],
    ['no weight', perKg(0.5), 'intramuscular', undefined, ['weight-unknown']],
    ['a slipped decimal point', perKg(20), 'intramuscular', 70, ['implausible-dose']],
    ['no number', perKg(Number.NaN), 'intramuscular', 70, ['implausible-dose']],
  ] as const)('refuses %s', (_what, choice, route, kg, problems) => {
    expect(workOutAtOnce(choice, route, kg === undefined ? undefined : body(kg), muscle)).toMatchObject({
      ok: false,
      problems,
    })
  })

  it('of fixed mg is the same for every weight, and its ceilings count mg', () => {
    const choice = { kind: 'at-once-mg', mg: 10, concentrationMgPerMl: 50 } as const
    expect(workOutAtOnce(choice, 'intramuscular', undefined, mg)).toMatchObject({
      ok: true,
      figures: { doseMg: 10, volumeMl: 0.2, mgPerActualKg: undefined },
      needs: [],
    })
    expect(workOutAtOnce({ ...choice, mg: 11 }, 'intramuscular', undefined, mg)).toMatchObject({
      needs: ['reason', 'second-prescriber'],
    })
    expect(workOutAtOnce(choice, 'intramuscular', undefined, muscle)).toMatchObject({
      problems: ['wrong-ceilings'],
    })
  })
})

it('mL, mg and places meet, nothing is above a ceiling unasked, more mg/kg is never fewer mg', () => {
  const kg = fc.double({ min: 40, max: 200, noNaN: true })
  const dose = fc.double({ min: 0.1, max: 3, noNaN: true })
  const vial = fc.constantFrom(10, 50, 100) as fc.Arbitrary<10 | 50 | 100>
  const held = muscle as Extract<OrderCeilings, { by: 'mg-per-kg' }>
  fc.assert(
    fc.property(kg, dose, fc.double({ min: 1, max: 2, noNaN: true }), vial, (weightKg, asked, factor, mL) => {
      const answer = workOutAtOnce(perKg(asked, mL), 'intramuscular', body(weightKg), muscle)
      if (!answer.ok) return
      const f = answer.figures
      expect(f.doseMg).toBeCloseTo(f.volumeMl * mL, 6)
      expect(Math.abs(f.doseMg / f.wantedMg - 1)).toBeLessThanOrEqual(0.05 + 1e-9)
      expect(f.portionsMl.reduce((sum, each) => sum + each, 0)).toBeCloseTo(f.volumeMl, 6)
      for (const each of f.portionsMl) {
        expect(each).toBeGreaterThan(0)
        expect(each).toBeLessThanOrEqual(SITE_LIMITS.intramuscular!.ml + 1e-9)
      }
      if (!answer.needs.includes('reason')) expect(f.mgPerActualKg).toBeLessThanOrEqual(held.soft + 1e-9)
      if (!answer.needs.includes('second-prescriber'))
        expect(f.mgPerActualKg).toBeLessThanOrEqual(held.hard + 1e-9)
      const more = workOutAtOnce(perKg(asked * factor, mL), 'intramuscular', body(weightKg), muscle)
      if (more.ok) expect(more.figures.doseMg).toBeGreaterThanOrEqual(f.doseMg - 1e-9)
    }),
    { numRuns: 2000 },
  )
})
