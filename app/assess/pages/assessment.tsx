import { useActionData, useLoaderData } from 'react-router'
import { type FormAnswer, fieldErrors } from '../../platform/form.ts'
import { guardedAction, guardedLoader } from '../../platform/page.server.ts'
import {
  Breadcrumb,
  Button,
  ErrorSummary,
  FormActions,
  Notice,
  PageHead,
  Section,
  SelectField,
  StateChip,
} from '../../ui/index.ts'
import {
  makeIntakeLink as makeLinkAction,
  planIntake as planIntakeAction,
  readAssessment,
  recordFact as recordFactAction,
} from '../assess-access.ts'
import { ASSESSMENT_STATE_WORDS } from '../assess-words.ts'
import { type AssessmentView, loadAssessment } from '../assessment-page.server.ts'
import { postFacts, postLink, postTrack } from '../assessment-post.server.ts'
import { EligibilityPart } from '../eligibility/pages/eligibility-part.tsx'
import { TRACKS } from '../forms/condition-track.ts'
import workUpCss from '../work-up/pages/work-up.css?url'
import { WorkUpPart } from '../work-up/pages/work-up-part.tsx'
import assessmentCss from './assessment.css?url'
import { FactsPart } from './facts-part.tsx'
import { AnswersPart, ScoresPart } from './intake-part.tsx'

export const loader = guardedLoader(readAssessment, loadAssessment)

export const action = guardedAction({
  link: [makeLinkAction, postLink],
  track: [planIntakeAction, postTrack],
  facts: [recordFactAction, postFacts],
})

export const handle = { width: 'wide' }

export function links() {
  return [assessmentCss, workUpCss].map((href) => ({ rel: 'stylesheet', href }))
}

export function meta() {
  return [{ title: 'Assessment' }]
}

const DONE: Readonly<Record<string, string>> = {
  facts: 'Recorded. The rules use the new values.',
  track: 'Changed. The intake asks the forms of this track.',
}

export default function AssessmentPage() {
  const data = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const problem = answer && 'errors' in answer ? answer : undefined
  const link = answer && 'link' in answer ? answer.link : undefined
  const { person, clinical } = data
  const done = data.done ? DONE[data.done] : undefined
  return (
    <>
      <PageHead
        breadcrumb={<Breadcrumb items={[{ href: '/work/assessments', label: 'Assessments' }]} />}
        title={person.name}
        kicker="Assessment"
        state={<StateChip {...ASSESSMENT_STATE_WORDS[data.state]} />}
        lead={`${person.age === undefined ? 'Age unknown' : `${person.age} years`}, ${person.sex && person.sex !== 'unknown' ? person.sex : 'sex not known'}. Opened ${data.openedOn}.`}
      />
      {done && <Notice state="calm" announce="status" title={done} />}
      <ErrorSummary errors={fieldErrors(problem)} />
      {clinical?.concerns.map((concern) => (
        <Notice
          key={concern.id}
          state={concern.overdue ? 'red' : 'amber'}
          title={`Safety concern, ${concern.overdue ? 'overdue' : 'open'}: ${concern.title}`}
        >
          <p>
            <a href={`/work/concerns/${concern.id}`}>Look at it and record what was done</a>
          </p>
        </Notice>
      ))}
      <IntakeState data={data} link={link} problem={problem} />
      {clinical ? (
        <>
          <EligibilityPart data={data} clinical={clinical} />
          <WorkUpPart personId={person.id} rows={clinical.workUp} />
          <ScoresPart personId={person.id} scores={clinical.scores} />
          <FactsPart data={data} facts={clinical.facts} problem={problem} />
          <AnswersPart sections={clinical.sections} />
        </>
      ) : (
        <Section title="Answers and decision">
          {data.decision ? (
            <p>
              {data.decision.eligible ? 'Eligible' : 'Not eligible'}, signed by {data.decision.by} on{' '}
              {data.decision.when}.
              {data.decision.stale && ' Something it rests on has changed; a prescriber looks again.'}
            </p>
          ) : (
            <p>Not decided yet.</p>
          )}
          <p>What the person answered is shown to those who treat them.</p>
        </Section>
      )}
    </>
  )
}

function IntakeState({
  data,
  link,
  problem,
}: {
  data: AssessmentView
  link: string | undefined
  problem: FormAnswer | undefined
}) {
  const { track, started } = data
  const { answered, skipped, open, minutesLeft } = data.progress
  return (
    <Section title="Intake">
      <p>
        {answered} of {answered + skipped + open} questions answered, {skipped} skipped, {open} not reached
        {data.intakeFinished ? `. Finished ${data.intakeFinished}.` : `; about ${minutesLeft} minutes left.`}
      </p>
      <p>
        {track.title === undefined ? 'Opened before there were tracks' : `Track: ${track.title}`}. Forms after
        the history: {track.forms.join(', ')}.
      </p>
      {started && (
        <p>
          Begun {started.when}
          {started.timeZone !== data.timeZone && ` (the person was in ${started.timeZone})`}
          {started.proxy && `; answered by somebody for the person: ${started.proxy}`}.
        </p>
      )}
      {data.may.planIntake && (
        <form method="post" className="row">
          <input type="hidden" name="intent" value="track" />
          <SelectField
            name="track"
            label="What the person is treated for"
            hint="Decides which forms the intake asks. It can be changed until the first answer."
            options={TRACKS.map(({ id, title }) => ({ value: id, label: title }))}
            defaultValue={track.id}
            error={problem?.errors.track}
          />
          <FormActions>
            <Button kind="quiet">Change the track</Button>
          </FormActions>
        </form>
      )}
      {link && (
        <Notice state="calm" announce="status" title="A new link for this person">
          <p>
            <code className="breakable">{link}</code>
          </p>
          <p>It is shown once and works for 30 days. Give it to nobody else.</p>
        </Notice>
      )}
      {data.may.makeLink && (
        <form method="post">
          <input type="hidden" name="intent" value="link" />
          <FormActions>
            <Button kind="quiet">Make a new link to the intake</Button>
          </FormActions>
        </form>
      )}
    </Section>
  )
}
