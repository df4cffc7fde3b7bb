import type { FormAnswer } from '../../platform/form.ts'
import {
  CheckboxGroup,
  DateField,
  Fieldset,
  NumberField,
  RadioGroup,
  ScaleField,
  SelectField,
  TextArea,
  TextField,
} from '../../ui/index.ts'
import type { QuestionView } from '../question-view.ts'

/** One question of the intake with what was answered before, or what was just typed when the form came back. */
export function IntakeField({
  question,
  alone,
  problem,
}: {
  question: QuestionView
  /** The only question of its screen: its words are the page's heading. */
  alone: boolean
  problem: FormAnswer | undefined
}) {
  const { id } = question
  const field = (name: string): string => {
    const value = problem ? problem.values[name] : question.given[name]
    return typeof value === 'string' ? value : (value?.[0] ?? '')
  }
  const fields = (name: string): readonly string[] => {
    const value = problem ? problem.values[name] : question.given[name]
    return typeof value === 'string' ? [value] : (value ?? [])
  }
  const words = { name: id, label: question.label, hint: question.hint, error: problem?.errors[id] }
  const heading = alone ? <h1 className="question">{question.label}</h1> : question.label
  switch (question.control) {
    case 'choice':
      return (
        <RadioGroup
          {...words}
          labelIsHeading={alone}
          layout={alone ? 'big' : 'inline'}
          choices={question.choices}
          defaultValue={field(id)}
        />
      )
    case 'choices':
      return (
        <CheckboxGroup
          {...words}
          labelIsHeading={alone}
          layout={alone ? 'big' : 'list'}
          choices={question.choices}
          defaultValues={fields(id)}
        />
      )
    case 'scale': {
      const given = field(id)
      return (
        <ScaleField
          {...words}
          labelIsHeading={alone}
          from={question.from}
          to={question.to}
          lowLabel={question.lowLabel}
          highLabel={question.highLabel}
          defaultValue={given === '' ? undefined : Number(given)}
        />
      )
    }
    case 'date':
      return <DateField {...words} label={heading} min={question.earliest} defaultValue={field(id)} />
    case 'text':
      return question.long ? (
        <TextArea {...words} label={heading} defaultValue={field(id)} />
      ) : (
        <TextField {...words} label={heading} defaultValue={field(id)} />
      )
    case 'number':
      return <NumberField {...words} label={heading} unit={question.unit} whole defaultValue={field(id)} />
    case 'figure':
      return (
        <NumberField
          {...words}
          label={heading}
          hint={[
            `From ${question.from} (${question.lowLabel}) to ${question.to} (${question.highLabel}).`,
            question.hint,
          ]
            .filter(Boolean)
            .join(' ')}
          unit={question.unit}
          defaultValue={field(id)}
        />
      )
    case 'weight':
      return (
        <Fieldset legend={question.label} hint={question.hint} row>
          <NumberField {...words} label="Weight" hint={undefined} defaultValue={field(id)} />
          <SelectField
            name={`${id}.unit`}
            label="Unit"
            options={[
              { value: 'lb', label: 'pounds' },
              { value: 'kg', label: 'kilograms' },
            ]}
            defaultValue={field(`${id}.unit`) || 'lb'}
          />
        </Fieldset>
      )
    case 'height':
      return (
        <Fieldset legend={question.label} hint={question.hint} row>
          <NumberField
            {...words}
            hint={undefined}
            name={`${id}.feet`}
            id={id}
            label="Feet"
            whole
            defaultValue={field(`${id}.feet`)}
          />
          <NumberField name={`${id}.inches`} label="Inches" whole defaultValue={field(`${id}.inches`)} />
          <NumberField name={`${id}.cm`} label="or centimetres" whole defaultValue={field(`${id}.cm`)} />
        </Fieldset>
      )
  }
}
