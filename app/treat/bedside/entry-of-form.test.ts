import { describe, expect, it } from 'vitest'
import type { Instant } from '../../platform/time.ts'
import { ENTRY_FORMS, type EntryIntent } from './entry-of-form.ts'

const moment = { now: '2026-11-22T19:05:30.000Z' as Instant, timeZone: 'America/New_York' }
const key = '01a20432-e366-7f0f-86bf-dd0e63b59b89'
const other = '01a20432-e366-7f0f-86bf-dd0e63b59b90'
const account = '6b1c1c9e-30f5-4f83-9d0a-0d38f2a1f001'

function read(intent: EntryIntent, fields: Readonly<Record<string, string | readonly string[]>>) {
  const form = new FormData()
  for (const [name, value] of Object.entries({ key, ...fields })) {
    for (const one of [value].flat()) form.append(name, one)
  }
  return ENTRY_FORMS[intent](form, moment)
}
const entryOf = (intent: EntryIntent, fields: Parameters<typeof read>[1]) => {
  const answer = read(intent, fields)
  if (!answer.ok) throw new Error(JSON.stringify(answer.answer.errors))
  return answer.entries[0]
}
const errorsOf = (intent: EntryIntent, fields: Parameters<typeof read>[1]) => {
  const answer = read(intent, fields)
  return answer.ok ? undefined : answer.answer.errors
}

describe('several missing answers of one form', () => {
  it('are told apart: each names its question', () => {
    const errors = errorsOf('checklist', {})
    expect(errors?.fasted).toMatch(/^Fasting as agreed: /)
    expect(errors?.noUseSince).toMatch(/^No alcohol or drugs since the last visit: /)
  })
})

describe('a form becomes an entry', () => {
  it.each<[EntryIntent, Parameters<typeof read>[1], object]>([
    ['arrive', {}, { kind: 'arrived', data: {} }],
    ['pause', { reason: 'restless' }, { kind: 'dose-paused', data: {}, words: { reason: 'restless' } }],
    ['stop', { mgGiven: '23,5' }, { kind: 'dose-stopped', data: { mgGiven: 23.5 } }],
    [
      'access',
      { side: 'left', place: 'forearm', gauge: '', runsFreely: 'unknown' },
      {
        kind: 'access-placed',
        data: { side: 'left', place: 'forearm', gauge: null, runsFreely: 'unknown' },
      },
    ],
    ['scale', { scale: 'rass', score: '-2' }, { kind: 'scale', data: { scale: 'rass', score: -2 } }],
    [
      'scale',
      { scale: 'cadss', notTaken: 'asleep' },
      { kind: 'scale', data: { scale: 'cadss', score: null, notTaken: 'asleep' } },
    ],
    [
      'comfort',
      { measure: 'blanket', on: 'on' },
      { kind: 'comfort', data: { measure: 'blanket', on: true } },
    ],
    ['music', { on: 'off' }, { kind: 'music', data: { on: false } }],
    [
      'sitter-in',
      { name: 'Their sister' },
      { kind: 'sitter-in', data: { accountId: null }, words: { name: 'Their sister' } },
    ],
    [
      'medicine',
      {
        medicine: 'Ondansetron',
        amount: '4',
        unit: 'mg',
        route: 'intravenous',
        against: 'nausea',
        orderedBy: account,
      },
      { kind: 'medicine-given', data: { medicine: 'Ondansetron', amount: 4, orderedBy: account } },
    ],
    [
      'call',
      { to: 'prescriber', answered: 'no' },
      { kind: 'call', data: { to: 'prescriber', answered: 'no' } },
    ],
    [
      'adverse',
      {
        term: 'hypertension',
        grade: '3',
        relation: 'probable',
        serious: 'none',
        expected: 'expected',
        outcome: 'resolving',
        again: 'again',
        followUpOn: '2026-11-24',
        text: '184/106 for ten minutes',
      },
      {
        kind: 'adverse-event',
        data: { term: 'hypertension', grade: 3, serious: [], followUpBy: '2026-11-24T22:00:00.000Z' },
      },
    ],
    [
      'adverse-followed',
      { of: other, outcome: 'resolved', again: 'done', text: 'Rang; all well' },
      { kind: 'adverse-event-followed', data: { of: other, outcome: 'resolved', followUpBy: null } },
    ],
    ['take-watch', { from: '' }, { kind: 'watch-taken', data: { from: null } }],
    ['offer', { to: account }, { kind: 'handover-offered', data: { to: account } }],
  ])('%s', (intent, fields, expected) => {
    expect(entryOf(intent, fields)).toMatchObject({ id: key, at: moment.now, ...expected })
  })

  it.each([
    ['a day that has passed', '2026-11-21', undefined],
    ['today', '2026-11-22', '2026-11-22T22:00:00.000Z'],
    ['tomorrow', '2026-11-23', '2026-11-23T22:00:00.000Z'],
  ])('is followed up by %s', (_, followUpOn, followUpBy) => {
    const errors = errorsOf('adverse', { ...happened, followUpOn })
    if (followUpBy === undefined)
      expect(errors).toEqual({ followUpOn: expect.stringContaining('has passed') })
    else expect(entryOf('adverse', { ...happened, followUpOn })?.data).toMatchObject({ followUpBy })
  })

  it('at the bedside time it names', () => {
    expect(entryOf('call', { to: 'prescriber', answered: 'yes', time: '13:50' })?.at).toBe(
      '2026-11-22T18:50:00.000Z',
    )
  })

  it('asks about an unlikely value once, and keeps what was typed', () => {
    const fields = { systolicMmHg: '260', diastolicMmHg: '80' }
    const asked = read('reading', fields)
    if (asked.ok) throw new Error('260 was not asked about')
    expect(asked.answer.errors.systolicMmHg).toContain('Is it right?')
    expect(asked.answer.values).toMatchObject(fields)
    const confirmed = asked.answer.values.confirmed as string
    expect(entryOf('reading', { ...fields, confirmed })?.data).toMatchObject({ confirmed: ['systolicMmHg'] })
    // What was confirmed holds for this value, not for another one.
    expect(
      errorsOf('reading', { ...fields, systolicMmHg: '270', diastolicMmHg: '80', confirmed }),
    ).toBeDefined()
  })
})

