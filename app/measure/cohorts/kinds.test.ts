import { describe, expect, it } from 'vitest'
import type { ScoreRow } from './cohort-rows.ts'
import { armFigures, countBlocks } from './count-blocks.ts'
import { scoreBlocks } from './score-blocks.ts'
import { scoreFigures } from './score-figures.ts'
import { urineBlocks } from './urine-blocks.ts'
import { endpointFigures, meanWithLimits, readPatterns } from './urine-figures.ts'

describe('weekly urine by group', () => {
  const people = readPatterns([
    { weeks: '----------------', group: 'a' },
    { weeks: '-o-o++++oooooooo', group: 'a' },
    { weeks: '--', group: 'b' },
  ])
  const asked = { at: [2], ticks: [0] }

  it('leaves people out of whom a definition cannot speak, and counts them', () => {
    expect(endpointFigures('abstinentAtEndCtn94', people, asked)).toEqual({
      name: 'abstinentAtEndCtn94',
      notTold: 1,
      answer: 'yes-no',
      groups: [{ label: 'a', yes: 1, n: 2, share: 0.5, limits: expect.objectContaining({ conf: 0.95 }) }],
    })
  })

  it('counts a missing week as each definition says', () => {
    const first = endpointFigures('firstUseMokri2016', people, asked)
    const ignored = endpointFigures('firstUseShufman1994', people, asked)
    if (first.answer !== 'time' || ignored.answer !== 'time') throw new Error('no times')
    const median = (figures: typeof first.figures) => figures.groups[0]!.drawn.steps.map(({ time }) => time)
    // Week 2 has no sample: use in one definition, none in the other.
    expect(median(first.figures)).toEqual([2])
    expect(median(ignored.figures)).toEqual([5])
  })

  it('says in words how weeks without a sample count', () => {
    const [block] = urineBlocks([{ weeks: '-o-', group: 'a' }], 'firstUseShufman1994', { at: [1] })
    expect(block!.caution).toContain('counts as a week without use')
  })
})

it('draws the definitions one by one for very many people', () => {
  const few = Array.from({ length: 3 }, () => ({ weeks: '-o-', group: 'a' }))
  const many = Array.from({ length: 20_001 }, () => ({ weeks: '-', group: 'a' }))
  const ids = (rows: typeof few) =>
    urineBlocks(rows, 'firstUseMokri2016', { at: [1] }, true).map(({ id }) => id)
  expect(ids(few)).toContain('all-definitions')
  expect(ids(few)).toHaveLength(17)
  expect(ids(many)).toEqual(['urine-first-use-mokri-2016', 'weeks'])
})

describe('means', () => {
  it('by hand: 1, 2, 6', () => {
    // Standard error √(7/3), t with 2 degrees of freedom 4.302653.
    const { mean, limits } = meanWithLimits([1, 2, 6])
    expect(mean).toBe(3)
    expect(limits!.upper).toBeCloseTo(3 + 4.302653 * Math.sqrt(7 / 3), 5)
    expect(meanWithLimits([4]).limits).toBeUndefined()
    expect(meanWithLimits([4, 4]).limits).toBeUndefined()
  })
})

describe('scores by visit', () => {
  const row = (person: number, visit: number, score: number | undefined, group = 'a'): ScoreRow => ({
    person,
    visit,
    score,
    baseline: undefined,
    group,
  })

  it('tells of how many the score is not known at each visit', () => {
    const figures = scoreFigures([row(1, 0, 20), row(2, 0, 10), row(1, 4, 12), row(2, 4, undefined)])
    expect(figures.scores).toMatchObject([
      { visit: 0, known: 2, notKnown: 0, mean: 15 },
      { visit: 4, known: 1, notKnown: 1, mean: 12 },
    ])
    // The first visit is the one before, and only who has both counts.
    expect(figures.changes).toMatchObject([{ visit: 4, known: 1, notKnown: 1, mean: -8 }])
    expect(figures.model).toEqual({ ok: false, why: 'it compares two groups' })
  })

  it('says why there is no model', () => {
    const two = [row(1, 0, 20), row(2, 0, 10, 'b'), row(1, 4, 12), row(2, 4, 9, 'b')]
    expect(scoreFigures(two).model).toEqual({
      ok: false,
      why: 'it needs two visits or more after the score before',
    })
    const few = [...two, row(1, 8, 11), row(2, 8, 5, 'b')]
    expect(scoreFigures(few).model).toMatchObject({ ok: false })
  })
})

