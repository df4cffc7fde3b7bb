import { firedTriggers, type Instrument, listInstruments } from '@evenkeel/questionnaires'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isForm } from './forms/instrument-sets.ts'
import { newlyCritical } from './newly-critical.ts'

const critical = listInstruments().filter(
  (one) => isForm(one) && one.safetyTriggers.some(({ severity }) => severity === 'critical'),
)

/** A whole response and a way to split it: each item with its value and the number of the batch it arrives in. */
function splitResponse({ items }: Instrument) {
  return fc.record(
    Object.fromEntries(
      items.map((item) => {
        const values = item.values?.map(({ value }) => value) ?? [item.range!.min, item.range!.max]
        return [
          item.id,
          fc.record({ value: fc.constantFrom(...values), batch: fc.integer({ min: 0, max: 3 }) }),
        ]
      }),
    ),
  )
}

describe.each(critical.map((one): [string, Instrument] => [one.id, one]))('%s', (id, instrument) => {
  it('every critical trigger of the whole is made by one of the batches, however the answers arrive', () => {
    fc.assert(
      fc.property(splitResponse(instrument), (response) => {
        const raised = new Set<string>()
        let before: Record<string, number> = {}
        for (const batch of [0, 1, 2, 3]) {
          const own = Object.entries(response).filter(([, one]) => one.batch === batch)
          const answers = { ...before, ...Object.fromEntries(own.map(([item, one]) => [item, one.value])) }
          const saved = own.map(([itemId]) => ({ itemId, revision: 1 }))
          for (const trigger of newlyCritical({ instrumentId: id, saved, before, answers }))
            raised.add(trigger)
          before = answers
        }
        const fired = firedTriggers(id, before).filter(({ severity }) => severity === 'critical')
        for (const trigger of fired) expect(raised).toContain(trigger.id)
      }),
      { numRuns: 150 },
    )
  })
})

it('all answers at once fire although each alone would be enough', () => {
  const answers = { q1: 1, q2: 1, q3: 1, q4: 1, q5: 1, q6: 1, q6b: 1 }
  const saved = Object.keys(answers).map((itemId) => ({ itemId, revision: 1 }))
  expect(newlyCritical({ instrumentId: 'c-ssrs-screener', saved, before: {}, answers })).toEqual([
    'cssrs-high',
  ])
})

it('an answer that changes nothing about a trigger raises none again', () => {
  const before = { q9: 2 }
  const answers = { q9: 2, q1: 0 }
  const saved = [{ itemId: 'q1', revision: 1 }]
  expect(newlyCritical({ instrumentId: 'phq-9', saved, before, answers })).toEqual([])
})

it('the same answer raised anew is a new one', () => {
  const saved = [{ itemId: 'q9', revision: 2 }]
  expect(newlyCritical({ instrumentId: 'phq-9', saved, before: { q9: 1 }, answers: { q9: 3 } })).toEqual([
    'phq9-item9',
  ])
})
