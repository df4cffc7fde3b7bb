import { ROUTE_WORDS } from '../../plan/index.ts'
import type { FormAnswer } from '../../platform/form.ts'
import {
  Button,
  ButtonLink,
  DataTable,
  NumberField,
  RadioGroup,
  StateChip,
  TextField,
} from '../../ui/index.ts'
import { type DoseCheck, doseChecks } from '../dose/dose-gate.ts'
import {
  computedMg,
  dueSteps,
  expectedEndMs,
  fastestMlPerH,
  infusionMinutes,
  orderOfDose,
  rateAt,
  wholeRunMin,
} from '../dose/infusion.ts'
import type { SessionDose, SessionState } from '../session/session.ts'
import { BedsideForm, fieldId, returnedTo } from './bedside-form.tsx'
import { RateForm } from './rate-form.tsx'
import type { SessionPage } from './session-page.server.ts'
import { DevicePanel, UnitLots } from './units-panel.tsx'

/** The gate before the dose: every condition with its value, and the form once all are met. */
export function StartPanel({
  page,
  state,
  nowMs,
  answer,
}: {
  page: SessionPage
  state: SessionState
  nowMs: number
  answer: FormAnswer | undefined
}) {
  const { order, lots, assessmentId: _, ...facts } = page.dose
  const checks = doseChecks({ ...facts, state, atMs: nowMs, order })
  const open = checks.every(({ met }) => met)
  const returned = returnedTo('start', answer)
  return (
    <>
      <CheckTable checks={checks} />
      <WhereToSettle checks={checks} page={page} />
      {open && order?.given.kind === 'units' && (
        <BedsideForm
          intent="start"
          formKey={page.keys.start}
          answer={answer}
          submit={order.route === 'nasal-esketamine' ? 'Device 1 was sprayed' : 'Given'}
        >
          <p className="bedside-order">
            <strong>{order.doseMg} mg</strong>: {order.given.units} of {order.given.unitMg} mg each,{' '}
            {ROUTE_WORDS[order.route]}
            {order.route === 'nasal-esketamine' && ', one after the other with 5 minutes between them'}.
          </p>
          <UnitLots intent="start" lots={lots} answer={answer} />
        </BedsideForm>
      )}
      {open && order?.drawn && (
        <BedsideForm
          intent="start"
          formKey={page.keys.start}
          answer={answer}
          submit={order.given.kind === 'infusion' ? 'Start infusion' : 'Given'}
        >
          <p className="bedside-order">
            <strong>{order.doseMg} mg</strong> ({order.doseMgPerKg} mg/kg): draw{' '}
            <strong>{order.drawn.volumeMl} mL</strong> of {order.drawn.concentrationMgPerMl} mg/mL
            <HowGiven order={order} />.
          </p>
          {lots.length > 0 ? (
            <RadioGroup
              name="lotId"
              id={fieldId('start', 'lotId')}
              label="Lot in your hand, first to expire first"
              layout="big"
              choices={lots.map((lot) => ({ value: lot.id, label: lot.label }))}
              defaultValue={returned.value('lotId')}
              error={returned.error('lotId')}
            />
          ) : (
            <p>
              <StateChip state="unknown" word="No lot fits" /> No lot of {order.drawn.concentrationMgPerMl}{' '}
              mg/mL that is in date holds {order.drawn.volumeMl} mL.{' '}
              <ButtonLink href="/work/stock" kind="plain">
                To the stock
              </ButtonLink>
            </p>
          )}
          <NumberField
            name="drawnMl"
            id={fieldId('start', 'drawnMl')}
            label="Drawn from the vial"
            unit="mL"
            size="bedside"
            defaultValue={returned.value('drawnMl')}
            error={returned.error('drawnMl')}
          />
        </BedsideForm>
      )}
    </>
  )
}

/** What is done with what was drawn: the pump step by step, or the places of an injection. */
function HowGiven({ order: { given, route } }: { order: NonNullable<SessionPage['dose']['order']> }) {
  if (given.kind === 'units') return null
  if (given.kind === 'volume') {
    const portions = given.portionsMl.map((ml) => `${ml} mL`).join(' and ')
    const places = given.portionsMl.length === 1 ? 'in one place' : `in ${given.portionsMl.length} places`
    return (
      <>
        , give <strong>{portions}</strong> {ROUTE_WORDS[route]}, {places}, then press “Given”
      </>
    )
  }
  return (
    <>
      , dilute to {given.totalVolumeMl} mL, pump at{' '}
      {given.steps.map((step, place) => (
        <span key={step.title}>
          {place > 0 && ', then '}
          <strong>{step.rateMlPerH} mL/h</strong> for {step.durationMin} min
        </span>
      ))}
    </>
  )
}

