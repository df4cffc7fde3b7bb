import { useLoaderData } from 'react-router'
import { fieldErrors } from '../../platform/form.ts'
import { guardedLoader } from '../../platform/page.server.ts'
import { ButtonLink, ErrorSummary, Notice, PageHead } from '../../ui/index.ts'
import { compareRegimens } from '../plan-access.ts'
import { regimenPage } from '../regimens/regimen-page.server.ts'
import { errorInWords } from '../regimens/regimen-words.ts'
import regimensCss from '../regimens/regimens.css?url'
import { RegimenForm } from './regimens-form.tsx'
import { RegimenResult } from './regimens-result.tsx'

export function links() {
  return [{ rel: 'stylesheet', href: regimensCss }]
}

export const loader = guardedLoader(compareRegimens, regimenPage)

export const handle = { width: 'wide' as const }

export function meta() {
  return [{ title: 'Regimens' }]
}

export default function Regimens() {
  const data = useLoaderData<typeof loader>()
  const { view, errors } = data
  return (
    <div className="regimens">
      <PageHead
        title="Regimens side by side"
        lead="What published models predict for two to four regimens in the same invented people. Not a dosing instruction. Nothing here changes an order."
        actions={
          view && (
            <>
              <ButtonLink kind="quiet" size="small" href={data.link}>
                Link to this comparison
              </ButtonLink>
              <ButtonLink kind="quiet" size="small" href={data.csvLink}>
                Download every minute (CSV)
              </ButtonLink>
            </>
          )
        }
      />
      <ErrorSummary
        errors={fieldErrors({ errors, values: {} }).map(({ fieldId, message }) => ({
          fieldId,
          message: errorInWords(fieldId, message),
        }))}
        title="Nothing was computed yet"
        kept="Everything typed is kept."
      />
      {data.isExample && (
        <Notice state="calm" title="An example: an invented person and two regimens. Change anything." />
      )}
      <RegimenForm {...data} notes={view?.notes ?? {}} />
      {view && <RegimenResult view={view} seenOn={data.seenOn} address={data.link} />}
    </div>
  )
}
