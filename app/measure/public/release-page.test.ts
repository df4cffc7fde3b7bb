import { describe, expect, it } from 'vitest'
import { writeCsv } from '../../platform/csv-file.ts'
import { parseLocalDate } from '../../platform/time.ts'
import { examplePage } from './example-people.ts'
import { type BatchCounts, type PublicFigures, publicFigures } from './public-figures.ts'
import { releaseRows, withdrawnRows } from './release-csv.ts'
import { releaseDefinitions, releaseVersions } from './release-definitions.ts'
import { correctionTellsFew, type ReleaseBatch, releasePage } from './release-page.ts'
import { correctionWords, quartersInWords } from './release-words.ts'

const day = parseLocalDate
const week = (noUse: number, use: number, missing: number) => ({ 'no-use': noUse, use, missing })
const many: BatchCounts = {
  used: [week(20, 40, 20), week(12, 30, 12), week(0, 25, 10)],
  lost: [20, 15, 12],
  followed: { 'no-use': 90, missing: 14 },
  noted: { nausea: 80, distress: 30, 'stopped-early': 12 },
}
const few: BatchCounts = {
  used: [week(2, 0, 0), week(1, 1, 0), week(0, 0, 0)],
  lost: [2, 1, 1],
  followed: { 'no-use': 9, missing: 1 },
  noted: { nausea: 5, distress: 3, 'stopped-early': 1 },
}
const quarter = (from: string, to: string) => ({ from: day(from), to: day(to) })
const Q1 = quarter('2026-01-01', '2026-03-31')
const Q2 = quarter('2026-04-01', '2026-06-30')
const Q3 = quarter('2026-07-01', '2026-09-30')
const batch = (counts: BatchCounts, more: Partial<ReleaseBatch> = {}) => ({
  versions: releaseVersions,
  counts,
  ...more,
})
const said = { clinicName: 'Harbor', invented: '', countedOn: day('2027-02-01') }

describe('a page', () => {
  it('says whose first sessions it is about, and of whom the course is shown', () => {
    const page = releasePage(
      { ...batch(few), period: Q3 },
      [
        { ...batch(many), period: Q2 },
        { ...batch(few), period: Q1 },
      ],
      said,
    )
    expect(page.firstSessions).toEqual({ from: '2026-01-01', to: '2026-09-30' })
    expect(page.coursePeriod).toEqual({ from: '2026-01-01', to: '2026-06-30' })
    expect(page.figures.people).toBe(18 + 320 + 18)
  })

  it('leaves out batches that other definitions counted, and everything before them', () => {
    const earlier = [
      { ...batch(many), period: Q2 },
      { ...batch(many, { versions: 'others' }), period: Q1 },
      { ...batch(many), period: quarter('2025-10-01', '2025-12-31') },
    ]
    const page = releasePage({ ...batch(many), period: Q3 }, earlier, said)
    expect(page.figures.people).toBe(640)
    expect(page.firstSessions).toEqual({ from: '2026-04-01', to: '2026-09-30' })
    expect(releasePage({ ...batch(many), period: Q3 }, earlier.slice(1), said).firstSessions).toEqual(Q3)
  })

  it('begins where the first of its people began, when that came to be known later', () => {
    const page = releasePage(
      { ...batch(few, { since: day('2025-10-01') }), period: Q2 },
      [{ ...batch(many), period: Q1 }],
      said,
    )
    expect(page.firstSessions).toEqual({ from: '2025-10-01', to: '2026-06-30' })
    expect(page.coursePeriod).toEqual(Q1)
  })

  it('shows no course of too few people, nor anything made of it', () => {
    const page = releasePage({ ...batch(few), period: Q1 }, [], said)
    expect(page).toMatchObject({ coursePeriod: null, curve: null, shares: null })
  })

  it('names each definition it was counted by, with its version', () => {
    const page = releasePage({ ...batch(many), period: Q1 }, [], said)
    expect(page.definitions.map(({ id }) => id)).toEqual(releaseDefinitions.map(({ id }) => id))
    for (const { id, version } of page.definitions) expect(releaseVersions).toContain(`${id}@${version}`)
    expect(releaseVersions).toContain('side-effects-by-session@')
  })
})

