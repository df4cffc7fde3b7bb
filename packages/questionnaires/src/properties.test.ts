import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Instrument, Item, ItemScore } from './instrument.ts'
import { instrumentById, listInstruments } from './registry.ts'
import type { ScoreResult, ScoringContext } from './response.ts'
import { firedTriggersBy, scoreBy } from './scoring.ts'

type NumberAnswers = Record<string, number>

const isSeries = ({ total }: Instrument) => total?.method === 'algorithm'
const byId = (one: Instrument): [string, Instrument] => [one.id, one]
const answeredOnce = listInstruments().filter((one) => one.items.length > 0 && !isSeries(one))
const scoresIn = ({ subscales, total }: Instrument): ItemScore[] =>
  [...subscales, total].filter((score) => score !== null).filter((score) => score.method !== 'algorithm')

/** Every answer an item allows; of a long range its ends and sixty steps. */
function valuesOf({ values, range }: Item): number[] {
  if (values !== undefined) return values.map(({ value }) => value)
  if (range === undefined) return []
  const { min, max, step } = range
  const count = Math.min(Math.round((max - min) / step), 60)
  const steps = Array.from({ length: count + 1 }, (_, place) => Number((min + place * step).toFixed(6)))
  return [...new Set([...steps, max])]
}

/** What our conditions ask of the person or the moment, each also not given. */
const contexts: fc.Arbitrary<ScoringContext> = fc.record(
  {
    sex: fc.constantFrom('female', 'male', 'other', null),
    substance: fc.constantFrom('alcohol', 'cocaine', 'heroin', 'ketamine', null),
    takenAsPrescribed: fc.boolean(),
    timepoint: fc.constantFrom('baseline', 'pre-discharge'),
  },
  { requiredKeys: [] },
)

function completeAnswers({ items }: Instrument): fc.Arbitrary<NumberAnswers> {
  return fc.record(Object.fromEntries(items.map((item) => [item.id, fc.constantFrom(...valuesOf(item))])))
}

function twinsIn(instrument: Instrument): (readonly string[])[] {
  return scoresIn(instrument).flatMap((score) =>
    score.method === 'sumOfGroups' ? score.groups.flatMap((group) => group.eitherOr ?? []) : [],
  )
}

/** A complete response (of two questions that exclude each other, one), and two earlier states of it, one in the other. */
function statesOf(instrument: Instrument) {
  const ids = instrument.items.map(({ id }) => id)
  const blanks = fc.tuple(...twinsIn(instrument).map((pair) => fc.constantFrom(...pair)))
  return fc
    .tuple(completeAnswers(instrument), fc.subarray(ids), fc.subarray(ids), blanks, contexts)
    .map(([answers, first, second, blank, context]) => {
      const entries = Object.entries(answers).filter(([id]) => !blank.includes(id))
      const only = (kept: readonly string[]) =>
        Object.fromEntries(entries.filter(([id]) => kept.includes(id))) as NumberAnswers
      return {
        early: only(first),
        later: only([...first, ...second]),
        complete: only(ids),
        context,
      }
    })
}

function scoresOf(
  instrument: Instrument,
  answers: NumberAnswers,
  context: ScoringContext = {},
): Readonly<Record<string, ScoreResult>> {
  const outcome = scoreBy(instrument, answers, context)
  if (!('scores' in outcome)) throw new Error(JSON.stringify(outcome))
  return outcome.scores
}

it('holds for all 59: 56 with questions, two series, one form that we may not show', () => {
  expect(listInstruments()).toHaveLength(59)
  expect(answeredOnce).toHaveLength(56)
  expect(listInstruments().filter(isSeries)).toHaveLength(2)
  expect(listInstruments().filter(({ items }) => items.length === 0)).toEqual([instrumentById('kset')])
})

