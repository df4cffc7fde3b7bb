import type { FormAnswer } from '../../platform/form.ts'
import {
  DataTable,
  RadioGroup,
  StateChip,
  type StateKind,
  StepUpField,
  TextArea,
  TextField,
} from '../../ui/index.ts'
import {
  type DischargeItem,
  dischargeGate,
  heldBackBy,
  holdingBack,
  STEP_TITLES,
  stepsToAsk,
} from '../leaving/discharge-gate.ts'
import { ALDRETE_NAMES, ALDRETE_PARTS } from '../leaving/recovery-score.ts'
import type { SessionSamples } from '../monitors/live-samples.ts'
import type { NewestValue } from '../session/newest-values.ts'
import type { SessionState } from '../session/session.ts'
import { BedsideForm, fieldId, returnedTo } from './bedside-form.tsx'
import { AlarmsToSettle } from './leave-alarms.tsx'
import type { SessionPage } from './session-page.server.ts'
import { Unfolding } from './unfolding.tsx'

const VERDICTS: Readonly<Record<DischargeItem['verdict'], { state: StateKind; word: string }>> = {
  met: { state: 'calm', word: 'met' },
  'not-met': { state: 'due', word: 'not met' },
  unknown: { state: 'unknown', word: 'unknown' },
}

/** Leaving: every condition with its value, the questions that only a person can answer, and the way out. */
export function LeavePanel({
  page,
  state,
  nowMs,
  signs,
  samples,
  overdueMs,
  answer,
}: {
  page: SessionPage
  state: SessionState
  nowMs: number
  /** The newest values that monitors sent. */
  samples: SessionSamples | undefined
  /** The newest values of the room, and how late its next reading is: whether what raised an alarm lasts. */
  signs: readonly NewestValue[]
  overdueMs: number
  answer: FormAnswer | undefined
}) {
  const plan = page.snapshot.visits[0]?.plan
  const items = dischargeGate(
    state,
    nowMs,
    plan && {
      minMinutesAfterEnd: plan.minMinutesAfterEnd,
      countedFrom: plan.countedFrom ?? 'end of the infusion',
    },
    samples,
  )
  const open = holdingBack(items).length
  return (
    <>
      {open === 0 && (
        <BedsideForm
          intent="discharge"
          formKey={page.keys.discharge}
          answer={answer}
          submit="They leave with their escort"
        />
      )}
      <DataTable
        caption={
          open === 0
            ? 'Every condition for leaving is met'
            : `${open} of ${items.length} conditions for leaving are open`
        }
        rows={items}
        rowKey={({ id }) => id}
        phone="stack"
        empty={null}
        columns={[
          { key: 'title', head: 'Condition', names: true, cell: ({ title }) => title },
          {
            key: 'verdict',
            head: 'State',
            cell: ({ verdict }) => <StateChip {...VERDICTS[verdict]} />,
          },
          {
            key: 'value',
            head: 'Value',
            cell: ({ id, verdict, value }) =>
              id === 'no-red-alarm' && verdict !== 'met' ? (
                <AlarmsToSettle alarms={state.care.alarms} signs={signs} overdueMs={overdueMs} />
              ) : (
                value
              ),
          },
        ]}
      />
      <StepsForm page={page} state={state} items={items} answer={answer} />
      {open > 0 && <OverrideForm page={page} answer={answer} open={open} shown={heldBackBy(items)} />}
    </>
  )
}

function StepsForm({
  page,
  state,
  items,
  answer,
}: {
  page: SessionPage
  state: SessionState
  items: readonly DischargeItem[]
  answer: FormAnswer | undefined
}) {
  const returned = returnedTo('steps', answer)
  return (
    <BedsideForm intent="steps" formKey={undefined} answer={answer} submit="Record answers" kind="quiet">
      <div className="bedside-steps">
        {stepsToAsk(state).map((step) => (
          <div key={step}>
            <input type="hidden" name={`key-${step}`} value={page.stepKeys[step]} />
            <RadioGroup
              name={step}
              id={fieldId('steps', step)}
              label={STEP_TITLES[step]}
              layout="inline"
              choices={[
                { value: 'yes', label: 'Yes' },
                { value: 'no', label: 'No' },
                { value: 'unknown', label: 'Not known' },
              ]}
              defaultValue={returned.value(step)}
              error={returned.error(step)}
              hint={state.steps[step] && `Recorded: ${items.find(({ id }) => id === step)?.value}`}
            />
          </div>
        ))}
      </div>
      <fieldset className="bedside-steps">
        <legend>Recovery score (Aldrete), all five or none</legend>
        <input type="hidden" name="key-aldrete" value={page.stepKeys.aldrete} />
        {ALDRETE_NAMES.map((name) => (
          <RadioGroup
            key={name}
            name={`aldrete-${name}`}
            id={fieldId('steps', `aldrete-${name}`)}
            label={ALDRETE_PARTS[name].title}
            layout="inline"
            choices={ALDRETE_PARTS[name].choices.map((words, points) => ({
              value: String(points),
              label: `${points}: ${words}`,
            }))}
            defaultValue={returned.value(`aldrete-${name}`)}
            error={returned.error(`aldrete-${name}`)}
          />
        ))}
      </fieldset>
    </BedsideForm>
  )
}

function OverrideForm({
  page,
  answer,
  open,
  shown,
}: {
  page: SessionPage
  answer: FormAnswer | undefined
  open: number
  shown: string
}) {
  const returned = returnedTo('override', answer)
  return (
    <Unfolding
      title={`Let them leave although ${open === 1 ? 'one condition is' : `${open} conditions are`} open`}
      open={answer?.values.intent === 'override'}
    >
      <p className="measure">
        A second clinician takes this on with you: they read the list above and sign here with their own
        e-mail address and password or passkey. What was open, and why, stays on the record.
      </p>
      <BedsideForm
        intent="override"
        formKey={page.keys.override}
        answer={answer}
        submit="They leave, signed by both"
        kind="quiet"
      >
        <input type="hidden" name="shown" value={shown} />
        <TextArea
          name="reason"
          id={fieldId('override', 'reason')}
          label="Why they may leave all the same"
          rows={3}
          defaultValue={returned.value('reason')}
          error={returned.error('reason')}
        />
        <div className="bedside-pair">
          <TextField
            name="secondEmail"
            id={fieldId('override', 'secondEmail')}
            label="Second clinician’s e-mail address"
            type="email"
            autoComplete="off"
            defaultValue={returned.value('secondEmail')}
            error={returned.error('secondEmail')}
          />
          <StepUpField
            second
            id={fieldId('override', 'secondPassword')}
            label="Second clinician’s password"
            error={returned.error('secondPassword')}
          />
        </div>
      </BedsideForm>
    </Unfolding>
  )
}

/** Ending without a dose: always possible before one, always with a reason. */
export function CloseForm({ page, answer }: { page: SessionPage; answer: FormAnswer | undefined }) {
  const returned = returnedTo('close', answer)
  return (
    <BedsideForm
      intent="close"
      formKey={page.keys.close}
      answer={answer}
      submit="End without a dose"
      kind="quiet"
    >
      <TextField
        name="reason"
        id={fieldId('close', 'reason')}
        label="Why no dose is given today"
        autoComplete="off"
        defaultValue={returned.value('reason')}
        error={returned.error('reason')}
      />
    </BedsideForm>
  )
}
