import { type ComponentProps, createElement } from 'react'
import type { LocalDate } from '../../../platform/time.ts'
import { Button, TextField } from '../../../ui/index.ts'
// Vite makes a worker's entry one file of its own; a page loads that file as a plain module, with or without React.
import scanScript from './scan-field-script.ts?worker&url'

/**
 * A field that a scanner types into, or the camera fills where the browser can. Enter at the end of a scan does not send the form: the code
 * is read, the empty fields `lotNumber`, `expiresOn`, `gtin` and `serial` of the same form are filled, and what differs from
 * them is said. Without script the text is posted as `scanned`: the action gives the form to `withScan` before it parses it.
 *
 * The page links `scan-field.css`; it needs no hydration. Fields it fills must not be controlled by React.
 *
 * @param today the clinic's day, by which the expiry's century is judged
 * @param rest label, hint, error, name, id, defaultValue … of the text field
 */
export function ScanField({
  today,
  name = 'scanned',
  label = 'Scan the package',
  hint = 'Put the cursor here and scan the square code. What it says goes into the empty fields.',
  ...rest
}: Partial<ComponentProps<typeof TextField>> & { today: LocalDate }) {
  return (
    <>
      {createElement(
        'scan-field',
        // The script marks the element before React may take the page over.
        { class: 'scan-field', 'data-today': today, suppressHydrationWarning: true },
        <TextField
          {...rest}
          name={name}
          label={label}
          hint={hint}
          autoComplete="off"
          autoCapitalize="off"
          autoCorrect="off"
          spellCheck={false}
        />,
        <p className="scan-field-said" role="status" />,
        <div className="scan-field-film">
          <Button type="button" kind="quiet" size="small" data-camera="start">
            Use the camera
          </Button>
        </div>,
        <p className="scan-field-no-film">
          This browser cannot read codes with its camera; use a hand scanner or type.
        </p>,
        <div className="scan-field-view">
          <Button type="button" kind="quiet" data-camera="stop">
            Stop the camera
          </Button>
        </div>,
      )}
      <script async type="module" src={scanScript} />
    </>
  )
}
