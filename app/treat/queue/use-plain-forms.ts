import { useCallback, useEffect, useRef } from 'react'
import { useFetcher } from 'react-router'
import type { PlainAnswer } from './plain-answer.ts'

/** Longer than asking the page anew should take; then what was recorded is said without it. */
const PAGE_WITHIN_MS = 5_000

/**
 * Sends forms that only the server may answer without leaving the page: whatever else is being typed, where the cursor is and
 * what is open stays. One after the other, so that no answer is lost to the next form.
 *
 * @param askAgain brings the page up to date; what was recorded is said once it is
 * @param take what becomes of an answer
 */
export function usePlainForms(
  address: string,
  askAgain: () => Promise<unknown>,
  take: (answer: PlainAnswer) => void,
): (form: HTMLFormElement, given: FormData) => void {
  const { data, submit } = useFetcher<PlainAnswer>()
  const line = useRef<Promise<unknown>>(Promise.resolve())
  const onTheWay = useRef(new Set<HTMLFormElement>())
  const heard = useRef<(answer: PlainAnswer) => void>(undefined)
  const now = useRef({ askAgain, take })
  now.current = { askAgain, take }

  useEffect(() => {
    if (data) heard.current?.(data)
  }, [data])

  return useCallback(
    (form, given) => {
      if (onTheWay.current.has(form)) return
      onTheWay.current.add(form)
      const asked = line.current.then(async () => {
        const answer = new Promise<PlainAnswer>((resolve) => {
          heard.current = resolve
        })
        await submit(given, { method: 'post', action: address, defaultShouldRevalidate: false })
        return answer
      })
      line.current = asked.catch(() => undefined)
      void asked
        .then(async (answer) => {
          forgetSignatures(form)
          if ('done' in answer) {
            await Promise.race([now.current.askAgain(), later(PAGE_WITHIN_MS)]).catch(() => undefined)
            emptied(form)
          }
          now.current.take(answer)
        })
        .finally(() => onTheWay.current.delete(form))
    },
    [submit, address],
  )
}

/** What was taken stands in the log and no more in its form, which folds again where it was folded. */
export function emptied(form: HTMLFormElement): void {
  form.reset()
  const folded = form.closest('details')
  if (folded) folded.open = false
}

async function later(ms: number): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, ms))
}

/** A password and a passkey's answer sign once: what came back is signed anew. */
function forgetSignatures(form: HTMLFormElement): void {
  for (const field of form.elements) {
    if (field instanceof HTMLInputElement && /password|passkey/i.test(field.name)) field.value = ''
  }
}
