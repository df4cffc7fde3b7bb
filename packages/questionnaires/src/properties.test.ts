import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Instrument, Item, ScoringDefinition } from './instrument.ts'
import { listInstruments } from './registry.ts'
import type { ScoreResult } from './response.ts'
import { scoreBy } from './scoring.ts'
import { sharedReference } from './shared-reference.node.ts'

type NumberAnswers = Record<string, number>
type AnyItem = Pick<Item, 'id' | 'range' | 'type'> & {
  readonly values?: readonly { readonly value: number }[]
}

function valuesOf({ values, range }: AnyItem): number[] {
  if (values !== undefined) return values.map(({ value }) => value)
  if (range === undefined) return []
  const count = Math.min(Math.round((range.max - range.min) / range.step), 60)
  return Array.from({ length: count + 1 }, (_, step) => Number((range.min + step * range.step).toFixed(6)))
}

function completeAnswers(definition: ScoringDefinition): fc.Arbitrary<NumberAnswers> {
  return fc.record(
    Object.fromEntries(definition.items.map((item) => [item.id, fc.constantFrom(...valuesOf(item))])),
  )
}

function eitherOrPairs({ subscales, total }: ScoringDefinition): (readonly string[])[] {
  return [...subscales, total].flatMap((score) =>
    score?.method === 'sumOfGroups' ? score.groups.flatMap((group) => group.eitherOr ?? []) : [],
  )
}

/** A complete response (of two questions that exclude each other, one) and the part of it that was saved earlier. */
function partialAndComplete(definition: ScoringDefinition) {
  const ids = definition.items.map(({ id }) => id)
  const pairs = eitherOrPairs(definition)
  const blanks = fc.tuple(...pairs.map((pair) => fc.constantFrom(...pair)))
  return fc.tuple(completeAnswers(definition), fc.subarray(ids), blanks).map(([answers, kept, blank]) => {
    const entries = Object.entries(answers).filter(([id]) => !blank.includes(id))
    return {
      complete: Object.fromEntries(entries),
      partial: Object.fromEntries(entries.filter(([id]) => kept.includes(id))),
    }
  })
}

function scoresOf(definition: ScoringDefinition, answers: NumberAnswers): Record<string, ScoreResult> {
  const outcome = scoreBy(definition, answers)
  if (!('scores' in outcome)) throw new Error(JSON.stringify(outcome))
  return { ...outcome.scores }
}

const reference = sharedReference('instruments.json') as readonly ScoringDefinition[] | undefined
const itemwise = ({ items }: ScoringDefinition) =>
  items.length > 0 && items.every(({ type }) => type === undefined)
const shipped: readonly ScoringDefinition[] = listInstruments()
const others = (reference ?? []).filter((one) => itemwise(one) && !shipped.some(({ id }) => id === one.id))
const cases: [string, ScoringDefinition, number][] = [
  ...shipped.map((one): [string, ScoringDefinition, number] => [one.id, one, 300]),
  ...others.map((one): [string, ScoringDefinition, number] => [`${one.id} (reference)`, one, 30]),
]

describe.each(cases)('%s', (_name, definition, numRuns) => {
  it('bounds contain every completion', () => {
    fc.assert(
      fc.property(partialAndComplete(definition), ({ partial, complete }) => {
        const open = scoresOf(definition, partial)
        const done = scoresOf(definition, complete)
        for (const [id, { bounds }] of Object.entries(open)) {
          const value = done[id]?.value
          if (bounds === undefined || typeof value !== 'number') continue
          expect(value).toBeGreaterThanOrEqual(bounds[0])
          expect(value).toBeLessThanOrEqual(bounds[1])
        }
      }),
      { numRuns },
    )
  })

  it('a trigger that fired stays fired whatever else is answered', () => {
    // A category's trigger names the level reached for certain; a graver level takes its place, which is no silence.
    const lasting = definition.safetyTriggers.filter(({ when }) => !('category' in when)).map(({ id }) => id)
    fc.assert(
      fc.property(partialAndComplete(definition), ({ partial, complete }) => {
        const early = (scoreBy(definition, partial).triggers ?? []).filter((id) => lasting.includes(id))
        expect(scoreBy(definition, complete).triggers).toEqual(expect.arrayContaining(early))
      }),
      { numRuns },
    )
  })

  it('a sum never falls when an answer to it rises', () => {
    const scores = [...definition.subscales, definition.total].filter((score) => score?.method === 'sum')
    const ids = definition.items.filter(({ reverse }) => reverse !== true).map(({ id }) => id)
    if (scores.length === 0 || ids.length === 0) return
    const raised = fc.tuple(completeAnswers(definition), completeAnswers(definition), fc.constantFrom(...ids))
    fc.assert(
      fc.property(raised, ([one, other, id]) => {
        const higher = { ...one, [id]: Math.max(one[id] as number, other[id] as number) }
        const before = scoresOf(definition, one)
        const after = scoresOf(definition, higher)
        for (const score of scores) {
          expect(after[score?.id ?? '']?.value).toBeGreaterThanOrEqual(
            before[score?.id ?? '']?.value as number,
          )
        }
      }),
      { numRuns },
    )
  })

  it('a value lies between the stated least and most', () => {
    fc.assert(
      fc.property(completeAnswers(definition), (answers) => {
        const results = scoresOf(definition, answers)
        for (const score of [...definition.subscales, definition.total]) {
          if (score === null || score.method === 'algorithm') continue
          const { value } = results[score.id] as ScoreResult
          if (typeof value !== 'number') continue
          expect(value).toBeGreaterThanOrEqual(score.min ?? Number.NEGATIVE_INFINITY)
          expect(value).toBeLessThanOrEqual(score.max ?? Number.POSITIVE_INFINITY)
        }
      }),
      { numRuns },
    )
  })
})

describe.each(listInstruments().map((one): [string, Instrument] => [one.id, one]))(
  '%s',
  (_id, instrument) => {
    it('answers anything at all without throwing, and never with a score for something that does not fit', () => {
      const ids = [...instrument.items.map(({ id }) => id), 'zz']
      const anything = fc.dictionary(fc.constantFrom(...ids), fc.anything())
      fc.assert(
        fc.property(anything, (answers) => {
          const outcome = scoreBy(instrument, answers)
          const fits = instrument.items.every((item) => {
            const answer = answers[item.id]
            return answer === null || answer === undefined || valuesOf(item).includes(answer as number)
          })
          expect(outcome.valid).toBe(fits && !Object.hasOwn(answers, 'zz'))
        }),
        { numRuns: 500 },
      )
    })
  },
)
