import { describe, expect, it } from 'vitest'
import type { Actor, Role } from '../../platform/actor.ts'
import type { AccountId, ClinicId, MembershipId } from '../../platform/ids.ts'
import { abstinenceBlock, daysBlock } from './abstinence-blocks.ts'
import { changeBlock, heavyDrinkingBlock } from './change-blocks.ts'
import { labelledClinicians } from './clinicians.ts'
import { firstOfTwoBlock } from './first-of-two-block.ts'
import { funnelBlock, subgroupsBlock } from './group-blocks.ts'
import { tableRows } from './numbers-words.ts'
import { cravingBlock, retentionBlock } from './retention-blocks.ts'
import { sessionBlock } from './session-block.ts'
import { timedBlock } from './timed-block.ts'
import { knowsClinicians, seesStrictFigures } from './viewer.ts'

const member = (...roles: Role[]): Actor => ({
  kind: 'member',
  clinicId: 'clinic' as ClinicId,
  accountId: 'own' as AccountId,
  membershipId: 'membership' as MembershipId,
  name: 'Ash',
  roles,
})
const event = (days: number, people: number) => ({ days, event: true, censoredWhy: null, people })
const ended = (days: number, people: number) =>
  ({ days, event: false, censoredWhy: 'end-of-follow-up', people }) as const
const states = (noUse: number, use: number, missing: number) => ({ 'no-use': noUse, use, missing })

describe('who gets strict figures', () => {
  it.each([
    [member('researcher'), true],
    [member('manager'), true],
    [member('researcher', 'manager', 'coordinator'), true],
    [member('manager', 'prescriber'), false],
    [member('nurse'), false],
    [member('therapist'), false],
    [{ kind: 'visitor', clinicId: 'clinic' as ClinicId } as const, true],
  ])('%o: %s', (actor, strict) => expect(seesStrictFigures(actor)).toBe(strict))
})

