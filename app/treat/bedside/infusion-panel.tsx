import type { FormAnswer } from '../../platform/form.ts'
import { Button, NumberField, StateChip, TextField } from '../../ui/index.ts'
import {
  computedMg,
  dueSteps,
  expectedEndMs,
  fastestMlPerH,
  infusionMinutes,
  isPaused,
  mostMg,
  orderOfDose,
  rateAt,
  wholeRunMin,
} from '../dose/infusion.ts'
import { standsAgainst } from '../dose/stands-against.ts'
import type { SessionDose, SessionState } from '../session/session.ts'
import { BedsideForm, fieldId, returnedTo } from './bedside-form.tsx'
import { RateForm } from './rate-form.tsx'
import type { SessionPage } from './session-page.server.ts'
import { DevicePanel } from './units-panel.tsx'

type InfusionProps = {
  readonly page: SessionPage
  readonly dose: SessionDose
  readonly nowMs: number
  readonly answer: FormAnswer | undefined
}

/**
 * How the infusion stands, in one line, and the pump's next step. Stopping and pausing at once are in the bar at the lower
 * edge.
 *
 * @param finishElsewhere true where the form that ends it stands under what is due next
 */
export function InfusionLine({
  page,
  state,
  dose,
  nowMs,
  answer,
  clock,
  finishElsewhere,
}: InfusionProps & { state: SessionState; clock: (instant: string) => string; finishElsewhere: boolean }) {
  if (dose.units) {
    return (
      <DevicePanel
        dose={dose}
        stands={standsAgainst(state)}
        nowMs={nowMs}
        lots={page.dose.lots}
        today={page.dose.today}
        formKey={page.keys.device}
        answer={answer}
      />
    )
  }
  const doseOrder = orderOfDose(dose, page.doseOrder)
  const mgPerH = rateAt(dose, nowMs)
  const mlPerH =
    dose.rateChanges.findLast(({ at }) => Date.parse(at) <= nowMs)?.rateMlPerH ?? doseOrder?.rateMlPerH
  const endMs = expectedEndMs(dose, nowMs)
  const minutes = Math.floor(infusionMinutes(dose, nowMs))
  const mg = computedMg(dose, nowMs)
  const paused = isPaused(dose)
  const full = endMs <= nowMs
  return (
    <section className="infusion infusion-line" aria-label="Infusion">
      <p className="infusion-state">
        <StateChip
          state={paused ? 'due' : 'calm'}
          word={paused ? 'Paused' : full ? 'Planned time is over' : 'Running'}
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
      {!paused && <NextStep page={page} dose={dose} nowMs={nowMs} clock={clock} answer={answer} />}
      {full && !finishElsewhere && <FinishForm page={page} dose={dose} answer={answer} />}
    </section>
  )
}

/** What takes more than a tap at the pump: figures, reasons and other times of a stop or pause, and another rate. */
export function InfusionForms({ page, dose, nowMs, answer }: InfusionProps) {
  const mg = computedMg(dose, nowMs).toFixed(1)
  const doseOrder = orderOfDose(dose, page.doseOrder)
  const pausing = isPaused(dose) ? 'resume' : 'pause'
  return (
    <div className="infusion-forms">
      <details
        className="disclosure"
        open={['stop', 'pause', 'resume'].includes(String(answer?.values.intent))}
      >
        <summary>{dose.units ? 'Stop' : 'Stop or pause'}: mg, reason or another time</summary>
        <EndForm
          intent="stop"
          submit={dose.units ? 'Give no more devices' : 'Stop infusion'}
          kind="danger"
          formKey={page.keys.stop}
          answer={answer}
          hint={
            dose.units
              ? `Empty records the ${mg} mg of the devices given`
              : `Empty records ${mg} mg, by rate and times at the moment of stopping`
          }
        />
        {!dose.units && <PauseForm intent={pausing} formKey={page.keys[pausing]} answer={answer} />}
      </details>
      {!dose.units && doseOrder?.rateMlPerH !== undefined && (
        <RateForm
          mgPerMl={dose.rateMgPerH / doseOrder.rateMlPerH}
          orderedMlPerH={fastestMlPerH(dose, doseOrder.rateMlPerH, nowMs)}
          formKey={page.keys.rate}
          answer={answer}
        />
      )}
    </div>
  )
}

/** The next step of an order in several: when the pump is to be set to it, and the button that says it was. */
function NextStep({
  page,
  dose,
  nowMs,
  clock,
  answer,
}: {
  page: SessionPage
  dose: SessionDose
  nowMs: number
  clock: (instant: string) => string
  answer: FormAnswer | undefined
}) {
  const next = dueSteps(dose, nowMs)[0]
  const sure = returnedTo('rate', answer).value('sure')
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
      {sure && <input type="hidden" name="sure" value={sure} />}
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
      hint={wholeWords(dose)}
    />
  )
}

/** What an empty field of a finished infusion records; where less was drawn than ordered, why it is less. */
function wholeWords(dose: SessionDose): string {
  const most = mostMg(dose)
  if (most >= dose.orderedMg) return `Empty records the whole ${dose.orderedMg} mg`
  return `Empty records ${most} mg: ${dose.drawnMl} mL of ${dose.lotConcentrationMgPerMl} mg/mL were drawn for the ${dose.orderedMg} mg of the order, and no more than that can be given`
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
