import { describe, expect, it } from 'vitest'
import type { Instant, LocalDate } from '../../../platform/time.ts'
import type { LotId, SessionId } from '../../session/session-event.ts'
import type { DrugLot } from '../lot-queries.server.ts'
import { type Balance, type CabinetId, type ContainerId, SAFE } from '../movement.ts'
import { inventoryDue, inventoryRows, inventoryTotals, restsOn } from './inventory.ts'

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
    )
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
    expect(inventoryRows([at(2550)], lotOf, cabinets)[0]).toMatchObject({
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

it('says of each place whether somebody counted it', () => {
  const [counted, not] = restsOn({
    places: [
      { place: 'the safe', counted: { when: 'Mon 23 Nov 2026, 08:00', by: ['Ada', 'Ben'] } },
      { place: 'cabinet Room 2', counted: null },
    ],
  })
  expect(counted).toContain('The safe: counted on this day, Mon 23 Nov 2026, 08:00, by Ada and Ben.')
  expect(not).toContain('Cabinet Room 2: not counted on this day. Figures are the ledger’s')
})
