import { describe, expect, it } from 'vitest'
import { editFields, fieldOfPath, withEdits } from './edit-fields.ts'
import { shapeIn, shapeOf, shapeText } from './edit-shape.ts'
import { audKare } from './library/aud-kare.ts'
import { parseProtocol } from './parse-protocol.ts'
import type { Protocol } from './protocol.ts'
import { protocolChanges } from './protocol-document.ts'
import { libraryIds, protocolById } from './protocol-library.ts'

const audMet = protocolById('aud-met')!

const asTyped = (protocol: Protocol) =>
  Object.fromEntries(editFields(protocol).map(({ name, value }) => [name, value]))

describe('the editor', () => {
  it.each(libraryIds().map((id) => [id]))('gives %s back as it was when nothing is changed', (id) => {
    const protocol = protocolById(id)!
    expect(withEdits(protocol, asTyped(protocol))).toEqual(protocol)
  })

  it('takes line ends of a browser for what they are', () => {
    const typed = Object.fromEntries(
      Object.entries(asTyped(audKare)).map(([name, value]) => [name, value.replaceAll('\n', '\r\n')]),
    )
    expect(withEdits(audKare, typed)).toEqual(audKare)
  })

  // What is typed, and what is then different, in words.
  it.each<[string, Record<string, string>, unknown]>([
    [
      'a dose becomes the clinic’s',
      { 'dose.steps.0.mgPerKg': '0.6' },
      [
        {
          section: 'Dose',
          name: 'Dose',
          was: '0.8 mg/kg into a vein over 40 minutes (from the study)',
          now: '0.6 mg/kg into a vein over 40 minutes (set by this clinic; from the study)',
        },
      ],
    ],
    [
      'a word says what is not known',
      { 'dose.steps.0.durationMin': 'not confirmed' },
      [
        expect.objectContaining({
          now: '0.8 mg/kg into a vein over a time that is not confirmed (from the study; not stated: shown, never guessed)',
        }),
      ],
    ],
    [
      'another spacing',
      { 'course.0.spacing': '5, 7, 9' },
      [
        expect.objectContaining({
          was: expect.stringContaining('6 to 10'),
          now: expect.stringContaining('5 to 9'),
        }),
      ],
    ],
    [
      'one rule of the day more',
      { dayOf: `${asTyped(audKare).dayOf}\nPhone → charged` },
      [{ section: 'On the day', name: 'Phone', was: undefined, now: 'charged' }],
    ],
  ])('%s', (_case, typed, changes) => {
    const parsed = parseProtocol(withEdits(audKare, typed))
    expect(parsed.ok && protocolChanges(audKare, parsed.protocol)).toEqual(changes)
  })

  // What cannot be is answered at its field.
  it.each([
    [audKare, { 'dose.steps.0.mgPerKg': '9' }, 'dose.steps.0.mgPerKg'],
    [audKare, { 'dose.steps.0.mgPerKg': '' }, 'dose.steps.0.mgPerKg'],
    [audKare, { title: '' }, 'title'],
    [audKare, { 'course.0.spacing': '6, x, 10' }, 'course.0.spacing'],
    [audKare, { 'course.0.spacing': '9, 7, 10' }, 'course.0.spacing'],
    [audKare, { 'visit.parts.0.minutes': 'long' }, 'visit.parts.0.minutes'],
    // The infusion made longer than its part of the visit, and watched for longer than the visit lasts.
    [audKare, { 'dose.steps.0.durationMin': '60' }, 'visit.parts.1.minutes'],
    [audKare, { 'discharge.minMinutesAfterEnd': '120' }, 'visit.parts.1.minutes'],
    [audKare, { 'weight.maxAgeDays': '90' }, 'weight.maxAgeDays'],
    [audKare, { 'discharge.conditions': '' }, 'discharge.conditions'],
    [audKare, { 'monitoring.readings.duringEveryMs': '0' }, 'monitoring.readings.duringEveryMs'],
    [audKare, { stopRules: 'Any red reading' }, 'stopRules'],
    [protocolById('esk-trd')!, { 'dose.choicesMg': '56, 70' }, 'dose.choicesMg'],
    [protocolById('esk-trd')!, { 'dose.choicesMg': '56, lots' }, 'dose.choicesMg'],
  ])('%#: what cannot be is answered at its field', (protocol, typed, field) => {
    const parsed = parseProtocol(withEdits(protocol, typed as Record<string, string>))
    expect(parsed.ok ? [] : parsed.problems.map(({ path }) => fieldOfPath(protocol, path))).toContain(field)
  })
})

describe('rows of the editor', () => {
  const stored = shapeOf(audMet)

  it('come and go in any order, and what was typed stays with its row', () => {
    const shape = shapeIn(audMet, shapeText({ ...stored, 'dose.steps': [1, 2] }))
    const typed = {
      'dose.steps.2.title': 'Slow end',
      'dose.steps.2.mgPerKg': '0.1',
      'dose.steps.2.durationMin': '20',
      'dose.steps.1.mgPerKg': '0.5',
    }
    const { dose } = withEdits(audMet, typed, shape) as Protocol
    expect(dose.kind === 'infusion-mg-per-kg' && dose.steps).toMatchObject([
      { title: 'Infusion', mgPerKg: { value: 0.5, origin: 'clinic' }, durationMin: { value: 50 } },
      { title: 'Slow end', mgPerKg: { value: 0.1 }, durationMin: { value: 20 } },
    ])
  })

  it.each([
    ['dose.steps', 'dose.steps.2.mgPerKg'],
    ['course', 'course.1.title'],
    ['visit.parts', 'visit.parts.9.minutes'],
    ['phases', 'phases.9.text'],
  ] as const)('a new row of %s asks for what it must say', (list, field) => {
    const key = Number(field.split('.').at(-2))
    const shape = { ...stored, [list]: [...stored[list], key] }
    const parsed = parseProtocol(withEdits(audMet, {}, shape))
    const asked = parsed.ok ? [] : parsed.problems.map(({ path }) => fieldOfPath(audMet, path, shape))
    expect(asked).toContain(field)
    expect(asked).not.toContain('form')
  })

  it('a stretch whose phase is taken out says so at its field', () => {
    const shape = { ...stored, phases: stored.phases.filter((key) => audMet.phases[key]!.id !== 'dosing') }
    const parsed = parseProtocol(withEdits(audMet, {}, shape))
    expect(parsed.ok ? [] : parsed.problems.map(({ path }) => fieldOfPath(audMet, path, shape))).toEqual([
      'course.0.phaseId',
    ])
  })

  it('a step that is the exception from the rate ceiling stays it under another name', () => {
    const parsed = parseProtocol(withEdits(audMet, { 'dose.steps.0.title': 'First minutes' }))
    expect(parsed).toMatchObject({
      ok: true,
      protocol: { ceilings: { bolusException: { stepTitle: 'First minutes' } } },
    })
  })

  it.each([
    ['nothing', ''],
    ['what cannot be read', 'course:x;phases:1,-2'],
  ])('of %s are those that are stored', (_case, text) => {
    expect(shapeIn(audMet, text)).toEqual(stored)
  })
})
