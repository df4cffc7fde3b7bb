import type { ReactNode } from 'react'
import type { FormAnswer } from '../../platform/form.ts'
import { Button, type ButtonKind, ErrorSummary, TextField } from '../../ui/index.ts'
import { Unfolding } from './unfolding.tsx'

/** What a form that came back had typed into it, and what to change; empty for every other form of the page. */
export type Returned = {
  readonly error: (field: string) => string | undefined
  readonly value: (field: string) => string | undefined
  readonly values: (field: string) => readonly string[]
}

/** Picks out of the page's answer what belongs to the form with this intent. */
export function returnedTo(intent: string, answer: FormAnswer | undefined): Returned {
  const own = answer?.values.intent === intent ? answer : undefined
  return {
    error: (field) => own?.errors[field],
    value: (field) => {
      const value = own?.values[field]
      return typeof value === 'string' ? value : value?.[0]
    },
    values: (field) => {
      const value = own?.values[field]
      return value === undefined ? [] : typeof value === 'string' ? [value] : value
    },
  }
}

/** The id of a field: forms on one page share names, never ids. */
export function fieldId(intent: string, field: string): string {
  return `${intent}-${field}`
}

/**
 * A form at the bedside: plain HTML, a key that makes a repeated post one entry, the bedside time for what happened
 * earlier, and one big button.
 */
export function BedsideForm({
  intent,
  place = intent,
  formKey,
  answer,
  submit,
  kind = 'primary',
  time = true,
  more,
  children,
}: {
  intent: string
  /** Begins the ids of its fields, where a page has several forms of one intent. */
  place?: string
  formKey: string | undefined
  answer: FormAnswer | undefined
  submit: string
  kind?: ButtonKind
  time?: boolean
  /** Fields that may stay empty, folded away beneath the button together with the time. */
  more?: { readonly title: string; readonly fields: ReactNode }
  children?: ReactNode
}) {
  const returned = returnedTo(intent, answer)
  const own = answer?.values.intent === intent ? answer.errors : {}
  return (
    <form method="post" noValidate className="bedside-form">
      <ErrorSummary
        errors={Object.entries(own).map(([field, message]) => ({
          fieldId: field === 'form' ? fieldId(place, 'submit') : fieldId(place, field),
          message,
        }))}
        title="Not recorded yet"
      />
      <input type="hidden" name="intent" value={intent} />
      {formKey !== undefined && <input type="hidden" name="key" value={formKey} />}
      {children}
      <div className="bedside-actions">
        <Button type="submit" kind={kind} size="bedside" id={fieldId(place, 'submit')}>
          {submit}
        </Button>
        {time && !more && <TimeField place={place} returned={returned} />}
      </div>
      {more && (
        <Unfolding title={more.title} open={Object.keys(own).length > 0}>
          <div className="bedside-pair">
            {more.fields}
            <TimeField place={place} returned={returned} />
          </div>
        </Unfolding>
      )}
    </form>
  )
}

/** When it happened, for what is entered afterwards; empty is now. */
export function TimeField({ place, returned }: { place: string; returned: Returned }) {
  const sure = returned.value('sure')
  return (
    <>
      {/* What was asked about it; sent again it is the answer that it is right. */}
      {sure && <input type="hidden" name="sure" value={sure} />}
      <TextField
        name="time"
        id={fieldId(place, 'time')}
        label="Time, if not now"
        width="figure"
        inputMode="numeric"
        autoComplete="off"
        defaultValue={returned.value('time')}
        error={returned.error('time')}
      />
    </>
  )
}
