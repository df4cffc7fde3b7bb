import { describe, expect, it } from 'vitest'
import { type AlarmInput, alarmStatus } from './alarm.ts'
import { type AlarmConfig, alarmConfigOf, defaultAlarmConfig } from './alarm-config.ts'
import { type AlarmState, newAlarmState, replay, step } from './alarm-state.ts'
import { escalationDue, nextTickMs, openAlarms, signsShown, worstShown } from './alarm-view.ts'
import type { MonitoredSign, Reading } from './vital-sign.ts'
import type { SampleQuality, TechnicalKind } from './wire.ts'

const T0 = Date.parse('2026-11-24T17:00:00Z')
const at = (seconds: number) => T0 + seconds * 1000
const calm: Reading = {
  systolicMmHg: 120,
  diastolicMmHg: 78,
  heartRatePerMin: 72,
  spo2Percent: 98,
  respiratoryRatePerMin: 14,
  moaas: 5,
}

/** A room, told second by second. Each line is what was new: "10 raised spo2-low-red → nurse". */
function room(config: AlarmConfig = defaultAlarmConfig) {
  let state = newAlarmState(config, T0)
  let number = 0
  const inputs: AlarmInput[] = []
  const take = (input: AlarmInput, second: number): string[] => {
    inputs.push(input)
    const taken = step(state, input, config, at(second))
    expect(taken.replayNeeded).toBeUndefined()
    state = taken.state
    return taken.events.map((event) => {
      const about =
        'alarm' in event ? event.alarm.replace('limit:', '') : 'of' in event ? event.of : event.source
      const more =
        event.kind === 'raised' || event.kind === 'escalated'
          ? ` → ${event.to}`
          : event.kind === 'raised-again'
            ? ` (${event.why})`
            : event.kind === 'answer-refused'
              ? ` (${event.reason})`
              : ''
      return `${(event.atMs - T0) / 1000} ${event.kind} ${about}${more}`
    })
  }
  const named = (second: number, arrived = second) => {
    number += 1
    return { id: `i${number}`, atMs: at(second), arrivedAtMs: at(arrived) }
  }
  return {
    state: () => state,
    inputs,
    tick: (second: number) => take({ kind: 'tick' }, second),
    sample: (
      second: number,
      sign: MonitoredSign,
      value: number,
      {
        quality = 'ok',
        arrived = second,
        device = 'm',
        clockAheadMs,
        received = second,
      }: {
        quality?: SampleQuality
        arrived?: number
        device?: string
        clockAheadMs?: number
        received?: number
      } = {},
    ) => {
      number += 1
      const ms = at(second)
      const clock = clockAheadMs === undefined ? {} : { clockAheadMs }
      const said = {
        id: '',
        index: 0,
        measuredAtMs: ms,
        receivedAtMs: at(received),
        sign,
        value,
        unit: '',
        quality,
      }
      const of = { ...said, ...clock }
      const batch = {
        deviceId: device,
        run: '',
        sequence: number,
        sentAtMs: ms,
        samples: [of],
        technical: [],
      }
      return take({ kind: 'batch', batch, arrivedAtMs: at(arrived) }, arrived)
    },
    notice: (second: number, kind: TechnicalKind, phase: 'start' | 'end' = 'start') => {
      number += 1
      const technical = [{ index: 0, atMs: at(second), kind, phase }]
      const batch = { deviceId: 'm', run: '', sequence: number, sentAtMs: at(second), samples: [], technical }
      return take({ kind: 'batch', batch, arrivedAtMs: at(second) }, second)
    },
    reading: (second: number, values: Reading, arrived = second) =>
      take({ ...named(second, arrived), kind: 'reading', by: 'nurse', values }, arrived),
    correct: (second: number, of: { at: number; id: string }, values: Reading) =>
      take(
        {
          id: of.id,
          atMs: at(of.at),
          arrivedAtMs: at(second),
          kind: 'reading',
          by: 'nurse',
          values,
          correctedAtMs: at(second),
        },
        second,
      ),
    score: (second: number, score: string, value: number, arrived = second) =>
      take({ ...named(second, arrived), kind: 'score', by: 'nurse', score, value }, arrived),
    baseline: (second: number, values: Reading) =>
      take({ ...named(second), kind: 'baseline', values }, second),
    mark: (second: number, mark: 'planned-start' | 'started' | 'ended' | 'closed', marked = second) =>
      take({ ...named(second), kind: 'mark', mark, markedMs: at(marked) }, second),
    device: (second: number, what: 'attached' | 'lost' | 'back' | 'detached') =>
      take({ ...named(second), kind: 'device', deviceId: 'm', what }, second),
    say: (
      second: number,
      kind: 'seen' | 'acknowledge',
      alarm: string,
      { by = 'nurse', shown }: { by?: string; shown?: number } = {},
    ) =>
      take(
        { ...named(second), kind, by, alarm, ...(shown === undefined ? {} : { shownToMs: at(shown) }) },
        second,
      ),
    resolve: (second: number, alarm: string, reason: string) =>
      take({ ...named(second), kind: 'resolve', by: 'nurse', alarm, reason }, second),
  }
}

