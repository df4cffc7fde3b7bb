import { describe, expect, it } from 'vitest'
import type { Dose } from './dose.ts'
import { expectedVenousDraw } from './expected-venous-draw.ts'
import type { Model } from './model.ts'
import { clements1981, fanta2015, kamp2020, perezRuixo2021, simons2022 } from './models/index.ts'
import { exposureOf, type Simulation, simulate } from './simulate.ts'
import { simulatePopulation } from './simulate-population.ts'

/**
 * Published figures, each with its source and how far the typical prediction may lie from it. Where the default misses
 * one, the test says by how much: the miss is a property of the model and must not change unseen.
 */
const person = { weightKg: 70, ageYears: 40 }
const infused = (doseMg: number, durationMin: number): Dose[] => [
  { route: 'iv-infusion', startMin: 0, durationMin, doseMg },
]
function course(model: Model, doses: Dose[], times = [40]): Simulation {
  const found = simulate(model, person, doses, times)
  if (!found.ok) throw new Error(`${found.reason} ${found.field}`)
  return found
}
const peak = (model: Model, doses: Dose[]) => exposureOf(course(model, doses).curves.concentration).peak!
const areaHours = (model: Model, doses: Dose[]) =>
  exposureOf(course(model, doses).curves.concentration).totalAreaNgMinPerMl! / 60
/** The peak of the default's estimated venous line: the arm's delay as it would be an effect site. */
function venousPeak(doses: Dose[], halfLifeMin = 13.3) {
  const found = simulate(kamp2020, person, doses, [0], { effectSite: { halfLifeMin } })
  if (!found.ok) throw new Error(found.reason)
  return exposureOf(found.curves.effectSite!).peak!
}
/** How far a prediction lies from what was published, as a share of it. */
const off = (predicted: number, published: number) => predicted / published - 1
const within = (predicted: number, published: number, share: number) =>
  expect(Math.abs(off(predicted, published)), `${predicted} for ${published}`).toBeLessThanOrEqual(share)

describe('a published model is reproduced', () => {
  it('Perez-Ruixo 2021, nasal 28/56/84 mg: peaks 43.8/72.5/101.0 ng/mL, areas to 24 h 147.3/254.7/362.2, ±3 %', () => {
    const published = [
      [43.8, 147.3],
      [72.5, 254.7],
      [101.0, 362.2],
    ] as const
    for (const [i, [top, area]] of published.entries()) {
      const doses: Dose[] = Array.from({ length: i + 1 }, (_, k) => ({
        route: 'intranasal',
        atMin: 5 * k,
        doseMg: 28,
      }))
      within(peak(perezRuixo2021, doses).value, top, 0.03)
      within(course(perezRuixo2021, doses, [1440]).areaNgMinPerMl[0]! / 60, area, 0.03)
    }
  })
  it('Simons 2022, 20 mg over 20 min: predicted 268, observed arterial 273 and 260 ng/mL, ±8 %', () => {
    const level = course(simons2022, infused(20, 20), [20]).concentrationNgPerMl[0]!
    for (const published of [268, 273, 260]) within(level, published, 0.08)
  })
  it('Simons 2022, film 50/100 mg: peaks 96/144 ng/mL at 18.8/19.1 min, areas to 6 h 8363/13347, ±20 %', () => {
    for (const [doseMg, top, atMin, area] of [
      [50, 96, 18.8, 8363],
      [100, 144, 19.1, 13347],
    ] as const) {
      const doses: Dose[] = [{ route: 'sublingual', atMin: 0, doseMg }]
      within(peak(simons2022, doses).value, top, 0.2)
      within(peak(simons2022, doses).atMin, atMin, 0.2)
      within(course(simons2022, doses, [360]).areaNgMinPerMl[0]!, area, 0.2)
    }
  })
  it('effect site of the default: 216.6 ng/mL at 41.25 min after 40 minutes’ infusion', () => {
    const { value, atMin } = exposureOf(course(kamp2020, infused(35, 40)).curves.effectSite!).peak!
    within(value, 216.6, 0.0005)
    expect(Math.abs(atMin - 41.25)).toBeLessThan(0.05)
  })
  it('a bolus of 35 mg peaks in the effect site at 0.8, 1.6, 4.6, 8.2 min for half-lives 0.18, 0.5, 2.9, 8.3 min', () => {
    for (const [halfLifeMin, atMin] of [
      [0.18, 0.8],
      [0.5, 1.6],
      [2.9, 4.6],
      [8.3, 8.2],
    ] as const) {
      const found = simulate(kamp2020, person, [{ route: 'iv-bolus', atMin: 0, doseMg: 35 }], [1], {
        effectSite: { halfLifeMin },
      })
      if (!found.ok) throw new Error(found.reason)
      expect(Math.abs(exposureOf(found.curves.effectSite!).peak!.atMin - atMin)).toBeLessThan(0.06)
    }
  })
})