describe('a correction that tells what was corrected of a few', () => {
  const whole = publicFigures([many])
  const withCourse = (more: Partial<NonNullable<PublicFigures['course']>>): PublicFigures => ({
    ...whole,
    course: { ...whole.course!, ...more },
  })

  it.each<[boolean, string, PublicFigures]>([
    [false, 'nothing has changed', whole],
    [true, 'one person fewer', { ...whole, people: 319 }],
    [true, 'nine more', { ...whole, people: 329 }],
    [false, 'ten more', { ...whole, people: 330 }],
    [true, 'one first use later', withCourse({ used: [79, 55, 35] })],
    [true, 'two losses fewer, in the end', withCourse({ lost: [20, 15, 10] })],
    [true, 'one more without use in the week', withCourse({ week: week(123, 94, 103) })],
    [true, 'one fewer followed', withCourse({ followed: 103 })],
    [false, 'the same in coarser days', withCourse({ days: [60, 90], used: [134, 35], lost: [35, 12] })],
    [
      true,
      'one fewer by day 60 and fourteen more by day 90, told in coarser days',
      withCourse({ days: [60, 90], used: [133, 50], lost: [35, 12] }),
    ],
    [
      true,
      'one more in whom nausea was noted',
      { ...whole, noted: { ...whole.noted, nausea: { people: 320, count: 81, batches: 1 } } },
    ],
    [false, 'a figure that is not shown any more', { ...whole, noted: { ...whole.noted, nausea: null } }],
    [false, 'no course any more', { ...whole, course: null }],
  ])('%s: %s', (tells, _, corrected) => {
    expect(correctionTellsFew(whole, corrected)).toBe(tells)
    expect(correctionTellsFew(corrected, whole)).toBe(tells)
  })
})

const correction = {
  release: 2,
  withdrawnOn: day('2026-11-01'),
  reason: 'Two sessions were entered for the wrong day',
  correctedBy: 3,
  correctedOn: day('2026-11-05'),
}

describe('in words', () => {
  it('a correction says when, by which release, and why', () => {
    const words =
      'Corrected on Thu 5 Nov 2026 by release 3: release 2 was withdrawn on Sun 1 Nov 2026. The reason given: Two sessions were entered for the wrong day.'
    expect(correctionWords(correction)).toBe(words)
    expect(correctionWords({ ...correction, reason: `${correction.reason}.` })).toBe(words)
  })

  it('quarters are months, with the year once when it is the same', () => {
    expect(quartersInWords(quarter('2026-01-01', '2026-06-30'))).toBe('January to June 2026')
    expect(quartersInWords(quarter('2025-10-01', '2026-06-30'))).toBe('October 2025 to June 2026')
  })
})

describe('as a file', () => {
  const page = examplePage('Harbor', day('2027-02-01'))

  it('an example says so in its first line, and is the page of 320 people who never were', () => {
    const [first, ...rows] = releaseRows(page, 'example')
    expect(first).toEqual(['example', 'invented counts; nobody was treated'])
    expect(rows).toContainEqual(['clinic', 'Harbor · example, invented counts'])
    expect(rows).toContainEqual(['people', 320])
    expect(rows).toContainEqual(['An infusion stopped before its end', 'not shown yet', 'not shown yet'])
    expect(releaseRows(page, 4)[0]).toEqual(['clinic', 'Harbor · example, invented counts'])
  })

  it('a corrected page says so, and one of too few people shows no number of their course', () => {
    const young = releasePage({ ...batch(few), period: Q1 }, [], { ...said, corrections: [correction] })
    const text = writeCsv(releaseRows(young, 3))
    expect(text).toContain(`correction,${correctionWords(correction)}\r\n`)
    expect(text.match(/not shown yet/g)).toHaveLength(9)
  })

  it('a release taken back is its day and its reason, and no figure', () => {
    expect(
      withdrawnRows({
        clinicName: 'Harbor',
        number: 2,
        withdrawnOn: day('2026-11-01'),
        reason: 'Answers were lost.',
      }),
    ).toEqual([
      ['clinic', 'Harbor'],
      ['release', 2],
      ['withdrawn on', '2026-11-01'],
      ['reason', 'Answers were lost.'],
    ])
  })
})
