import { describe, expect, it } from 'vitest'
import { protocolById } from '../protocols/protocol-library.ts'
import { type DoseChoice, doseArithmetic } from './dose-arithmetic.ts'
import { orderCeilings } from './order-ceilings.ts'
import { type CurvePerson, orderCurve } from './order-curve.ts'

const person: CurvePerson = { weightKg: 70, ageYears: 40, sex: 'female' }
function figures(protocolId: string, choice: DoseChoice, kg = 70) {
  const protocol = protocolById(protocolId)!
  const answer = doseArithmetic({
    choice,
    route: protocol.route,
    body: { actualWeightKg: kg, heightCm: undefined, sex: undefined },
    ceilings: orderCeilings(protocol)!,
  })
  if (!answer.ok) throw new Error(answer.problems.join())
  return [answer.figures, protocol.route] as const
}
const infusion = (steps: readonly (readonly [string, number, number])[]): DoseChoice => ({
  kind: 'infusion',
  steps: steps.map(([title, mgPerKg, durationMin]) => ({ title, mgPerKg, durationMin })),
  weightBasis: 'actual',
  concentrationMgPerMl: 10,
  totalVolumeMl: 50,
})

describe('the predicted course of an order', () => {
  it('of an infusion is the pump’s own rates, in the artery and at the effect', () => {
    const curve = orderCurve(...figures('trd-acute', infusion([['Infusion', 0.5, 40]])), person)
    if (!curve.ok) throw new Error(curve.why)
    // The package’s own figure for 0.5 mg/kg over 40 min in 70 kg.
    expect(curve.peak?.ngPerMl).toBeCloseTo(253, 0)
    expect(curve.peak?.atMinute).toBeCloseTo(40, 1)
    expect(curve.lines.map(({ key }) => key)).toEqual(['blood', 'effect'])
    for (const { ngPerMl, low, high } of curve.lines)
      expect(low[20]! < ngPerMl[20]! && ngPerMl[20]! < high[20]!).toBe(true)
  })

  it('of a bolus and an infusion knows both', () => {
    const steps = [
      ['Bolus', 0.11, 2],
      ['Infusion', 0.6, 50],
    ] as const
    const curve = orderCurve(...figures('aud-met', infusion(steps)), person)
    if (!curve.ok) throw new Error(curve.why)
    expect(curve.given).toEqual([{ fromMinute: 0, toMinute: 52 }])
    // Two minutes of the bolus lift the level above that of the infusion alone at the same minute.
    const alone = orderCurve(...figures('trd-acute', infusion([['Infusion', 0.6, 50]])), person)
    expect(curve.lines[0]!.ngPerMl[1]!).toBeGreaterThan(3 * (alone.ok ? alone.lines[0]!.ngPerMl[1]! : 0))
  })

  it('of esketamine is of a vein, with each device at its minute', () => {
    const choice = { kind: 'units', mg: 84, unitMg: 28 } as const
    const curve = orderCurve(...figures('esk-trd', choice), person)
    if (!curve.ok) throw new Error(curve.why)
    expect(curve.model.sampling).toBe('venous')
    expect(curve.given.map(({ fromMinute }) => fromMinute)).toEqual([0, 5, 10])
  })

  it.each([
    ['without a weight', { ...person, weightKg: undefined }, /No weight/],
    ['below the weights of the model', { ...person, weightKg: 40 }, /not made for this person/],
    ['above its ages', { ...person, ageYears: 80 }, /not made for this person/],
  ])('is not drawn %s, and says so', (_case, who, why) => {
    const curve = orderCurve(...figures('trd-acute', infusion([['Infusion', 0.5, 40]])), who)
    expect(curve).toEqual({ ok: false, why: expect.stringMatching(why) })
  })

  it('is not drawn for a route that no model was made for', () => {
    const choice = {
      kind: 'at-once-per-kg',
      mgPerKg: 0.5,
      weightBasis: 'actual',
      concentrationMgPerMl: 50,
    } as const
    expect(orderCurve(...figures('trd-sc', choice), person)).toMatchObject({ ok: false })
    expect(
      orderCurve(...figures('meth-im', { ...choice, mgPerKg: 0.5 }), { ...person, ageYears: undefined }),
    ).toMatchObject({ ok: true, cautions: expect.arrayContaining([expect.stringMatching(/age unknown/)]) })
  })
})
