import { Notice, StateChip } from '../../../ui/index.ts'
import type { StateKind } from '../../../ui/state-kind.ts'
import type { openDifferences } from './discrepancy-page.server.ts'

/** Differences that counts found and nobody has closed, with their clocks, the most pressing first; nothing where none is open. */
export function OpenDifferences({ open }: { open: Awaited<ReturnType<typeof openDifferences>> }) {
  if (open.length === 0) return null
  const state = STATES.find((each) => open.some(({ chip }) => chip.state === each)) ?? 'due'
  return (
    <Notice
      state={state}
      title={
        open.length === 1
          ? 'One difference that a count found is open'
          : `${open.length} differences that counts found are open`
      }
    >
      <ul className="open-differences">
        {open
          .toSorted((a, b) => STATES.indexOf(a.chip.state) - STATES.indexOf(b.chip.state))
          .map(({ id, title, place, due, chip }) => (
            <li key={id}>
              <a href={`/work/stock/discrepancies/${id}`}>{title}</a>, {place}, due by the end of {due}{' '}
              <StateChip {...chip} />
            </li>
          ))}
      </ul>
    </Notice>
  )
}

const STATES = ['red', 'amber', 'due'] as readonly StateKind[]
