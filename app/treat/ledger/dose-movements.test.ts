import { describe, expect, it } from 'vitest'
import type { SessionDose } from '../session/session.ts'
import type { LotId, SessionId } from '../session/session-event.ts'
import {
  asLedgerCounts,
  canBeGiven,
  followed,
  givenByLog,
  givenToFollow,
  sessionLedger,
  unsettled,
  wasteToSetRight,
} from './dose-movements.ts'
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
  'waste-back': [{ at: 'waste' }, SYRINGE],
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

  it('of devices and tablets is the mg on record once the dose has ended, the first ones first', () => {
    const ended = (mgGiven: number, more: object) =>
      ({ lotId: LOT, devices: [], ended: { mgGiven }, ...more }) as unknown as SessionDose
    const tablets = (mgGiven: number) =>
      givenByLog(ended(mgGiven, { atOnce: 'oral', units: { unitMg: 50, count: 2, atMin: [] } }))
    expect([...tablets(50)]).toEqual([[LOT, 100]])
    expect([...tablets(0)]).toEqual([[LOT, 0]])
    expect([...tablets(75)]).toEqual([[LOT, 150]])
    const oneAndAHalf = { atOnce: 'oral', units: { unitMg: 50, count: 1.5, atMin: [] } }
    expect([...givenByLog(ended(75, oneAndAHalf))]).toEqual([[LOT, 150]])
    const sprays = (mgGiven: number, lots: string[]) =>
      givenByLog(
        ended(mgGiven, {
          units: { unitMg: 28, count: 3, atMin: [0, 5, 10] },
          devices: lots.map((lotId) => ({ lotId })),
        }),
      )
    expect([...sprays(28, ['l1', 'l2'])]).toEqual([
      ['l1', 100],
      ['l2', 0],
    ])
    expect([...sprays(84, ['l1', 'l2'])]).toEqual([
      ['l1', 100],
      ['l2', 200],
    ])
    expect([...sprays(14, ['l1'])]).toEqual([['l1', 50]])
  })

  it('is given by the ledger only where it is whole units, whole hundredths of a mL', () => {
    const tablets = { units: { unitMg: 50, count: 2, atMin: [] } } as unknown as SessionDose
    expect([100, 150, 99.96].map((hundredths) => canBeGiven(tablets, hundredths))).toEqual([
      true,
      false,
      false,
    ])
    const oneAndAHalf = { units: { unitMg: 50, count: 1.5, atMin: [] } } as unknown as SessionDose
    expect([150, 50, 75].map((hundredths) => canBeGiven(oneAndAHalf, hundredths))).toEqual([
      true,
      true,
      false,
    ])
    expect(canBeGiven(infusion(28), 281)).toBe(true)
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

  it('is a log of units that says other mg than the ledger gave, whole units or not', () => {
    const sprays = (mgGiven: number) =>
      ({
        lotId: LOT,
        units: { unitMg: 28, count: 2, atMin: [0, 5] },
        devices: [{ lotId: LOT }],
        ended: { mgGiven },
      }) as unknown as SessionDose
    const one = sessionLedger(SESSION, [moved('draw', 100), moved('give', 100)])
    const apart = (mgGiven: number) =>
      unsettled(sprays(mgGiven), one).map(({ logLessLedger }) => logLessLedger)
    expect([apart(28), apart(56), apart(14), apart(27.99)]).toEqual([[], [100], [-50], [-0.035714]])
  })

  it('is nothing once everything has gone somewhere on record, or where no dose was drawn in the ledger', () => {
    expect(open(moved('draw', 560), moved('give', 280), moved('waste', 270), moved('lose', 10))).toEqual([])
    expect(open()).toEqual([])
    expect(unsettled(undefined, [])).toEqual([])
  })
})

describe('waste that was given', () => {
  const wrong = (...movements: Movement[]) => wasteToSetRight(infusion(40), sessionLedger(SESSION, movements))
  const before = [moved('draw', 560), moved('give', 280), moved('waste', 280)]

  it('is what the log says more than the ledger gave, and never more than was wasted', () => {
    expect(wrong(...before)).toEqual([{ lotId: LOT, hundredths: 120 }])
    expect(wrong(moved('draw', 560), moved('give', 280), moved('waste', 50), moved('lose', 230))).toEqual([
      { lotId: LOT, hundredths: 50 },
    ])
  })

  it('is not what the syringe still holds, and nothing once it was set right', () => {
    expect(wrong(moved('draw', 560), moved('give', 280), moved('waste', 160))).toEqual([])
    const [ledger] = sessionLedger(SESSION, [...before, moved('waste-back', 120), moved('give', 120)])
    expect(ledger).toMatchObject({ wasted: 160, given: 400, inSyringe: 0 })
    expect(wrong(...before, moved('waste-back', 120), moved('give', 120))).toEqual([])
  })
})

describe('a ledger that has still to follow the log', () => {
  const of = (dose: SessionDose, ...moves: Movement[]) => {
    const ledger = sessionLedger(SESSION, moves)
    return [givenToFollow(dose, ledger)[0]?.hundredths ?? 0, followed(dose, ledger)[0]?.inSyringe]
  }
  it.each<[string, SessionDose, Movement[], [number, number]]>([
    ['was drawn before there was one and given since', infusion(28), [moved('draw', 560)], [280, 280]],
    ['follows nothing while the dose runs', infusion(), [moved('draw', 560)], [0, 560]],
    ['has followed', infusion(28), [moved('draw', 560), moved('give', 280)], [0, 280]],
    ['takes back what was corrected', infusion(20), [moved('draw', 560), moved('give', 280)], [-80, 360]],
    [
      'gives no more than the syringe holds',
      infusion(56),
      [moved('draw', 560), moved('waste', 500)],
      [60, 0],
    ],
  ])('%s', (_what, dose, moves, expected) => {
    expect(of(dose, ...moves)).toEqual(expected)
  })
  it('follows nothing where no dose began', () => {
    expect(givenToFollow(undefined, sessionLedger(SESSION, [moved('draw', 560)]))).toEqual([])
  })
})

it.each([
  [35.96, 'To the hundredth of a mL, as the ledger counts it: 3.60 mL, 36 mg.'],
  [0.04, 'To the hundredth of a mL, as the ledger counts it: 0.00 mL, 0 mg.'],
  [36, undefined],
  [undefined, undefined],
])('of %s mg in the log the ledger says: %s', (mgGiven, words) => {
  expect(asLedgerCounts(infusion(mgGiven))).toBe(words)
})
