import { NumberField, SelectField } from '../../ui/index.ts'
import { type FieldValues, type RowField, rowField } from '../regimens/regimen-fields.ts'
import type { DoseRoute } from '../regimens/regimen-question.ts'
import { ROUTE_WORDS, UNITS } from '../regimens/regimen-words.ts'

export type DoseFields = { values: FieldValues; errors: FieldValues; place: number }

/** One row of doses: which way, how much, when, and again. A row without figures is not there. */
export function DoseRowFields({ values, errors, place, row }: DoseFields & { row: number }) {
  const field = (name: RowField) => ({
    name: rowField(place, row, name),
    defaultValue: values[rowField(place, row, name)] ?? '',
    error: errors[rowField(place, row, name)],
  })
  const route = field('route')
  const unit = field('unit')
  const repeated = (['times', 'every'] as const).some((name) => field(name).defaultValue || field(name).error)
  return (
    <fieldset className="regimens-dose">
      <legend className="hidden">
        Regimen {place}, dose {row}
      </legend>
      <div className="field-row">
        <SelectField
          label="Route"
          {...route}
          defaultValue={route.defaultValue || 'infusion'}
          options={(Object.keys(ROUTE_WORDS) as DoseRoute[]).map((value) => ({
            value,
            label: ROUTE_WORDS[value],
          }))}
        />
        <NumberField label="Amount" {...field('amount')} />
        <SelectField
          label="Unit"
          {...unit}
          defaultValue={unit.defaultValue || 'mg/kg'}
          options={UNITS.map((value) => ({ value, label: value }))}
        />
        <NumberField label="At minute" {...field('at')} />
        {/* Hidden by the style sheet where the route takes no minutes; what was typed stays. */}
        <div className="regimens-over">
          <NumberField label="Over" unit="min" hint="Only for infusions." {...field('over')} />
        </div>
      </div>
      <details className="disclosure" open={repeated}>
        <summary>
          Repeat
          <span className="hidden">
            {' '}
            dose {row} of regimen {place}
          </span>
        </summary>
        <div className="field-row">
          <NumberField label="Times in all" whole {...field('times')} />
          <NumberField label="Every" unit="min" {...field('every')} />
        </div>
      </details>
    </fieldset>
  )
}
