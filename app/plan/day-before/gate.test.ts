import { describe, expect, it } from 'vitest'
import { addMs, HOUR_MS, type Instant, instantAt, parseLocalDate } from '../../platform/time.ts'
import { alcoholDayRules, commonDayRules, esketamineDayRules } from '../protocols/common-rules.ts'
import { libraryIds, protocolById } from '../protocols/protocol-library.ts'
import {
  byUrgency,
  type GateAnswers,
  type GateState,
  type GateVisit,
  gatePhase,
  gateStateOf,
  preparing,
} from './gate.ts'
import { byLink, callValues, escortTold, gateValues, readGateForm } from './gate-form.ts'
import { gateChip, gateWords } from './gate-words.ts'

const ZONE = 'America/New_York'
const at = (date: string, time: string): Instant => instantAt(parseLocalDate(date), time, ZONE)
const visit: GateVisit = { startsAt: at('2026-12-02', '09:00'), timeZone: ZONE, dayOf: commonDayRules }
const told = at('2026-12-01', '10:00')

const GOOD = {
  harm: 'no',
  escort: 'named',
  escortName: 'Sam Example',
  escortPhone: '703-555-0111',
  fasting: 'yes',
  medicines: 'as-told',
  alcohol: 'earlier',
  drugs: 'never',
  unwell: 'no',
}
const answers = (values: Record<string, string | undefined>, toldAt = told): GateAnswers =>
  Object.fromEntries(
    Object.entries(values)
      .filter(([, value]) => value !== undefined)
      .map(([field, value]) => [field, { value, toldAt }]),
  )
const state = (change: Record<string, string | undefined> = {}, toldAt = told, now = told): GateState =>
  gateStateOf(answers({ ...GOOD, ...change }, toldAt), visit, now)

describe('the state of the day before', () => {
  it('is confirmed when everything is, and by nothing less', () => {
    expect(state()).toEqual({ kind: 'confirmed' })
    for (const field of Object.keys(GOOD)) expect(state({ [field]: undefined }).kind).toBe('open')
    expect(gateStateOf({}, visit, told)).toMatchObject({ kind: 'open', missing: { length: 6 } })
  })

  it.each([
    ['escort', 'not-yet', 'open', 'escort'],
    ['escortPhone', '12345', 'open', 'escort'],
    ['escortName', '', 'open', 'escort'],
    ['escort', 'nobody', 'problem', 'escort'],
    ['fasting', 'not-sure', 'open', 'fasting'],
    ['fasting', 'no', 'problem', 'fasting'],
    ['medicines', 'not-told', 'open', 'medicines'],
    ['medicines', 'not-as-told', 'problem', 'medicines'],
    ['alcohol', 'rather-not-say', 'open', 'use'],
    ['drugs', 'today', 'problem', 'use'],
    ['unwell', 'yes', 'problem', 'unwell'],
    ['harm', 'yes', 'problem', 'harm'],
    ['harm', 'something else', 'open', 'harm'],
  ])('%s = %s is %s', (field, value, kind, item) => {
    const found = state({ [field]: value })
    expect(found.kind).toBe(kind)
    expect(found).toMatchObject(kind === 'open' ? { missing: [item] } : { problems: [item], missing: [] })
  })

  it.each(['question', 'unwellWords', 'medicinesWords', 'drugsWhat'] as const)(
    'is never confirmed with words of danger in %s, whatever was answered about harm',
    (field) => {
      const found = state({ harm: 'no', [field]: 'honestly I want to kill myself' })
      expect(found).toMatchObject({ kind: 'problem', problems: ['danger'] })
      expect(gateChip(found)).toBe('red')
      expect(gateWords(found)).toContain('Words of danger')
      expect(state({ harm: 'no', [field]: 'none that I know of' }).kind).toBe('confirmed')
    },
  )

  it('takes the latest that "today" and "yesterday" can mean, 24 hours before the visit', () => {
    expect(state({ alcohol: 'today' }, at('2026-12-01', '08:59')).kind).toBe('confirmed')
    expect(state({ alcohol: 'today' }, at('2026-12-01', '09:01'), at('2026-12-01', '12:00')).kind).toBe(
      'problem',
    )
    expect(state({ alcohol: 'yesterday' }).kind).toBe('confirmed')
    const morning = at('2026-12-02', '07:00')
    expect(state({ alcohol: 'yesterday' }, morning, morning).kind).toBe('problem')
    expect(state({ alcohol: 'earlier' }, morning, morning).kind).toBe('confirmed')
  })

  it('counts no answer from before the questions opened, and none that was told later than asked for', () => {
    const opens = addMs(visit.startsAt, -36 * HOUR_MS)
    expect(state({}, addMs(opens, -1), opens).kind).toBe('open')
    expect(state({}, opens, opens).kind).toBe('confirmed')
    expect(state({}, told, addMs(told, -1)).kind).toBe('open')
  })

  it('asks about eating and drinking when the protocol has rules about it', () => {
    const ask = (dayOf: GateVisit['dayOf']) =>
      gateStateOf(answers({ ...GOOD, fasting: undefined }), { ...visit, dayOf }, told).kind
    expect(ask(esketamineDayRules)).toBe('open')
    expect(ask([])).toBe('confirmed')
  })

  it('opens 36 hours before, also over the change of clocks, and ends with the visit', () => {
    const starts = at('2026-11-02', '09:00')
    expect(gatePhase(starts, addMs(starts, -36 * HOUR_MS - 1))).toBe('too-early')
    expect(gatePhase(starts, addMs(starts, -36 * HOUR_MS))).toBe('open')
    expect(gatePhase(starts, starts)).toBe('over')
  })
})

