import { parseHTML } from 'linkedom'
import { renderToStaticMarkup } from 'react-dom/server'
import { expect, it } from 'vitest'
import type { PlanPageData } from '../plan-page.server.ts'
import { PlanDiary } from './plan-diary.tsx'

const data = {
  visits: [],
  protocol: { visitHours: 4, course: ['3 sessions'], sessions: 3 },
  chairs: [{ value: 'c', label: 'Chair' }],
  nurses: [{ value: 'n', label: 'Nurse' }],
  booking: { unbooked: [1, 2, 3], asked: {}, errors: {} },
  notBooked: undefined,
  may: { book: true },
  timeZone: 'America/New_York',
}
const drawn = (part: Partial<Record<keyof PlanPageData, unknown>>) => {
  const page = { ...data, ...part } as unknown as PlanPageData
  return parseHTML(
    `<html><body>${renderToStaticMarkup(<PlanDiary data={page} problem={undefined} />)}</body></html>`,
  ).document
}

it('offers to book the visits that are not booked', () => {
  const document = drawn({})
  expect(document.querySelector('form')).not.toBeNull()
  expect(document.body.textContent).toContain('Book 3 visits')
})

it('offers none while consent is taken back, and says why', () => {
  const document = drawn({ booking: undefined, notBooked: 'Consent to treatment is taken back.' })
  expect(document.querySelector('form')).toBeNull()
  expect(document.body.textContent).toContain('Consent to treatment is taken back.')
  expect(document.body.textContent).not.toContain('Choose a first time below')
})
