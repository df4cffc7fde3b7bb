import { describe, expect, it } from 'vitest'
import type { Instant, LocalDate } from '../../platform/time.ts'
import { type CabinetId, type ContainerId, type DrawSource, SAFE } from '../ledger/movement.ts'
import type { LotId } from '../session/session-event.ts'
import { drawInWords, type LotToDraw, lotAt, placesToDraw, splitOverLots } from './draw-proposal.ts'

const room = 'room' as CabinetId
const facts = { openedVialHours: 6, cabinets: new Map([[room, 'Room 2']]), timeZone: 'America/New_York' }
const sealed = (hundredths: number, place: DrawSource['place'] = SAFE): DrawSource => ({ place, hundredths })
const opened = (number: number, hundredths: number, clock: string): DrawSource => ({
  place: SAFE,
  hundredths,
  container: {
    id: `vial-${number}` as ContainerId,
    number,
    openedAt: `2026-11-24T${clock}:00.000Z` as Instant,
  },
})
const lot = (id: string, ...sources: DrawSource[]): LotToDraw => ({
  id: id as LotId,
  lotNumber: id,
  expiresOn: '2027-01-31' as LocalDate,
  containerHundredths: 1000,
  sources,
})

describe('from which vials', () => {
  it.each([
    ['a new one', [sealed(2000)], 560, 'a new vial: 5.60 mL'],
    [
      'the opened one first, until its time is over',
      [sealed(2000), opened(2, 340, '16:40')],
      520,
      'opened vial 2 first: 3.40 mL, all of it, until 17:40; then a new vial: 1.80 mL',
    ],
    [
      'the opened one alone',
      [sealed(2000), opened(2, 640, '16:40')],
      560,
      'opened vial 2: 5.60 mL of 6.40 mL, until 17:40',
    ],
    [
      'the longest open before the other',
      [opened(3, 300, '15:00'), opened(2, 300, '16:40')],
      500,
      'opened vial 3 first: 3.00 mL, all of it, until 16:00; then opened vial 2: 2.00 mL of 3.00 mL, until 17:40',
    ],
    ['two new ones', [sealed(2000)], 1200, 'a new vial: 10.00 mL; then a new vial: 2.00 mL'],
    [
      'says where, where drug stands in several places',
      [opened(2, 100, '16:40'), sealed(1000, { at: 'cabinet', id: room })],
      300,
      'opened vial 2 in the safe first: 1.00 mL, all of it, until 17:40; then a new vial in cabinet Room 2: 2.00 mL',
    ],
  ] as const)('%s', (_case, sources, hundredths, words) => {
    expect(drawInWords(lot('A', ...sources), hundredths, facts)).toBe(words)
  })
  it('says nothing of more than there is', () => {
    expect(drawInWords(lot('A', sealed(500)), 501, facts)).toBeUndefined()
  })
})

describe('over several lots', () => {
  const first = lot('A', opened(3, 120, '16:40'))
  const second = lot('B', sealed(1000))
  it('takes all of what expires first, then the next', () => {
    expect(splitOverLots([first, second], 1100)).toEqual([
      { lotId: 'A', hundredths: 120 },
      { lotId: 'B', hundredths: 980 },
    ])
  })
  it('is not proposed where one lot holds it all, or all of them do not', () => {
    expect(splitOverLots([first, second], 520)).toBeUndefined()
    expect(splitOverLots([first, second], 1121)).toBeUndefined()
    expect(splitOverLots([], 1)).toBeUndefined()
    expect(splitOverLots([first], 0)).toBeUndefined()
  })
  it('passes over a lot of which nothing may be drawn', () => {
    expect(splitOverLots([first, lot('E'), second], 1120)).toEqual([
      { lotId: 'A', hundredths: 120 },
      { lotId: 'B', hundredths: 1000 },
    ])
  })
})

describe('where a lot is drawn from that stands in several places', () => {
  const inRoom = { at: 'cabinet', id: room } as const
  const other = 'other' as CabinetId
  const inOther = { at: 'cabinet', id: other } as const
  const names = new Map([...facts.cabinets, [other, 'Hall']])
  const places = (lotToDraw: LotToDraw, hundredths: number, where?: string) =>
    placesToDraw(lotToDraw, hundredths, names, where)
  const apart = lot('A', sealed(2000), sealed(1000, inOther), sealed(1000, inRoom))

  it('is not asked where it stands in one place', () => {
    expect(places(lot('A', sealed(2000), opened(1, 100, '16:40')), 500)).toEqual([undefined])
  })
  it('offers each place that holds it all, what the ledger would take first, before it the cabinet of the room', () => {
    expect(places(apart, 500)).toEqual([SAFE, inOther, inRoom])
    expect(places(apart, 500, 'Room 2')).toEqual([inRoom, SAFE, inOther])
    expect(places(apart, 1500, 'Room 2')).toEqual([SAFE])
  })
  it('offers first the place of the opened vial that goes first, and not several where that one holds it all', () => {
    const vial = lot('A', sealed(1000, inOther), sealed(1000), opened(1, 100, '16:40'))
    expect(places(vial, 300)).toEqual([SAFE, inOther])
  })
  it('offers several places together where an opened vial of one goes first, or no one holds it all', () => {
    const vial = lot('A', sealed(1000, inOther), opened(1, 100, '16:40'))
    expect(places(vial, 300)).toEqual([inOther, undefined])
    expect(places(apart, 3500, 'Room 2')).toEqual([undefined])
  })
  it('says the vials of that place alone', () => {
    expect(drawInWords(lotAt(apart, inRoom), 500, facts)).toBe('a new vial: 5.00 mL')
    expect(drawInWords(lotAt(apart, inRoom), 1500, facts)).toBeUndefined()
  })
})
