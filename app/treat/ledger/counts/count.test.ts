import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Instant } from '../../../platform/time.ts'
import type { LotId } from '../../session/session-event.ts'
import { type Balance, balancesOf, type ContainerId, type Movement, SAFE, type Side } from '../movement.ts'
import {
  type Count,
  type CountId,
  type CountLedger,
  type CountSheet,
  foldCount,
  itemsAt,
  lotsOwedBy,
  type SheetId,
} from './count.ts'

const LOT = 'lot' as LotId
const OTHER = 'other' as LotId
const VIAL = 'vial' as ContainerId
const AT = '2026-11-23T15:00:00.000Z' as Instant

const count = (people: 1 | 2 = 2, lotId?: LotId): Count => ({
  id: 'count' as CountId,
  place: SAFE,
  ...(lotId ? { lotId } : {}),
  people,
  begunAt: AT,
  begunBy: 'ada',
  begunSeq: 10,
})
/** Five sealed vials of 10 mL, and one opened with 4 mL in it. */
const atBegin: Balance[] = [
  { lotId: LOT, place: SAFE, hundredths: 5000 },
  { lotId: LOT, place: SAFE, container: VIAL, hundredths: 400 },
]
const movement = (seq: number, from: Side, to: Side, hundredths: number, lotId = LOT) =>
  ({ seq, lotId, from, to, hundredths, kind: 'draw', at: AT }) as Movement
const drawn = (seq: number, hundredths = 100) =>
  movement(seq, { place: SAFE, container: VIAL }, { place: { at: 'waste' } }, hundredths)
const ledger = (...movements: Movement[]): CountLedger => ({ atBegin, movements })

let number = 0
/** What one person says: whole vials, and mL of the opened one; undefined leaves the vial off the list. */
const sheet = (
  by: string,
  vials: number,
  openedMl: number | undefined,
  [seenSeq, enteredSeq]: readonly [number, number] = [10, 10],
  lotId = LOT,
): CountSheet => {
  number += 1
  return {
    id: `sheet ${number}` as SheetId,
    number,
    by,
    at: AT,
    seenSeq,
    enteredSeq,
    besides: '',
    lines: [
      { lotId, sealed: vials, openedHundredths: 0, hundredths: vials * 1000 },
      ...(openedMl === undefined
        ? []
        : [
            {
              lotId,
              container: VIAL,
              openedHundredths: Math.round(openedMl * 100),
              hundredths: Math.round(openedMl * 100),
            },
          ]),
    ],
  }
}
const fold = (sheets: readonly CountSheet[], beside = ledger(), of = count()) =>
  foldCount(of, sheets, beside)[0]!

