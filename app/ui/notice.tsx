import type { ReactNode } from 'react'
import { classNames } from './class-names.ts'
import { StateShape } from './state-chip.tsx'
import type { StateKind } from './state-kind.ts'

/**
 * Something the reader should know on this page.
 *
 * @param title one line that says what happened
 * @param state colours it; amber and red only for alarms and safety
 * @param announce `status` is spoken politely when it appears, `alert` at once; without it the notice is plain text
 * @param children what was kept and what to do
 */
export function Notice({
  title,
  state = 'due',
  announce,
  children,
}: {
  title: ReactNode
  state?: StateKind
  announce?: 'status' | 'alert'
  children?: ReactNode
}) {
  return (
    <div className={classNames('notice', `notice-${state}`)} role={announce}>
      <StateShape state={state} />
      <div className="notice-body">
        <p className="notice-title">{title}</p>
        {children}
      </div>
    </div>
  )
}
