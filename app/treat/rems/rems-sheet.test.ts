import { describe, expect, it } from 'vitest'
import { parseForm } from '../../platform/form.ts'
import type { Instant, LocalDate } from '../../platform/time.ts'
import { foldSession } from '../session/session.ts'
import type { SessionEvent, SessionEventData, SessionEventKind } from '../session/session-event.ts'
import { remsAnswers, remsForm } from './rems-form.ts'
import { type RemsContext, remsConcerns, remsContradictions, remsDueOn, remsSheet } from './rems-sheet.ts'

const START = Date.parse('2026-11-22T15:00:00.000Z')
const at = (min: number) => new Date(START + min * 60_000).toISOString() as Instant
let made = 0
function event<Kind extends SessionEventKind>(kind: Kind, min: number, data: SessionEventData[Kind]) {
  made += 1
  return {
    id: `e${String(made).padStart(4, '0')}`,
    kind,
    at: at(min),
    by: 'nurse',
    data,
  } as unknown as SessionEvent
}
const lotId = 'lot' as SessionEventData['dose-started']['lotId']
const started = event('dose-started', 0, {
  orderId: 'order',
  lotId,
  units: { unitMg: 28, count: 2, atMin: [0, 5] },
  orderedMg: 56,
  rateMgPerH: 0,
  durationMin: 0,
})
const device = (n: number, min: number) => event('device-given', min, { deviceNumber: n, mg: 28, lotId })
const finished = event('dose-finished', 5.001, { mgGiven: 56, computedMg: 56 })
const reading = (min: number, systolicMmHg: number, more: object = {}) =>
  event('reading', min, { values: { systolicMmHg, diastolicMmHg: 80, moaas: 5, ...more }, confirmed: [] })
const left = event('discharged', 125, { overrideBy: null, notMet: [] })
const context: RemsContext = {
  person: { name: 'Ada Hill', birthDate: '3 May 1980', sex: 'female' },
  site: { name: 'Clinic', address: 'Street 1', phone: '703-555-0100' },
  provider: { name: 'Nora', email: 'nora@example.org' },
  lotNumber: () => 'E1',
  day: () => '22 November 2026',
  time: (instant) => instant.slice(11, 16),
}
const whole = [
  reading(-5, 120),
  started,
  device(1, 0.001),
  device(2, 5),
  finished,
  reading(38, 142),
  reading(120, 124),
  left,
]
const value = (events: SessionEvent[], title: string) =>
  remsSheet(foldSession(events), context)
    ?.flatMap(({ fields }) => fields)
    .find((field) => field.title === title)

it('the REMS asks of a session with nasal esketamine alone: by what was given, before a dose by the plan', () => {
  const infusion = event('dose-started', 0, {
    orderId: 'order',
    lotId,
    drawnMl: 5.6,
    lotConcentrationMgPerMl: 10,
    orderedMg: 56,
    rateMgPerH: 84,
    durationMin: 40,
  })
  const tablets = event('dose-started', 0, { ...started.data, atOnce: 'oral' } as never)
  expect(remsConcerns(foldSession([started]), 'nasal-esketamine')).toBe(true)
  expect(remsConcerns(foldSession([]), 'nasal-esketamine')).toBe(true)
  for (const log of [[], [infusion], [tablets]]) {
    expect(remsConcerns(foldSession(log), 'intravenous')).toBe(false)
  }
  expect(remsConcerns(foldSession([infusion]), 'nasal-esketamine')).toBe(false)
})

describe('the sheet for the REMS', () => {
  it.each([
    ['Dose', whole, '56 mg', true],
    ['Dose', [started, device(1, 0.001)], 'Other: 28 mg', true],
    ['Lot number', whole, 'E1', true],
    ['Minutes from the first device to leaving', whole, '125', true],
    ['Minutes from the first device to leaving', whole.slice(0, -1), 'not on record', false],
    ['Blood pressure before', whole, '120/80 mmHg at 14:55', true],
    [
      'Blood pressure before',
      [event('reading', -2, { values: { spo2Percent: 98 }, confirmed: [] }), ...whole],
      '120/80 mmHg at 14:55',
      true,
    ],
    ['Blood pressure at about 40 minutes', whole, '142/80 mmHg at 15:38', true],
    [
      'Blood pressure at about 40 minutes',
      [started, device(1, 0.001), reading(56, 150)],
      'not on record',
      false,
    ],
    ['Blood pressure before leaving', whole, '124/80 mmHg at 17:00', true],
    ['Blood pressure before leaving', [reading(-5, 120), started, device(1, 0.001)], 'not on record', false],
    ['Serious adverse event', whole, 'none recorded', true],
    ['Serious adverse event', whole.slice(0, -1), 'not on record', false],
    ['Enrolled in the REMS', whole, 'not recorded', false],
    ['Enrolled in the REMS', [...whole, event('rems', -10, { enrolled: 'unknown' })], 'not known', false],
    ['Enrolled in the REMS', [...whole, event('rems', -10, { enrolled: 'yes' })], 'yes', true],
    [
      'Sedation',
      [...whole, event('rems', 60, { sedation: { seen: 'yes', onsetMin: 10, resolvedMin: null } })],
      'yes, from minute 10 end not known',
      true,
    ],
  ])('%s', (title, events, expected, known) => {
    expect(value(events, title)).toMatchObject({ value: expected, known })
  })

  it('is none for a session without devices', () => {
    expect(remsSheet(foldSession([]), context)).toBeUndefined()
  })

  it('names the entries that a figure was read from', () => {
    expect(value(whole, 'Dose')?.eventIds).toHaveLength(2)
    expect(value(whole, 'Blood pressure before')?.eventIds).toHaveLength(1)
  })
})

