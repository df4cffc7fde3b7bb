import { expect, it } from 'vitest'
import { firedItemTriggersBy, missingItemsBy, scoreItemsBy, visibleItemsBy } from './form.ts'
import { listInstruments } from './registry.ts'
import { firedTriggersBy, scoreBy } from './scoring.ts'

const isSeries = ({ total }: { total: { method: string } | null }) => total?.method === 'algorithm'
const itemwise = listInstruments().filter((one) => !isSeries(one))
const series = listInstruments().filter(isSeries)

it('gives what the full entry gives, for every instrument made of single answers', () => {
  expect(itemwise).toHaveLength(57)
  for (const instrument of itemwise) {
    const [first] = instrument.items
    const highest = first?.range?.max ?? first?.values?.at(-1)?.value
    for (const answers of [{}, first ? { [first.id]: highest } : {}, { zz: 1 }]) {
      expect(scoreItemsBy(instrument, answers), instrument.id).toEqual(scoreBy(instrument, answers))
      expect(firedItemTriggersBy(instrument, answers)).toEqual(firedTriggersBy(instrument, answers))
    }
  }
})

it('refuses a series of records by name instead of scoring it wrongly', () => {
  expect(series.map(({ id }) => id)).toEqual(['tlfb', 'uds'])
  for (const instrument of series) {
    expect(() => scoreItemsBy(instrument, {})).toThrow(new RegExp(`^${instrument.id} is a series of records`))
    expect(() => firedItemTriggersBy(instrument, {})).toThrow(TypeError)
    expect(scoreBy(instrument, {})).toMatchObject({ valid: true, metrics: expect.any(Object) })
  }
})

it('shows a series as one question, missing until it holds a list', () => {
  const [tlfb] = series
  const [days] = tlfb!.items
  expect(visibleItemsBy(tlfb!, {}).map(({ item }) => item)).toEqual([days])
  expect(missingItemsBy(tlfb!, {})).toEqual([days!.id])
  expect(missingItemsBy(tlfb!, { [days!.id]: [] })).toEqual([])
})

it('fires the triggers of a series through the full entry', () => {
  const uds = series.find(({ id }) => id === 'uds')!
  const answers = { [uds.items[0]!.id]: [{ date: '2026-03-01', analyte: 'fentanyl', result: 'positive' }] }
  expect(firedTriggersBy(uds, answers).map(({ id }) => id)).toEqual(scoreBy(uds, answers).triggers)
  expect(firedTriggersBy(uds, answers)).not.toEqual([])
})