describe('observed data', () => {
  it('1, 2: 0.5 mg/kg over 40 min gave 156 (Lenze 2016) and 185 ng/mL (Zanos 2018 from Zarate 2006), venous ±25 %', () => {
    const drawn = expectedVenousDraw(kamp2020, person, infused(35, 40), [40])
    if (!drawn.ok) throw new Error(drawn.reason)
    for (const published of [156, 185]) {
      within(drawn.estimatedNgPerMl[0]!, published, 0.25)
      within(course(clements1981, infused(35, 40)).concentrationNgPerMl[0]!, published, 0.25)
      within(course(fanta2015, infused(35, 40)).concentrationNgPerMl[0]!, published, 0.25)
    }
    // The default's own line is arterial and is not to be compared: 62 and 37 % above.
    const arterial = course(kamp2020, infused(35, 40)).concentrationNgPerMl[0]!
    expect(off(arterial, 156)).toBeCloseTo(0.622, 2)
    expect(off(arterial, 185)).toBeCloseTo(0.368, 2)
  })
  it('3: the range 100–250 ng/mL (Zanos 2018 from Krystal 1994) lies in 5–95 % of the venous model; the default misses its foot', () => {
    const options = { n: 20_000, seed: 3, percentiles: [0.05, 0.95] }
    const venous = simulatePopulation(clements1981, person, infused(35, 40), [40], options)
    const estimated = simulatePopulation(kamp2020, person, infused(35, 40), [40], {
      ...options,
      effectSite: { halfLifeMin: 13.3 },
    })
    if (!venous.ok || !estimated.ok) throw new Error('refused')
    expect(venous.concentrationNgPerMl[0]![0]!).toBeLessThan(100)
    expect(venous.concentrationNgPerMl[1]![0]!).toBeGreaterThan(250)
    // The default's estimated venous line: 115 to 260, so levels of 100 to 115 lie below its 5 %.
    expect(estimated.effectSiteNgPerMl![0]![0]!).toBeGreaterThan(110)
    expect(estimated.effectSiteNgPerMl![0]![0]!).toBeLessThan(120)
    expect(estimated.effectSiteNgPerMl![1]![0]!).toBeGreaterThan(250)
    // Its own arterial line is another site: 157 to 360.
    expect(estimated.concentrationNgPerMl[0]![0]!).toBeGreaterThan(150)
  })
  it('4: 5 mg over 30 min gave 32 ng/mL (Hasan 2021), venous ±25 %; the arterial default lies 36 % above', () => {
    within(course(clements1981, infused(5, 30), [30]).concentrationNgPerMl[0]!, 32, 0.25)
    within(course(fanta2015, infused(5, 30), [30]).concentrationNgPerMl[0]!, 32, 0.25)
    within(venousPeak(infused(5, 30)).value, 32, 0.25)
    expect(course(kamp2020, infused(5, 30), [30]).concentrationNgPerMl[0]!).toBeCloseTo(43.4, 1)
  })
  it('5: clearance 97 (S) and 92 (R) L/h (Hasan 2021), ±20 %; half-lives of 5.2 and 6.1 h are missed: 3.1 h', () => {
    const clearance = 35_000 / areaHours(kamp2020, infused(35, 40))
    within(clearance, 97, 0.2)
    within(clearance, 92, 0.2)
    const halfLifeHours =
      Math.LN2 / Math.min(...course(kamp2020, infused(5, 30)).curves.concentration.rates) / 60
    expect(halfLifeHours).toBeCloseTo(3.06, 1)
    expect(off(halfLifeHours, 5.2)).toBeLessThan(-0.4)
  })
  it('6: 10 mg as a bolus: area 113 ng·h/mL (phar.2669), ±20 %; a peak of 296 at 2 min depends on mixing and is not judged', () => {
    within(areaHours(kamp2020, [{ route: 'iv-bolus', atMin: 0, doseMg: 10 }]), 113, 0.2)
  })
  it('7: 10/30/50 mg nasal racemate: peaks 22.9/60.8/77.6 ng/mL at 23/14/16 min (phar.2669), ±35 %', () => {
    const rows = [
      [10, 22.9, 23],
      [30, 60.8, 14],
      [50, 77.6, 16],
    ] as const
    for (const [doseMg, top, atMin] of rows) {
      const found = venousPeak([{ route: 'intranasal', atMin: 0, doseMg }])
      within(found.atMin, atMin, 0.35)
      // One share for all doses, 0.30, stands for published ones that fall from 17 to 11 % (or 45 % elsewhere).
      within(found.value, top, 0.35)
    }
  })
  it('8: nasal shares from 11 to 45 % are published; the one taken lies between (Yanagihara 2003, phar.2669)', () => {
    expect(kamp2020.parameters.F_in!.value).toBeGreaterThan(0.11)
    expect(kamp2020.parameters.F_in!.value).toBeLessThan(0.45)
  })
  it('9: 25 mg under the tongue: share 29 % ±15 %, peak at 0.75 h ±30 % (Rolan 2014)', () => {
    within(kamp2020.parameters.F_sl!.value, 0.29, 0.15)
    within(venousPeak([{ route: 'sublingual', atMin: 0, doseMg: 25 }]).atMin, 45, 0.3)
  })
  it('10: 25 mg under the tongue 28.6 ng/mL at 0.76 h, swallowed 22.8 at 0.96 h (Chong 2006), ±35 %', () => {
    const under = venousPeak([{ route: 'sublingual', atMin: 0, doseMg: 25 }])
    within(under.value, 28.6, 0.35)
    within(under.atMin, 0.76 * 60, 0.35)
    const swallowed = venousPeak([{ route: 'oral', atMin: 0, doseMg: 25 }])
    within(swallowed.atMin, 0.96 * 60, 0.35)
    within(kamp2020.parameters.F_sl!.value, 0.32, 0.35)
    within(kamp2020.parameters.F_po!.value, 0.23, 0.35)
    // Only just: its rate is ours and slow.
    within(swallowed.value, 22.8, 0.35)
  })
  it('11: shares of tablet and sublingual tablet, 20 and 30 % (Yanagihara 2003), ±25 %', () => {
    within(kamp2020.parameters.F_po!.value, 0.2, 0.25)
    within(kamp2020.parameters.F_sl!.value, 0.3, 0.25)
  })
  it('13: esketamine swallowed: share 8 % (Fanta 2015), ±25 %', () => {
    const oral = areaHours(fanta2015, [{ route: 'oral', atMin: 0, doseMg: 17.5 }])
    within(oral / areaHours(fanta2015, infused(17.5, 40)), 0.08, 0.25)
  })
  it('14: 0.5 mg/kg swallowed: 45 ng/mL (Grant 1981 through Zanos), ±35 %: missed by the default, half', () => {
    const swallowed = venousPeak([{ route: 'oral', atMin: 0, doseMg: 35 }])
    expect(off(swallowed.value, 45)).toBeCloseTo(-0.525, 2)
  })
  it('15: 0.5 mg/kg IM: peak near 22 min; the level of about 240 ng/mL is recalled, not verified, and not judged', () => {
    const muscle = venousPeak([{ route: 'im', atMin: 0, doseMg: 35 }])
    within(muscle.atMin, 22, 0.1)
    expect(kamp2020.parameters.F_im!.confidence).toBe('R')
  })
  it('17: esketamine spray: share about 48 %, peak 20–40 min after the last device, half-life 7–12 h (label), ±30 %', () => {
    const doses: Dose[] = [0, 5, 10].map((atMin) => ({ route: 'intranasal', atMin, doseMg: 28 }))
    const afterLast = peak(perezRuixo2021, doses).atMin - 10
    expect(afterLast).toBeGreaterThan(20 * 0.7)
    expect(afterLast).toBeLessThan(40 * 1.3)
    within(areaHours(perezRuixo2021, doses) / areaHours(perezRuixo2021, infused(84, 40)), 0.48, 0.3)
    const halfLifeHours =
      Math.LN2 / Math.min(...course(perezRuixo2021, doses).curves.concentration.rates) / 60
    expect(halfLifeHours).toBeGreaterThan(7)
    expect(halfLifeHours).toBeLessThan(12)
  })
})
