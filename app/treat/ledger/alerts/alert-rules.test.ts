import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addMs, DAY_MS, HOUR_MS, type Instant, type LocalDate, MINUTE_MS } from '../../../platform/time.ts'
import type { LotId, SessionId } from '../../session/session-event.ts'
import {
  type ContainerId,
  type Movement,
  type MovementId,
  type MovementKind,
  microgramsOf,
  type Place,
  SAFE,
} from '../movement.ts'
import { DEFAULT_LEDGER_SETTINGS } from '../settings/ledger-settings.ts'
import type { AlertCode, AlertFacts, CountedLot, LotOnHand, NeededDose } from './alert.ts'
import { ledgerAlerts } from './alert-rules.ts'

/** Tuesday 24 November 2026, noon in New York. */
const NOW = '2026-11-24T17:00:00.000Z' as Instant
const ago = (days: number, ms = 0) => addMs(NOW, -days * DAY_MS + ms)
const settings = {
  ...DEFAULT_LEDGER_SETTINGS,
  vialForOnePersonOnly: false,
  // Around the clock, so that a test of another rule hears nothing of hours.
  workingHours: { from: '00:00', to: '23:59', weekdays: [0, 1, 2, 3, 4, 5, 6] },
}
const hours = { from: '07:00', to: '19:00', weekdays: [1, 2, 3, 4, 5] }

const ids = <Name extends string>(text: string) => text as Name
const lotId = ids<LotId>('lot-1')

function lot(change: Partial<LotOnHand> & { hundredths?: number } = {}): LotOnHand {
  const { hundredths = 10_000, ...rest } = change
  return {
    id: lotId,
    drug: 'Ketamine hydrochloride',
    lotNumber: 'L1',
    form: 'vial',
    strength: 50,
    containerHundredths: 1000,
    expiresOn: '2028-06-30' as LocalDate,
    recalled: undefined,
    recalledAt: undefined,
    standing: hundredths > 0 ? [{ place: SAFE, hundredths }] : [],
    ...rest,
  }
}

const facts = (change: Partial<AlertFacts> = {}): AlertFacts => ({
  at: NOW,
  timeZone: 'America/New_York',
  settings,
  movements: [],
  lots: [],
  openVials: [],
  counts: [],
  sessions: [],
  doses: [],
  names: new Map([
    ['ana', 'Ana Ruiz'],
    ['ben', 'Ben Holt'],
    ['cleo', 'Cleo Park'],
  ]),
  cabinets: new Map(),
  ...change,
})

let count = 0
function moved(kind: MovementKind, change: Partial<Movement> = {}): Movement {
  count += 1
  const id = `movement-${String(count).padStart(6, '0')}` as MovementId
  const session = change.sessionId ?? ('session-0' as SessionId)
  const sides: Readonly<Record<MovementKind, readonly [Place, Place]>> = {
    receive: [{ at: 'supplier' }, SAFE],
    open: [SAFE, SAFE],
    move: [SAFE, SAFE],
    draw: [SAFE, { at: 'syringe', id: session }],
    give: [
      { at: 'syringe', id: session },
      { at: 'patient', id: session },
    ],
    'take-back': [
      { at: 'patient', id: session },
      { at: 'syringe', id: session },
    ],
    waste: [change.sessionId ? { at: 'syringe', id: session } : SAFE, { at: 'waste' }],
    'waste-back': [{ at: 'waste' }, { at: 'syringe', id: session }],
    return: [{ at: 'syringe', id: session }, SAFE],
    'send-back': [SAFE, { at: 'returned' }],
    destroy: [SAFE, { at: 'destroyed' }],
    lose: [SAFE, { at: 'lost' }],
    adjust: [SAFE, { at: 'adjusted' }],
  }
  const [from, to] = sides[kind]
  const hundredths = change.hundredths ?? 100
  const at = change.at ?? ago(1)
  return {
    seq: count,
    id,
    actId: id,
    kind,
    at,
    recordedAt: at,
    lotId,
    from: { place: from },
    to: { place: to },
    hundredths,
    micrograms: microgramsOf(hundredths, 50),
    by: 'ana',
    reason: '',
    ...change,
  }
}

