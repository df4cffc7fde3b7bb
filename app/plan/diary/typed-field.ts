import type { FormAnswer } from '../../platform/form.ts'

/**
 * What stands in the fields of a form: what was typed when it was sent and must be mended, else what it begins with.
 *
 * @param problem the answer to this form; undefined when it was not sent, or another one of the page was
 * @returns `typed` one value; `wrong` what is wrong with it; `field` both, to be spread over a field of that name
 */
export function typedFields(problem: FormAnswer | undefined) {
  const typed = (name: string, otherwise = '') => String(problem?.values[name] ?? otherwise)
  const wrong = (name: string) => problem?.errors[name]
  const field = (name: string, otherwise = '') => ({
    name,
    defaultValue: typed(name, otherwise),
    error: wrong(name),
  })
  return { typed, wrong, field }
}
