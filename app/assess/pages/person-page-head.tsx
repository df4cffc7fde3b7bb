import type { ReactNode } from 'react'
import { Breadcrumb, PageHead } from '../../ui/index.ts'

/** The head of a page about one person: the way to them, whose page it is, and what it shows. */
export function PersonPageHead({
  person,
  title,
  lead,
  actions,
}: {
  person: { readonly id: string; readonly name: string }
  title: string
  lead: string
  actions: ReactNode
}) {
  return (
    <PageHead
      breadcrumb={
        <Breadcrumb
          items={[
            { href: '/work/people', label: 'People' },
            { href: `/work/people/${person.id}`, label: person.name },
          ]}
        />
      }
      title={title}
      kicker={person.name}
      lead={lead}
      actions={actions}
    />
  )
}
