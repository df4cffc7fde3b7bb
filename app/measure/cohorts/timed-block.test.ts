import { describe, expect, it } from 'vitest'
import { tableRows } from '../clinic/numbers-words.ts'
import { timedBlock } from './timed-block.ts'
import { timedFigures } from './timed-figures.ts'

const words = {
  id: 'curve',
  title: 'Time',
  unit: 'day',
  still: 'Not yet',
  had: 'had it',
  timeLabel: 'Days',
  definitions: [],
} as const
const person = (time: number, event: boolean, group: string, stratum?: string) => ({
  time,
  event,
  group,
  stratum,
})
const block = (rows: Parameters<typeof timedFigures>[0], within?: string) =>
  timedBlock(timedFigures(rows, { at: [90, 365], ticks: [0], until: 365 }), { ...words, within })

describe('the block of a time', () => {
  const followed = [100, 120, 140, 182].map((time) => person(time, false, 'a'))
  const short = block([person(20, true, 'a'), ...followed])

  it('says “not known” beyond the last day of follow-up, with that day, on the page and in the download', () => {
    const [groups, times] = short.tables
    expect(times!.rows[1]).toMatchObject({
      day: 365,
      without: 'not known',
      limits_95: null,
      note: 'not known: nobody was followed beyond day 182',
    })
    expect(groups!.rows[0]).toMatchObject({ last: 182, median: null, mean: 'not known', mean_se: null })
    expect(short.finding[0]).toBe('a: 1 of 5 had it, fewer than half by day 182, the last of follow-up.')
    expect(tableRows(times!)[2]).toEqual([
      'curve-times',
      'a',
      365,
      0,
      'not known',
      '',
      '',
      'not known: nobody was followed beyond day 182',
    ])
    expect(short.numbers).toContainEqual(['last day of follow-up, a', 182])
  })

  it('says within what the groups were compared', () => {
    const rows = ['x', 'y'].flatMap((stratum) =>
      ['a', 'b'].flatMap((group, at) =>
        Array.from({ length: 12 }, (_, i) => person(i * 3 + at * 2 + 1, i % 2 === 0, group, stratum)),
      ),
    )
    expect(block(rows, 'site').finding.at(-1)).toMatch(/^Log-rank p .*, compared within site\.$/)
    expect(block(rows, 'site').numbers).toContainEqual(['compared within', 'site'])
  })

  it('warns instead of a p value when a group is tiny', () => {
    const rows = [...followed, person(4, true, 'a'), person(9, true, 'b')]
    const tiny = block(rows)
    const warning =
      'No p value: “a” has 5 people and 1 event, and 1 other is as small. A test is told from 10 people and 5 events in each group.'
    expect(tiny.finding).toContain(warning)
    expect(tiny.facts).toEqual([])
    expect(tiny.numbers.map(([name]) => name)).not.toContain('log-rank p')
    expect(JSON.stringify(tiny)).not.toMatch(/"p","value"|χ/)
  })
})
