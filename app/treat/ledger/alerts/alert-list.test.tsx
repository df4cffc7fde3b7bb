import { parseHTML } from 'linkedom'
import { renderToStaticMarkup } from 'react-dom/server'
import { expect, it } from 'vitest'
import type { Instant } from '../../../platform/time.ts'
import type { LedgerAlert } from './alert.ts'
import { AlertList } from './alert-list.tsx'
import { type AlertLook, alertFactsText } from './alert-look.ts'
import { type ShownFacts, shownAlerts } from './shown-alerts.ts'

const alert = (change: Partial<LedgerAlert>): LedgerAlert => ({
  code: 'lot-recalled',
  key: 'lot-recalled 1',
  severity: 'red',
  title: 'Called back and still here: lot L1',
  detail: '12.00 mL in the safe.',
  todo: 'Lock it away.',
  since: '2026-11-24T17:00:00.000Z' as Instant,
  ids: {},
  ...change,
})
const named = alert({
  code: 'same-witness',
  key: 'same-witness ana ben',
  severity: 'amber',
  title: 'Nearly always the same witness: Ana Ruiz and Ben Holt',
  since: undefined,
})
const answer = {
  alerts: [alert({}), named],
  notJudged: [
    { words: 'Waste by person: nobody is compared yet.', aboutPeople: true },
    { words: 'Stock for booked visits: 1 of 2.', aboutPeople: false },
  ],
}
const facts: ShownFacts = {
  at: '2026-11-25T17:00:00.000Z' as Instant,
  timeZone: 'America/New_York',
  names: new Map(),
  counts: [],
  doses: [],
  lots: [],
  looks: [],
  lookers: new Map([['mara', 'Mara Quill']]),
}
const drawn = (mayReadPeople: boolean, of = answer, openDifferences = 0, more: Partial<ShownFacts> = {}) =>
  parseHTML(
    `<html><body>${renderToStaticMarkup(<AlertList {...shownAlerts(of, { ...facts, ...more }, mayReadPeople)} openDifferences={openDifferences} lookKey={mayReadPeople ? 'k' : undefined} />)}</body></html>`,
  ).document.body

it('says each with its word, its figures, what to do and since when', () => {
  const [first, second] = drawn(true).querySelectorAll('li')
  const words = first?.textContent?.split('Note that')[0]
  expect(words).toBe(
    'Called back and still here: lot L1look now12.00 mL in the safe.Lock it away.Since Tue 24 Nov 2026, 12:00',
  )
  expect(first?.querySelector('time')?.getAttribute('dateTime')).toBe('2026-11-24T17:00:00.000Z')
  expect(second?.textContent).not.toMatch(/Since/)
})

it('tells nobody but who looks into it that a question about a colleague is open', () => {
  expect(drawn(true).textContent).toMatch(/Ana Ruiz.*Not judged.*Waste by person.*Stock for booked visits/)
  const others = drawn(false).textContent
  expect(others).not.toMatch(/Ana Ruiz|Waste by person/)
  expect(others).toMatch(/Called back.*Stock for booked visits/)
})

it('says that nothing is to be asked, and still what could not be judged', () => {
  const text = drawn(true, { ...answer, alerts: [] }).textContent
  expect(text).toMatch(/Nothing to ask about/)
  expect(text).toMatch(/Stock for booked visits/)
})

it('does not say that nothing is to be asked while a difference of a count is open', () => {
  const text = drawn(true, { ...answer, alerts: [] }, 1).textContent
  expect(text).not.toMatch(/Nothing to ask about/)
  expect(text).toMatch(/Nothing besides the open differences/)
})

it('keeps what was looked at in its place, with who says what, and asks only whoever may note it', () => {
  const look = {
    id: 'look' as AlertLook['id'],
    alertKey: 'lot-recalled 1',
    facts: alertFactsText(alert({})),
    words: 'Locked away, the maker takes it on Friday',
    at: '2026-11-24T18:00:00.000Z' as Instant,
    by: 'mara',
  }
  const [first] = drawn(false, answer, 0, { looks: [look] }).querySelectorAll('li')
  expect(first?.className).toContain('ledger-alert-looked')
  expect(first?.textContent).toContain(
    'Mara Quill looked at it, Tue 24 Nov 2026, 13:00: “Locked away, the maker takes it on Friday”',
  )
  expect(first?.querySelector('form')).toBeNull()
  const form = drawn(true, answer, 0, { looks: [look] }).querySelector('form')
  expect(form?.querySelector('[name="alert"]')?.getAttribute('value')).toBe('lot-recalled 1')
})
