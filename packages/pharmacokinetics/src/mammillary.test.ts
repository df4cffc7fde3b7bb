import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { emptySystem, type System } from './individual.ts'
import { decayOf, emptyDecay } from './mammillary.ts'

/** Rates per minute as human drugs have them, over four powers of ten. */
const rate = fc.double({ min: -9, max: 1, noNaN: true }).map(Math.exp)
const systems = fc
  .record({
    loss: rate,
    peripherals: fc.array(fc.tuple(rate, rate), { minLength: 0, maxLength: 3 }),
    liver: rate,
  })
  .map(({ loss, peripherals, liver }) => {
    const system = emptySystem()
    system.lossPerMin = loss
    system.peripherals = peripherals.length
    for (const [p, [out, back]] of peripherals.entries()) {
      system.outPerMin[p] = out
      system.backPerMin[p] = back
      // Every third peripheral eliminates, as a liver does.
      system.peripheralLossPerMin[p] = p % 3 === 2 ? liver : 0
    }
    return system
  })

const exits = (s: System) =>
  Array.from({ length: s.peripherals }, (_, p) => s.backPerMin[p]! + s.peripheralLossPerMin[p]!)

describe('decay of a mammillary system', () => {
  it('obeys Vieta: rates add to the trace and multiply to the determinant; weights are positive and add to 1', () => {
    fc.assert(
      fc.property(systems, (system) => {
        const decay = emptyDecay()
        decayOf(system, decay)
        const rates = Array.from(decay.rates.subarray(0, decay.count))
        const weights = Array.from(decay.weights.subarray(0, decay.count))
        const d = exits(system)
        let trace = system.lossPerMin
        let drained = system.lossPerMin
        for (let p = 0; p < system.peripherals; p += 1) {
          trace += system.outPerMin[p]! + d[p]!
          drained += (system.outPerMin[p]! * system.peripheralLossPerMin[p]!) / d[p]!
        }
        const determinant = d.reduce((product, exit) => product * exit, drained)
        expect(rates.reduce((a, b) => a + b, 0) / trace).toBeCloseTo(1, 11)
        expect(rates.reduce((a, b) => a * b, 1) / determinant).toBeCloseTo(1, 9)
        expect(weights.every((weight) => weight >= 0 && weight <= 1)).toBe(true)
        expect(weights.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 9)
        expect([...rates].sort((a, b) => a - b)).toEqual(rates)
        expect(rates.every((r) => r > 0)).toBe(true)
      }),
      { numRuns: 2000 },
    )
  })
  it('has one rate with one compartment', () => {
    const system = { ...emptySystem(), lossPerMin: 0.02 }
    const decay = emptyDecay()
    decayOf(system, decay)
    expect([decay.count, decay.rates[0], decay.weights[0]]).toEqual([1, 0.02, 1])
  })
})