const LOW = 'limit:spo2-low-red'
const only = (state: AlarmState) => openAlarms(state).map((alarm) => `${alarm.key} ${alarmStatus(alarm)}`)
/** Without silence and stale values, for stories that are about something else. */
const quiet: AlarmConfig = { ...defaultAlarmConfig, silenceMs: 1e9, staleMs: {} }
/** Only one rule, so that each line of a story is about it. */
const lowOnly: AlarmConfig = {
  ...quiet,
  limits: {
    ...defaultAlarmConfig.limits!,
    rules: defaultAlarmConfig.limits!.rules.filter(({ id }) => id === 'spo2-low-red'),
  },
}

describe('a red alarm', () => {
  it('is raised, seen, climbs the ladder until somebody takes it on, and stays while its cause does', () => {
    const r = room(lowOnly)
    expect(r.sample(10, 'spo2Percent', 88)).toEqual(['10 raised spo2-low-red → nurse'])
    expect(escalationDue(r.state(), lowOnly)).toEqual([
      { alarm: LOW, level: 'red', to: 'second nurse', dueAtMs: at(40) },
    ])
    expect(nextTickMs(r.state(), lowOnly)).toBe(at(40))
    expect(r.say(20, 'seen', LOW)).toEqual(['20 seen spo2-low-red'])
    expect(only(r.state())).toEqual([`${LOW} seen`])
    expect(r.tick(45)).toEqual(['40 escalated spo2-low-red → second nurse'])
    expect(only(r.state())).toEqual([`${LOW} escalated`])
    expect(r.tick(75)).toEqual(['70 escalated spo2-low-red → prescriber'])
    expect(r.say(80, 'acknowledge', LOW)).toEqual(['80 acknowledged spo2-low-red'])
    expect(escalationDue(r.state(), lowOnly)).toEqual([])
    expect(only(r.state())).toEqual([`${LOW} acknowledged`])
    expect(worstShown(r.state(), lowOnly)).toBe('red')
    // Still there two minutes later: raised again, from the foot of the ladder.
    expect(r.tick(240)).toEqual([
      '200 raised-again spo2-low-red (persists)',
      '230 escalated spo2-low-red → second nurse',
    ])
  })

  it('is raised again at once when the value is worse than at the acknowledging', () => {
    const r = room(lowOnly)
    r.sample(10, 'spo2Percent', 88)
    r.say(15, 'acknowledge', LOW)
    expect(r.sample(20, 'spo2Percent', 87)).toEqual([])
    expect(r.sample(21, 'spo2Percent', 86)).toEqual(['21 raised-again spo2-low-red (worse)'])
  })

  it('does not resolve unseen though its cause is gone, and does when seen', () => {
    const r = room(lowOnly)
    r.sample(10, 'spo2Percent', 88)
    expect(r.sample(20, 'spo2Percent', 97)).toEqual(['20 cause-gone spo2-low-red'])
    expect(r.tick(600)).toEqual([
      '40 escalated spo2-low-red → second nurse',
      '70 escalated spo2-low-red → prescriber',
    ])
    expect(only(r.state())).toEqual([`${LOW} escalated`])
    expect(r.say(610, 'seen', LOW)).toEqual(['610 seen spo2-low-red', '610 resolved spo2-low-red'])
    expect(only(r.state())).toEqual([])
  })

  it('that has been taken on resolves when the cause has been gone for half a minute, not sooner', () => {
    const r = room(lowOnly)
    r.sample(10, 'spo2Percent', 88)
    r.say(12, 'acknowledge', LOW)
    r.sample(20, 'spo2Percent', 97)
    expect(r.sample(40, 'spo2Percent', 88)).toEqual(['40 cause-back spo2-low-red'])
    r.sample(50, 'spo2Percent', 97)
    expect(r.tick(79)).toEqual([])
    expect(r.tick(80)).toEqual(['80 resolved spo2-low-red'])
    // And the next time is a new life.
    expect(r.sample(90, 'spo2Percent', 88)).toEqual(['90 raised spo2-low-red → nurse'])
  })

  it('is not ended by what is not known: invalid, questionable, unlikely, or nothing at all', () => {
    const r = room(lowOnly)
    r.sample(10, 'spo2Percent', 88)
    r.say(12, 'acknowledge', LOW)
    expect(r.sample(20, 'spo2Percent', 98, { quality: 'invalid' })).toEqual([])
    expect(r.sample(30, 'spo2Percent', 98, { quality: 'questionable' })).toEqual([])
    expect(r.sample(40, 'spo2Percent', 130)).toEqual([])
    expect(r.tick(100)).toEqual([])
    expect(only(r.state())).toEqual([`${LOW} acknowledged`])
    expect(r.sample(110, 'spo2Percent', 98)).toEqual(['110 cause-gone spo2-low-red'])
  })

  it('is raised by a value in doubt, too', () => {
    expect(room(lowOnly).sample(10, 'spo2Percent', 88, { quality: 'questionable' })).toHaveLength(1)
    expect(room(lowOnly).sample(10, 'spo2Percent', 30)).toHaveLength(1)
    expect(room(lowOnly).sample(10, 'spo2Percent', 88, { quality: 'invalid' })).toEqual([])
  })
})

