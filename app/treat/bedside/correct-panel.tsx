import type { FormAnswer } from '../../platform/form.ts'
import { ButtonLink, NumberField, RadioGroup, TextField } from '../../ui/index.ts'
import type { SessionState } from '../session/session.ts'
import { SCALES } from '../session/session-event.ts'
import { BedsideForm, fieldId, returnedTo } from './bedside-form.tsx'
import { CorrectReadingForm } from './reading-form.tsx'
import type { SessionPage } from './session-page.server.ts'

/** Corrects one entry: a reading's values, or the mg given. The old value stays in the log. */
export function CorrectPanel({
  page,
  state,
  eventId,
  answer,
}: {
  page: SessionPage
  state: SessionState
  eventId: string
  answer: FormAnswer | undefined
}) {
  const reading = state.readings.find((each) => each.eventId === eventId)
  const ended = state.dose?.ended?.eventId === eventId ? state.dose.ended : undefined
  const scale = state.care.scales.find((each) => each.eventId === eventId)
  const medicine = state.care.medicines.find((each) => each.eventId === eventId)
  if (!reading && !ended && !scale && !medicine) return null
  const returned = returnedTo('correct-dose', answer)
  return (
    <section className="next-panel" id="correct" aria-labelledby="correct-title">
      <div className="next-head">
        <h2 id="correct-title">Correct this entry</h2>
        <ButtonLink href={`/work/sessions/${page.sessionId}`} kind="quiet">
          Leave it as it is
        </ButtonLink>
      </div>
      {reading && (
        <CorrectReadingForm
          formKey={page.keys.correct}
          answer={answer}
          reading={{ eventId, values: reading.values }}
        />
      )}
      {ended && (
        <BedsideForm
          intent="correct-dose"
          formKey={page.keys.correct}
          answer={answer}
          submit="Correct mg given"
          time={false}
        >
          <input type="hidden" name="of" value={eventId} />
          <div className="bedside-pair">
            <NumberField
              name="mgGiven"
              id={fieldId('correct-dose', 'mgGiven')}
              label="mg given"
              unit="mg"
              size="bedside"
              defaultValue={returned.value('mgGiven') ?? String(ended.mgGiven)}
              error={returned.error('mgGiven')}
            />
            <TextField
              name="correctionReason"
              id={fieldId('correct-dose', 'correctionReason')}
              label="What was wrong"
              defaultValue={returned.value('correctionReason')}
              error={returned.error('correctionReason')}
            />
          </div>
        </BedsideForm>
      )}
      {scale && <CorrectScale page={page} scale={scale} answer={answer} />}
      {medicine && <CorrectMedicine page={page} medicine={medicine} answer={answer} />}
    </section>
  )
}

type CorrectProps = { readonly page: SessionPage; readonly answer: FormAnswer | undefined }

function WhatWasWrong({ intent, answer }: { intent: string; answer: FormAnswer | undefined }) {
  const returned = returnedTo(intent, answer)
  return (
    <TextField
      name="correctionReason"
      id={fieldId(intent, 'correctionReason')}
      label="What was wrong"
      defaultValue={returned.value('correctionReason')}
      error={returned.error('correctionReason')}
    />
  )
}

function CorrectScale({
  page,
  scale,
  answer,
}: CorrectProps & { scale: SessionState['care']['scales'][number] }) {
  const intent = 'correct-scale'
  const returned = returnedTo(intent, answer)
  const { title, low, high } = SCALES[scale.scale]
  return (
    <BedsideForm
      intent={intent}
      formKey={page.keys.correct}
      answer={answer}
      submit="Correct score"
      time={false}
    >
      <input type="hidden" name="of" value={scale.eventId} />
      <input type="hidden" name="scale" value={scale.scale} />
      <div className="bedside-pair">
        <NumberField
          name="score"
          id={fieldId(intent, 'score')}
          label={title}
          hint={`${low} to ${high}`}
          size="bedside"
          defaultValue={returned.value('score') ?? scale.score?.toString()}
          error={returned.error('score')}
        />
        <WhatWasWrong intent={intent} answer={answer} />
      </div>
    </BedsideForm>
  )
}

function CorrectMedicine({
  page,
  medicine,
  answer,
}: CorrectProps & { medicine: SessionState['care']['medicines'][number] }) {
  const intent = 'correct-medicine'
  const returned = returnedTo(intent, answer)
  const text = (name: 'medicine' | 'amount' | 'unit') => ({
    name,
    id: fieldId(intent, name),
    defaultValue: returned.value(name) ?? String(medicine[name]),
    error: returned.error(name),
  })
  return (
    <BedsideForm
      intent={intent}
      formKey={page.keys.correct}
      answer={answer}
      submit="Correct medicine"
      time={false}
    >
      <input type="hidden" name="of" value={medicine.eventId} />
      <div className="bedside-pair">
        <TextField {...text('medicine')} label="Medicine" autoComplete="off" />
        <NumberField {...text('amount')} label="Amount" size="bedside" />
        <RadioGroup
          {...text('unit')}
          label="Unit"
          layout="inline"
          choices={['mg', 'mcg', 'mL', 'g', 'L/min'].map((unit) => ({ value: unit, label: unit }))}
        />
        <WhatWasWrong intent={intent} answer={answer} />
      </div>
    </BedsideForm>
  )
}
