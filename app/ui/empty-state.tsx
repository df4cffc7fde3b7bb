import type { ReactNode } from 'react'
import { Horizon } from './horizon.tsx'

/**
 * Stands where things will be.
 *
 * @param title what will be here, for example `No requests are waiting`
 * @param children how to begin, or what will make something appear
 * @param action one `ButtonLink`, when there is something to do
 */
export function EmptyState({
  title,
  children,
  action,
}: {
  title: string
  children?: ReactNode
  action?: ReactNode
}) {
  return (
    <div className="empty">
      <Horizon className="empty-line" />
      <p className="empty-title">{title}</p>
      {children !== undefined && <div className="empty-text">{children}</div>}
      {action !== undefined && <div className="empty-action">{action}</div>}
    </div>
  )
}