describe('an amber alarm', () => {
  it('goes by itself, and another rule of the same sign is another alarm', () => {
    const r = room(quiet)
    expect(r.sample(10, 'heartRatePerMin', 112)).toEqual(['10 raised hr-high-amber → nurse'])
    expect(r.sample(20, 'heartRatePerMin', 131)).toEqual(['20 raised hr-high-red → nurse'])
    expect(r.sample(30, 'heartRatePerMin', 120)).toEqual(['30 cause-gone hr-high-red'])
    r.say(31, 'acknowledge', 'limit:hr-high-red')
    expect(r.sample(40, 'heartRatePerMin', 90)).toEqual(['40 cause-gone hr-high-amber'])
    expect(r.tick(75)).toEqual(['60 resolved hr-high-red', '70 resolved hr-high-amber'])
  })
})

describe('a rule that asks for time', () => {
  it('is met after ten minutes, each value counted, and starts anew after one to the contrary', () => {
    const r = room(quiet)
    r.sample(0, 'systolicMmHg', 166)
    r.sample(300, 'systolicMmHg', 168)
    expect(r.sample(599, 'systolicMmHg', 166).join()).not.toContain('lasting')
    expect(r.sample(601, 'systolicMmHg', 166)).toContain('601 raised sbp-lasting-red → nurse')
    expect(r.sample(660, 'systolicMmHg', 161)).toContain('660 cause-gone sbp-lasting-red')
    const reason = openAlarms(r.state()).find(({ key }) => key === 'limit:sbp-lasting-red')?.reason
    expect(reason).toBe('Systolic pressure 166 mmHg: at or above 165 mmHg, for 601 s')
  })

  it('is revised by name when a value of the minute before comes in after all', () => {
    const r = room(quiet)
    r.sample(0, 'spo2Percent', 91)
    expect(r.sample(60, 'spo2Percent', 91)).toContain('60 raised spo2-lasting-red → nurse')
    const said = r.sample(30, 'spo2Percent', 96, { arrived: 65 })
    expect(said).toContain('65 revised raised:limit:spo2-lasting-red@1795539660000/m/2/0')
    expect(said).toContain('30 cause-gone spo2-low-amber')
  })
})

describe('against the own baseline', () => {
  it('is unknown without one, and judged as soon as there is one', () => {
    const r = room(quiet)
    expect(r.sample(10, 'systolicMmHg', 150)).toEqual([])
    const shown = () => signsShown(r.state(), quiet).find(({ sign }) => sign === 'systolicMmHg')
    expect(shown()).toMatchObject({
      state: 'unknown',
      reason: 'Systolic pressure 150 mmHg: no own baseline to compare with',
    })
    expect(r.baseline(20, calm)).toEqual(['20 raised sbp-rise-amber → nurse'])
    expect(shown()).toMatchObject({ state: 'amber', ageMs: 10_000, from: 'device' })
  })
})

