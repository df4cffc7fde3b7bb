import { describe, expect, it } from 'vitest'
import { parseLocalDate } from '../../../platform/time.ts'
import { withScan } from './scan-form.ts'

const TODAY = parseLocalDate('2026-11-24')
const CODE = ']d2010031234567890617270331' + '10B77\u001d21S7'

function posted(fields: Record<string, string>) {
  const form = new FormData()
  for (const [name, value] of Object.entries(fields)) form.set(name, value)
  return form
}

describe('a form posted with a scan, without script', () => {
  it('gets its empty fields filled and keeps the rest', () => {
    const form = posted({
      intent: 'receive',
      scanned: CODE,
      lotNumber: '',
      expiresOn: ' ',
      reason: 'Invoice 7',
    })
    const read = withScan(form, TODAY)
    expect(read.errors).toEqual({})
    expect(Object.fromEntries(read.form)).toEqual({
      intent: 'receive',
      scanned: CODE,
      reason: 'Invoice 7',
      lotNumber: 'B77',
      expiresOn: '2027-03-31',
      gtin: '00312345678906',
      serial: 'S7',
    })
    expect(form.get('lotNumber')).toBe('')
    expect(read.scan).toMatchObject({ lotNumber: 'B77' })
  })

  it('answers at the fields that say something else, and fills nothing over them', () => {
    const read = withScan(posted({ scanned: CODE, lotNumber: 'A12', expiresOn: '2027-03-31' }), TODAY)
    expect(Object.keys(read.errors)).toEqual(['lotNumber'])
    expect(read.errors.lotNumber).toMatch(/^The code says lot B77, but A12 was typed/)
    expect(read.form.get('lotNumber')).toBe('A12')
    expect(withScan(posted({ scanned: CODE, expiresOn: '2027-03-30' }), TODAY).errors.expiresOn).toMatch(
      /31 Mar 2027, but Tue 30 Mar 2027/,
    )
  })

  it('takes what was typed another way for the same', () => {
    const typed = { scanned: CODE, lotNumber: 'b77', gtin: '3-12345-67890-6', serial: 'S7' }
    expect(withScan(posted(typed), TODAY).errors).toEqual({})
  })

  it('lets nobody take a lot that may have run on without looking at the label', () => {
    const scanned = CODE.replace('\u001d', '')
    expect(Object.keys(withScan(posted({ scanned }), TODAY).errors)).toEqual(['lotNumber'])
    expect(withScan(posted({ scanned }), TODAY).errors.lotNumber).toMatch(/Type what is printed there/)
    for (const lotNumber of ['B77', 'b77', 'B7721S7'])
      expect(withScan(posted({ scanned, lotNumber }), TODAY).errors).toEqual({})
    expect(withScan(posted({ scanned, lotNumber: 'A12' }), TODAY).errors.lotNumber).toMatch(/A12 was typed/)
    expect(withScan(posted({ scanned: CODE, lotNumber: 'B7' }), TODAY).errors.lotNumber).toMatch(
      /B7 was typed/,
    )
  })

  it('answers at its own field what cannot be read', () => {
    expect(withScan(posted({ scanned: 'HELLO' }), TODAY).errors.scanned).toMatch(/type what is printed/)
    expect(withScan(posted({ vial: 'HELLO' }), TODAY, 'vial').errors.vial).toMatch(/type what is printed/)
  })

  it('leaves a form without a scan as it is', () => {
    for (const fields of [{ lotNumber: 'A12' }, { scanned: ' ', lotNumber: 'A12' }] as Record<
      string,
      string
    >[]) {
      const form = posted(fields)
      expect(withScan(form, TODAY)).toEqual({ form, errors: {} })
    }
  })
})
