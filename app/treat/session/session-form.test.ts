import { describe, expect, it } from 'vitest'
import { parseForm } from '../../platform/form.ts'
import type { Instant } from '../../platform/time.ts'
import { confirmation } from './confirmation.ts'
import {
  bedsideInstant,
  checklistForm,
  endForm,
  identityForm,
  rateForm,
  readingForm,
  startForm,
  stepsForm,
  valuesOf,
} from './session-form.ts'

const ZONE = 'America/New_York'
const now = '2026-11-22T19:05:30.000Z' as Instant // 14:05:30 at the bedside

describe('a bedside time', () => {
  it.each([
    ['nothing is now', undefined, now, now],
    ['earlier today', '13:50', now, '2026-11-22T18:50:00.000Z'],
    ['one digit for the hour', '9:15', now, '2026-11-22T14:15:00.000Z'],
    ['a wall clock that runs a little ahead is now', '14:07', now, now],
    ['ahead stays ahead, for the command to refuse', '14:30', now, '2026-11-22T19:30:00.000Z'],
    [
      'after midnight, the evening before',
      '23:58',
      '2026-11-23T05:01:00.000Z' as Instant,
      '2026-11-23T04:58:00.000Z',
    ],
    ['not a whole day back', '14:00', '2026-11-22T18:00:00.000Z' as Instant, '2026-11-22T19:00:00.000Z'],
  ])('%s', (_, text, at, expected) => {
    expect(bedsideInstant(text, at, ZONE)).toBe(expected)
  })
})

const key = '01a20432-e366-7f0f-86bf-dd0e63b59b89'
function form(fields: Record<string, string | string[]>): FormData {
  const data = new FormData()
  for (const [name, value] of Object.entries(fields))
    for (const each of [value].flat()) data.append(name, each)
  return data
}

describe('the forms', () => {
  it('takes a comma for a point and leaves out what was not measured', () => {
    const parsed = parseForm(readingForm, form({ key, systolicMmHg: '128', spo2Percent: '97,5', moaas: '' }))
    expect(parsed.ok && valuesOf(parsed.value)).toEqual({ systolicMmHg: 128, spo2Percent: 97.5 })
  })

  it.each([
    ['an empty reading', readingForm, { key }, 'systolicMmHg'],
    ['words for a figure', readingForm, { key, systolicMmHg: 'high' }, 'systolicMmHg'],
    ['a saturation above 100', readingForm, { key, spo2Percent: '101' }, 'spo2Percent'],
    ['MOAA/S of 6', readingForm, { key, moaas: '6' }, 'moaas'],
    ['MOAA/S of 4.5', readingForm, { key, moaas: '4.5' }, 'moaas'],
    ['MOAA/S as a computer writes it', readingForm, { key, moaas: '0x5' }, 'moaas'],
    ['a saturation as a computer writes it', readingForm, { key, spo2Percent: '1e2' }, 'spo2Percent'],
    ['a saturation of 100.5', readingForm, { key, spo2Percent: '100.5' }, 'spo2Percent'],
    ['a saturation below 0', readingForm, { key, spo2Percent: '-5' }, 'spo2Percent'],
    ['mL as a computer writes them', startForm, { key, lotId: key, drawnMl: '1e0' }, 'drawnMl'],
    ['mg as a computer writes them', endForm, { key, mgGiven: '0x10' }, 'mgGiven'],
    ['a time that is none', readingForm, { key, moaas: '5', time: '25:00' }, 'time'],
    ['no key', readingForm, { moaas: '5' }, 'key'],
    ['a key that is no id', readingForm, { key: 'x', moaas: '5' }, 'key'],
    ['no identifier at all', identityForm, { key }, 'identifiers'],
    ['no answer about fasting', checklistForm, { key, noUseSince: 'yes' }, 'fasted'],
    ['no mL drawn', startForm, { key, lotId: key }, 'drawnMl'],
    ['nothing drawn', startForm, { key, lotId: key, drawnMl: '0' }, 'drawnMl'],
  ])('answers %s at its field', (_, schema, fields, field) => {
    const parsed = parseForm(schema, form(fields))
    expect(parsed.ok ? {} : parsed.answer.errors).toHaveProperty(field)
  })

  it.each([
    ['37,5', 37.5],
    ['0', 'A rate of 0 or less is none: pause or stop instead.'],
    ['-3', 'A rate of 0 or less is none: pause or stop instead.'],
    ['fast', 'Write the new rate as a number up to 1200 mL/h.'],
    ['1201', 'Write the new rate as a number up to 1200 mL/h.'],
  ])('reads a new rate as a pump can run it: %s → %s', (rateMlPerH, found) => {
    const parsed = parseForm(rateForm, form({ key, rateMlPerH }))
    expect(parsed.ok ? parsed.value.rateMlPerH : parsed.answer.errors.rateMlPerH).toBe(found)
  })

  it('wants two identifiers, and the same one twice is not two', () => {
    const given = (identifiers: string[]) =>
      parseForm(identityForm, form({ key, identifiers }), ['identifiers']).ok
    expect(given(['full-name'])).toBe(false)
    expect(given(['full-name', 'full-name'])).toBe(false)
    expect(given(['full-name', 'birth-date'])).toBe(true)
  })

  it('asks anew when a confirmed value is changed', () => {
    expect(confirmation({ spo2Percent: 9 }, ['spo2Percent'])).not.toBe(
      confirmation({ spo2Percent: 8 }, ['spo2Percent']),
    )
  })
})

describe('the questions before leaving', () => {
  const key = '01a20432-e366-7f0f-86bf-dd0e63b59b89'
  const parse = (fields: Record<string, string>) => {
    const sent = new FormData()
    for (const [name, value] of Object.entries(fields)) sent.set(name, value)
    return parseForm(stepsForm, sent)
  }
  it('are taken without those that this person is not asked', () => {
    const parsed = parse({ 'key-oriented': key, oriented: 'yes', 'key-steady-gait': key })
    expect(parsed.ok && parsed.value).toMatchObject({ oriented: 'yes', 'key-oriented': key })
  })
  it('never without the key of one that was answered', () => {
    const parsed = parse({ oriented: 'yes' })
    expect(parsed.ok ? {} : parsed.answer.errors).toHaveProperty('oriented')
  })
})
