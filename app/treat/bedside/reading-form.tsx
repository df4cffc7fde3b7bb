import { type Reading, vitalSignNames } from '@evenkeel/vital-signs'
import type { FormAnswer } from '../../platform/form.ts'
import { NumberField, TextField } from '../../ui/index.ts'
import { HAND_SIGNS } from '../session/event-words.ts'
import { BedsideForm, fieldId, returnedTo } from './bedside-form.tsx'

const UNIT: Readonly<Record<(typeof HAND_SIGNS)[number], string>> = {
  systolicMmHg: 'mmHg',
  diastolicMmHg: 'mmHg',
  heartRatePerMin: '/min',
  spo2Percent: '%',
  respiratoryRatePerMin: '/min',
  moaas: '0–5',
}

/**
 * The six signs taken by hand. An unlikely value comes back once with a question; sending it again unchanged keeps it.
 *
 * @param correcting the reading to correct with its values; else a new reading
 */
export function ReadingForm({
  formKey,
  answer,
  correcting,
  submit = 'Record reading',
}: {
  formKey: string
  answer: FormAnswer | undefined
  correcting?: { readonly eventId: string; readonly values: Reading }
  submit?: string
}) {
  const intent = correcting ? 'correct-reading' : 'reading'
  const returned = returnedTo(intent, answer)
  const asked = returned.value('confirmed') !== undefined
  return (
    <BedsideForm
      intent={intent}
      formKey={formKey}
      answer={answer}
      submit={asked ? 'It is right: record it' : submit}
      time={!correcting}
    >
      {correcting && <input type="hidden" name="of" value={correcting.eventId} />}
      {asked && <input type="hidden" name="confirmed" value={returned.value('confirmed')} />}
      <div className="bedside-signs">
        {HAND_SIGNS.map((sign) => (
          <NumberField
            key={sign}
            name={sign}
            id={fieldId(intent, sign)}
            label={sign === 'moaas' ? 'MOAA/S' : vitalSignNames[sign].name}
            unit={UNIT[sign]}
            whole
            size="bedside"
            maxLength={6}
            defaultValue={returned.value(sign) ?? correcting?.values[sign]?.toString()}
            error={returned.error(sign)}
          />
        ))}
      </div>
      {correcting ? (
        <TextField
          name="correctionReason"
          id={fieldId(intent, 'correctionReason')}
          label="What was wrong"
          defaultValue={returned.value('correctionReason')}
          error={returned.error('correctionReason')}
        />
      ) : (
        <p className="bedside-hint">
          MOAA/S 5 answers to the name at once · 4 slowly · 3 only when called loudly or repeatedly · 2 only
          to mild prodding · 1 only to a squeeze of the trapezius · 0 not at all. Leave empty what was not
          measured: unknown is not normal.
        </p>
      )}
    </BedsideForm>
  )
}