describe('a change of two groups over three visits', () => {
  const rows = (people: number): ScoreRow[] =>
    Array.from({ length: 2 * people }, (_, person) => person).flatMap((person) =>
      [0, 1, 2, 4].flatMap((visit) => {
        const lost = visit === 4 && person % 3 === 0
        const score =
          20 + ((person * 7) % 11) - visit * (person % 2 === 0 ? 2 : 1) + ((person * visit * 5) % 7)
        return lost
          ? []
          : [{ person, visit, score, baseline: undefined, group: person % 2 === 0 ? 'a' : 'b' }]
      }),
    )
  const mapping = {
    kind: 'repeated-scores',
    separator: 'comma',
    decimal: 'point',
    missing: [],
    whenMissing: 'refuse',
    person: 'who',
    visit: 'week',
    visitUnit: 'weeks',
    score: 'score',
    better: 'lower',
  } as const

  it('says of how many it is not known at each visit', () => {
    const change = scoreBlocks(rows(18), mapping)[1]!
    expect(change.finding).toContain(
      'Not known, a and b: week 1: 0 of 18 and 0 of 18; week 2: 0 of 18 and 0 of 18; week 4: 6 of 18 and 6 of 18.',
    )
    expect(change.tables[0]!.rows.at(-1)).toMatchObject({ first_not_known: 6, second_not_known: 6 })
  })

  it('compares with the group of reference', () => {
    const of = (reference: string) => {
      const { model } = scoreFigures(rows(18), reference)
      if (!model.ok) throw new Error(model.why)
      return model.visits[2]!.difference.estimate
    }
    expect(of('b')).toBeCloseTo(-of('a'), 8)
  })

  it('tells no p where fewer than ten of a group have a score', () => {
    const ps = (people: number) => {
      const { model } = scoreFigures(rows(people))
      if (!model.ok) throw new Error(model.why)
      return model.visits.map(({ difference }) => difference.p !== undefined)
    }
    expect(ps(18)).toEqual([true, true, true])
    expect(ps(12)).toEqual([true, true, false])
    expect(ps(9)).toEqual([false, false, false])
    expect(scoreBlocks(rows(9), mapping)[1]!.caution).toContain('No p value: “a” has 9 people')
  })
})

describe('counts by arm', () => {
  const arm = (study: string, name: string, events: number, people: number) => ({
    study,
    arm: name,
    events,
    people,
  })

  it('compares within studies alone, and names those that compare nothing', () => {
    const { arms, studiesWithout } = armFigures(
      [
        arm('10', 'none', 5, 50),
        arm('10', 'talk', 10, 50),
        arm('2', 'talk', 4, 20),
        arm('2', 'none', 0, 20),
        arm('7', 'talk', 1, 9),
      ],
      'none',
    )
    expect(studiesWithout).toEqual(['7'])
    expect(arms.map(({ arm: name }) => name)).toEqual(['talk'])
    expect(
      arms[0]!.comparisons.map(({ study, difference, ratio }) => [study, difference, ratio?.ratio]),
    ).toEqual([
      // Nobody had the event: a difference, and no ratio.
      ['2', 0.2, undefined],
      ['10', 0.1, 2],
    ])
    expect(arms[0]!.pooled?.df).toBe(1)
  })

  it('draws ratios around 1 on a scale of powers of two, and tells no p of few events', () => {
    const mapping = {
      kind: 'counts-by-arm',
      separator: 'comma',
      decimal: 'point',
      missing: [],
      whenMissing: 'refuse',
      study: 's',
      arm: 'a',
      events: 'x',
      people: 'n',
      reference: 'none',
    } as const
    const rows = [
      arm('1', 'none', 1, 50),
      arm('1', 'talk', 3, 50),
      arm('2', 'none', 2, 50),
      arm('2', 'talk', 3, 50),
    ]
    const [difference, ratio] = countBlocks(rows, mapping)
    expect(ratio!.drawing).toMatchObject({ unit: 'ratio', reference: { value: 1 } })
    const [low, high] = ratio!.drawing?.kind === 'intervals' ? ratio!.drawing.range! : [0, 0]
    expect([Number.isInteger(Math.log2(low)), Number.isInteger(Math.log2(high))]).toEqual([true, true])
    expect([low <= 0.5, high >= 3]).toEqual([true, true])
    expect(difference!.facts).toEqual([])
    expect(difference!.caution).toContain('No p value: “none” has 100 people and 3 events.')
    expect(difference!.numbers).toContainEqual(['Mantel-Haenszel p', 'too few'])
    expect(countBlocks(rows, { ...mapping, reference: 'talk' })[0]!.title).toContain('none beside talk')
  })
})
