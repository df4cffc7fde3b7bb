import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { protocolById } from '../protocols/protocol-library.ts'
import { CONCENTRATIONS_MG_PER_ML, type DoseAnswer, doseArithmetic } from './dose-arithmetic.ts'
import type { ChosenStep, InfusionChoice, InfusionFigures } from './infusion-arithmetic.ts'
import { type OrderCeilings, orderCeilings } from './order-ceilings.ts'

const audMet = protocolById('aud-met')!
const ceilings = orderCeilings(audMet) as Extract<OrderCeilings, { by: 'mg-per-kg' }>
const bolus: ChosenStep = { title: 'Bolus', mgPerKg: 0.11, durationMin: 2 }
const infusion: ChosenStep = { title: 'Infusion', mgPerKg: 0.6, durationMin: 50 }
const choice: InfusionChoice = {
  kind: 'infusion',
  steps: [bolus, infusion],
  weightBasis: 'actual',
  concentrationMgPerMl: 10,
  totalVolumeMl: 50,
}
const body = (actualWeightKg: number) => ({ actualWeightKg, heightCm: undefined, sex: undefined })
const ask = (part: Partial<InfusionChoice> = {}, kg = 70, held: OrderCeilings = ceilings) =>
  doseArithmetic({
    choice: { ...choice, ...part },
    route: 'intravenous',
    body: body(kg),
    ceilings: held,
  }) as DoseAnswer<InfusionFigures>

describe('a bolus and then an infusion', () => {
  it('is one syringe at two rates, worked by hand', () => {
    // 0.71 × 70 = 49.7 mg, 4.97 mL → down to 4.9 mL: 5 mL would carry the bolus over 0.055 mg/kg per min.
    const answer = ask()
    if (!answer.ok) throw new Error(answer.problems.join())
    const { figures } = answer
    expect([figures.doseMg, figures.volumeMl, figures.durationMin]).toEqual([49, 4.9, 52])
    // 50 mL × 0.11 ÷ 0.71 = 7.746 mL in 2 min = 232.4 mL/h; the rest, 42.254 mL, in 50 min = 50.7 mL/h.
    expect(figures.steps.map(({ title, rateMlPerH }) => [title, rateMlPerH])).toEqual([
      ['Bolus', 232.4],
      ['Infusion', 50.7],
    ])
    expect(figures.steps.reduce((sum, { doseMg }) => sum + doseMg, 0)).toBeCloseTo(49, 0)
    expect(answer.needs).toEqual([])
    expect(answer.lines.map(({ label }) => label)).toEqual([
      'Actual weight',
      'All steps',
      'Dose',
      'Drawn from the vial',
      'In the syringe',
      'Diluted',
      'Pump rate, Bolus',
      'Checked backwards, Bolus',
      'Pump rate, Infusion',
      'Checked backwards, Infusion',
      'All steps, backwards',
      'Speed, Bolus',
      'Speed, Infusion',
      'Per kg of the actual body',
    ])
  })

  it.each([
    ['at the rate of the protocol’s bolus', [bolus, infusion], []],
    ['a bolus a little faster', [{ ...bolus, mgPerKg: 0.111 }, infusion], ['rate-ceiling']],
    ['a bolus under another name', [{ ...bolus, title: 'Start' }, infusion], ['rate-ceiling']],
    ['the infusion as fast as the bolus', [bolus, { ...infusion, durationMin: 11 }], ['rate-ceiling']],
    ['the infusion at the ceiling', [bolus, { ...infusion, durationMin: 24 }], []],
    ['a push of half a minute', [{ ...bolus, durationMin: 0.5 }, infusion], ['push-too-fast']],
  ] as const)('%s', (_what, steps, problems) => {
    const answer = ask({ steps })
    expect(answer.ok ? [] : answer.problems).toEqual(problems)
  })

  it.each([20, 50, 100, 200])('of the protocol can be pumped from %d mL', (totalVolumeMl) => {
    for (const kg of [45, 70, 120, 180])
      for (const concentrationMgPerMl of [10, 50] as const)
        expect(ask({ totalVolumeMl, concentrationMgPerMl }, kg)).not.toMatchObject({
          problems: expect.arrayContaining(['pump-rate-too-high']),
        })
  })

  it('is refused where the bolus alone is faster than a pump runs, and says in which step', () => {
    // 250 mL × 0.11 ÷ 0.71 in 2 min = 1162 mL/h.
    expect(ask({ totalVolumeMl: 250 })).toMatchObject({ problems: ['pump-rate-too-high'], inStep: 0 })
  })

  it('says which step a problem lies in', () => {
    expect(ask({ steps: [bolus, { ...infusion, durationMin: 11 }] })).toMatchObject({ ok: false, inStep: 1 })
    expect(ask({ steps: [{ ...bolus, mgPerKg: 0.2 }, infusion] })).toMatchObject({ ok: false, inStep: 0 })
  })

  it('has no exception where the protocol has none, nor for a single step called so', () => {
    expect(ask({}, 70, { ...ceilings, bolus: undefined })).toMatchObject({ problems: ['rate-ceiling'] })
    expect(ask({ steps: [{ title: 'Bolus', mgPerKg: 0.5, durationMin: 10 }] })).toMatchObject({
      problems: ['rate-ceiling'],
    })
  })
})

describe('properties of several steps', () => {
  const asked = fc.record({
    weightKg: fc.double({ min: 40, max: 200, noNaN: true }),
    first: fc.double({ min: 0.02, max: 0.11, noNaN: true }),
    second: fc.double({ min: 0.2, max: 1.4, noNaN: true }),
    secondMin: fc.integer({ min: 10, max: 120 }),
    concentrationMgPerMl: fc.constantFrom(...CONCENTRATIONS_MG_PER_ML),
    totalVolumeMl: fc.double({ min: 10, max: 250, noNaN: true }),
  })

  it('mg, mL and rates meet in each step; no ceiling is passed unasked', () => {
    let answered = 0
    fc.assert(
      fc.property(asked, (q) => {
        const steps = [
          { ...bolus, mgPerKg: q.first },
          { ...infusion, mgPerKg: q.second, durationMin: q.secondMin },
        ]
        const answer = ask({ ...q, steps }, q.weightKg)
        if (!answer.ok) return
        answered++
        const f = answer.figures
        expect(f.doseMg).toBeCloseTo(f.volumeMl * q.concentrationMgPerMl, 6)
        // The sum of the doses is kept to nine digits, so the volumes meet to a nanolitre.
        expect(f.steps.reduce((sum, s) => sum + s.volumeMl, 0)).toBeCloseTo(q.totalVolumeMl, 5)
        for (const [at, step] of f.steps.entries()) {
          const pumpedMl = (step.rateMlPerH / 60) * step.durationMin
          expect(step.rateMlPerH).toBeLessThanOrEqual(999)
          expect(Math.abs(pumpedMl / step.volumeMl - 1)).toBeLessThanOrEqual(0.01 + 1e-9)
          const mgPerKgPerMin = ((step.rateMlPerH / 60) * f.finalMgPerMl) / q.weightKg
          expect(mgPerKgPerMin).toBeLessThanOrEqual((at === 0 ? 0.055 : 0.025) + 1e-9)
        }
        if (!answer.needs.includes('reason')) expect(f.mgPerActualKg).toBeLessThanOrEqual(1 + 1e-9)
        if (!answer.needs.includes('second-prescriber'))
          expect(f.mgPerActualKg).toBeLessThanOrEqual(1.5 + 1e-9)
      }),
      { numRuns: 2000 },
    )
    expect(answered).toBeGreaterThan(300)
  })
})