describe('what somebody prepares', () => {
  it('is what the rules of their protocol say, without what is for staff', () => {
    expect(preparing([...commonDayRules, ...alcoholDayRules])).toEqual([
      'Food: 6 hours without a light meal, 8 hours without a fatty one.',
      'Clear fluids: none in the 2 hours before.',
      'Alcohol: at least 24 hours since the last drink.',
      'Way home: a responsible adult; no driving until the next day after a night’s sleep.',
    ])
    expect(preparing(esketamineDayRules)[0]).toBe(
      'Food and fluids: no food for 2 hours, no liquid for 30 minutes before.',
    )
    expect(preparing([])).toEqual([])
  })

  it('names no instrument of ours, whatever the protocol', () => {
    for (const id of libraryIds())
      for (const sentence of preparing(protocolById(id)!.dayOf))
        expect(sentence).not.toMatch(/CIWA|PHQ|C-SSRS|COWS|breath/i)
  })
})

describe('what stands first', () => {
  it('problems, then what is open longest, then what is confirmed by time', () => {
    const row = (name: string, state: GateState, since: string, startsAt: string) => ({
      name,
      state,
      since: since as Instant,
      startsAt: startsAt as Instant,
    })
    const open: GateState = { kind: 'open', missing: ['escort'] }
    const problem: GateState = { kind: 'problem', problems: ['unwell'], missing: [] }
    const rows = [
      row('confirmed late', { kind: 'confirmed' }, 'a', '2'),
      row('confirmed early', { kind: 'confirmed' }, 'z', '1'),
      row('open new', open, 'b', '1'),
      row('open old', open, 'a', '3'),
      row('problem', problem, 'z', '9'),
    ]
    expect(rows.sort(byUrgency).map(({ name }) => name)).toEqual([
      'problem',
      'open old',
      'open new',
      'confirmed early',
      'confirmed late',
    ])
    expect(gateWords(problem)).toBe('Feels unwell')
    expect(gateWords(gateStateOf({}, visit, told))).toBe('Nothing answered yet')
  })
})

describe('the form', () => {
  const form = (values: Record<string, string>) => {
    const data = new FormData()
    for (const [name, value] of Object.entries(values)) data.set(name, value)
    return readGateForm(data)
  }

  it('hears every good answer though another must be mended', () => {
    const sent = form({ harm: 'yes', escort: 'named', escortName: 'Sam', escortPhone: '12', unwell: 'no' })
    expect(sent.answers).toEqual({ harm: 'yes', escort: 'named', escortName: 'Sam', unwell: 'no' })
    expect(Object.keys(sent.errors)).toEqual(['escortPhone'])
  })

  it('names who is missing, refuses unknown choices and too many words', () => {
    expect(form({ escort: 'named', escortName: '', escortPhone: '' }).errors).toHaveProperty('escortName')
    expect(form({ fasting: 'perhaps', question: 'x'.repeat(1001) }).errors).toEqual({
      fasting: 'Choose one of the answers.',
      question: 'Keep this under 1000 characters.',
    })
  })

  it('takes nothing back that a link did not show', () => {
    const sent = { answers: { drugsWhat: '', escortName: '', alcohol: 'today' }, errors: {} }
    expect(byLink(sent, true).answers).toEqual({ alcohol: 'today' })
  })

  it('shows nobody who holds a link who fetches the person', () => {
    const shown = gateValues(answers(GOOD), true)
    expect(shown).toMatchObject({ escort: 'named' })
    expect(JSON.stringify(shown)).not.toMatch(/Sam|0111/)
    expect(gateValues(answers(GOOD), false)).toMatchObject({ escortName: 'Sam Example' })
  })

  it.each([
    ['both left open, told before', true, '', '', { escort: 'named' }, []],
    ['both left open, never told', false, '', '', { escort: 'named' }, ['escortName', 'escortPhone']],
    [
      'another name without a number',
      true,
      'Kim',
      '',
      { escort: 'named', escortName: 'Kim', escortPhone: '' },
      ['escortPhone'],
    ],
    [
      'another number without a name',
      true,
      '',
      '703-555-0199',
      { escort: 'named', escortName: '', escortPhone: '703-555-0199' },
      ['escortName'],
    ],
    [
      'another name with a number that is none',
      true,
      'Kim',
      '12',
      { escort: 'named', escortName: 'Kim', escortPhone: '' },
      ['escortPhone'],
    ],
    ['a number that is none', true, '', '12', { escort: 'named' }, ['escortName', 'escortPhone']],
  ])('the escort by link: %s', (_case, wasTold, escortName, escortPhone, kept, wrong) => {
    const form = new FormData()
    for (const [name, value] of Object.entries({ escort: 'named', escortName, escortPhone }))
      form.set(name, value)
    const sent = byLink(readGateForm(form), wasTold)
    expect(sent.answers).toEqual(kept)
    expect(Object.keys(sent.errors).sort()).toEqual(wrong)
  })

  it('asks anew on a call what is about the moment it is told', () => {
    const told = answers({ ...GOOD, alcohol: 'today', drugs: 'never', harm: 'yes' })
    expect(callValues(told)).toMatchObject({ drugs: 'never', escortName: 'Sam Example' })
    expect(Object.keys(callValues(told))).not.toContain('alcohol')
    expect(Object.keys(callValues(told))).not.toContain('harm')
  })

  it('knows whether the escort was told in full', () => {
    expect(escortTold(answers(GOOD))).toBe(true)
    expect(escortTold(answers({ ...GOOD, escortPhone: '' }))).toBe(false)
    expect(escortTold(answers({ ...GOOD, escortName: undefined }))).toBe(false)
  })
})
