import type { ReactNode } from 'react'
import { CheckboxGroup, RadioGroup, TextArea, TextField } from '../../ui/index.ts'
import { SAFETY_ANSWERS, SUITABLE_TIMES, TOPICS } from '../request.ts'
import type { StepId, Typed } from '../request-form.ts'
import { SUITABILITY } from '../suitability.ts'
import type { RequestWords } from '../words/english.ts'

/** What the fields of a page need: what was typed before, and what is wrong with it. */
type FieldsProps = {
  readonly typed: Typed
  readonly errors: Readonly<Record<string, string>>
  readonly forOther: boolean
  readonly words: RequestWords
}

const text = (typed: Typed, name: string) => {
  const value = typed[name]
  return typeof value === 'string' ? value : undefined
}
const list = (typed: Typed, name: string) => {
  const value = typed[name]
  return typeof value === 'string' ? [value] : (value ?? [])
}
/** The choices in our order, in the words of a language. */
const choices = <Id extends string>(
  all: readonly { readonly id: Id }[],
  said: Readonly<Record<Id, { readonly words: string; readonly hint?: string | undefined }>>,
) =>
  all.map(({ id }) => {
    const { words, hint } = said[id]
    return { value: id, label: words, ...(hint ? { hint } : {}) }
  })

/** The question of each page. One thing a screen; the question is the page's heading. */
export const stepFields: Readonly<Record<StepId, (props: FieldsProps) => ReactNode>> = {
  who: ({ typed, errors, words }) => (
    <RadioGroup
      name="forWhom"
      label={words.fields.who}
      labelIsHeading
      layout="big"
      choices={[
        { value: 'self', label: words.fields.forMe },
        {
          value: 'other',
          label: words.fields.forOther,
          hint: words.fields.forOtherHint,
        },
      ]}
      defaultValue={text(typed, 'forWhom')}
      error={errors.forWhom}
    />
  ),
  about: ({ typed, errors, words }) => (
    <>
      <CheckboxGroup
        name="topics"
        label={words.fields.topics}
        hint={words.fields.topicsHint}
        labelIsHeading
        choices={choices(TOPICS, words.choices.topics)}
        defaultValues={list(typed, 'topics')}
        error={errors.topics}
      />
      <TextArea
        name="words"
        label={words.fields.words}
        hint={words.fields.wordsHint}
        optional
        rows={5}
        defaultValue={text(typed, 'words')}
        error={errors.words}
      />
    </>
  ),
  safety: ({ typed, errors, forOther, words }) => (
    <RadioGroup
      name="safety"
      label={forOther ? words.fields.dangerOther : words.fields.danger}
      hint={words.fields.dangerHint}
      labelIsHeading
      layout="big"
      choices={choices(SAFETY_ANSWERS, words.choices.safety)}
      defaultValue={text(typed, 'safety')}
      error={errors.safety}
    />
  ),
  suitability: ({ typed, errors, forOther, words }) => (
    <CheckboxGroup
      name="suitability"
      label={forOther ? words.fields.appliesOther : words.fields.applies}
      hint={words.fields.appliesHint}
      labelIsHeading
      choices={[
        ...SUITABILITY.map(({ id }) => ({
          value: id,
          label: words.suitability[id].words,
          hint: words.suitability[id].why,
        })),
        { value: 'none', label: words.choices.none },
        { value: 'unsure', label: words.choices.unsure },
      ]}
      defaultValues={list(typed, 'suitability')}
      error={errors.suitability}
    />
  ),
  reach: ({ typed, errors, forOther, words }) => (
    <>
      <h1 className="question">{words.fields.reach}</h1>
      <TextField
        name="name"
        label={words.fields.name}
        hint={words.fields.nameHint}
        autoComplete="nickname"
        width="medium"
        defaultValue={text(typed, 'name')}
        error={errors.name}
      />
      {forOther && (
        <TextField
          name="otherName"
          label={words.fields.otherName}
          optional
          autoComplete="off"
          width="medium"
          defaultValue={text(typed, 'otherName')}
          error={errors.otherName}
        />
      )}
      <TextField
        name="email"
        label={words.fields.email}
        hint={words.fields.emailHint}
        type="email"
        autoComplete="email"
        width="medium"
        defaultValue={text(typed, 'email')}
        error={errors.email}
      />
      <TextField
        name="phone"
        label={words.fields.phone}
        hint={words.fields.phoneHint}
        type="tel"
        autoComplete="tel"
        width="medium"
        defaultValue={text(typed, 'phone')}
        error={errors.phone}
      />
    </>
  ),
  times: ({ typed, errors, words }) => (
    <>
      <h1 className="question">{words.fields.when}</h1>
      <TextArea
        name="safeTimes"
        label={words.fields.safeTimes}
        hint={words.fields.safeTimesHint}
        optional
        rows={3}
        defaultValue={text(typed, 'safeTimes')}
        error={errors.safeTimes}
      />
      <RadioGroup
        name="leaveMessage"
        label={words.fields.leaveMessage}
        hint={words.fields.leaveMessageHint}
        layout="inline"
        optional
        choices={[
          { value: 'yes', label: words.fields.yes },
          { value: 'no', label: words.fields.no },
        ]}
        defaultValue={text(typed, 'leaveMessage')}
        error={errors.leaveMessage}
      />
      <CheckboxGroup
        name="suits"
        label={words.fields.suits}
        optional
        choices={choices(SUITABLE_TIMES, words.choices.times)}
        defaultValues={list(typed, 'suits')}
        error={errors.suits}
      />
    </>
  ),
}
