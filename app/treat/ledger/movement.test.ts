import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Instant } from '../../platform/time.ts'
import type { LotId, SessionId } from '../session/session-event.ts'
import {
  balancesOf,
  type CabinetId,
  type ContainerId,
  type DrawSource,
  heldAt,
  JOINS,
  joins,
  microgramsOf,
  type Place,
  placeCode,
  planDraw,
  SAFE,
} from './movement.ts'

const CABINET: Place = { at: 'cabinet', id: 'c1' as CabinetId }
const SYRINGE: Place = { at: 'syringe', id: 's1' as SessionId }
const PATIENT: Place = { at: 'patient', id: 's1' as SessionId }
const VIAL = 'v1' as ContainerId
const LOT = 'l1' as LotId

it('a side holds what stands there sealed, or what one vial of it holds', () => {
  const balances = [
    { lotId: LOT, place: SAFE, hundredths: 4000 },
    { lotId: LOT, place: SAFE, container: VIAL, hundredths: 560 },
    { lotId: LOT, place: CABINET, hundredths: 2000 },
  ]
  expect(heldAt(balances, { place: SAFE })).toBe(4000)
  expect(heldAt(balances, { place: SAFE, container: VIAL })).toBe(560)
  expect(heldAt(balances, { place: SYRINGE })).toBe(0)
})

describe('micrograms', () => {
  it('are exact for strengths as vials have them', () => {
    expect(microgramsOf(104, 50)).toBe(52_000)
    expect(microgramsOf(1, 10)).toBe(100)
    expect(microgramsOf(100, 28)).toBe(28_000)
  })

  it('round a half up, as an exact decimal has it and no binary fraction does', () => {
    for (const [strength, tenThousandths] of [
      [0.35, 3500n],
      [0.15, 1500n],
      [1.005, 10_050n],
      [2.675, 26_750n],
    ] as const) {
      for (let hundredths = 1; hundredths < 500; hundredths++) {
        const exact = (BigInt(hundredths) * tenThousandths + 500n) / 1000n
        expect([strength, hundredths, microgramsOf(hundredths, strength)]).toEqual([
          strength,
          hundredths,
          Number(exact),
        ])
      }
    }
    expect(microgramsOf(3, 0.35)).toBe(11)
  })

  it('add up: the parts of an amount make the micrograms of the whole, at every strength of one decimal', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 100_000 }), { minLength: 1, maxLength: 20 }),
        fc.integer({ min: 1, max: 10_000 }),
        (parts, tenths) => {
          const strength = tenths / 10
          const whole = parts.reduce((sum, part) => sum + part, 0)
          const summed = parts.reduce((sum, part) => sum + microgramsOf(part, strength), 0)
          expect(summed).toBe(microgramsOf(whole, strength))
        },
      ),
    )
  })
})

describe('which places a kind joins', () => {
  it.each([
    ['receive', { place: { at: 'supplier' } }, { place: SAFE }, true],
    ['receive', { place: { at: 'supplier' } }, { place: CABINET }, false],
    ['open', { place: SAFE }, { place: SAFE, container: VIAL }, true],
    ['open', { place: SAFE }, { place: CABINET, container: VIAL }, false],
    ['open', { place: SAFE, container: VIAL }, { place: SAFE, container: VIAL }, false],
    ['move', { place: SAFE }, { place: CABINET }, true],
    ['move', { place: SAFE }, { place: SAFE }, false],
    ['move', { place: SAFE, container: VIAL }, { place: CABINET }, false],
    ['draw', { place: SAFE, container: VIAL }, { place: SYRINGE }, true],
    ['draw', { place: SYRINGE }, { place: SYRINGE }, false],
    ['give', { place: SYRINGE }, { place: PATIENT }, true],
    ['give', { place: SAFE }, { place: PATIENT }, false],
    ['waste', { place: PATIENT }, { place: { at: 'waste' } }, false],
    ['waste-back', { place: { at: 'waste' } }, { place: SYRINGE }, true],
    ['waste-back', { place: { at: 'waste' } }, { place: SAFE }, false],
    ['adjust', { place: { at: 'adjusted' } }, { place: SAFE }, true],
  ] as const)('%s from %o to %o: %s', (kind, from, to, may) => {
    expect(joins(kind, from, to)).toBe(may)
  })

  it('is the same list of kinds in the database', () => {
    const migration = readFileSync('db/migrations/0046-treat-ledger.sql', 'utf8')
    const kinds = [...migration.matchAll(/^ {6}when '([a-z-]+)' then/gm)].map(([, kind]) => kind)
    expect(kinds.sort()).toEqual(Object.keys(JOINS).sort())
  })
})

