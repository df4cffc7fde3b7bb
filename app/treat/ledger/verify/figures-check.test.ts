import { describe, expect, it } from 'vitest'
import type { LocalDate } from '../../../platform/time.ts'
import type { LotFacts } from '../movement.ts'
import { figuresCheck, type LotAsItStands } from './figures-check.ts'

const LOT_ID = '0192a000-0000-7000-8000-000000000002'
const lot: LotFacts = {
  drug: 'ketamine',
  lotNumber: 'K-1',
  form: 'vial',
  expiresOn: '2031-01-01' as LocalDate,
  strength: 50,
  containerMl: 10,
}

const stands: LotAsItStands = { ...lot, supplier: null, invoice: null, gtin: null }

/** The parted text of a movement: "safe:id:container" on each side. */
function fields(
  kind: string,
  from: string,
  to: string,
  hundredths: number,
  detail = '{}',
  micrograms = hundredths * 500,
) {
  const side = (text: string) => [...text.split(':'), '', ''].slice(0, 3)
  const id = '0192a000-0000-7000-8000-000000000001'
  const at = '2026-11-22T15:00:00.000000Z'
  const head = [id, '1', id, id, kind, at, at, LOT_ID]
  return [
    ...head,
    ...side(from),
    ...side(to),
    String(hundredths),
    String(micrograms),
    'by',
    '',
    '',
    '',
    detail,
  ]
}

const hashed = (row: readonly string[]) => ['0'.repeat(64), ...row].join('\u001F')

const receive = fields('receive', 'supplier', 'safe', 2000, JSON.stringify({ lot }))

function check(rows: readonly string[][], lots: readonly LotAsItStands[] = [stands]) {
  const figures = figuresCheck(new Map(lots.map((each) => [LOT_ID, each])))
  for (const [i, row] of rows.entries()) figures.look(i + 1, hashed(row))
  return figures.end().findings
}

describe('figures of the ledger', () => {
  it('name a lot whose supplier, invoice or product is not the one its delivery said', () => {
    const said = { lot, supplier: 'Quay Pharma', invoice: 'B-1', gtin: null }
    const came = fields('receive', 'supplier', 'safe', 2000, JSON.stringify(said))
    expect(check([came], [{ ...stands, ...said }])).toEqual([])
    expect(check([came], [{ ...stands, supplier: 'Quay Pharma', gtin: '00312345678906' }])).toEqual([
      { kind: 'lot-differs', seq: 1, lotId: LOT_ID, lotNumber: 'K-1', fields: ['invoice', 'gtin'] },
    ])
    // What stood there before the ledger says nothing of who brought it.
    expect(check([receive], [{ ...stands, supplier: 'Quay Pharma' }])).toEqual([])
  })

  it('pass when every place gives what it holds', () => {
    expect(
      check([
        receive,
        fields('open', 'safe', 'safe::vial-1', 1000),
        fields('draw', 'safe::vial-1', 'syringe:s1', 600),
        fields('give', 'syringe:s1', 'patient:s1', 500),
        fields('take-back', 'patient:s1', 'syringe:s1', 500),
        fields('waste', 'syringe:s1', 'waste', 600),
        fields('waste', 'safe::vial-1', 'waste', 400),
        fields('adjust', 'adjusted', 'safe', 3),
      ]),
    ).toEqual([])
  })

  it('name the row by which a vial, a syringe or a person gives more than it holds', () => {
    expect(check([receive, fields('draw', 'safe::vial-1', 'syringe:s1', 1)])).toEqual([
      { kind: 'below-zero', seq: 2, place: 'safe', hundredths: -1 },
    ])
    expect(
      check([
        receive,
        fields('draw', 'safe', 'syringe:s1', 100),
        fields('give', 'syringe:s2', 'patient:s2', 100),
      ]),
    ).toMatchObject([{ kind: 'below-zero', seq: 3, place: 'syringe' }])
    expect(check([receive, fields('take-back', 'patient:s1', 'syringe:s1', 1)])).toMatchObject([
      { place: 'patient' },
    ])
  })

  it('name the row whose micrograms are not those of its lot, by what the delivery said', () => {
    expect(check([receive, fields('waste', 'safe', 'waste', 100, '{}', 49_999)])).toEqual([
      { kind: 'mass-is-wrong', seq: 2, micrograms: 49_999, shouldBe: 50_000 },
    ])
    // A lot that was changed together with the rows after it is still told from the delivery.
    expect(
      check(
        [receive, fields('waste', 'safe', 'waste', 100, '{}', 10_000)],
        [{ ...stands, strength: 10 }],
      ).map(({ kind, seq }) => [kind, seq]),
    ).toEqual([
      ['lot-differs', 1],
      ['mass-is-wrong', 2],
    ])
  })

  it('name what a lot says otherwise than its delivery, or that it is gone', () => {
    expect(check([receive], [{ ...stands, lotNumber: 'K-2', containerMl: 5 }])).toMatchObject([
      { kind: 'lot-differs', fields: ['lotNumber', 'containerMl'] },
    ])
    expect(check([receive], [])).toMatchObject([
      { fields: ['drug', 'lotNumber', 'form', 'expiresOn', 'strength', 'containerMl'] },
    ])
  })

  it('are kept up to a number and counted beyond', () => {
    const figures = figuresCheck(new Map([[LOT_ID, stands]]), 2)
    for (let seq = 1; seq <= 5; seq++) figures.look(seq, hashed(fields('waste', 'safe', 'waste', 1)))
    expect(figures.end()).toMatchObject({ found: 5, findings: [{ seq: 1 }, { seq: 2 }] })
  })
})
