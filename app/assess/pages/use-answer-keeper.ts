import { type FocusEvent, type FormEvent, useCallback, useEffect, useRef, useState } from 'react'

const TRY_AGAIN_MS = 4_000

type Keeping = 'idle' | 'kept' | 'waiting'

/**
 * With script, sends each answer the moment it is given: choices when chosen, text when the field is left. Without
 * a connection it waits and tries again; the form's own button sends everything anyway.
 *
 * @param address where single answers are posted to
 * @returns handlers for the form, what to say about keeping, and whether an answer asks for help at once
 */
export function useAnswerKeeper(address: string) {
  const form = useRef<HTMLFormElement>(null)
  const waiting = useRef(new Map<string, FormData>())
  const [state, setState] = useState<Keeping>('idle')
  const [help, setHelp] = useState(false)
  const [zone, setZone] = useState('')

  useEffect(() => setZone(Intl.DateTimeFormat().resolvedOptions().timeZone), [])

  const send = useCallback(async () => {
    for (const [question, data] of [...waiting.current]) {
      try {
        const response = await fetch(address, { method: 'POST', body: data })
        if (!response.ok) throw new Error(String(response.status))
        const answer = (await response.json()) as { saved: boolean; help?: boolean }
        // A newer answer to the same question may have come meanwhile.
        if (waiting.current.get(question) === data) waiting.current.delete(question)
        if (answer.saved) setState('kept')
        if (answer.help) setHelp(true)
      } catch {
        setState('waiting')
        return
      }
    }
  }, [address])

  useEffect(() => {
    if (state !== 'waiting') return
    const timer = setInterval(() => void send(), TRY_AGAIN_MS)
    return () => clearInterval(timer)
  }, [state, send])

  const keep = (target: EventTarget) => {
    const name = (target as HTMLInputElement).name
    if (!form.current || !name) return
    const all = new FormData(form.current)
    const question = [...all.keys()]
      .filter((key) => key.startsWith('asked:'))
      .map((key) => key.slice('asked:'.length))
      .find((id) => name === id || name.startsWith(`${id}.`))
    if (!question) return
    const data = new FormData()
    data.set('intent', 'answer')
    data.set('question', question)
    data.set('zone', zone)
    for (const [key, value] of all) {
      if (key === question || key.startsWith(`${question}.`)) data.append(key, value)
    }
    waiting.current.set(question, data)
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
    onChange: (event: FormEvent<HTMLFormElement>) => {
      if (chosen(event.target)) keep(event.target)
    },
    onBlur: (event: FocusEvent<HTMLFormElement>) => {
      if (!chosen(event.target) && (event.target as EventTarget as HTMLInputElement).value) keep(event.target)
    },
  }
}
