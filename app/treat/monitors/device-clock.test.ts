import type { Batch } from '@evenkeel/vital-signs'
import { describe, expect, it } from 'vitest'
import type { ChairId } from '../../plan/index.ts'
import type { Instant } from '../../platform/time.ts'
import { type DeviceId, sessionOfValue } from './device.ts'
import { deviceTimes } from './device-clock.ts'
import { storedSample } from './stored-sample.ts'

const MINUTE = 60_000
const NOON = Date.parse('2026-11-24T12:00:00Z')
const at = (minute: number) => NOON + minute * MINUTE

type Given = {
  readonly sign?: 'spo2Percent' | 'systolicMmHg'
  readonly measured: number
  readonly came: number
}
const sample = ({ sign = 'spo2Percent', measured, came }: Given): Batch['samples'][number] => ({
  id: '',
  index: 0,
  measuredAtMs: at(measured),
  receivedAtMs: at(came),
  sign,
  value: 97,
  unit: '%',
  quality: 'ok',
})
/** Where the values of a batch are filed, in minutes, and by how much the clock is said to be wrong. */
function filed(given: readonly Given[], now: number, before?: boolean) {
  const samples = given.map(sample)
  const times = deviceTimes({ samples, sentAtMs: at(now) }, at(now), before)
  const minutes = samples.map(({ measuredAtMs, receivedAtMs }) => {
    const { atMs, clockAheadMs } = times.of(measuredAtMs, receivedAtMs)
    return [(atMs - NOON) / MINUTE, clockAheadMs === undefined ? undefined : clockAheadMs / MINUTE]
  })
  return { minutes, right: times.clockRight }
}

describe('the clock of a monitor', () => {
  it.each([
    ['that agrees', [{ measured: 10, came: 10 }], 10, [[10, undefined]], true],
    ['two minutes behind', [{ measured: 8, came: 10 }], 10, [[8, undefined]], true],
    ['two minutes ahead', [{ measured: 12, came: 10 }], 10, [[12, undefined]], true],
    ['half an hour behind', [{ measured: -20, came: 10 }], 10, [[10, -30]], false],
    ['three minutes ahead', [{ measured: 13, came: 10 }], 10, [[10, 3]], false],
    ['of another zone', [{ measured: 310, came: 10 }], 10, [[10, 300]], false],
    // The server was away for 40 minutes: what was kept meanwhile counts from when the bridge took it in.
    ['half an hour behind, kept by the bridge', [{ measured: -20, came: 10 }], 50, [[10, -30]], false],
    ['that agrees, kept by the bridge', [{ measured: 10, came: 10 }], 50, [[10, undefined]], true],
    // Monitor and bridge five minutes ahead: nothing came in later than now.
    ['ahead with the bridge', [{ measured: 15, came: 15 }], 10, [[10, 5]], false],
  ] as const)('%s: values are filed by what can be believed', (_, given, now, minutes, right) => {
    expect(filed(given, now)).toEqual({ minutes, right })
  })

  it('does not make a pressure younger that a monitor tells again with its own time', () => {
    const cuff = { sign: 'systolicMmHg', measured: 1, came: 10 } as const
    const beside = { measured: 10, came: 10 }
    expect(filed([cuff, beside], 10).minutes[0]).toEqual([1, undefined])
    // Alone it says nothing of the clock: what was known holds, and nobody knowing it is in doubt.
    expect(filed([cuff], 10, true)).toEqual({ minutes: [[1, undefined]], right: true })
    expect(filed([cuff], 10, false)).toEqual({ minutes: [[10, -9]], right: false })
    expect(filed([cuff], 10)).toEqual({ minutes: [[10, -9]], right: undefined })
  })

  it('that becomes wrong is known by the next value of a probe', () => {
    expect(filed([{ measured: -20, came: 10 }], 10, true)).toEqual({ minutes: [[10, -30]], right: false })
  })

  it('puts no value into the session of whoever sat at the chair before, and none is nobody’s', () => {
    const chairId = 'chair' as ChairId
    const stands = [
      { deviceId: 'd' as DeviceId, chairId, since: new Date(at(-600)).toISOString() as Instant },
    ]
    const sessions = [
      { sessionId: 'before', chairId, openedAtMs: at(-120), leftAtMs: at(-15) },
      { sessionId: 'now', chairId, openedAtMs: at(-5), leftAtMs: undefined },
    ]
    for (const measured of [-20, 13, 310]) {
      const { minutes } = filed([{ measured, came: 10 }], 10)
      expect(sessionOfValue(at(minutes[0]![0]!), stands, sessions, at(10))).toEqual({ sessionId: 'now' })
    }
  })

  it('leaves its values in doubt, and says by how much it was wrong', () => {
    const wrong = sample({ measured: -20, came: 10 })
    const times = deviceTimes({ samples: [wrong], sentAtMs: at(10) }, at(10), undefined)
    const stored = storedSample(wrong, times.of(wrong.measuredAtMs, wrong.receivedAtMs))
    expect(stored).toMatchObject({ at: at(10), q: 'questionable', ca: -30 * MINUTE })
    expect(storedSample({ ...wrong, quality: 'invalid' }, { atMs: at(10), clockAheadMs: 1 }).q).toBe(
      'invalid',
    )
  })
})
