import { describe, expect, it } from 'vitest'
import { timedFigures } from './timed-figures.ts'

const row = (time: number, event: boolean, group: string, stratum?: string) => ({
  time,
  event,
  group,
  stratum,
})
const asked = { at: [5], ticks: [0, 5] }

describe('figures of a time', () => {
  it('follow the groups in the order people count, whatever the order of the rows', () => {
    const rows = [row(5, true, '10'), row(6, false, '2'), row(4, true, '2'), row(9, true, '10')]
    const figures = timedFigures(rows, asked)
    expect(figures.groups.map((group) => [group.label, group.n, group.events])).toEqual([
      ['2', 2, 1],
      ['10', 2, 2],
    ])
    expect(timedFigures([...rows].reverse(), asked)).toEqual(figures)
  })

  it('by hand: three people, events at 2 and 4, one leaves at 3', () => {
    const [group] = timedFigures([row(2, true, 'a'), row(3, false, 'a'), row(4, true, 'a')], {
      at: [1, 2, 4, 9],
      ticks: [0],
      until: 4,
    }).groups
    // S(2) = 1 - 1/3; at 4 one is at risk and has the event.
    expect(group!.points.map((p) => [p.time, p.survival, p.atRisk])).toEqual([
      [1, 1, 3],
      [2, 2 / 3, 3],
      [4, 0, 1],
      [9, 0, 0],
    ])
    expect(group!.points[0]!.limits).toBeUndefined()
    expect(group!.median!.days).toBe(4)
    // 2 days at 1 and 2 at 2/3.
    expect(group!.mean!.value).toBeCloseTo(2 + 4 / 3, 12)
  })

  it('take means up to where every group was followed, unless told', () => {
    const rows = [row(5, true, 'a'), row(20, false, 'a'), row(6, true, 'b'), row(9, false, 'b')]
    expect(timedFigures(rows, asked).until).toBe(9)
    expect(timedFigures(rows, { ...asked, until: 7 }).until).toBe(7)
  })

  it('compare within strata when there are any', () => {
    // Within each stratum the groups are alike; over both, the group with more people of the worse one looks worse.
    const of = (stratum: string, time: number, a: number, b: number) => [
      ...Array.from({ length: a }, () => row(time, true, 'a', stratum)),
      ...Array.from({ length: b }, () => row(time, true, 'b', stratum)),
      row(time + 1, false, 'a', stratum),
      row(time + 1, false, 'b', stratum),
    ]
    const rows = [...of('early', 2, 9, 1), ...of('late', 30, 1, 9)]
    const within = timedFigures(rows, asked).comparison
    const over = timedFigures(
      rows.map((one) => ({ ...one, stratum: undefined })),
      asked,
    ).comparison
    if (!within.ok || !over.ok) throw new Error('not compared')
    expect([within.stratified, over.stratified]).toEqual([true, false])
    expect(within.p).toBeGreaterThan(over.p)
  })

  it('say in a word when groups cannot be compared', () => {
    expect(timedFigures([row(2, true, 'a'), row(3, false, 'a')], asked).comparison).toEqual({
      ok: false,
      reason: 'one-group',
    })
    expect(timedFigures([row(2, false, 'a'), row(3, false, 'b')], asked)).toMatchObject({
      comparison: { ok: false, reason: 'no-events' },
      differences: [{ ok: false, label: 'b', first: 'a', reason: 'no-events' }],
    })
  })
})