describe('answers', () => {
  it('by nobody, without a reason, to nothing, or to what was raised since are refused and on record', () => {
    const r = room(lowOnly)
    expect(r.say(5, 'acknowledge', LOW)).toEqual(['5 answer-refused spo2-low-red (no-such-alarm)'])
    r.sample(10, 'spo2Percent', 88)
    expect(r.say(11, 'acknowledge', LOW, { by: ' ' })).toEqual(['11 answer-refused spo2-low-red (nobody)'])
    expect(r.say(12, 'acknowledge', LOW, { shown: 9 })).toEqual([
      '12 answer-refused spo2-low-red (raised-since)',
    ])
    expect(r.resolve(13, LOW, ' ')).toEqual(['13 answer-refused spo2-low-red (no-reason)'])
    expect(only(r.state())).toEqual([`${LOW} raised`])
    expect(r.say(14, 'acknowledge', LOW, { shown: 13 })).toEqual(['14 acknowledged spo2-low-red'])
  })

  it('to what was raised again since the screen had looked is refused', () => {
    const r = room(lowOnly)
    r.sample(10, 'spo2Percent', 88)
    r.say(20, 'acknowledge', LOW)
    r.tick(141)
    expect(r.say(142, 'acknowledge', LOW, { shown: 139 })).toEqual([
      '142 answer-refused spo2-low-red (raised-since)',
    ])
  })

  it('of before do not count for a red that was raised again: it waits to be seen anew', () => {
    const r = room(lowOnly)
    r.sample(10, 'spo2Percent', 88)
    r.say(20, 'acknowledge', LOW)
    r.tick(141)
    r.sample(150, 'spo2Percent', 97)
    r.tick(400)
    expect(only(r.state())).toEqual([`${LOW} escalated`])
    expect(r.say(410, 'seen', LOW)).toEqual(['410 seen spo2-low-red', '410 resolved spo2-low-red'])
  })

  it('are still wanted for what was found in somebody who has left', () => {
    const r = room(lowOnly)
    r.sample(10, 'spo2Percent', 84)
    r.say(12, 'seen', LOW)
    expect(r.mark(20, 'closed')).toEqual([])
    r.tick(200)
    expect(only(r.state())).toEqual([`${LOW} escalated`])
  })

  it('acknowledging twice does not put off the next raising', () => {
    const r = room(lowOnly)
    r.sample(10, 'spo2Percent', 88)
    r.say(20, 'acknowledge', LOW)
    r.say(100, 'acknowledge', LOW)
    expect(r.tick(150)).toEqual(['140 raised-again spo2-low-red (persists)'])
  })

  it('resolving with a reason ends it until the next value says otherwise', () => {
    const r = room(lowOnly)
    r.sample(10, 'spo2Percent', 88)
    expect(r.resolve(20, LOW, 'the probe had slipped')).toEqual(['20 resolved spo2-low-red'])
    expect(worstShown(r.state(), lowOnly)).toBe('red')
    expect(r.sample(21, 'spo2Percent', 88)).toEqual(['21 raised spo2-low-red → nurse'])
  })
})

