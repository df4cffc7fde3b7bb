import { useActionData, useLoaderData } from 'react-router'
import { fieldErrors } from '../../../platform/form.ts'
import { guardedAction, guardedLoader } from '../../../platform/page.server.ts'
import {
  Breadcrumb,
  ButtonLink,
  ErrorSummary,
  FormActions,
  Notice,
  PageHead,
  Section,
  Timeline,
} from '../../../ui/index.ts'
import { decideEligibility as decideAction, readClinicalPart } from '../../assess-access.ts'
import { MedicinesPart } from '../../medicines/pages/medicines-part.tsx'
import workUpCss from '../../work-up/pages/work-up.css?url'
import { WorkUpPart } from '../../work-up/pages/work-up-part.tsx'
import { type DecisionView, loadDecision } from '../decision-page.server.ts'
import { postDecision } from '../decision-post.server.ts'
import eligibilityCss from '../eligibility.css?url'
import { ChangesNotice } from './changes-notice.tsx'
import { DecisionForm } from './decision-form.tsx'
import { NoticesPart, RulesPart } from './rules-part.tsx'

export const loader = guardedLoader(readClinicalPart, loadDecision)

export const action = guardedAction({ decide: [decideAction, postDecision] })

export const handle = { width: 'wide' }

export function links() {
  return [eligibilityCss, workUpCss].map((href) => ({ rel: 'stylesheet', href }))
}

export function meta() {
  return [{ title: 'Eligibility' }]
}

export default function DecisionPage() {
  const data = useLoaderData<typeof loader>()
  const problem = useActionData<typeof action>()
  const { counts } = data
  const own = `/work/assessments/${data.id}`
  return (
    <>
      <PageHead
        breadcrumb={
          <Breadcrumb
            items={[
              { href: '/work/assessments', label: 'Assessments' },
              { href: own, label: data.person.name },
            ]}
          />
        }
        title="Eligibility"
        kicker={data.person.name}
        lead={`${counts.met} of ${counts.all} rules that decide met, ${counts['not-met']} not met, ${counts.unknown} unknown. As known ${data.at}.`}
      />
      {data.done && <Notice state="calm" announce="status" title="Signed." />}
      <ErrorSummary errors={fieldErrors(problem)} />
      <ChangesNotice changes={data.changes}>
        <p>
          Look at the rules again and sign a new decision. Until then no order can be signed and no dose
          started.
        </p>
      </ChangesNotice>
      <Decisions data={data} />
      <nav className="row rules-links screen-only" aria-label="Which rules are shown">
        {data.openOnly ? (
          <a href={`${own}/decision`}>Show every rule</a>
        ) : (
          <a href={`${own}/decision?show=open`}>Show open rules only</a>
        )}
        {data.may.recordFact && <a href={`${own}#record-facts`}>Record facts</a>}
        <a href="/work/eligibility-rules">All rules and their sources</a>
      </nav>
      <RulesPart rows={data.rows} openOnly={data.openOnly} />
      <NoticesPart rows={data.notices} />
      <MedicinesPart personId={data.person.id} notices={data.medicines} />
      <WorkUpPart personId={data.person.id} rows={data.workUp} />
      {data.may.decide && (
        <div className="screen-only">
          <DecisionForm data={data} problem={problem} />
        </div>
      )}
    </>
  )
}

function Decisions({ data }: { data: DecisionView }) {
  const stale = data.changes.length > 0
  return (
    <Section title="Decision">
      {data.decisions.length === 0 ? (
        <p>Nobody has decided yet.</p>
      ) : (
        <Timeline
          label="Decisions, newest first"
          items={data.decisions.map((one) => ({
            key: one.id,
            when: one.when,
            dateTime: one.at,
            by: one.second ? `${one.by}; second prescriber ${one.second.by}, ${one.second.when}` : one.by,
            title: one.eligible ? 'Eligible' : 'Not eligible',
            body: (
              <>
                <p>{one.reasons}</p>
                {one.overrides.map((override) => (
                  <p key={override.ruleId}>
                    Overrode “{override.title}”: {override.reason}
                  </p>
                ))}
              </>
            ),
          }))}
        />
      )}
      {data.may.decide && data.decisions[0]?.eligible && !stale && (
        <FormActions>
          <ButtonLink href={`/work/plans/new?assessment=${data.id}`}>Go on to the plan</ButtonLink>
        </FormActions>
      )}
    </Section>
  )
}
