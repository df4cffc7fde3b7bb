import {
  type Dose,
  kamp2020,
  type PopulationOptions,
  simulate,
  simulateByOde,
  simulatePopulation,
} from '../packages/pharmacokinetics/src/index.ts'
import { type Figure, type Measure, median } from './figure.ts'

const GRID = Float64Array.from({ length: 361 }, (_, minute) => minute)
const DOSES: readonly Dose[] = [{ route: 'iv-infusion', startMin: 0, durationMin: 40, doseMg: 35 }]
const PERSON = { weightKg: 70, ageYears: 40 }

function population(n: number, options: Partial<PopulationOptions> = {}): number {
  const started = performance.now()
  const found = simulatePopulation(kamp2020, PERSON, DOSES, GRID, { n, seed: 1, ...options })
  const taken = performance.now() - started
  if (!found.ok) throw new Error(found.reason)
  return taken
}

/** What an ODE solver needs for one person of the same work: weights differ so that no two are alike. */
function odePerPerson(people: number): number {
  const started = performance.now()
  for (let person = 0; person < people; person += 1) {
    const found = simulateByOde(kamp2020, { weightKg: 60 + person / 10, ageYears: 40 }, DOSES, GRID, {
      relative: 1e-6,
      absolute: 1e-6,
    })
    if (!found.ok) throw new Error(found.reason)
  }
  return (performance.now() - started) / people
}

/** Bytes that ArrayBuffers and heap hold more than before, at most, while people are simulated. */
function memoryOf(n: number): number {
  globalThis.gc?.()
  const held = () => process.memoryUsage().arrayBuffers
  const before = held()
  let most = 0
  simulatePopulation(kamp2020, PERSON, DOSES, GRID, {
    n,
    seed: 1,
    onProgress: () => {
      most = Math.max(most, held() - before)
    },
  })
  return most
}

/** Bands of many people over six hours by the minute: every parameter, effect site and residual vary; one thread. */
export const measure: Measure = async ({ smoke }) => {
  const small = smoke ? 2_000 : 10_000
  const large = smoke ? 4_000 : 100_000
  const rounds = smoke ? 2 : 15
  for (let warm = 0; warm < (smoke ? 1 : 4); warm += 1) population(small)
  const taken = Array.from({ length: rounds }, () => population(small))
  const many = Array.from({ length: smoke ? 1 : 4 }, () => population(large))
  const ode = odePerPerson(smoke ? 3 : 40)
  const single = Array.from({ length: smoke ? 5 : 200 }, () => {
    const started = performance.now()
    simulate(kamp2020, PERSON, DOSES, GRID)
    return performance.now() - started
  })
  const name = (n: number) => `${n.toLocaleString('en')} people × 361 points`
  const peer = (n: number, unit: number) => ({ name: 'plain ODE run of as many', value: (ode * n) / unit })
  const figures: Figure[] = [
    {
      name: `${name(small)}, bands, best`,
      unit: 'ms',
      ours: Math.min(...taken),
      peer: peer(small, 1),
      how: `blood and effect site with residual, best of ${rounds}; ODE at 1e-6 without percentiles, extrapolated`,
    },
    {
      name: `${name(small)}, bands, median`,
      unit: 'ms',
      ours: median(taken),
      peer: peer(small, 1),
      how: `median of ${rounds}`,
    },
    {
      name: `${name(large)}, bands`,
      unit: 's',
      ours: Math.min(...many) / 1000,
      peer: peer(large, 1000),
      how: `streamed, best of ${many.length}`,
    },
    {
      name: 'memory while streaming',
      unit: 'MB',
      ours: memoryOf(large) / 1e6,
      peer: { name: 'of half as many', value: memoryOf(large / 2) / 1e6 },
      how: 'most that arrays held beyond the beginning',
    },
    {
      name: 'one typical course, 361 points and effect site',
      unit: 'ms',
      ours: median(single),
      peer: { name: 'the same by ODE', value: ode },
      how: `closed form, median of ${single.length}`,
    },
  ]
  return figures
}
