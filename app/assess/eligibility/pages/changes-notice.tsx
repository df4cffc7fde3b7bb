import type { ReactNode } from 'react'
import { Notice } from '../../../ui/index.ts'
import type { ChangeRow } from '../decision-page.server.ts'

/** Says that a decision rests on something that has changed, and what: which rule, from, to, when, by whom. */
export function ChangesNotice({
  changes,
  children,
}: {
  changes: readonly ChangeRow[]
  children?: ReactNode
}) {
  if (changes.length === 0) return null
  return (
    <Notice state="amber" title="Something this decision rests on has changed since it was signed">
      <ChangeList changes={changes} />
      {children}
    </Notice>
  )
}

/** One line for each rule that changed. */
export function ChangeList({ changes }: { changes: readonly ChangeRow[] }) {
  return (
    <ul className="changes">
      {changes.map((change) => (
        <li key={change.ruleId}>
          <strong>{change.title}.</strong> {change.what}
          {change.when && `. ${change.when}`}
          {change.by && `, ${change.by}`}.
        </li>
      ))}
    </ul>
  )
}
