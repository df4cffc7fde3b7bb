import { dayInWords } from '../../platform/time.ts'
import {
  CheckboxGroup,
  DateField,
  RadioGroup,
  Section,
  SelectField,
  StateChip,
  TextArea,
} from '../../ui/index.ts'
import type { AdverseEvent } from '../session/care.ts'
import { ADVERSE_WORDS } from '../session/care-words.ts'
import { ADVERSE_TERMS, SERIOUS_CRITERIA } from '../session/session-event.ts'
import type { Bedside } from './bedside.ts'
import { BedsideForm, fieldId, returnedTo } from './bedside-form.tsx'
import { Unfolding } from './unfolding.tsx'

const GRADES = [
  { value: '1', label: '1 mild', hint: 'noticed, nothing needed' },
  { value: '2', label: '2 moderate', hint: 'something small was done' },
  { value: '3', label: '3 severe', hint: 'not dangerous at once' },
  { value: '4', label: '4 life-threatening', hint: 'had to be treated at once' },
  { value: '5', label: '5 death' },
]
const RELATIONS = [
  { value: 'unrelated', label: 'Unrelated' },
  { value: 'unlikely', label: 'Unlikely' },
  { value: 'possible', label: 'Possible' },
  { value: 'probable', label: 'Probable' },
  { value: 'definite', label: 'Definite' },
  { value: 'unknown', label: 'Not known' },
]
const OUTCOMES = [
  { value: 'resolved', label: 'Over' },
  { value: 'resolving', label: 'Getting better' },
  { value: 'not-resolved', label: 'Goes on' },
  { value: 'resolved-with-sequelae', label: 'Over, something stays' },
  { value: 'fatal', label: 'The person died' },
  { value: 'unknown', label: 'Not known' },
]
const SERIOUS_WORDS: Readonly<Record<(typeof SERIOUS_CRITERIA)[number], string>> = {
  death: 'Death',
  'life-threatening': 'Life-threatening',
  hospital: 'Hospital, or a longer stay there',
  disability: 'Lasting disability',
  congenital: 'Harm to an unborn child',
  'important-medical-event': 'Something else of medical weight',
}

/** How an adverse event stands, in words. */
export function outcomeWords(outcome: AdverseEvent['outcome']): string {
  return OUTCOMES.find(({ value }) => value === outcome)?.label ?? outcome
}

type Fields = (name: string) => {
  name: string
  id: string
  defaultValue: string | undefined
  error: string | undefined
}

function fieldsOf(intent: string, place: string, bedside: Bedside, own = true): Fields {
  const returned = returnedTo(intent, own ? bedside.answer : undefined)
  return (name) => ({
    name,
    id: fieldId(place, name),
    defaultValue: returned.value(name),
    error: returned.error(name),
  })
}

/** Whether somebody looks at it again, and until when. */
function Again({ field }: { field: Fields }) {
  return (
    <>
      <RadioGroup
        {...field('again')}
        label="Afterwards"
        layout="inline"
        choices={[
          { value: 'again', label: 'Somebody looks at it again' },
          { value: 'done', label: 'Nothing more is needed' },
        ]}
      />
      <DateField
        {...field('followUpOn')}
        label="By this day"
        hint="It stands in the list of adverse events until then, and until it is done."
      />
    </>
  )
}

/** Something unwanted that happened: what, how grave, whether by the dose, how it stands, and who looks again. */
export function AdverseForm({ bedside }: { bedside: Bedside }) {
  const { keyOf, answer } = bedside
  const field = fieldsOf('adverse', 'adverse', bedside)
  return (
    <BedsideForm
      intent="adverse"
      formKey={keyOf('adverse')}
      answer={answer}
      submit="Record adverse event"
      kind="quiet"
    >
      <div className="bedside-pair">
        <SelectField
          {...field('term')}
          defaultValue={field('term').defaultValue ?? ''}
          label="What happened"
          prompt="Choose"
          options={ADVERSE_TERMS.map((term) => ({ value: term, label: ADVERSE_WORDS[term] }))}
        />
        <RadioGroup {...field('grade')} label="Grade" choices={GRADES} />
        <RadioGroup {...field('relation')} label="Related to the dose" choices={RELATIONS} />
        <CheckboxGroup
          name="serious"
          id={fieldId('adverse', 'serious')}
          label="What makes it serious"
          choices={[
            { value: 'none', label: 'None of these' },
            ...SERIOUS_CRITERIA.map((value) => ({ value, label: SERIOUS_WORDS[value] })),
          ]}
          defaultValues={returnedTo('adverse', answer).values('serious')}
          error={field('serious').error}
        />
        <RadioGroup
          {...field('expected')}
          label="To be expected with this medicine"
          choices={[
            { value: 'expected', label: 'Expected' },
            { value: 'unexpected', label: 'Unexpected' },
            { value: 'unknown', label: 'Not known' },
          ]}
        />
        <RadioGroup {...field('outcome')} label="How it stands now" choices={OUTCOMES} />
        <Again field={field} />
      </div>
      <TextArea {...field('text')} label="What happened and what was done" rows={3} />
    </BedsideForm>
  )
}

/** Adverse events of this session with what became of them; each can be followed up, also after the session is over. */
export function AdverseEvents({ bedside }: { bedside: Bedside }) {
  const { page, state, clock, name, keyOf, answer } = bedside
  const events = state.care.adverseEvents
  if (events.length === 0) return null
  return (
    <Section title="Adverse events">
      <ul className="adverse-list" id="adverse">
        {events.map((event) => {
          const own = answer?.values.intent === 'adverse-followed' && answer.values.of === event.eventId
          const field = fieldsOf('adverse-followed', `followed-${event.eventId}`, bedside, own)
          return (
            <li key={event.eventId}>
              <p>
                <strong>{ADVERSE_WORDS[event.term]}</strong>, grade {event.grade},{' '}
                {event.serious.length > 0 ? <StateChip state="due" word="serious" /> : 'not serious'}.{' '}
                {outcomeWords(event.outcome)}. At {clock(event.at)}, by {name(event.by)}.
              </p>
              <p>
                {event.followUpBy === null
                  ? 'Nothing more is needed.'
                  : `Somebody looks again by ${dayInWords(event.followUpBy, page.timeZone)}.`}
              </p>
              {page.mayRecord && (
                <Unfolding title="Follow up" open={own}>
                  <BedsideForm
                    intent="adverse-followed"
                    place={`followed-${event.eventId}`}
                    formKey={keyOf(`followed-${event.eventId}`)}
                    answer={own ? answer : undefined}
                    submit="Record follow-up"
                    kind="quiet"
                  >
                    <input type="hidden" name="of" value={event.eventId} />
                    <div className="bedside-pair">
                      <RadioGroup {...field('outcome')} label="How it stands now" choices={OUTCOMES} />
                      <Again field={field} />
                    </div>
                    <TextArea {...field('text')} label="What is known by now" rows={3} />
                  </BedsideForm>
                </Unfolding>
              )}
            </li>
          )
        })}
      </ul>
    </Section>
  )
}
