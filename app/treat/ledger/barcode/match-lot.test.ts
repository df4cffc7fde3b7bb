import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseLocalDate } from '../../../platform/time.ts'
import type { Scan } from './gs1.ts'
import { gtinOf } from './gtin.ts'
import { matchLot, sameLotNumber } from './match-lot.ts'

const day = parseLocalDate
const VIAL = gtinOf('312345678906')!
const CARTON = gtinOf('30312345678907')!
const OTHER = gtinOf('6291041500213')!
const lot = { lotNumber: 'B77', expiresOn: day('2027-03-31'), gtin: VIAL }
const scan = (said: Partial<Scan>): Scan => ({ mayRunOn: false, ...said })
const full = scan({ gtin: VIAL, lotNumber: 'B77', expiresOn: day('2027-03-31') })
const kind = (said: Partial<Scan>, on = lot as Parameters<typeof matchLot>[1]) =>
  matchLot(scan(said), on).kind

describe('a scan and a lot on record', () => {
  it('are the same when lot and whatever else both name agree', () => {
    expect(matchLot(full, lot)).toEqual({ kind: 'same', words: 'This vial is lot B77, as the ledger says.' })
    expect(kind({ lotNumber: ' b77' })).toBe('same')
    expect(kind({ gtin: VIAL, lotNumber: 'B77' }, { ...lot, gtin: '312345678906' })).toBe('same')
    expect(kind({ gtin: OTHER, lotNumber: 'B77' }, { ...lot, gtin: undefined })).toBe('same')
  })

  it('another lot stops, with both names and what to do', () => {
    expect(matchLot(scan({ ...full, lotNumber: 'A12' }), lot)).toEqual({
      kind: 'wrong-lot',
      words:
        'This vial is lot A12; the ledger says lot B77. Do not draw from it: put it aside and scan the other.',
    })
    expect(matchLot(scan({ lotNumber: 'A12' }), lot, 'device').words).toContain('This device is lot A12')
    expect(matchLot(scan({ lotNumber: 'A12' }), lot, 'device').words).toContain('Do not use it')
  })

  it('says nothing of drawing or using where something is only moved in the stock or wasted', () => {
    const inStock = (said: Partial<Scan>) => matchLot(scan({ ...full, ...said }), lot, 'vial', 'stock').words
    expect(inStock({ lotNumber: 'A12' })).toBe(
      'This vial is lot A12; the ledger says lot B77. Record nothing yet: choose the lot you have in hand, or take the other one and scan it.',
    )
    expect(inStock({ expiresOn: day('2027-02-28') })).toMatch(/Record nothing yet: put it aside and tell/)
    expect(inStock({ gtin: OTHER })).not.toMatch(/draw|use it/)
  })

  it('a lot that may have run together with what follows is neither the same nor another', () => {
    const said = matchLot(scan({ lotNumber: 'B7721S7', mayRunOn: true }), lot)
    expect(said.kind).toBe('nothing-to-compare')
    expect(said.words).toMatch(/without separators, so its lot \(B7721S7\).*the ledger says lot B77/)
    expect(kind({ lotNumber: 'B7721S7' })).toBe('wrong-lot')
    expect(kind({ lotNumber: 'A1221S7', mayRunOn: true })).toBe('wrong-lot')
  })

  it('the same lot with another day stops', () => {
    const said = matchLot(scan({ ...full, expiresOn: day('2027-02-28') }), lot)
    expect(said.kind).toBe('wrong-expiry')
    expect(said.words).toMatch(/28 Feb 2027.*31 Mar 2027/)
    expect(kind({ expiresOn: day('2027-02-28') })).toBe('wrong-expiry')
  })

  it('another product stops, whatever lot it names', () => {
    expect(kind({ ...full, gtin: OTHER })).toBe('other-product')
  })

  it('a vial out of the carton on record needs lot and expiry in the code', () => {
    const carton = { ...lot, gtin: CARTON }
    expect(kind(full, carton)).toBe('same')
    expect(kind({ ...full, expiresOn: undefined }, carton)).toBe('other-product')
    expect(kind({ ...full, lotNumber: 'A12' }, carton)).toBe('wrong-lot')
    expect(kind({ gtin: VIAL }, carton)).toBe('nothing-to-compare')
  })

  it('a code without a lot never counts as the same lot', () => {
    expect(kind({ gtin: VIAL })).toBe('nothing-to-compare')
    expect(kind({ gtin: VIAL }, { ...lot, gtin: undefined })).toBe('nothing-to-compare')
    expect(kind({ serial: 'S7', expiresOn: lot.expiresOn })).toBe('nothing-to-compare')
    expect(matchLot(scan({ gtin: VIAL }), lot).words).toMatch(
      /^The product is the same, but the code names no lot/,
    )
  })
})

it('whatever is scanned, only the lot on record is the same', () => {
  const said = fc.record(
    {
      gtin: fc.constantFrom(VIAL, CARTON, OTHER),
      lotNumber: fc.constantFrom('B77', 'b77', 'A12', 'B7721S7', 'B7'),
      expiresOn: fc.constantFrom(lot.expiresOn, day('2027-02-28')),
      serial: fc.constant('S'),
      mayRunOn: fc.boolean(),
    },
    { requiredKeys: [] },
  )
  fc.assert(
    fc.property(said, (parts) => {
      if (kind(parts) !== 'same') return
      expect(sameLotNumber(parts.lotNumber!, lot.lotNumber)).toBe(true)
      expect(parts.expiresOn ?? lot.expiresOn).toBe(lot.expiresOn)
      expect(parts.gtin).not.toBe(OTHER)
    }),
  )
})
