import { parseHTML } from 'linkedom'
import { renderToStaticMarkup } from 'react-dom/server'
import { expect, it } from 'vitest'
import type { Instant } from '../../../platform/time.ts'
import type { LedgerAlert } from './alert.ts'
import { AlertList } from './alert-list.tsx'
import { shownAlerts } from './shown-alerts.ts'

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
const drawn = (mayReadPeople: boolean, of = answer, openDifferences = 0) =>
  parseHTML(
    `<html><body>${renderToStaticMarkup(<AlertList {...shownAlerts(of, 'America/New_York', mayReadPeople)} openDifferences={openDifferences} />)}</body></html>`,
  ).document.body

it('says each with its word, its figures, what to do and since when', () => {
  const [first, second] = drawn(true).querySelectorAll('li')
  expect(first?.textContent).toBe(
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
