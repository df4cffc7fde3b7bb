import { renderToStaticMarkup } from 'react-dom/server'
import { expect, it } from 'vitest'
import type { LotId } from '../../session/session-event.ts'
import type { MovementLine } from '../movement-row.ts'
import { MovementTable } from './movement-table.tsx'

const row = (seq: number, change: Partial<MovementLine>) =>
  ({
    seq,
    when: 'Tue 24 Nov 2026, 11:54',
    lotId: 'l' as LotId,
    lot: 'A',
    kind: 'given',
    from: 'the syringe',
    to: 'the person',
    amount: '3.60 mL',
    mg: '36',
    by: 'Nadia Ferris',
    reason: '',
    confirmed: [],
    ...change,
  }) as unknown as MovementLine

it('leaves out, where rows are stacked, a witness and a note that are not there', () => {
  const html = renderToStaticMarkup(
    <MovementTable
      caption="Movements"
      empty={null}
      rows={[
        row(3, {}),
        row(2, { witness: 'Tomas Bell', reason: 'Broken' }),
        row(1, { confirmed: ['after that count'] }),
      ]}
    />,
  )
  const blank = (seq: number) =>
    [
      ...html
        .split('<tr')
        .find((each) => each.includes(`"table-value">${seq}<`))!
        .matchAll(/class="table-blank"><span[^>]*>(\w+)/g),
    ].map(([, head]) => head)
  expect([3, 2, 1].map(blank)).toEqual([['Witness', 'Note'], [], ['Witness']])
})
