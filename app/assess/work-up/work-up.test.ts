import { describe, expect, it } from 'vitest'
import { fact, NOW } from '../../../tests/well-person.ts'
import { addMs, DAY_MS, type Instant } from '../../platform/time.ts'
import type { LabTest } from '../lab-tests/lab-test.ts'
import { medicineList } from '../medicines/medicine.ts'
import { byUrgency, type WorkUpEntry, type WorkUpKnown, workUpOf, workUpStanding } from './work-up.ts'
import { WORK_UP_ITEMS } from './work-up-items.ts'

const days = (count: number): Instant => addMs(NOW, -count * DAY_MS)
let n = 0
const entry = (itemId: string, outcome: WorkUpEntry['outcome'], ago = 1): WorkUpEntry => {
  n += 1
  return {
    id: `w${String(n).padStart(4, '0')}` as WorkUpEntry['id'],
    personId: 'person' as WorkUpEntry['personId'],
    itemId,
    outcome,
    happenedAt: days(ago),
    words: 'in their own words',
    usState: undefined,
    recordedAt: days(ago),
    recordedBy: 'nurse',
  }
}
const urine = (ago: number, ph: number): LabTest =>
  ({
    id: 'test',
    collectedAt: days(ago),
    result: { kind: 'urine', observed: true, checks: { ph }, findings: [] },
  }) as unknown as LabTest
const blood = (ago: number) =>
  ({
    id: 'peth',
    collectedAt: days(ago),
    result: { kind: 'peth', value: { ngMl: 90, lodNgMl: null } },
  }) as unknown as LabTest
const answered = (instrumentId: string, ago: number) => ({ instrumentId, completedAt: days(ago) })
const aged = (kind: Parameters<typeof fact>[0], value: unknown, ago: number) =>
  fact(kind, value, { ageMs: ago * DAY_MS })
const given = (...ago: number[]) => ago.map(days)

function known(change: Partial<WorkUpKnown> = {}): WorkUpKnown {
  return {
    openedAt: days(5),
    track: 'alcohol',
    facts: [],
    tests: [],
    responses: [],
    medicines: medicineList([]),
    entries: [],
    doses: [],
    ...change,
  }
}
const stateOf = (id: string, change: Partial<WorkUpKnown> = {}) => {
  const result = workUpOf(WORK_UP_ITEMS, known(change), NOW).find(({ item }) => item.id === id)!
  return result.state
}
const resultOf = (id: string, change: Partial<WorkUpKnown>) =>
  workUpOf(WORK_UP_ITEMS, known(change), NOW).find(({ item }) => item.id === id)!
const liver = (ago: number) => [aged('alt-times-uln', 1, ago), aged('ast-times-uln', 1, ago)]