describe('balances', () => {
  it('are what came less what went, and nothing is kept of what is empty', () => {
    const supplier = { place: { at: 'supplier' } } as const
    const vial = { place: SAFE, container: VIAL }
    const all = balancesOf([
      { lotId: LOT, from: supplier, to: { place: SAFE }, hundredths: 1000 },
      { lotId: LOT, from: { place: SAFE }, to: vial, hundredths: 500 },
      { lotId: LOT, from: vial, to: { place: SYRINGE }, hundredths: 104 },
      { lotId: LOT, from: { place: SYRINGE }, to: { place: PATIENT }, hundredths: 104 },
    ])
    expect(all.map(({ place, container, hundredths }) => [placeCode(place), container, hundredths])).toEqual([
      ['supplier', undefined, -1000],
      ['safe', undefined, 500],
      ['safe', VIAL, 396],
      ['patient:s1', undefined, 104],
    ])
  })

  it('sum to nothing over all places, whatever moved', () => {
    const side = fc.constantFrom<Place>(SAFE, CABINET, SYRINGE, PATIENT, { at: 'waste' }, { at: 'supplier' })
    const moved = fc.record({ from: side, to: side, hundredths: fc.integer({ min: 1, max: 9999 }) })
    fc.assert(
      fc.property(fc.array(moved), (movements) => {
        const all = balancesOf(
          movements.map(({ from, to, hundredths }) => ({
            lotId: LOT,
            from: { place: from },
            to: { place: to },
            hundredths,
          })),
        )
        expect(all.reduce((sum, { hundredths }) => sum + hundredths, 0)).toBe(0)
      }),
    )
  })
})

describe('from which vials an amount is drawn', () => {
  const opened = (number: number, hundredths: number, openedAt: string): DrawSource => ({
    place: SAFE as DrawSource['place'],
    container: { id: `v${number}` as ContainerId, number, openedAt: openedAt as Instant },
    hundredths,
  })
  const sealed: DrawSource = { place: SAFE as DrawSource['place'], hundredths: 1000 }

  it('takes the vial that is open longest first, then the next, then opens one', () => {
    const sources = [
      sealed,
      opened(2, 100, '2026-11-23T15:00:00.000Z'),
      opened(1, 50, '2026-11-23T16:00:00.000Z'),
    ]
    expect(planDraw(sources, 220, 500)).toEqual([
      { place: SAFE, container: 'v2', hundredths: 100 },
      { place: SAFE, container: 'v1', hundredths: 50 },
      { place: SAFE, hundredths: 70 },
    ])
  })

  it('opens as many sealed vials as it needs, each for no more than it holds', () => {
    expect(planDraw([sealed], 700, 500)?.map(({ hundredths }) => hundredths)).toEqual([500, 200])
  })

  it('says so when there is not enough, and takes nothing', () => {
    expect(planDraw([sealed, opened(1, 50, '2026-11-23T16:00:00.000Z')], 1051, 500)).toBeUndefined()
    expect(planDraw([], 1, 500)).toBeUndefined()
  })

  it('draws exactly what is asked, from no vial more than it holds, for any stock', () => {
    const rests = fc.array(fc.integer({ min: 1, max: 500 }), { maxLength: 5 })
    fc.assert(
      fc.property(rests, fc.nat(4), fc.integer({ min: 1, max: 4000 }), (rest, vials, asked) => {
        const sources: DrawSource[] = rest.map((holds, i) =>
          opened(i + 1, holds, `2026-11-23T1${i}:00:00.000Z`),
        )
        if (vials > 0) sources.push({ place: SAFE as DrawSource['place'], hundredths: vials * 500 })
        const there = rest.reduce((sum, each) => sum + each, 0) + vials * 500
        const parts = planDraw(sources, asked, 500)
        expect(parts !== undefined).toBe(there >= asked)
        if (!parts) return
        expect(parts.reduce((sum, { hundredths }) => sum + hundredths, 0)).toBe(asked)
        for (const { container, hundredths } of parts) {
          const holds = container ? rest[Number(container.slice(1)) - 1]! : 500
          expect(hundredths).toBeGreaterThan(0)
          expect(hundredths).toBeLessThanOrEqual(holds)
        }
        expect(parts.filter(({ container }) => !container).length).toBeLessThanOrEqual(vials)
      }),
    )
  })
})
