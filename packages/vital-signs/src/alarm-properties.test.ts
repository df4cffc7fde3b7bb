import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { AlarmEvent, AlarmInput } from './alarm.ts'
import { type AlarmConfig, defaultAlarmConfig } from './alarm-config.ts'
import { type AlarmState, newAlarmState, replay, replayInParts, settled, step } from './alarm-state.ts'
import { openAlarms, signsShown, worstShown } from './alarm-view.ts'
import { defaultLimits } from './limits.ts'
import { type MonitoredSign, monitoredSigns, type Reading, type VitalSign } from './vital-sign.ts'
import { type Batch, sampleId } from './wire.ts'

const T0 = Date.parse('2026-11-24T17:00:00Z')
const SECOND = 1_000
const SESSION_S = 900
const config = defaultAlarmConfig
const { windowMs, slackMs } = config

// What happens in a room, drawn at random: values close to the limits, so that alarms come and go.

const SIGNS = ['systolicMmHg', 'spo2Percent', 'heartRatePerMin', 'meanPressureMmHg'] as const
const VALUES: Readonly<Record<(typeof SIGNS)[number], readonly number[]>> = {
  systolicMmHg: [84, 120, 150, 165, 170, 181],
  spo2Percent: [88, 91, 93, 97, 40],
  heartRatePerMin: [40, 72, 115, 135],
  meanPressureMmHg: [90],
}

const value = fc.constantFrom(...SIGNS).chain((sign) =>
  fc.record({
    sign: fc.constant<MonitoredSign>(sign),
    value: fc.constantFrom(...VALUES[sign]),
    quality: fc.constantFrom('ok', 'ok', 'ok', 'questionable', 'invalid'),
    /** Seconds before the batch. */
    before: fc.integer({ min: 0, max: 4 }),
    clockAheadMs: fc.option(fc.constantFrom(180_000, -1_800_000), { nil: undefined, freq: 8 }),
  }),
)

const second = fc.integer({ min: 0, max: SESSION_S })
/** From being measured to being received, in seconds: within the window, some well after it. */
const soon = fc.integer({ min: 0, max: windowMs / SECOND - 5 })
const delay = fc.oneof(
  { weight: 6, arbitrary: soon },
  { weight: 1, arbitrary: fc.integer({ min: 70, max: 400 }) },
)

const happening = fc.oneof(
  {
    weight: 12,
    arbitrary: fc.record({
      kind: fc.constant('batch' as const),
      device: fc.constantFrom('monitor-a', 'constructor'),
      values: fc.array(value, { minLength: 1, maxLength: 4 }),
      notice: fc.option(fc.constantFrom('start' as const, 'end' as const), { freq: 6 }),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('reading' as const),
      systolic: fc.constantFrom(84, 120, 165, 182),
      complete: fc.boolean(),
      corrected: fc.option(second, { freq: 4 }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('score' as const), value: fc.constantFrom(4, 20, 41) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('baseline' as const), systolic: fc.constantFrom(118, 140) }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('mark' as const),
      mark: fc.constantFrom('planned-start', 'started', 'started', 'ended', 'closed'),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('device' as const),
      device: fc.constantFrom('monitor-a', 'constructor'),
      what: fc.constantFrom('attached', 'lost', 'back', 'detached'),
    }),
  },
  {
    weight: 8,
    arbitrary: fc.record({
      kind: fc.constantFrom('seen' as const, 'acknowledge' as const, 'resolve' as const),
      by: fc.constantFrom('nurse-1', 'nurse-2', '', '  '),
      alarm: fc.constantFrom(
        ...['sbp-high-red', 'sbp-low-red', 'spo2-low-red', 'spo2-low-amber', 'hr-high-red'].map(
          (id) => `limit:${id}`,
        ),
        'silence:monitor-a',
        'overdue:amber',
        'overdue:red',
        'stale:spo2Percent',
        'toString',
      ),
      reason: fc.constantFrom('the cuff had slipped', ''),
      shown: fc.option(fc.integer({ min: 0, max: 60 })),
    }),
  },
)

const drawn = fc.array(
  fc.record({ at: second, happening, delay, again: delay, jitter: fc.nat(slackMs - 1) }),
  {
    minLength: 1,
    maxLength: 40,
  },
)
type Drawn = (typeof drawn extends fc.Arbitrary<infer T> ? T : never)[number]

const calm: Reading = {
  diastolicMmHg: 78,
  heartRatePerMin: 72,
  spo2Percent: 97,
  respiratoryRatePerMin: 14,
  moaas: 5,
}