/** A settled session: 100 hundredths drawn, so many of them wasted, the rest given. */
function session(by: string, wasted: number, change: Partial<Movement> = {}): Movement[] {
  count += 1
  const sessionId = `session-${count}` as SessionId
  const every = { by, sessionId, ...change }
  return [
    moved('draw', { ...every, hundredths: 100 }),
    ...(wasted < 100 ? [moved('give', { ...every, hundredths: 100 - wasted })] : []),
    ...(wasted > 0 ? [moved('waste', { ...every, hundredths: wasted })] : []),
  ]
}
const sessions = (number: number, by: string, wasted: number, change: Partial<Movement> = {}) =>
  Array.from({ length: number }, () => session(by, wasted, change)).flat()

const codes = (change: Partial<AlertFacts>) => ledgerAlerts(facts(change)).alerts.map(({ code }) => code)
const only = (code: AlertCode, change: Partial<AlertFacts>) => {
  const found = ledgerAlerts(facts(change)).alerts
  expect(found.map((alert) => alert.code)).toEqual([code])
  return found[0]!
}

it('asks nothing of a ledger in which nothing stands', () => {
  expect(ledgerAlerts(facts())).toEqual({ alerts: [], notJudged: [] })
})

describe('waste unlike that of colleagues', () => {
  const colleagues = () => [...sessions(20, 'ben', 10), ...sessions(20, 'cleo', 0)]

  it('names somebody with far more sessions of much waste, with the figures and no verdict', () => {
    const movements = [...sessions(6, 'ana', 40), ...sessions(6, 'ana', 0), ...colleagues()]
    const alert = only('waste-unlike-colleagues', { movements })
    expect(alert.severity).toBe('red')
    expect(alert.detail).toMatch(
      /^In 6 of 12 sessions of the last 90 days more than 25 % of what was drawn was wasted; with colleagues in 0 of 40\. /,
    )
    expect(alert.todo).toMatch(/a question, not a finding/)
    expect(alert.ids.accounts).toEqual(['ana'])
    expect(alert.ids.sessions).toHaveLength(6)
  })

  it('is Fisher’s exact test, adjusted after Holm: 3 of 12 beside 0 of 40 is amber', () => {
    // One-sided: C(12,3) / C(52,3) = 220 / 22100 = 0.00995; times three people compared 0.0299.
    const movements = [...sessions(3, 'ana', 26), ...sessions(9, 'ana', 0), ...colleagues()]
    const alert = only('waste-unlike-colleagues', { movements })
    expect(alert.severity).toBe('amber')
    expect(alert.detail).toMatch(/Chance alone would show as much in at most 1 of 33 looks\.$/)
    // 2 of 12: 66 / 1326 = 0.0498, times three.
    expect(
      codes({ movements: [...sessions(2, 'ana', 26), ...sessions(10, 'ana', 0), ...colleagues()] }),
    ).toEqual([])
  })

  it('never names anybody on fewer than ten sessions, whatever was wasted', () => {
    expect(codes({ movements: [...sessions(9, 'ana', 90), ...colleagues()] })).toEqual([])
    expect(codes({ movements: [...sessions(10, 'ana', 90), ...colleagues()] })).toEqual([
      'waste-unlike-colleagues',
    ])
  })

  it('says that nobody is compared where colleagues have too few', () => {
    const { alerts, notJudged } = ledgerAlerts(
      facts({ movements: [...sessions(30, 'ana', 90), ...sessions(9, 'ben', 0)] }),
    )
    expect(alerts).toEqual([])
    expect(notJudged[0]?.words).toMatch(/nobody is compared yet/)
  })

  it('exactly the share that is set is not much yet', () => {
    expect(codes({ movements: [...sessions(12, 'ana', 25), ...colleagues()] })).toEqual([])
    expect(codes({ movements: [...sessions(12, 'ana', 26), ...colleagues()] })).toEqual([
      'waste-unlike-colleagues',
    ])
  })

  it('looks at 90 days, at the day itself too', () => {
    const at = (when: Instant) => [...sessions(12, 'ana', 60, { at: when }), ...colleagues()]
    expect(codes({ movements: at(ago(90)) })).toEqual(['waste-unlike-colleagues'])
    expect(codes({ movements: at(ago(90, -1)) })).toEqual([])
  })

  it('counts what was returned as not drawn, and no session whose syringe is not empty', () => {
    const returned = (by: string) => {
      count += 1
      const every = { by, sessionId: `session-${count}` as SessionId }
      return [
        moved('draw', { ...every, hundredths: 300 }),
        moved('return', { ...every, hundredths: 200 }),
        moved('waste', { ...every, hundredths: 30 }),
        moved('give', { ...every, hundredths: 70 }),
      ]
    }
    const all = Array.from({ length: 12 }, () => returned('ana'))
    expect(codes({ movements: [...all.flat(), ...colleagues()] })).toEqual(['waste-unlike-colleagues'])
    const underWay = all.flatMap(([draw, , waste]) => [draw!, waste!])
    expect(codes({ movements: [...underWay, ...colleagues()] })).toEqual([])
  })

  it('counts what was not wasted after all as not wasted', () => {
    const setRight = Array.from({ length: 12 }, () => {
      const own = session('ana', 60)
      const every = { by: 'ana', sessionId: own[0]!.sessionId!, hundredths: 60 }
      return [...own, moved('waste-back', every), moved('give', every)]
    })
    expect(codes({ movements: [...setRight.flat(), ...colleagues()] })).toEqual([])
  })

  it('is of who drew most, not of who wasted', () => {
    const movements = Array.from({ length: 12 }, () => session('ana', 60))
      .flat()
      .map((movement) => (movement.kind === 'waste' ? { ...movement, by: 'ben' } : movement))
    expect(
      only('waste-unlike-colleagues', { movements: [...movements, ...colleagues()] }).ids.accounts,
    ).toEqual(['ana'])
  })

  it('where much waste is the rule it says that the share is set too low', () => {
    const { notJudged } = ledgerAlerts(
      facts({ movements: [...sessions(15, 'ana', 60), ...sessions(15, 'ben', 60)] }),
    )
    expect(notJudged[0]?.words).toMatch(/in 30 of 30 sessions more than 25 % .* set a higher share/)
  })
})

