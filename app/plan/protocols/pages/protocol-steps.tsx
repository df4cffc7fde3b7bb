import type { FormAnswer } from '../../../platform/form.ts'
import {
  Button,
  ButtonLink,
  Checkbox,
  FormActions,
  Section,
  StepUpField,
  TextArea,
  TextField,
} from '../../../ui/index.ts'
import type { ProtocolPageData } from '../protocols-page.server.ts'

/** What may happen to the shown version next, for whoever may do it. */
export function ProtocolSteps({
  data,
  problem,
}: {
  data: ProtocolPageData
  problem: FormAnswer | undefined
}) {
  const { may, own } = data
  const hidden = (
    <>
      <input type="hidden" name="version" value={data.version} />
      <input type="hidden" name="revision" value={data.revision} />
      <input type="hidden" name="key" value={data.key} />
    </>
  )
  const typed = (name: string) => String(problem?.values[name] ?? '')
  const wrong = problem?.errors ?? {}
  const asked = String(problem?.values.intent ?? '')
  if (!may.any) return null
  return (
    <Section title="What can be done">
      <div className="protocol-steps" id="steps">
        {may.edit && (
          <FormActions>
            <ButtonLink href={`/work/protocols/${data.id}/edit?version=${data.version}`}>
              Change this draft
            </ButtonLink>
          </FormActions>
        )}
        {may.simulate && (
          <form method="post" className="protocol-step">
            {hidden}
            <h3>Try it on invented people</h3>
            <p>
              240 invented people go through eligibility, orders and the diary of this clinic. It takes some
              seconds.{' '}
              {own ? 'Publishing needs it for the revision that is published.' : 'Adopting needs it.'}
            </p>
            <Checkbox name="bookings" label="Around what is booked in the diary now" />
            <Button name="intent" value="simulate" kind="quiet">
              {data.simulation ? 'Run the simulation again' : 'Run the simulation'}
            </Button>
          </form>
        )}
        {may.submit && (
          <form method="post" className="protocol-step">
            {hidden}
            <h3>{own ? 'Hand it over for review' : 'Put it forward to be adopted'}</h3>
            <p>
              {own
                ? 'A prescriber who did not write on it reads it. Until it comes back nobody can change it.'
                : 'The library offers this version. A second prescriber reads it before the clinic adopts it; then it can be ordered.'}
            </p>
            <Button name="intent" value="submit">
              {own ? 'Submit for review' : 'Put forward for review'}
            </Button>
          </form>
        )}
        {may.review && data.mayNotReview && (
          <div className="protocol-step">
            <h3>Review</h3>
            <p>
              {own
                ? 'You wrote on this version: a prescriber who did not must review it.'
                : 'You put this version forward: another prescriber must review it.'}
            </p>
          </div>
        )}
        {may.review && !data.mayNotReview && (
          <form method="post" noValidate className="protocol-step">
            {hidden}
            <h3>Review</h3>
            <p>Read the whole document and what is different. Your password or passkey is your signature.</p>
            <StepUpField label="Your password" error={asked === 'approve' ? wrong.password : undefined} />
            <Button name="intent" value="approve">
              Approve this version
            </Button>
          </form>
        )}
        {may.takeBack && (
          <form method="post" noValidate className="protocol-step">
            {hidden}
            <TextArea
              id="reason-return"
              name="reason"
              label="What should be changed"
              rows={2}
              defaultValue={asked === 'return' ? typed('reason') : ''}
              error={asked === 'return' ? wrong.reason : undefined}
            />
            <Button name="intent" value="return" kind="quiet">
              Send it back
            </Button>
          </form>
        )}
        {may.publish && data.mayNotPublish && (
          <div className="protocol-step">
            <h3>{own ? 'Publish' : 'Adopt'}</h3>
            <p>You approved this version: somebody else makes it the one that new plans get.</p>
          </div>
        )}
        {may.publish && !data.mayNotPublish && (
          <form method="post" noValidate className="protocol-step">
            {hidden}
            <h3>{own ? 'Publish' : 'Adopt'}</h3>
            <p>New plans get this version from then on. Running plans keep theirs.</p>
            <StepUpField
              id="password-publish"
              label="Your password"
              error={asked === 'publish' ? wrong.password : undefined}
            />
            <Button name="intent" value="publish">
              {own ? 'Publish this version' : 'Adopt this version'}
            </Button>
          </form>
        )}
        {may.draft && (
          <form method="post" className="protocol-step">
            {hidden}
            <h3>Begin an own version</h3>
            <p>A draft with everything that stands here. What is here stays as it is.</p>
            <Button name="intent" value="draft" kind="quiet">
              Draft from this version
            </Button>
          </form>
        )}
        {may.draft && (
          <details className="disclosure" open={asked === 'copy'}>
            <summary>Begin a protocol under a new name</summary>
            <form method="post" noValidate className="protocol-step">
              {hidden}
              <p>A protocol of this clinic, as a copy of this version. It goes its own way from then on.</p>
              <TextField
                name="title"
                label="Its name"
                defaultValue={asked === 'copy' ? typed('title') : ''}
                error={asked === 'copy' ? wrong.title : undefined}
              />
              <Button name="intent" value="copy" kind="quiet">
                Copy under this name
              </Button>
            </form>
          </details>
        )}
        {may.retire && (
          <details className="disclosure">
            <summary>Retire this version</summary>
            <form method="post" noValidate className="protocol-step">
              {hidden}
              <p>No new plan gets it. Running plans keep it.</p>
              <TextArea
                name="reason"
                label="Why"
                rows={2}
                defaultValue={asked === 'retire' ? typed('reason') : ''}
                error={asked === 'retire' ? wrong.reason : undefined}
              />
              <Button name="intent" value="retire" kind="quiet">
                Retire it
              </Button>
            </form>
          </details>
        )}
      </div>
    </Section>
  )
}