function inputOf({ at, happening: what }: Drawn, index: number, delayS: number): AlarmInput {
  const atMs = T0 + at * SECOND
  const arrivedAtMs = atMs + delayS * SECOND
  const named = { id: `input-${index}`, atMs, arrivedAtMs }
  switch (what.kind) {
    case 'batch': {
      const samples = what.values.map((of, place) => {
        const measuredAtMs = atMs - of.before * SECOND
        const id = sampleId(what.device, '', index, place)
        return { id, index: place, measuredAtMs, receivedAtMs: atMs, ...of, unit: 'mm[Hg]' }
      })
      const technical = what.notice
        ? [{ index: 0, atMs, kind: 'probe-off' as const, phase: what.notice }]
        : []
      const batch = { deviceId: what.device, run: '', sequence: index, sentAtMs: atMs, samples, technical }
      return { kind: 'batch', batch: batch as Batch, arrivedAtMs }
    }
    case 'reading': {
      const values = what.complete
        ? { ...calm, systolicMmHg: what.systolic }
        : { systolicMmHg: what.systolic }
      const corrected = what.corrected === null ? {} : { correctedAtMs: T0 + what.corrected * SECOND }
      return { ...named, kind: 'reading', by: 'nurse-1', values, ...corrected }
    }
    case 'score':
      return { ...named, kind: 'score', by: 'nurse-1', score: 'cadss', value: what.value }
    case 'baseline':
      return { ...named, kind: 'baseline', values: { ...calm, systolicMmHg: what.systolic } }
    case 'mark':
      return { ...named, kind: 'mark', mark: what.mark as 'started', markedMs: atMs }
    case 'device':
      return { ...named, kind: 'device', deviceId: what.device, what: what.what as 'lost' }
    default: {
      const shown = what.shown === null ? {} : { shownToMs: atMs - what.shown * SECOND }
      const { kind, by, alarm, reason } = what
      return kind === 'resolve'
        ? { ...named, kind, by, alarm, reason, ...shown }
        : { ...named, kind, by, alarm, ...shown }
    }
  }
}

const arrival = (input: AlarmInput) => (input.kind === 'tick' ? 0 : input.arrivedAtMs)
const END = T0 + (SESSION_S + 1_000) * SECOND

type Run = { readonly state: AlarmState; readonly events: AlarmEvent[]; readonly states: AlarmState[] }

/** Handed in one by one at the instants given; every `nth` state is carried over as text, as a restart would. */
function stepThrough(
  handed: readonly { input: AlarmInput; nowMs: number }[],
  with_: AlarmConfig = config,
): Run {
  let state = newAlarmState(with_, T0)
  const events: AlarmEvent[] = []
  const states: AlarmState[] = []
  const take = (input: AlarmInput, nowMs: number) => {
    const taken = step(state, input, with_, nowMs)
    expect(taken.replayNeeded).toBeUndefined()
    state = states.length % 5 === 0 ? JSON.parse(JSON.stringify(taken.state)) : taken.state
    events.push(...taken.events)
    states.push(state)
  }
  for (const { input, nowMs } of handed) take(input, nowMs)
  take({ kind: 'tick' }, END)
  return { state, events, states }
}

const inOrderOfArrival = (inputs: readonly AlarmInput[]) =>
  [...inputs].sort((a, b) => arrival(a) - arrival(b)).map((input) => ({ input, nowMs: arrival(input) }))

/** What remains said: an event is withdrawn by a revision and may be said again. */
function standing(events: readonly AlarmEvent[]): string[] {
  const ids = new Set<string>()
  for (const event of events) {
    if (event.kind === 'revised') ids.delete(event.of)
    else ids.add(event.id)
  }
  return [...ids].sort()
}

