import { describe, expect, it } from 'vitest'
import type { Instant, LocalDate } from '../../platform/time.ts'
import { foldSession } from '../session/session.ts'
import type { SessionEvent, SessionEventData } from '../session/session-event.ts'
import { type DoseFacts, doseChecks, lotHindrance, unitLotHindrance } from './dose-gate.ts'

const START = Date.parse('2026-11-22T15:00:00.000Z')
const minute = (min: number) => new Date(START + min * 60_000).toISOString() as Instant
let n = 0
const event = (kind: string, atMin: number, data: unknown) => {
  n += 1
  return {
    id: `e${String(n).padStart(4, '0')}`,
    kind,
    at: minute(atMin),
    by: 'nurse',
    data,
  } as unknown as SessionEvent
}
const vitals = {
  systolicMmHg: 125,
  diastolicMmHg: 80,
  heartRatePerMin: 70,
  spo2Percent: 97,
  respiratoryRatePerMin: 14,
  moaas: 5,
}
const arrived = event('arrived', -40, {})
const identity = event('identity-checked', -35, { identifiers: ['full-name', 'birth-date'] })
const checklist = event('checklist', -30, {
  escortNamed: true,
  escortPhoneGiven: true,
  fasted: 'yes',
  noUseSince: 'yes',
  breathAlcoholGPer210L: 0,
})
const reading = (atMin: number, values: object = vitals) => event('reading', atMin, { values, confirmed: [] })
const drawn = { volumeMl: 1.1, concentrationMgPerMl: 50 }
const order = {
  doseMg: 55,
  doseMgPerKg: 0.8,
  route: 'intravenous' as const,
  drawn,
  given: {
    kind: 'infusion' as const,
    ...drawn,
    totalVolumeMl: 50,
    durationMin: 40,
    rateMlPerH: 75,
    steps: [],
  },
  weightMeasuredAt: '2026-11-01T15:00:00.000Z' as Instant,
}
const tablets = { kind: 'units' as const, unitMg: 100, units: 2, atMin: [] }
const devices = {
  ...order,
  doseMg: 56,
  route: 'nasal-esketamine' as const,
  drawn: undefined,
  given: { kind: 'units' as const, unitMg: 28, units: 2, atMin: [0, 5] },
}
const rems = (answers: SessionEventData['rems']) =>
  event('rems', -12, { enrolled: 'yes', prescriberOnSite: 'yes', oximeterReady: 'yes', ...answers })
const day = (text: string) => `2026-11-${text}` as LocalDate
const against = (title: string) => [{ title, truth: 'unknown' as const, settle: 'Ask.' }]

function facts(events: SessionEvent[], change: Partial<DoseFacts> = {}): DoseFacts {
  return {
    state: foldSession(events),
    atMs: START,
    today: day('22'),
    visit: { day: day('22'), cancelled: false },
    lastDoseDay: undefined,
    earliestDays: 6,
    decision: { decision: 'eligible', stale: false },
    tooOld: [],
    openConcern: false,
    heldBy: [],
    medicines: [],
    missingDocuments: [],
    order,
    baselineWithinMs: 15 * 60_000,
    weightWithinMs: 30 * 86_400_000,
    weightChangePercent: 0,
    mostWeightChangePercent: 10,
    ...change,
  }
}
const hindrances = (given: DoseFacts) => doseChecks(given).flatMap(({ hindrance }) => hindrance ?? [])
const ready = [arrived, identity, checklist, reading(-5)]

