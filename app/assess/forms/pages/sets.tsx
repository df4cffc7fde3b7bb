import { useLoaderData } from 'react-router'
import { guardedLoader } from '../../../platform/page.server.ts'
import { Button, ButtonLink, FormActions, Notice, PageHead, Section, SelectField } from '../../../ui/index.ts'
import { readSets } from '../../assess-access.ts'
import { TRACKS } from '../condition-track.ts'
import { loadSets } from '../sets-page.server.ts'
import formsCss from './forms.css?url'

export const loader = guardedLoader(readSets, loadSets)

export function links() {
  return [{ rel: 'stylesheet', href: formsCss }]
}

export function meta() {
  return [{ title: 'Which forms are asked when' }]
}

/** Which forms are asked when, one track at a time. */
export default function Sets() {
  const { track, phases, may, saved } = useLoaderData<typeof loader>()
  return (
    <>
      <PageHead
        title="Which forms are asked when"
        kicker={track.title}
        lead="A change holds for what is laid or opened from now on. Intakes and forms that are begun keep theirs."
        actions={
          <ButtonLink href="/work/instruments" kind="quiet">
            All instruments
          </ButtonLink>
        }
      />
      {saved && <Notice state="calm" announce="status" title="Stored." />}
      <form method="get" className="row">
        <SelectField
          name="track"
          label="What people are treated for"
          options={TRACKS.map(({ id, title }) => ({ value: id, label: title }))}
          defaultValue={track.id}
        />
        <FormActions>
          <Button kind="quiet">Show</Button>
        </FormActions>
      </form>
      {phases.map((phase) => (
        <Section
          key={phase.id}
          title={phase.title}
          actions={
            may && (
              <ButtonLink href={`/work/sets/${track.id}/${phase.id}`} kind="quiet" size="small">
                Change<span className="hidden"> {phase.title}</span>
              </ButtonLink>
            )
          }
        >
          <p className="form-construct">
            {phase.lead} {phase.forms.length > 0 && `About ${phase.minutes} minutes in all.`}
          </p>
          {phase.forms.length === 0 ? (
            <p>Nothing is asked.</p>
          ) : (
            <ol className="form-order">
              {phase.forms.map((form) => (
                <li key={form.id}>
                  <a href={`/work/instruments/${form.id}`}>{form.name}</a>
                  <span className="form-construct">
                    {form.construct}
                    {form.rated && ', rated by staff'}
                  </span>
                </li>
              ))}
            </ol>
          )}
          <p className="form-construct">
            {phase.changed ?? 'As Evenkeel comes; for the medical director to set.'}
          </p>
        </Section>
      ))}
    </>
  )
}
