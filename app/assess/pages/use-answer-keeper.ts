import { type FocusEvent, type FormEvent, useCallback, useEffect, useRef, useState } from 'react'
import { forgetUnsent, readUnsent, type UnsentAnswer, writeUnsent } from './unsent-answers.ts'

const TRY_AGAIN_MS = 4_000
/** Answered by the server itself, without a record: says whether a form sent now would arrive. */
const IS_ANYBODY_THERE = '/healthz'

type Keeping = 'idle' | 'kept' | 'waiting' | 'refused'

/** What came back for one answer. `standing` and `hidden` only for forms that show how they stand. */
type KeptAnswer = {
  readonly saved: boolean
  readonly help?: boolean
  readonly standing?: string
  readonly hidden?: readonly string[]
}

/** Puts an answer that was given before the page was lost back into its fields. */
function showAgain(form: HTMLFormElement, question: string, entries: UnsentAnswer) {
  for (const [name, value] of entries) {
    if (name !== question && !name.startsWith(`${question}.`)) continue
    for (const field of form.querySelectorAll<HTMLInputElement>(`[name="${CSS.escape(name)}"]`)) {
      if (field.type !== 'radio' && field.type !== 'checkbox') field.value = value
      else if (field.value === value) field.checked = true
    }
  }
}

/**
 * With script, sends each answer the moment it is given: choices when chosen, text when the field is left. Without a
 * connection, or while the server is away, it waits and tries again; what is not sent yet survives a closed tab on this
 * device. The form's own button waits the same way instead of leaving the page for an error.
 *
 * @param address where single answers are posted to
 * @returns handlers for the form, what to say about keeping, and what the last kept answer led to
 */
export function useAnswerKeeper(address: string) {
  const form = useRef<HTMLFormElement>(null)
  const waiting = useRef(new Map<string, UnsentAnswer>())
  const leaving = useRef<{ submitter: HTMLElement | null; asked: boolean }>({ submitter: null, asked: false })
  const [state, setState] = useState<Keeping>('idle')
  const [help, setHelp] = useState(false)
  const [kept, setKept] = useState<KeptAnswer>()
  const [zone, setZone] = useState('')

  const send = useCallback(async () => {
    for (const [question, entries] of [...waiting.current]) {
      try {
        const body = new FormData()
        for (const [key, value] of entries) body.append(key, value)
        const response = await fetch(address, { method: 'POST', body })
        // Gone or not allowed will not mend by itself; a server that is away will.
        if (response.status >= 400 && response.status < 500) {
          waiting.current.delete(question)
          forgetUnsent(address, question)
          setState('refused')
          continue
        }
        if (!response.ok) throw new Error(String(response.status))
        const answer = (await response.json()) as KeptAnswer
        // A newer answer to the same question may have come meanwhile.
        if (waiting.current.get(question) === entries) {
          waiting.current.delete(question)
          forgetUnsent(address, question)
        }
        if (answer.saved) {
          setState('kept')
          setKept(answer)
        }
        if (answer.help) setHelp(true)
      } catch {
        setState('waiting')
        return
      }
    }
  }, [address])

  const leave = useCallback(async () => {
    const there = await fetch(IS_ANYBODY_THERE, { cache: 'no-store' }).then(
      (response) => response.ok,
      () => false,
    )
    if (!there) return setState('waiting')
    const { submitter } = leaving.current
    leaving.current = { submitter, asked: true }
    form.current?.requestSubmit(submitter)
  }, [])

  useEffect(() => {
    setZone(Intl.DateTimeFormat().resolvedOptions().timeZone)
    for (const [question, entries] of readUnsent(address)) {
      waiting.current.set(question, entries)
      if (form.current) showAgain(form.current, question, entries)
    }
    if (waiting.current.size > 0) void send()
  }, [address, send])

  useEffect(() => {
    if (state !== 'waiting') return
    const again = () => {
      void send()
      if (leaving.current.submitter) void leave()
    }
    const timer = setInterval(again, TRY_AGAIN_MS)
    window.addEventListener('online', again)
    return () => {
      clearInterval(timer)
      window.removeEventListener('online', again)
    }
  }, [state, send, leave])

  const keep = (target: EventTarget) => {
    const name = (target as HTMLInputElement).name
    if (!form.current || !name) return
    const all = new FormData(form.current)
    const question = [...all.keys()]
      .filter((key) => key.startsWith('asked:'))
      .map((key) => key.slice('asked:'.length))
      .find((id) => name === id || name.startsWith(`${id}.`))
    if (!question) return
    const entries: [string, string][] = [
      ['intent', 'answer'],
      ['question', question],
      ['zone', zone],
    ]
    for (const [key, value] of all) {
      if (typeof value === 'string' && (key === question || key.startsWith(`${question}.`))) {
        entries.push([key, value])
      }
    }
    waiting.current.set(question, entries)
    writeUnsent(address, question, entries)
    void send()
  }

  const chosen = (target: EventTarget) =>
    target instanceof HTMLSelectElement ||
    (target instanceof HTMLInputElement && (target.type === 'radio' || target.type === 'checkbox'))

  return {
    form,
    zone,
    state,
    help,
    kept,
    onChange: (event: FormEvent<HTMLFormElement>) => {
      if (chosen(event.target)) keep(event.target)
    },
    onBlur: (event: FocusEvent<HTMLFormElement>) => {
      if (!chosen(event.target) && (event.target as EventTarget as HTMLInputElement).value) keep(event.target)
    },
    onSubmit: (event: FormEvent<HTMLFormElement>) => {
      if (leaving.current.asked) {
        // The form is on its way with everything in it.
        leaving.current = { submitter: null, asked: false }
        return
      }
      event.preventDefault()
      leaving.current = { submitter: (event.nativeEvent as SubmitEvent).submitter, asked: false }
      void leave()
    },
  }
}
