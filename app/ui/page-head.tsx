import type { ReactNode } from 'react'

/**
 * The head of a page: the one `h1`, what the page is for, and what can be done.
 *
 * @param kicker a short line above the heading, for example the kind of page or a reference number
 * @param lead one or two sentences under the heading
 * @param state a `StateChip`, beside the heading
 * @param actions buttons, beside or beneath
 * @param breadcrumb a `Breadcrumb`, above all
 */
export function PageHead({
  title,
  kicker,
  lead,
  state,
  actions,
  breadcrumb,
}: {
  title: ReactNode
  kicker?: ReactNode
  lead?: ReactNode
  state?: ReactNode
  actions?: ReactNode
  breadcrumb?: ReactNode
}) {
  return (
    <header className="page-head">
      {breadcrumb}
      <div className="page-head-row">
        <div className="page-head-words">
          {kicker !== undefined && <p className="kicker">{kicker}</p>}
          <h1>{title}</h1>
          {state}
          {lead !== undefined && <p className="lead">{lead}</p>}
        </div>
        {actions !== undefined && <div className="page-head-actions">{actions}</div>}
      </div>
    </header>
  )
}
