import { describe, expect, it } from 'vitest'
import type { Instant } from '../../platform/time.ts'
import type { SessionSamples } from '../monitors/live-samples.ts'
import { foldSession } from '../session/session.ts'
import { DISCHARGE_STEPS, type SessionEvent } from '../session/session-event.ts'
import {
  dischargeGate,
  heldBackBy,
  holdingBack,
  minimumStay,
  notAsShown,
  type ProtocolDischarge,
  stepsToAsk,
} from './discharge-gate.ts'
import { ALDRETE_NAMES, aldreteSum } from './recovery-score.ts'

const START = Date.parse('2026-11-22T15:00:00.000Z')
const minute = (min: number) => new Date(START + min * 60_000).toISOString() as Instant
const at = (min: number) => START + min * 60_000
let n = 0
const event = (kind: string, atMin: number, data: unknown) => {
  n += 1
  return {
    id: `e${String(n).padStart(4, '0')}`,
    kind,
    at: minute(atMin),
    by: 'nurse',
    data,
  } as unknown as SessionEvent
}
const vitals = {
  systolicMmHg: 125,
  diastolicMmHg: 80,
  heartRatePerMin: 70,
  spo2Percent: 97,
  respiratoryRatePerMin: 14,
  moaas: 5,
}
const reading = (atMin: number, values: object) => event('reading', atMin, { values, confirmed: [] })
const dose = event('dose-started', 0, {
  orderedMg: 55,
  drawnMl: 1.1,
  lotConcentrationMgPerMl: 50,
  rateMgPerH: 82.5,
  durationMin: 40,
})
const ended = event('dose-finished', 40, { mgGiven: 55, computedMg: 55 })
const steps = DISCHARGE_STEPS.map((step) => event('discharge-step', 95, { step, met: 'yes' }))
const aldrete = (atMin: number, score: number | null) => event('scale', atMin, { scale: 'aldrete', score })
const baseline = reading(-5, { ...vitals, systolicMmHg: 120, diastolicMmHg: 78 })
const held = (events: SessionEvent[], atMin = 105, samples?: SessionSamples) =>
  holdingBack(dischargeGate(foldSession(events), at(atMin), undefined, samples)).map(
    ({ id, verdict }) => `${id} ${verdict}`,
  )