describe('a strict curve', () => {
  it('is none where one event could be worked out', () => {
    const block = timedBlock('time-to-relapse', [event(40, 1), ended(365, 49)], 'Harbor', true)
    expect([block.finding, block.drawing, block.tables, block.facts]).toEqual([undefined, undefined, [], []])
    // The team's view of the same people tells the one event: that it may be told there is said in its definition.
    expect(timedBlock('time-to-relapse', [event(40, 1), ended(365, 49)], 'Harbor', false).finding).toContain(
      '98.0 %',
    )
  })

  it('stands at fixed days, without daily steps, median and mean', () => {
    // Twelve on twelve different days, three in the second quarter: day 180 would tell the three.
    const rows = [
      ...Array.from({ length: 12 }, (_, at) => event(31 + 3 * at, 1)),
      event(120, 3),
      event(250, 20),
      ended(365, 15),
    ]
    const block = timedBlock('time-to-relapse', rows, 'Harbor', true)
    if (block.drawing?.kind !== 'intervals') throw new Error('no points')
    expect(block.drawing.groups[0]!.rows.map(({ label }) => label)).toEqual(['Day 90', 'Day 365'])
    expect(block.drawing.note).toBe('Between the days shown nothing is told.')
    // 12 of 50, then 23 of the 38 left. Still observed: nobody who had the event by that day.
    expect(block.tables[0]!.rows.map(({ day, still_observed }) => [day, still_observed])).toEqual([
      [90, 38],
      [365, 15],
    ])
    expect(block.tables[0]!.rows[1]!.without).toBeCloseTo(15 / 50, 12)
    expect(block.facts.map(({ term }) => term)).toEqual(['People', 'Lost sight of'])
    expect(block.definitions.map(({ id }) => id)).not.toContain('restricted-mean')
    const said = JSON.stringify(block)
    expect(said).not.toMatch(/Half had|Mean of the first/)
  })

  it('lies near the one of single days, within what the lost leave open', () => {
    // On each of 360 days one person has the event and one is lost; forty are followed to the end.
    const rows = Array.from({ length: 360 }, (_, at) => [
      event(at + 1, 1),
      { days: at + 1, event: false, censoredWhy: 'stopped-answering', people: 1 } as const,
    ])
    const counts = [...rows.flat(), ended(365, 40)]
    const rowsOf = (strict: boolean) =>
      timedBlock('time-to-relapse', counts, 'Harbor', strict).tables[0]!.rows
    const [exact, told] = [false, true].map((strict) => rowsOf(strict).find(({ day }) => day === 180)!)
    const share = exact!.without as number
    expect(Math.abs((told!.without as number) - share)).toBeLessThan(0.01)
    const { lower, upper } = told!.by_when_lost as { lower: number; upper: number }
    expect([lower < share, share < upper]).toEqual([true, true])
    // Of the last half year the lost leave 13 to 41 % open: too much for a share.
    expect(rowsOf(true).map(({ day }) => day)).toEqual([30, 90, 180])
    expect(timedBlock('time-to-relapse', counts, 'Harbor', true).finding).toContain('depending on when')
  })

  it('is withheld beside another of which a few more people are counted', () => {
    const rows = [event(40, 20), ended(365, 75)]
    const beside = (others: number) => timedBlock('time-to-lapse', rows, 'Harbor', true, others)
    expect([95, 105].map((others) => beside(others).tables.length)).toEqual([2, 2])
    expect(beside(100)).toMatchObject({ tables: [], facts: [], nothing: { title: 'Withheld' } })
    expect(timedBlock('time-to-lapse', rows, 'Harbor', false, 100).tables.length).toBe(2)
  })

  it('is the same for whoever moves single events between two days shown', () => {
    const at = (day: number) =>
      timedBlock('time-to-relapse', [event(day, 20), ended(365, 30)], 'Harbor', true)
    expect(at(31)).toEqual(at(89))
  })

  it('keeps the reasons from telling each other', () => {
    // The curve tells the 20 events, so they cannot hide the four who stopped answering.
    const stopped = { days: 365, event: false, censoredWhy: 'stopped-answering', people: 4 } as const
    const block = timedBlock('time-to-relapse', [event(40, 20), ended(365, 30), stopped], 'Harbor', true)
    expect(block.tables[1]!.rows.map(({ people }) => people)).toEqual([20, 0, undefined, 0, undefined, 54])
  })

  it('of what came first is withheld with one relapse, and tells tens', () => {
    const few = [
      { days: 30, first: 1 as const, people: 1 },
      { days: 60, first: 2 as const, people: 3 },
      { days: 365, first: 0 as const, people: 46 },
    ]
    expect(firstOfTwoBlock(few, true).tables).toEqual([])
    const tens = few.map((row) => ({ ...row, people: row.people + 10 }))
    expect(firstOfTwoBlock(tens, true).tables[0]!.rows.map(({ day }) => day)).toContain(365)
    // 11 relapsed first, 13 lost touch first.
    const beside = (relapsed: number, lostTouch: number) =>
      firstOfTwoBlock(tens, true, [relapsed, lostTouch]).tables.length
    expect([beside(11, 13), beside(21, 13), beside(11, 18), beside(12, 13)]).toEqual([1, 1, 0, 0])
  })
})

describe('strict shares', () => {
  it('are withheld where a count is small or nobody’s', () => {
    for (const counts of [states(30, 20, 0), states(0, 20, 20), states(30, 3, 20)]) {
      const block = abstinenceBlock('week', [{ day: 90, counts }], true)
      expect([block.finding, block.tables]).toEqual([undefined, []])
    }
    expect(abstinenceBlock('week', [{ day: 90, counts: states(30, 20, 10) }], true).finding).toContain(
      '30 of 60',
    )
    expect(retentionBlock([{ day: 90, here: 0, left: 12 }], true).tables).toEqual([])
    expect(retentionBlock([{ day: 90, here: 20, left: 12 }], true).finding).toContain('20 of 32')
    const change = changeBlock('phq-9', [{ state: 'compared', before: 16, after: 4, people: 40 }], true)
    expect(change.finding).toBeUndefined()
  })

  it('of groups are withheld whole with one small or empty cell', () => {
    const group = (label: string, counts: ReturnType<typeof states>) => ({ label, counts })
    const large = group('male', states(40, 40, 10))
    for (const small of [states(30, 20, 3), states(0, 20, 20), states(20, 20, 0)]) {
      const groups = [group('female', small), large]
      expect(subgroupsBlock(90, [{ label: 'Sex', groups }], true).tables).toEqual([])
      expect(funnelBlock(90, groups, true).tables).toEqual([])
    }
    const shown = subgroupsBlock(
      90,
      [{ label: 'Sex', groups: [group('female', states(30, 20, 10)), large] }],
      true,
    )
    expect(tableRows(shown.tables[0]!).length).toBe(3)
  })
})