describe('small differences that repeat', () => {
  const counted = (difference: number, change: Partial<CountedLot> = {}): CountedLot => {
    count += 1
    return {
      id: `count-${count}`,
      at: ago(1),
      lotId,
      place: SAFE,
      expectedHundredths: 1000,
      countedHundredths: 1000 + difference,
      counters: ['ana', 'ben'],
      ...change,
    }
  }
  const other = (number: number) => lot({ id: `lot-${number}` as LotId, lotNumber: `L${number}` })

  it('three of one lot within 30 days', () => {
    const counts = [counted(-10), counted(-10), counted(5)]
    const alert = only('repeated-differences-lot', { counts, lots: [lot()] })
    expect(alert.severity).toBe('amber')
    expect(alert.detail).toBe(
      '3 counts within 30 days agreed but for a little; all together 0.15 mL missing.',
    )
    expect(codes({ counts: counts.slice(1), lots: [lot()] })).toEqual([])
  })

  it('what is more than a count lets pass is no small difference, and none is none', () => {
    expect(codes({ counts: [counted(-10), counted(-10), counted(-11)], lots: [lot()] })).toEqual([])
    expect(codes({ counts: [counted(-10), counted(-10), counted(0)], lots: [lot()] })).toEqual([])
    expect(codes({ counts: [counted(-1), counted(1), counted(-10)], lots: [lot()] })).toEqual([
      'repeated-differences-lot',
    ])
  })

  it('a vial counted again and again is one difference, its last', () => {
    const container = 'vial-1' as ContainerId
    const again = [3, 2, 1].map((days) => counted(-days, { container, at: ago(days) }))
    expect(codes({ counts: again, lots: [lot()] })).toEqual([])
    const alert = only('repeated-differences-lot', {
      counts: [...again, counted(-5), counted(-5)],
      lots: [lot()],
    })
    expect(alert.detail).toMatch(/0\.11 mL missing/)
  })

  it('is red once half a mL is missing, not when it is over', () => {
    const all = (...each: number[]) =>
      only('repeated-differences-lot', { counts: each.map((one) => counted(one)), lots: [lot()] })
    expect(all(-10, -10, -10, -10, -9).severity).toBe('amber')
    expect(all(-10, -10, -10, -10, -10).severity).toBe('red')
    expect(all(10, 10, 10, 10, 10).severity).toBe('amber')
    expect(all(10, 10, 10).detail).toMatch(/0\.30 mL over/)
    expect(all(10, -5, -5).detail).toMatch(/nothing is missing or over/)
  })

  it('goes back 30 days', () => {
    const last = (at: Instant) => [counted(-1), counted(-1), counted(-1, { at })]
    expect(codes({ counts: last(ago(30)), lots: [lot()] })).toEqual(['repeated-differences-lot'])
    expect(codes({ counts: last(ago(30, -1)), lots: [lot()] })).toEqual([])
  })

  it('three of different lots by the same two people, in whatever order they sign', () => {
    const counts = [
      counted(-10, { lotId: 'lot-1' as LotId }),
      counted(-10, { lotId: 'lot-2' as LotId, counters: ['ben', 'ana'] }),
      counted(-10, { lotId: 'lot-3' as LotId }),
    ]
    const alert = only('repeated-differences-pair', { counts, lots: [1, 2, 3].map(other) })
    expect(alert.ids.accounts).toEqual(['ana', 'ben'])
    expect(alert.title).toMatch(/Ana Ruiz and Ben Holt$/)
    expect(alert.detail).toMatch(
      /: lot L1 \(Ketamine hydrochloride\) in 1 count, all together 0\.10 mL missing; lot L2 /,
    )
    const alone = counts.map((one) => ({ ...one, counters: ['ana'] }))
    expect(codes({ counts: alone, lots: [1, 2, 3].map(other) })).toEqual([])
  })
})