describe('the gate before a dose', () => {
  it('opens when everything is met', () => {
    expect(hindrances(facts(ready))).toEqual([])
  })

  it.each<[string, DoseFacts, string[]]>([
    ['no decision', facts(ready, { decision: undefined }), ['not-eligible']],
    ['medicines not known', facts(ready, { medicines: against('Medicines are known') }), ['medicines-hold']],
    [
      'decided against',
      facts(ready, { decision: { decision: 'not-eligible', stale: false } }),
      ['not-eligible'],
    ],
    [
      'decision out of date',
      facts(ready, { decision: { decision: 'eligible', stale: true } }),
      ['eligibility-stale'],
    ],
    ['held today', facts(ready, { heldBy: against('No alcohol in the breath') }), ['held-today']],
    ['decision too old', facts(ready, { tooOld: against('Not pregnant') }), ['eligibility-too-old']],
    ['open concern', facts(ready, { openConcern: true }), ['open-concern']],
    ['cancelled', facts(ready, { visit: { day: day('22'), cancelled: true } }), ['appointment-cancelled']],
    ['tomorrow’s visit', facts(ready, { visit: { day: day('23'), cancelled: false } }), ['not-todays-visit']],
    [
      'yesterday’s visit',
      facts(ready, { visit: { day: day('21'), cancelled: false } }),
      ['not-todays-visit'],
    ],
    [
      'a red alarm of a monitor that nobody acknowledged',
      facts([
        ...ready,
        event('alarm', -2, {
          alarmId: 'a@1',
          change: 'raised',
          cause: 'spo2-low-red',
          level: 'red',
          sign: 'spo2Percent',
          value: 84,
        }),
      ]),
      ['red-stands'],
    ],
    ['another dose today', facts(ready, { lastDoseDay: day('22') }), ['too-soon']],
    ['a dose five days ago', facts(ready, { lastDoseDay: day('17') }), ['too-soon']],
    ['a dose six days ago', facts(ready, { lastDoseDay: day('16') }), []],
    ['weight 30 days old', facts(ready, { order: { ...order, weightMeasuredAt: minute(-30 * 1440) } }), []],
    [
      'weight older',
      facts(ready, { order: { ...order, weightMeasuredAt: minute(-30 * 1440 - 1) } }),
      ['weight-too-old'],
    ],
    ['weight ten percent less', facts(ready, { weightChangePercent: -10 }), []],
    ['weight lost since the order', facts(ready, { weightChangePercent: -10.1 }), ['weight-changed']],
    ['weight gained since the order', facts(ready, { weightChangePercent: 10.1 }), ['weight-changed']],
    ['a document unsigned', facts(ready, { missingDocuments: ['Treatment'] }), ['consent-missing']],
    [
      'an order in tablets',
      facts(ready, { order: { ...order, route: 'sublingual', drawn: undefined, given: tablets } }),
      [],
    ],
    [
      'devices, before the REMS was asked about',
      facts(ready, { order: devices }),
      ['not-enrolled', 'no-prescriber-on-site', 'no-oximeter'],
    ],
    [
      'devices, with an answer that is not known',
      facts([...ready, rems({ prescriberOnSite: 'unknown' })], { order: devices }),
      ['no-prescriber-on-site'],
    ],
    ['devices, enrolled and watched', facts([...ready, rems({})], { order: devices }), []],
    [
      'a dose that is not counted from a weight',
      facts(ready, { order: { ...order, weightMeasuredAt: undefined } }),
      [],
    ],
    ['no order', facts(ready, { order: undefined }), ['no-active-order']],
    ['not arrived', facts([identity, checklist, reading(-5)]), ['not-arrived']],
    ['identity unchecked', facts([arrived, checklist, reading(-5)]), ['identity-not-checked']],
    ['no checklist', facts([arrived, identity, reading(-5)]), ['checklist-incomplete']],
    ['no reading', facts([arrived, identity, checklist]), ['no-baseline-reading']],
    ['reading in the future', facts([arrived, identity, checklist, reading(1)]), ['no-baseline-reading']],
    ['reading 15 min old', facts([arrived, identity, checklist, reading(-15)]), []],
    ['reading 16 min old', facts([arrived, identity, checklist, reading(-16)]), ['baseline-too-old']],
    [
      'red pressure',
      facts([arrived, identity, checklist, reading(-5, { ...vitals, systolicMmHg: 182 })]),
      ['baseline-red'],
    ],
    [
      'red although something is unknown',
      facts([arrived, identity, checklist, reading(-5, { spo2Percent: 88 })]),
      ['baseline-red'],
    ],
    [
      'amber pressure',
      facts([arrived, identity, checklist, reading(-5, { ...vitals, systolicMmHg: 162 })]),
      [],
    ],
    [
      'breathing not counted',
      facts([arrived, identity, checklist, reading(-5, { ...vitals, respiratoryRatePerMin: null })]),
      ['baseline-unknown'],
    ],
    [
      'a MOAA/S of 2 tapped as a scale after the reading',
      facts([...ready, event('scale', -2, { scale: 'moaas', score: 2 })]),
      ['baseline-red'],
    ],
    [
      'a MOAA/S of 5 tapped as a scale after the reading',
      facts([...ready, event('scale', -2, { scale: 'moaas', score: 5 })]),
      [],
    ],
    [
      'a MOAA/S tapped as a scale after a reading that left it out',
      facts([
        arrived,
        identity,
        checklist,
        reading(-5, { ...vitals, moaas: null }),
        event('scale', -2, { scale: 'moaas', score: 5 }),
      ]),
      [],
    ],
    [
      'amber with something unknown',
      facts([arrived, identity, checklist, reading(-5, { systolicMmHg: 162, diastolicMmHg: 90 })]),
      ['baseline-unknown'],
    ],
    [
      'dose already started',
      facts([...ready, event('dose-started', -1, { ...order, orderedMg: 55 })]),
      ['dose-already-started'],
    ],
    [
      'session over',
      facts([...ready, event('session-closed', -1, { outcome: 'ended-without-dose' })]),
      ['session-over'],
    ],
  ])('%s', (_, given, expected) => {
    expect(hindrances(given)).toEqual(expected)
  })

  it('says which rule holds it and what to do', () => {
    const held = doseChecks(facts(ready, { heldBy: against('No alcohol in the breath') }))
    expect(held.find(({ hindrance }) => hindrance)?.value).toBe(
      'not known today: No alcohol in the breath. Ask.',
    )
  })

  it('names everything that is missing at once', () => {
    expect(
      hindrances(facts([], { decision: undefined, order: undefined, missingDocuments: ['Treatment'] })),
    ).toEqual([
      'not-arrived',
      'identity-not-checked',
      'not-eligible',
      'consent-missing',
      'no-active-order',
      'checklist-incomplete',
      'no-baseline-reading',
    ])
  })

  it.each([
    [0, '0 days old'],
    [1, '1 day old'],
    [2, '2 days old'],
  ])('says the age of a weight of %i days as people say it', (days, words) => {
    const weighed = { ...order, weightMeasuredAt: minute(-days * 1440 - 10) }
    const check = doseChecks(facts(ready, { order: weighed })).find(({ title }) => title.startsWith('Weight'))
    expect(check?.value).toMatch(new RegExp(`^${words}`))
  })
})

