import { describe, expect, it } from 'vitest'
import { nelsonAalen } from './nelson-aalen.ts'

const rows = { time: Float64Array.of(5, 1, 1, 3), event: Uint8Array.of(1, 1, 1, 0) }

describe('nelsonAalen', () => {
  it('adds d/n', () => {
    const h = nelsonAalen(rows)
    if (!h.ok) throw new Error(h.reason)
    expect([...h.time]).toEqual([1, 3, 5])
    expect([...h.cumulativeHazard]).toEqual([0.5, 0.5, 1.5])
    expect(h.seCumulativeHazard[0]).toBeCloseTo(Math.sqrt(2) / 4, 15)
    expect(h.survival[2]).toBeCloseTo(Math.exp(-1.5), 15)
  })

  it('takes tied events one after another when asked', () => {
    const h = nelsonAalen(rows, { ties: 'fleming-harrington' })
    if (!h.ok) throw new Error(h.reason)
    expect(h.cumulativeHazard[0]).toBeCloseTo(1 / 4 + 1 / 3, 15)
    expect(h.seCumulativeHazard[0]).toBeCloseTo(Math.sqrt(1 / 16 + 1 / 9), 15)
  })

  it('refuses what kaplanMeier refuses', () => {
    expect(nelsonAalen({ time: new Float64Array(), event: new Uint8Array() })).toEqual({
      ok: false,
      reason: 'no-rows',
    })
  })
})
