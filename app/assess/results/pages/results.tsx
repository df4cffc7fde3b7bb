import { useLoaderData } from 'react-router'
import { guardedLoader } from '../../../platform/page.server.ts'
import {
  Breadcrumb,
  Button,
  ButtonLink,
  EmptyState,
  Notice,
  PageHead,
  Section,
  SelectField,
} from '../../../ui/index.ts'
import { readResults } from '../result-access.ts'
import { loadResults } from '../results-page.server.ts'
import { ResultRow } from './result-row.tsx'
import resultsCss from './results.css?url'

export const loader = guardedLoader(readResults, loadResults)

export const handle = { width: 'wide' }

export function links() {
  return [{ rel: 'stylesheet', href: resultsCss }]
}

export function meta() {
  return [{ title: 'Results of a person' }]
}

export default function Results() {
  const { person, answered, waiting, rows, constructs, construct, done } = useLoaderData<typeof loader>()
  return (
    <>
      <PageHead
        breadcrumb={
          <Breadcrumb
            items={[
              { href: '/work/people', label: 'People' },
              { href: `/work/people/${person.id}`, label: person.name },
            ]}
          />
        }
        title={`Results of ${person.name}`}
        lead="The newest of every questionnaire, rating and test. An answer that is missing is never counted as a low one."
      />
      {done && <Notice state="calm" announce="status" title="Kept that you looked at it." />}
      {waiting.length > 0 && (
        <Section title={`To be looked at: ${waiting.length}`}>
          <ul className="result-rows">
            {waiting.map((face) => (
              <ResultRow key={face.id} face={face} />
            ))}
          </ul>
        </Section>
      )}
      <Section title={construct ? `Results: ${construct}` : 'All results'}>
        {constructs.length > 1 && (
          <form method="get" className="result-filter">
            <SelectField
              name="construct"
              label="Show only"
              defaultValue={construct ?? ''}
              options={[
                { value: '', label: 'Everything' },
                ...constructs.map((one) => ({ value: one, label: one })),
              ]}
            />
            <Button kind="quiet">Show</Button>
            {construct && (
              <ButtonLink kind="plain" href={`/work/people/${person.id}/results`}>
                Show everything
              </ButtonLink>
            )}
          </form>
        )}
        {rows.length === 0 ? (
          <EmptyState title="No results yet">
            <p>Questionnaires of the intake, forms and ratings appear here as soon as they are finished.</p>
          </EmptyState>
        ) : (
          <ul className="result-rows">
            {rows.map((face) => (
              <ResultRow key={face.id} face={face} listedAbove />
            ))}
          </ul>
        )}
        {answered > 0 && (
          <p className="soft result-rule">
            Baseline is the first finished result of a line. Results share a line only when they were asked
            and scored alike: the same version, wording, recall window and scoring. Unless it is said, the
            wording is our plain-language edition.
          </p>
        )}
      </Section>
    </>
  )
}
