import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, it } from 'vitest'
import type { LocalDate } from '../../platform/time.ts'
import type { DoseCheck } from '../dose/dose-gate.ts'
import { type CabinetId, SAFE } from '../ledger/movement.ts'
import type { LotId } from '../session/session-event.ts'
import { readLotAt, readOtherLots, startForm } from '../session/session-form.ts'
import { CheckTable, SeveralLots } from './dose-panel.tsx'
import { LotInHand } from './units-panel.tsx'

const met = (title: string): DoseCheck => ({ title, met: true, hindrance: undefined, value: 'there' })
const open = (title: string): DoseCheck => ({
  title,
  met: false,
  hindrance: 'not-arrived',
  value: 'not known',
})
const parts = (...checks: DoseCheck[]) => {
  const [before = '', folded = ''] = renderToStaticMarkup(<CheckTable checks={checks} />).split('<details')
  return { before, folded }
}

describe('the conditions before a dose', () => {
  it('show what is open first and whole, and fold what is met into one line', () => {
    const { before, folded } = parts(met('Arrival'), open('Reading'), met('Consent'), open('Identity'))
    expect(before).toContain('2 of 4 conditions before a dose are open')
    for (const title of ['Reading', 'Identity', 'not known']) expect(before).toContain(title)
    expect(before).not.toContain('Arrival')
    expect(folded).toContain('2 conditions met')
    expect(folded).toContain('Arrival')
    expect(folded).not.toContain('Identity')
    expect(folded.split('>')[0]).not.toContain('open')
  })

  it('are one line that opens when all are met', () => {
    const { before, folded } = parts(met('Arrival'), met('Consent'))
    expect(before).toContain('Everything needed before a dose is there')
    expect(before).not.toContain('<table')
    expect(folded).toContain('2 conditions met')
  })
})

describe('a lot that stands in several places', () => {
  const [lot, cabinet] = [
    '0192f3a0-0000-7000-8000-000000000001',
    '0192f3a0-0000-7000-8000-000000000009',
  ] as const
  it('is a choice for each, and what is sent names it', () => {
    const html = renderToStaticMarkup(
      <LotInHand
        intent="start"
        lots={[
          {
            id: lot,
            label: 'Lot A, from cabinet Room 2',
            place: { at: 'cabinet', id: cabinet as CabinetId },
          },
          { id: lot, label: 'Lot A, from the safe', place: SAFE },
          { id: lot, label: 'Lot A' },
        ]}
        today={'2026-11-24' as LocalDate}
        answer={undefined}
      />,
    )
    const sent = [...html.matchAll(/name="lotId"[^>]*value="([^"]*)"/g)].map(([, value]) => value!)
    expect(sent.map(readLotAt)).toEqual([
      { lotId: lot, place: { at: 'cabinet', id: cabinet } },
      { lotId: lot, place: SAFE },
      { lotId: lot },
    ])
    for (const lotId of sent) {
      expect(startForm.parse({ lotId, key: lot, drawnMl: '5.2' })).toMatchObject({ lotId: lot })
    }
  })
  it.each(['', 'safe', `${lot}|`, `${lot}|shelf`, `${lot}|safe|safe`, `|safe`])('no place: %s', (text) => {
    expect(readLotAt(text)).toBeUndefined()
  })
})

describe('a dose that no one lot holds', () => {
  const [first, second] = [
    '0192f3a0-0000-7000-8000-000000000001',
    '0192f3a0-0000-7000-8000-000000000002',
  ] as LotId[]
  const html = renderToStaticMarkup(
    <SeveralLots
      split={{
        parts: [
          { lotId: first!, lotNumber: 'A', ml: 1.2, words: '1.20 mL of lot A (opened vial 3)' },
          { lotId: second!, lotNumber: 'B', ml: 4, words: '4.00 mL of lot B (a new vial)' },
        ],
      }}
      today={'2026-11-24' as LocalDate}
      answer={undefined}
    />,
  )
  it('says how much of which lot, and sends just that', () => {
    const items = html.split('<li>').slice(1)
    expect(items[0]).toMatch(/^1\.20 mL of lot A \(opened vial 3\)/)
    expect(items[1]).toMatch(/^4\.00 mL of lot B \(a new vial\)/)
    // Each has a field of its own for the code of its vial.
    expect(items[0]).toContain('Scan the vial of lot A')
    expect(items[0]).toContain('name="scanned"')
    expect(items[1]).toContain(`name="scanned-${second}"`)
    const sent = Object.fromEntries(
      [...html.matchAll(/name="(lotId|otherLots)" value="([^"]*)"/g)].map(([, n, v]) => [n, v]),
    )
    expect(startForm.parse({ ...sent, key: first, drawnMl: '5.2' })).toMatchObject({
      lotId: first,
      drawnMl: 5.2,
      otherLots: [{ lotId: second, ml: 4 }],
    })
  })
  it.each(['x:1', `${second}:0`, `${second}:-1`, `${second}:1.234`, `${second}:1:2`, `${second}`])(
    'takes nothing else: %s',
    (text) => {
      expect(readOtherLots(text)).toBeUndefined()
    },
  )
  it('takes a form without any as a dose from one lot', () => {
    expect(readOtherLots('')).toEqual([])
  })
})
