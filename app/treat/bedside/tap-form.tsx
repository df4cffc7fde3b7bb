import type { ReactNode } from 'react'
import { Button, type ButtonKind } from '../../ui/index.ts'

/**
 * A form of one tap: everything it says is fixed, and the button sends it. What goes wrong with it is said at the head
 * of the page, because there is no field to say it beside.
 */
export function TapForm({
  intent,
  formKey,
  fields,
  kind = 'quiet',
  pressed,
  className,
  children,
}: {
  intent: string
  formKey: string
  fields: Readonly<Record<string, string>>
  kind?: ButtonKind
  /** For what is either on or off: whether it is on now. */
  pressed?: boolean
  className?: string
  children: ReactNode
}) {
  return (
    <form method="post" className={className ?? 'tap'}>
      <input type="hidden" name="intent" value={intent} />
      <input type="hidden" name="key" value={formKey} />
      {Object.entries(fields).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <Button kind={kind} size="bedside" aria-pressed={pressed}>
        {children}
      </Button>
    </form>
  )
}

/** Intents whose form has no place of its own to say what went wrong. */
export const TAPPED: readonly string[] = [
  'comfort',
  'music',
  'sitter-out',
  'take-watch',
  'take-offer',
  'acknowledge',
  'pause',
  'resume',
  'stop',
]
