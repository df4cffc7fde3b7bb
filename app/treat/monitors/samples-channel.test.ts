import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import type { ClinicId } from '../../platform/ids.ts'
import { newestOf, type SessionSamples, withSamples } from './live-samples.ts'
import { samplesChannel } from './samples-channel.server.ts'

const clinic = 'c' as ClinicId
const spo2 = (value: number, atMs: number): SessionSamples => ({
  spo2Percent: { value, atMs, quality: 'ok', device: 'Monitor' },
})

beforeEach(() => vi.useFakeTimers())
afterEach(() => vi.useRealTimers())

it('tells what is new, a session at most four times a second, and always the newest', () => {
  let nowMs = 0
  const channel = samplesChannel(() => nowMs)
  const heard: unknown[] = []
  channel.follow(clinic, (message) => heard.push(JSON.parse(message).sessions))
  const pass = (ms: number) => {
    for (let i = 0; i < ms; i++) {
      nowMs += 1
      vi.advanceTimersByTime(1)
    }
  }
  channel.put(clinic, { a: spo2(97, 1) })
  channel.put(clinic, { b: spo2(90, 1) })
  pass(20)
  expect(heard).toEqual([{ a: spo2(97, 1), b: spo2(90, 1) }])
  for (let i = 2; i < 100; i++) {
    channel.put(clinic, { a: spo2(97 + i, i) })
    pass(10)
  }
  expect(heard.length).toBeLessThanOrEqual(6)
  pass(300)
  expect(heard.at(-1)).toEqual({ a: spo2(196, 99) })
  expect(JSON.parse(channel.all(clinic)).sessions).toEqual({ a: spo2(196, 99), b: spo2(90, 1) })
})

it('does not tell a late value as if it were now', () => {
  let nowMs = 0
  const channel = samplesChannel(() => nowMs)
  const heard: string[] = []
  channel.follow(clinic, (message) => heard.push(message))
  channel.put(clinic, { a: spo2(97, 100) })
  nowMs = 1000
  vi.advanceTimersByTime(1000)
  channel.put(clinic, { a: spo2(80, 50) })
  nowMs = 2000
  vi.advanceTimersByTime(1000)
  expect(heard).toHaveLength(1)
})

it('forgets a session that was not heard for a quarter of an hour', () => {
  let nowMs = 0
  const channel = samplesChannel(() => nowMs)
  channel.put(clinic, { gone: spo2(97, 1) })
  nowMs = 16 * 60_000
  vi.advanceTimersByTime(1000)
  channel.put(clinic, { here: spo2(97, 2) })
  vi.advanceTimersByTime(1000)
  nowMs += 16 * 60_000
  channel.put(clinic, { here: spo2(97, 3) })
  vi.advanceTimersByTime(1000)
  expect(Object.keys(JSON.parse(channel.all(clinic)).sessions)).toEqual(['here'])
})

it('gives the same screen in whatever order messages come', () => {
  const one = {
    a: { ...spo2(97, 2), heartRatePerMin: { value: 70, atMs: 1, quality: 'ok', device: 'M' } } as const,
  }
  const two = { a: spo2(92, 3) }
  const first = withSamples(withSamples({}, { sessions: one }), { sessions: two })
  expect(withSamples(withSamples({}, { sessions: two }), { sessions: one })).toEqual(first)
  expect(withSamples(first, { sessions: one })).toEqual(first)
  expect(newestOf(undefined, spo2(97, 2))).toEqual(spo2(97, 2))
})

it('tells screens that a value was taken back, and nothing of one that was never believed', () => {
  let nowMs = 0
  const channel = samplesChannel(() => nowMs)
  const heard: string[] = []
  const taken = (atMs: number): SessionSamples => ({
    spo2Percent: { value: 97, atMs, quality: 'invalid', device: 'Monitor' },
  })
  channel.put(clinic, { a: taken(1) })
  expect(JSON.parse(channel.all(clinic)).sessions).toEqual({ a: {} })
  channel.put(clinic, { b: spo2(97, 5) })
  vi.advanceTimersByTime(1_000)
  channel.follow(clinic, (message) => heard.push(message))
  channel.put(clinic, { b: taken(5) })
  nowMs = 1_000
  vi.advanceTimersByTime(1_000)
  expect(heard.map((message) => JSON.parse(message).sessions)).toEqual([{ b: taken(5) }])
  expect(JSON.parse(channel.all(clinic)).sessions.b).toEqual(taken(5))
  expect(withSamples({ b: spo2(97, 5) }, { sessions: { b: taken(5) } }).b).toEqual(taken(5))
  channel.close()
})
