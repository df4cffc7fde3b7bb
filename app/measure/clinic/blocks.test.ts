import { describe, expect, it } from 'vitest'
import { abstinenceBlock, daysBlock } from './abstinence-blocks.ts'
import { changeBlock, heavyDrinkingBlock } from './change-blocks.ts'
import type { FigureBlock } from './figure-block.ts'
import { firstOfTwoBlock } from './first-of-two-block.ts'
import { funnelBlock, quartersBlock, subgroupsBlock } from './group-blocks.ts'
import { cellInWords, tableRows } from './numbers-words.ts'
import { cravingBlock, retentionBlock } from './retention-blocks.ts'
import { sessionBlock } from './session-block.ts'
import { timedBlock } from './timed-block.ts'

/** Bigger numbers than the demonstration has, worked out by hand. */
const states = (noUse: number, use: number, missing: number) => ({ 'no-use': noUse, use, missing })
const cells = (block: FigureBlock, table = 0) =>
  block.tables[table]!.rows.map((row) =>
    block.tables[table]!.columns.map((column) => cellInWords(row[column.key], column)).join(' | '),
  )

describe('time to an event', () => {
  it('tells curve, people, lost, median and mean', () => {
    // 100 people: 20 events on day 30, 20 stop on day 60, 30 events on day 90, 30 followed to day 365.
    const block = timedBlock(
      'time-to-relapse',
      [
        { days: 30, event: true, censoredWhy: null, people: 20 },
        { days: 60, event: false, censoredWhy: 'stopped-answering', people: 20 },
        { days: 90, event: true, censoredWhy: null, people: 30 },
        { days: 365, event: false, censoredWhy: 'end-of-follow-up', people: 30 },
      ],
      'Harbor',
      false,
    )
    // 80/100, then 30/60 of it: 40 %.
    expect(block.finding).toMatch(/^Of 100 people, 40\.0 % had no relapse by day 365 \(95 % interval /)
    expect(block.line).toMatchObject({ people: 100, lost: 20 })
    expect(cells(block, 1)).toEqual([
      'Relapse seen | 50',
      'Not so far, days still told | 0',
      'Not as far as known, no days told any more | 20',
      'No day ever told | 0',
      'Not until day 365 | 30',
      'Together | 100',
    ])
    // 30 · 1 + 60 · 0.8 + 275 · 0.4 = 188 days.
    expect(block.facts.find(({ term }) => term === 'Mean of the first 365 days')?.value).toBe('188.0 days')
    expect(block.facts.find(({ term }) => term === 'Half had a relapse by')?.value).toBe('day 90')
  })

  it('has no curve for nine people', () => {
    const block = timedBlock(
      'time-to-lapse',
      [{ days: 40, event: true, censoredWhy: null, people: 9 }],
      'Harbor',
      false,
    )
    expect([block.finding, block.line, block.drawing]).toEqual([undefined, undefined, undefined])
    expect(block.facts).toEqual([{ term: 'People', value: 'fewer than 10' }])
  })
})

it('counts losing touch as an event of its own', () => {
  // 100 people: 20 relapse on day 50, 30 are gone on day 60, 50 followed on.
  const block = firstOfTwoBlock(
    [
      { days: 50, first: 1, people: 20 },
      { days: 60, first: 2, people: 30 },
      { days: 400, first: 0, people: 50 },
    ],
    false,
  )
  expect(block.finding).toMatch(
    /^By day 180, of 100 people: relapse first 20\.0 % .* lost touch first 30\.0 % .* neither 50\.0 %\.$/,
  )
})

describe('shares without use', () => {
  it('stand beside each other with what they would be if the missing had used more often', () => {
    const block = abstinenceBlock('week', [{ day: 90, counts: states(40, 40, 20) }], false)
    expect(block.finding).toBe(
      'Day 90, missing as use: 40.0 % without use, 40 of 100 people (95 % interval 30.9 to 49.8 %). Whatever became of the missing, it lies between 40.0 % and 60.0 %.',
    )
    // Wilson by hand, 40 of 100: (0.4 + 3.8415/200 ± 1.96 √(0.24/100 + 3.8415/40000)) / (1 + 3.8415/100).
    expect(cells(block)).toEqual([
      '90 | Missing as use | 40 | 100 | 20 | 40.0 % | 30.9 to 49.8 %',
      '90 | Missing left out | 40 | 80 | 20 | 50.0 % | 39.3 to 60.7 %',
      '90 | Missing as no use | 60 | 100 | 20 | 60.0 % | 50.2 to 69.1 %',
    ])
    // Odds 1: half of the missing. Odds of use 5 times 1: 1/6 of them.
    expect(cells(block, 1).map((row) => row.split(' | ').slice(0, 3))).toEqual([
      ['90', '1', '50.0 %'],
      ['90', '2', '46.7 %'],
      ['90', '5', '43.3 %'],
      ['90', '10', '41.8 %'],
    ])
  })

  it('are withheld in picture, table and download alike', () => {
    const block = abstinenceBlock('week', [{ day: 90, counts: states(30, 12, 4) }], false)
    expect(cells(block)).toEqual([
      '90 | Missing as use | 30 | 46 | withheld | 65.2 % | 50.8 to 77.3 %',
      '90 | Missing left out | withheld | withheld | withheld | withheld | withheld',
      '90 | Missing as no use | withheld | withheld | withheld | withheld | withheld',
    ])
    expect(tableRows(block.tables[0]!)[2]!.slice(2)).toEqual([
      'Missing left out',
      'withheld',
      'withheld',
      'withheld',
      'withheld',
      'withheld',
      'withheld',
    ])
    const rows = block.drawing?.kind === 'intervals' ? block.drawing.groups[0]!.rows : []
    expect(rows.map(({ value }) => value === undefined)).toEqual([false, true, true])
  })

  it('are found at day 90 though a brighter day stands before it, else at the first day that can be shown', () => {
    const at = (day: 28 | 90, counts: ReturnType<typeof states>) => ({ day, counts })
    const found = (...points: ReturnType<typeof at>[]) =>
      abstinenceBlock('week', points, false).finding?.slice(0, 42)
    expect(found(at(28, states(80, 10, 10)), at(90, states(40, 40, 20)))).toBe(
      'Day 90, missing as use: 40.0 % without use',
    )
    expect(found(at(28, states(80, 10, 10)), at(90, states(4, 3, 2)))).toBe(
      'Day 28, missing as use: 80.0 % without use',
    )
  })

  it('say when there are too few', () => {
    expect(abstinenceBlock('continuous', [{ day: 90, counts: states(3, 4, 1) }], false).nothing?.title).toBe(
      'Too few people to say',
    )
  })

  it('are told as days too', () => {
    // Ten with all 90 days without use, ten with 45 without and 45 unknown.
    const block = daysBlock(
      [
        {
          day: 90,
          counts: [
            { noUseDays: 90, useDays: 0, people: 10 },
            { noUseDays: 45, useDays: 0, people: 10 },
          ],
        },
      ],
      false,
    )
    expect(cells(block).map((row) => row.split(' | ').slice(1, 5).join(' | '))).toEqual([
      'Unknown days as use | 20 | 25.0 % | 75.0 %',
      'Unknown days left out | 20 | 25.0 % | 100.0 %',
      'Unknown days as no use | 20 | 25.0 % | 100.0 %',
    ])
    // Half-width: t(19) 2.093 · √(0.0625 · 20 / 19 / 20) = 12.0 points.
    expect(cells(block)[0]).toContain('63.0 to 87.0 %')
  })
})

it('tells who is in touch', () => {
  expect(cells(retentionBlock([{ day: 90, here: 40, left: 60 }], false))).toEqual([
    '90 | 40 | 100 | 40.0 % | 30.9 to 49.8 %',
  ])
  expect(retentionBlock([{ day: 90, here: 40, left: 3 }], false).nothing).toBeDefined()
})

it('tells craving by median and quartiles with those who did not answer', () => {
  const block = cravingBlock(
    [
      {
        day: 28,
        counts: [
          { sum: 4, answers: 2, people: 10 },
          { sum: 12, answers: 2, people: 10 },
          { sum: 0, answers: 0, people: 12 },
        ],
      },
    ],
    false,
  )
  // Ten times 2 and ten times 6.
  expect(cells(block)).toEqual(['28 | 20 | 12 | 4.0 | 2.0 to 6.0'])
})

describe('questionnaires before and after', () => {
  it('count response, remission and reliable change with the missing in three ways', () => {
    const block = changeBlock(
      'phq-9',
      [
        { state: 'compared', before: 16, after: 4, people: 20 },
        { state: 'compared', before: 16, after: 15, people: 30 },
        { state: 'no-result', before: 16, after: null, people: 10 },
        { state: 'not-yet', before: 16, after: null, people: 14 },
      ],
      false,
    )
    const rows = cells(block)
    expect(rows.slice(0, 3)).toEqual([
      'Response | Missing as no | 20 | 60 | 33.3 % | 22.7 to 45.9 %',
      'Response | Missing left out | 20 | 50 | 40.0 % | 27.6 to 53.8 %',
      'Response | Missing as yes | 30 | 60 | 50.0 % | 37.7 to 62.3 %',
    ])
    expect(
      rows.filter((row) => row.startsWith('Worse by 6 points or more')).map((row) => row.split(' | ')[2]),
    ).toEqual(['0', '0', '10'])
    expect(cells(block, 1)).toContain('Not yet due | 14')
  })

  it('show an outcome whole or not at all where the missing are told', () => {
    // Three got worse: with the missing known from the other outcomes, 60 − 47 would tell them.
    const block = changeBlock(
      'phq-9',
      [
        { state: 'compared', before: 16, after: 4, people: 20 },
        { state: 'compared', before: 10, after: 18, people: 3 },
        { state: 'compared', before: 16, after: 15, people: 27 },
        { state: 'no-result', before: 16, after: null, people: 10 },
      ],
      false,
    )
    const worse = cells(block).filter((row) => row.startsWith('Worse'))
    expect(worse.length).toBe(3)
    for (const row of worse) expect(row).toContain('withheld | withheld | withheld | withheld')
  })

  it('count a fall from medium to low as two levels', () => {
    const block = changeBlock(
      'who-rdl',
      [
        { state: 'compared', before: 2, after: 1, people: 20 },
        { state: 'compared', before: 4, after: 3, people: 10 },
        { state: 'compared', before: 3, after: 3, people: 20 },
      ],
      false,
    )
    expect(cells(block).map((row) => row.split(' | ').slice(0, 4).join(' | '))).toEqual([
      'One level lower or more | Missing as no | 30 | 50',
      'One level lower or more | Missing left out | 30 | 50',
      'One level lower or more | Missing as yes | 30 | 50',
      'Two levels lower or more | Missing as no | 20 | 50',
      'Two levels lower or more | Missing left out | 20 | 50',
      'Two levels lower or more | Missing as yes | 20 | 50',
    ])
  })

  it('tell heavy drinking days of the same people before and after', () => {
    const block = heavyDrinkingBlock(
      [
        { state: 'compared', before: 60, after: 20, people: 10 },
        { state: 'compared', before: 40, after: 20, people: 10 },
        { state: 'no-result', before: 50, after: null, people: 10 },
      ],
      false,
    )
    // Differences −40 and −20: mean −30, t(19) 2.093 · 10.26 / √20 = 4.8.
    expect(cells(block)[2]).toBe('Difference | 20 | -30.0 | -34.8 to -25.2')
  })
})

describe('sessions', () => {
  const noted = (doseNumber: number, mgFrom: number | null, sessions: number, nauseaNoted: number) => ({
    doseNumber,
    mgFrom,
    sessions,
    people: sessions,
    nauseaNoted,
    distressNoted: 0,
    stoppedEarly: 0,
    leftByOverride: 0,
  })

  it('are told per 100 with exact intervals', () => {
    const block = sessionBlock('dose-number', [noted(1, 40, 60, 20), noted(2, 40, 40, 10)], false)
    // Garwood by hand: 30 events in 100 sessions, χ²(0.025; 60)/2 = 20.24 and χ²(0.975; 62)/2 = 42.83.
    expect(cells(block).slice(0, 3)).toEqual([
      'Nausea noted | All sessions | 30 | 100 | 30.0 | 20.2 to 42.8',
      'Nausea noted | Dose 1 | 20 | 60 | 33.3 | 20.4 to 51.5',
      'Nausea noted | Dose 2 | 10 | 40 | 25.0 | 12.0 to 46.0',
    ])
    // Nobody noted distress: none of 100, at most 3.7.
    expect(cells(block).filter((row) => row.startsWith('Distress noted | All'))).toEqual([
      'Distress noted | All sessions | 0 | 100 | 0.0 | 0.0 to 3.7',
    ])
  })

  it('stand by recorded dose, with those of unknown amount apart', () => {
    const block = sessionBlock(
      'mg',
      [noted(1, 40, 30, 12), noted(2, 60, 30, 10), noted(3, null, 20, 10)],
      false,
    )
    expect(cells(block).slice(1, 4)).toEqual([
      'Nausea noted | 40 to under 60 mg | 12 | 30 | 40.0 | 20.7 to 69.9',
      'Nausea noted | 60 to under 80 mg | 10 | 30 | 33.3 | 16.0 to 61.3',
      'Nausea noted | Amount not recorded | 10 | 20 | 50.0 | 24.0 to 92.0',
    ])
  })

  it('withhold a step that tells few, and the next so that it cannot be subtracted', () => {
    const block = sessionBlock(
      'dose-number',
      [noted(1, 40, 60, 20), noted(2, 40, 40, 15), noted(3, 40, 20, 3)],
      false,
    )
    expect(cells(block).slice(0, 4)).toEqual([
      'Nausea noted | All sessions | 38 | 120 | 31.7 | 22.4 to 43.5',
      'Nausea noted | Dose 1 | 20 | 60 | 33.3 | 20.4 to 51.5',
      'Nausea noted | Dose 2 | withheld | 40 | withheld | withheld',
      'Nausea noted | Dose 3 | withheld | 20 | withheld | withheld',
    ])
  })

  it('tell nothing of one person, however many sessions', () => {
    const all = noted(1, 40, 40, 0)
    const ofOne = { ...noted(6, 40, 12, 0), people: 1, stoppedEarly: 12 }
    const rows = cells(sessionBlock('dose-number', [all, ofOne], false))
    expect(rows.filter((row) => row.startsWith('Infusion stopped early'))).toEqual([
      'Infusion stopped early | All sessions | withheld | 52 | withheld | withheld',
      'Infusion stopped early | Dose 1 | withheld | withheld | withheld | withheld',
      'Infusion stopped early | Dose 6 and later | withheld | withheld | withheld | withheld',
    ])
    // Twelve doses of each of four people: 48 sessions.
    const four = Array.from({ length: 12 }, (_, at) => noted(at + 1, 40, 4, 4))
    expect(sessionBlock('dose-number', four, false).nothing?.title).toBe('Too few sessions to say')
  })
})

describe('groups', () => {
  const group = (label: string, noUse: number, use: number, missing: number) => ({
    label,
    counts: states(noUse, use, missing),
  })

  it('stand side by side with people, missing and interval, and the warning about many', () => {
    const block = subgroupsBlock(
      90,
      [{ label: 'Sex', groups: [group('female', 30, 20, 10), group('male', 20, 50, 10)] }],
      false,
    )
    expect(cells(block)).toEqual([
      'female | Sex | 60 | 10 | 30 | 50.0 % | 37.7 to 62.3 %',
      'male | Sex | 80 | 10 | 20 | 25.0 % | 16.8 to 35.5 %',
    ])
    // Neither lowest nor highest is picked, and no chance is told that supposes independent groups.
    expect(block.finding).toBe(
      'Without use at day 90, missing counted as use. Sex: female 50.0 % (95 % interval 37.7 to 62.3 %), 30 of 60; male 25.0 % (95 % interval 16.8 to 35.5 %), 20 of 80.',
    )
    expect(block.caution).not.toMatch(/\d/)
  })

  it('are withheld with another when one is small', () => {
    const block = subgroupsBlock(
      90,
      [
        {
          label: 'Sex',
          groups: [group('female', 30, 20, 10), group('male', 40, 50, 0), group('other', 4, 3, 0)],
        },
      ],
      false,
    )
    expect(block.finding).toMatch(/Sex: male 44\.4 % \(.*\), 40 of 90; no other group of it can be shown\.$/)
    expect(cells(block)).toEqual([
      'female | Sex | withheld | withheld | withheld | withheld | withheld',
      'male | Sex | 90 | 0 | 40 | 44.4 % | 34.6 to 54.7 %',
      'other | Sex | withheld | withheld | withheld | withheld | withheld',
    ])
  })

  it('of clinicians are drawn from five on, and too few say so', () => {
    const five = [40, 45, 50, 42, 90].map((noUse, at) => group(`Clinician ${at + 1}`, noUse, 100 - noUse, 0))
    const block = funnelBlock(90, five, false)
    // Together 267 of 500 = 53.4 %, standard error of a hundred 5.0: 40 and 42 lie below 43.6 and above 38.0, 90 far above.
    expect(block.finding).toBe(
      'Around the common share of 53.4 %, 2 of 5 clinicians lie within the 95 % limits, 2 between the 95 % and 99.8 % limits, 1 beyond.',
    )
    const few = funnelBlock(90, five.slice(0, 4), false)
    expect([few.drawing, few.finding, few.nothing?.title]).toEqual([
      undefined,
      undefined,
      'Too few clinicians for a funnel',
    ])
    expect(few.tables.length).toBe(1)
  })

  it('of quarters are held against everybody together', () => {
    const block = quartersBlock(90, [
      group('January to March 2025', 50, 50, 0),
      group('April to June 2025', 50, 50, 0),
      group('July to September 2025', 20, 80, 0),
    ])
    // Together 40 %, standard error of a hundred 4.9: chance alone keeps 30.4 to 49.6.
    expect(block.finding).toContain('3 of 3 quarters lie outside')
    const alone = quartersBlock(90, [group('January to March 2025', 50, 50, 0)])
    expect(alone.finding).toMatch(/Too few quarters can be shown to hold one against the others\.$/)
    expect([alone.drawing, cells(alone)[0]!.split(' | ').at(-1)]).not.toContain('within')
    expect(cells(block).map((row) => row.split(' | ').at(-1))).toEqual([
      'outside 95 %',
      'outside 95 %',
      'outside 95 %',
    ])
  })
})
