import { parseHTML } from 'linkedom'
import type { ReactNode } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, test } from 'vitest'
import { Age } from './age.tsx'
import { BigReading } from './big-reading.tsx'
import { type Column, DataTable } from './data-table.tsx'
import { DialogOpener } from './dialog.tsx'
import { EmptyState } from './empty-state.tsx'
import { Facts } from './facts.tsx'
import { Notice } from './notice.tsx'
import { StateChip } from './state-chip.tsx'
import type { StateKind } from './state-kind.ts'

const draw = (node: ReactNode) =>
  parseHTML(`<html><body>${renderToStaticMarkup(node)}</body></html>`).document

interface Dose {
  id: string
  drug: string
  doseMg: number
}
const columns: Column<Dose>[] = [
  { key: 'drug', head: 'Drug', names: true, cell: (row) => row.drug },
  {
    key: 'dose',
    head: 'Dose',
    unit: 'mg',
    align: 'figure',
    cell: (row) => row.doseMg,
    sortHref: '?sort=dose',
    sorted: 'descending',
  },
]
const table = (rows: Dose[]) => (
  <DataTable
    caption="Doses"
    columns={columns}
    rows={rows}
    rowKey={(row) => row.id}
    empty={<EmptyState title="No doses yet">They appear here.</EmptyState>}
  />
)

describe('DataTable', () => {
  test('names its rows, keeps units in the head and figures to the right', () => {
    const page = draw(table([{ id: '1', drug: 'Ketamine', doseMg: 65.6 }]))
    expect(page.querySelector('caption')?.textContent).toBe('Doses')
    expect(page.querySelector('tbody th[scope=row]')?.textContent).toBe('Ketamine')
    expect(page.querySelectorAll('thead th')[1]?.textContent).toBe('Dosemg')
    expect(page.querySelectorAll('thead th')[1]?.getAttribute('aria-sort')).toBe('descending')
    expect(page.querySelector('td.figure')?.textContent).toBe('65.6')
    expect(page.querySelector('section')?.getAttribute('aria-labelledby')).toBe(
      page.querySelector('caption')?.id,
    )
  })

  test('without rows it says what will be here', () => {
    const page = draw(table([]))
    expect(page.querySelector('table')).toBeNull()
    expect(page.body.textContent).toContain('They appear here.')
  })
})

test.each<StateKind>(['calm', 'due', 'amber', 'red', 'unknown'])(
  'state %s is colour, word and shape',
  (state) => {
    const page = draw(<StateChip state={state} word="the word" />)
    expect(page.querySelector(`.chip-${state} svg.shape-${state}`)?.getAttribute('aria-hidden')).toBe('true')
    expect(page.querySelector('.chip')?.textContent).toBe('the word')
  },
)

test('every state has a shape of its own', () => {
  const shapes = (['calm', 'due', 'amber', 'red', 'unknown'] as const).map(
    (state) => draw(<StateChip state={state} word="" />).querySelector('svg')!.innerHTML,
  )
  expect(new Set(shapes).size).toBe(5)
})

test('a missing reading is unknown, whatever state was handed in', () => {
  const page = draw(
    <BigReading label="SpO₂" value={undefined} unit="%" state="calm" stateWord="within limits" ageMs={0} />,
  )
  expect(page.querySelector('.reading-unknown')?.textContent).toContain('no reading')
  expect(page.body.textContent).not.toContain('within limits')
})

test('a reading of zero is a reading', () => {
  const page = draw(
    <BigReading label="Pain" value={0} unit="of 10" state="calm" stateWord="none" ageMs={65_000} />,
  )
  expect(page.querySelector('.reading-value')?.textContent).toBe('0')
  expect(page.querySelector('.reading-age')?.textContent).toBe('1 min ago')
})

test('an unknown fact says so', () => {
  const page = draw(
    <Facts
      facts={[
        { term: 'Weight', value: undefined },
        { term: 'Sessions', value: 0 },
      ]}
    />,
  )
  expect([...page.querySelectorAll('dd')].map((value) => value.textContent)).toEqual(['not known', '0'])
})

test.each([
  [59_000, 60_000, false],
  [60_000, 60_000, true],
  [undefined, undefined, true],
])('an age of %s with limit %s is stale: %s', (ageMs, staleAfterMs, stale) => {
  expect(draw(<Age ageMs={ageMs} staleAfterMs={staleAfterMs} />).querySelector('.age-stale') !== null).toBe(
    stale,
  )
})

test('only an announced notice interrupts', () => {
  expect(draw(<Notice title="Saved" />).querySelector('[role]')).toBeNull()
  expect(draw(<Notice title="Saved" announce="status" />).querySelector('[role=status]')).not.toBeNull()
})

test('without script a dialog’s opener is a link to the same question', () => {
  const opener = draw(
    <DialogOpener dialogId="stop" fallbackHref="/work/stop">
      Stop
    </DialogOpener>,
  ).querySelector('a')
  expect([opener?.getAttribute('href'), opener?.getAttribute('aria-haspopup')]).toEqual([
    '/work/stop',
    'dialog',
  ])
})
