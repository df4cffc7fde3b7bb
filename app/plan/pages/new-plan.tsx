import { useActionData, useLoaderData } from 'react-router'
import { assessmentById, decisionOf } from '../../assess/index.server.ts'
import { studyById } from '../../find/index.server.ts'
import { personById } from '../../identity/index.server.ts'
import { runCommand, runQuery } from '../../platform/command.server.ts'
import { type FormAnswer, fieldErrors, formProblem } from '../../platform/form.ts'
import { parseId } from '../../platform/ids.ts'
import { goTo, guardedAction, guardedLoader, notFound } from '../../platform/page.server.ts'
import {
  Breadcrumb,
  Button,
  ButtonLink,
  ErrorSummary,
  FormActions,
  Notice,
  PageHead,
  RadioGroup,
} from '../../ui/index.ts'
import { createPlan } from '../create-plan.server.ts'
import { planOfAssessment } from '../plan-queries.server.ts'
import type { Protocol } from '../protocols/protocol.ts'
import { clinicProtocols } from '../protocols/protocol-of.server.ts'
import { doseWords, GRADE_WORDS, GROUP_WORDS, stretchWords } from '../protocols/protocol-words.ts'

export const loader = guardedLoader(createPlan.action, async ({ services, actor, clinic, url }) =>
  runQuery(services, actor, async ({ db, audit }) => {
    const assessmentId = parseId<'assessment'>(url.searchParams.get('assessment')) ?? notFound()
    const assessment = await assessmentById(db, clinic.id, assessmentId)
    const person = assessment && (await personById(db, clinic.id, assessment.personId))
    if (!assessment || !person) return notFound()
    audit.read(createPlan.action.id, { personId: person.id, object: 'assessment', objectId: assessmentId })
    const existing = await planOfAssessment(db, clinic.id, assessmentId)
    if (existing) throw goTo(`/work/plans/${existing.id}`)
    const decision = await decisionOf(db, clinic.id, assessmentId)
    const obstacle = !decision
      ? 'not-decided'
      : decision.decision !== 'eligible'
        ? 'not-eligible'
        : decision.stale
          ? 'decision-stale'
          : undefined
    return {
      assessmentId,
      name: person.displayName,
      key: services.ids.next(),
      obstacle: obstacle && WORDS[obstacle],
      protocols: (await clinicProtocols(db, clinic.id)).flatMap(({ current, orderability }) =>
        current && orderability.orderable ? [protocolChoice(current)] : [],
      ),
    }
  }),
)

/** A protocol to choose: its condition first, then its evidence, so that nobody chooses by the title alone. */
function protocolChoice(p: Protocol) {
  const study = studyById(p.evidence.studyIds[0] ?? '')?.citation ?? 'No study'
  return {
    value: p.id,
    label: `${GROUP_WORDS[p.conditionGroup]}: ${p.title}`,
    hint: `${p.condition}. ${doseWords(p).replace(/\.$/, '')}; ${p.course.map(stretchWords).join('; ')}. ${study}: ${GRADE_WORDS[p.evidence.grade]}.`,
  }
}

const WORDS: Readonly<Record<string, string>> = {
  'not-decided': 'Nobody has decided about eligibility yet. A prescriber decides first.',
  'not-eligible': 'The decision is “not eligible”: no plan can be made.',
  'decision-stale': 'Facts have changed since the decision. A prescriber must decide again first.',
  'no-such-protocol': 'Choose a protocol.',
  'protocol-not-adopted':
    'The library offers this protocol, but this clinic has not adopted it. Put it forward under Protocols: a second prescriber reviews it first.',
  'not-allowed': 'Only prescribers make plans.',
}

export const action = guardedAction<FormAnswer | Response>({
  create: [
    createPlan.action,
    async ({ services, actor, form }) => {
      const key = parseId<'plan'>(form.get('key')) ?? notFound()
      const assessmentId = parseId<'assessment'>(form.get('assessment')) ?? notFound()
      const protocolId = String(form.get('protocol') ?? '')
      const outcome = await runCommand(services, actor, createPlan, { key, assessmentId, protocolId })
      if (outcome.ok) return goTo(`/work/plans/${outcome.value.planId}?done=created`)
      if (outcome.reason === 'no-such-assessment') return notFound()
      if (outcome.reason === 'plan-exists') {
        const { planId } = outcome.detail as { planId: string }
        return goTo(`/work/plans/${planId}`)
      }
      const field = ['no-such-protocol', 'protocol-not-adopted'].includes(outcome.reason)
        ? 'protocol'
        : 'form'
      return formProblem(form, { [field]: WORDS[outcome.reason] ?? 'This was refused.' })
    },
  ],
})

export function meta() {
  return [{ title: 'New plan' }]
}

export default function NewPlan() {
  const data = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const problem = answer && 'errors' in answer ? answer : undefined
  return (
    <>
      <PageHead
        breadcrumb={<Breadcrumb items={[{ href: '/work/plans', label: 'Plans' }]} />}
        title={`A plan for ${data.name}`}
        lead="The plan keeps the version of the protocol it is made with."
      />
      <ErrorSummary errors={fieldErrors(problem)} />
      {data.obstacle ? (
        <Notice state="due" title={data.obstacle}>
          <ButtonLink href={`/work/assessments/${data.assessmentId}`}>Open the assessment</ButtonLink>
        </Notice>
      ) : data.protocols.length === 0 ? (
        <Notice state="due" title="This clinic has not adopted a protocol yet">
          <p>
            The library offers them. A manager or prescriber puts one forward and a second prescriber reviews
            it; then plans can be made by it.
          </p>
          <ButtonLink href="/work/protocols">Open the protocols</ButtonLink>
        </Notice>
      ) : (
        <form method="post" noValidate>
          <input type="hidden" name="key" value={String(problem?.values.key ?? data.key)} />
          <input type="hidden" name="assessment" value={data.assessmentId} />
          <RadioGroup
            name="protocol"
            label="Protocol"
            choices={data.protocols}
            error={problem?.errors.protocol}
          />
          <FormActions>
            <Button name="intent" value="create">
              Make the plan
            </Button>
          </FormActions>
        </form>
      )}
    </>
  )
}
