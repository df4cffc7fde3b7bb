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
      // One was lost on the way, so that nobody knows of day 9.
      [9, undefined, 0],
    ])
    expect(group!.points[0]!.limits).toBeUndefined()
    expect(group!.median!.days).toBe(4)
    // 2 days at 1 and 2 at 2/3.
    expect(group!.mean!.value).toBeCloseTo(2 + 4 / 3, 12)
  })

  it('tell nothing beyond the last time at which anybody of a group was followed', () => {
    const rows = [row(5, true, 'a'), row(20, false, 'a'), row(6, true, 'b'), row(9, true, 'b')]
    const figures = timedFigures(rows, { at: [9, 20, 21], ticks: [0], until: 21 })
    const [a, b] = figures.groups
    expect(a!.points.map(({ survival, limits }) => [survival, limits === undefined])).toEqual([
      [0.5, false],
      [0.5, false],
      [undefined, true],
    ])
    expect([a!.lastTime, a!.mean, b!.lastTime]).toEqual([20, undefined, 9])
    // Everybody of b had the event: nothing is left to learn of them.
    expect(b!.points.map(({ survival }) => survival)).toEqual([0, 0, 0])
    expect(b!.mean!.value).toBe(7.5)
    expect(figures.differences).toMatchObject([{ ok: false, reason: 'beyond-follow-up' }])
    expect(timedFigures(rows, { at: [], ticks: [0], until: 20 }).differences).toMatchObject([{ ok: true }])
  })

  it('compare with the group of reference', () => {
    const rows = ['a', 'b', 'c'].flatMap((group, at) => [row(5 + at, true, group), row(20, false, group)])
    const pairs = (reference?: string) =>
      timedFigures(rows, { ...asked, reference }).differences.map(({ label, first }) => `${label}-${first}`)
    expect(pairs()).toEqual(['b-a', 'c-a'])
    expect(pairs('b')).toEqual(['a-b', 'c-b'])
    expect(pairs('z')).toEqual(['b-a', 'c-a'])
  })

  it('tell no p of a group with fewer than ten people or five events', () => {
    const group = (label: string, people: number, events: number) =>
      Array.from({ length: people }, (_, at) => row(at + 1, at < events, label))
    const of = (...rows: ReturnType<typeof group>[]) => timedFigures(rows.flat(), asked)
    const enough = of(group('a', 10, 5), group('b', 40, 20))
    expect(enough.comparison.ok).toBe(true)
    expect(enough.differences[0]).toMatchObject({ ok: true, p: expect.any(Number) })
    for (const small of [
      of(group('a', 9, 5), group('b', 40, 20)),
      of(group('a', 10, 4), group('b', 40, 20)),
    ]) {
      expect(small.comparison).toMatchObject({ ok: false, reason: 'too-few' })
      expect(small.differences[0]).toMatchObject({ ok: true, p: undefined })
    }
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