describe('outside working hours', () => {
  const night = '2026-11-22T03:10:00.000Z' as Instant
  const set = { ...settings, workingHours: hours }

  it('tells what was moved, when and by whom', () => {
    const alert = only('outside-hours', {
      settings: set,
      lots: [lot()],
      movements: [moved('move', { at: night, hundredths: 400 })],
    })
    expect(alert.severity).toBe('amber')
    expect(alert.title).toBe('Stock moved outside working hours: Ana Ruiz')
    expect(alert.detail).toBe(
      'Once within 30 days, with no session under way: Sat 21 Nov 2026, 22:10: moved, 4.00 mL of lot L1 in the safe.',
    )
    expect(alert.since).toBe(night)
  })

  it('is red where drug left the books without a witness', () => {
    const severity = (change: Partial<Movement>) =>
      only('outside-hours', { settings: set, movements: [moved('waste', { at: night, ...change })] }).severity
    expect(severity({})).toBe('red')
    expect(severity({ witness: 'ben' })).toBe('amber')
  })

  it('the first and the last minute belong to the hours', () => {
    const at = (time: string) =>
      codes({ settings: set, movements: [moved('move', { at: `2026-11-23T${time}Z` as Instant })] })
    expect(at('11:59:59.999')).toEqual(['outside-hours'])
    expect(at('12:00:00.000')).toEqual([])
    expect(
      codes({ settings: set, movements: [moved('move', { at: '2026-11-24T00:00:59.999Z' as Instant })] }),
    ).toEqual([])
    expect(
      codes({ settings: set, movements: [moved('move', { at: '2026-11-24T00:01:00.000Z' as Instant })] }),
    ).toEqual(['outside-hours'])
  })

  it('leaves out a session under way, with the vial opened for it in the same act', () => {
    const sessionId = 'session-9' as SessionId
    const draw = moved('draw', { at: night, sessionId })
    const open = moved('open', { at: night, actId: draw.actId })
    const movements = [open, draw]
    const of = (from: Instant, to?: Instant) =>
      codes({
        settings: set,
        movements,
        sessions: [{ id: sessionId, from, ...(to ? { to } : {}) }],
      })
    expect(of(addMs(night, -HOUR_MS))).toEqual([])
    expect(of(night, night)).toEqual([])
    expect(of(addMs(night, 1))).toEqual(['outside-hours'])
    expect(of(addMs(night, -2 * HOUR_MS), addMs(night, -1))).toEqual(['outside-hours'])
    expect(codes({ settings: set, movements })).toEqual(['outside-hours'])
  })

  it('says when something of the day was written at night', () => {
    const at = '2026-11-20T20:00:00.000Z' as Instant
    const alert = only('outside-hours', {
      settings: set,
      movements: [moved('move', { at, recordedAt: night })],
    })
    expect(alert.detail).toMatch(/Fri 20 Nov 2026, 15:00: .*, written Sat 21 Nov 2026, 22:10\.$/)
  })

  it('leaves out what the ledger was opened with, and what is older than 30 days', () => {
    const opened = moved('receive', { at: night, detail: { beforeTheLedger: true } })
    expect(codes({ settings: set, movements: [opened] })).toEqual([])
    const old = '2026-10-25T03:00:00.000Z' as Instant
    expect(codes({ settings: set, movements: [moved('move', { at: old })] })).toEqual([])
  })

  it('names the last three and counts the others', () => {
    const movements = [0, 1, 2, 3, 4].map((n) => moved('move', { at: addMs(night, n * MINUTE_MS) }))
    const alert = only('outside-hours', { settings: set, movements })
    expect(alert.detail).toMatch(/^5 times .*22:12.*22:13.*22:14.*; and 2 before\.$/)
    expect(alert.ids.movements).toHaveLength(5)
  })
})

