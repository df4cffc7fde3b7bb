import { NumberField, RadioGroup, SelectField, TextField } from '../../ui/index.ts'
import { CALL_WORDS } from '../session/care-words.ts'
import { CALL_TO, SCALES, type ScaleId } from '../session/session-event.ts'
import type { Bedside } from './bedside.ts'
import { BedsideForm, fieldId, returnedTo } from './bedside-form.tsx'
import { ScaleForm } from './scale-form.tsx'
import { TapForm } from './tap-form.tsx'

type FormProps = { readonly bedside: Bedside }

const ANSWERS = [
  { value: 'yes', label: 'Yes' },
  { value: 'no', label: 'No' },
  { value: 'unknown', label: 'Not known' },
]

/** What every field of a form takes from what came back. */
function fieldsOf(intent: string, { answer }: Bedside) {
  const returned = returnedTo(intent, answer)
  return (name: string) => ({
    name,
    id: fieldId(intent, name),
    defaultValue: returned.value(name),
    error: returned.error(name),
  })
}

const choices = (values: readonly string[], words: (value: string) => string = capital) =>
  values.map((value) => ({ value, label: words(value) }))

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1)
}

/** Words that go with an entry; they may stay empty. */
function Words({ intent, bedside, label = 'In words' }: FormProps & { intent: string; label?: string }) {
  return <TextField {...fieldsOf(intent, bedside)('text')} label={label} optional autoComplete="off" />
}

/** Where the access lies and whether it runs; and that one was taken out. */
export function AccessForms({ bedside }: FormProps) {
  const { keyOf, answer, state } = bedside
  const field = fieldsOf('access', bedside)
  return (
    <>
      {state.care.access.map((access) => (
        <div key={access.eventId} className="access-in">
          <p>
            In place: {access.side} {access.place}
            {access.gauge === null ? '' : `, ${access.gauge} gauge`}. Taken out:
          </p>
          <div className="taps">
            {(
              [
                ['yes', 'Out, and whole'],
                ['no', 'Out, not whole'],
              ] as const
            ).map(([intact, word]) => (
              <TapForm
                key={intact}
                intent="access-removed"
                formKey={keyOf(`access-removed-${access.eventId}-${intact}`)}
                fields={{ of: access.eventId, intact }}
              >
                {word}
              </TapForm>
            ))}
          </div>
        </div>
      ))}
      <BedsideForm
        intent="access"
        formKey={keyOf('access')}
        answer={answer}
        submit="Record access"
        kind="quiet"
      >
        <div className="bedside-pair">
          <RadioGroup {...field('side')} label="Side" layout="inline" choices={choices(['left', 'right'])} />
          <RadioGroup
            {...field('place')}
            label="Place"
            layout="inline"
            choices={choices(['hand', 'wrist', 'forearm', 'elbow', 'other'])}
          />
          <RadioGroup
            {...field('gauge')}
            label="Gauge"
            optional
            layout="inline"
            choices={choices(['18', '20', '22', '24'])}
          />
          <RadioGroup
            {...field('runsFreely')}
            label="Runs freely, without swelling or pain"
            layout="inline"
            choices={ANSWERS}
          />
        </div>
        <Words intent="access" bedside={bedside} />
      </BedsideForm>
    </>
  )
}

const AGAINST = {
  hypertension: 'High blood pressure',
  nausea: 'Nausea',
  agitation: 'Restlessness',
  saliva: 'Saliva',
  allergy: 'Allergy',
  breathing: 'Breathing',
  pain: 'Pain',
  seizure: 'Seizure',
  other: 'Something else',
} as const

