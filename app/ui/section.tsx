import { type ReactNode, useId } from 'react'
import { classNames } from './class-names.ts'

/**
 * One idea of a page under its own heading.
 *
 * @param tone `sunk` sets it on a slightly deeper paper, across the page on the public site
 * @param actions links or buttons beside the heading
 */
export function Section({
  title,
  tone = 'plain',
  actions,
  children,
}: {
  title: ReactNode
  tone?: 'plain' | 'sunk'
  actions?: ReactNode
  children: ReactNode
}) {
  const titleId = useId()
  return (
    <section className={classNames('section', tone === 'sunk' && 'section-sunk')} aria-labelledby={titleId}>
      <div className="section-head">
        <h2 id={titleId}>{title}</h2>
        {actions !== undefined && <div className="section-actions">{actions}</div>}
      </div>
      {children}
    </section>
  )
}