describe('stock below the need of booked visits', () => {
  const dose = (days: number, hundredths = 100, change: Partial<NeededDose> = {}): NeededDose => {
    count += 1
    return {
      appointmentId: `visit-${String(count).padStart(6, '0')}`,
      startsAt: addMs(NOW, days * DAY_MS),
      need: { form: 'vial', strength: 50, hundredths },
      ...change,
    }
  }
  const forOne = { ...settings, vialForOnePersonOnly: true }

  it('is enough when it is just enough', () => {
    const doses = [dose(1, 600), dose(1, 400)]
    expect(codes({ doses, lots: [lot({ hundredths: 1000 })] })).toEqual([])
    const alert = only('stock-below-need', { doses, lots: [lot({ hundredths: 999 })] })
    expect(alert.detail).toMatch(
      /^The next 14 days take 10\.00 mL for 2 visits; 9\.99 mL can be drawn\. It lasts for 1 of 2; the first without is on Wed 25 Nov 2026\./,
    )
  })

  it('with vials for one person only counts vials, not mL', () => {
    const doses = [dose(1, 100), dose(1, 100), dose(1, 100)]
    expect(codes({ doses, lots: [lot({ hundredths: 2000 })] })).toEqual([])
    const alert = only('stock-below-need', { settings: forOne, doses, lots: [lot({ hundredths: 2000 })] })
    expect(alert.detail).toMatch(/lasts for 2 of 3.*for one person only/)
    expect(codes({ settings: forOne, doses, lots: [lot({ hundredths: 3000 })] })).toEqual([])
  })

  it('an opened vial serves as long as it may be drawn from', () => {
    const container = 'vial-1' as ContainerId
    const opened = (hoursAgo: number) => ({
      lots: [lot({ standing: [{ place: SAFE, container, hundredths: 500 }] })],
      openVials: [{ id: container, lotId, number: 1, openedAt: addMs(NOW, -hoursAgo * HOUR_MS) }],
    })
    const soon = [dose(0, 100, { startsAt: addMs(NOW, HOUR_MS) })]
    expect(codes({ doses: soon, ...opened(5) })).toEqual([])
    expect(codes({ doses: soon, ...opened(5.01) })).toEqual(['stock-below-need'])
    expect(codes({ settings: forOne, doses: soon, ...opened(1) })).toEqual(['stock-below-need'])
  })

  it('a vial opened for one visit serves another of that day, none of the next', () => {
    const today = [0, 1].map((n) => dose(1, 100, { startsAt: addMs(NOW, n * HOUR_MS) }))
    expect(codes({ doses: today, lots: [lot({ hundredths: 1000 })] })).toEqual([])
    expect(codes({ doses: [dose(1), dose(2)], lots: [lot({ hundredths: 1000 })] })).toEqual([
      'stock-below-need',
    ])
  })

  it('leaves out lots that are called back, or expired by the visit’s day', () => {
    const last = (expiresOn: string) => [lot({ hundredths: 1000, expiresOn: expiresOn as LocalDate })]
    const doses = [dose(5)]
    expect(codes({ doses, lots: last('2026-11-29') })).toEqual(['lot-expires-soon'])
    expect(codes({ doses, lots: last('2026-11-28') })).toEqual(['stock-below-need', 'lot-expires-soon'])
    expect(codes({ doses, lots: [lot({ recalled: 'glass' })] })).toEqual(['lot-recalled', 'stock-below-need'])
  })

  it('looks at the strength and the form that were ordered', () => {
    expect(codes({ doses: [dose(1)], lots: [lot({ strength: 100 })] })).toEqual(['stock-below-need'])
    const units: NeededDose['need'] = { form: 'nasal-device', strength: 28, hundredths: 300 }
    const devices = lot({ form: 'nasal-device', strength: 28, containerHundredths: 100, hundredths: 500 })
    expect(codes({ doses: [dose(1, 0, { need: units })], lots: [devices] })).toEqual([])
    const alert = only('stock-below-need', {
      doses: [dose(1, 0, { need: units }), dose(2, 0, { need: units })],
      lots: [devices],
    })
    expect(alert.detail).toMatch(/take 6 devices for 2 visits; 5 devices can be drawn/)
  })

  it('a dose that nobody knows yet is said to be unknown, and is not 0', () => {
    const doses = [dose(1), dose(2, 0, { need: undefined })]
    const { alerts, notJudged } = ledgerAlerts(facts({ doses, lots: [lot()] }))
    expect(alerts).toEqual([])
    expect(notJudged.map(({ words }) => words)).toEqual([
      'Stock for booked visits: 1 of 2 booked visits of the next 14 days has no dose that is known yet (no order in force): what it takes comes on top.',
    ])
    const without = ledgerAlerts(facts({ doses }))
    expect(without.alerts[0]?.detail).toMatch(/1 of 2 booked visits/)
  })

  it('looks as far ahead as is set, and is red for the next two days', () => {
    expect(codes({ doses: [dose(14)] })).toEqual(['stock-below-need'])
    expect(codes({ doses: [dose(14, 100, { startsAt: addMs(NOW, 14 * DAY_MS + 1) })] })).toEqual([])
    const at = (startsAt: Instant) =>
      only('stock-below-need', { doses: [dose(0, 100, { startsAt })] }).severity
    expect(at(addMs(NOW, 2 * DAY_MS))).toBe('red')
    expect(at(addMs(NOW, 2 * DAY_MS + 1))).toBe('amber')
  })

  it('a visit that cannot be served takes nothing from the others', () => {
    const doses = [dose(1, 5000), dose(2, 100)]
    expect(only('stock-below-need', { doses, lots: [lot({ hundredths: 1000 })] }).ids.appointments).toEqual([
      doses[0]!.appointmentId,
    ])
  })
})

