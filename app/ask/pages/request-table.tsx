import { Age, Button, DataTable, EmptyState, StateChip } from '../../ui/index.ts'
import { spanText } from '../request-presenter.ts'

/** A line of the inbox. */
export type InboxRow = {
  readonly id: string
  readonly reference: string
  readonly name: string
  readonly forOther: boolean
  readonly topics: string
  readonly inSpanish: boolean
  readonly shown: { readonly state: 'calm' | 'due' | 'amber' | 'red' | 'unknown'; readonly word: string }
  readonly alarm: boolean
  readonly due: { readonly what: string; readonly by: string; readonly lateMs: number } | undefined
  readonly ageMs: number
  readonly owner: string | undefined
  readonly sameContact: number
  /** Whether whoever looks may take it up. */
  readonly mayTake: boolean
}

/** @param elapsedMs time since the rows were read */
export function RequestTable({
  caption,
  rows,
  empty,
  elapsedMs,
}: {
  caption: string
  rows: readonly InboxRow[]
  empty: string
  elapsedMs: number
}) {
  const lateMs = (row: InboxRow) => (row.due ? row.due.lateMs + elapsedMs : -1)
  return (
    <DataTable
      caption={caption}
      phone="stack"
      rows={rows}
      rowKey={(row) => row.id}
      rowTone={(row) => (row.alarm ? 'red' : lateMs(row) >= 0 ? 'amber' : undefined)}
      empty={<EmptyState title={empty}>A request appears here the moment somebody sends one.</EmptyState>}
      columns={[
        {
          key: 'name',
          head: 'From',
          names: true,
          cell: (row) => (
            <>
              <a href={`/work/requests/${row.id}`} data-request="" dir="auto">
                {row.name}
              </a>
              <span className="request-reference">{row.reference}</span>
            </>
          ),
        },
        {
          key: 'state',
          head: 'State',
          cell: (row) => (
            <span className="row">
              {row.alarm && <StateChip state="red" word="Urgent: danger" />}
              <StateChip state={row.shown.state} word={row.shown.word} />
            </span>
          ),
        },
        {
          key: 'due',
          head: 'Due next',
          cell: (row) =>
            row.due ? (
              <span className="row">
                {lateMs(row) >= 0 && <StateChip state="amber" word={`${spanText(lateMs(row))} late`} />}
                <span>
                  {row.due.what} by {row.due.by}
                </span>
              </span>
            ) : (
              'nothing'
            ),
        },
        { key: 'age', head: 'Sent', cell: (row) => <Age ageMs={row.ageMs + elapsedMs} /> },
        {
          key: 'owner',
          head: 'Owner',
          cell: (row) =>
            row.owner ??
            (row.mayTake ? (
              <form className="inbox-take" method="post" action={`/work/requests/${row.id}`}>
                <Button kind="quiet" size="small" name="intent" value="assign">
                  Take it up<span className="hidden">: {row.name}</span>
                </Button>
              </form>
            ) : (
              'nobody yet'
            )),
        },
        {
          key: 'topics',
          head: 'About',
          cell: (row) =>
            `${row.topics}${row.forOther ? ' · for somebody else' : ''}${row.inSpanish ? ' · asked in Spanish' : ''}`,
        },
        {
          key: 'same',
          head: 'Same contact',
          cell: (row) => (row.sameContact > 0 ? `${row.sameContact} more` : 'none'),
        },
      ]}
    />
  )
}