/** A medicine that was given on an order. Nothing is filled in and nothing is proposed: it records what was done. */
export function MedicineForm({ bedside }: FormProps) {
  const { page, keyOf, answer } = bedside
  const field = fieldsOf('medicine', bedside)
  return (
    <BedsideForm
      intent="medicine"
      formKey={keyOf('medicine')}
      answer={answer}
      submit="Record medicine given"
      kind="quiet"
    >
      <p className="bedside-hint">
        Records what was given on a prescriber’s order. This page proposes no medicine and checks no amount.
      </p>
      <div className="bedside-pair">
        <TextField
          {...field('medicine')}
          label="Medicine, as on the ampoule or packet"
          autoComplete="off"
          spellCheck={false}
        />
        <NumberField {...field('amount')} label="Amount" size="bedside" />
        <RadioGroup
          {...field('unit')}
          label="Unit"
          layout="inline"
          choices={choices(['mg', 'mcg', 'mL', 'g', 'L/min'], (unit) => unit)}
        />
        <SelectField
          {...field('orderedBy')}
          defaultValue={field('orderedBy').defaultValue ?? ''}
          label="Ordered by"
          prompt="Choose who ordered it"
          options={[
            ...page.prescribers.map(({ id, name }) => ({ value: id, label: name })),
            { value: 'standing', label: 'A standing order, named below' },
          ]}
        />
        <RadioGroup
          {...field('route')}
          label="How"
          layout="inline"
          choices={choices(['intravenous', 'intramuscular', 'oral', 'sublingual', 'nasal', 'inhaled'])}
        />
        <RadioGroup
          {...field('against')}
          label="For"
          layout="inline"
          choices={choices(Object.keys(AGAINST), (value) => AGAINST[value as keyof typeof AGAINST])}
        />
      </div>
      <TextField
        {...field('reason')}
        label="Why, or which standing order"
        hint="A standing order is named; else this may stay empty."
        autoComplete="off"
      />
    </BedsideForm>
  )
}

/** A call to anybody, with what was said. */
export function CallForm({ bedside }: FormProps) {
  const { keyOf, answer } = bedside
  const field = fieldsOf('call', bedside)
  return (
    <BedsideForm intent="call" formKey={keyOf('call')} answer={answer} submit="Record call" kind="quiet">
      <div className="bedside-pair">
        <RadioGroup
          {...field('to')}
          label="Who was called"
          layout="inline"
          choices={choices(CALL_TO, (to) => capital(CALL_WORDS[to as keyof typeof CALL_WORDS]))}
        />
        <RadioGroup {...field('answered')} label="Answered" layout="inline" choices={ANSWERS} />
      </div>
      <Words intent="call" bedside={bedside} label="What was said or ordered" />
    </BedsideForm>
  )
}

/** Somebody else who sits with the person: family, or a colleague. */
export function SitterForm({ bedside }: FormProps) {
  const { page, keyOf, answer } = bedside
  const field = fieldsOf('sitter-in', bedside)
  return (
    <BedsideForm
      intent="sitter-in"
      formKey={keyOf('sitter-in')}
      answer={answer}
      submit="Sits with them now"
      kind="quiet"
    >
      <div className="bedside-pair">
        <SelectField
          {...field('accountId')}
          defaultValue={field('accountId').defaultValue ?? ''}
          label="A colleague"
          prompt="Nobody from here"
          options={page.colleagues.map(({ id, name }) => ({ value: id, label: name }))}
        />
        <TextField {...field('name')} label="Or somebody else" optional autoComplete="off" />
      </div>
    </BedsideForm>
  )
}

/** Every scale, for what is asked outside the schedule. */
export function AllScales({ bedside }: FormProps) {
  return (
    <div className="all-scales">
      {(Object.keys(SCALES) as ScaleId[]).map((scale) => {
        const last = bedside.state.care.scales.findLast((each) => each.scale === scale)
        return (
          <div key={scale}>
            <h3>{SCALES[scale].title}</h3>
            {last && (
              <p className="bedside-hint">
                {last.score === null ? 'Not taken' : last.score} at {bedside.clock(last.at)}
              </p>
            )}
            <ScaleForm bedside={bedside} scale={scale} place="any" />
          </div>
        )
      })}
    </div>
  )
}