describe('lots and opened vials', () => {
  const until = (expiresOn: string) => [lot({ expiresOn: expiresOn as LocalDate })]

  it.each([
    ['2026-12-25', []],
    ['2026-12-24', ['lot-expires-soon']],
    ['2026-11-24', ['lot-expires-soon']],
    ['2026-11-23', ['lot-expired']],
  ])('usable through %s: %j', (expiresOn, expected) => {
    expect(codes({ lots: until(expiresOn) })).toEqual(expected)
    expect(codes({ lots: [lot({ expiresOn: expiresOn as LocalDate, hundredths: 0 })] })).toEqual([])
  })

  it('counts by the clinic’s day', () => {
    // 20:00 on Monday there.
    const at = '2026-11-24T01:00:00.000Z' as Instant
    expect(codes({ at, lots: until('2026-11-23') })).toEqual(['lot-expires-soon'])
  })

  it('a lot that is called back is red while any of it is here, and told once', () => {
    const lots = [lot({ recalled: 'particles in the glass', expiresOn: '2026-11-01' as LocalDate })]
    const alert = only('lot-recalled', { lots })
    expect(alert.severity).toBe('red')
    expect(alert.detail).toBe('100.00 mL in the safe. Why: particles in the glass')
    expect(codes({ lots: [lot({ recalled: 'particles', hundredths: 0 })] })).toEqual([])
  })

  it('an opened vial stands there as soon as its hours are over, while there is drug in it', () => {
    const container = 'vial-1' as ContainerId
    const vial = (ms: number, hundredths = 300) => ({
      lots: [lot({ standing: [{ place: SAFE, container, hundredths }] })],
      openVials: [{ id: container, lotId, number: 7, openedAt: addMs(NOW, -6 * HOUR_MS - ms) }],
    })
    expect(codes(vial(0))).toEqual([])
    const alert = only('vial-open-too-long', vial(1))
    expect(alert.title).toBe('Open for too long: vial 7 of lot L1 (Ketamine hydrochloride)')
    expect(alert.since).toBe(addMs(NOW, -1))
    expect(codes(vial(HOUR_MS, 0))).toEqual([])
  })
})

