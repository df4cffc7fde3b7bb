import { useState } from 'react'
import type { FormAnswer } from '../../platform/form.ts'
import { NumberField, TextField } from '../../ui/index.ts'
import { plainFigure } from '../session/plain-figure.ts'
import { BedsideForm, fieldId, returnedTo } from './bedside-form.tsx'
import { Unfolding } from './unfolding.tsx'

/**
 * A new rate of the pump, folded away until wanted: what the pump shows in mL/h; beside it the same in drug.
 *
 * @param mgPerMl drug in each mL of the syringe as the order had it mixed
 * @param orderedMlPerH the rate of the order, the fastest that may be recorded
 */
export function RateForm({
  mgPerMl,
  orderedMlPerH,
  ...form
}: {
  mgPerMl: number
  orderedMlPerH: number
  formKey: string
  answer: FormAnswer | undefined
}) {
  const returned = returnedTo('rate', form.answer)
  const [typed, setTyped] = useState(returned.value('rateMlPerH') ?? '')
  const mlPerH = plainFigure(typed) ?? 0
  const known = mlPerH > 0
  return (
    <Unfolding title="The pump runs at another rate" open={form.answer?.values.intent === 'rate'}>
      <BedsideForm
        intent="rate"
        submit="Record new rate"
        kind="quiet"
        more={{
          title: 'Reason or another time',
          fields: (
            <TextField
              name="reason"
              id={fieldId('rate', 'reason')}
              label="Reason"
              hint="Can follow as an observation"
              autoComplete="off"
              defaultValue={returned.value('reason')}
              error={returned.error('reason')}
            />
          ),
        }}
        {...form}
      >
        <NumberField
          name="rateMlPerH"
          id={fieldId('rate', 'rateMlPerH')}
          label="New rate, as the pump shows it"
          hint={`The order says ${orderedMlPerH} mL/h; ${rounded(mgPerMl)} mg in each mL`}
          unit="mL/h"
          size="bedside"
          defaultValue={returned.value('rateMlPerH')}
          error={returned.error('rateMlPerH')}
          onInput={(event) => setTyped(event.currentTarget.value)}
        />
        <output className="bedside-hint" htmlFor={fieldId('rate', 'rateMlPerH')}>
          {known && `${rounded(mlPerH * mgPerMl)} mg/h`}
        </output>
      </BedsideForm>
    </Unfolding>
  )
}

function rounded(value: number): number {
  return Math.round(value * 100) / 100
}
