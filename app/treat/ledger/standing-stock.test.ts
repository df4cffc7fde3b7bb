import { describe, expect, it } from 'vitest'
import type { Instant, LocalDate } from '../../platform/time.ts'
import type { LotId, SessionId } from '../session/session-event.ts'
import type { OpenedVial } from './ledger-queries.server.ts'
import type { LotBalance } from './lot-queries.server.ts'
import { type Balance, type CabinetId, type ContainerId, type Movement, SAFE } from './movement.ts'
import { runningBalance } from './movement-row.ts'
import { amountInWords, mgInWords, sideInWords } from './movement-words.ts'
import {
  amountOfLot,
  isWhole,
  itemCode,
  itemInWords,
  lotChoices,
  lotState,
  readAmount,
  type StandingFacts,
  standingItems,
} from './standing-stock.ts'

const lotId = 'lot-1' as LotId
const room = { at: 'cabinet', id: 'c-2' as CabinetId } as const
const vial: OpenedVial = {
  id: 'v-1' as ContainerId,
  lotId,
  number: 2,
  openedAt: '2026-11-24T15:42:00.000Z' as Instant,
  openedBy: 'nurse',
}
const standing: Balance[] = [
  { lotId, place: room, hundredths: 2000 },
  { lotId, place: SAFE, hundredths: 4000 },
  { lotId, place: SAFE, container: vial.id, hundredths: 1240 },
]
const lot: LotBalance = {
  id: lotId,
  form: 'vial',
  drug: 'Ketamine hydrochloride',
  lotNumber: 'L1',
  expiresOn: '2026-12-31' as LocalDate,
  receivedAt: '2026-01-01T12:00:00.000Z' as Instant,
  concentrationMgPerMl: 12.5,
  containerMl: 20,
  balanceMl: 72.4,
  hundredths: 7240,
  standing,
  recalled: undefined,
}
const tablets: LotBalance = {
  ...lot,
  form: 'tablet',
  unitMg: 50,
  balanceUnits: 6,
  hundredths: 600,
  standing: [],
}
const facts: StandingFacts = {
  cabinets: new Map([[room.id, 'Room 2']]),
  vials: [vial],
  settings: { openedVialHours: 6, vialForOnePersonOnly: false },
  at: '2026-11-24T17:00:00.000Z' as Instant,
  timeZone: 'America/New_York',
}
const items = standingItems(lot, facts)
const [opened, sealed] = [items[0]!, items[1]!]

describe('what stands of a lot', () => {
  it('is told vial by vial and place by place, what is opened first', () => {
    expect(items.map(itemInWords)).toEqual([
      'L1, vial 2, opened Tue 24 Nov 2026, 10:42 in the safe: 12.40 mL',
      'L1, 2 sealed vials of 20 mL in the safe: 40.00 mL',
      'L1, 1 sealed vial of 20 mL in cabinet Room 2: 20.00 mL',
    ])
    expect(opened).toMatchObject({ amount: '12.40 mL', mg: '155 mg' })
  })

  it('says until when an opened vial may be drawn from, and that its time is over', () => {
    expect(opened.draw).toEqual({ may: true, words: 'may be drawn from until 16:42' })
    const at = (change: Partial<StandingFacts>) => standingItems(lot, { ...facts, ...change })[0]?.draw
    expect(at({ at: '2026-11-24T21:42:00.000Z' as Instant })?.may).toBe(true)
    expect(at({ at: '2026-11-24T21:42:00.001Z' as Instant })).toMatchObject({
      may: false,
      words: expect.stringContaining('time was over at Tue 24 Nov 2026, 16:42'),
    })
    const alone = { openedVialHours: 6, vialForOnePersonOnly: true }
    expect(at({ settings: alone })).toMatchObject({
      may: false,
      words: expect.stringContaining('one person only'),
    })
  })

  it('does not call a rest from before the ledger sealed vials', () => {
    const rest = { ...lot, standing: [{ lotId, place: SAFE, hundredths: 4512 }] }
    expect(standingItems(rest, facts)[0]?.what).toBe('45.12 mL in vials of 20 mL, not all full')
  })
})

describe('a lot', () => {
  it.each([
    ['2026-11-23', 'expired'],
    ['2026-11-24', 'soon'],
    ['2026-12-24', 'soon'],
    ['2026-12-25', 'in-date'],
  ] as const)('usable through %s is %s', (expiresOn, state) => {
    const today = '2026-11-24' as LocalDate
    expect(lotState({ expiresOn: expiresOn as LocalDate, recalled: undefined }, today)).toBe(state)
    expect(lotState({ expiresOn: expiresOn as LocalDate, recalled: 'letter' }, today)).toBe('recalled')
  })
})

