import { fieldErrors } from '../../platform/form.ts'
import {
  Button,
  Checkbox,
  ErrorSummary,
  Fieldset,
  FormActions,
  Notice,
  NumberField,
  RadioGroup,
  SelectField,
  TextField,
} from '../../ui/index.ts'
import type { CalendarView } from './calendar-page.server.ts'
import type { CalendarAnswer } from './calendar-post.server.ts'
import { DRINK_KINDS, standardDrinkSource } from './standard-drink.ts'
import { AMOUNT_UNITS, SUBSTANCES } from './use-day.ts'
import { OTHER_ROWS, textOf } from './use-day-form.ts'

type Chosen = NonNullable<CalendarView['chosen']>

/** One day as a form. Works without script; a refused form keeps everything typed. */
export function DayForm({
  view,
  chosen,
  answer,
  own,
}: {
  view: CalendarView
  chosen: Chosen
  answer: CalendarAnswer | undefined
  /** The person's own page speaks to the person. */
  own: boolean
}) {
  const problem = answer?.values.intent === 'day' ? answer : undefined
  const values = problem?.values ?? chosen.values
  const errors = problem?.errors ?? {}
  const text = (name: string) => textOf(values, name) || undefined
  const drink = drinkOf(view, Number(text('gramsPerDrink') ?? chosen.gramsPerDrink))
  const drinksOpen = DRINK_KINDS.some(({ kind }) => text(`${kind}-count`) || errors[`${kind}-count`])
  const othersOpen = OTHER_ROWS.some((row) => text(`other-${row}`) || errors[`other-${row}`])
  return (
    <>
      <ErrorSummary errors={fieldErrors(problem)} />
      {problem?.told && (
        <Notice state="due" announce="status" title="What was told meanwhile">
          <ul>
            {problem.told.map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
        </Notice>
      )}
      <form method="post" noValidate>
        <input type="hidden" name="intent" value="day" />
        <input type="hidden" name="day" value={chosen.day} />
        <input type="hidden" name="basedOn" value={chosen.revision} />
        <input type="hidden" name="gramsPerDrink" value={drink.grams} />
        <RadioGroup
          name="state"
          label={own ? 'How was this day for you?' : 'How was this day?'}
          choices={[
            {
              value: 'none',
              label: 'No use',
              hint: 'No alcohol and no other drug. Nicotine only where you want to note it.',
            },
            { value: 'used', label: 'Something was used', hint: 'Fill in what, as far as it is known.' },
            { value: 'unknown', label: own ? 'I do not know' : 'Not known' },
          ]}
          defaultValue={text('state')}
          error={errors.state}
        />
        <Fieldset legend="Alcohol" hint="Leave it empty when there was none on this day.">
          <NumberField
            name="standard-drinks"
            label="Number of drinks"
            hint={`One drink is ${drink.grams} g of pure alcohol (${drink.source}).`}
            unit="drinks"
            defaultValue={text('standard-drinks')}
            error={errors['standard-drinks']}
          />
          <details className="disclosure" open={drinksOpen}>
            <summary>Or by glass, can and bottle</summary>
            {DRINK_KINDS.map(({ kind, label, volumeMl, percent }) => (
              <div className="use-drink" key={kind}>
                <NumberField
                  name={`${kind}-count`}
                  label={label}
                  unit="times"
                  defaultValue={text(`${kind}-count`)}
                  error={errors[`${kind}-count`]}
                />
                <NumberField
                  name={`${kind}-ml`}
                  label="Size of one"
                  unit="mL"
                  defaultValue={text(`${kind}-ml`) ?? String(volumeMl)}
                  error={errors[`${kind}-ml`]}
                />
                <NumberField
                  name={`${kind}-percent`}
                  label="Strength"
                  unit="%"
                  defaultValue={text(`${kind}-percent`) ?? String(percent)}
                  error={errors[`${kind}-percent`]}
                />
              </div>
            ))}
          </details>
          <Checkbox
            name="alcohol-unsure"
            label="There was alcohol, how much is not known"
            defaultChecked={text('alcohol-unsure') === 'yes'}
            error={errors['alcohol-unsure']}
          />
        </Fieldset>
        <details className="disclosure" open={othersOpen}>
          <summary>Something else was used</summary>
          {OTHER_ROWS.map((row) => (
            <div className="use-drink" key={row}>
              <SelectField
                name={`other-${row}`}
                label="What"
                prompt="Nothing"
                options={SUBSTANCES.filter(({ code }) => code !== 'alcohol').map(({ code, label }) => ({
                  value: code,
                  label,
                }))}
                defaultValue={text(`other-${row}`) ?? ''}
                error={errors[`other-${row}`]}
              />
              <NumberField
                name={`other-${row}-amount`}
                label="How much"
                optional
                defaultValue={text(`other-${row}-amount`)}
                error={errors[`other-${row}-amount`]}
              />
              <SelectField
                name={`other-${row}-unit`}
                label="Counted in"
                prompt="–"
                options={AMOUNT_UNITS.map((unit) => ({ value: unit, label: unit }))}
                defaultValue={text(`other-${row}-unit`) ?? ''}
                error={errors[`other-${row}-unit`]}
              />
            </div>
          ))}
        </details>
        <FormActions>
          <Button wide={own}>{chosen.revision > 0 ? 'Keep the change' : 'Keep this day'}</Button>
          {view.nextOpen && view.nextOpen !== chosen.day && (
            <Button kind="quiet" wide={own} name="next" value={view.nextOpen}>
              Keep and go to {view.nextOpenWords}
            </Button>
          )}
        </FormActions>
      </form>
    </>
  )
}

function drinkOf({ drink }: CalendarView, grams: number): CalendarView['drink'] {
  if (grams === drink.grams) return drink
  return { grams, source: `${standardDrinkSource(grams)}; as when this day was told` }
}

/** A special day that helps memory, in a few words. */
export function AnchorForm({ chosen, answer }: { chosen: Chosen; answer: CalendarAnswer | undefined }) {
  const problem = answer?.values.intent === 'anchor' ? answer : undefined
  return (
    <details className="disclosure" open={problem !== undefined || chosen.anchor !== undefined}>
      <summary>A special day?</summary>
      <ErrorSummary errors={fieldErrors(problem)} />
      <form method="post" noValidate>
        <input type="hidden" name="intent" value="anchor" />
        <input type="hidden" name="day" value={chosen.day} />
        <input type="hidden" name="basedOn" value={chosen.anchorRevision} />
        <TextField
          name="words"
          label="What happened on this day"
          hint="A birthday, a trip, a paid bill: such days help to remember the ones around them. Empty takes it away."
          optional
          maxLength={80}
          defaultValue={textOf(problem?.values ?? {}, 'words') || chosen.anchor}
          error={problem?.errors.words ?? problem?.errors.form}
        />
        <FormActions>
          <Button kind="quiet">Keep the note</Button>
        </FormActions>
      </form>
    </details>
  )
}
