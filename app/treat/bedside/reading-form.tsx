import { type Reading, vitalSignNames } from '@evenkeel/vital-signs'
import type { FormAnswer } from '../../platform/form.ts'
import { NumberField, TextField } from '../../ui/index.ts'
import { HAND_SIGNS } from '../session/event-words.ts'
import { BedsideForm, fieldId, returnedTo } from './bedside-form.tsx'

/**
 * Corrects the six signs of a reading. An unlikely value comes back once with a question; sending it again unchanged
 * keeps it. The old values stay in the log.
 */
export function CorrectReadingForm({
  formKey,
  answer,
  reading,
}: {
  formKey: string
  answer: FormAnswer | undefined
  reading: { readonly eventId: string; readonly values: Reading }
}) {
  const intent = 'correct-reading'
  const returned = returnedTo(intent, answer)
  const asked = returned.value('confirmed') !== undefined
  return (
    <BedsideForm
      intent={intent}
      formKey={formKey}
      answer={answer}
      submit={asked ? 'It is right: record it' : 'Correct reading'}
      time={false}
    >
      <input type="hidden" name="of" value={reading.eventId} />
      {asked && <input type="hidden" name="confirmed" value={returned.value('confirmed')} />}
      <div className="bedside-signs">
        {HAND_SIGNS.map((sign) => (
          <NumberField
            key={sign}
            name={sign}
            id={fieldId(intent, sign)}
            label={sign === 'moaas' ? 'MOAA/S' : vitalSignNames[sign].name}
            unit={sign === 'moaas' ? '0–5' : vitalSignNames[sign].unit}
            whole
            size="bedside"
            maxLength={6}
            defaultValue={returned.value(sign) ?? reading.values[sign]?.toString()}
            error={returned.error(sign)}
          />
        ))}
      </div>
      <TextField
        name="correctionReason"
        id={fieldId(intent, 'correctionReason')}
        label="What was wrong"
        defaultValue={returned.value('correctionReason')}
        error={returned.error('correctionReason')}
      />
    </BedsideForm>
  )
}
