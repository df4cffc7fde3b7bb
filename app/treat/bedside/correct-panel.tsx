import type { FormAnswer } from '../../platform/form.ts'
import { ButtonLink, NumberField, TextField } from '../../ui/index.ts'
import type { SessionState } from '../session/session.ts'
import { BedsideForm, fieldId, returnedTo } from './bedside-form.tsx'
import { ReadingForm } from './reading-form.tsx'
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
  if (!reading && !ended) return null
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
        <ReadingForm
          formKey={page.keys.correct}
          answer={answer}
          correcting={{ eventId, values: reading.values }}
          submit="Correct reading"
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
    </section>
  )
}
