import { describe, expect, it } from 'vitest'
import type { Instant, LocalDate } from '../platform/time.ts'
import { type HoldFacts, holdsInWords, planHolds } from './plan-holds.ts'

const order = {
  given: { kind: 'infusion', volumeMl: 1.2, concentrationMgPerMl: 50 },
  weightMeasuredAt: '2026-11-20T09:00:00.000Z',
  actualWeightKg: 80,
} as unknown as NonNullable<HoldFacts['order']>
const calm: HoldFacts = {
  at: '2026-11-24T17:00:00.000Z' as Instant,
  newestDecision: { decision: 'eligible' },
  openConcern: false,
  tooOld: [],
  medicines: [],
  order,
  weightKg: 81,
  weight: { maxAgeDays: 30, changeToAcknowledgePercent: 10 },
  nextAt: '2026-11-25T15:00:00.000Z' as Instant,
  nextDay: '2026-11-25' as LocalDate,
  lastDoseDay: '2026-11-18' as LocalDate,
  earliestDays: 7,
  dayBefore: undefined,
}
const rule = { title: 'No pregnancy', settle: 'Test.' }

describe('what holds a plan’s next dose though its steps are done', () => {
  it.each<[string, Partial<HoldFacts>, string[]]>([
    ['nothing', {}, []],
    [
      'another assessment was decided against',
      { newestDecision: { decision: 'not-eligible' } },
      ['not-eligible against'],
    ],
    ['a critical concern is open', { openConcern: true }, ['open-concern against']],
    ['a rule is too old', { tooOld: [{ ...rule, truth: 'unknown' }] }, ['eligibility-too-old unknown']],
    ['a rule is not met', { tooOld: [{ ...rule, truth: 'not-met' }] }, ['eligibility-too-old against']],
    [
      'the medicines are not known',
      { medicines: [{ ...rule, truth: 'unknown' }] },
      ['medicines-hold unknown'],
    ],
    ['a medicine holds', { medicines: [{ ...rule, truth: 'not-met' }] }, ['medicines-hold against']],
    [
      'a medicine is asked on the day only',
      { medicines: [{ ...rule, truth: 'unknown', onTheDay: true }] },
      [],
    ],
    [
      'the order is for devices',
      { order: { ...order, given: { kind: 'units', unitMg: 28, units: 2, atMin: [] } } },
      [],
    ],
    ['the weight is 30 days old', { at: '2026-12-20T09:00:00.000Z' as Instant }, []],
    [
      'the weight is a moment older',
      { at: '2026-12-20T09:00:00.001Z' as Instant },
      ['weight-too-old unknown'],
    ],
    ['the weight is 30 days old at the next visit', { nextAt: '2026-12-20T09:00:00.000Z' as Instant }, []],
    [
      'the weight will be a moment older then',
      { nextAt: '2026-12-20T09:00:00.001Z' as Instant },
      ['weight-too-old unknown'],
    ],
    [
      'the weight is too old and no visit is ahead',
      { at: '2026-12-21T09:00:00.000Z' as Instant, nextAt: undefined },
      ['weight-too-old unknown'],
    ],
    ['the weight rose by 10 %', { weightKg: 88 }, []],
    ['the weight rose by more', { weightKg: 88.1 }, ['weight-changed against']],
    ['the weight fell by more', { weightKg: 71.9 }, ['weight-changed against']],
    ['the newest weight is not known', { weightKg: undefined }, []],
    [
      'the dose is counted from no weight',
      { order: { ...order, weightMeasuredAt: undefined }, weightKg: 40 },
      [],
    ],
    ['the next visit is a day too early', { nextDay: '2026-11-24' as LocalDate }, ['too-soon against']],
    ['no dose was given yet', { lastDoseDay: undefined }, []],
    [
      'the day before is not answered',
      { dayBefore: { kind: 'open', missing: ['escort'] } },
      ['day-before unknown'],
    ],
    [
      'the day before something was told',
      { dayBefore: { kind: 'problem', problems: ['escort'], missing: [] } },
      ['day-before against'],
    ],
    ['the day before is confirmed', { dayBefore: { kind: 'confirmed' } }, []],
    [
      'several: what is known first',
      {
        tooOld: [{ ...rule, truth: 'unknown' }],
        dayBefore: { kind: 'problem', problems: ['harm'], missing: [] },
      },
      ['day-before against', 'eligibility-too-old unknown'],
    ],
  ])('%s', (_, facts, expected) => {
    expect(planHolds({ ...calm, ...facts }).map(({ id, kind }) => `${id} ${kind}`)).toEqual(expected)
  })

  it('never puts names of rules or medicines into the words that everybody reads', () => {
    const [hold] = planHolds({ ...calm, tooOld: [{ ...rule, truth: 'unknown' }] })
    expect(hold?.text).not.toContain('regnan')
    expect(hold?.detail).toBe('Not known now: No pregnancy. Test.')
  })

  it('is never called ready', () => {
    expect(holdsInWords([]).word).toBe('nothing open before the day')
    expect(holdsInWords([{ kind: 'unknown' }])).toEqual({ state: 'unknown', word: 'not known' })
    expect(holdsInWords([{ kind: 'unknown' }, { kind: 'against' }])).toEqual({ state: 'amber', word: 'held' })
  })
})
