import { describe, expect, it } from 'vitest'
import type { AccountId } from '../../platform/ids.ts'
import type { Instant } from '../../platform/time.ts'
import type { MonitorStretch } from '../monitors/monitor-stretches.ts'
import { foldSession } from '../session/session.ts'
import type { SessionEvent } from '../session/session-event.ts'
import type { SessionRecordSheet } from './record-page.server.ts'
import { recordContent } from './record-pdf.ts'
import { partsOf } from './template-page.server.ts'

const START = Date.parse('2026-11-22T15:00:00.000Z')
const minute = (min: number) => new Date(START + min * 60_000).toISOString() as Instant
const event = (id: string, kind: string, atMin: number, data: unknown = {}, receivedMin = atMin) =>
  ({
    id,
    kind,
    at: minute(atMin),
    receivedAt: minute(receivedMin),
    by: 'nurse',
    data,
  }) as unknown as SessionEvent

function sheet(events: SessionEvent[], more: Partial<SessionRecordSheet> = {}): SessionRecordSheet {
  return {
    sessionId: '0192f3a0-0000-7000-8000-000000000001' as SessionRecordSheet['sessionId'],
    sessionNumber: 2,
    clinic: 'Harbor',
    made: minute(0),
    printed: 'now',
    person: { name: 'Ada', birthDate: undefined, synthetic: true },
    day: 'Sunday',
    state: foldSession(events),
    events,
    consent: [],
    stretches: [],
    time: (instant) => instant.slice(11, 16),
    name: (account) => account,
    note: undefined,
    addenda: [],
    setAside: [],
    ...more,
  }
}
const table = (made: SessionRecordSheet, place: number) =>
  recordContent(made).blocks.filter((block) => block.kind === 'table')[place]?.rows

