import type { ReactNode } from 'react'

/** One place to go, with a line about it. */
export interface LinkListItem {
  readonly href: string
  readonly title: ReactNode
  readonly text?: ReactNode
  /** A quiet line beneath, for example `11 studies`. */
  readonly meta?: ReactNode
}

/** A list of pages: services, conditions, articles, search results. */
export function LinkList({ items, columns = false }: { items: readonly LinkListItem[]; columns?: boolean }) {
  return (
    <ul className={columns ? 'link-list link-list-columns' : 'link-list'}>
      {items.map((item) => (
        <li key={item.href}>
          <a href={item.href}>{item.title}</a>
          {item.text !== undefined && <p>{item.text}</p>}
          {item.meta !== undefined && <p className="link-list-meta">{item.meta}</p>}
        </li>
      ))}
    </ul>
  )
}