describe('silence', () => {
  it('is not silent because its clock is behind: of what comes in its silence is counted', () => {
    const r = room({ ...defaultAlarmConfig, staleMs: {} })
    const said = []
    for (let second = 0; second <= 120; second += 5) {
      said.push(...r.sample(second - 40, 'spo2Percent', 97, { received: second, arrived: second }))
      said.push(...r.tick(second + 4))
    }
    expect(said).toEqual([])
    expect(r.tick(150)).toEqual(['150 raised silence:m → nurse'])
    // What a bridge kept while the server was away was heard when the bridge had it.
    expect(r.sample(125, 'spo2Percent', 97, { received: 125, arrived: 160 })).not.toContain(
      '160 cause-gone silence:m',
    )
  })

  it('is an alarm after 30 seconds, of the sign after its own time, and ends when values come', () => {
    const r = room()
    r.sample(0, 'spo2Percent', 97)
    expect(r.tick(29)).toEqual([])
    expect(r.tick(61)).toEqual(['30 raised silence:m → nurse', '60 raised stale:spo2Percent → nurse'])
    expect(
      signsShown(r.state(), defaultAlarmConfig).find(({ sign }) => sign === 'spo2Percent'),
    ).toMatchObject({
      state: 'unknown',
      value: 97,
    })
    expect(r.sample(70, 'spo2Percent', 97)).toEqual([
      '70 cause-gone silence:m',
      '70 cause-gone stale:spo2Percent',
    ])
    expect(r.tick(99)).toEqual([])
  })

  it('of one sign goes by what the device gives: a reading by hand neither puts it off nor ends it', () => {
    const r = room({ ...defaultAlarmConfig, readings: null })
    r.sample(0, 'spo2Percent', 97)
    for (let second = 5; second <= 200; second += 5) {
      r.sample(second, 'heartRatePerMin', 70 + (second % 7))
      if (second === 20 || second === 100) expect(r.reading(second, calm)).toEqual([])
    }
    expect(only(r.state())).toEqual(['stale:spo2Percent escalated'])
    expect(r.sample(201, 'spo2Percent', 97)).toEqual(['201 cause-gone stale:spo2Percent'])
  })

  it('of a cuff is answered by a pressure taken by hand', () => {
    const r = room({ ...defaultAlarmConfig, readings: null, silenceMs: 1e9 })
    r.sample(0, 'systolicMmHg', 122)
    r.reading(600, calm)
    expect(r.tick(1_000)).toEqual([])
    const s = room({ ...defaultAlarmConfig, readings: null, silenceMs: 1e9 })
    s.sample(0, 'systolicMmHg', 122)
    expect(s.tick(900)).toEqual(['900 raised stale:systolicMmHg → nurse'])
    expect(s.reading(910, calm)).toEqual(['910 cause-gone stale:systolicMmHg'])
  })

  it('of one sign counts from the newest value, and goes on when what arrives late was measured long ago', () => {
    const r = room({ ...quiet, staleMs: { spo2Percent: 60_000 } })
    r.sample(0, 'spo2Percent', 97)
    r.sample(50, 'spo2Percent', 97)
    expect(r.sample(20, 'spo2Percent', 97, { arrived: 100 })).toEqual(['100 late m/3'])
    expect(r.tick(111)).toEqual(['110 raised stale:spo2Percent → nurse'])
    expect(r.sample(52, 'spo2Percent', 97, { arrived: 120 })).toEqual(['120 late m/4'])
  })

  it('goes on when what arrives late was measured long ago', () => {
    const r = room({ ...lowOnly, silenceMs: 30_000 })
    r.sample(0, 'spo2Percent', 97)
    r.tick(31)
    expect(r.sample(10, 'spo2Percent', 97, { arrived: 100 })).toEqual(['100 late m/2'])
  })

  it('that ended by itself and goes on is raised again at once', () => {
    const r = room({ ...lowOnly, silenceMs: 30_000 })
    r.sample(0, 'spo2Percent', 97)
    r.sample(40, 'spo2Percent', 97)
    expect(r.tick(71)).toEqual(['70 resolved silence:m', '70 raised silence:m → nurse'])
  })

  it('is no matter of a device that sends already when it is said to be put on, nor of one taken off by what it sent before', () => {
    const r = room({ ...lowOnly, silenceMs: 30_000 })
    r.sample(0, 'spo2Percent', 97)
    r.tick(31)
    expect(r.device(40, 'attached')).toEqual([])
    expect(r.device(50, 'detached')).toEqual(['50 cause-gone silence:m'])
    expect(r.sample(45, 'spo2Percent', 97, { arrived: 120 })).toEqual([
      '80 resolved silence:m',
      '120 late m/4',
    ])
    expect(r.tick(400)).toEqual([])
  })

  it('of a value that was red leaves it red', () => {
    const r = room()
    r.sample(0, 'spo2Percent', 88)
    r.tick(900)
    const shown = signsShown(r.state(), defaultAlarmConfig).find(({ sign }) => sign === 'spo2Percent')
    expect(shown).toMatchObject({
      state: 'red',
      reason: 'Oxygen saturation 88%: below 90%; no newer value for 15 min',
    })
  })

  it('counts from when a device was put on; invalid values break the silence, not the staleness', () => {
    const r = room()
    r.device(0, 'attached')
    expect(r.tick(31)).toEqual(['30 raised silence:m → nurse'])
    const s = room()
    s.sample(0, 'spo2Percent', 97)
    for (const second of [20, 40, 60, 80]) s.sample(second, 'spo2Percent', 0, { quality: 'invalid' })
    expect(only(s.state())).toEqual(['stale:spo2Percent raised'])
  })

  it('that somebody settled by hand comes back when it goes on', () => {
    const r = room()
    r.device(0, 'attached')
    r.tick(31)
    r.resolve(40, 'silence:m', 'being changed')
    expect(r.tick(339)).toEqual([])
    expect(r.tick(340)).toEqual(['340 raised silence:m → nurse'])
  })

  it('is no alarm once the device is taken off or the session is over', () => {
    const r = room()
    r.sample(0, 'spo2Percent', 97)
    r.device(10, 'detached')
    expect(r.tick(500)).toEqual([])
    const s = room()
    s.sample(0, 'spo2Percent', 97)
    s.mark(10, 'closed')
    expect(s.tick(500)).toEqual([])
  })
})

