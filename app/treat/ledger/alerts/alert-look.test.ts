import { describe, expect, it } from 'vitest'
import { addMs, DAY_MS, type Instant } from '../../../platform/time.ts'
import type { LotId, SessionId } from '../../session/session-event.ts'
import type { MovementId } from '../movement.ts'
import type { CountedLot, LedgerAlert, LotOnHand, NeededDose } from './alert.ts'
import { alertLinks } from './alert-links.ts'
import { type AlertLook, alertFactsText, LOOK_HOLDS_DAYS, lookThatHolds } from './alert-look.ts'

const at = '2026-11-24T17:00:00.000Z' as Instant
const alert = (change: Partial<LedgerAlert> = {}): LedgerAlert => ({
  code: 'outside-hours',
  key: 'outside-hours ana',
  severity: 'amber',
  title: '',
  detail: '',
  todo: '',
  since: undefined,
  ids: { accounts: ['ana'], movements: ['m1', 'm2'] as MovementId[] },
  ...change,
})
const look = (of: LedgerAlert, change: Partial<AlertLook> = {}): AlertLook => ({
  id: 'l1' as AlertLook['id'],
  alertKey: of.key,
  facts: alertFactsText(of),
  words: 'asked her',
  at,
  by: 'mara',
  ...change,
})
const holds = (now: LedgerAlert, looks: AlertLook[], when = at) => lookThatHolds(now, looks, when)?.id

describe('a look', () => {
  it('holds for what was there, also when some of it falls out of sight', () => {
    expect(holds(alert(), [look(alert())])).toBe('l1')
    const fewer = alert({ ids: { accounts: ['ana'], movements: ['m2' as MovementId] } })
    expect(holds(fewer, [look(alert())])).toBe('l1')
  })

  it.each([
    ['something is added', alert({ ids: { accounts: ['ana'], movements: ['m2', 'm3'] as MovementId[] } })],
    ['it is about more', alert({ ids: { ...alert().ids, sessions: ['s1' as SessionId] } })],
    ['it is more pressing', alert({ severity: 'red' })],
    ['it is another question', alert({ key: 'outside-hours ben' })],
  ])('holds no more when %s', (_what, now) => {
    expect(holds(now, [look(alert())])).toBeUndefined()
  })

  it('holds no longer than the rules look back; of several the newest is said', () => {
    const end = addMs(at, LOOK_HOLDS_DAYS * DAY_MS)
    expect(holds(alert(), [look(alert())], addMs(end, -1))).toBe('l1')
    expect(holds(alert(), [look(alert())], end)).toBeUndefined()
    // Written later, also by a clock that was set back meanwhile.
    const later = look(alert(), { id: 'l2' as AlertLook['id'], at: addMs(at, -1) })
    expect(holds(alert(), [look(alert()), later], addMs(at, 2))).toBe('l2')
  })
})

describe('the links of an alert', () => {
  const facts = {
    at,
    timeZone: 'America/New_York',
    names: new Map([
      ['ana', 'Ana Ruiz'],
      ['ben', 'Ben Holt'],
    ]),
    counts: [
      { id: 'c1 v1', at },
      { id: 'c1 v2', at },
      { id: 'c2 v1', at },
      { id: 'c9 v1', at },
    ] as CountedLot[],
    doses: [
      { appointmentId: 'a2', startsAt: '2026-12-03T15:00:00.000Z' },
      { appointmentId: 'a1', startsAt: '2026-12-02T02:00:00.000Z' },
    ] as NeededDose[],
    lots: [{ id: 'lot1', lotNumber: 'L1' }] as unknown as LotOnHand[],
  }
  const lots = ['lot1'] as LotId[]
  const hrefs = (change: Partial<LedgerAlert>) => alertLinks(alert(change), facts).map(({ href }) => href)

  it.each<[LedgerAlert['code'], LedgerAlert['ids'], string[]]>([
    ['lot-expired', { lots }, ['/work/stock/lots/lot1']],
    ['vial-open-too-long', { lots }, ['/work/stock/lots/lot1']],
    [
      'waste-unlike-colleagues',
      { accounts: ['ana'] },
      ['/work/stock/ledger?from=2026-08-26&person=ana&kind=waste'],
    ],
    ['outside-hours', { accounts: ['ana'] }, ['/work/stock/ledger?from=2026-10-25&person=ana']],
    [
      'same-witness',
      { accounts: ['ana', 'ben'] },
      ['/work/stock/ledger?from=2026-08-26&person=ana', '/work/stock/ledger?from=2026-08-26&person=ben'],
    ],
    [
      'repeated-differences-lot',
      { lots, counts: ['c1 v1', 'c1 v2', 'c2 v1'] },
      ['/work/stock/counts/c1', '/work/stock/counts/c2', '/work/stock/lots/lot1'],
    ],
    // By the clinic's day, not by that of the server.
    ['stock-below-need', { lots, appointments: ['a1', 'a2'] }, ['/work/schedule?view=week&day=2026-12-01']],
  ])('%s lead to its rows', (code, ids, expected) => {
    expect(hrefs({ code, ids })).toEqual(expected)
  })

  it('say whose or which', () => {
    const words = (change: Partial<LedgerAlert>) => alertLinks(alert(change), facts).map(({ label }) => label)
    expect(words({ code: 'outside-hours', ids: { accounts: ['ana'] } })).toEqual([
      'Movements of Ana Ruiz within 30 days',
    ])
    expect(words({ code: 'lot-expired', ids: { lots } })).toEqual(['Lot L1'])
  })
})