describe('the order in which things come', () => {
  it('does not matter to replay, nor does how often', () => {
    fc.assert(
      fc.property(
        drawn.chain((session) => {
          const inputs = session.map((one, index) => inputOf(one, index, one.delay))
          const some = fc.subarray(inputs)
          return fc.tuple(
            fc.constant(inputs),
            some.chain((twice) =>
              fc.shuffledSubarray([...inputs, ...twice], {
                minLength: inputs.length + twice.length,
                maxLength: inputs.length + twice.length,
              }),
            ),
          )
        }),
        ([inputs, mixed]) => {
          const once = replay(inputs, config, END)
          const again = replay(mixed, config, END)
          expect(settled(again.state)).toEqual(settled(once.state))
          expect(again.events).toEqual(once.events)
        },
      ),
    )
  })

  it('with rests gives what replay gives without', () => {
    fc.assert(
      fc.property(drawn, fc.integer({ min: 1, max: 5 }), (session, portion) => {
        const inputs = session.map((one, index) => inputOf(one, index, one.delay))
        const parts = replayInParts(inputs, config, END, portion)
        let rests = 0
        let part = parts.next()
        for (; !part.done; part = parts.next()) rests += 1
        expect(part.value).toEqual(replay(inputs, config, END))
        expect(rests).toBeGreaterThanOrEqual(Math.floor(inputs.length / portion))
      }),
      { numRuns: 200 },
    )
  })

  it('step by step gives what replay gives: late, twice, out of order, with ticks between and over restarts', () => {
    fc.assert(
      fc.property(drawn, fc.array(second), fc.infiniteStream(fc.boolean()), (session, ticks, twice) => {
        const inputs = session.map((one, index) => inputOf(one, index, one.delay))
        const handed = [
          ...inputs.flatMap((input, index) => {
            // Handed in a little after it arrived, and sometimes once more later.
            const nowMs = arrival(input) + session[index]!.jitter
            const again = { input, nowMs: nowMs + session[index]!.again * SECOND }
            return twice.next().value ? [{ input, nowMs }, again] : [{ input, nowMs }]
          }),
          ...ticks.map((at) => ({ input: { kind: 'tick' } as const, nowMs: T0 + at * SECOND })),
        ].sort((a, b) => a.nowMs - b.nowMs)
        const run = stepThrough(handed)
        const whole = replay(inputs, config, END)
        expect(settled(run.state)).toEqual(settled(whole.state))
        expect(standing(run.events)).toEqual(whole.events.map(({ id }) => id).sort())
      }),
      { numRuns: 400 },
    )
  })

  it('within the window does not matter at all: other delays give the same state', () => {
    fc.assert(
      fc.property(drawn, fc.infiniteStream(soon), fc.infiniteStream(soon), (session, first, second_) => {
        const of = (delays: fc.Stream<number>) =>
          session.map((one, index) => inputOf(one, index, delays.next().value))
        // What a batch holds may be four seconds older than the batch.
        const one = stepThrough(inOrderOfArrival(of(first)))
        const other = stepThrough(inOrderOfArrival(of(second_)))
        expect(settled(other.state)).toEqual(settled(one.state))
      }),
      { numRuns: 200 },
    )
  })

  it('can be gone on with after a replay', () => {
    fc.assert(
      fc.property(drawn, fc.nat(40), (session, cut) => {
        const handed = inOrderOfArrival(session.map((one, index) => inputOf(one, index, one.delay)))
        const before = handed.slice(0, cut)
        const nowMs = before.at(-1)?.nowMs ?? T0
        let { state } = replay(
          before.map(({ input }) => input),
          config,
          nowMs,
        )
        for (const one of handed.slice(cut)) state = step(state, one.input, config, one.nowMs).state
        state = step(state, { kind: 'tick' }, config, END).state
        const whole = replay(
          handed.map(({ input }) => input),
          config,
          END,
        )
        expect(settled(state)).toEqual(settled(whole.state))
      }),
    )
  })
})