describe('devices', () => {
  it('that are lost are not back because something of before arrives late', () => {
    const r = room(quiet)
    r.sample(0, 'spo2Percent', 97)
    r.device(20, 'lost')
    expect(r.sample(10, 'spo2Percent', 97, { arrived: 100 })).toEqual(['100 late m/3'])
  })

  it('that send the very same rate are not believed again because of another one that arrives late', () => {
    const r = room(quiet)
    for (let second = 0; second <= 300; second += 5) r.sample(second, 'heartRatePerMin', 72)
    expect(r.sample(290, 'heartRatePerMin', 80, { arrived: 360 })).toEqual(['360 late m/62'])
  })
  it('taken off settle what was about them, not a sign whose newest value is another’s', () => {
    const r = room({ ...quiet, staleMs: { heartRatePerMin: 60_000 } })
    r.sample(0, 'heartRatePerMin', 72)
    expect(r.tick(61)).toEqual(['60 raised stale:heartRatePerMin → nurse'])
    r.sample(2, 'heartRatePerMin', 73, { device: 'n', arrived: 100 })
    expect(r.device(110, 'detached')).toEqual([])
    expect(only(r.state())).toEqual(['stale:heartRatePerMin raised'])
  })

  it('that are lost are an alarm until they are back or heard of', () => {
    const r = room(quiet)
    r.sample(0, 'spo2Percent', 97)
    expect(r.device(5, 'lost')).toEqual(['5 raised lost:m → nurse'])
    expect(r.device(9, 'back')).toEqual(['9 cause-gone lost:m'])
    r.device(12, 'lost')
    expect(r.sample(15, 'spo2Percent', 97)).toEqual(['15 cause-gone lost:m'])
  })

  it('say what is wrong with themselves; a self-test is noted and no alarm', () => {
    const r = room(quiet)
    expect(r.notice(0, 'probe-off')).toEqual(['0 raised notice:probe-off:m → nurse'])
    expect(r.notice(9, 'probe-off', 'end')).toEqual(['9 cause-gone notice:probe-off:m'])
    expect(r.notice(10, 'self-test')).toEqual(['10 noted m'])
    expect(only(r.state())).toEqual(['notice:probe-off:m raised'])
  })

  it('that send the very same heart rate for five minutes are not believed', () => {
    const r = room(quiet)
    const said: string[] = []
    for (let second = 0; second <= 305; second += 5) said.push(...r.sample(second, 'heartRatePerMin', 72))
    expect(said).toEqual(['300 raised flat-line:heartRatePerMin:m → nurse'])
    expect(r.sample(310, 'heartRatePerMin', 73)).toEqual(['310 cause-gone flat-line:heartRatePerMin:m'])
  })

  it('beyond sixteen in a room are judged, but said not to be watched', () => {
    const r = room(lowOnly)
    for (let device = 0; device < 16; device++) r.sample(0, 'spo2Percent', 97, { device: `d${device}` })
    expect(r.sample(1, 'spo2Percent', 88, { device: 'one-more' })).toEqual([
      '1 raised too-many-devices → nurse',
      '1 raised spo2-low-red → nurse',
    ])
  })
})

describe('readings taken by hand', () => {
  it('are an alarm when they are overdue, amber and then red', () => {
    const r = room(quiet)
    r.baseline(0, calm)
    r.reading(0, calm)
    expect(r.mark(0, 'started')).toEqual([])
    expect(r.tick(660)).toEqual(['660 raised overdue:amber → nurse'])
    // One that leaves something out does not count.
    expect(r.reading(700, { systolicMmHg: 120 })).toEqual([])
    expect(r.tick(900)).toEqual([
      '780 escalated overdue:amber → second nurse',
      '900 raised overdue:red → nurse',
    ])
    expect(r.reading(905, calm)).toEqual(['905 cause-gone overdue:amber', '905 cause-gone overdue:red'])
    expect(worstShown(r.state(), quiet)).toBe('red')
    r.say(906, 'seen', 'overdue:red')
    r.tick(940)
    expect(worstShown(r.state(), quiet)).toBe('within')
    // The next is due ten minutes after; until then what is known is known.
    r.tick(1504)
    expect(worstShown(r.state(), quiet)).toBe('within')
  })

  it('written up half an hour late raise a red that nobody may miss, and say that it was earlier', () => {
    const r = room(quiet)
    r.reading(1_800, calm)
    const said = r.reading(60, { ...calm, systolicMmHg: 184 }, 1_860)
    expect(said).toContain('1860 raised sbp-high-red → nurse')
    const alarm = openAlarms(r.state()).find(({ key }) => key === 'limit:sbp-high-red')
    expect(alarm).toMatchObject({ late: true, value: 184 })
    expect(alarm?.reason).toContain('measured earlier and received late')
    expect(r.state().shown.latest.systolicMmHg?.value).toBe(120)
    r.tick(3_600)
    expect(only(r.state())).toEqual(['limit:sbp-high-red escalated'])
  })
})

describe('a value that comes late', () => {
  it('speaks for its own time only: it neither ends an open alarm nor brings its cause back', () => {
    const r = room(lowOnly)
    r.sample(1_000, 'spo2Percent', 88)
    r.say(1_005, 'acknowledge', LOW)
    expect(r.sample(100, 'spo2Percent', 97, { arrived: 1_010 })).toEqual(['1010 late m/3'])
    expect(openAlarms(r.state())).toMatchObject([{ key: LOW, goneAtMs: null, value: 88 }])
    expect(r.sample(1_020, 'spo2Percent', 97)).toEqual(['1020 cause-gone spo2-low-red'])
    expect(r.sample(200, 'spo2Percent', 84, { arrived: 1_025 })).toEqual(['1025 late m/5'])
    expect(r.tick(1_050)).toEqual(['1050 resolved spo2-low-red'])
  })
})

