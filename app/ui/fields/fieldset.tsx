import type { ReactNode } from 'react'

/**
 * A named part of a longer form.
 *
 * @param row sets short fields side by side where there is room
 */
export function Fieldset({
  legend,
  hint,
  row = false,
  children,
}: {
  legend: ReactNode
  hint?: ReactNode
  row?: boolean
  children: ReactNode
}) {
  return (
    <fieldset className="form-part">
      <legend>{legend}</legend>
      {hint !== undefined && <p className="field-hint">{hint}</p>}
      {row ? <div className="field-row">{children}</div> : children}
    </fieldset>
  )
}

/** The buttons that end a form: the primary one first. */
export function FormActions({ children }: { children: ReactNode }) {
  return <div className="form-actions">{children}</div>
}
