import { describe, expect, it } from 'vitest'
import type { Instant } from '../../platform/time.ts'
import { foldSession } from '../session/session.ts'
import { DISCHARGE_STEPS, type SessionEvent } from '../session/session-event.ts'
import { dischargeGate, holdingBack } from './discharge-gate.ts'

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
const baseline = reading(-5, { ...vitals, systolicMmHg: 120, diastolicMmHg: 78 })
const held = (events: SessionEvent[], atMin = 105) =>
  holdingBack(dischargeGate(foldSession(events), at(atMin))).map(({ id, verdict }) => `${id} ${verdict}`)

describe('the gate before leaving', () => {
  const all = [baseline, dose, ended, ...steps]

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
    expect(held([...all, reading(100, vitals)], 131)).toEqual(fromReading)
  })
  it('cannot compare without a first reading', () => {
    expect(held([dose, ended, ...steps, reading(100, vitals)])).toEqual([
      'systolicMmHg unknown',
      'diastolicMmHg unknown',
    ])
  })
  it.each(DISCHARGE_STEPS.map((step) => [step]))(
    'holds back when %s is not asked, not known, or no',
    (step) => {
      const others = steps.filter((each) => each.kind === 'discharge-step' && each.data.step !== step)
      const rest = [baseline, dose, ended, ...others, reading(100, vitals)]
      expect(held(rest)).toEqual([`${step} unknown`])
      expect(held([...rest, event('discharge-step', 96, { step, met: 'unknown' })])).toEqual([
        `${step} unknown`,
      ])
      expect(held([...rest, event('discharge-step', 96, { step, met: 'no' })])).toEqual([`${step} not-met`])
    },
  )
  it('takes an answer from before the end of the infusion for nothing', () => {
    const early = DISCHARGE_STEPS.map((step) => event('discharge-step', 39, { step, met: 'yes' }))
    const items = dischargeGate(foldSession([baseline, dose, ended, ...early, reading(100, vitals)]), at(105))
    expect(holdingBack(items).map(({ id, verdict }) => `${id} ${verdict}`)).toEqual(
      DISCHARGE_STEPS.map((step) => `${step} unknown`),
    )
    expect(items.at(-1)?.value).toContain('answered before the end')
  })
  it('knows nothing of somebody without an infusion, and everything holds back', () => {
    expect(held([])).toHaveLength(5 + DISCHARGE_STEPS.length)
  })
  it('names the events each verdict rests on', () => {
    const last = reading(100, vitals)
    const items = dischargeGate(foldSession([...all, last]), at(105))
    expect(items.find(({ id }) => id === 'systolicMmHg')?.eventIds).toEqual([last.id, baseline.id])
    expect(items.find(({ id }) => id === 'minimum-time')?.eventIds).toEqual([ended.id])
  })
})