describe('what came twice', () => {
  it('counts from its first arrival, in whatever order it is handed in', () => {
    const first = { id: 'x', atMs: at(10), arrivedAtMs: at(11), kind: 'reading', by: 'nurse' } as const
    const values = { ...calm, systolicMmHg: 188 }
    const again = { ...first, arrivedAtMs: at(200), values }
    const inputs = [{ ...first, values }, again]
    const raised = (of: readonly AlarmInput[]) =>
      replay(of, quiet, at(300)).events.flatMap((event) => (event.kind === 'raised' ? [event.atMs] : []))
    expect(new Set(raised(inputs))).toEqual(new Set([at(10)]))
    expect(raised([...inputs].reverse())).toEqual(raised(inputs))
  })
})

describe('what step cannot take', () => {
  it('is said, and nothing is changed: older than the window, or another configuration', () => {
    const r = room(lowOnly)
    for (let second = 0; second < 400; second += 10) r.sample(second, 'spo2Percent', 97)
    const old = {
      id: 'old',
      atMs: at(100),
      arrivedAtMs: at(110),
      kind: 'reading',
      by: 'nurse',
      values: { spo2Percent: 88 },
    } as const
    const refused = step(r.state(), old, lowOnly, at(400))
    expect(refused).toEqual({ state: r.state(), events: [], replayNeeded: 'too-old' })
    const whole = replay([...r.inputs, old], lowOnly, at(400))
    expect(only(whole.state)).toEqual([`${LOW} escalated`])
    const other = { ...lowOnly, version: 'signed off' }
    expect(step(r.state(), { kind: 'tick' }, other, at(401)).replayNeeded).toBe('config-changed')
  })

  it('throws when an instant is no number: that is broken code', () => {
    const bad = { id: 'x', atMs: Number.NaN, arrivedAtMs: T0, kind: 'baseline', values: {} } as const
    expect(() => step(newAlarmState(quiet, T0), bad, quiet, T0)).toThrow(RangeError)
  })
})

describe('figures put right', () => {
  const wrong = { ...calm, systolicMmHg: 118 }
  const right = { ...calm, systolicMmHg: 188 }

  it('count in place of what they put right, whatever name they have', () => {
    for (const id of ['a', 'zzz']) {
      const r = room(quiet)
      r.reading(10, wrong)
      expect(r.correct(40, { at: 10, id }, right)).toContain('10 raised sbp-high-red → nurse')
      expect(only(r.state())).toContain('limit:sbp-high-red escalated')
    }
  })

  it('and put right again: the last one counts', () => {
    for (const [first, second] of [
      ['a', 'b'],
      ['b', 'a'],
    ] as const) {
      const r = room(quiet)
      r.reading(10, wrong)
      r.correct(20, { at: 10, id: first }, right)
      r.correct(40, { at: 10, id: second }, { ...calm, systolicMmHg: 172 })
      expect(only(r.state())).toContain('limit:sbp-high-amber raised')
      expect(r.state().shown.latest.systolicMmHg?.value).toBe(172)
    }
  })
})

describe('a scale', () => {
  it('at or above its limit calls the nurse, again when it lasts or becomes worse, until a lower one', () => {
    const r = room(quiet)
    expect(r.score(10, 'cadss', 19)).toEqual([])
    expect(r.score(20, 'cadss', 20)).toEqual(['20 raised cadss-high-amber → nurse'])
    r.say(30, 'acknowledge', 'limit:cadss-high-amber')
    expect(r.score(40, 'cadss', 29)).toEqual([])
    expect(r.score(50, 'cadss', 30)).toEqual(['50 raised-again cadss-high-amber (worse)'])
    r.say(60, 'acknowledge', 'limit:cadss-high-amber')
    expect(r.tick(361)).toEqual(['360 raised-again cadss-high-amber (persists)'])
    expect(r.score(370, 'cadss', 4)).toEqual(['370 cause-gone cadss-high-amber'])
    expect(r.tick(400)).toEqual(['400 resolved cadss-high-amber'])
    expect(r.score(410, 'distress-0-10', 7)).toEqual(['410 raised distress-high-amber → nurse'])
    expect(r.score(420, 'pain-0-10', 10)).toEqual([])
  })

  it('written up late speaks for its own time', () => {
    const r = room(quiet)
    r.score(100, 'cadss', 25)
    expect(r.score(50, 'cadss', 4, 200)).toEqual([])
    expect(only(r.state())).toEqual(['limit:cadss-high-amber raised'])
  })
})

