import type { ReactNode } from 'react'
import { StateShape } from './state-chip.tsx'
import type { StateKind } from './state-kind.ts'

/** One thing that happened. */
export interface TimelineItem {
  readonly key: string
  /** As people say it, in the clinic's zone. */
  readonly when: string
  /** The same instant for machines, ISO 8601. */
  readonly dateTime: string
  readonly title: ReactNode
  readonly body?: ReactNode
  readonly by?: string
  readonly state?: StateKind
}

/** What happened, in the order given; a reply log, a session, a person's history. */
export function Timeline({ items, label }: { items: readonly TimelineItem[]; label: string }) {
  return (
    <ol className="timeline" aria-label={label}>
      {items.map((item) => (
        <li key={item.key}>
          <div className="timeline-mark">
            {item.state === undefined ? <span className="timeline-dot" /> : <StateShape state={item.state} />}
          </div>
          <div className="timeline-body">
            <p className="timeline-when">
              <time dateTime={item.dateTime}>{item.when}</time>
              {item.by !== undefined && <> · {item.by}</>}
            </p>
            <p className="timeline-title">{item.title}</p>
            {item.body !== undefined && <div className="timeline-text">{item.body}</div>}
          </div>
        </li>
      ))}
    </ol>
  )
}
