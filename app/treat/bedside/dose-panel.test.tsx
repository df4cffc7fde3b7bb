import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, it } from 'vitest'
import type { DoseCheck } from '../dose/dose-gate.ts'
import { CheckTable } from './dose-panel.tsx'

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
