import { describe, expect, it } from 'vitest'
import type { Instant } from '../../platform/time.ts'
import { foldSession } from '../session/session.ts'
import { DISCHARGE_STEPS, type SessionEvent } from '../session/session-event.ts'
import { dischargeGate, dischargeRulesOf, holdingBack } from './discharge-gate.ts'
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
const held = (events: SessionEvent[], atMin = 105) =>
  holdingBack(dischargeGate(foldSession(events), at(atMin))).map(({ id, verdict }) => `${id} ${verdict}`)

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
    expect(held([...all, reading(100, vitals), aldrete(110, 10)], 131)).toEqual(fromReading)
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
    )
    expect(holdingBack(items).map(({ id, verdict }) => `${id} ${verdict}`)).toEqual(
      DISCHARGE_STEPS.map((step) => `${step} unknown`),
    )
    expect(items.at(-1)?.value).toContain('answered before the end')
  })
  it('knows nothing of somebody without an infusion, and everything holds back', () => {
    expect(held([])).toHaveLength(6 + DISCHARGE_STEPS.length)
  })
  it('names the events each verdict rests on', () => {
    const last = reading(100, vitals)
    const items = dischargeGate(foldSession([...all, last]), at(105))
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

  it('counts from the first device after a nasal dose, and looks at breathing', () => {
    const rules = dischargeRulesOf({ minMinutesAfterEnd: 120, countedFrom: 'the first device' })
    const gate = (atMin: number, breaths: number | undefined) =>
      holdingBack(
        dischargeGate(
          foldSession([
            ...fine,
            aldrete(115, 10),
            reading(118, { ...vitals, respiratoryRatePerMin: breaths }),
          ]),
          at(atMin),
          rules,
        ),
      ).map(({ id, verdict }) => `${id} ${verdict}`)
    expect(gate(119.9, 14)).toEqual(['minimum-time not-met'])
    expect(gate(120, 14)).toEqual([])
    expect(gate(120, 9)).toEqual(['breathing not-met'])
    expect(gate(120, undefined)).toEqual(['breathing unknown'])
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
