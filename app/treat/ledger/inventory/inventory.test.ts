import { describe, expect, it } from 'vitest'
import type { Instant, LocalDate } from '../../../platform/time.ts'
import type { LotId, SessionId } from '../../session/session-event.ts'
import type { DrugLot } from '../lot-queries.server.ts'
import { type Balance, type CabinetId, type ContainerId, type Place, SAFE } from '../movement.ts'
import { countedLots, lotAtPlace } from './counted-lots.ts'
import {
  countedInWords,
  type InventoryRow,
  inventoryDue,
  inventoryRows,
  inventoryTotals,
  restsOn,
} from './inventory.ts'

const every = { expiresOn: '2028-01-01' as LocalDate, receivedAt: '2026-01-01T00:00:00.000Z' as Instant }
const vial: DrugLot = {
  ...every,
  id: 'v' as LotId,
  form: 'vial',
  drug: 'Ketamine hydrochloride',
  lotNumber: 'L1',
  concentrationMgPerMl: 50,
  containerMl: 10,
}
const tablets: DrugLot = {
  ...every,
  id: 't' as LotId,
  form: 'tablet',
  drug: 'Ketamine',
  lotNumber: 'T1',
  unitMg: 25,
}
const lotOf = new Map([vial, tablets].map((lot) => [lot.id, lot]))
const CABINET = 'room' as CabinetId
const cabinets = new Map([[CABINET, 'Room 2']])
const at = (hundredths: number, rest: Partial<Balance> = {}): Balance => ({
  lotId: vial.id,
  place: SAFE,
  hundredths,
  ...rest,
})

const byTwo = { when: '12:00', by: ['Ada', 'Ben'], differed: false, movedSince: false }

describe('what stands, by place and lot', () => {
  it('tells sealed from opened, units from mL, and what is drawn from both; what has left is not on hand', () => {
    const rows = inventoryRows(
      [
        at(3000),
        at(450, { container: 'a' as ContainerId }),
        at(20, { container: 'b' as ContainerId }),
        at(1000, { place: { at: 'cabinet', id: CABINET } }),
        at(100, { place: { at: 'syringe', id: 's' as SessionId } }),
        at(20, { place: { at: 'syringe', id: 'r' as SessionId } }),
        at(700, { place: { at: 'waste' } }),
        at(-9999, { place: { at: 'supplier' } }),
        at(3000, { lotId: tablets.id }),
      ],
      lotOf,
      cabinets,
      (place, lotId) => (place.at === 'safe' && lotId === vial.id ? byTwo : null),
    )
    expect(rows.map(({ counted }) => counted)).toEqual([null, byTwo, null, null])
    expect(
      rows.map(({ place, lotNumber, sealed, opened, openedHundredths, micrograms }) => [
        place,
        lotNumber,
        sealed,
        opened,
        openedHundredths,
        micrograms / 1000,
      ]),
    ).toEqual([
      ['the safe', 'T1', 30, 0, 0, 750],
      ['the safe', 'L1', 3, 2, 470, 1735],
      ['cabinet Room 2', 'L1', 1, 0, 0, 500],
      ['drawn for sessions, not settled', 'L1', 0, 0, 120, 60],
    ])
    expect(
      inventoryTotals(rows).map(({ what, hundredths, micrograms }) => [what, hundredths, micrograms / 1000]),
    ).toEqual([
      ['Ketamine 25 mg each', 3000, 750],
      ['Ketamine hydrochloride 50 mg/mL', 4590, 2295],
    ])
  })

  it('calls what is sealed on record but no whole vial opened', () => {
    expect(inventoryRows([at(2550)], lotOf, cabinets, () => null)[0]).toMatchObject({
      sealed: 2,
      opened: 0,
      openedHundredths: 550,
    })
  })
})

describe('the next biennial inventory', () => {
  it.each([
    [undefined, '2026-11-23', { kind: 'none-yet' }],
    ['2025-01-10', '2026-11-10', { kind: 'later', on: '2027-01-10' }],
    ['2025-01-10', '2026-11-11', { kind: 'soon', on: '2027-01-10' }],
    ['2025-01-10', '2027-01-10', { kind: 'soon', on: '2027-01-10' }],
    ['2025-01-10', '2027-01-11', { kind: 'overdue', on: '2027-01-10' }],
    ['2024-02-29', '2025-06-01', { kind: 'later', on: '2026-02-28' }],
  ])('after one of %s, on %s', (last, today, expected) => {
    expect(inventoryDue(last as LocalDate | undefined, today as LocalDate)).toEqual(expected)
  })
})