describe('the gate before leaving', () => {
  const all = [baseline, dose, ended, ...steps, aldrete(96, 10)]

  it('lets go when everything is met and known', () => {
    expect(held([...all, reading(100, vitals)])).toEqual([])
  })

  it.each([
    ['one minute early', 99, { ...vitals }, ['minimum-time not-met']],
    ['not fully awake', 105, { ...vitals, moaas: 4 }, ['responsiveness not-met']],
    ['responsiveness not measured', 105, { ...vitals, moaas: undefined }, ['responsiveness unknown']],
    ['saturation 93', 105, { ...vitals, spo2Percent: 93 }, ['saturation not-met']],
    ['saturation 94 is enough', 105, { ...vitals, spo2Percent: 94 }, []],
    ['systolic exactly 20 % above', 105, { ...vitals, systolicMmHg: 144 }, []],
    ['systolic just over 20 % above', 105, { ...vitals, systolicMmHg: 144.1 }, ['systolicMmHg not-met']],
    ['systolic over 20 % below', 105, { ...vitals, systolicMmHg: 95 }, ['systolicMmHg not-met']],
    ['diastolic 100', 105, { ...vitals, diastolicMmHg: 100 }, ['diastolicMmHg not-met']],
    [
      'pressure not measured',
      105,
      { moaas: 5, spo2Percent: 97 },
      ['systolicMmHg unknown', 'diastolicMmHg unknown'],
    ],
  ])('%s', (_, atMin, values, expected) => {
    expect(held([...all, reading(98, values)], atMin)).toEqual(expected)
  })

  const fromReading = [
    'responsiveness unknown',
    'systolicMmHg unknown',
    'diastolicMmHg unknown',
    'saturation unknown',
  ]
  it('takes a reading from before the end of the infusion for nothing', () => {
    expect(held([...all, reading(39, vitals)])).toEqual(fromReading)
  })
  it('takes a reading older than half an hour for nothing', () => {
    const asked = DISCHARGE_STEPS.map((step) => event('discharge-step', 110, { step, met: 'yes' }))
    const log = [...all, reading(100, vitals), aldrete(110, 10), ...asked]
    expect(held(log, 130)).toEqual([])
    expect(held(log, 131)).toEqual(fromReading)
  })
  it('cannot compare without a first reading', () => {
    expect(held([dose, ended, ...steps, aldrete(96, 10), reading(100, vitals)])).toEqual([
      'systolicMmHg unknown',
      'diastolicMmHg unknown',
    ])
  })
  it.each(DISCHARGE_STEPS.map((step) => [step]))(
    'holds back when %s is not asked, not known, or no',
    (step) => {
      const others = steps.filter((each) => each.kind === 'discharge-step' && each.data.step !== step)
      const rest = [baseline, dose, ended, ...others, aldrete(96, 10), reading(100, vitals)]
      expect(held(rest)).toEqual([`${step} unknown`])
      expect(held([...rest, event('discharge-step', 96, { step, met: 'unknown' })])).toEqual([
        `${step} unknown`,
      ])
      expect(held([...rest, event('discharge-step', 96, { step, met: 'no' })])).toEqual([`${step} not-met`])
    },
  )
  it('takes an answer from before the end of the infusion for nothing', () => {
    const early = DISCHARGE_STEPS.map((step) => event('discharge-step', 39, { step, met: 'yes' }))
    const items = dischargeGate(
      foldSession([baseline, dose, ended, aldrete(96, 10), ...early, reading(100, vitals)]),
      at(105),
      undefined,
      undefined,
    )
    expect(holdingBack(items).map(({ id, verdict }) => `${id} ${verdict}`)).toEqual(
      DISCHARGE_STEPS.map((step) => `${step} unknown`),
    )
    expect(items.at(-1)?.value).toContain('answered before the end of the dose')
  })
  it('knows nothing of somebody without an infusion, and everything holds back', () => {
    expect(held([])).toHaveLength(5 + DISCHARGE_STEPS.length)
  })
  it('names the events each verdict rests on', () => {
    const last = reading(100, vitals)
    const items = dischargeGate(foldSession([...all, last]), at(105), undefined, undefined)
    expect(items.find(({ id }) => id === 'systolicMmHg')?.eventIds).toEqual([last.id, baseline.id])
    expect(items.find(({ id }) => id === 'minimum-time')?.eventIds).toEqual([ended.id])
  })
})

describe('what else keeps somebody here', () => {
  const fine = [baseline, dose, ended, ...steps, reading(100, vitals)]
  const alarm = (atMin: number, change: string) =>
    event('alarm', atMin, { alarmId: 'a', change, cause: 'sbp-high-red', level: 'red' })
  const access = event('access-placed', -20, { side: 'left', place: 'hand', gauge: 22, runsFreely: 'yes' })
  const cadss = (atMin: number, score: number) => event('scale', atMin, { scale: 'cadss', score })
  it.each([
    ['no recovery score', fine, ['recovery-score unknown']],
    ['one of 9', [...fine, aldrete(96, 9)], []],
    ['one of 8', [...fine, aldrete(96, 8)], ['recovery-score not-met']],
    ['one that could not be taken', [...fine, aldrete(96, null)], ['recovery-score unknown']],
    ['one from before the end', [...fine, aldrete(39, 10)], ['recovery-score unknown']],
    ['one 31 minutes old', [...fine, aldrete(74, 10)], ['recovery-score unknown']],
    ['one 30 minutes old', [...fine, aldrete(75, 10)], []],
    ['PADSS instead', [...fine, event('scale', 96, { scale: 'padss', score: 9 })], []],
    ['CADSS of 4', [...fine, aldrete(96, 10), cadss(90, 4)], []],
    ['CADSS of 5', [...fine, aldrete(96, 10), cadss(90, 5)], ['no-dissociation not-met']],
    ['CADSS of 5 as before the dose', [...fine, aldrete(96, 10), cadss(-10, 5), cadss(90, 5)], []],
    ['CADSS of 5 at the peak only', [...fine, aldrete(96, 10), cadss(39, 40), cadss(90, 0)], []],
    ['a cannula in place', [...fine, aldrete(96, 10), access], ['access-removed not-met']],
    [
      'the cannula out',
      [...fine, aldrete(96, 10), access, event('access-removed', 100, { of: access.id, intact: 'yes' })],
      [],
    ],
    [
      'a red alarm that is not over',
      [...fine, aldrete(96, 10), alarm(20, 'raised'), alarm(21, 'acknowledged')],
      ['no-red-alarm not-met'],
    ],
    ['one that is', [...fine, aldrete(96, 10), alarm(20, 'raised'), alarm(30, 'resolved')], []],
  ])('%s', (_, events, expected) => {
    expect(held(events)).toEqual(expected)
  })
})

