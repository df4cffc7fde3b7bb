import type { FieldWords } from '../fields/field-frame.tsx'
import { TextField } from '../fields/text-field.tsx'
import { PasskeyOffer } from './passkey-offer.tsx'

/**
 * The password again, as a signature, or a passkey in its place. It stands in a form before the button that signs: a passkey presses that
 * button by itself, unless somebody else has still to sign in the same form.
 *
 * @param second the other person who signs on this screen: fields `secondPassword`, `secondPasskey` instead of `password`, `passkey`;
 *   the form has a field `secondEmail` before it
 */
export function StepUpField({
  second = false,
  id,
  ...words
}: Omit<FieldWords, 'optional'> & { second?: boolean; id?: string; autoFocus?: boolean }) {
  const name = second ? 'secondPassword' : 'password'
  return (
    <div className="step-up">
      <TextField
        name={name}
        id={id ?? name}
        type="password"
        width="medium"
        autoComplete={second ? 'off' : 'current-password'}
        {...words}
      />
      <PasskeyOffer
        purpose={second ? 'sign-second' : 'sign'}
        name={second ? 'secondPasskey' : 'passkey'}
        kind="plain"
      >
        {second ? 'They use their passkey instead' : 'Use a passkey instead'}
      </PasskeyOffer>
    </div>
  )
}
