import { describe, expect, it } from 'vitest'
import { infusionVisit } from './common-rules.ts'
import { earliestDaysSinceDose, plannedSessions, spacingBefore } from './course.ts'
import { audKare } from './library/aud-kare.ts'
import { infusionFigures } from './order-figures.ts'
import { orderability } from './orderable.ts'
import { parseProtocol, parseStoredProtocol } from './parse-protocol.ts'
import type { Protocol } from './protocol.ts'
import { protocolById } from './protocol-library.ts'

const eskTrd = protocolById('esk-trd')!
const audMet = protocolById('aud-met')!

const paths = (value: unknown, studies?: (id: string) => boolean) => {
  const parsed = parseProtocol(value, studies)
  return parsed.ok ? [] : parsed.problems.map(({ path }) => path)
}

describe('a protocol that somebody wrote', () => {
  const steps = audKare.dose.kind === 'infusion-mg-per-kg' ? audKare.dose.steps : []
  const withStep = (step: object): Protocol => ({
    ...audKare,
    // Long enough for each dose below.
    visit: infusionVisit(120),
    dose: { kind: 'infusion-mg-per-kg', steps: [{ ...steps[0]!, ...step }], titration: null },
  })
  const spacing = (earliestDays: number, targetDays: number, latestDays: number): Protocol => ({
    ...audKare,
    course: [{ ...audKare.course[0]!, spacing: { earliestDays, targetDays, latestDays, origin: 'clinic' } }],
  })
  const figure = (value: number) => ({ value, origin: 'clinic' as const })

  it.each<[string, unknown, readonly string[]]>([
    ['as it is', audKare, []],
    ['without a title', { ...audKare, title: ' ' }, ['title']],
    ['of a route that does not exist', { ...audKare, route: 'rectal' }, ['route']],
    ['in an older form', { ...audKare, schemaVersion: 1 }, ['schemaVersion']],
    ['with a dose of nothing', withStep({ mgPerKg: figure(0) }), ['dose.steps.0.mgPerKg.value']],
    ['with a dose without origin', withStep({ mgPerKg: { value: 0.8 } }), ['dose.steps.0.mgPerKg']],
    ['with an unknown dose that says so', withStep({ mgPerKg: { value: null, word: 'not confirmed' } }), []],
    ['with an unknown dose without a word', withStep({ mgPerKg: { value: null } }), ['dose.steps.0.mgPerKg']],
    ['at the rate ceiling', withStep({ mgPerKg: figure(1), durationMin: figure(40) }), []],
    [
      'just above the rate ceiling',
      withStep({ mgPerKg: figure(1.01), durationMin: figure(40) }),
      ['ceilings'],
    ],
    ['at the hard ceiling', withStep({ mgPerKg: figure(1.5), durationMin: figure(60) }), []],
    [
      'above its own hard ceiling',
      withStep({ mgPerKg: figure(1.51), durationMin: figure(120) }),
      ['ceilings'],
    ],
    ['of esketamine, as it is', eskTrd, []],
    [
      'of esketamine, counted from the end of an infusion',
      { ...eskTrd, discharge: { ...eskTrd.discharge, countedFrom: 'end of the infusion' } },
      ['discharge.countedFrom'],
    ],
    [
      'of esketamine, with a stay under two hours',
      { ...eskTrd, discharge: { ...eskTrd.discharge, minMinutesAfterEnd: 119 } },
      ['discharge.minMinutesAfterEnd'],
    ],
    [
      'of an infusion, counted from a device',
      { ...audKare, discharge: { ...audKare.discharge, countedFrom: 'the first device' } },
      ['discharge.countedFrom'],
    ],
    ['with earliest, aim and latest on one day', spacing(7, 7, 7), []],
    ['with an earliest day after the aim', spacing(8, 7, 10), ['course.0.spacing']],
    ['with an aim after the latest day', spacing(6, 11, 10), ['course.0.spacing']],
    [
      'with a phase that does not exist',
      { ...audKare, course: [{ ...audKare.course[0]!, phaseId: 'x' }] },
      ['course.0.phaseId'],
    ],
    ['as tablets by vein', { ...eskTrd, route: 'intravenous' }, ['dose', 'discharge.countedFrom']],
    [
      'with 85 mg of esketamine',
      { ...eskTrd, dose: { ...eskTrd.dose, choicesMg: [56, 85] } },
      ['ceilings', 'dose'],
    ],
    ['with 28 mg of esketamine', { ...eskTrd, dose: { ...eskTrd.dose, choicesMg: [28, 56, 84] } }, ['dose']],
    [
      'with a first day of another dose',
      { ...eskTrd, dose: { ...eskTrd.dose, firstDayChoicesMg: [28] } },
      ['dose'],
    ],
    ['with mg/kg ceilings on mg', { ...eskTrd, ceilings: audKare.ceilings }, ['ceilings']],
    [
      'with a bolus that is no named exception',
      { ...audMet, ceilings: { ...audMet.ceilings, bolusException: null } },
      ['ceilings'],
    ],
  ])('%s', (_case, value, expected) => {
    expect(paths(value)).toEqual(expected)
  })

  const weighed = (maxAgeDays: number): Protocol => ({
    ...audKare,
    weight: { ...audKare.weight, maxAgeDays },
  })
  it.each([1, 30])('with a weight of at most %i days', (days) => expect(paths(weighed(days))).toEqual([]))
  it.each([0, 31, 90])('never with one of %i days, and says the bounds at its field', (days) => {
    expect(parseProtocol(weighed(days))).toEqual({
      ok: false,
      problems: [{ path: 'weight.maxAgeDays', words: 'Give a number from 1 to 30.' }],
    })
  })

  it('stays readable where it was stored before a rule was made', () => {
    const tooShort = { ...withStep({ durationMin: figure(60) }), visit: audKare.visit }
    const shortStay = { ...eskTrd, discharge: { ...eskTrd.discharge, minMinutesAfterEnd: 60 } }
    for (const stored of [weighed(90), tooShort, shortStay]) {
      expect(parseStoredProtocol(stored)).toEqual({ ok: true, protocol: stored })
      expect(paths(stored)).toHaveLength(1)
    }
  })

  it('names studies that can be read', () => {
    const unheard = {
      ...audKare,
      evidence: { ...audKare.evidence, studyIds: ['grabski-2022-kare', 'made-up'] },
    }
    expect(paths(unheard, (id) => id === 'grabski-2022-kare')).toEqual(['evidence.studyIds.1'])
  })

  it('is not orderable while a figure is unknown, and says which', () => {
    expect(orderability(withStep({ durationMin: { value: null, word: 'not confirmed' } }))).toEqual({
      orderable: false,
      reasons: [expect.stringContaining('length of “Infusion” (not confirmed)')],
    })
  })
})

