import { expect } from 'vitest'
import { addMs, DAY_MS, type Instant, type LocalDate } from '../app/platform/time.ts'
import type { AlertCode, AlertFacts, LotOnHand } from '../app/treat/ledger/alerts/alert.ts'
import { ledgerAlerts } from '../app/treat/ledger/alerts/alert-rules.ts'
import {
  type Movement,
  type MovementId,
  type MovementKind,
  microgramsOf,
  type Place,
  SAFE,
} from '../app/treat/ledger/movement.ts'
import { DEFAULT_LEDGER_SETTINGS } from '../app/treat/ledger/settings/ledger-settings.ts'
import type { LotId, SessionId } from '../app/treat/session/session-event.ts'

/** Movements, lots and sessions as the rules of the alerts are shown them. Names and figures are invented. */

/** Tuesday 24 November 2026, noon in New York. */
export const NOW = '2026-11-24T17:00:00.000Z' as Instant
export const ago = (days: number, ms = 0) => addMs(NOW, -days * DAY_MS + ms)
export const settings = {
  ...DEFAULT_LEDGER_SETTINGS,
  vialForOnePersonOnly: false,
  // Around the clock, so that a test of another rule hears nothing of hours.
  workingHours: { from: '00:00', to: '23:59', weekdays: [0, 1, 2, 3, 4, 5, 6] },
}
export const hours = { from: '07:00', to: '19:00', weekdays: [1, 2, 3, 4, 5] }

export const ids = <Name extends string>(text: string) => text as Name
export const lotId = ids<LotId>('lot-1')

export function lot(change: Partial<LotOnHand> & { hundredths?: number } = {}): LotOnHand {
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

export const facts = (change: Partial<AlertFacts> = {}): AlertFacts => ({
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
export function moved(kind: MovementKind, change: Partial<Movement> = {}): Movement {
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
export function session(by: string, wasted: number, change: Partial<Movement> = {}): Movement[] {
  count += 1
  const sessionId = `session-${count}` as SessionId
  const every = { by, sessionId, ...change }
  return [
    moved('draw', { ...every, hundredths: 100 }),
    ...(wasted < 100 ? [moved('give', { ...every, hundredths: 100 - wasted })] : []),
    ...(wasted > 0 ? [moved('waste', { ...every, hundredths: wasted })] : []),
  ]
}
export const sessions = (number: number, by: string, wasted: number, change: Partial<Movement> = {}) =>
  Array.from({ length: number }, () => session(by, wasted, change)).flat()

export const codes = (change: Partial<AlertFacts>) =>
  ledgerAlerts(facts(change)).alerts.map(({ code }) => code)
export const only = (code: AlertCode, change: Partial<AlertFacts>) => {
  const found = ledgerAlerts(facts(change)).alerts
  expect(found.map((alert) => alert.code)).toEqual([code])
  return found[0]!
}