describe('the lot in the hand', () => {
  const today = '2026-11-22' as LocalDate
  const lot = {
    form: 'vial' as const,
    concentrationMgPerMl: 50,
    expiresOn: '2026-11-22' as LocalDate,
    balanceMl: 10,
  }
  it.each([
    ['good through its last day', lot, 1.1, undefined],
    ['expired at midnight', { ...lot, expiresOn: '2026-11-21' as LocalDate }, 1.1, 'lot-expired'],
    ['another strength', { ...lot, concentrationMgPerMl: 100 }, 1.1, 'lot-wrong-concentration'],
    ['too much drawn', lot, 1.2, 'drawn-not-as-ordered'],
    ['too little drawn', lot, 1.0, 'drawn-not-as-ordered'],
    ['half a mark more', lot, 1.15, 'drawn-not-as-ordered'],
    ['a hair more', lot, 1.101, 'drawn-not-as-ordered'],
    ['half a mark less', lot, 1.05, undefined],
    ['the same in floating point', lot, 0.1 + 1, undefined],
    ['no number', lot, Number.NaN, 'drawn-not-as-ordered'],
    ['exactly what is left', { ...lot, balanceMl: 1.1 }, 1.1, undefined],
    ['less than that left', { ...lot, balanceMl: 1.09 }, 1.1, 'not-enough-in-lot'],
    ['none', undefined, 1.1, 'no-lot'],
  ])('%s', (_, given, drawnMl, expected) => {
    expect(lotHindrance(given, drawn, drawnMl, today)).toBe(expected)
  })

  it('is measured by the finer marks of a small syringe', () => {
    const small = { volumeMl: 0.56, concentrationMgPerMl: 50 }
    expect(lotHindrance(lot, small, 0.555, today)).toBeUndefined()
    expect(lotHindrance(lot, small, 0.55, today)).toBe('drawn-not-as-ordered')
    expect(lotHindrance(lot, small, 0.57, today)).toBe('drawn-not-as-ordered')
  })
})

describe('a lot of devices or tablets', () => {
  const today = '2026-11-22' as LocalDate
  const lot = { form: 'nasal-device' as const, unitMg: 28, expiresOn: today, balanceUnits: 3 }
  const order = { route: 'nasal-esketamine' as const, unitMg: 28 }
  it.each([
    ['good through its last day', lot, 1, undefined],
    ['expired at midnight', { ...lot, expiresOn: '2026-11-21' as LocalDate }, 1, 'lot-expired'],
    ['other mg in each', { ...lot, unitMg: 14 }, 1, 'lot-wrong-form'],
    ['tablets', { ...lot, form: 'tablet' as const }, 1, 'lot-wrong-form'],
    [
      'a vial',
      { form: 'vial' as const, expiresOn: today, concentrationMgPerMl: 28, balanceMl: 10 },
      1,
      'lot-wrong-form',
    ],
    ['exactly what is left', lot, 3, undefined],
    ['more than is left', lot, 4, 'not-enough-in-lot'],
    ['none', undefined, 1, 'no-lot'],
  ])('%s', (_, given, units, expected) => {
    expect(unitLotHindrance(given, order, units, today)).toBe(expected)
  })
  it('is no syringe', () => {
    expect(lotHindrance(lot, { volumeMl: 1, concentrationMgPerMl: 28 }, 1, today)).toBe('lot-wrong-form')
  })
})