describe('strict means and quartiles', () => {
  const days = (noUseDays: number, useDays: number, people: number) => ({ noUseDays, useDays, people })
  // Twelve never told a day, the others stand at both ends and between.
  const spread = [days(0, 0, 12), days(90, 0, 20), days(0, 90, 20), days(40, 30, 10)]

  it('of days stand rounded, all three ways or none, with ten who told nothing', () => {
    const told = daysBlock([{ day: 90, counts: spread }], true)
    expect(told.finding).toContain(
      '40.0 % were without use if unknown days count as use (95 % interval 25.0 to 55.0 %)',
    )
    for (const { mean, unknown_days, people } of told.tables[0]!.rows) {
      expect((mean as number) * 20).toBeCloseTo(Math.round((mean as number) * 20), 9)
      expect([unknown_days, people]).toEqual([0.25, 62])
    }
    expect(told.definitions.map(({ id }) => id)).toContain('rounded-mean')
    for (const counts of [
      spread.slice(1),
      [days(0, 0, 9), ...spread.slice(1)],
      [days(0, 0, 12), days(90, 0, 50)],
      [days(0, 0, 50), days(50, 0, 9)],
    ]) {
      const withheld = daysBlock([{ day: 90, counts }], true)
      expect([withheld.finding, withheld.tables, withheld.facts]).toEqual([undefined, [], []])
    }
  })

  it('do not stand for two days of which the people differ by a few', () => {
    const two = (few: number) =>
      daysBlock(
        [
          { day: 90, counts: [...spread, days(30, 30, few)] },
          { day: 180, counts: spread.map((one) => ({ ...one, useDays: one.useDays * 2 })) },
        ],
        true,
      ).facts.map(({ term }) => term)
    expect(two(1)).toEqual(['Past day 90'])
    expect(two(10)).toEqual(['Past day 90', 'Past day 180'])
  })

  it('of craving stand in whole points, ten in each quarter', () => {
    const answers = (people: number) => [
      ...Array.from({ length: 10 }, (_, at) => ({ sum: 2 * at + 1, answers: 2, people })),
      { sum: 0, answers: 0, people: 11 },
    ]
    const block = cravingBlock([{ day: 90, counts: answers(4) }], true)
    expect(block.finding).toContain('median was 5 of 10, quartiles 3 to 8, of 40 people')
    expect(block.tables[0]!.rows).toEqual([
      { day: 90, answered: 40, not_answered: 11, median: 5, quartiles: { lower: 3, upper: 8 } },
    ])
    for (const counts of [answers(3), answers(4).slice(0, 10)]) {
      const withheld = cravingBlock([{ day: 90, counts }], true)
      expect([withheld.finding, withheld.tables, withheld.facts]).toEqual([undefined, [], []])
    }
  })

  it('of heavy drinking days stand rounded beside ten without a comparison', () => {
    const pair = (before: number, after: number, people: number) =>
      ({ state: 'compared', before, after, people }) as const
    const lost = (people: number) => ({ state: 'no-result', before: 3, after: null, people }) as const
    const pairs = [pair(93, 4, 12), pair(91, 97, 8), pair(12, 78, 10), pair(22, 3, 12)]
    const block = heavyDrinkingBlock([...pairs, lost(10)], true)
    expect(block.tables[0]!.rows.map(({ mean }) => mean)).toEqual([55, 40, -15])
    expect(block.tables[1]!.rows.map(({ people }) => people)).toEqual([42, 0, 0, 10, 0, 52])
    for (const counts of [pairs, [...pairs, lost(9)], [pair(93, 4, 40), lost(12)]]) {
      const withheld = heavyDrinkingBlock(counts, true)
      expect([withheld.finding, withheld.facts]).toEqual([undefined, []])
    }
    expect(heavyDrinkingBlock([...pairs, lost(9)], true).tables).toEqual([])
  })
})

