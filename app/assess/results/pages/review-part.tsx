import type { FormAnswer } from '../../../platform/form.ts'
import { Button, FormActions, Section, StateChip, TextArea, Timeline } from '../../../ui/index.ts'
import { CONCERN_STATE_WORDS } from '../../assess-words.ts'
import type { ResultPage } from '../result-page.server.ts'
import { SEVERITY_WORDS } from '../result-words.ts'

/** What the result asks of staff, what became of it, and who has looked. */
export function ReviewPart({ data, problem }: { data: ResultPage; problem: FormAnswer | undefined }) {
  const value = (name: string) => String(problem?.values[name] ?? '')
  return (
    <Section title={data.waits ? 'To be looked at' : 'What it asks for'}>
      <ul className="result-triggers">
        {data.triggers.map((trigger) => {
          const concerns = data.concerns.filter((concern) => concern.trigger === trigger.id)
          return (
            <li key={trigger.id} className={`result-sign-${trigger.severity}`}>
              <p>
                <StateChip {...SEVERITY_WORDS[trigger.severity]} />{' '}
                {trigger.about && <strong>{trigger.about}</strong>}
              </p>
              <p>
                {trigger.asksFor ?? 'This sign is not in use any more; it was worth a look when it showed.'}
              </p>
              {concerns.map((concern) => (
                <p key={concern.id}>
                  <a href={`/work/concerns/${concern.id}`}>Safety concern</a>{' '}
                  <StateChip {...CONCERN_STATE_WORDS[concern.state]} />
                </p>
              ))}
            </li>
          )
        })}
      </ul>
      {data.reviews.length > 0 && (
        <Timeline
          label="Who looked at it"
          items={data.reviews.map((review) => ({
            key: review.id,
            when: review.when,
            dateTime: review.at,
            title: review.note,
            by: review.by,
          }))}
        />
      )}
      <form method="post" noValidate className="result-review">
        <input type="hidden" name="intent" value="review" />
        <input type="hidden" name="key" value={problem ? value('key') || data.key : data.key} />
        <TextArea
          name="note"
          label={data.reviews.length > 0 ? 'Add what you made of it' : 'I have looked at it'}
          hint="What you made of it and what follows, in a sentence. It is kept with your name."
          rows={3}
          defaultValue={value('note')}
          error={problem?.errors.note}
        />
        <FormActions>
          <Button kind={data.waits ? 'primary' : 'quiet'}>Keep that I looked at it</Button>
        </FormActions>
      </form>
    </Section>
  )
}
