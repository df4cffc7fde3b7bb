import { describe, expect, it } from 'vitest'
import { readPdf } from '../../../tests/pdf/read-pdf.ts'
import { pdfDocument } from '../../platform/pdf-document.server.ts'
import { parseInstant } from '../../platform/time.ts'
import type { OrderSheet } from './order-sheet.server.ts'
import { orderContent } from './order-sheet-pdf.ts'

const sheet = (order: Partial<OrderSheet['order']> = {}, part: Partial<OrderSheet> = {}): OrderSheet => ({
  planId: 'p',
  clinic: 'Harbor Clinic',
  person: { name: 'Robin Sample', birthDate: undefined, record: 'r-1', synthetic: true },
  protocol: {
    title: 'Alcohol use disorder',
    version: '1',
    dose: '0.8 mg/kg over 40 min.',
    ceilings: 'soft 0.8 mg/kg',
    ceilingSource: 'the protocol',
  },
  order: {
    id: '0190aaaa-0000-7000-8000-00000abc1234',
    number: 3,
    state: 'in force',
    held: undefined,
    way: 'into a vein',
    doseMg: 64,
    mgPerKg: 0.8,
    weight: '80 kg, actual weight',
    weighed: '80 kg, measured 20 November 2026',
    steps: [{ term: 'Draw', value: '6.4 mL', source: 'of 10 mg/mL' }],
    lines: [{ label: 'Dose', working: '0.8 mg/kg × 80 kg', result: '64 mg' }],
    passed: ['needed a reason'],
    reason: 'as before',
    signed: 'Dr. Vale, today',
    second: undefined,
    until: '2 January 2027',
    withdrawn: undefined,
    ...order,
  },
  lookAgain: false,
  raise: 'better since the start: half',
  printed: 'Tuesday 24 November 2026, 12:00',
  printedAt: parseInstant('2026-11-24T17:00:00Z'),
  ...part,
})
const pagesOf = async (one: OrderSheet) =>
  readPdf(await pdfDocument(orderContent(one))).pages.map((page) =>
    page
      .map((t) => t.text)
      .join(' ')
      .replace(/\s+/g, ' '),
  )

describe('the sheet of an order as PDF', () => {
  it('has the arithmetic, the dose, who signed, and lines for three hands, on one page', async () => {
    const pages = await pagesOf(sheet())
    expect(pages).toHaveLength(1)
    for (const said of [
      'Order 3 for Robin Sample',
      '64 mg into a vein',
      '0.8 mg/kg × 80 kg 64 mg',
      '6.4 mL of 10 mg/mL',
      'Born unknown',
      'an invented person',
      'needed a reason',
      'as before',
      'better since the start: half',
      'Dr. Vale, today',
      'until 2 January 2027',
      'Drawn by',
      'Given by, date and time',
      'order 0190aaaa-0000-7000-8000-00000abc1234',
    ])
      expect(pages[0]).toContain(said)
    expect(pages[0]).not.toContain('Not valid')
  })

  it.each([
    [
      { state: 'withdrawn', withdrawn: 'today, Dr. Vale: other weight' },
      'Withdrawn: nothing is given by it. today, Dr. Vale: other weight',
    ],
    [{ state: 'run out' }, 'Not valid: run out.'],
    [{ state: 'replaced' }, 'Not valid: replaced.'],
  ] as const)(
    'that is not in force says so on every page and has no lines to sign: %j',
    async (order, words) => {
      const lines = Array.from({ length: 60 }, (_, i) => ({ label: `l${i}`, working: 'w', result: 'r' }))
      const pages = await pagesOf(sheet({ ...order, lines }))
      expect(pages.length).toBeGreaterThan(1)
      for (const page of pages) expect(page).toContain(words)
      expect(pages.join()).not.toContain('Drawn by')
    },
  )

  it('says on every page that nothing is given by it while consent is missing', async () => {
    const lines = Array.from({ length: 60 }, () => ({ label: 'l', working: 'w', result: 'r' }))
    const held = 'Consent is taken back: T. Nothing is given by an order until it is signed'
    const pages = await pagesOf(sheet({ held, lines }))
    expect(pages.length).toBeGreaterThan(1)
    for (const page of pages) expect(page).toContain(`${held}.`)
    expect(pages.join()).toContain('Valid not now')
    expect(pages.join()).not.toContain('until 2 January 2027')
  })

  it('says that the decision is to be looked at again', async () => {
    expect((await pagesOf(sheet({}, { lookAgain: true })))[0]).toContain(
      'no dose until a prescriber has looked',
    )
  })
})
