import { describe, expect, it } from 'vitest'
import type { Instant } from '../../platform/time.ts'
import type { MonitorStretch } from '../monitors/monitor-stretches.ts'
import { foldSession } from '../session/session.ts'
import type { SessionEvent } from '../session/session-event.ts'
import { dischargeGate } from './discharge-gate.ts'
import { gateAsTheyLeft, handOver } from './hand-over.ts'

const START = Date.parse('2026-11-22T15:00:00.000Z')
let n = 0
const event = (kind: string, atMin: number, data: unknown, words?: object) => {
  n += 1
  const at = new Date(START + atMin * 60_000).toISOString() as Instant
  return {
    id: `e${String(n).padStart(4, '0')}`,
    kind,
    at,
    by: 'nurse',
    data,
    words,
  } as unknown as SessionEvent
}
const iso = (atMin: number) => new Date(START + atMin * 60_000).toISOString() as Instant
const reading = (atMin: number, systolicMmHg: number, spo2Percent: number | null) =>
  event('reading', atMin, { values: { systolicMmHg, diastolicMmHg: 80, spo2Percent }, confirmed: [] })
const log = [
  reading(-5, 118, 99),
  event('dose-started', 0, {
    orderedMg: 50,
    drawnMl: 1,
    lotConcentrationMgPerMl: 50,
    rateMgPerH: 75,
    durationMin: 40,
  }),
  reading(20, 164, 93),
  reading(30, 150, null),
  event('medicine-given', 31, {
    medicine: 'Ondansetron',
    amount: 4,
    unit: 'mg',
    route: 'intravenous',
    against: 'nausea',
    orderedBy: 'dr',
  }),
  event('adverse-event', 32, {
    term: 'nausea',
    grade: 1,
    relation: 'probable',
    serious: [],
    expected: 'expected',
    outcome: 'resolving',
    followUpBy: new Date(START + 86_400_000).toISOString(),
  }),
  event('scale', 40, { scale: 'cadss', score: null, notTaken: 'asleep' }),
  event('dose-stopped', 41, { mgGiven: 44, computedMg: 44 }),
]
const sheet = (events: SessionEvent[], stretches: MonitorStretch[] = []) => {
  const state = foldSession(events)
  return handOver(state, events, {
    time: (instant) => instant.slice(11, 16),
    moment: (instant) => instant.slice(0, 16),
    stretches,
    name: (account) => `<${account}>`,
    gate: state.dose ? dischargeGate(state, START + 50 * 60_000, undefined, undefined) : [],
  })
}
const value = (events: SessionEvent[], part: string, term: string, stretches?: MonitorStretch[]) =>
  sheet(events, stretches)
    .find(({ title }) => title === part)
    ?.lines.find((line) => line.term === term)?.value