describe('always', () => {
  const session = drawn.map((all) => all.map((one, index) => inputOf(one, index, one.delay)))

  const redAtOnce = defaultLimits.rules.filter(
    ({ level, heldForMs, when }) => level === 'red' && heldForMs === undefined && 'value' in when,
  )
  const meets = (value: number, rule: (typeof redAtOnce)[number]) => {
    const { is } = rule.when
    const limit = (rule.when as { value: number }).value
    return is === 'at-least'
      ? value >= limit
      : is === 'above'
        ? value > limit
        : is === 'below'
          ? value < limit
          : value <= limit
  }
  const valuesIn = (input: AlarmInput): { sign: string; value: number; foldAtMs: number }[] => {
    if (input.kind === 'reading') {
      const late = input.arrivedAtMs - input.atMs > windowMs
      return Object.entries(input.values).map(([sign, value]) => {
        return { sign, value: value!, foldAtMs: late ? input.arrivedAtMs : input.atMs }
      })
    }
    if (input.kind !== 'batch') return []
    return input.batch.samples
      .filter(({ quality }) => quality !== 'invalid')
      .map(({ sign, value, measuredAtMs }) => {
        const late = input.arrivedAtMs - measuredAtMs > windowMs
        return { sign, value, foldAtMs: late ? input.arrivedAtMs : measuredAtMs }
      })
  }

  it('a red value has its alarm: raised then or before, and not resolved before it', () => {
    fc.assert(
      fc.property(session, (inputs) => {
        const { events } = stepThrough(inOrderOfArrival(inputs))
        const stand = new Set(standing(events))
        for (const input of inputs) {
          for (const { sign, value, foldAtMs } of valuesIn(input)) {
            for (const rule of redAtOnce.filter((of) => of.sign === sign && meets(value, of))) {
              const life = events
                .filter(
                  (event) => stand.has(event.id) && 'alarm' in event && event.alarm === `limit:${rule.id}`,
                )
                .filter(({ kind }) => kind === 'raised' || kind === 'resolved')
              const begun = life.filter(({ kind, atMs }) => kind === 'raised' && atMs <= foldAtMs)
              const covered = begun.some(
                ({ atMs }) =>
                  !life.some(
                    (other) => other.kind === 'resolved' && other.atMs >= atMs && other.atMs < foldAtMs,
                  ),
              )
              expect(covered, `${rule.id} at ${foldAtMs - T0}`).toBe(true)
            }
          }
        }
      }),
      { numRuns: 300 },
    )
  })

  it('a raised alarm stays on record: whatever step said is said, or revised by name', () => {
    fc.assert(
      fc.property(session, (inputs) => {
        const { events, state } = stepThrough(inOrderOfArrival(inputs))
        const final = new Set(replay(inputs, config, END).events.map(({ id }) => id))
        const revised = new Set(events.flatMap((event) => (event.kind === 'revised' ? [event.of] : [])))
        for (const event of events) {
          if (event.kind === 'revised' || final.has(event.id)) continue
          expect(revised.has(event.id), event.id).toBe(true)
        }
        // And every alarm that stands is in the state, in its last life.
        for (const event of events) {
          if (event.kind === 'raised' && final.has(event.id))
            expect(state.shown.alarms).toHaveProperty([event.alarm])
        }
      }),
    )
  })

  it('a red alarm resolves by itself only after somebody has seen it since it was last raised', () => {
    fc.assert(
      fc.property(session, (inputs) => {
        const { events } = replay(inputs, config, END)
        const level = new Map<string, string>()
        const seen = new Set<string>()
        for (const event of events) {
          if (event.kind === 'raised' || event.kind === 'raised-again') {
            level.set(event.alarm, event.level)
            seen.delete(event.alarm)
          } else if (event.kind === 'seen' || event.kind === 'acknowledged') seen.add(event.alarm)
          else if (event.kind === 'resolved' && event.by === null && level.get(event.alarm) === 'red') {
            expect(seen.has(event.alarm)).toBe(true)
          }
        }
      }),
      { numRuns: 300 },
    )
  })

  it('an alarm resolves by itself only when its cause has been known to be gone for long enough', () => {
    fc.assert(
      fc.property(session, (inputs) => {
        const gone = new Map<string, number>()
        for (const event of replay(inputs, config, END).events) {
          if (event.kind === 'cause-gone') gone.set(event.alarm, event.atMs)
          if (event.kind === 'cause-back') gone.delete(event.alarm)
          // What came late was so at an earlier time.
          if (event.kind === 'raised') {
            if (event.reason.includes('received late')) gone.set(event.alarm, event.atMs)
            else gone.delete(event.alarm)
          }
          if (event.kind === 'resolved' && event.by === null) {
            expect(event.atMs - (gone.get(event.alarm) ?? Number.POSITIVE_INFINITY)).toBeGreaterThanOrEqual(
              config.clearAfterMs,
            )
          }
        }
      }),
    )
  })

  it('nobody cannot acknowledge, see or resolve', () => {
    fc.assert(
      fc.property(session, (inputs) => {
        const { state, events } = replay(inputs, config, END)
        for (const event of events) {
          if (event.kind === 'seen' || event.kind === 'acknowledged') expect(event.by.trim()).not.toBe('')
          if (event.kind === 'resolved') expect(event.by?.trim()).not.toBe('')
        }
        for (const { acknowledged, seen } of Object.values(state.shown.alarms)) {
          expect(acknowledged?.by.trim()).not.toBe('')
          expect(seen?.by.trim()).not.toBe('')
        }
        const nobodys = inputs.filter(
          (input) => 'by' in input && input.kind !== 'reading' && input.by.trim() === '',
        )
        expect(
          events.filter((event) => event.kind === 'answer-refused' && event.reason === 'nobody'),
        ).toHaveLength(nobodys.length)
      }),
    )
  })

  it('acknowledging hides nothing: the alarm stays among the open ones and the room as bad as it was', () => {
    fc.assert(
      fc.property(session, (inputs) => {
        for (const state of stepThrough(inOrderOfArrival(inputs)).states) {
          for (const alarm of openAlarms(state)) {
            const nowMs = state.nowMs
            const input = {
              kind: 'acknowledge' as const,
              id: `ack ${alarm.key} ${nowMs}`,
              atMs: nowMs,
              arrivedAtMs: nowMs,
              by: 'nurse-1',
              alarm: alarm.key,
            }
            const after = step(state, input, config, nowMs)
            const keys = openAlarms(after.state).map(({ key }) => key)
            // One that was only waiting to be seen may end at this very instant.
            if (alarm.goneAtMs === null) {
              expect(keys).toContain(alarm.key)
              expect(['amber', 'red']).toContain(worstShown(after.state, config))
            }
          }
        }
      }),
      { numRuns: 40 },
    )
  })

  it('unknown is never normal: within needs a valid, fresh, undoubted value and every rule judged', () => {
    fc.assert(
      fc.property(session, fc.boolean(), (inputs, withLimits) => {
        const by: AlarmConfig = withLimits ? config : { ...config, limits: null, version: 'no limits' }
        for (const state of stepThrough(inOrderOfArrival(inputs), by).states) {
          const signs = signsShown(state, by)
          expect(signs.map(({ sign }) => sign)).toEqual([...monitoredSigns])
          for (const { sign, state: shown, ageMs } of signs) {
            if (shown !== 'within') continue
            expect(withLimits).toBe(true)
            const latest = state.shown.latest[sign]
            expect(latest?.doubtful).toBe(false)
            expect(state.shown.invalidAtMs[sign] ?? 0).toBeLessThan(latest!.atMs)
            if (latest!.deviceId !== null) expect(ageMs).toBeLessThanOrEqual(by.staleMs[sign]!)
            expect(sign).not.toBe('meanPressureMmHg')
            if (sign === 'systolicMmHg') expect(state.shown.baseline).not.toBeNull()
          }
          const required = signs.filter(({ sign }) => defaultLimits.required.includes(sign as VitalSign))
          if (worstShown(state, by) === 'within') {
            expect(required.every(({ state: of }) => of === 'within')).toBe(true)
            expect(openAlarms(state)).toEqual([])
          }
        }
      }),
      { numRuns: 60 },
    )
  })

  it('a state is plain JSON', () => {
    fc.assert(
      fc.property(session, (inputs) => {
        const { state } = stepThrough(inOrderOfArrival(inputs))
        expect(JSON.parse(JSON.stringify(state))).toEqual(state)
      }),
      { numRuns: 30 },
    )
  })
})

