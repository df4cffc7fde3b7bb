import { type SubmitEvent, useCallback, useEffect, useRef } from 'react'
import { broughtIntoView } from './step-taken.ts'

/**
 * Brings into view, below the values at the upper edge, what comes next after each form: the next thing due with its heading
 * under the cursor of keyboard and screen reader, or what has to be changed. It moves at once: nothing glides.
 *
 * @param turns counts forms that were answered
 * @param hasErrors whether the last one came back
 * @returns is told of each form as it is sent
 */
export function useNextInView(
  turns: number,
  intent: string | undefined,
  hasErrors: boolean,
): (event: SubmitEvent<HTMLElement>) => void {
  const sent = useRef<HTMLElement>(undefined)
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each form that was answered
  useEffect(() => {
    if (turns === 0) return
    const where = broughtIntoView(intent, hasErrors, isTypingOutside(sent.current))
    if (where === 'errors') showErrors()
    else if (where === 'next') showNext()
    else if (isLost()) focusWithoutMoving('.alarms .alarm-form > .button, #next-title')
  }, [turns])
  return useCallback((event) => {
    sent.current = event.target as HTMLElement
  }, [])
}

const find = (selector: string) => globalThis.document.querySelector<HTMLElement>(`.bedside :is(${selector})`)

function isTypingOutside(form: HTMLElement | undefined): boolean {
  const at = globalThis.document.activeElement
  const types = at?.matches('input:not([type="radio"], [type="checkbox"]), textarea, select') ?? false
  // The pad takes the cursor when a reading is what is due: that is the next thing.
  return types && !form?.contains(at) && !at?.closest('.pad-form')
}

/** The button that was pressed is gone, and the cursor with it. */
function isLost(): boolean {
  const at = globalThis.document.activeElement
  return at === null || at === globalThis.document.body
}

function focusWithoutMoving(selector: string): void {
  find(selector)?.focus({ preventScroll: true })
}

function showErrors(): void {
  const errors = find('.error-summary') ?? find('.pad-asked') ?? find('.bedside-now .notice[role="alert"]')
  errors?.scrollIntoView({ block: 'start' })
  if (errors?.classList.contains('error-summary')) errors.focus({ preventScroll: true })
}

function showNext(): void {
  const title = find('#next-title')
  if (!title) return
  const said = find('.bedside-now .notice[role="status"]')
  const room = globalThis.innerHeight * 0.4
  const isNear = said && title.getBoundingClientRect().top - said.getBoundingClientRect().top < room
  // The confirmation stands above what is next; where alarms lie between, what is next counts.
  const first = isNear && said.getBoundingClientRect().top < title.getBoundingClientRect().top ? said : title
  if (!isInView(first) || !isInView(title)) first.scrollIntoView({ block: 'start' })
  const at = globalThis.document.activeElement
  if (!at?.closest('.next-panel input')) title.focus({ preventScroll: true })
}

/** Below the values and above the bar. */
function isInView(element: HTMLElement): boolean {
  const { top, bottom } = element.getBoundingClientRect()
  const upper = find('.vitals-strip')?.getBoundingClientRect().bottom ?? 0
  const lower = find('.bar-stack')?.getBoundingClientRect().top ?? globalThis.innerHeight
  return top >= upper && bottom <= lower
}
