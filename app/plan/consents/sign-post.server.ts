import { type FormAnswer, formProblem } from '../../platform/form.ts'
import type { Outcome } from '../../platform/outcome.ts'
import type { SigningProblem } from './signing.ts'

/**
 * What a refused signature answers: one message per field, and everything typed. The hash that was on the screen is left
 * out, so that a new text is shown as new.
 *
 * @returns undefined when the refusal is about no field
 */
export function signingAnswer(form: FormData, outcome: Outcome<unknown>): FormAnswer | undefined {
  if (outcome.ok) return undefined
  if (outcome.reason === 'newer-version')
    return formProblem(form, {
      form: 'The text has changed since you opened it. Please read the new one, then sign.',
    })
  const problems = (outcome.detail as { readonly problems?: readonly SigningProblem[] } | undefined)?.problems
  return problems && formProblem(form, Object.fromEntries(problems.map((p) => [p.field, p.words])))
}