describe('an amount', () => {
  it.each([
    ['1', 2000],
    ['2', 4000],
  ])('of %s sealed vials is taken whole', (typed, hundredths) => {
    expect(readAmount(typed, sealed)).toEqual({ ok: true, hundredths })
  })
  it.each(['0', '-1', '1.5', '1e0', '0x1', '', '3', 'one', '1,000', '1 mL'])(
    'of "%s" sealed vials is none',
    (typed) => {
      expect(readAmount(typed, sealed).ok).toBe(false)
    },
  )
  it.each([
    ['12.40', 1240],
    ['0,01', 1],
    ['1.90 mL', 190],
    ['1.90ml', 190],
  ])('of %s mL is read', (typed, hundredths) => {
    expect(readAmount(typed, opened)).toEqual({ ok: true, hundredths })
  })
  it.each(['12.41', '1.005', '0', '1e1', '1,000', 'mL', '1.9 mg'])('of %s mL is none', (typed) => {
    expect(readAmount(typed, opened).ok).toBe(false)
  })

  it('that is more than is there is answered in what was typed', () => {
    const message = (typed: string, of: typeof sealed) => {
      const read = readAmount(typed, of)
      return read.ok ? undefined : read.message
    }
    expect(message('99', sealed)).toBe('Only 2 sealed vials are there. Look again, or count.')
    expect(message('2', items[2]!)).toBe('Only 1 sealed vial is there. Look again, or count.')
    expect(message('1,000', opened)).toContain('can be read two ways')
    expect(message('12.41', opened)).toBe('Only 12.40 mL are there. Look again, or count.')
  })

  it('is whole where nobody opened anything', () => {
    expect(isWhole(lot, { place: SAFE }, 2000, 4000)).toBe(true)
    expect(isWhole(lot, { place: SAFE }, 1999, 4000)).toBe(false)
    expect(isWhole(lot, { place: SAFE }, 4512, 4512)).toBe(true)
    expect(isWhole(lot, { place: SAFE, container: vial.id }, 1, 1240)).toBe(true)
    expect(isWhole(tablets, { place: { at: 'syringe', id: 's' as SessionId } }, 50, 200)).toBe(false)
    expect(isWhole(tablets, { place: { at: 'syringe', id: 's' as SessionId } }, 50, 50)).toBe(true)
  })

  it('is told with its mg and its lot', () => {
    expect(amountOfLot(sealed, 2000, lot)).toBe(
      '1 sealed vial (20.00 mL, 250 mg) of lot L1 (Ketamine hydrochloride 12.5 mg/mL)',
    )
    expect(amountOfLot(opened, 1, lot)).toBe(
      '0.01 mL (0.125 mg) of lot L1 (Ketamine hydrochloride 12.5 mg/mL)',
    )
    expect(amountInWords(100, 'tablet')).toBe('1 tablet')
    expect(amountInWords(400, 'nasal-device')).toBe('4 devices')
    expect(mgInWords(2_500_000)).toBe('2500 mg')
  })
})

it('lots to choose from are those that stand, then those used up under a heading', () => {
  const of = (id: string, hundredths: number) => ({ ...lot, id: id as LotId, hundredths }) as LotBalance
  expect(
    lotChoices([of('a', 0), of('b', 100), of('c', 0)]).map(({ value, ...more }) => [value, more]),
  ).toEqual([
    ['b', { label: 'L1, Ketamine hydrochloride' }],
    ['a', { label: 'L1, Ketamine hydrochloride', group: 'Used up' }],
    ['c', { label: 'L1, Ketamine hydrochloride', group: 'Used up' }],
  ])
})

it('names a place with its vial, and one text for each', () => {
  expect(sideInWords(room, 2, facts.cabinets)).toBe('vial 2, cabinet Room 2')
  expect(sideInWords({ at: 'cabinet', id: 'gone' as CabinetId }, undefined, facts.cabinets)).toBe(
    'cabinet no longer known',
  )
  expect(new Set(items.map(({ from }) => itemCode(lotId, from))).size).toBe(3)
})

it('follows what stands of a lot from movement to movement', () => {
  const movement = (
    seq: number,
    from: Movement['from']['place'],
    to: Movement['to']['place'],
    hundredths: number,
  ) => ({ seq, from: { place: from }, to: { place: to }, hundredths }) as Movement
  const syringe = { at: 'syringe', id: 's' as SessionId } as const
  const after = runningBalance([
    movement(3, { at: 'supplier' }, SAFE, 6000),
    movement(5, SAFE, room, 2000),
    movement(8, SAFE, syringe, 560),
    movement(9, syringe, { at: 'waste' }, 60),
  ])
  expect([...after]).toEqual([
    [3, 6000],
    [5, 6000],
    [8, 5440],
    [9, 5440],
  ])
})
