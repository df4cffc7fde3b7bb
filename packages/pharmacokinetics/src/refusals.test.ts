import { describe, expect, it } from 'vitest'
import { boundsOutsideValidity } from './bounds.ts'
import { compareRegimens } from './compare-regimens.ts'
import { constant } from './constant.ts'
import { expectedVenousDraw } from './expected-venous-draw.ts'
import { exposureFactors } from './exposure-factors.ts'
import { defineModel } from './model.ts'
import { clements1981, domino1982, kamp2020, models } from './models/index.ts'
import { simulate } from './simulate.ts'
import { simulateByOde } from './simulate-by-ode.ts'

const person = { weightKg: 70, ageYears: 40 }
const infusion = { route: 'iv-infusion', startMin: 0, durationMin: 40, doseMg: 35 } as const

describe('what cannot be simulated is refused by name and value', () => {
  const ask = (over: { who?: object; doses?: object[]; times?: number[]; effectSite?: object }) =>
    simulate(kamp2020, { ...person, ...over.who }, (over.doses ?? [infusion]) as never, over.times ?? [40], {
      effectSite: over.effectSite as never,
    })
  it.each([
    [{ who: { weightKg: 0 } }, 'not-above-zero', 'person.weightKg', 0],
    [{ who: { weightKg: undefined } }, 'not-a-number', 'person.weightKg', undefined],
    [{ who: { weightKg: Number.NaN } }, 'not-a-number', 'person.weightKg', Number.NaN],
    [{ who: { ageYears: -1 } }, 'below-zero', 'person.ageYears', -1],
    [{ doses: [{ ...infusion, doseMg: -5 }] }, 'below-zero', 'doses[0].doseMg', -5],
    [{ doses: [infusion, { ...infusion, durationMin: 0 }] }, 'not-above-zero', 'doses[1].durationMin', 0],
    [
      { doses: [{ route: 'iv-bolus', atMin: Number.NaN, doseMg: 1 }] },
      'not-a-number',
      'doses[0].atMin',
      Number.NaN,
    ],
    [{ doses: [{ route: 'iv-rate', steps: [] }] }, 'nothing-given', 'doses[0].steps', []],
    [
      {
        doses: [
          {
            route: 'iv-rate',
            steps: [
              { atMin: 5, mgPerMin: 1 },
              { atMin: 5, mgPerMin: 2 },
            ],
          },
        ],
      },
      'times-not-ascending',
      'doses[0].steps[1].atMin',
      5,
    ],
    [
      { doses: [{ route: 'iv-rate', steps: [{ atMin: 5, mgPerMin: -1 }] }] },
      'below-zero',
      'doses[0].steps[0].mgPerMin',
      -1,
    ],
    [{ doses: [{ route: 'rectal', atMin: 0, doseMg: 1 }] }, 'unknown-route', 'doses[0].route', 'rectal'],
    [
      { doses: [{ route: 'sublingual', atMin: 0, doseMg: 1, swallowedShare: 1.2 }] },
      'not-a-share',
      'doses[0].swallowedShare',
      1.2,
    ],
    [{ times: [] }, 'nothing-given', 'timesMin', 0],
    [{ times: [10, 5] }, 'times-not-ascending', 'timesMin[1]', 5],
    [{ times: [0, 10, 10] }, 'times-not-ascending', 'timesMin[2]', 10],
    [{ times: [Number.NaN] }, 'not-a-number', 'timesMin[0]', Number.NaN],
    [{ effectSite: { halfLifeMin: -2 } }, 'not-above-zero', 'effectSite.halfLifeMin', -2],
    // What a double could not carry through to a number: each named, none answered with NaN.
    [{ doses: [{ ...infusion, durationMin: 1e-310 }] }, 'out-of-range', 'doses[0].durationMin', 1e-310],
    [
      { doses: [{ ...infusion, startMin: 40, durationMin: 1e-15 }] },
      'out-of-range',
      'doses[0].durationMin',
      1e-15,
    ],
    [{ doses: [{ ...infusion, startMin: -1e308 }] }, 'out-of-range', 'doses[0].startMin', -1e308],
    [{ doses: [{ route: 'iv-bolus', atMin: 0, doseMg: 1e308 }] }, 'out-of-range', 'doses[0].doseMg', 1e308],
    [
      { doses: [{ route: 'iv-rate', steps: [{ atMin: 0, mgPerMin: 1e300 }] }] },
      'out-of-range',
      'doses[0].steps[0].mgPerMin',
      1e300,
    ],
    [{ who: { weightKg: 1e-320 } }, 'out-of-range', 'person.weightKg', 1e-320],
    [{ who: { weightKg: 1e300 } }, 'out-of-range', 'person.weightKg', 1e300],
    [{ who: { ageYears: 1e9 } }, 'out-of-range', 'person.ageYears', 1e9],
    [{ effectSite: { halfLifeMin: 1e-320 } }, 'out-of-range', 'effectSite.halfLifeMin', 1e-320],
    [{ effectSite: { halfLifeMin: 1e300 } }, 'out-of-range', 'effectSite.halfLifeMin', 1e300],
    [{ times: [0, 1e300] }, 'out-of-range', 'timesMin[1]', 1e300],
  ])('%o', (over, reason, field, value) => {
    expect(ask(over as never)).toEqual({ ok: false, reason, field, value })
  })
  it('a route that the model does not have', () => {
    expect(simulate(domino1982, person, [{ route: 'im', atMin: 0, doseMg: 35 }], [10])).toEqual({
      ok: false,
      reason: 'route-not-in-model',
      field: 'doses[0].route',
      value: 'im',
    })
  })
  it('the same by ODE, in bounds, a venous draw and a comparison', () => {
    const bad = [{ ...infusion, doseMg: -5 }]
    const wanted = { ok: false, reason: 'below-zero', value: -5 }
    expect(simulateByOde(kamp2020, person, bad, [40])).toMatchObject(wanted)
    expect(boundsOutsideValidity(kamp2020, person, bad, [40])).toMatchObject(wanted)
    expect(expectedVenousDraw(kamp2020, person, bad, [40])).toMatchObject(wanted)
    expect(
      compareRegimens(kamp2020, person, person, [{ name: 'a', doses: bad }], [40], { n: 10, seed: 1 }),
    ).toMatchObject({ ...wanted, field: 'regimens[0].doses[0].doseMg' })
    expect(expectedVenousDraw(clements1981, person, [infusion], [40])).toMatchObject({
      value: 'clements-1981-venous',
    })
  })
})

