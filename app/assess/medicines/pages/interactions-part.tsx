import { StateChip } from '../../../ui/index.ts'
import { standingOf } from '../interaction-words.ts'
import type { InteractionRow } from '../medicines-page.server.ts'

/** What each interaction that applies says, with what is known of it and where from. */
export function InteractionList({ rows }: { rows: readonly InteractionRow[] }) {
  return (
    <ul className="interactions">
      {rows.map((row) => (
        <li key={row.id}>
          <div className="interaction-head">
            <h3>{row.title}</h3>
            <StateChip {...standingOf(row)} />
          </div>
          {row.because.length > 0 && <p className="medicine-because">{row.because.join(', ')}</p>}
          {row.raised.map((words) => (
            <p key={words}>
              <strong>{words}</strong>
            </p>
          ))}
          {row.open.map((settle) => (
            <p key={settle}>
              <strong>Not known:</strong> {settle}
            </p>
          ))}
          <p>{row.say}</p>
          {row.keep && (
            <p>
              <strong>{row.keep}</strong>
            </p>
          )}
          {row.setAside && (
            <p>
              Set aside for today by {row.setAside.by}: {row.setAside.reason}
            </p>
          )}
          <details className="disclosure">
            <summary>What is known, and where from</summary>
            <ul className="interaction-known">
              {row.known.map((known) => (
                <li key={known}>{known}</li>
              ))}
              <li>
                The action is a default, to be set by the medical director [D]. Rule version {row.version}.
              </li>
            </ul>
          </details>
        </li>
      ))}
    </ul>
  )
}