/** A nasal dose of two devices, the second after five minutes. */
const nasal = [
  event('dose-started', 0, {
    orderedMg: 56,
    rateMgPerH: 0,
    durationMin: 0,
    units: { unitMg: 28, count: 2, atMin: [0, 5] },
  }),
  event('device-given', 0.0001, { deviceNumber: 1, mg: 28, lotId: 'l' }),
  event('device-given', 5, { deviceNumber: 2, mg: 28, lotId: 'l' }),
  event('dose-finished', 5.0001, { mgGiven: 56, computedMg: 56 }),
]
const injection = [
  event('dose-started', 0, {
    orderedMg: 40,
    drawnMl: 0.8,
    lotConcentrationMgPerMl: 50,
    rateMgPerH: 0,
    durationMin: 0,
    atOnce: 'intramuscular',
  }),
  event('dose-finished', 0.0001, { mgGiven: 40, computedMg: 40, atOnce: true }),
]
const stepsAt = (atMin: number) =>
  DISCHARGE_STEPS.map((step) => event('discharge-step', atMin, { step, met: 'yes' }))
const heldBy = (events: SessionEvent[], atMin: number, discharge?: ProtocolDischarge) =>
  holdingBack(dischargeGate(foldSession(events), at(atMin), discharge, undefined)).map(({ id }) => id)

describe('how long somebody stays by the route', () => {
  const rest = [baseline, ...stepsAt(115), aldrete(115, 10)]
  const gate = (atMin: number, breaths: number | undefined, discharge?: ProtocolDischarge) =>
    heldBy([...nasal, ...rest, reading(118, { ...vitals, respiratoryRatePerMin: breaths })], atMin, discharge)
  const none: ProtocolDischarge[] = []
  it.each([
    ['what its protocol says', [{ minMinutesAfterEnd: 120, countedFrom: 'the first device' }]],
    [
      'two hours although the protocol says one',
      [{ minMinutesAfterEnd: 60, countedFrom: 'the first device' }],
    ],
    ['two hours without a protocol', none],
  ] as [string, ProtocolDischarge[]][])('after a nasal dose %s, and breathing is looked at', (_, [said]) => {
    expect(gate(119.9, 14, said)).toEqual(['minimum-time'])
    expect(gate(120, 14, said)).toEqual([])
    expect(gate(120, 9, said)).toEqual(['breathing'])
    expect(gate(120, 25, said)).toEqual(['breathing'])
    expect(gate(120, 24, said)).toEqual([])
    expect(gate(120, undefined, said)).toEqual(['breathing'])
  })
  it('looks at breathing and two hours also where a nasal protocol counts from the end of an infusion', () => {
    const odd: ProtocolDischarge = { minMinutesAfterEnd: 60, countedFrom: 'end of the infusion' }
    expect(gate(121, undefined, odd)).toEqual(['minimum-time', 'breathing'])
  })
  it('says from when the minutes count in the words of what was given', () => {
    const end: ProtocolDischarge = { minMinutesAfterEnd: 60, countedFrom: 'end of the infusion' }
    const title = (log: SessionEvent[]) => dischargeGate(foldSession(log), at(60), end, undefined)[0]?.title
    expect(title([baseline, ...injection])).toBe('At least 60 minutes since the injection')
    expect(title([baseline, dose, ended])).toBe('At least 60 minutes since the end of the infusion')
  })
  it.each([
    ['an injection', { atOnce: 'intramuscular' as const }, 120, 'the dose'],
    [
      'tablets',
      { atOnce: 'oral' as never, units: { unitMg: 100, count: 1, atMin: [] } as never },
      120,
      'the dose',
    ],
    ['an infusion', {}, 60, 'end of the infusion'],
  ])('without a protocol takes what %s asks at least', (_, dose, minMinutesAfterEnd, countedFrom) => {
    expect(minimumStay(dose, undefined)).toEqual({ minMinutesAfterEnd, countedFrom })
  })
})

