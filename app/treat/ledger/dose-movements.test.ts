import { describe, expect, it } from 'vitest'
import type { SessionDose } from '../session/session.ts'
import type { LotId, SessionId } from '../session/session-event.ts'
import { givenByLog, sessionLedger, unsettled } from './dose-movements.ts'
import type { Movement, MovementKind, Place } from './movement.ts'

const SESSION = 's1' as SessionId
const LOT = 'l1' as LotId
const SYRINGE: Place = { at: 'syringe', id: SESSION }
const PATIENT: Place = { at: 'patient', id: SESSION }
const ENDS: Partial<Record<MovementKind, readonly [Place, Place]>> = {
  draw: [{ at: 'safe' }, SYRINGE],
  give: [SYRINGE, PATIENT],
  'take-back': [PATIENT, SYRINGE],
  waste: [SYRINGE, { at: 'waste' }],
  return: [SYRINGE, { at: 'safe' }],
  lose: [SYRINGE, { at: 'lost' }],
}
const moved = (kind: MovementKind, hundredths: number, lotId = LOT) => {
  const [from, to] = ENDS[kind]!
  return { kind, lotId, hundredths, from: { place: from }, to: { place: to } } as Movement
}
const infusion = (mgGiven?: number) =>
  ({
    lotId: LOT,
    drawnMl: 5.6,
    lotConcentrationMgPerMl: 10,
    devices: [],
    ...(mgGiven === undefined ? {} : { ended: { mgGiven } }),
  }) as unknown as SessionDose

describe('what the ledger holds of a session', () => {
  it('is drawn = given + wasted + returned + lost + in the syringe', () => {
    const [ledger] = sessionLedger(SESSION, [
      moved('draw', 560),
      moved('give', 300),
      moved('take-back', 20),
      moved('waste', 200),
      moved('lose', 10),
    ])
    expect(ledger).toEqual({
      lotId: LOT,
      drawn: 560,
      given: 280,
      wasted: 200,
      returned: 0,
      lost: 10,
      inSyringe: 70,
    })
  })

  it('is kept lot by lot', () => {
    const second = 'l2' as LotId
    expect(
      sessionLedger(SESSION, [moved('draw', 100), moved('draw', 200, second)]).map(({ drawn }) => drawn),
    ).toEqual([100, 200])
  })
})

describe('what the log says was given', () => {
  it('is nothing while an infusion runs, then what was drawn less what was left', () => {
    expect([...givenByLog(infusion())]).toEqual([[LOT, 0]])
    expect([...givenByLog(infusion(28))]).toEqual([[LOT, 280]])
    expect([...givenByLog(infusion(56))]).toEqual([[LOT, 560]])
  })
  it('of a dose from several lots is the first one’s before it is the next one’s', () => {
    const other = 'l2' as LotId
    const split = (mgGiven?: number) => ({ ...infusion(mgGiven), otherLots: [{ lotId: other, ml: 4.4 }] })
    const given = (mgGiven?: number) => [...givenByLog(split(mgGiven))]
    expect(given()).toEqual([
      [LOT, 0],
      [other, 0],
    ])
    expect(given(10)).toEqual([
      [LOT, 100],
      [other, 0],
    ])
    expect(given(20)).toEqual([
      [LOT, 120],
      [other, 80],
    ])
    expect(given(56)).toEqual([
      [LOT, 120],
      [other, 440],
    ])
  })

  it('counts devices one by one, each of its lot, and tablets all at once', () => {
    const sprays = { lotId: LOT, units: { unitMg: 28, count: 2, atMin: [0, 5] } } as unknown as SessionDose
    const device = (lotId: string) => ({ lotId })
    expect([
      ...givenByLog({ ...sprays, devices: [device('l1'), device('l2')] } as unknown as SessionDose),
    ]).toEqual([
      ['l1', 100],
      ['l2', 100],
    ])
    const tablets = {
      lotId: LOT,
      atOnce: 'oral',
      devices: [],
      units: { unitMg: 50, count: 3, atMin: [] },
    } as unknown as SessionDose
    expect([...givenByLog(tablets)]).toEqual([[LOT, 300]])
  })
})

describe('what keeps a session open', () => {
  const open = (...movements: Movement[]) => unsettled(infusion(28), sessionLedger(SESSION, movements))

  it('is drug in the syringe', () => {
    expect(open(moved('draw', 560), moved('give', 280))).toEqual([
      { lotId: LOT, inSyringe: 280, logLessLedger: 0 },
    ])
  })

  it('is a log that says another amount than the ledger, also with an empty syringe', () => {
    expect(open(moved('draw', 560), moved('give', 200), moved('waste', 360))).toEqual([
      { lotId: LOT, inSyringe: 0, logLessLedger: 80 },
    ])
  })

  it('is nothing once everything has gone somewhere on record, or where no dose was drawn in the ledger', () => {
    expect(open(moved('draw', 560), moved('give', 280), moved('waste', 270), moved('lose', 10))).toEqual([])
    expect(open()).toEqual([])
    expect(unsettled(undefined, [])).toEqual([])
  })
})