describe('memory', () => {
  it('does not grow with the length of a session', () => {
    let state = newAlarmState(config, T0)
    const sizes: number[] = []
    let longest = 0
    for (let second_ = 0; second_ < 3_600; second_++) {
      const nowMs = T0 + second_ * SECOND
      const samples = SIGNS.flatMap((sign, index) => {
        const of = VALUES[sign][Math.floor(second_ / 97) % VALUES[sign].length]!
        const id = sampleId('m', '', second_, index)
        return [
          {
            id,
            index,
            measuredAtMs: nowMs,
            receivedAtMs: nowMs,
            sign,
            value: of,
            unit: '',
            quality: 'ok' as const,
          },
        ]
      })
      const batch = { deviceId: 'm', run: '', sequence: second_, sentAtMs: nowMs, samples, technical: [] }
      state = step(state, { kind: 'batch', batch, arrivedAtMs: nowMs }, config, nowMs).state
      longest = Math.max(longest, state.recent.length)
      if (second_ === 600 || second_ === 3_599) sizes.push(JSON.stringify(state).length)
    }
    const perSecond = SIGNS.length
    expect(longest).toBeLessThanOrEqual(((windowMs + slackMs) / SECOND + 2) * perSecond)
    expect(sizes[1]! / sizes[0]!).toBeLessThan(1.3)
    expect(state.known.counters).toEqual({ 'm/': [[0, 3_599]] })
  })
})