describe('what grows old before leaving', () => {
  const old = ['oriented', 'no-dissociation', 'steady-gait', 'nausea-controlled']
  const alike = [...old, 'no-new-suicidal-thoughts', 'escort-present']
  it('an answer from a minute after an injection does not let anybody go two hours later', () => {
    const log = [baseline, ...injection, ...stepsAt(1), aldrete(119, 10), reading(119, vitals)]
    expect(heldBy(log, 121)).toEqual(alike)
  })
  it('nor one from a minute after the last device', () => {
    const log = [baseline, ...nasal, ...stepsAt(6), aldrete(119, 10), reading(119, vitals)]
    expect(heldBy(log, 121)).toEqual(alike)
  })
  it('nor one from a minute after the end of an infusion; instructions once given stay given', () => {
    const log = [baseline, dose, ended, ...stepsAt(41), aldrete(100, 10), reading(100, vitals)]
    expect(heldBy(log, 105)).toEqual(alike)
    const gait = dischargeGate(foldSession(log), at(105), undefined, undefined).find(
      ({ id }) => id === 'steady-gait',
    )
    expect(gait).toMatchObject({ verdict: 'unknown', value: 'yes, but 64 min ago, may be 30: ask again' })
  })
  it('what was measured and answered at the very end of the dose counts from then on', () => {
    const log = [baseline, ...injection, ...stepsAt(0.0001), aldrete(0.0001, 10), reading(0.0001, vitals)]
    expect(heldBy(log, 25)).toEqual(['minimum-time'])
  })
  it('an answer counts for half an hour, and a “no” until it is asked again', () => {
    const log = [baseline, dose, ended, ...stepsAt(75), aldrete(100, 10), reading(100, vitals)]
    expect(heldBy(log, 105)).toEqual([])
    expect(heldBy(log, 106)).toEqual(alike)
    const no = [...log, event('discharge-step', 76, { step: 'steady-gait', met: 'no' })]
    const gait = dischargeGate(foldSession(no), at(120), undefined, undefined).find(
      ({ id }) => id === 'steady-gait',
    )
    expect(gait).toMatchObject({ verdict: 'not-met', value: 'no, but 44 min ago, may be 30: ask again' })
  })
  it('what was answered after the instant judged is not known at it, and what was before still is', () => {
    const log = [baseline, dose, ended, aldrete(98, 10), reading(98, vitals)]
    expect(heldBy([...log, ...stepsAt(110)], 101).toSorted()).toEqual(
      [...alike, 'access-out', 'instructions-given'].toSorted(),
    )
    expect(
      heldBy([...log, ...stepsAt(99), event('discharge-step', 110, { step: 'oriented', met: 'no' })], 101),
    ).toEqual([])
    expect(heldBy([...log, ...stepsAt(99), event('scale', 110, { scale: 'cadss', score: 40 })], 101)).toEqual(
      [],
    )
  })
  it('a score that says there is dissociation holds on until a newer one says otherwise', () => {
    const log = [baseline, ...injection, ...stepsAt(110), aldrete(119, 10), reading(119, vitals)]
    const cadss = (atMin: number, score: number) => event('scale', atMin, { scale: 'cadss', score })
    expect(heldBy([...log, cadss(40, 30)], 121)).toEqual(['no-dissociation'])
    const words = (atMin: number) =>
      dischargeGate(foldSession([...log, cadss(40, 30)]), at(atMin), undefined, undefined).find(
        ({ id }) => id === 'no-dissociation',
      )?.value
    expect(words(70)).toBe('CADSS 30, may be 4')
    expect(words(121)).toBe('CADSS 30, may be 4; 81 min ago: take it again')
    expect(heldBy([...log, cadss(40, 30), cadss(115, 2)], 121)).toEqual([])
    // A low one from long ago is no answer.
    const unasked = log.filter(
      ({ kind, data }) => kind !== 'discharge-step' || (data as { step: string }).step !== 'no-dissociation',
    )
    expect(heldBy([...unasked, cadss(1, 0)], 121)).toEqual(['no-dissociation'])
    const low = dischargeGate(foldSession([...log, cadss(1, 0)]), at(121), undefined, undefined).find(
      ({ id }) => id === 'no-dissociation',
    )
    expect(low).toMatchObject({ verdict: 'met', value: 'yes' })
  })
})

