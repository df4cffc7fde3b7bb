import type { ReactNode } from 'react'
import { CheckboxGroup, RadioGroup, TextArea, TextField } from '../../ui/index.ts'
import { SAFETY_ANSWERS, SUITABLE_TIMES, TOPICS } from '../request.ts'
import type { StepId, Typed } from '../request-form.ts'
import { SUITABILITY } from '../suitability.ts'

/** What the fields of a page need: what was typed before, and what is wrong with it. */
type FieldsProps = {
  readonly typed: Typed
  readonly errors: Readonly<Record<string, string>>
  readonly forOther: boolean
}

const text = (typed: Typed, name: string) => {
  const value = typed[name]
  return typeof value === 'string' ? value : undefined
}
const list = (typed: Typed, name: string) => {
  const value = typed[name]
  return typeof value === 'string' ? [value] : (value ?? [])
}
const choices = (all: readonly { readonly id: string; readonly words: string; readonly hint?: string }[]) =>
  all.map(({ id, words, hint }) => ({ value: id, label: words, ...(hint ? { hint } : {}) }))

/** The question of each page. One thing a screen; the question is the page's heading. */
export const stepFields: Readonly<Record<StepId, (props: FieldsProps) => ReactNode>> = {
  who: ({ typed, errors }) => (
    <RadioGroup
      name="forWhom"
      label="Who is this for?"
      labelIsHeading
      layout="big"
      choices={[
        { value: 'self', label: 'For me' },
        {
          value: 'other',
          label: 'For somebody else',
          hint: 'We talk with you first. Treatment needs their own wish.',
        },
      ]}
      defaultValue={text(typed, 'forWhom')}
      error={errors.forWhom}
    />
  ),
  about: ({ typed, errors }) => (
    <>
      <CheckboxGroup
        name="topics"
        label="What is it about?"
        hint="Choose all that fit."
        labelIsHeading
        choices={choices(TOPICS)}
        defaultValues={list(typed, 'topics')}
        error={errors.topics}
      />
      <TextArea
        name="words"
        label="Anything you want us to know"
        hint="In your own words, as much or as little as you like."
        optional
        rows={5}
        defaultValue={text(typed, 'words')}
        error={errors.words}
      />
    </>
  ),
  safety: ({ typed, errors, forOther }) => (
    <RadioGroup
      name="safety"
      label={forOther ? 'Are they, or are you, in danger?' : 'Are you in danger?'}
      hint="Nobody watches this form. If the answer is yes, the next page shows who can help right now, and we read your request first."
      labelIsHeading
      layout="big"
      choices={choices(SAFETY_ANSWERS)}
      defaultValue={text(typed, 'safety')}
      error={errors.safety}
    />
  ),
  suitability: ({ typed, errors, forOther }) => (
    <CheckboxGroup
      name="suitability"
      label={forOther ? 'Does any of this apply to them?' : 'Does any of this apply to you?'}
      hint="Treatment here is not safe for everyone. Whatever you tick, you can still send your request."
      labelIsHeading
      choices={[
        ...SUITABILITY.map((item) => ({ value: item.id, label: item.words, hint: item.why })),
        { value: 'none', label: 'None of these' },
        { value: 'unsure', label: 'I am not sure, or would rather talk about it' },
      ]}
      defaultValues={list(typed, 'suitability')}
      error={errors.suitability}
    />
  ),
  reach: ({ typed, errors, forOther }) => (
    <>
      <h1 className="question">How can we reach you?</h1>
      <TextField
        name="name"
        label="What may we call you?"
        hint="A first name or nickname is enough."
        autoComplete="nickname"
        width="medium"
        defaultValue={text(typed, 'name')}
        error={errors.name}
      />
      {forOther && (
        <TextField
          name="otherName"
          label="What may we call the person this is for?"
          optional
          autoComplete="off"
          width="medium"
          defaultValue={text(typed, 'otherName')}
          error={errors.otherName}
        />
      )}
      <TextField
        name="email"
        label="E-mail address"
        hint="We send one short message with a number to it. It names the clinic and nothing else."
        type="email"
        autoComplete="email"
        width="medium"
        defaultValue={text(typed, 'email')}
        error={errors.email}
      />
      <TextField
        name="phone"
        label="Telephone number"
        hint="Either one is enough."
        type="tel"
        autoComplete="tel"
        width="medium"
        defaultValue={text(typed, 'phone')}
        error={errors.phone}
      />
    </>
  ),
  times: ({ typed, errors }) => (
    <>
      <h1 className="question">When may we reach you?</h1>
      <TextArea
        name="safeTimes"
        label="When is it safe to reach you?"
        hint="For example: only after 6 pm. Not when the children are home. Text before you call."
        optional
        rows={3}
        defaultValue={text(typed, 'safeTimes')}
        error={errors.safeTimes}
      />
      <RadioGroup
        name="leaveMessage"
        label="May we leave a message that says who we are?"
        hint="If you do not answer this, we leave none."
        layout="inline"
        optional
        choices={[
          { value: 'yes', label: 'Yes' },
          { value: 'no', label: 'No' },
        ]}
        defaultValue={text(typed, 'leaveMessage')}
        error={errors.leaveMessage}
      />
      <CheckboxGroup
        name="suits"
        label="Which times suit you for a first conversation?"
        optional
        choices={choices(SUITABLE_TIMES)}
        defaultValues={list(typed, 'suits')}
        error={errors.suits}
      />
    </>
  ),
}
