import { type FocusEvent, type FormEvent, useCallback, useEffect, useRef, useState } from 'react'
import { systemClock, toMs } from '../../platform/time.ts'
import { forgetUnsent, readUnsent, type UnsentAnswer, writeUnsent } from './unsent-answers.ts'

const TRY_AGAIN_MS = 4_000
/** A connection that answers nothing for so long is none. */
const GIVE_UP_MS = 15_000
/** Answered by the server itself, without a record: says whether a form sent now would arrive. */
const IS_ANYBODY_THERE = '/healthz'

/**
 * `waiting`: no connection, or the server is away. `refused`: what it belongs to has ended. `unread`: the value could not
 * be read. `newer`: a later answer was kept already.
 */
type Keeping = 'idle' | 'kept' | 'waiting' | 'refused' | 'unread' | 'newer'

/** What came back for one answer. `standing` and `hidden` only for forms that show how they stand. */
type KeptAnswer = {
  readonly saved: boolean
  readonly newer?: boolean
  readonly help?: boolean
  readonly message?: string
  readonly standing?: string
  readonly hidden?: readonly string[]
}

/** Puts an answer that was given before the page was lost back into its fields. */
function showAgain(form: HTMLFormElement, question: string, entries: UnsentAnswer['entries']) {
  for (const [name, value] of entries) {
    if (name !== question && !name.startsWith(`${question}.`)) continue
    for (const field of form.querySelectorAll<HTMLInputElement>(`[name="${CSS.escape(name)}"]`)) {
      if (field.type !== 'radio' && field.type !== 'checkbox') field.value = value
      else if (field.value === value) field.checked = true
    }
  }
}

/** From now on the page has seen what it sent itself. */
function sawKept(form: HTMLFormElement | null, question: string, entries: UnsentAnswer['entries']) {
  const seen = form?.querySelector<HTMLInputElement>(`[name="${CSS.escape(`seen:${question}`)}"]`)
  if (seen) seen.value = entries.find(([name]) => name === question)?.[1] ?? ''
}

/** A request that is given up when nothing comes back. */
function ask(address: string, options: RequestInit): Promise<Response> {
  return fetch(address, { ...options, signal: AbortSignal.timeout(GIVE_UP_MS) })
}

/**
 * With script, sends each answer the moment it is given: choices when chosen, text when the field is left. One is on its
 * way at a time, the newest of each question, so that they arrive in the order they were given. Without a connection, or
 * while the server is away, they wait; what is not sent yet survives a closed tab on this device. The form's own button
 * waits the same way instead of leaving the page for an error.
 *
 * @param address where single answers are posted to
 * @param keepAs names what is answered on this device, so that nobody else's page takes up these answers
 * @returns handlers for the form, what to say about keeping, and what the last kept answer led to
 */
