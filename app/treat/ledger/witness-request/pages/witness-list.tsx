import { useLoaderData } from 'react-router'
import { guardedLoader } from '../../../../platform/page.server.ts'
import { Age, ButtonLink, DataTable, EmptyState, Notice, PageHead, Section } from '../../../../ui/index.ts'
import { witnessStock } from '../../../treat-access.ts'
import stockCss from '../../stock.css?url'
import { useWitnessLine } from '../use-witness-line.ts'
import witnessCss from '../witness.css?url'
import { loadWitnessList } from '../witness-page.server.ts'
import { LineWords, RequestWords } from './request-parts.tsx'

export const handle = { hydrate: true }

export function links() {
  return [stockCss, witnessCss].map((href) => ({ rel: 'stylesheet', href }))
}

export const loader = guardedLoader(witnessStock, loadWitnessList)

export function meta() {
  return [{ title: 'Witness' }]
}

const DONE: Readonly<Record<string, string>> = {
  signed: 'Signed by you and recorded.',
  declined: 'You did not sign. Who asked has been told why.',
}

export default function WitnessList() {
  const page = useLoaderData<typeof loader>()
  const { line, passedMs } = useWitnessLine(page)
  const done = page.done && DONE[page.done]
  return (
    <>
      <PageHead
        title="Witness"
        lead="What colleagues ask you to see with your own eyes and sign on your own device. Go there first; nothing is recorded until you sign."
      />
      {done && <Notice state="calm" announce="status" title={done} />}
      <section aria-label="Waiting for a witness" aria-live="polite">
        {page.waiting.length === 0 ? (
          <EmptyState title="Nobody waits for a witness">
            When a colleague asks, it appears here. Your own requests are signed by somebody else.
          </EmptyState>
        ) : (
          <ul className="witness-list">
            {page.waiting.map((request) => (
              <li key={request.id}>
                <RequestWords lines={request.lines} />
                <p className="witness-age">
                  Asked <Age ageMs={request.ageMs + passedMs} />, may be signed until {request.until}
                </p>
                <ButtonLink href={`/work/witness/${request.id}`} size="bedside">
                  Open to sign
                </ButtonLink>
              </li>
            ))}
          </ul>
        )}
      </section>
      <LineWords line={line} />
      {page.lately.length > 0 && (
        <Section title="Asked or answered by you">
          <DataTable
            caption="Newest first"
            rows={page.lately}
            rowKey={(row) => row.id}
            phone="stack"
            empty={<EmptyState title="Nothing asked yet" />}
            columns={[
              {
                key: 'what',
                head: 'What',
                names: true,
                cell: (row) => <a href={`/work/witness/${row.id}`}>{row.what}</a>,
              },
              { key: 'when', head: 'Asked', cell: (row) => row.when },
              { key: 'by', head: 'By', cell: (row) => row.asker },
              { key: 'state', head: 'State', cell: (row) => row.state },
            ]}
          />
        </Section>
      )}
    </>
  )
}