describe('an item of the work-up', () => {
  it.each<[string, string, Partial<WorkUpKnown>, string]>([
    ['not done, 5 days after opening', 'ecg', {}, 'due'],
    ['not done, 14 days after opening', 'ecg', { openedAt: days(14) }, 'due'],
    ['not done, 15 days after opening', 'ecg', { openedAt: days(15) }, 'overdue'],
    ['not done at the first dose', 'ecg', { doses: given(1) }, 'overdue'],
    ['done by a fact', 'ecg', { facts: [aged('ecg', 'no-concern', 3)] }, 'done'],
    ['a fact that says "not known"', 'ecg', { facts: [aged('ecg', 'unknown', 3)] }, 'due'],
    ['365 days old', 'ecg', { facts: [aged('ecg', 'no-concern', 365)] }, 'done'],
    ['366 days old', 'ecg', { facts: [aged('ecg', 'no-concern', 366)] }, 'overdue'],
    ['one of two facts', 'liver', { facts: [aged('alt-times-uln', 1, 3)] }, 'due'],
    [
      'both, one too old',
      'liver',
      { facts: [aged('alt-times-uln', 1, 3), aged('ast-times-uln', 1, 91)] },
      'overdue',
    ],
    ['urine that can be trusted', 'drug-screen', { tests: [urine(2, 6)] }, 'done'],
    ['urine that says nothing', 'drug-screen', { tests: [urine(2, 12)] }, 'due'],
    ['a marker', 'alcohol-biomarker', { tests: [blood(9)] }, 'done'],
    ['no marker, other track', 'alcohol-biomarker', { track: 'gambling' }, 'not-needed'],
    ['no marker, track not known', 'alcohol-biomarker', { track: undefined }, 'due'],
    ['form answered', 'dast', { responses: [answered('dast-10', 2)] }, 'done'],
    ['another form answered', 'dast', { responses: [answered('audit', 2)] }, 'due'],
    ['short form of it', 'audit', { responses: [answered('audit-c', 2)] }, 'done'],
    ['pregnancy, sex not known', 'pregnancy-test', {}, 'due'],
    ['pregnancy, male', 'pregnancy-test', { facts: [fact('sex', 'male')] }, 'not-needed'],
    ['pregnancy, female', 'pregnancy-test', { facts: [fact('sex', 'female')] }, 'due'],
    [
      'pregnancy not possible',
      'pregnancy-test',
      { facts: [fact('sex', 'female'), fact('pregnancy-possible', 'no')] },
      'not-needed',
    ],
    ['pregnancy not sure', 'pregnancy-test', { facts: [fact('pregnancy-possible', 'unknown')] }, 'due'],
    ['test of 7 days', 'pregnancy-test', { facts: [aged('pregnancy-test', 'negative', 7)] }, 'done'],
    ['test of 8 days', 'pregnancy-test', { facts: [aged('pregnancy-test', 'negative', 8)] }, 'overdue'],
    ['medicines unknown', 'medicines', {}, 'due'],
    ['ticked', 'renal', { entries: [entry('renal', 'done')] }, 'done'],
    ['tick of something else', 'renal', { entries: [entry('tsh', 'done')] }, 'due'],
    [
      'tick taken back',
      'renal',
      { entries: [entry('renal', 'done', 2), entry('renal', 'withdrawn', 1)] },
      'due',
    ],
    ['refused', 'first-line-naltrexone', { entries: [entry('first-line-naltrexone', 'refused')] }, 'refused'],
    [
      'refused before this assessment',
      'first-line-cbt',
      { entries: [entry('first-line-cbt', 'refused', 9)] },
      'due',
    ],
    ['refused, then done', 'liver', { entries: [entry('liver', 'refused', 3)], facts: liver(1) }, 'done'],
    ['done, then refused', 'liver', { entries: [entry('liver', 'refused', 1)], facts: liver(3) }, 'refused'],
    ['not indicated', 'tsh', { entries: [entry('tsh', 'not-needed')] }, 'not-needed'],
    ['opioids, offered for alcohol', 'first-line-methadone', {}, 'not-needed'],
    [
      'in a course: does not come again',
      'ecg',
      { facts: [aged('ecg', 'no-concern', 400)], doses: given(1) },
      'done',
    ],
    ['in a course: 90 days', 'liver', { facts: liver(90), doses: given(1) }, 'done'],
    ['in a course: 91 days', 'liver', { facts: liver(91), doses: given(1) }, 'overdue'],
    ['five doses since', 'liver', { facts: liver(40), doses: given(35, 30, 25, 20, 15) }, 'done'],
    [
      'six doses since, a week to do it',
      'liver',
      { facts: liver(40), doses: given(35, 30, 25, 20, 15, 7) },
      'due',
    ],
    [
      'six doses since, eight days ago',
      'liver',
      { facts: liver(40), doses: given(35, 30, 25, 20, 15, 8) },
      'overdue',
    ],
    ['no dose for long', 'liver', { facts: liver(200), doses: given(121) }, 'done'],
  ])('%s', (_name, id, change, state) => {
    expect(stateOf(id, change)).toBe(state)
  })

  it('says by when', () => {
    expect(resultOf('ecg', {}).dueAt).toBe(addMs(days(5), 14 * DAY_MS))
    expect(resultOf('liver', { facts: liver(10), doses: given(1) }).dueAt).toBe(addMs(days(10), 90 * DAY_MS))
  })

  it('keeps the words of a refusal', () => {
    expect(resultOf('liver', { entries: [entry('liver', 'refused')] }).why).toBe('in their own words')
  })

  it('stands once in the list, and says how it is settled', () => {
    expect(new Set(WORK_UP_ITEMS.map(({ id }) => id)).size).toBe(WORK_UP_ITEMS.length)
    for (const { id, how, source, record, doneBy } of WORK_UP_ITEMS) {
      expect(how.length, id).toBeGreaterThan(20)
      expect(source, id).not.toBe('')
      expect(record.includes('done') || Object.keys(doneBy).length > 0, id).toBe(true)
    }
  })

  it('comes first when it is overdue', () => {
    const states = byUrgency(workUpOf(WORK_UP_ITEMS, known({ openedAt: days(3) }), NOW)).map(
      ({ state }) => state,
    )
    expect(states[0]).toBe('overdue')
    expect(states.indexOf('due')).toBeLessThan(states.indexOf('not-needed'))
  })
})

describe('the list of what is open', () => {
  const ago = (days: number) => addMs(NOW, -days * DAY_MS)
  it.each<[string, number, number | undefined, number[], 'open' | 'over' | 'left-open']>([
    ['opened lately', 119, undefined, [], 'open'],
    ['opened 120 days ago, and nothing since', 120, undefined, [], 'left-open'],
    ['opened two years ago, and nothing since', 730, undefined, [], 'left-open'],
    ['opened long ago, decided lately', 200, 10, [], 'open'],
    ['decided long ago, no dose', 300, 290, [], 'left-open'],
    ['in treatment', 300, 290, [280, 7], 'open'],
    ['treatment over', 300, 290, [280, 121], 'over'],
    ['assessed again after an earlier treatment', 10, undefined, [400], 'open'],
    ['assessed again long ago, and nothing since', 130, undefined, [400], 'left-open'],
  ])('%s', (_name, opened, decided, doses, standing) => {
    expect(
      workUpStanding(
        { openedAt: ago(opened), doses: doses.map(ago) },
        decided === undefined ? undefined : ago(decided),
        NOW,
      ),
    ).toBe(standing)
  })
})
