import { describe, expect, it } from 'vitest'
import type { LotId } from '../../session/session-event.ts'
import type { ContainerId } from '../movement.ts'
import { type AskedItem, readSheet } from './count-form.ts'

const sealed: AskedItem = { lotId: 'v' as LotId, form: 'vial', containerHundredths: 2000 }
const opened: AskedItem = { ...sealed, container: 'c' as ContainerId }
const tablets: AskedItem = { lotId: 't' as LotId, form: 'tablet', containerHundredths: 100 }
const read = (typed: Record<string, string>, items: readonly AskedItem[] = [sealed, opened, tablets]) =>
  readSheet(items, (field) => typed[field])

describe('what somebody typed who counts', () => {
  it('is whole containers, mL of each opened vial, and units', () => {
    expect(read({ 'sealed-v': '3', 'vial-c': '1,9', 'sealed-t': '30' })).toEqual({
      ok: true,
      lines: [
        { lotId: 'v', sealed: 3, openedHundredths: 0, hundredths: 6000 },
        { lotId: 'v', container: 'c', openedHundredths: 190, hundredths: 190 },
        { lotId: 't', sealed: 30, openedHundredths: 0, hundredths: 3000 },
      ],
    })
  })

  it('takes opened vials that have no number to what is sealed on record, and none of units', () => {
    const typed = { 'sealed-v': '3', 'loose-v': '4.25', 'sealed-t': '1', 'loose-t': '9' }
    const sheet = read(typed, [sealed, tablets])
    expect(sheet.ok && sheet.lines.map(({ hundredths }) => hundredths)).toEqual([6425, 100])
  })

  it.each([
    ['', 'nothing typed is not none'],
    ['-1', 'below 0'],
    ['2.5', 'half a container'],
    ['1e3', 'no plain figure'],
  ])('is asked again for containers: %j, %s', (text) => {
    const sheet = read({ 'sealed-v': text }, [sealed])
    expect(sheet).toMatchObject({ ok: false, errors: { 'sealed-v': expect.stringContaining('0 if none') } })
  })

  it.each(['', '-0.1', '1.234', 'x', '12345'])('is asked again for mL: %j', (text) => {
    expect(read({ 'vial-c': text }, [opened])).toMatchObject({
      ok: false,
      errors: { 'vial-c': expect.any(String) },
    })
  })

  it('is told the limit where it is more than any place holds', () => {
    const sheet = read({
      'sealed-v': '999999',
      'loose-v': '10000',
      'vial-c': '12345,5',
      'sealed-t': '1000000',
    })
    expect(sheet).toMatchObject({
      errors: {
        'sealed-v': 'At most 100,000.',
        'loose-v': 'At most 9,999.99 mL.',
        'vial-c': 'At most 9,999.99 mL.',
        'sealed-t': 'At most 100,000.',
      },
    })
  })

  it('says every wrong field at once', () => {
    const sheet = read({ 'loose-v': 'much' })
    expect(sheet.ok ? [] : Object.keys(sheet.errors).sort()).toEqual([
      'loose-v',
      'sealed-t',
      'sealed-v',
      'vial-c',
    ])
  })
})