describe('models', () => {
  it('no constant without a source, a confidence and a known unit', () => {
    const from = { source: 'somewhere', confidence: 'P' } as const
    expect(() => constant(1, 'L', { ...from, source: ' ' })).toThrow('1 has no source')
    expect(() => constant(1, 'L', { source: 'x' } as never)).toThrow('no confidence tag')
    expect(() => constant(1, 'gallon' as never, from)).toThrow('unknown unit gallon')
    expect(() => constant(Number.NaN, 'L', from)).toThrow('NaN')
    expect(() => constant(-1, 'L', from)).toThrow('-1')
    expect(() => constant(1.2, 'share', from)).toThrow('share of 1.2')
    expect(() => constant(5, 'L', { ...from, interval95: [6, 7] })).toThrow('outside its interval')
    const { V1, ...others } = kamp2020.parameters
    expect(() => defineModel({ ...kamp2020, parameters: others })).toThrow('disposition names unknown V1')
    expect(() => defineModel({ ...kamp2020, parameters: { ...others, V1: { ...V1!, source: '' } } })).toThrow(
      'kamp-2020-arterial.V1: 25 has no source',
    )
  })
  it('say their site, validity, the status of their variability, and differ in id', () => {
    expect(new Set(models.map(({ id }) => id)).size).toBe(models.length)
    for (const model of models) {
      expect(['arterial', 'venous', 'unspecified']).toContain(model.sampling)
      expect(model.cautions.length).toBeGreaterThan(0)
      for (const { source, confidence } of Object.values(model.parameters)) {
        expect(source).not.toBe('')
        // Nothing recalled may hide as read.
        if (source.includes('derived')) expect(confidence).toBe('D')
      }
      // An effect site needs arterial data; Domino's is the one that was fitted with its own model.
      if (model.sampling === 'venous') expect(model.effectSites).toEqual({})
    }
    expect(kamp2020.variability.status).toBe('surrogate')
  })
  it('cannot be changed', () => {
    expect(() => {
      ;(kamp2020.parameters.CL as { value: number }).value = 1
    }).toThrow(TypeError)
  })
})

