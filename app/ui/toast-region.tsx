import { useCallback, useRef, useState } from 'react'
import { Button } from './button.tsx'
import { StateShape } from './state-chip.tsx'
import type { StateKind } from './state-kind.ts'

/** A short message that something was done. It stays until the reader closes it: nothing vanishes unread. */
export interface Toast {
  readonly key: number
  readonly text: string
  readonly state: StateKind
}

/**
 * Keeps the messages of a hydrated page.
 *
 * @returns `toasts` for `ToastRegion`, `announce(text, state?)` and `dismiss(key)`; at most three are kept
 */
export function useToasts() {
  const [toasts, setToasts] = useState<readonly Toast[]>([])
  const nextKey = useRef(1)
  const announce = useCallback((text: string, state: StateKind = 'calm') => {
    const key = nextKey.current++
    setToasts((before) => [...before, { key, text, state }].slice(-3))
  }, [])
  const dismiss = useCallback((key: number) => {
    setToasts((before) => before.filter((toast) => toast.key !== key))
  }, [])
  return { toasts, announce, dismiss }
}

/** Where messages appear and are spoken. Render it from the start, also when empty: only then is a first message announced. */
export function ToastRegion({
  toasts,
  onDismiss,
}: {
  toasts: readonly Toast[]
  onDismiss: (key: number) => void
}) {
  return (
    <div className="toasts" role="status" aria-live="polite" aria-atomic="false">
      {toasts.map((toast) => (
        <div key={toast.key} className="toast">
          <StateShape state={toast.state} />
          <p>{toast.text}</p>
          <Button type="button" kind="plain" onClick={() => onDismiss(toast.key)}>
            Close
          </Button>
        </div>
      ))}
    </div>
  )
}
