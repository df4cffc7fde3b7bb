import { describe, expect, it } from 'vitest'
import type { Instant } from '../../platform/time.ts'
import type { SessionEvent } from '../session/session-event.ts'
import { draftNote } from './session-note.ts'

const START = Date.parse('2026-11-22T15:00:00.000Z')
const minute = (min: number) => new Date(START + min * 60_000).toISOString() as Instant
const event = (id: string, kind: string, atMin: number, data: unknown = {}, words = {}) =>
  ({ id, kind, at: minute(atMin), by: 'nurse', data, words }) as unknown as SessionEvent
const vitals = {
  systolicMmHg: 124,
  diastolicMmHg: 78,
  heartRatePerMin: 72,
  spo2Percent: 98,
  respiratoryRatePerMin: 15,
  moaas: 5,
}
const reading = (id: string, atMin: number, change = {}) =>
  event(id, 'reading', atMin, { values: { ...vitals, ...change }, confirmed: [] })
const context = {
  sessionNumber: 2,
  lotNumber: 'KX-2231',
  time: (instant: string) => instant.slice(11, 16),
  name: (id: string) => ({ nurse: 'Nadia Ferris', second: 'Dr Priya Raman' })[id] ?? 'unknown',
}
const log = [
  event('arrived', 'arrived', -40),
  event('identity', 'identity-checked', -38, { identifiers: ['full-name', 'birth-date'] }),
  event(
    'checklist',
    'checklist',
    -36,
    { escortNamed: true, escortPhoneGiven: true, fasted: 'yes', noUseSince: 'yes', breathAlcoholGPer210L: 0 },
    { escortName: 'Alex', escortPhone: '703-555-0101' },
  ),
  reading('baseline', -5),
  event('start', 'dose-started', 0, {
    orderedMg: 56,
    drawnMl: 5.6,
    lotConcentrationMgPerMl: 10,
    rateMgPerH: 84,
    durationMin: 40,
  }),
  reading('high', 10, { systolicMmHg: 166 }),
  event('pause', 'dose-paused', 12, {}, { reason: 'asked for quiet' }),
  event('again', 'dose-paused', 13),
  event('resume', 'dose-resumed', 15),
  event('slower', 'dose-rate-changed', 18, { rateMlPerH: 37.5, rateMgPerH: 42 }, { reason: 'pressure' }),
  event('talk', 'observation', 20, { topic: 'distress' }, { text: 'Cried for a while, then calm' }),
  event('stop', 'dose-stopped', 30, { mgGiven: 38, computedMg: 37.8 }, { reason: 'asked to stop' }),
  reading('calm', 92),
  event('oriented', 'discharge-step', 93, { step: 'oriented', met: 'yes' }),
  event(
    'left',
    'discharged',
    95,
    { overrideBy: 'second', notMet: ['steady-gait'] },
    { reason: 'uses a wheelchair' },
  ),
]

describe('the drafted note', () => {
  it('says the session in sentences, each with the events it says', () => {
    expect(draftNote(log, context).map(({ text, eventIds }) => `${text} [${eventIds.join(' ')}]`)).toEqual([
      'Session 2: arrived at 14:20. [arrived]',
      'Identity checked by full name and date of birth (Nadia Ferris). [identity]',
      'Escort Alex, 703-555-0101. Fasting: yes. No use since the last visit: yes. Breath alcohol: 0.00 g/210 L. [checklist]',
      'Before the dose, at 14:55: BP 124/78 mmHg, HR 72/min, SpO₂ 98%, RR 15/min, MOAA/S 5. [baseline]',
      'Ketamine 56 mg ordered over 40 min; 5.6 mL of 10 mg/mL drawn from lot KX-2231; infusion started at 15:00. [start]',
      'Infusion paused at 15:12: asked for quiet. [pause]',
      'Infusion resumed at 15:15. [resume]',
      'Pump set to 37.5 mL/h (42 mg/h) at 15:18: pressure. [slower]',
      'Infusion stopped at 15:30 (asked to stop): 38 mg given, 1.8 mL left in the syringe. [stop]',
      '2 readings after the start of the infusion: systolic 124 to 166 and diastolic 78 mmHg, heart rate 72/min, SpO₂ 98 %. [high calm]',
      'At 15:10 outside limits (amber): BP 166/78 mmHg, HR 72/min, SpO₂ 98%, RR 15/min, MOAA/S 5. [high]',
      'Last reading at 16:32: BP 124/78 mmHg, HR 72/min, SpO₂ 98%, RR 15/min, MOAA/S 5. [calm]',
      '15:20 distress: Cried for a while, then calm. [talk]',
      'Left at 16:35; released by Dr Priya Raman as second clinician with 1 condition not met or not known: uses a wheelchair. [left oriented]',
    ])
  })

  it('is the same for every order of the log', () => {
    expect(draftNote([...log, ...log].reverse(), context)).toEqual(draftNote(log, context))
  })

  it('says what is missing and never fills it in', () => {
    expect(draftNote([], context)).toEqual([
      { text: 'Session 2: arrival is not on record.', eventIds: [] },
      { text: 'Identity check is not on record.', eventIds: [] },
      { text: 'Checklist is not on record.', eventIds: [] },
      { text: 'No reading before the dose is on record.', eventIds: [] },
      { text: 'No dose was given.', eventIds: [] },
      { text: 'The person has not left yet.', eventIds: [] },
    ])
  })
})