describe('values before leaving, sign by sign', () => {
  const asked = [...stepsAt(98), aldrete(98, 10)]
  it('hears a MOAA/S that was taken as a scale after the last reading', () => {
    const log = [baseline, dose, ended, ...asked, reading(98, vitals)]
    expect(heldBy([...log, event('scale', 103, { scale: 'moaas', score: 2 })], 104)).toEqual([
      'responsiveness',
    ])
    expect(heldBy([...log, event('scale', 103, { scale: 'moaas', score: 5 })], 104)).toEqual([])
  })
  it('a newer reading that left signs out takes nothing away', () => {
    const log = [baseline, dose, ended, ...asked, reading(98, vitals), reading(103, { spo2Percent: 96 })]
    expect(heldBy(log, 104)).toEqual([])
    expect(heldBy(log, 129)).toEqual(expect.arrayContaining(['responsiveness', 'systolicMmHg']))
    expect(heldBy(log, 129)).not.toContain('saturation')
  })
  it('compares pressure with the newest one before the dose, whatever was measured after that one', () => {
    const log = [baseline, reading(-2, { spo2Percent: 98 }), dose, ended, ...asked, reading(98, vitals)]
    expect(heldBy(log, 104)).toEqual([])
    expect(heldBy([...log, reading(102, { ...vitals, systolicMmHg: 150 })], 104)).toEqual(['systolicMmHg'])
  })
  it('a score from after the instant judged is not known at it', () => {
    const log = [baseline, dose, ended, ...asked, reading(98, vitals), aldrete(103, 4)]
    expect(heldBy(log, 102)).toEqual([])
    expect(heldBy(log, 103)).toEqual(['recovery-score'])
  })
  it('a reading from after the instant judged is not known at it', () => {
    const log = [baseline, dose, ended, ...asked, reading(98, vitals), reading(103, { ...vitals, moaas: 2 })]
    expect(heldBy(log, 102)).toEqual([])
  })
})

describe('the recovery score', () => {
  const whole = { activity: 2, breathing: 2, circulation: 1, consciousness: 2, saturation: 2 }
  it('is the sum of five parts', () => {
    expect(aldreteSum(whole)).toBe(9)
    expect(aldreteSum({ ...whole, circulation: 0 })).toBe(8)
  })
  it.each(ALDRETE_NAMES.map((name) => [name]))('is not known without %s', (name) => {
    expect(aldreteSum({ ...whole, [name]: undefined })).toBeUndefined()
  })
})