describe('the course', () => {
  it('adds up a bolus and an infusion', () => {
    expect(infusionFigures(audMet)).toMatchObject({ mgPerKg: 0.71, durationMin: 52 })
    expect(infusionFigures(eskTrd)).toBeUndefined()
  })

  it.each([
    [audKare, 3],
    [eskTrd, 16],
    [protocolById('gambling')!, 0],
  ])('%# holds %i sessions', (protocol, sessions) => {
    expect(plannedSessions(protocol)).toBe(sessions)
  })

  // Twice a week, weekly, then every two weeks: the first of a stretch keeps that stretch's distance.
  it.each([
    [1, undefined],
    [2, [2, 4, 5]],
    [3, [2, 3, 5]],
    [8, [2, 4, 5]],
    [9, [6, 7, 10]],
    [12, [6, 7, 10]],
    [13, [6, 14, 17]],
    [20, [6, 14, 17]],
  ])('before session %i of the spray lie %j days', (session, days) => {
    const window = spacingBefore(eskTrd, session)
    expect(window && [window.earliestDays, window.targetDays, window.latestDays]).toEqual(days)
  })

  it.each([
    ['the first session: the smallest of the protocol', eskTrd, 1, 2],
    ['a session with a window of its own', eskTrd, 13, 6],
    ['the first of another course', audKare, 1, 6],
    ['a protocol that gives no days', { course: [{ ...audKare.course[0]!, spacing: null }] }, 1, 1],
  ])('since the last dose lie at least so many days: %s', (_, protocol, session, days) => {
    expect(earliestDaysSinceDose(protocol, session)).toBe(days)
  })
})
