import { useLoaderData } from 'react-router'
import { guardedLoader } from '../../../platform/page.server.ts'
import { Age, EmptyState, PageHead } from '../../../ui/index.ts'
import { listWaitingResults } from '../result-access.ts'
import { loadWaitingResults } from '../results-page.server.ts'
import { ResultRow } from './result-row.tsx'
import resultsCss from './results.css?url'

export const loader = guardedLoader(listWaitingResults, loadWaitingResults)

export const handle = { width: 'wide' }

export function links() {
  return [{ rel: 'stylesheet', href: resultsCss }]
}

export function meta() {
  return [{ title: 'Results to be looked at' }]
}

export default function ResultsWaiting() {
  const { rows } = useLoaderData<typeof loader>()
  return (
    <>
      <PageHead
        title="To be looked at"
        lead="Results that ask for a clinician’s look, the oldest first. Open one to see its answers and to note that you have looked. What is urgent stands under safety concerns as well."
      />
      {rows.length === 0 ? (
        <EmptyState title="Nothing waits">
          <p>
            A result in which a warning or a critical sign shows appears here until somebody has looked at it.
          </p>
        </EmptyState>
      ) : (
        <ul className="result-rows">
          {rows.map((row) => (
            <ResultRow key={row.id} face={row} heading="h2">
              <p className="result-person">
                <a href={row.personHref}>{row.person}</a> <Age ageMs={row.ageMs} />
              </p>
            </ResultRow>
          ))}
        </ul>
      )}
    </>
  )
}