describe('what the log says against an answer', () => {
  const breathsAlarm = (min: number, value: number) =>
    event('alarm', min, {
      alarmId: `limit:rr-low-red@${min}`,
      change: 'raised',
      cause: 'rr-low-red',
      level: 'red',
      sign: 'respiratoryRatePerMin',
      value,
    })
  const no = (name: 'sedation' | 'dissociation') =>
    event('rems', 100, { [name]: { seen: 'no', onsetMin: null, resolvedMin: null } })
  it.each([
    ['nothing answered', [...whole, reading(20, 130, { moaas: 3 })], 0],
    ['sedation denied with every reading awake', [...whole, no('sedation')], 0],
    ['sedation denied', [...whole, reading(20, 130, { moaas: 4 }), no('sedation')], 1],
    [
      'sedation denied, MOAA/S tapped as a scale',
      [...whole, event('scale', 20, { scale: 'moaas', score: 3 }), no('sedation')],
      1,
    ],
    ['sleepy before the first device only', [reading(-2, 120, { moaas: 4 }), ...whole, no('sedation')], 0],
    [
      'dissociation denied',
      [...whole, event('scale', 40, { scale: 'cadss', score: 5 }), no('dissociation')],
      1,
    ],
    [
      'a total of 4 is none',
      [...whole, event('scale', 40, { scale: 'cadss', score: 4 }), no('dissociation')],
      0,
    ],
    [
      'slow breathing denied',
      [
        ...whole,
        reading(20, 130, { respiratoryRatePerMin: 7 }),
        event('rems', 100, { respiratoryDepression: 'no' }),
      ],
      1,
    ],
    [
      'slow breathing denied, counted by a monitor',
      [...whole, breathsAlarm(20, 6), event('rems', 100, { respiratoryDepression: 'no' })],
      1,
    ],
    [
      'an alarm from before the first device',
      [breathsAlarm(-3, 6), ...whole, event('rems', 100, { respiratoryDepression: 'no' })],
      0,
    ],
    [
      'eight breaths',
      [
        ...whole,
        reading(20, 130, { respiratoryRatePerMin: 8 }),
        event('rems', 100, { respiratoryDepression: 'no' }),
      ],
      0,
    ],
  ])('%s', (_, events, expected) => {
    expect(remsContradictions(foldSession(events))).toHaveLength(expected)
  })
})

it('is due seven calendar days after the session', () => {
  expect(remsDueOn('2026-10-28' as LocalDate)).toBe('2026-11-04')
})

describe('the form', () => {
  const key = '0192f3a0-0000-7000-8000-000000000001'
  const parse = (fields: Record<string, string>) => {
    const form = new FormData()
    for (const [name, text] of Object.entries({ key, ...fields })) form.set(name, text)
    return parseForm(remsForm, form)
  }
  it('keeps what was answered and nothing else', () => {
    const parsed = parse({
      enrolled: 'yes',
      sedation: 'yes',
      sedationFrom: '10',
      dissociation: 'no',
      dissociationFrom: '3',
    })
    expect(parsed.ok && remsAnswers(parsed.value)).toEqual({
      enrolled: 'yes',
      sedation: { seen: 'yes', onsetMin: 10, resolvedMin: null },
      dissociation: { seen: 'no', onsetMin: null, resolvedMin: null },
    })
  })
  it.each([
    ['sedationTo', { sedationFrom: '30', sedationTo: '20' }],
    ['readyAfterMin', { readyAfterMin: '1.5' }],
    ['sedationFrom', { sedationFrom: '-1' }],
    ['enrolled', { enrolled: 'perhaps' }],
  ])('answers at %s', (field, fields) => {
    const parsed = parse(fields as Record<string, string>)
    expect(parsed.ok ? {} : parsed.answer.errors).toHaveProperty(field)
  })
})
