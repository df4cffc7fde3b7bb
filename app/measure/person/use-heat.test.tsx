import { parseHTML } from 'linkedom'
import { renderToStaticMarkup } from 'react-dom/server'
import { expect, it } from 'vitest'
import { parseLocalDate } from '../../platform/time.ts'
import { useDaysDefinition } from './person-definitions.ts'
import { beforeAndSince, findingOf, type UseDay } from './use-days.ts'
import { UseHeat } from './use-heat.tsx'

const monday = (day: number, change: Partial<UseDay>): UseDay => ({
  day: parseLocalDate(`2026-06-0${day}`),
  sinceFirstDose: day - 1,
  state: 'not-told',
  checkIn: undefined,
  calendar: undefined,
  differ: false,
  drinks: undefined,
  told: undefined,
  sessions: [],
  ...change,
})

it('says each day by a sign besides its colour, the whole in words, and the days in a table', () => {
  const days = [
    monday(1, { state: 'no-use', checkIn: 'no-use', sessions: [1] }),
    monday(2, { state: 'use', calendar: 'use', drinks: 0.4, told: '0.4 drinks (5.6 g)' }),
    monday(3, { state: 'use', calendar: 'use', drinks: 6, differ: true, checkIn: 'no-use' }),
    monday(4, { state: 'use', checkIn: 'use' }),
    monday(5, { calendar: 'unsure', told: 'Not known' }),
    monday(6, {}),
  ]
  const { before, since } = beforeAndSince(days)
  const { document } = parseHTML(
    `<html><body>${renderToStaticMarkup(
      <UseHeat
        use={{
          days,
          before: findingOf(before),
          since: findingOf(since),
          months: [{ id: '2026-06', title: 'June 2026', weeks: [[...days, null]] }],
          drink: { grams: 14, source: 'NIAAA' },
          definition: useDaysDefinition,
        }}
      />,
    )}</body></html>`,
  )
  const picture = document.querySelector('[role="img"]')!
  expect([...picture.querySelectorAll('.heat-day')].map((day) => day.textContent)).toEqual([
    '·',
    '1',
    '≠',
    '●',
    '?',
    '',
  ])
  expect(picture.querySelector('.heat-session')?.textContent).toBe('·')
  expect(picture.getAttribute('aria-label')).toBe(
    'Calendar of use. Since the first session (Mon 1 Jun 2026 to Sat 6 Jun 2026): 4 of 6 days told; use on 3, no use on 1; ' +
      'the longest stretch of told days without use is 1; on 1 day check-in and calendar differ.',
  )
  // The sixth day was neither told nor looked at, and is in no row.
  const rows = [...document.querySelectorAll('table')].at(-1)!.querySelectorAll('tbody tr')
  expect(rows.length).toBe(5)
  expect(rows[2]!.textContent).toContain('use, the tellings differ')
})
