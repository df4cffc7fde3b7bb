import type { ReactNode } from 'react'
import { Horizon } from './horizon.tsx'

/**
 * The opening of the home page: one sentence, a little more, what to do, and the wave that settles.
 *
 * @param actions one or two buttons
 */
export function Hero({ title, lead, actions }: { title: ReactNode; lead: ReactNode; actions?: ReactNode }) {
  return (
    <header className="hero">
      <div className="hero-words">
        <h1>{title}</h1>
        <p className="lead">{lead}</p>
        {actions !== undefined && <div className="hero-actions">{actions}</div>}
      </div>
      <Horizon kind="settle" />
    </header>
  )
}