describe.each(answeredOnce.map(byId))('%s', (_id, instrument) => {
  const numRuns = instrument.items.length > 20 ? 40 : 100

  it('bounds contain every completion, and only narrow as answers come in', () => {
    fc.assert(
      fc.property(statesOf(instrument), ({ early, later, complete, context }) => {
        const first = scoresOf(instrument, early, context)
        const second = scoresOf(instrument, later, context)
        const done = scoresOf(instrument, complete, context)
        for (const [id, { bounds }] of Object.entries(first)) {
          if (bounds === undefined) continue
          const next = second[id]?.bounds
          const value = done[id]?.value
          if (next !== undefined) {
            expect(next[0]).toBeGreaterThanOrEqual(bounds[0])
            expect(next[1]).toBeLessThanOrEqual(bounds[1])
          }
          expect(typeof value).toBe('number')
          expect(value).toBeGreaterThanOrEqual(bounds[0])
          expect(value).toBeLessThanOrEqual(bounds[1])
        }
      }),
      { numRuns },
    )
  })

  it('a trigger that fired on partial answers fires on every completion that keeps them', () => {
    // The trigger of a level reached for certain gives way to that of a graver level, which is no silence (below); the
    // one that says "not finished" ends when the form is finished.
    const lasting = instrument.safetyTriggers.filter(({ when }) => !('category' in when)).map(({ id }) => id)
    fc.assert(
      fc.property(statesOf(instrument), ({ early, later, complete, context }) => {
        const fired = (answers: NumberAnswers) => scoreBy(instrument, answers, context).triggers ?? []
        const first = fired(early).filter((id) => lasting.includes(id))
        const second = fired(later).filter((id) => lasting.includes(id))
        expect(second).toEqual(expect.arrayContaining(first))
        expect(fired(complete)).toEqual(expect.arrayContaining(second))
      }),
      { numRuns },
    )
  })

  it('an alarm is never followed by a lesser one as answers come in', () => {
    const grave = { info: 1, warning: 2, critical: 3 }
    const gravest = (answers: NumberAnswers, context: ScoringContext) =>
      Math.max(
        0,
        ...firedTriggersBy(instrument, answers, context)
          .filter(({ when }) => !('category' in when && when.unknown))
          .map(({ severity }) => grave[severity]),
      )
    fc.assert(
      fc.property(statesOf(instrument), ({ early, later, complete, context }) => {
        expect(gravest(later, context)).toBeGreaterThanOrEqual(gravest(early, context))
        expect(gravest(complete, context)).toBeGreaterThanOrEqual(gravest(later, context))
      }),
      { numRuns },
    )
  })

  it('a sum never falls when an answer to it rises, nor rises where the answer is turned round', () => {
    const sums = scoresIn(instrument).filter(({ method }) => method === 'sum' || method === 'sumOfGroups')
    if (sums.length === 0) return
    const raised = fc.tuple(
      completeAnswers(instrument),
      completeAnswers(instrument),
      fc.constantFrom(...instrument.items),
      contexts,
    )
    fc.assert(
      fc.property(raised, ([one, other, { id, reverse }, context]) => {
        const higher = { ...one, [id]: Math.max(one[id] as number, other[id] as number) }
        const before = scoresOf(instrument, one, context)
        const after = scoresOf(instrument, higher, context)
        for (const sum of sums) {
          const [least, most] = reverse === true ? [after, before] : [before, after]
          expect(most[sum.id]?.value).toBeGreaterThanOrEqual(least[sum.id]?.value as number)
        }
      }),
      { numRuns },
    )
  })

  it('a value lies between the stated least and most, in one band where there are bands', () => {
    fc.assert(
      fc.property(completeAnswers(instrument), contexts, (answers, context) => {
        const results = scoresOf(instrument, answers, context)
        for (const score of scoresIn(instrument)) {
          const { value, band } = results[score.id] as ScoreResult
          expect('band' in (results[score.id] as ScoreResult)).toBe(score.bands !== undefined)
          if (typeof value !== 'number') continue
          expect(value).toBeGreaterThanOrEqual(score.min ?? Number.NEGATIVE_INFINITY)
          expect(value).toBeLessThanOrEqual(score.max ?? Number.POSITIVE_INFINITY)
          if (score.bands?.every(({ when }) => when === undefined)) expect(band).not.toBeNull()
        }
      }),
      { numRuns },
    )
  })
})