describe('the record of a session', () => {
  const log = [
    event('r1', 'reading', 0, { values: { systolicMmHg: 120, spo2Percent: null }, confirmed: [] }),
    event('late', 'reading', 5, { values: { systolicMmHg: 130 }, confirmed: [] }, 20),
    event('stray', 'dose-paused', 6),
  ]
  it('prints what was not measured as a dash', () => {
    expect(table(sheet(log), 0)?.[0]).toEqual(['15:00', '120', '–', '–', '–', '–', '–'])
  })
  it('marks what was entered late, and what does not count', () => {
    const rows = table(sheet(log), 1)?.map(([, entry]) => entry)
    expect(rows?.[1]).toContain('Entered 15:20')
    expect(rows?.[0]).not.toContain('Entered')
    expect(rows?.[2]).toContain('Not counted')
  })
  it('prints beside what was written what counts since it was corrected, and when that was said', () => {
    const given = event('m', 'medicine-given', 7, {
      medicine: 'lorazepam',
      amount: 10,
      unit: 'mg',
      route: 'oral',
      against: 'agitation',
      orderedBy: null,
    })
    const right = event('c', 'correction', 9, { of: 'm', figures: { amount: 1 } })
    const row = table(sheet([...log, given, right]), 1)?.find(([time]) => time === '15:07')?.[1]
    expect(row).toMatch(/lorazepam 10 mg.*Corrected 15:09, counts as: .*lorazepam 1 mg/)
  })
  it('says of a correction which entry it sets right, who wrote that, and from what to what', () => {
    const stop = event('stop', 'dose-stopped', 8, { mgGiven: 3.8, computedMg: 3.8 })
    const start = event('start', 'dose-started', 1, { orderedMg: 50, rateMgPerH: 75, durationMin: 40 })
    const right = {
      ...event('c', 'correction', 9, { of: 'stop', figures: { mgGiven: 4.1 } }),
      by: 'tom',
      words: { reason: 'slip of the finger' },
    } as SessionEvent
    const again = event('d', 'correction', 10, { of: 'stop', figures: { mgGiven: 4.2 } })
    const rows = table(sheet([...log, start, stop, right, again]), 1)
    const row = (time: string) => rows?.find(([at]) => at === time)
    expect(row('15:09')?.[1]).toBe(
      'Earlier entry corrected. slip of the finger. Entry of 15:08 by nurse: Infusion stopped: 3.8 mg given → Infusion stopped: 4.1 mg given',
    )
    expect(row('15:09')?.[2]).toBe('tom')
    expect(row('15:10')?.[1]).toContain('4.1 mg given → Infusion stopped: 4.2 mg given')
  })
  it('says who ordered a medicine', () => {
    const given = event('m', 'medicine-given', 7, {
      medicine: 'ondansetron',
      amount: 4,
      unit: 'mg',
      route: 'oral',
      against: 'nausea',
      orderedBy: 'dr',
    })
    expect(table(sheet([...log, given]), 1)?.find(([time]) => time === '15:07')?.[1]).toContain(
      'ordered by dr',
    )
  })
  describe('what monitors measured', () => {
    const stretch = (atMin: number, value: number, doubted = false): MonitorStretch => {
      const each = { value, atMs: START + atMin * 60_000, doubted }
      const values = { last: each, low: each, high: each, fromMs: each.atMs }
      return { device: 'Bay 3', sign: 'systolicMmHg', ...values }
    }
    it('is a row for each minute beside the readings by hand, marked as a monitor’s', () => {
      const stretches = [stretch(1, 120), stretch(1.25, 177), stretch(3, 118, true)]
      const made = recordContent(sheet(log, { stretches })).blocks
      const monitor = made.filter((block) => block.kind === 'table')[1]
      expect(monitor?.caption).toMatch(/^By monitor \(Bay 3\): lowest to highest of each minute.*doubted/)
      expect(monitor?.columns[0]?.title).toBe('Monitor')
      expect(monitor?.rows).toEqual([
        ['15:01', '120 to 177', '–', '–', '–', '–'],
        ['15:03', '118?', '–', '–', '–', '–'],
      ])
    })
    it('stays short however long the session, and loses no extreme', () => {
      const stretches = Array.from({ length: 200 }, (_, minute) => stretch(minute, minute === 77 ? 201 : 120))
      const rows = table(sheet(log, { stretches }), 1)
      expect(rows?.length).toBeLessThanOrEqual(60)
      expect(rows?.filter(([, systolic]) => systolic === '120 to 201')).toHaveLength(1)
    })
  })
  it('prints consent that was taken back between the entries, with where that is on record', () => {
    const consent = [
      { what: 'taken-back' as const, at: minute(3), by: 'ada' as AccountId, titles: ['Treatment'] },
    ]
    expect(table(sheet(log, { consent }), 1)?.[1]).toEqual([
      '15:03',
      'Consent to dosing was taken back. Treatment (record of consents)',
      'ada',
    ])
  })
  it('prints what was set aside after closing apart from the log, and only where there is some', () => {
    const setAside = [
      { written: 'then', said: '15:06 Music on. Set aside because: double', by: 'nurse, later' },
    ]
    expect(table(sheet(log, { setAside }), 2)).toEqual([
      ['then', '15:06 Music on. Set aside because: double', 'nurse, later'],
    ])
    expect(table(sheet(log, { setAside }), 1)).toHaveLength(3)
    expect(JSON.stringify(recordContent(sheet(log)))).not.toContain('Set aside')
  })
  it('says that no note was written, or that it is not signed', () => {
    const words = (made: SessionRecordSheet) => JSON.stringify(recordContent(made).blocks)
    expect(words(sheet(log))).toContain('No note was written yet.')
    const note = { body: 'Text', signed: undefined, saved: 'nurse, today', under: [] }
    expect(words(sheet(log, { note }))).toContain('Not signed. Saved by nurse, today.')
  })
})

it('takes the parts of a layout by their places, those of one place as they were', () => {
  const form = Object.fromEntries(
    (['before', 'dose', 'readings', 'events', 'people', 'leaving'] as const).flatMap((part, index) => [
      [`${part}.place`, part === 'leaving' ? 1 : index + 1],
      [`${part}.heading`, part.toUpperCase()],
      [`${part}.included`, part === 'people' ? undefined : 'on'],
    ]),
  )
  const parts = partsOf(form)
  expect(parts.map(({ part }) => part)).toEqual(['before', 'leaving', 'dose', 'readings', 'events', 'people'])
  expect(parts.filter(({ included }) => !included).map(({ part }) => part)).toEqual(['people'])
})