describe('outside what a model was made for', () => {
  it('150 kg, 0.5 mg/kg: 286 ng/mL with size, 2.1 times that of 70 kg without; warned', () => {
    const doses = [{ ...infusion, doseMg: 75 }]
    const found = boundsOutsideValidity(kamp2020, { weightKg: 150, ageYears: 40 }, doses, [40])
    if (!found.ok) throw new Error(found.reason)
    expect(found.within).toBe(false)
    expect(found.warnings[0]).toMatchObject({ reason: 'weight-above-range', value: 150, widens: true })
    expect(found.concentrationNgPerMl[0]!).toBeCloseTo(286, 0)
    expect(found.upperNgPerMl[0]! / 253.05).toBeCloseTo(75 / 35, 2)
    expect(found.lowerNgPerMl[0]!).toBe(found.concentrationNgPerMl[0]!)
  })
  it('80 years: clearance may be 23 % less; Perez-Ruixo has it in the model: 84 instead of 109 L/h', () => {
    const found = boundsOutsideValidity(kamp2020, { weightKg: 70, ageYears: 80 }, [infusion], [40, 360])
    if (!found.ok) throw new Error(found.reason)
    expect(found.warnings[0]).toMatchObject({ reason: 'age-above-range', value: 80, widens: true })
    expect(found.upperNgPerMl[1]!).toBeGreaterThan(1.2 * found.concentrationNgPerMl[1]!)
    const clearance = (ageYears: number) => {
      const course = simulate(models[5]!, { weightKg: 70, ageYears }, [infusion], [100_000])
      if (!course.ok) throw new Error(course.reason)
      return (35_000 / course.areaNgMinPerMl[0]!) * 60
    }
    expect(clearance(40)).toBeCloseTo(109, 0)
    expect(Math.abs(clearance(80) - 84)).toBeLessThan(1)
  })
  it('within range there is one line and no warning', () => {
    const found = boundsOutsideValidity(kamp2020, person, [infusion], [40])
    if (!found.ok) throw new Error(found.reason)
    expect([found.within, found.warnings, found.assumptions.length]).toEqual([true, [], 1])
    expect(found.upperNgPerMl).toEqual(found.lowerNgPerMl)
  })
  it('factors flag and widen but never shift: grapefruit triples only what is swallowed', () => {
    const who = { ...person, factors: ['grapefruit'] }
    const oral = { route: 'oral', atMin: 0, doseMg: 25 } as const
    const plain = simulate(kamp2020, person, [oral], [60])
    const swallowed = boundsOutsideValidity(kamp2020, who, [oral], [60])
    const infused = boundsOutsideValidity(kamp2020, who, [infusion], [60])
    if (!plain.ok || !swallowed.ok || !infused.ok) throw new Error('refused')
    expect(swallowed.concentrationNgPerMl).toEqual(plain.concentrationNgPerMl)
    expect(swallowed.upperNgPerMl[0]! / plain.concentrationNgPerMl[0]!).toBeCloseTo(3, 6)
    expect(infused.upperNgPerMl).toEqual(infused.concentrationNgPerMl)
    expect(infused.warnings).toMatchObject([{ reason: 'factor', value: 'grapefruit', widens: false }])
  })
  it('an unknown factor, an unknown age and an unusual dose are said', () => {
    const found = simulate(
      kamp2020,
      { weightKg: 70, factors: ['moonlight'] },
      [{ ...infusion, doseMg: 210 }],
      [40],
    )
    if (!found.ok) throw new Error(found.reason)
    expect(found.warnings.map(({ reason }) => reason)).toEqual([
      'age-unknown',
      'dose-above-range',
      'unknown-factor',
    ])
  })
  it('every factor has words, a source and ranges around 1', () => {
    for (const { words, source, vein, swallowed = vein } of exposureFactors) {
      expect(words.length * source.length).toBeGreaterThan(0)
      for (const [low, high] of [vein, swallowed]) expect(low <= 1 && high >= 1).toBe(true)
    }
  })
})
