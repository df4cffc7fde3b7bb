import { describe, expect, it } from 'vitest'
import type { Actor, Role } from '../../platform/actor.ts'
import type { AccountId, ClinicId, MembershipId } from '../../platform/ids.ts'
import { abstinenceBlock } from './abstinence-blocks.ts'
import { changeBlock } from './change-blocks.ts'
import { labelledClinicians } from './clinicians.ts'
import { firstOfTwoBlock } from './first-of-two-block.ts'
import { funnelBlock, subgroupsBlock } from './group-blocks.ts'
import { tableRows } from './numbers-words.ts'
import { retentionBlock } from './retention-blocks.ts'
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
    if (block.drawing?.kind !== 'curve') throw new Error('no curve')
    expect(block.drawing.group.steps.map(({ time }) => time)).toEqual([90, 365])
    expect(block.drawing.group.censorTimes).toEqual([])
    expect(block.tables[0]!.rows.map(({ day }) => day)).toEqual([0, 90, 365])
    // 12 of 50, then 23 of the 38 left.
    expect(block.tables[0]!.rows[2]!.without).toBeCloseTo(15 / 50, 12)
    expect(block.facts.map(({ term }) => term)).toEqual(['People', 'Lost sight of'])
    expect(block.definitions.map(({ id }) => id)).not.toContain('restricted-mean')
    const said = JSON.stringify(block)
    expect(said).not.toMatch(/Half had|Mean of the first/)
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