describe('the hand-over', () => {
  it('says of a value before the dose when it was measured, also where a later reading left it out', () => {
    const late = event('reading', -2, { values: { spo2Percent: 97 }, confirmed: [] })
    expect(value([...log, late], 'How it was borne', 'Before the dose')).toBe(
      'at 14:55: BP 118/80 mmHg; at 14:58: SpO₂ 97%',
    )
  })
  it('judges leaving as it stood then, with what was set right later and without what came later', () => {
    const left = event('discharged', 110, { overrideBy: 'b', notMet: [] })
    const last = event('reading', 105, { values: { systolicMmHg: 172, diastolicMmHg: 80 }, confirmed: [] })
    const right = event('correction', 115, {
      of: last.id,
      figures: { values: { systolicMmHg: 122, diastolicMmHg: 80 } },
    })
    const access = event('access-placed', -20, { side: 'left', place: 'hand', gauge: 22, runsFreely: 'yes' })
    const then = [...log, last, access, left]
    const later = [
      right,
      event('discharge-step', 111, { step: 'oriented', met: 'yes' }),
      event('access-removed', 112, { of: access.id, intact: 'yes' }),
    ]
    const gate = (events: SessionEvent[]) =>
      Object.fromEntries(
        gateAsTheyLeft(foldSession(events), events, iso(300), undefined, undefined).map(({ id, verdict }) => [
          id,
          verdict,
        ]),
      )
    expect(gate(then)).toMatchObject({ systolicMmHg: 'not-met', oriented: 'unknown' })
    expect(gate([...then, ...later])).toMatchObject({
      systolicMmHg: 'met',
      oriented: 'unknown',
      'access-removed': 'not-met',
      'minimum-time': 'met',
    })
  })

  it.each([
    ['Dose', 'Given', '44 mg, stopped at 15:41'],
    ['Dose', 'Left in the syringe', '0.12 mL'],
    ['How it was borne', 'Before the dose', 'at 14:55: BP 118/80 mmHg, SpO₂ 99%'],
    ['How it was borne', 'Highest pressure since', 'BP 164/80 mmHg, SpO₂ 93% at 15:20, by hand'],
    ['How it was borne', 'Lowest oxygen since', '93 % at 15:20, by hand'],
    ['How it was borne', 'Newest reading', 'BP 150/80 mmHg at 15:30'],
    ['How it was borne', 'Dissociation (CADSS), 15:40', 'could not be taken'],
    ['What else happened', '15:31', 'Ondansetron 4 mg, intravenous, for nausea; ordered by <dr>'],
    ['Still open', 'To be followed up', 'Nausea by 2026-11-23T15:00'],
  ])('%s, %s: %s', (part, term, expected) => {
    expect(value(log, part, term)).toBe(expected)
  })

  const stretch = (atMin: number, sign: string, value: number, doubted = false): MonitorStretch => {
    const measured = { value, atMs: START + atMin * 60_000, doubted }
    const values = { fromMs: measured.atMs, last: measured, low: measured, high: measured }
    return { device: 'Bay 3', sign: sign as MonitorStretch['sign'], ...values }
  }
  it('takes the extremes of monitors among those by hand, with their source and the alarm they raised', () => {
    const stretches = [
      stretch(-1, 'systolicMmHg', 190),
      stretch(21, 'systolicMmHg', 177),
      stretch(21, 'diastolicMmHg', 112),
      stretch(25, 'spo2Percent', 91, true),
    ]
    const highest = 'Highest pressure since'
    expect(value(log, 'How it was borne', highest, stretches)).toBe(
      'BP 177/112 mmHg at 15:21, by monitor Bay 3',
    )
    expect(value(log, 'How it was borne', 'Lowest oxygen since', stretches)).toBe(
      '91 % at 15:25, by monitor Bay 3, doubted by it',
    )
    const raised = event('alarm', 21.1, {
      alarmId: 'a',
      change: 'raised',
      cause: 'sbp-high-red',
      level: 'red',
      sign: 'systolicMmHg',
      value: 177,
    })
    const line = sheet([...log, raised], stretches)
      .flatMap(({ lines }) => lines)
      .find(({ term }) => term === highest)
    expect(line?.eventIds).toEqual([raised.id])
    const lower = [stretch(21, 'systolicMmHg', 150), stretch(25, 'spo2Percent', 95)]
    expect(value(log, 'How it was borne', highest, lower)).toContain(
      '164/80 mmHg, SpO₂ 93% at 15:20, by hand',
    )
  })

  it('knows nothing of how a running dose ended', () => {
    expect(value(log.slice(0, -1), 'Dose', 'Given')).toBeUndefined()
  })

  it('says every condition for leaving with its value, the unknown ones as unknown', () => {
    expect(value(log, 'Leaving', 'Recovery score (Aldrete or PADSS) 9 or more')).toBe('unknown: not taken')
  })

  it('says that no dose was given', () => {
    expect(value([reading(0, 120, 98)], 'Dose', 'Dose')).toBe('none was given')
  })

  it('says what counts since it was corrected, and names the correction', () => {
    const given = log.find(({ kind }) => kind === 'medicine-given')!
    const right = event('correction', 33, { of: given.id, figures: { amount: 8 } })
    const line = sheet([...log, right])
      .find(({ title }) => title === 'What else happened')
      ?.lines.find(({ term }) => term === '15:31')
    expect(line?.value).toContain('Ondansetron 8 mg')
    expect(line?.eventIds).toEqual([given.id, right.id])
  })

  it('names entries for what it says', () => {
    for (const { lines } of sheet(log).filter(({ title }) => title === 'What else happened')) {
      for (const line of lines) expect(line.eventIds.length).toBeGreaterThan(0)
    }
  })
})
