import type { ReactNode } from 'react'

/**
 * The opening of the home page: one sentence, a little more, three things to know, what to do, and a picture.
 *
 * @param facts short answers, each under its question; three are enough
 * @param actions one or two buttons; on a phone the bar at the foot of the screen has them
 * @param picture decoration beneath the words, across the page
 */
export function Hero({
  title,
  lead,
  facts = [],
  actions,
  picture,
}: {
  title: ReactNode
  lead: ReactNode
  facts?: readonly { readonly term: string; readonly value: ReactNode }[]
  actions?: ReactNode
  picture?: ReactNode
}) {
  return (
    <header className="hero">
      <div className="hero-words">
        <h1>{title}</h1>
        <div className="hero-lead">
          <p className="lead">{lead}</p>
          {actions !== undefined && <div className="hero-actions">{actions}</div>}
        </div>
        {facts.length > 0 && (
          <dl className="hero-facts">
            {facts.map(({ term, value }) => (
              <div key={term}>
                <dt>{term}</dt>
                <dd>{value}</dd>
              </div>
            ))}
          </dl>
        )}
      </div>
      {picture}
    </header>
  )
}
