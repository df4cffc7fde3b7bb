import { useFrameWords } from '../frame-words.ts'

/** One answer that needs another look; `fieldId` is the id of its field (or of a group's first answer). */
export interface FieldError {
  readonly fieldId: string
  readonly message: string
}

/**
 * What needs another look, at the top of a form that came back, each entry a link to its field. Spoken when the page
 * appears. Shows nothing when there is nothing wrong.
 *
 * @param kept says that nothing was lost
 */
export function ErrorSummary({
  errors,
  title,
  kept,
}: {
  errors: readonly FieldError[]
  title?: string
  kept?: string
}) {
  const words = useFrameWords()
  if (errors.length === 0) return null
  return (
    // The page came back because of this: without script the browser itself takes the reader here.
    // biome-ignore lint/a11y/noAutofocus: the reader's last act was to send this form
    <div className="error-summary" role="alert" tabIndex={-1} id="errors" autoFocus>
      <h2>{title ?? words.lookAgain}</h2>
      <p>{kept ?? words.stillHere}</p>
      <ul>
        {errors.map((error) => (
          <li key={`${error.fieldId} ${error.message}`}>
            <a href={`#${error.fieldId}`}>{error.message}</a>
          </li>
        ))}
      </ul>
    </div>
  )
}
