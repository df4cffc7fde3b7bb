import { createElement, type ReactNode } from 'react'
import { Button, type ButtonKind } from '../button.tsx'
// Vite makes a worker's entry one file of its own; a page loads that file as a plain module, with or without React.
import passkeyScript from './passkey-offer-script.ts?worker&url'

/**
 * A button that asks the browser for a passkey and sends the form around it with the answer in the hidden field `name`. It shows only
 * where its script runs and the browser knows passkeys at this address; without, nothing is there.
 *
 * @param purpose what the server is asked for: `sign-in`, `sign`, `sign-second` (somebody else than who is signed in) or `register`
 * @param name of the hidden field that carries the answer
 */
export function PasskeyOffer({
  purpose,
  name = 'passkey',
  kind = 'quiet',
  children,
}: {
  purpose: 'sign-in' | 'sign' | 'sign-second' | 'register'
  name?: 'passkey' | 'secondPasskey'
  kind?: ButtonKind
  children: ReactNode
}) {
  return (
    <>
      {createElement(
        'passkey-offer',
        { class: 'passkey-offer', 'data-purpose': purpose },
        <input type="hidden" name={name} />,
        <Button type="button" kind={kind}>
          {children}
        </Button>,
        <p className="field-hint" role="status" />,
      )}
      <script async type="module" src={passkeyScript} />
    </>
  )
}
