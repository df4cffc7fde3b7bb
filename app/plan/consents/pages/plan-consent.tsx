import { Button, DataTable, EmptyState, FormActions, Notice, Section, StateChip } from '../../../ui/index.ts'
import type { PlanPageData } from '../../plan-page.server.ts'

/** What becomes of a session that is open while consent is taken back, said to staff before and after. */
const SESSION_OPEN_WORDS =
  'Their session is open. No dose begins in it from that moment, and a paused pump is not started again; its screen says so at once. What is running is stopped at the bedside. The person stays under watch until they may leave.'

/** What the person has signed, seen by staff. They read and sign in their own portal. */
export function PlanConsent({ data }: { data: PlanPageData }) {
  const { signed, missing, withdrawals, underWay } = data.consent
  const rows = [
    ...missing.map((m) => ({ ...m, state: 'due' as const, word: m.why, copyHref: undefined })),
    ...signed.map((s) => ({ ...s, state: 'calm' as const, word: `signed ${s.when}` })),
  ]
  return (
    <Section
      title={<span id="documents">Documents</span>}
      actions={<a href={`/work/people/${data.person.id}/disclosures`}>Sharing and signatures</a>}
    >
      {missing.some((m) => m.again) && (
        <Notice state="due" title="No dose until this is signed again">
          <ul className="plan-list">
            {missing
              .filter((m) => m.again)
              .map((m) => (
                <li key={m.id}>
                  {m.title}: {m.why}
                </li>
              ))}
          </ul>
          {underWay && missing.some((m) => m.takenBack) && <p>{SESSION_OPEN_WORDS}</p>}
        </Notice>
      )}
      <DataTable
        caption="What must be read and signed before a dose"
        rows={rows}
        rowKey={(row) => row.id}
        phone="stack"
        empty={<EmptyState title="No document is asked for" />}
        columns={[
          {
            key: 'title',
            head: 'Document',
            names: true,
            cell: (row) => (row.copyHref ? <a href={row.copyHref}>{row.title}</a> : row.title),
          },
          { key: 'version', head: 'Version', align: 'figure', cell: (row) => row.version },
          { key: 'state', head: 'State', cell: (row) => <StateChip state={row.state} word={row.word} /> },
        ]}
      />
      {data.consent.mayAssist && (
        <p>
          <a href={`/work/plans/${data.id}/consent`}>Sign together, for somebody who cannot read or write</a>
        </p>
      )}
      {withdrawals.map((w) => (
        <details className="disclosure" key={w.id}>
          <summary>
            {data.person.name} told me that they take back: {w.title}
          </summary>
          <form method="post" className="panel">
            <input type="hidden" name="document" value={w.id} />
            <p>This happens at once:</p>
            <ul className="plan-list">
              {w.stops.map((text) => (
                <li key={text}>{text}</li>
              ))}
              {w.visitsAhead > 0 && (
                <li>
                  {w.visitsAhead === 1
                    ? 'One visit that is booked is'
                    : `${w.visitsAhead} visits that are booked are`}{' '}
                  cancelled.
                </li>
              )}
            </ul>
            {underWay && <p>{SESSION_OPEN_WORDS}</p>}
            <FormActions>
              <Button name="intent" value="withdraw-consent" kind="danger">
                Record that it is taken back
              </Button>
            </FormActions>
          </form>
        </details>
      ))}
    </Section>
  )
}