describe('a value that its device takes back', () => {
  it('is never shown as within, and what it had ended is not over', () => {
    const r = room(lowOnly)
    r.sample(10, 'spo2Percent', 84)
    r.say(12, 'seen', LOW)
    r.sample(20, 'spo2Percent', 97)
    expect(r.sample(20, 'spo2Percent', 97, { quality: 'invalid', arrived: 25 })).toEqual([
      '20 cause-back spo2-low-red',
    ])
    expect(r.tick(60)).not.toContain('50 resolved spo2-low-red')
    const shown = signsShown(r.state(), lowOnly).find(({ sign }) => sign === 'spo2Percent')
    expect(shown?.state).toBe('unknown')
  })

  it('is no other: an invalid value of another moment or device leaves it', () => {
    const r = room(lowOnly)
    r.sample(10, 'spo2Percent', 84)
    r.sample(20, 'spo2Percent', 97)
    expect(r.sample(21, 'spo2Percent', 0, { quality: 'invalid' })).toEqual([])
    expect(r.sample(20, 'spo2Percent', 0, { quality: 'invalid', device: 'n', arrived: 22 })).toEqual([])
    expect(r.state().shown.latest.spo2Percent?.doubtful).toBe(false)
  })
})

describe('a clock that is wrong', () => {
  it('is an alarm that says what to do, until values with a right one come', () => {
    const r = room(lowOnly)
    const clockAheadMs = -30 * 60_000
    expect(r.sample(10, 'spo2Percent', 97, { clockAheadMs })).toEqual(['10 raised clock:m → nurse'])
    expect(openAlarms(r.state())[0]?.reason).toBe(
      'The clock of m is 30 min behind: its values stand at the time they came and are in doubt. Set its clock and time zone; measure by hand until then',
    )
    expect(r.sample(11, 'spo2Percent', 97, { clockAheadMs })).toEqual([])
    expect(r.sample(20, 'spo2Percent', 97)).toEqual(['20 cause-gone clock:m'])
    expect(r.tick(50)).toEqual(['50 resolved clock:m'])
  })

  it('and runs ahead does not put values into the future: they count from when they were received', () => {
    const ahead = at(3_600)
    const of = {
      id: '',
      index: 0,
      measuredAtMs: ahead,
      receivedAtMs: ahead,
      sign: 'spo2Percent',
      value: 88,
      unit: '',
      quality: 'ok',
    } as const
    const batch = { deviceId: 'm', run: '', sequence: 1, sentAtMs: ahead, samples: [of], technical: [] }
    const { state, events } = step(
      newAlarmState(lowOnly, T0),
      { kind: 'batch', batch, arrivedAtMs: at(10) },
      lowOnly,
      at(10),
    )
    expect(events).toMatchObject([{ kind: 'raised', atMs: at(10) }])
    expect(state.shown.latest.spo2Percent?.atMs).toBe(at(10))
  })

  it('and runs behind makes every value late: judged, said, and the device counts as silent', () => {
    const r = room(lowOnly)
    const silent = room({ ...lowOnly, silenceMs: 30_000 })
    expect(r.sample(0, 'spo2Percent', 88, { arrived: 7_200 })).toEqual([
      '7200 late m/1',
      '7200 raised spo2-low-red → nurse',
    ])
    expect(silent.sample(0, 'spo2Percent', 97, { arrived: 7_200 })).toEqual([
      '7200 late m/1',
      '7200 raised silence:m → nurse',
    ])
  })
})

describe('the configuration of a session', () => {
  it('takes limits and readings from the protocol and is another version when they are', () => {
    const readings = { ...defaultAlarmConfig.readings!, version: '7' }
    const own = alarmConfigOf(defaultAlarmConfig, { readings })
    expect(own).toMatchObject({ readings: { version: '7' }, limits: defaultAlarmConfig.limits })
    expect(own.version).toBe('2026-11-23.2; limits 2026-11-23; readings 7')
    expect(alarmConfigOf(own, { limits: null }).version).not.toBe(own.version)
  })

  it('is data that survives being stored, and calls somebody at once', () => {
    expect(JSON.parse(JSON.stringify(defaultAlarmConfig))).toEqual(defaultAlarmConfig)
    for (const ladder of Object.values(defaultAlarmConfig.ladder)) {
      expect(ladder[0]?.afterMs).toBe(0)
      const times = ladder.map(({ afterMs }) => afterMs)
      expect(times).toEqual([...times].sort((a, b) => a - b))
    }
  })

  it('without limits leaves every sign unknown and raises nothing about them', () => {
    const none = { ...quiet, limits: null, version: 'none' }
    const r = room(none)
    expect(r.sample(0, 'spo2Percent', 50)).toEqual([])
    expect(new Set(signsShown(r.state(), none).map(({ state }) => state))).toEqual(new Set(['unknown']))
    expect(worstShown(r.state(), none)).toBe('unknown')
  })
})