describe('values of monitors before leaving', () => {
  const fine = [baseline, dose, ended, ...stepsAt(98), aldrete(98, 10), reading(98, vitals)]
  const live = (atMin: number, value: number, quality: 'ok' | 'questionable' | 'invalid' = 'ok') => ({
    value,
    atMs: at(atMin),
    quality,
    device: 'Bay 3',
  })
  const pressure = (atMin: number, systolic: number, diastolic: number): SessionSamples => ({
    systolicMmHg: live(atMin, systolic),
    diastolicMmHg: live(atMin, diastolic),
  })
  it.each([
    ['a newer bad pressure', pressure(104, 160, 101), ['systolicMmHg not-met', 'diastolicMmHg not-met']],
    ['a newer good one', pressure(104, 128, 80), []],
    ['an older bad one', pressure(97, 160, 101), []],
    ['oxygen of now', { spo2Percent: live(104.5, 96) }, []],
    ['oxygen too low', { spo2Percent: live(104.5, 93) }, ['saturation not-met']],
    ['oxygen of two minutes ago', { spo2Percent: live(103, 97) }, ['saturation unknown']],
    ['low oxygen of two minutes ago', { spo2Percent: live(103, 88) }, ['saturation not-met']],
    [
      'oxygen that the monitor doubts',
      { spo2Percent: live(104.5, 97, 'questionable') },
      ['saturation unknown'],
    ],
    ['low oxygen that it doubts', { spo2Percent: live(104.5, 80, 'questionable') }, ['saturation not-met']],
    ['oxygen that it took back', { spo2Percent: live(104.5, 97, 'invalid') }, ['saturation unknown']],
    ['a clock a little ahead', { spo2Percent: live(105.2, 97) }, []],
  ] as [string, SessionSamples, string[]][])('%s', (_, samples, expected) => {
    expect(held(fine, 105, samples)).toEqual(expected)
  })
  it('a value of a monitor from before the end of the dose meets nothing, and one alone is enough after it', () => {
    const unmeasured = fine.filter(({ kind, at: when }) => kind !== 'reading' || when < minute(0))
    const known = { ...pressure(104, 128, 80), spo2Percent: live(104.8, 97) }
    expect(held(unmeasured, 105, known)).toEqual(['responsiveness unknown'])
    expect(held(unmeasured, 105, { spo2Percent: live(39, 97) })).toContain('saturation unknown')
  })
  it('stays stale pressure after a quarter of an hour', () => {
    const later = [...fine.filter(({ kind }) => kind !== 'reading'), baseline, reading(98, vitals)]
    expect(held(later, 120, pressure(104, 128, 80))).toEqual([
      'systolicMmHg unknown',
      'diastolicMmHg unknown',
    ])
  })
  it('a second signature covers a monitor’s value until it gets worse', () => {
    const items = (samples: SessionSamples) => dischargeGate(foldSession(fine), at(105), undefined, samples)
    const shown = heldBackBy(items(pressure(104, 162, 90)))
    expect(notAsShown(items(pressure(104.5, 165, 90)), shown)).toEqual([])
    expect(notAsShown(items(pressure(104.5, 190, 90)), shown).map(({ id }) => id)).toEqual(['systolicMmHg'])
    expect(notAsShown(items(pressure(104.5, 165, 90)), heldBackBy(items({})))).toHaveLength(1)
  })
})

describe('an access that nobody recorded', () => {
  const unasked = [
    baseline,
    dose,
    ended,
    ...steps.filter(({ data }) => (data as { step: string }).step !== 'access-out'),
    aldrete(96, 10),
    reading(100, vitals),
  ]
  it('is asked after an infusion, and a “no” holds back', () => {
    expect(held(unasked)).toEqual(['access-out unknown'])
    const item = dischargeGate(foldSession(unasked), at(105), undefined, undefined).find(
      ({ id }) => id === 'access-out',
    )
    expect(item?.value).toBe('none recorded; say that it is out or that there was none')
    const answered = (met: string) => event('discharge-step', 101, { step: 'access-out', met })
    expect(held([...unasked, answered('no')])).toEqual(['access-out not-met'])
    expect(held([...unasked, answered('yes')])).toEqual([])
  })
  it('is not asked where one was recorded, nor of a route that has none', () => {
    const access = event('access-placed', -20, { side: 'left', place: 'hand', gauge: 22, runsFreely: 'yes' })
    const out = event('access-removed', 100, { of: access.id, intact: 'yes' })
    expect(held([...unasked, access, out])).toEqual([])
    expect(stepsToAsk(foldSession([baseline, ...injection]))).not.toContain('access-out')
    expect(stepsToAsk(foldSession([baseline, ...nasal]))).not.toContain('access-out')
  })
})
