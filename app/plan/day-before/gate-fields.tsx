import { Fieldset, RadioGroup, TextArea, TextField } from '../../ui/index.ts'
import type { DayRule } from '../protocols/protocol.ts'
import { fastingRules } from './gate.ts'

const YES_NO = [
  { value: 'no', label: 'No' },
  { value: 'yes', label: 'Yes' },
]
const WHEN = [
  { value: 'today', label: 'Today' },
  { value: 'yesterday', label: 'Yesterday' },
  { value: 'earlier', label: 'Before that' },
  { value: 'never', label: 'Never' },
  { value: 'rather-not-say', label: 'I would rather not say' },
]

/**
 * The questions of the day before, for the person (by link) and for staff who hear the answers on the telephone.
 *
 * @param values what stands in the fields, by field name
 * @param escortTold the escort is known and not shown again; the fields take another one
 * @param earlier what was told before and is asked anew, in words with its date, by field name
 * @param dayOf day-of rules of the protocol; those about eating and drinking are shown as they are
 */
export function GateFields({
  values,
  errors,
  dayOf,
  escortTold = false,
  earlier = {},
}: {
  values: Readonly<Record<string, string | readonly string[]>>
  errors: Readonly<Record<string, string>>
  dayOf: readonly DayRule[]
  escortTold?: boolean
  earlier?: Readonly<Record<string, string>>
}) {
  const field = (name: string) => {
    const value = values[name]
    return {
      name,
      error: errors[name],
      ...(typeof value === 'string' && value !== '' ? { defaultValue: value } : {}),
    }
  }
  const fasting = fastingRules(dayOf)
  return (
    <>
      <RadioGroup
        {...field('harm')}
        label="Are you thinking of harming yourself?"
        {...(earlier.harm && { hint: earlier.harm })}
        choices={YES_NO}
        layout="inline"
      />
      <Fieldset legend="Your way home">
        <RadioGroup
          {...field('escort')}
          label="Does an adult take you home?"
          hint="They come to us at the end and go with you. You cannot drive until the next day, after a night’s sleep."
          choices={[
            { value: 'named', label: 'Yes, and this is who' },
            { value: 'not-yet', label: 'I do not know yet' },
            {
              value: 'nobody',
              label: 'No one can fetch me',
              hint: 'The visit cannot go ahead without an escort. We call you, today if we can, and look for a way or another day with you. Nothing is lost.',
            },
          ]}
        />
        <TextField
          {...field('escortName')}
          label="Their name"
          {...(escortTold && {
            hint: 'Already told, and not shown again. Write name and number only for somebody else.',
          })}
          autoComplete="off"
          width="medium"
        />
        <TextField
          {...field('escortPhone')}
          label="Their telephone number"
          type="tel"
          autoComplete="off"
          width="medium"
        />
        <RadioGroup
          {...field('move')}
          label="If no one can: would you rather have another day?"
          optional
          choices={[
            { value: 'yes', label: 'Yes, please move my visit' },
            { value: 'no', label: 'No, I would like to find a way' },
          ]}
        />
      </Fieldset>
      {fasting.length > 0 && (
        <Fieldset
          legend="Eating and drinking"
          hint={fasting.map(({ item, rule }) => `${item}: ${rule}.`).join(' ')}
        >
          <RadioGroup
            {...field('fasting')}
            label="Can you keep to this?"
            choices={[
              { value: 'yes', label: 'Yes' },
              { value: 'no', label: 'No' },
              { value: 'not-sure', label: 'I am not sure' },
            ]}
            layout="inline"
          />
        </Fieldset>
      )}
      <Fieldset legend="Medicines">
        <RadioGroup
          {...field('medicines')}
          label="Do you take or leave out your medicines as your prescriber told you?"
          hint="Never stop a medicine on your own for this visit."
          choices={[
            { value: 'as-told', label: 'Yes, as I was told', hint: 'Also when you take none.' },
            { value: 'not-as-told', label: 'Not quite' },
            { value: 'not-told', label: 'Nobody told me anything' },
          ]}
        />
        <TextField {...field('medicinesWords')} label="What is different" optional />
      </Fieldset>
      <Fieldset
        legend="Alcohol and other drugs"
        hint="An honest answer keeps you safe. It is for your team only, and it never ends your treatment by itself."
      >
        <RadioGroup
          {...field('alcohol')}
          label="When did you last drink alcohol?"
          {...(earlier.alcohol && { hint: earlier.alcohol })}
          choices={WHEN}
          layout="inline"
        />
        <RadioGroup
          {...field('drugs')}
          label="When did you last use another drug?"
          hint={['Anything not prescribed to you, cannabis included.', earlier.drugs]
            .filter(Boolean)
            .join(' ')}
          choices={WHEN}
          layout="inline"
        />
        <TextField {...field('drugsWhat')} label="Which" optional width="medium" />
      </Fieldset>
      <Fieldset legend="How you are">
        <RadioGroup
          {...field('unwell')}
          label="Do you feel ill or feverish?"
          choices={YES_NO}
          layout="inline"
        />
        <TextField {...field('unwellWords')} label="What is it" optional />
        <TextArea
          {...field('question')}
          label="Is there anything you want to ask?"
          hint="We answer at the visit, or call you."
          optional
          rows={3}
          maxLength={1000}
        />
      </Fieldset>
    </>
  )
}
