import { parseHTML } from 'linkedom'
import { renderToStaticMarkup } from 'react-dom/server'
import { expect, it } from 'vitest'
import type { StateKind } from '../../../ui/state-kind.ts'
import type { openDifferences } from './discrepancy-page.server.ts'
import { OpenDifferences } from './open-differences.tsx'

type Open = Awaited<ReturnType<typeof openDifferences>>
const one = (id: string, state: StateKind, word: string) =>
  ({
    id,
    title: `Lot ${id}, sealed vials`,
    place: 'The safe',
    due: 'Mon 23 Nov 2026',
    chip: { state, word },
  }) as Open[number]
const drawn = (open: Open) =>
  parseHTML(`<html><body>${renderToStaticMarkup(<OpenDifferences open={open} />)}</body></html>`).document
    .body

it('is nothing where none is open', () => {
  expect(drawn([]).textContent).toBe('')
})

it('says each with its clock and a link, the overdue first and in red', () => {
  const body = drawn([one('L1', 'due', 'open'), one('L2', 'red', 'overdue')])
  expect(body.querySelector('.notice')?.className).toContain('notice-red')
  expect(body.textContent).toContain('2 differences that counts found are open')
  const [first, second] = body.querySelectorAll('li')
  expect(first?.textContent).toBe('Lot L2, sealed vials, The safe, due by the end of Mon 23 Nov 2026 overdue')
  expect(first?.querySelector('a')?.getAttribute('href')).toBe('/work/stock/discrepancies/L2')
  expect(second?.textContent).toContain('L1')
})

it('is not red before one is overdue', () => {
  expect(drawn([one('L1', 'amber', 'due today')]).querySelector('.notice')?.className).toContain(
    'notice-amber',
  )
})