/** Where what is missing is recorded: facts of today with the assessment, a concern with whoever responds. */
const REMS_ASKS = ['not-enrolled', 'no-prescriber-on-site', 'no-oximeter'] as const

function WhereToSettle({ checks, page }: { checks: readonly DoseCheck[]; page: SessionPage }) {
  const open = checks.map(({ hindrance }) => hindrance)
  const facts = open.includes('held-today') || open.includes('eligibility-too-old')
  return (
    <>
      {facts && (
        <ButtonLink href={`/work/assessments/${page.dose.assessmentId}`} kind="quiet">
          Record what is known today
        </ButtonLink>
      )}
      {REMS_ASKS.some((each) => open.includes(each)) && (
        <ButtonLink href={`/work/sessions/${page.sessionId}/rems`} kind="quiet">
          Answer for the REMS
        </ButtonLink>
      )}
      {open.includes('consent-missing') && (
        <>
          <p>They read and sign in their own portal; whoever cannot, signs here together with you.</p>
          {page.mayRecord && (
            <ButtonLink href={`/work/plans/${page.planId}/consent`} kind="quiet">
              Sign together
            </ButtonLink>
          )}
        </>
      )}
      {open.includes('open-concern') && (
        <ButtonLink href="/work/concerns" kind="quiet">
          To the open concerns
        </ButtonLink>
      )}
    </>
  )
}

function CheckTable({ checks }: { checks: readonly DoseCheck[] }) {
  const open = checks.filter(({ met }) => !met).length
  return (
    <DataTable
      caption={
        open === 0
          ? 'Everything needed before a dose is there'
          : `${open} of ${checks.length} conditions before a dose are open`
      }
      rows={checks}
      rowKey={({ title }) => title}
      phone="stack"
      empty={null}
      columns={[
        { key: 'title', head: 'Condition', names: true, cell: ({ title }) => title },
        {
          key: 'met',
          head: 'State',
          cell: ({ met }) => <StateChip state={met ? 'calm' : 'due'} word={met ? 'met' : 'open'} />,
        },
        { key: 'value', head: 'Value', cell: ({ value }) => value },
      ]}
    />
  )
}

/**
 * The running infusion: how it stands, the pump's next step, and what takes more than a tap. Stopping and pausing at once
 * are in the bar at the lower edge.
 *
 * @param finishElsewhere true where the form that ends it stands under what is due next
 */
export function InfusionPanel({
  page,
  dose,
  nowMs,
  answer,
  clock,
  finishElsewhere,
}: {
  page: SessionPage
  dose: SessionDose
  nowMs: number
  answer: FormAnswer | undefined
  clock: (instant: string) => string
  finishElsewhere: boolean
}) {
  if (dose.units) {
    return (
      <>
        <DevicePanel
          dose={dose}
          nowMs={nowMs}
          lots={page.dose.lots}
          formKey={page.keys.device}
          answer={answer}
        />
        <details className="disclosure" open={answer?.values.intent === 'stop'}>
          <summary>Stop: mg, reason or another time</summary>
          <EndForm
            intent="stop"
            submit="Give no more devices"
            kind="danger"
            formKey={page.keys.stop}
            answer={answer}
            hint={`Empty records the ${computedMg(dose, nowMs)} mg of the devices given`}
          />
        </details>
      </>
    )
  }
  const doseOrder = orderOfDose(dose, page.doseOrder)
  const mgPerH = rateAt(dose, nowMs)
  const mlPerH =
    dose.rateChanges.findLast(({ at }) => Date.parse(at) <= nowMs)?.rateMlPerH ?? doseOrder?.rateMlPerH
  const endMs = expectedEndMs(dose, nowMs)
  const minutes = Math.floor(infusionMinutes(dose, nowMs))
  const mg = computedMg(dose, nowMs)
  const paused = dose.pauses.at(-1)?.until === undefined && dose.pauses.length > 0
  const full = endMs <= nowMs
  return (
    <section className="infusion" aria-label="Infusion">
      <p className="infusion-state">
        <StateChip
          state={paused ? 'due' : 'calm'}
          word={paused ? 'Paused' : full ? 'Planned time is over' : 'Running'}
          size="big"
        />
        <span className="infusion-figure">
          {mg.toFixed(1)} <small>of {dose.orderedMg} mg by rate and times</small>
        </span>
        <span className="infusion-figure">
          {minutes} <small>of {wholeRunMin(dose, nowMs)} min</small>
        </span>
        {!full && (
          <span className="infusion-figure">
            {clock(new Date(endMs).toISOString())}{' '}
            <small>{paused ? 'expected end, if resumed now' : 'expected end'}</small>
          </span>
        )}
        <span className="infusion-figure">
          {mlPerH === undefined ? '' : `${mlPerH} `}
          <small>
            {mlPerH === undefined ? '' : 'mL/h, '}
            {Math.round(mgPerH * 100) / 100} mg/h{paused ? ' once resumed' : ''}
          </small>
        </span>
      </p>
      {!paused && <NextStep page={page} dose={dose} nowMs={nowMs} clock={clock} />}
      {full && !finishElsewhere && <FinishForm page={page} dose={dose} answer={answer} />}
      <div className="infusion-forms">
        <details
          className="disclosure"
          open={['stop', 'pause', 'resume'].includes(String(answer?.values.intent))}
        >
          <summary>Stop or pause: mg, reason or another time</summary>
          <EndForm
            intent="stop"
            submit="Stop infusion"
            kind="danger"
            formKey={page.keys.stop}
            answer={answer}
            hint={`Empty records ${mg.toFixed(1)} mg, by rate and times at the moment of stopping`}
          />
          <PauseForm
            intent={paused ? 'resume' : 'pause'}
            formKey={paused ? page.keys.resume : page.keys.pause}
            answer={answer}
          />
        </details>
        {doseOrder?.rateMlPerH !== undefined && (
          <RateForm
            mgPerMl={dose.rateMgPerH / doseOrder.rateMlPerH}
            orderedMlPerH={fastestMlPerH(dose, doseOrder.rateMlPerH, nowMs)}
            formKey={page.keys.rate}
            answer={answer}
          />
        )}
      </div>
    </section>
  )
}

