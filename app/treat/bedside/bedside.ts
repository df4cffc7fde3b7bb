import { useCallback, useRef } from 'react'
import type { FormAnswer } from '../../platform/form.ts'
import { systemIds } from '../../platform/ids.ts'
import type { SessionState } from '../session/session.ts'
import type { SessionPage } from './session-page.server.ts'

/** What every part of the bedside page works with. */
export type Bedside = {
  readonly page: SessionPage
  readonly state: SessionState
  /** The server's time; ticks. */
  readonly nowMs: number
  /** The form that came back, if one did. */
  readonly answer: FormAnswer | undefined
  /** An instant as the clinic's clock shows it. */
  readonly clock: (instant: string) => string
  readonly name: (accountId: string) => string
  /** The key of a form, by its name: one form, one key, one entry. */
  readonly keyOf: (form: string) => string
}

/**
 * Keys of forms by name. The server gave one to each form it drew; what appears later, such as an alarm that was raised
 * while the page is open, gets its own from the browser.
 */
export function useFormKeys(given: Readonly<Record<string, string>>): (form: string) => string {
  const own = useRef(new Map<string, string>())
  return useCallback(
    (form) => {
      const key = given[form] ?? own.current.get(form) ?? systemIds.next()
      if (given[form] === undefined) own.current.set(form, key)
      return key
    },
    [given],
  )
}
