import { expect, it } from 'vitest'
import { newestValues } from '../session/newest-values.ts'
import { foldSession } from '../session/session.ts'
import { type LiveValue, newestOf, type SessionSamples } from './live-samples.ts'

const spo2 = (value: number, atMs: number, quality: LiveValue['quality'] = 'ok'): SessionSamples => ({
  spo2Percent: { value, atMs, quality, device: 'Monitor' },
})
const shown = (samples: SessionSamples) =>
  newestValues(foldSession([]), samples, 1_100, 600_000).find(({ sign }) => sign === 'spo2Percent')

it('a value that the device takes back is not shown any more, and is never calm', () => {
  const before = newestOf(undefined, spo2(97, 1_000))
  expect(shown(before)).toMatchObject({ state: 'within', value: 97 })
  const after = newestOf(before, spo2(97, 1_000, 'invalid'))
  expect(shown(after)).toMatchObject({ state: 'unknown', value: null })
  // Told again in another order, it stays taken back; a newer one counts.
  expect(newestOf(after, spo2(97, 1_000))).toBe(after)
  expect(shown(newestOf(after, spo2(96, 1_001)))).toMatchObject({ state: 'within', value: 96 })
})

it('what a device does not believe takes nothing from what it believed at another instant', () => {
  const before = newestOf(undefined, spo2(97, 1_000))
  expect(newestOf(before, spo2(0, 1_001, 'invalid'))).toBe(before)
  expect(newestOf(before, spo2(0, 999, 'invalid'))).toBe(before)
})