describe.each(listInstruments().map(byId))('%s', (_id, instrument) => {
  it('answers anything at all without throwing, and never with a score for something that does not fit', () => {
    const ids = [...instrument.items.map(({ id }) => id), 'zz']
    const anything = fc.dictionary(fc.constantFrom(...ids), fc.anything())
    fc.assert(
      fc.property(anything, fc.dictionary(fc.string(), fc.anything()), (answers, context) => {
        const outcome = scoreBy(instrument, answers, context)
        const fits = instrument.items.every((item) => {
          const answer = answers[item.id]
          if (answer === null || answer === undefined) return true
          // What a list of records holds is looked at one by one below.
          if (item.type !== undefined) return Array.isArray(answer) ? outcome.valid : false
          return valuesOf(item).includes(answer as number)
        })
        expect(outcome.valid).toBe(fits && !Object.hasOwn(answers, 'zz'))
        expect('scores' in outcome).toBe(outcome.valid && !isSeries(instrument))
      }),
      { numRuns: 60 },
    )
  })
})

describe('series of records', () => {
  const dates = fc
    .uniqueArray(fc.integer({ min: 0, max: 89 }), { maxLength: 30 })
    .map((days) => days.map((day) => new Date(Date.UTC(2026, 1, 1 + day)).toISOString().slice(0, 10)))
  const drinks = fc.option(fc.integer({ min: 0, max: 20 }), { nil: undefined })
  const calendar = dates.chain((all) =>
    fc.tuple(...all.map((date) => fc.record({ date: fc.constant(date), drinks }))),
  )
  const specimens = dates.chain((all) =>
    fc.tuple(
      ...all.map((date) =>
        fc.record({
          date: fc.constant(date),
          analyte: fc.constantFrom('fentanyl', 'cocaine', 'ketamine'),
          result: fc.constantFrom('negative', 'positive', 'expected-positive', 'missing', 'invalid'),
        }),
      ),
    ),
  )
  const figures = (id: string, records: unknown, context: ScoringContext = {}) => {
    const instrument = instrumentById(id) as Instrument
    const outcome = scoreBy(instrument, { [instrument.items[0]!.id]: records }, context)
    if (!('metrics' in outcome)) throw new Error(JSON.stringify(outcome))
    return outcome
  }

  it('a calendar counts every day once, and no missing day as abstinent', () => {
    fc.assert(
      fc.property(calendar, contexts, (days, context) => {
        const { metrics } = figures('tlfb', days, context)
        const known = days.filter((day) => day.drinks !== undefined)
        expect(metrics.observedDays).toBe(known.length)
        if (known.length === 0) {
          expect(metrics.pda).toBeNull()
          return
        }
        expect((metrics.abstinentDays as number) + (metrics.drinkingDays as number)).toBe(known.length)
        expect(metrics.abstinentDays).toBe(known.filter((day) => day.drinks === 0).length)
        expect(metrics.hdd as number).toBeLessThanOrEqual(metrics.drinkingDays as number)
      }),
    )
  })

  it('a calendar in which one day held more never looks better', () => {
    fc.assert(
      fc.property(
        calendar,
        contexts,
        fc.nat(),
        fc.integer({ min: 1, max: 9 }),
        (days, context, which, more) => {
          const known = days.filter((day) => day.drinks !== undefined)
          const chosen = known[which % Math.max(1, known.length)]
          if (chosen === undefined) return
          const worse = days.map((day) =>
            day === chosen ? { ...day, drinks: (day.drinks as number) + more } : day,
          )
          const before = figures('tlfb', days, context).metrics
          const after = figures('tlfb', worse, context).metrics
          for (const rising of ['phdd', 'drinksPerDay', 'gramsPerDay', 'whoLevel'])
            expect(after[rising] as number).toBeGreaterThanOrEqual(before[rising] as number)
          for (const falling of ['pda', 'longestAbstinentStreak'])
            expect(after[falling] as number).toBeLessThanOrEqual(before[falling] as number)
        },
      ),
    )
  })

  it('tests not done never make the worst case better, and a trigger stays when more tests come in', () => {
    fc.assert(
      fc.property(specimens, fc.nat(), (tests, count) => {
        const early = figures('uds', tests.slice(0, count % (tests.length + 1)))
        const all = figures('uds', tests)
        expect(all.triggers ?? []).toEqual(expect.arrayContaining([...(early.triggers ?? [])]))
        const { pctNegativeITT, pctNegativeObserved } = all.metrics
        if (pctNegativeObserved !== null)
          expect(pctNegativeITT as number).toBeLessThanOrEqual(pctNegativeObserved as number)
      }),
    )
  })
})