describe('what a figure rests on', () => {
  const row = (place: string, counted: InventoryRow['counted']) => ({ place, counted }) as InventoryRow

  it.each([
    [null, 'not counted: the ledger’s figure'],
    [byTwo, 'counted 12:00 by Ada and Ben'],
    [{ ...byTwo, movedSince: true }, 'counted 12:00 by Ada and Ben, moved since: the ledger’s figure'],
    [{ ...byTwo, differed: true }, 'counted 12:00 by Ada and Ben, it differed: the ledger’s figure'],
    [
      { ...byTwo, differed: true, movedSince: true },
      'counted 12:00 by Ada and Ben, it differed, moved since: the ledger’s figure',
    ],
  ])('is said of each line: %o', (counted, words) => {
    expect(countedInWords({ counted })).toBe(words)
  })

  it.each([
    [[], 'by the ledger nothing stands here.'],
    [[byTwo, byTwo], 'every lot was counted on this day and held.'],
    [
      [null, null],
      'no lot was counted on this day. The figures are the ledger’s, and nobody has looked whether they hold.',
    ],
    [
      [{ ...byTwo, differed: true }],
      'every lot was counted and differed. Where no count holds, the figure is the ledger’s; each line says so.',
    ],
    [
      [byTwo, { ...byTwo, differed: true, movedSince: true }, { ...byTwo, movedSince: true }, null],
      'of 4 lots 1 counted on this day and held, 1 counted and differed, 1 counted and moved since, 1 not counted. Where no count holds, the figure is the ledger’s; each line says so.',
    ],
  ])('is said of a place only as far as it holds for its lots: %o', (counted, words) => {
    const rows = [...counted.map((each) => row('the safe', each)), row('cabinet A', byTwo)]
    expect(restsOn({ places: ['the safe'], rows })).toEqual([`The safe: ${words}`])
  })
})

describe('what counts of the day say of a lot at a place', () => {
  const time = (clock: string) => `2026-11-23T${clock}:00.000Z` as Instant
  const counted = (at: string, atSeq: number, lotId = vial.id, agrees = true) =>
    ({
      count: { place: SAFE },
      state: [
        {
          lotId,
          round: 1,
          past: [],
          entries: [],
          settled: {
            entries: ['ada', 'ben'].map((by) => ({ by, at: time(at) })),
            verdicts: [{ agrees }],
            atSeq,
          },
        },
      ],
    }) as unknown as Parameters<typeof countedLots>[0][number]
  const taken = (seq: number, place: Place = SAFE, lotId = vial.id) => ({
    seq,
    lotId,
    from: { place },
    to: { place: { at: 'waste' } as const },
  })
  const inSafe = (...[counts, movements]: [Parameters<typeof countedLots>[0], ReturnType<typeof taken>[]]) =>
    countedLots(counts, movements, time('05:00')).get(lotAtPlace(SAFE, vial.id))

  it('is nothing of a lot that the count did not include, and of a count of the day before', () => {
    expect(inSafe([counted('12:00', 5, tablets.id)], [])).toBeUndefined()
    expect(inSafe([counted('04:59', 5)], [])).toBeUndefined()
  })

  it('holds until something of the lot is moved there after it', () => {
    const elsewhere: Place = { at: 'cabinet', id: CABINET }
    const still = [taken(5), taken(6, elsewhere), taken(7, SAFE, tablets.id)]
    expect(inSafe([counted('12:00', 5)], still)).toEqual({
      at: time('12:00'),
      by: ['ada', 'ben'],
      differed: false,
      movedSince: false,
    })
    expect(inSafe([counted('12:00', 5)], [...still, taken(8)])?.movedSince).toBe(true)
  })

  it('is what the newest count says, and that it differed', () => {
    expect(inSafe([counted('09:00', 2), counted('12:00', 8, vial.id, false)], [taken(5)])).toMatchObject({
      at: time('12:00'),
      differed: true,
      movedSince: false,
    })
  })
})