describe('strict questionnaires', () => {
  const pair = (before: number, after: number, people: number) =>
    ({ state: 'compared', before, after, people }) as const
  const without = (state: 'not-yet' | 'no-result', people: number) =>
    ({ state, before: 12, after: null, people }) as const

  it('close the table of where people stand, and what would tell of it, when a place is small', () => {
    const pairs = [pair(20, 2, 20), pair(20, 20, 20), without('no-result', 14)]
    const open = changeBlock('phq-9', [...pairs, without('not-yet', 10)], true)
    expect(open.tables.map(({ id }) => id)).toEqual(['change-phq-9', 'change-phq-9-people'])
    const closed = changeBlock('phq-9', [...pairs, without('not-yet', 3)], true)
    expect(closed.tables.map(({ id }) => id)).toEqual(['change-phq-9'])
    // Nothing beside it holds the three: not the people due, not the missing.
    const told = JSON.stringify([closed.facts, closed.line, closed.tables])
    expect(told).toContain('54')
    expect(told).not.toMatch(/\b57\b/)
  })

  it('withhold a question whose answers beside another would tell of a few', () => {
    // Of the twenty with a response three are not in the remission range.
    const few = [pair(20, 2, 17), pair(20, 9, 3), pair(20, 20, 20), without('no-result', 12)]
    const labels = (counts: Parameters<typeof changeBlock>[1]) =>
      changeBlock('phq-9', counts, true)
        .tables[0]!.rows.filter(({ people }) => people !== undefined)
        .map(({ outcome }) => outcome)
    expect(labels(few)).not.toContain('In the remission range')
    expect(labels(few)).toContain('Response')
    expect(labels(few.map((one) => (one.people === 3 ? { ...one, people: 13 } : one)))).toContain(
      'In the remission range',
    )
  })
})

describe('strict sessions', () => {
  const noted = (doseNumber: number, sessions: number, nauseaNoted: number) => ({
    doseNumber,
    mgFrom: 40,
    sessions,
    people: sessions,
    nauseaNoted,
    distressNoted: 0,
    stoppedEarly: 0,
    leftByOverride: 0,
  })
  const steps = (counts: Parameters<typeof sessionBlock>[1]) =>
    sessionBlock('dose-number', counts, true)
      .tables[0]!.rows.filter(({ entry }) => entry === 'Nausea noted')
      .map(({ step, with_entry }) => `${step} ${with_entry}`)

  it('stand by number of dose only with ten people in every step with and without the entry', () => {
    expect(steps([noted(1, 60, 20), noted(2, 40, 12)])).toEqual(['All sessions 32', 'Dose 1 20', 'Dose 2 12'])
    expect(steps([noted(1, 60, 20), noted(2, 40, 9)])).toEqual(['All sessions 29'])
    expect(steps([noted(1, 60, 20), noted(2, 18, 10)])).toEqual(['All sessions 30'])
    // Three had no second dose, five of the others no third.
    expect(steps([noted(1, 100, 20), noted(2, 97, 20), noted(3, 92, 20)])).toEqual(['All sessions 60'])
    const none = sessionBlock('dose-number', [noted(1, 60, 9)], true)
    expect([none.nothing?.title, none.tables, none.finding]).toEqual(['Withheld', [], undefined])
  })
})

describe('the names of clinicians', () => {
  const units = [
    { group: 'own', ...states(20, 0, 0) },
    { group: 'other', ...states(10, 0, 0) },
    { group: '', ...states(1, 0, 0) },
  ]
  const namesOf = async () => new Map([['other', 'Morgan Reed']])

  it.each(['prescriber', 'nurse', 'therapist', 'researcher'] as const)(
    'are not told to a %s',
    async (role) => {
      expect(knowsClinicians(member(role))).toBe(false)
      const asked: string[][] = []
      const labels = await labelledClinicians(units, member(role), async (ids) => {
        asked.push(ids)
        return namesOf()
      })
      expect(labels.map(({ label }) => label)).toEqual(['you', 'Clinician 2', 'not known'])
      expect(asked).toEqual([])
    },
  )

  it('are told to the manager', async () => {
    const labels = await labelledClinicians(units, member('manager'), namesOf)
    expect(labels.map(({ label }) => label)).toEqual(['you', 'Morgan Reed', 'not known'])
  })
})
