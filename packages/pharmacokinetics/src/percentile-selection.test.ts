import fc from 'fast-check'
import { expect, it } from 'vitest'
import { sortedPercentile } from './percentile-bins.ts'
import { percentilesInPlace } from './percentile-selection.ts'

const SHARES = [0, 0.05, 0.25, 0.5, 0.95, 1]

it('finds by selection what sorting finds, to the bit, with ties and in any order', () => {
  const value = fc.oneof(fc.constantFrom(0, 1, 7), fc.double({ min: 0, max: 1e6, noNaN: true }))
  fc.assert(
    fc.property(fc.array(value, { minLength: 1, maxLength: 60 }), (list) => {
      const sorted = Float64Array.from(list).sort()
      percentilesInPlace(Float64Array.from(list), SHARES, (at, found) => {
        expect(found).toBe(sortedPercentile(sorted, SHARES[at]!))
      })
    }),
  )
})
