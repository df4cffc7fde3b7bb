import type { ReactNode } from 'react'
import { classNames } from '../class-names.ts'
import { useFrameWords } from '../frame-words.ts'

/** What every field of a form can say about itself. */
export interface FieldWords {
  /** The question or name of the field. */
  label: ReactNode
  /** One sentence that helps to answer. */
  hint?: ReactNode
  /** What is wrong and what to do; marks the field and is spoken with it. */
  error?: string
  /** Adds `(optional)` to the label. */
  optional?: boolean
}

/** Ids that tie a field to its hint and error; `describedBy` goes into `aria-describedby`. */
export function fieldIds(
  id: string,
  { hint, error }: Pick<FieldWords, 'hint' | 'error'>,
  ...more: readonly (string | undefined)[]
) {
  const hintId = hint === undefined ? undefined : `${id}-hint`
  const errorId = error === undefined ? undefined : `${id}-error`
  const describedBy = [hintId, errorId, ...more].filter(Boolean).join(' ') || undefined
  return { hintId, errorId, describedBy }
}

/** Label, hint, error and the control beneath, for fields with one control. */
export function FieldFrame({
  id,
  label,
  hint,
  error,
  optional,
  children,
}: FieldWords & { id: string; children: ReactNode }) {
  return (
    <div className={classNames('field', error !== undefined && 'field-wrong')}>
      <label className="field-label" htmlFor={id}>
        {label}
        {optional && <Optional />}
      </label>
      <FieldNotes id={id} hint={hint} error={error} />
      {children}
    </div>
  )
}

/** Legend, hint, error and the controls beneath, for fields with several controls. */
export function GroupFrame({
  id,
  label,
  hint,
  error,
  optional,
  labelIsHeading = false,
  className,
  children,
}: FieldWords & { id: string; labelIsHeading?: boolean; className?: string; children: ReactNode }) {
  const { describedBy } = fieldIds(id, { hint, error })
  const words = (
    <>
      {label}
      {optional && <Optional />}
    </>
  )
  return (
    <fieldset
      className={classNames('field', 'field-group', error !== undefined && 'field-wrong', className)}
      aria-describedby={describedBy}
    >
      <legend className="field-label">
        {labelIsHeading ? <h1 className="question">{words}</h1> : words}
      </legend>
      <FieldNotes id={id} hint={hint} error={error} />
      {children}
    </fieldset>
  )
}

function Optional() {
  return <span className="field-optional"> ({useFrameWords().optional})</span>
}

function FieldNotes({ id, hint, error }: { id: string; hint?: ReactNode; error?: string }) {
  const { hintId, errorId } = fieldIds(id, { hint, error })
  const words = useFrameWords()
  return (
    <>
      {hint !== undefined && (
        <p className="field-hint" id={hintId}>
          {hint}
        </p>
      )}
      {error !== undefined && (
        <p className="field-error" id={errorId}>
          <span className="hidden">{words.error} </span>
          {error}
        </p>
      )}
    </>
  )
}
