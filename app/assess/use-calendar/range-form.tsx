import { fieldErrors } from '../../platform/form.ts'
import { Button, DateField, ErrorSummary, FormActions, Notice, RadioGroup } from '../../ui/index.ts'
import type { CalendarView } from './calendar-page.server.ts'
import type { CalendarAnswer } from './calendar-post.server.ts'
import { textOf } from './use-day-form.ts'

/** Several days at once. Days told before are named and replaced only after somebody chose so. */
export function RangeForm({ view, answer }: { view: CalendarView; answer: CalendarAnswer | undefined }) {
  const problem = answer?.values.intent === 'range' ? answer : undefined
  const errors = problem?.errors ?? {}
  const text = (name: string) => textOf(problem?.values ?? {}, name) || undefined
  const span = { min: view.earliest, max: view.today }
  return (
    <details className="disclosure" id="range" open={problem !== undefined}>
      <summary>Several days at once</summary>
      <ErrorSummary errors={fieldErrors(problem)} />
      <form method="post" noValidate>
        <input type="hidden" name="intent" value="range" />
        <div className="field-row">
          <DateField
            name="from"
            label="First day"
            {...span}
            defaultValue={text('from')}
            error={errors.from}
          />
          <DateField name="to" label="Last day" {...span} defaultValue={text('to')} error={errors.to} />
        </div>
        <RadioGroup
          name="as"
          label="What these days were"
          choices={[
            { value: 'none', label: 'No use on any of them' },
            { value: 'unknown', label: 'Not known' },
            { value: 'like', label: 'The same as on the day below' },
          ]}
          defaultValue={text('as')}
          error={errors.as}
        />
        <DateField
          name="like"
          label="Day whose entry is taken over"
          optional
          {...span}
          defaultValue={text('like') ?? view.chosen?.day}
          error={errors.like}
        />
        {problem?.told ? (
          <>
            <Notice state="due" title={`Told before: ${problem.told.length}`}>
              <ul>
                {problem.told.map((line) => (
                  <li key={line}>{line}</li>
                ))}
              </ul>
            </Notice>
            <input type="hidden" name="seen" value={problem.seen} />
            <RadioGroup
              name="aboutTold"
              label="These days"
              choices={[
                { value: 'keep', label: 'Leave them as they were told and fill in the others' },
                { value: 'replace', label: 'Replace them; what was told before stays in the history' },
              ]}
              error={errors.aboutTold}
            />
          </>
        ) : (
          <input type="hidden" name="aboutTold" value="ask" />
        )}
        <FormActions>
          <Button kind="quiet">Keep these days</Button>
        </FormActions>
      </form>
    </details>
  )
}
