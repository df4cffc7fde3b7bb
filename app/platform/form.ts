import type * as z from 'zod'

/** What a form answers with when something must be changed: one message per field, and everything typed. */
export type FormAnswer = {
  /** Field name → what to do, in words. The key "form" is about the whole. */
  readonly errors: Readonly<Record<string, string>>
  /** What was typed, so that nothing is lost. */
  readonly values: Readonly<Record<string, string | readonly string[]>>
}

/** Everything typed into a form: a field given several times becomes a list. Files, passwords and passkeys' answers are left out. */
export function typedValues(form: FormData): Record<string, string | string[]> {
  const values: Record<string, string | string[]> = {}
  for (const name of new Set(form.keys())) {
    if (/password|passkey/i.test(name)) continue
    const all = form.getAll(name).filter((value): value is string => typeof value === 'string')
    if (all.length === 1) values[name] = all[0]!
    else if (all.length > 1) values[name] = all
  }
  return values
}

export type ParsedForm<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly answer: FormAnswer }

/**
 * Checks a form against its schema. The schema is the single description of what a browser may send; its
 * messages say what to do. Empty text counts as not given.
 *
 * @param lists names of fields that may be given several times; one with nothing ticked is an empty list
 */
export function parseForm<Schema extends z.ZodType>(
  schema: Schema,
  form: FormData,
  lists: readonly string[] = [],
): ParsedForm<z.infer<Schema>> {
  const values = typedValues(form)
  // A browser sends nothing for a list in which nothing is ticked.
  const candidate: Record<string, unknown> = Object.fromEntries(lists.map((name) => [name, []]))
  for (const name of new Set(form.keys())) {
    const all = form.getAll(name).filter((value): value is string => typeof value === 'string')
    const given = all.map((value) => value.trim()).filter((value) => value !== '')
    if (lists.includes(name)) candidate[name] = given
    else if (given.length > 0) candidate[name] = given[0]
  }
  const parsed = schema.safeParse(candidate)
  if (parsed.success) return { ok: true, value: parsed.data }
  const errors: Record<string, string> = {}
  for (const issue of parsed.error.issues) {
    const name = issue.path.length > 0 ? String(issue.path[0]) : 'form'
    errors[name] ??= issue.message
  }
  return { ok: false, answer: { errors, values } }
}

/** An answer to a form for a refusal of a command or a message of our own. */
export function formProblem(form: FormData, errors: Readonly<Record<string, string>>): FormAnswer {
  return { errors, values: typedValues(form) }
}

/**
 * The messages of an answer as the error summary wants them: field ids are field names, and a message about the
 * whole form leads to its first field.
 */
export function fieldErrors(answer: FormAnswer | undefined): { fieldId: string; message: string }[] {
  return Object.entries(answer?.errors ?? {}).map(([name, message]) => ({
    fieldId: name === 'form' ? 'main' : name,
    message,
  }))
}