describe('a count', () => {
  it('waits for the second person, whoever was first', () => {
    expect(fold([])).toMatchObject({ round: 1, entries: [], past: [] })
    const one = foldCount(count(), [sheet('ada', 5, 4)], ledger())
    expect(one[0]!.settled).toBeUndefined()
    expect(lotsOwedBy(one, 'ada')).toEqual([])
    expect(lotsOwedBy(one, 'ben')).toEqual([LOT])
  })

  it('does not take one person for two', () => {
    expect(fold([sheet('ada', 5, 4), sheet('ada', 5, 4)]).settled).toBeUndefined()
  })

  it('is settled by one person where one is enough', () => {
    expect(fold([sheet('ada', 5, 4)], ledger(), count(1)).settled?.verdicts).toEqual([
      { lotId: LOT, expected: 5000, counted: 5000, agrees: true },
      { lotId: LOT, container: VIAL, expected: 400, counted: 400, agrees: true },
    ])
  })

  it.each([
    // ada vials, ada mL, ben vials, ben mL → sealed, opened
    ['both as the ledger', 5, 4, 5, 4, [5000, true], [400, true]],
    ['both one vial less', 4, 4, 4, 4, [4000, false], [400, true]],
    ['both one vial more', 6, 4, 6, 4, [6000, false], [400, true]],
    [
      'estimates within 0.10 mL of each other: the middle of them',
      5,
      4.05,
      5,
      3.97,
      [5000, true],
      [401, true],
    ],
    ['an estimate 0.10 mL beside the ledger', 5, 3.9, 5, 3.9, [5000, true], [390, true]],
    ['an estimate 0.11 mL beside the ledger', 5, 3.89, 5, 3.89, [5000, true], [389, false]],
  ])('says with two people: %s', (_what, v1, m1, v2, m2, sealed, opened) => {
    const { settled } = fold([sheet('ada', v1, m1), sheet('ben', v2, m2)])
    expect(settled?.verdicts.map(({ counted, agrees }) => [counted, agrees])).toEqual([sealed, opened])
  })

  it.each([
    ['sealed', 5, 4, 4, 4, [{ lotId: LOT }]],
    ['opened', 5, 4, 5, 3.89, [{ lotId: LOT, container: VIAL }]],
  ])('lets both count again when they differ: %s', (_what, v1, m1, v2, m2, items) => {
    const differing = [sheet('ada', v1, m1), sheet('ben', v2, m2)]
    const state = foldCount(count(), differing, ledger())
    expect(state[0]).toMatchObject({ round: 2, entries: [], past: [{ why: { kind: 'differ', items } }] })
    expect(state[0]!.settled).toBeUndefined()
    expect(lotsOwedBy(state, 'ada')).toEqual([LOT])
    expect(lotsOwedBy(state, 'ben')).toEqual([LOT])
    const agreed = fold([...differing, sheet('ben', 5, 4), sheet('ada', 5, 4)])
    expect(agreed.settled?.verdicts.every(({ agrees }) => agrees)).toBe(true)
  })

  it('judges a difference as it stands after the second round, with no figure of its own', () => {
    const again = () => [sheet('ada', 5, 4), sheet('ben', 4, 4)]
    expect(fold([...again(), ...again()]).settled?.verdicts[0]).toEqual({
      lotId: LOT,
      expected: 5000,
      counted: undefined,
      agrees: false,
    })
  })

  it('asks for another count when something was moved between the first look and the last entry, and names it', () => {
    const state = fold([sheet('ada', 5, 4), sheet('ben', 5, 3, [11, 11])], ledger(drawn(11)))
    expect(state).toMatchObject({ round: 2, past: [{ why: { kind: 'moved', movements: [{ seq: 11 }] } }] })
    const again = [sheet('ada', 5, 4), sheet('ben', 5, 3, [11, 11]), sheet('ben', 5, 3, [11, 11])]
    const settled = fold([...again, sheet('ada', 5, 3, [11, 11])], ledger(drawn(11))).settled
    expect(settled).toMatchObject({
      atSeq: 11,
      verdicts: [{ agrees: true }, { expected: 300, agrees: true }],
    })
  })

  it('does not mind what was moved before both had looked, or of another lot', () => {
    const beside: CountLedger = {
      atBegin: [...atBegin, { lotId: OTHER, place: SAFE, hundredths: 100 }],
      movements: [drawn(11), movement(12, { place: SAFE }, { place: { at: 'waste' } }, 100, OTHER)],
    }
    const sheets = [sheet('ada', 5, 3, [11, 11]), sheet('ben', 5, 3, [11, 12])]
    expect(fold(sheets, beside).settled?.verdicts.every(({ agrees }) => agrees)).toBe(true)
  })

  it('asks for the vials that stood there when the list was drawn, and for the sealed stock of every lot', () => {
    const opened = movement(11, { place: SAFE }, { place: SAFE, container: 'new' as ContainerId }, 1000)
    const emptied = drawn(12, 400)
    const items = (seq: number) => itemsAt([LOT], ledger(opened, emptied), SAFE, seq)
    expect(items(10)).toEqual([{ lotId: LOT }, { lotId: LOT, container: VIAL }])
    expect(items(11)).toHaveLength(3)
    expect(items(12)).toEqual([{ lotId: LOT }, { lotId: LOT, container: 'new' }])
  })

  it('counts a lot that has nothing there any more', () => {
    const nothing: CountLedger = { atBegin: [], movements: [] }
    const state = foldCount(count(1, LOT), [sheet('ada', 0, undefined)], nothing)
    expect(state[0]!.settled?.verdicts).toEqual([{ lotId: LOT, expected: 0, counted: 0, agrees: true }])
  })
})

describe('for whatever people say and move', () => {
  const said = fc.record({
    by: fc.constantFrom('ada', 'ben', 'cy'),
    vials: fc.integer({ min: 0, max: 6 }),
    ml: fc.integer({ min: 380, max: 420 }),
    seen: fc.integer({ min: 10, max: 14 }),
    later: fc.integer({ min: 0, max: 2 }),
  })
  const moves = fc.array(fc.integer({ min: 1, max: 20 }), { maxLength: 4 })

  it('a settled lot was counted by two different people with nothing moved while they looked, against the ledger of then', () => {
    fc.assert(
      fc.property(fc.array(said, { maxLength: 12 }), moves, (all, drawnEach) => {
        const beside = ledger(...drawnEach.map((hundredths, i) => drawn(11 + i, hundredths)))
        const sheets = all.map(({ by, vials, ml, seen, later }) =>
          sheet(by, vials, ml / 100, [seen, seen + later]),
        )
        const [state] = foldCount(count(), sheets, beside)
        if (!state?.settled) return
        const { entries, verdicts, atSeq } = state.settled
        expect(new Set(entries.map(({ by }) => by)).size).toBe(2)
        const from = Math.min(...entries.map(({ seenSeq }) => seenSeq))
        expect(beside.movements.some(({ seq }) => seq > from && seq <= atSeq)).toBe(false)
        const stood = [...atBegin, ...balancesOf(beside.movements.filter(({ seq }) => seq <= atSeq))]
        for (const { container, expected, counted, agrees } of verdicts) {
          const whole = stood
            .filter((each) => each.place.at === 'safe' && each.container === container)
            .reduce((sum, { hundredths }) => sum + hundredths, 0)
          expect(expected).toBe(whole)
          if (agrees) expect(Math.abs(counted! - expected)).toBeLessThanOrEqual(container ? 10 : 0)
        }
      }),
    )
  })

  it('nothing that is entered after a lot is settled changes what it says', () => {
    fc.assert(
      fc.property(fc.array(said, { maxLength: 12 }), fc.array(said, { maxLength: 4 }), (all, more) => {
        const make = (each: typeof all) => each.map(({ by, vials, ml }) => sheet(by, vials, ml / 100))
        const first = make(all)
        const settled = fold(first).settled
        if (settled) expect(fold([...first, ...make(more)]).settled).toEqual(settled)
      }),
    )
  })
})
