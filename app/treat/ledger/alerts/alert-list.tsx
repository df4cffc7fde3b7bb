import { EmptyState, Notice, StateChip } from '../../../ui/index.ts'
import type { ShownAlerts } from './shown-alerts.ts'

const SEVERITY_WORDS = { red: 'look now', amber: 'look soon' } as const

/**
 * What the ledger gives reason to ask about, the most pressing first, then what could not be judged. The page loads `alert-list.css`.
 *
 * @param openDifferences how many differences of counts the page shows beside these
 */
export function AlertList({
  alerts,
  notJudged,
  openDifferences,
}: ShownAlerts & { readonly openDifferences: number }) {
  return (
    <>
      {alerts.length === 0 ? (
        <EmptyState
          title={openDifferences > 0 ? 'Nothing besides the open differences' : 'Nothing to ask about'}
        >
          Lots that expire or are called back, opened vials, counts and the stock for booked visits were
          looked at.
        </EmptyState>
      ) : (
        <ol className="ledger-alerts">
          {alerts.map(({ key, severity, title, detail, todo, since }) => (
            <li key={key} className={`ledger-alert ledger-alert-${severity}`}>
              <div className="ledger-alert-head">
                <h3>{title}</h3>
                <StateChip state={severity} word={SEVERITY_WORDS[severity]} />
              </div>
              <p>{detail}</p>
              <p className="ledger-alert-todo">{todo}</p>
              {since && (
                <p className="ledger-alert-since">
                  Since <time dateTime={since.at}>{since.words}</time>
                </p>
              )}
            </li>
          ))}
        </ol>
      )}
      {notJudged.length > 0 && (
        <Notice state="unknown" title="Not judged">
          {notJudged.map((words) => (
            <p key={words}>{words}</p>
          ))}
        </Notice>
      )}
    </>
  )
}
