import { describe, expect, it } from 'vitest'
import type { Instant } from '../../platform/time.ts'
import { notBeforeNewest } from './page-clock.ts'

const at = (iso: string) => ({ at: iso as Instant })
const CLOCK = Date.parse('2026-11-24T17:00:00.000Z')

describe('the time a bedside page goes by', () => {
  it('is the clock where every entry lies behind it', () => {
    expect(notBeforeNewest([], CLOCK)).toBe(CLOCK)
    expect(notBeforeNewest([at('2026-11-24T16:59:59.999Z')], CLOCK)).toBe(CLOCK)
  })

  it('is not before an entry that the server stamped since the last tick, in whatever order they stand', () => {
    const events = [at('2026-11-24T17:00:00.400Z'), at('2026-11-24T16:50:00.000Z')]
    expect(notBeforeNewest(events, CLOCK)).toBe(CLOCK + 400)
  })

  it('is moved by no entry that is further ahead than a tick, and still by one that is not', () => {
    const events = [at('2026-11-24T17:00:01.000Z'), at('2026-11-24T17:00:01.001Z')]
    expect(notBeforeNewest(events, CLOCK)).toBe(CLOCK + 1_000)
  })
})
