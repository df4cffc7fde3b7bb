import { describe, expect, it } from 'vitest'
import type { AccountId } from '../../platform/ids.ts'
import type { Instant } from '../../platform/time.ts'
import type { MonitorStretch } from '../monitors/monitor-stretches.ts'
import type { SessionEvent } from '../session/session-event.ts'
import { defaultNoteTemplate } from './note-template.ts'
import { draftNote, draftParts, draftText } from './session-note.ts'

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
  consent: [],
  stretches: [],
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
      '2 readings by hand after the start of the infusion: systolic 124 to 166 and diastolic 78 mmHg, heart rate 72/min, SpO₂ 98 %. [high calm]',
      'At 15:10 outside limits (amber): BP 166/78 mmHg, HR 72/min, SpO₂ 98%, RR 15/min, MOAA/S 5. [high]',
      'Last reading at 16:32: BP 124/78 mmHg, HR 72/min, SpO₂ 98%, RR 15/min, MOAA/S 5. [calm]',
      '15:20 distress: Cried for a while, then calm. [talk]',
      'Left at 16:35; released by Dr Priya Raman as second clinician with 1 condition not met or not known: uses a wheelchair. [left oriented]',
    ])
  })

  it('says when consent was taken back and by whom, with the record it is taken from', () => {
    const consent = [
      {
        what: 'taken-back' as const,
        at: minute(21),
        by: 'second' as AccountId,
        titles: ['Treatment with ketamine', 'What we keep'],
      },
    ]
    const [said, ...others] = draftNote(log, { ...context, consent }).filter(({ source }) => source)
    expect(others).toEqual([])
    expect(said).toEqual({
      text: 'Consent to dosing was taken back at 15:21 by Dr Priya Raman (Treatment with ketamine; What we keep).',
      eventIds: [],
      source: '15:21 record of consents',
    })
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

describe('what surrounds the dose', () => {
  const alarm = (id: string, atMin: number, change: string, by = 'clinic', more = {}) => ({
    ...event(id, 'alarm', atMin, {
      alarmId: 'a',
      change,
      cause: 'sbp-high-red',
      level: 'red',
      sign: 'systolicMmHg',
      value: 184,
      ...more,
    }),
    by,
  })
  const care = [
    event('site', 'access-placed', -20, { side: 'left', place: 'forearm', gauge: 22, runsFreely: 'yes' }),
    alarm('a1', 10, 'raised'),
    alarm('a2', 10.5, 'acknowledged', 'nurse'),
    alarm('a3', 12, 'escalated', 'clinic', { ladderStep: 1 }),
    alarm('a4', 20, 'resolved'),
    event('scale', 'scale', 40, { scale: 'cadss', score: null, notTaken: 'asleep' }),
    event('out', 'access-removed', 92, { of: 'site', intact: 'yes' }),
  ]
  const sentences = (events: SessionEvent[]) =>
    draftNote(events, context).map(({ text, eventIds }) => `${text} [${eventIds.join(' ')}]`)

  it('says an alarm once, with seconds and all its entries', () => {
    expect(sentences([...log, ...care] as SessionEvent[])).toContain(
      '15:10 alarm, Red: Systolic pressure 184 mmHg: acknowledged by Nadia Ferris after 30 s, passed on to step 1 of the ladder, over after 600 s. [a1 a2 a3 a4]',
    )
  })
  it('says each life of an alarm truly: an answer to the first is none to the second', () => {
    const lives = [
      ...care.filter(({ id }) => ['a1', 'a2'].includes(id)),
      alarm('a3', 12, 'resolved'),
      alarm('a4', 20, 'raised-again', 'clinic', { value: 190 }),
      alarm('a5', 22, 'escalated', 'clinic', { ladderStep: 2 }),
      alarm('a6', 25, 'worsened', 'clinic', { value: 201 }),
    ]
    expect(sentences([...log, ...lives] as SessionEvent[]).filter((text) => text.includes('alarm'))).toEqual([
      '15:10 alarm, Red: Systolic pressure 184 mmHg: acknowledged by Nadia Ferris after 30 s, over after 120 s. [a1 a2 a3]',
      '15:20 alarm again, Red: Systolic pressure 190 mmHg: never acknowledged, passed on to step 2 of the ladder, became worse after 300 s. [a4 a5]',
      '15:25 alarm became worse, Red: Systolic pressure 201 mmHg: never acknowledged, not over. [a6]',
    ])
  })
  it('says an alarm without a value in words, not by the code of its rule', () => {
    const said = sentences([
      ...log,
      alarm('a1', 10, 'raised', 'clinic', { value: undefined }),
    ] as SessionEvent[])
    expect(said.join(' ')).toContain('Red: Systolic pressure, at or above 180 mmHg: never')
    expect(said.join(' ')).not.toContain('sbp-high-red')
    const unheardOf = alarm('a1', 10, 'raised', 'clinic', { value: undefined, sign: undefined, cause: 'x-y' })
    expect(sentences([...log, unheardOf] as SessionEvent[]).join(' ')).toContain(
      'Red: something outside limits',
    )
  })
  it('says what a monitor measured beyond the readings by hand, with its minute and its alarm', () => {
    const measured = (atMin: number, sign: string, value: number) => {
      const each = { value, atMs: START + atMin * 60_000, doubted: false }
      return { device: 'Bay 3', sign, fromMs: each.atMs, last: each, low: each, high: each } as MonitorStretch
    }
    const stretches = [
      measured(9.9, 'systolicMmHg', 177),
      measured(9.9, 'diastolicMmHg', 112),
      measured(12, 'spo2Percent', 99),
    ]
    const said = draftNote([...log, ...care] as SessionEvent[], { ...context, stretches })
    expect(said.filter(({ source }) => source)).toEqual([
      {
        text: 'Highest pressure since the start: BP 177/112 mmHg at 15:09, by monitor Bay 3.',
        eventIds: ['a1'],
        source: '15:09 monitor Bay 3',
      },
    ])
  })
  it('says who ordered a medicine', () => {
    const given = (orderedBy: string | null) =>
      event('given', 'medicine-given', 11, {
        medicine: 'ondansetron',
        amount: 4,
        unit: 'mg',
        route: 'intravenous',
        against: 'nausea',
        orderedBy,
      })
    expect(sentences([...log, given('second')])).toContain(
      '15:11 ondansetron 4 mg, intravenous: for nausea; ordered by Dr Priya Raman. [given]',
    )
    expect(sentences([...log, given(null)]).join(' ')).toContain('for nausea; on a standing order.')
  })
  it('says that nobody acknowledged, and that it is not over', () => {
    expect(sentences([...log, care[1]] as SessionEvent[])).toContain(
      '15:10 alarm, Red: Systolic pressure 184 mmHg: never acknowledged, not over. [a1]',
    )
  })
  it('says the access, and a scale that could not be taken', () => {
    const said = sentences([...log, ...care] as SessionEvent[])
    expect(said).toContain('14:40 Access placed: left forearm: 22 gauge. runs freely. [site]')
    expect(said).toContain('15:40 Dissociation (CADSS): not taken: asleep. [scale]')
    expect(said).toContain('16:32 Access removed: whole. [out]')
  })

  it('says devices one by one', () => {
    const nasal = [
      event('start', 'dose-started', 0, {
        orderedMg: 84,
        units: { unitMg: 28, count: 3, atMin: [0, 5, 10] },
        rateMgPerH: 0,
        durationMin: 0,
      }),
      event('d1', 'device-given', 0.01, { deviceNumber: 1, mg: 28, lotId: 'lot' }),
      event('d2', 'device-given', 5, { deviceNumber: 2, mg: 28, lotId: 'lot' }),
      event('stop', 'dose-stopped', 7, { mgGiven: 56, computedMg: 56 }),
    ]
    expect(sentences(nasal)).toEqual(
      expect.arrayContaining([
        'Esketamine 84 mg ordered in 3 devices of 28 mg, from lot KX-2231. [start]',
        'Device 2, 28 mg, sprayed at 15:05. [d2]',
        '56 mg of esketamine given in all, stopped before the rest. [stop]',
      ]),
    )
  })
})

describe('the layout of a clinic', () => {
  const parts = defaultNoteTemplate.parts
  it('puts parts in its own order under its own headings, its own lines first, and leaves out what it leaves out', () => {
    const dose = {
      ...parts.find(({ part }) => part === 'dose')!,
      heading: 'Medication',
      ownText: 'Two nurses were present.',
    }
    const leaving = parts.find(({ part }) => part === 'leaving')!
    const drafted = draftParts(log, context, {
      version: 1,
      parts: [leaving, dose, { ...parts[0]!, included: false }],
    })
    expect(drafted.map(({ heading }) => heading)).toEqual(['Leaving', 'Medication'])
    const text = draftText(drafted)
    expect(text.indexOf('Left at')).toBeLessThan(
      text.indexOf('Medication\nTwo nurses were present.\nKetamine 56 mg'),
    )
    expect(text).not.toContain('arrived at')
  })
  it('drafts no part of which there is nothing to say', () => {
    expect(draftParts(log, context, defaultNoteTemplate).map(({ heading }) => heading)).not.toContain(
      'Who was there',
    )
  })
})

describe('what was corrected', () => {
  const medicine = event('medicine', 'medicine-given', 11, {
    medicine: 'lorazepam',
    amount: 10,
    unit: 'mg',
    route: 'oral',
    against: 'agitation',
    orderedBy: null,
  })
  const scale = event('scale', 'scale', 25, { scale: 'cadss', score: 84 })
  const right = (id: string, of: string, atMin: number, figures: object) =>
    event(id, 'correction', atMin, { of, figures }, { reason: 'typed wrong' })
  const corrected = [
    ...log,
    medicine,
    scale,
    right('one', 'medicine', 12, { medicine: 'lorazepam', amount: 1, unit: 'mg' }),
    right('twice', 'scale', 26, { score: 48 }),
    right('eight', 'scale', 27, { score: 8 }),
    right('fasting', 'checklist', -30, { breathAlcoholGPer210L: 0.02 }),
    right('lower', 'high', 14, { values: { ...vitals, systolicMmHg: 126 } }),
  ]
  const draft = draftNote(corrected, context)
  const of = (words: string) => draft.filter(({ text }) => text.includes(words))

  it('stands in the draft as it counts, with the correction among its sources', () => {
    expect(of('lorazepam')).toMatchObject([
      { text: expect.stringContaining('lorazepam 1 mg'), eventIds: ['medicine', 'one'] },
    ])
    expect(of('CADSS')).toMatchObject([{ eventIds: ['scale', 'eight'] }])
    expect(of('CADSS')[0]?.text).toMatch(/\b8\b/)
    expect(of('0.02')).toMatchObject([{ eventIds: ['checklist', 'fasting'] }])
  })
  it('says the mg of a corrected stop and not those first written', () => {
    const said = draftNote([...log, right('mg', 'stop', 31, { mgGiven: 41 })], context).map(
      ({ text }) => text,
    )
    expect(said.filter((text) => text.includes('mg given'))).toEqual([
      'Infusion stopped at 15:30 (asked to stop): 41 mg given, 1.5 mL left in the syringe.',
    ])
  })
  it('stands nowhere as it was first written', () => {
    const text = draftText(draftParts(corrected, context, defaultNoteTemplate))
    for (const wrong of ['lorazepam 10', '84', '48', '166']) expect(text).not.toContain(wrong)
  })
})
