import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { protocolById } from '../protocols/protocol-library.ts'
import { orderCeilings } from './order-ceilings.ts'
import { workOutUnits } from './units-arithmetic.ts'

const spray = orderCeilings(protocolById('esk-trd')!)!
const tablets = { by: 'mg', soft: 300, hard: 450 } as const
const esk = (mg: number, unitMg = 28) =>
  workOutUnits({ kind: 'units', mg, unitMg }, 'nasal-esketamine', spray)
const tongue = (mg: number, unitMg: number) =>
  workOutUnits({ kind: 'units', mg, unitMg }, 'sublingual', tablets)

describe('esketamine', () => {
  it.each([
    [56, 2, [0, 5]],
    [84, 3, [0, 5, 10]],
  ])('%d mg is %d devices at %j minutes', (mg, units, atMin) => {
    expect(esk(mg)).toMatchObject({ ok: true, figures: { doseMg: mg, units, atMin }, needs: [] })
  })

  it('is exactly 56 or 84 mg, whatever is typed', () => {
    for (const mg of [0, 28, 55, 57, 83.9, 84.1, 112, 140, Number.NaN])
      expect(esk(mg)).toEqual({ ok: false, problems: ['not-a-dose-of-devices'], lines: [] })
    fc.assert(fc.property(fc.double(), (mg) => esk(mg).ok === (mg === 56 || mg === 84)))
  })

  it('comes in devices of 28 mg alone', () => {
    expect(esk(56, 56)).toMatchObject({ ok: false, problems: ['not-a-dose-of-devices'] })
  })
})

describe('tablets', () => {
  it.each([
    [300, 100, 3, []],
    [150, 100, 1.5, []],
    [301, 301, 1, ['reason']],
    [450, 150, 3, ['reason']],
    [451, 451, 1, ['reason', 'second-prescriber']],
  ])('%d mg of %d mg each are %d and need %j', (mg, unitMg, units, needs) => {
    expect(tongue(mg, unitMg)).toMatchObject({ ok: true, figures: { doseMg: mg, units, atMin: [] }, needs })
  })

  it.each([
    ['a third of one', 100, 300, ['not-whole-units']],
    ['a strength of nothing', 100, 0, ['implausible-dose']],
  ])('refuses %s', (_what, mg, unitMg, problems) => {
    expect(tongue(mg, unitMg)).toMatchObject({ ok: false, problems })
  })

  it('are never rounded', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 500 }), fc.integer({ min: 1, max: 500 }), (mg, unitMg) => {
        const answer = tongue(mg, unitMg)
        expect(answer.ok).toBe(Number.isInteger((2 * mg) / unitMg))
        if (answer.ok) expect(answer.figures.doseMg).toBe(mg)
      }),
    )
  })
})