export function useAnswerKeeper(address: string, keepAs: string) {
  const form = useRef<HTMLFormElement>(null)
  const waiting = useRef(new Map<string, UnsentAnswer>())
  const sending = useRef(false)
  const leaving = useRef<{ submitter: HTMLElement | null; wanted: boolean; asked: boolean }>({
    submitter: null,
    wanted: false,
    asked: false,
  })
  const [state, setState] = useState<Keeping>('idle')
  const [help, setHelp] = useState(false)
  const [kept, setKept] = useState<KeptAnswer>()
  const [zone, setZone] = useState('')

  /** @returns false when the answer has to wait */
  const sendOne = useCallback(
    async (question: string, answer: UnsentAnswer): Promise<boolean> => {
      const body = new FormData()
      for (const [key, value] of answer.entries) body.append(key, value)
      body.set('age-ms', String(Math.max(0, toMs(systemClock.now()) - answer.at)))
      let response: Response
      try {
        response = await ask(address, { method: 'POST', body })
      } catch {
        return false
      }
      // Only these two say that waiting will not help; any other failure may mend (a sign-in, a server that comes back).
      if (!response.ok && response.status !== 409 && response.status !== 422) return false
      const said = (await response.json().catch(() => ({ saved: false }))) as KeptAnswer
      // A newer answer to the same question may have come meanwhile.
      if (waiting.current.get(question) === answer) {
        waiting.current.delete(question)
        forgetUnsent(keepAs, question)
      }
      if (said.saved) {
        setKept(said)
        sawKept(form.current, question, answer.entries)
      }
      if (said.help) setHelp(true)
      if (response.status === 409) setState('refused')
      else if (response.status === 422) {
        setState('unread')
        setKept(said)
      } else if (said.newer) setState('newer')
      else if (said.saved) setState('kept')
      return true
    },
    [address, keepAs],
  )

  const send = useCallback(async () => {
    if (sending.current) return
    sending.current = true
    try {
      for (;;) {
        const [next] = waiting.current
        if (!next) return
        if (!(await sendOne(...next))) return setState('waiting')
      }
    } finally {
      sending.current = false
    }
  }, [sendOne])

  const leave = useCallback(async () => {
    const there = await ask(IS_ANYBODY_THERE, { cache: 'no-store' }).then(
      (response) => response.ok,
      () => false,
    )
    if (!there) return setState('waiting')
    const { submitter } = leaving.current
    leaving.current = { submitter, wanted: false, asked: true }
    form.current?.requestSubmit(submitter)
  }, [])

  useEffect(() => {
    setZone(Intl.DateTimeFormat().resolvedOptions().timeZone)
    for (const [question, answer] of readUnsent(keepAs)) {
      waiting.current.set(question, answer)
      if (form.current) showAgain(form.current, question, answer.entries)
    }
    void send()
  }, [keepAs, send])

  useEffect(() => {
    if (state !== 'waiting') return
    const again = () => {
      void send()
      if (leaving.current.wanted) void leave()
    }
    const timer = setInterval(again, TRY_AGAIN_MS)
    window.addEventListener('online', again)
    return () => {
      clearInterval(timer)
      window.removeEventListener('online', again)
    }
  }, [state, send, leave])

  const wait = (question: string, more: readonly (readonly [string, string])[]) => {
    const answer: UnsentAnswer = {
      at: toMs(systemClock.now()),
      entries: [['intent', 'answer'], ['question', question], ['zone', zone], ...more],
    }
    waiting.current.delete(question)
    waiting.current.set(question, answer)
    writeUnsent(keepAs, question, answer)
    void send()
  }

  const keep = (target: EventTarget) => {
    const name = (target as HTMLInputElement).name
    if (!form.current || !name) return
    const all = new FormData(form.current)
    const question = [...all.keys()]
      .filter((key) => key.startsWith('asked:'))
      .map((key) => key.slice('asked:'.length))
      .find((id) => name === id || name.startsWith(`${id}.`))
    if (!question) return
    const own = [...all].filter(
      ([key]) => key === question || key === `seen:${question}` || key.startsWith(`${question}.`),
    )
    wait(
      question,
      own.flatMap(([key, value]) => (typeof value === 'string' ? [[key, value] as const] : [])),
    )
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
    /** Opens a question again: its choice goes, and what was kept of it is taken back. */
    takeBack: (question: string) => {
      for (const field of form.current?.querySelectorAll<HTMLInputElement>(
        `[name="${CSS.escape(question)}"]`,
      ) ?? []) {
        if (field.type === 'radio' || field.type === 'checkbox') field.checked = false
        else field.value = ''
      }
      const seen = form.current?.querySelector<HTMLInputElement>(`[name="${CSS.escape(`seen:${question}`)}"]`)
      wait(question, [['take-back', 'yes'], ...(seen ? [[`seen:${question}`, seen.value] as const] : [])])
    },
    onChange: (event: FormEvent<HTMLFormElement>) => {
      if (chosen(event.target)) keep(event.target)
    },
    onBlur: (event: FocusEvent<HTMLFormElement>) => {
      if (!chosen(event.target) && (event.target as EventTarget as HTMLInputElement).value) keep(event.target)
    },
    onSubmit: (event: FormEvent<HTMLFormElement>) => {
      if (leaving.current.asked) {
        // The form is on its way with everything in it.
        leaving.current = { submitter: null, wanted: false, asked: false }
        return
      }
      event.preventDefault()
      const { submitter } = event.nativeEvent as SubmitEvent
      leaving.current = { submitter, wanted: true, asked: false }
      void leave()
    },
  }
}