describe('the same witness', () => {
  const acts = (number: number, by: string, witness: string, at = ago(2)) =>
    Array.from({ length: number }, () => moved('waste', { by, witness, at }))

  it('16 of 20 is told, 15 of 20 and 19 of 19 are not', () => {
    const alert = only('same-witness', {
      movements: [...acts(16, 'ana', 'ben'), ...acts(4, 'ana', 'cleo')],
    })
    expect(alert.detail).toBe('Of 20 witnessed acts of Ana Ruiz within 90 days Ben Holt witnessed 16.')
    expect(codes({ movements: [...acts(15, 'ana', 'ben'), ...acts(5, 'ana', 'cleo')] })).toEqual([])
    expect(codes({ movements: acts(19, 'ana', 'ben') })).toEqual([])
  })

  it('two who witness each other are one alert, and where only two work it says so', () => {
    const alert = only('same-witness', { movements: [...acts(20, 'ana', 'ben'), ...acts(30, 'ben', 'ana')] })
    expect(alert.ids.accounts).toEqual(['ana', 'ben'])
    expect(alert.detail).toMatch(/Nobody else witnessed anything in that time\.$/)
  })

  it('an act of several movements counts once, and only 90 days count', () => {
    const twice = acts(10, 'ana', 'ben').flatMap((one) => [
      one,
      moved('waste', { ...one, id: `${one.id}b` as MovementId }),
    ])
    expect(codes({ movements: twice })).toEqual([])
    expect(codes({ movements: acts(20, 'ana', 'ben', ago(90)) })).toEqual(['same-witness'])
    expect(codes({ movements: acts(20, 'ana', 'ben', ago(90, -1)) })).toEqual([])
  })
})

it('red comes first', () => {
  const lots = [
    lot({ expiresOn: '2026-11-30' as LocalDate }),
    lot({ id: 'lot-2' as LotId, recalled: 'glass' }),
  ]
  expect(codes({ lots })).toEqual(['lot-recalled', 'lot-expires-soon'])
})