const given = {
  medicine: 'Ondansetron',
  amount: '4',
  unit: 'mg',
  route: 'intravenous',
  against: 'nausea',
  orderedBy: account,
}
const happened = {
  term: 'hypertension',
  grade: '3',
  relation: 'probable',
  serious: 'none',
  expected: 'expected',
  outcome: 'resolving',
  again: 'again',
  text: '184/106 for ten minutes',
}

describe('what cannot be an entry is answered field by field', () => {
  it.each<[EntryIntent, Parameters<typeof read>[1], readonly string[]]>([
    ['scale', { scale: 'nausea-0-10' }, ['score']],
    ['scale', { scale: 'nausea-0-10', score: '11' }, ['score']],
    ['scale', { scale: 'moaas', score: '4', notTaken: 'asleep' }, ['score']],
    ['scale', { scale: 'moaas', score: '4.5' }, ['score']],
    ['scale', { scale: 'moaas', score: '0x5' }, ['score']],
    ['scale', { scale: 'cadss', score: '1e1' }, ['score']],
    ['scale', { scale: 'cadss', score: '20.5' }, ['score']],
    ['reading', { spo2Percent: '100.5', moaas: '5' }, ['spo2Percent']],
    ['rate', { rateMlPerH: '1e1' }, ['rateMlPerH']],
    ['medicine', { ...given, amount: '1e1' }, ['amount']],
    ['adverse', { ...happened, followUpOn: '2026-11-21' }, ['followUpOn']],
    [
      'adverse-followed',
      { of: other, outcome: 'resolving', again: 'again', followUpOn: '2025-11-24', text: 'x' },
      ['followUpOn'],
    ],
    ['sitter-in', {}, ['name']],
    ['medicine', { medicine: 'X', amount: '0', unit: 'mg' }, ['against', 'amount', 'orderedBy', 'route']],
    [
      'medicine',
      {
        medicine: 'X',
        amount: '1',
        unit: 'mg',
        route: 'oral',
        against: 'pain',
        orderedBy: 'standing',
      },
      ['reason'],
    ],
    ['call', { to: 'prescriber' }, ['answered']],
    [
      'adverse',
      {
        term: 'nausea',
        grade: '1',
        relation: 'unknown',
        expected: 'unknown',
        outcome: 'unknown',
        again: 'done',
        text: 'x',
      },
      ['serious'],
    ],
    [
      'adverse',
      {
        term: 'nausea',
        grade: '1',
        relation: 'unknown',
        serious: ['none', 'hospital'],
        expected: 'unknown',
        outcome: 'unknown',
        again: 'done',
        text: 'x',
      },
      ['serious'],
    ],
    ['adverse-followed', { of: other, outcome: 'resolving', again: 'again', text: 'x' }, ['followUpOn']],
    ['offer', {}, ['to']],
  ])('%s', (intent, fields, wrong) => {
    expect(Object.keys(errorsOf(intent, fields) ?? {}).sort()).toEqual([...wrong].sort())
  })

  it('an answer keeps everything typed', () => {
    const answer = read('medicine', { medicine: 'Labetalol', amount: 'ten' })
    expect(answer.ok ? undefined : answer.answer.values).toMatchObject({
      medicine: 'Labetalol',
      amount: 'ten',
    })
  })
})