/** The next step of an order in several: when the pump is to be set to it, and the button that says it was. */
function NextStep({
  page,
  dose,
  nowMs,
  clock,
}: {
  page: SessionPage
  dose: SessionDose
  nowMs: number
  clock: (instant: string) => string
}) {
  const next = dueSteps(dose, nowMs)[0]
  if (!next) return null
  const late = next.atMs <= nowMs
  return (
    <form method="post" className="bedside-form" noValidate>
      <p>
        <StateChip
          state={late ? 'red' : 'due'}
          word={
            late
              ? `Set the pump now, due at ${clock(new Date(next.atMs).toISOString())}`
              : `Next step at ${clock(new Date(next.atMs).toISOString())}`
          }
          size="big"
        />{' '}
        {next.step.title}: <strong>{next.step.rateMlPerH} mL/h</strong> for {next.step.durationMin} min.
      </p>
      <input type="hidden" name="intent" value="rate" />
      <input type="hidden" name="key" value={page.keys.step} />
      <input type="hidden" name="rateMlPerH" value={next.step.rateMlPerH} />
      <Button kind={late ? 'primary' : 'quiet'} size="bedside">
        The pump now runs at {next.step.rateMlPerH} mL/h
      </Button>
    </form>
  )
}

/** The end of an infusion that ran as planned. */
export function FinishForm({
  page,
  dose,
  answer,
}: {
  page: SessionPage
  dose: SessionDose
  answer: FormAnswer | undefined
}) {
  return (
    <EndForm
      intent="finish"
      submit="Infusion finished"
      kind="primary"
      formKey={page.keys.finish}
      answer={answer}
      hint={`Empty records the whole ${dose.orderedMg} mg`}
    />
  )
}

function EndForm({
  intent,
  hint,
  ...form
}: {
  intent: 'stop' | 'finish'
  submit: string
  kind: 'danger' | 'primary'
  formKey: string
  answer: FormAnswer | undefined
  hint: string
}) {
  const returned = returnedTo(intent, form.answer)
  const fields = (
    <>
      <NumberField
        name="mgGiven"
        id={fieldId(intent, 'mgGiven')}
        label="mg given, as the pump says"
        hint={hint}
        unit="mg"
        defaultValue={returned.value('mgGiven')}
        error={returned.error('mgGiven')}
      />
      <TextField
        name="reason"
        id={fieldId(intent, 'reason')}
        label="Reason"
        hint="Can follow as an observation"
        autoComplete="off"
        defaultValue={returned.value('reason')}
        error={returned.error('reason')}
      />
    </>
  )
  if (intent === 'finish') {
    return <BedsideForm intent={intent} more={{ title: 'mg, reason or another time', fields }} {...form} />
  }
  return (
    <BedsideForm intent={intent} {...form}>
      <div className="bedside-pair">{fields}</div>
    </BedsideForm>
  )
}

function PauseForm({
  intent,
  ...form
}: {
  intent: 'pause' | 'resume'
  formKey: string
  answer: FormAnswer | undefined
}) {
  const returned = returnedTo(intent, form.answer)
  const field = (
    <TextField
      name="reason"
      id={fieldId(intent, 'reason')}
      label="Reason"
      hint="Can follow as an observation"
      autoComplete="off"
      defaultValue={returned.value('reason')}
      error={returned.error('reason')}
    />
  )
  return (
    <BedsideForm intent={intent} submit={intent === 'pause' ? 'Pause' : 'Resume'} kind="quiet" {...form}>
      {field}
    </BedsideForm>
  )
}
