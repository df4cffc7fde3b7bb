const LONGEST_REFERENCE = 500

/** Who published data and where, as it is kept: trimmed, and nothing where nothing was written. */
export function publishedReference(text: string | undefined): string | undefined {
  const written = text?.trim().slice(0, LONGEST_REFERENCE) ?? ''
  return written === '' ? undefined : written
}

/**
 * The tick that data are public with its reference text, as a form gives it. One without the other is asked for, so that
 * nothing becomes public by half a form.
 *
 * @param form `published` is ticked or not there; `publishedReference` says who published them and where
 */
export function readPublished(form: FormData): {
  readonly reference: string | undefined
  readonly errors: Readonly<Record<string, string>>
} {
  const ticked = form.get('published') !== null
  const reference = publishedReference(String(form.get('publishedReference') ?? ''))
  if (ticked && reference === undefined)
    return { reference, errors: { publishedReference: 'Write who published these data and where.' } }
  if (!ticked && reference !== undefined)
    return {
      reference: undefined,
      errors: { published: 'Tick this if the data are public, or empty the field beneath.' },
    }
  return { reference, errors: {} }
}