describe('whatever the ledger holds', () => {
  const person = fc.constantFrom('ana', 'ben', 'cleo')
  const when = fc.integer({ min: 0, max: 95 * 24 * 60 }).map((min) => addMs(NOW, -min * MINUTE_MS))
  const lotIds = ['lot-1', 'lot-2', 'lot-3'] as LotId[]
  const anyLot = fc.constantFrom(...lotIds)
  const someSessions = fc
    .array(fc.record({ by: person, wasted: fc.integer({ min: 0, max: 100 }), at: when, lotId: anyLot }), {
      maxLength: 60,
    })
    .map((all) => all.flatMap(({ by, wasted, at, lotId: of }) => session(by, wasted, { at, lotId: of })))
  const someMoves = fc
    .array(
      fc.record({
        kind: fc.constantFrom('move' as const, 'waste' as const, 'lose' as const),
        by: person,
        witness: fc.option(person, { nil: undefined }),
        at: when,
      }),
      { maxLength: 60 },
    )
    .map((all) =>
      all.map(({ kind, by, witness, at }) =>
        moved(kind, { by, at, ...(witness && witness !== by ? { witness } : {}) }),
      ),
    )
  const someCounts = fc.array(
    fc.record({
      id: fc.uuid(),
      at: when,
      lotId: anyLot,
      place: fc.constant(SAFE),
      expectedHundredths: fc.constant(1000),
      countedHundredths: fc.integer({ min: 988, max: 1012 }),
      container: fc.constantFrom('vial-1', 'vial-2', 'vial-3', 'vial-4').map((id) => id as ContainerId),
      counters: fc.constantFrom(['ana', 'ben'], ['ben', 'ana'], ['ben', 'cleo'], ['ana']),
    }),
    { maxLength: 20 },
  )
  const someDoses = fc.array(
    fc.record({
      appointmentId: fc.uuid(),
      startsAt: fc.integer({ min: 0, max: 20 * 24 }).map((h) => addMs(NOW, h * HOUR_MS)),
      need: fc.option(
        fc.record({
          form: fc.constant('vial' as const),
          strength: fc.constantFrom(50, 100),
          hundredths: fc.integer({ min: 1, max: 1500 }),
        }),
        { nil: undefined },
      ),
    }),
    { maxLength: 20 },
  )
  const someLots = fc
    .array(
      fc.record({ hundredths: fc.integer({ min: 0, max: 5000 }), days: fc.integer({ min: -5, max: 60 }) }),
      {
        minLength: 3,
        maxLength: 3,
      },
    )
    .map((all) =>
      all.map(({ hundredths, days }, index) =>
        lot({
          id: lotIds[index]!,
          lotNumber: `L${index}`,
          hundredths,
          expiresOn: addMs(NOW, days * DAY_MS).slice(0, 10) as LocalDate,
        }),
      ),
    )
  const anything = fc
    .record({
      sessions: someSessions,
      moves: someMoves,
      counts: someCounts,
      doses: someDoses,
      lots: someLots,
      onePerson: fc.boolean(),
    })
    .map(({ sessions: settled, moves, onePerson, ...rest }) =>
      facts({
        ...rest,
        movements: [...settled, ...moves],
        settings: { ...settings, workingHours: hours, vialForOnePersonOnly: onePerson },
      }),
    )

  it('the order of what is handed in does not matter', () => {
    fc.assert(
      fc.property(
        anything.chain((one) =>
          fc.record({
            one: fc.constant(one),
            movements: fc.shuffledSubarray([...one.movements], { minLength: one.movements.length }),
            counts: fc.shuffledSubarray([...one.counts], { minLength: one.counts.length }),
            lots: fc.shuffledSubarray([...one.lots], { minLength: one.lots.length }),
            doses: fc.shuffledSubarray([...one.doses], { minLength: one.doses.length }),
          }),
        ),
        ({ one, ...shuffled }) => {
          expect(ledgerAlerts({ ...one, ...shuffled })).toEqual(ledgerAlerts(one))
        },
      ),
      { seed: 8, numRuns: 150 },
    )
  })

  it('a lot that has nothing to do with it changes nothing', () => {
    const unrelated = lot({
      id: 'lot-9' as LotId,
      lotNumber: 'L9',
      form: 'tablet',
      strength: 16,
      containerHundredths: 100,
    })
    const received = moved('receive', {
      lotId: unrelated.id,
      at: '2026-11-23T15:00:00.000Z' as Instant,
      by: 'ana',
    })
    fc.assert(
      fc.property(anything, (one) => {
        expect(
          ledgerAlerts({ ...one, lots: [unrelated, ...one.lots], movements: [received, ...one.movements] }),
        ).toEqual(ledgerAlerts(one))
      }),
      { seed: 8, numRuns: 100 },
    )
  })

  it('every alert has a key of its own, a severity, what to do, and ids', () => {
    fc.assert(
      fc.property(anything, (one) => {
        const { alerts } = ledgerAlerts(one)
        expect(new Set(alerts.map(({ key }) => key)).size).toBe(alerts.length)
        for (const { detail, todo, ids: about } of alerts) {
          expect(detail).not.toMatch(/NaN|undefined|Infinity/)
          expect(todo).not.toBe('')
          expect(Object.keys(about).length).toBeGreaterThan(0)
        }
      }),
      { seed: 8, numRuns: 100 },
    )
  })

  it('with plenty in the safe no visit lacks anything', () => {
    const lacking = (one: AlertFacts) =>
      ledgerAlerts(one).alerts.flatMap(({ code, ids: about }) =>
        code === 'stock-below-need' ? (about.appointments ?? []) : [],
      ).length
    fc.assert(
      fc.property(someDoses, someLots, fc.boolean(), (doses, lots, onePerson) => {
        const set = { ...settings, vialForOnePersonOnly: onePerson }
        const plenty = lot({ id: 'lot-8' as LotId, hundredths: 1_000_000 })
        const much = lot({ id: 'lot-9' as LotId, strength: 100, hundredths: 1_000_000 })
        expect(lacking(facts({ settings: set, doses, lots: [...lots, plenty, much] }))).toBe(0)
      }),
      { seed: 8, numRuns: 100 },
    )
  })
})
