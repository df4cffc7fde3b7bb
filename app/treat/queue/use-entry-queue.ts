import { type SubmitEvent, useCallback, useEffect, useMemo, useReducer, useRef, useState } from 'react'
import { type FormAnswer, typedValues } from '../../platform/form.ts'
import { systemIds } from '../../platform/ids.ts'
import { type Instant, instantFromMs, systemClock } from '../../platform/time.ts'
import type { EntryContext } from '../session/bedside-entry.ts'
import type { SessionEvent } from '../session/session-event.ts'
import { judgeForm, type KnownSession, NEEDS_NETWORK, withWaiting } from './judge-form.ts'
import { joinLogs } from './known-log.ts'
import { keepThisPage, keptMark, waitingCookie } from './offline-worker.ts'
import { notBeforeNewest } from './page-clock.ts'
import { batchToSend, EMPTY_QUEUE, type Queue, queueAfter } from './queue.ts'
import { sendEntries } from './send-entries.ts'
import { openTabletStore, type TabletStore } from './tablet-store.ts'
import { emptied, usePlainForms } from './use-plain-forms.ts'
import {
  canWait,
  formOf,
  type TypedEntry,
  type WaitingEntry,
  withNewKeys,
  writtenAt,
} from './waiting-entry.ts'

/** What the page knows by itself, before anything that waits. */
export type PageOfSession = {
  readonly sessionId: string
  readonly me: string
  readonly timeZone: string
  /** As the page and the live line tell it. */
  readonly events: readonly SessionEvent[]
  readonly context: EntryContext
  /** The server's time as the live line tells it. */
  readonly nowMs: number
  readonly live: boolean
  /** The entry that is being corrected, by the page's address. */
  readonly correcting: string | undefined
  /** Asks the server for the page anew, and ends once it is there. */
  readonly askAgain: () => Promise<unknown>
}

/** What waits on this tablet, and the page's log with it. */
export type EntryQueue = {
  readonly events: readonly SessionEvent[]
  /** The server's time, also while the line is down. */
  readonly nowMs: number
  /** Events that only this tablet has, with when they were written by the server's clock. */
  readonly waiting: ReadonlyMap<string, Instant>
  readonly items: readonly WaitingEntry[]
  readonly held: Queue['held']
  /** How many entries of other accounts wait on this tablet. */
  readonly ofOthers: number
  /** The tablet cannot keep anything: forms go straight to the server. */
  readonly unusable: boolean
  /** When the page was kept that is shown because the server could not be reached; by the server's clock. */
  readonly kept: { readonly at: Instant; readonly unsent: boolean } | undefined
  /** The intent of the form that was answered last. */
  readonly intent: string | undefined
  /** How a form sent without leaving the page was answered. */
  readonly answer: FormAnswer | undefined
  readonly done: string | undefined
  /** The entry that is being corrected, until it is. */
  readonly correcting: string | undefined
  /** Counts forms that were taken or came back, for parts that begin anew after each. */
  readonly turns: number
  /** The same of readings alone. */
  readonly readingTurns: number
  /** Counts what the server took since the page was opened: then it knows more than the page. */
  readonly taken: number
  readonly onSubmit: (event: SubmitEvent<HTMLElement>) => void
  readonly atOf: (entry: TypedEntry) => Instant
  readonly sendAgain: (item: WaitingEntry, change: Readonly<Record<string, string>>) => void
  readonly setAside: (item: WaitingEntry, note: TypedEntry | undefined) => void
}

const wallMs = () => Date.parse(systemClock.now())

/** A second tap this soon is the finger of the first. */
const SAME_TAP_MS = 700
const ASK_MS = 1_000

/**
 * Every form that only adds to the log goes into the tablet's own storage first, is shown at once, and is sent in order
 * until the server has answered. All decisions are in `queue.ts` and `judge-form.ts`; this owns storage, line and clock.
 */
export function useEntryQueue(page: PageOfSession): EntryQueue {
  const [queue, signal] = useReducer(queueAfter, EMPTY_QUEUE)
  const [said, setSaid] = useState<{
    intent?: string
    answer?: FormAnswer
    done?: string
    turns: number
    readings: number
  }>({ turns: 0, readings: 0 })
  const [unusable, setUnusable] = useState(false)
  const [ofOthers, setOfOthers] = useState(0)
  const [taken, setTaken] = useState(0)
  const [kept, setKept] = useState<EntryQueue['kept']>()
  const [correcting, setCorrecting] = useState(page.correcting)
  /** What this tablet knows beside the page: what it sent, and the log that it kept. */
  const [known, setKnown] = useState<readonly SessionEvent[]>([])
  const opened = useRef<Promise<TabletStore | undefined>>(undefined)
  const ahead = useRef<number | undefined>(undefined)
  const line = useRef<Promise<unknown>>(Promise.resolve())
  const channel = useRef<BroadcastChannel>(undefined)
  const ticked = useRef<number | undefined>(undefined)
  const lastTap = useRef<{ form: HTMLFormElement; at: number }>(undefined)

  // While the line is down (and after the tablet slept) the tablet's own clock goes on, without what it is ahead.
  // Taken as the page's clock ticks and not between: until its next tick that clock only seems to fall behind.
  if (page.live && ticked.current !== page.nowMs) ahead.current = Math.round(wallMs() - page.nowMs)
  ticked.current = page.live ? page.nowMs : undefined
  const clockMs = page.live || ahead.current === undefined ? page.nowMs : wallMs() - ahead.current
  const atOf = useCallback(
    (entry: TypedEntry) => writtenAt(entry, entry.aheadMs ?? ahead.current ?? 0, instantFromMs(8e15)),
    [],
  )

  const told = useMemo(() => joinLogs(page.events, known), [page.events, known])
  const items = useMemo(
    () => queue.items.filter(({ sessionId }) => sessionId === page.sessionId),
    [queue.items, page.sessionId],
  )
  const base: KnownSession = { events: told, context: page.context, timeZone: page.timeZone, me: page.me }
  const stays = useRef(base)
  const sameContext = JSON.stringify(page.context)
  // biome-ignore lint/correctness/useExhaustiveDependencies: the context is compared by what it says
  const shown = useMemo(() => {
    const open = items.filter(({ refused }) => refused === undefined)
    const { events, shown } = withWaiting(base, open, atOf)
    const byNumber = new Map(open.map((item) => [item.number, atOf(item)]))
    return {
      events,
      waiting: new Map([...shown].map(([id, number]) => [id, byNumber.get(number)!] as const)),
    }
  }, [told, items, sameContext, atOf])
  const nowMs = notBeforeNewest(shown.events, clockMs)
  const now = useRef({ page, shown, queue, nowMs })
  now.current = { page, shown, queue, nowMs }
  stays.current = { ...base, events: shown.events }

  const reread = useCallback(async (store: TabletStore) => {
    const all = await store.items()
    const own = all.filter(({ account }) => account === now.current.page.me)
    setOfOthers(all.length - own.length)
    // biome-ignore lint/suspicious/noDocumentCookie: signing out reads it, and the cookie store is not everywhere
    globalThis.document.cookie = waitingCookie(all.length > 0, globalThis.location.protocol === 'https:')
    signal({ signal: 'kept', items: own })
    return own
  }, [])

  /** Sends what waits, by one page of this tablet at a time. */
  const pump = useCallback(async () => {
    const store = await opened.current
    if (!store || batchToSend(now.current.queue, wallMs()).length === 0) return
    const { me } = now.current.page
    await alone(async () => {
      const own = await reread(store)
      const batch = batchToSend({ ...now.current.queue, items: own }, wallMs())
      if (batch.length === 0) return
      const sent = await sendEntries(store.tablet, me, batch, wallMs())
      if ('lost' in sent) return signal({ signal: 'lost', nowMs: wallMs() })
      if ('held' in sent) return signal({ signal: 'held', why: sent.held, nowMs: wallMs() })
      const stored = sent.answers.filter(({ answer }) => answer !== 'refused').map(({ number }) => number)
      const { shown, page } = now.current
      const ids = new Set(batch.filter(({ number }) => stored.includes(number)).flatMap(keysOf))
      const confirmed = shown.events.filter(({ id }) => ids.has(id))
      await store.takeAnswers(sent.answers)
      if (batch[0]?.sessionId === page.sessionId) {
        setKnown((before) => joinLogs(before, confirmed))
        setTaken((count) => count + stored.length)
      }
      signal({ signal: 'answered', answers: sent.answers })
      await reread(store)
      channel.current?.postMessage('changed')
    })
  }, [reread])

  // Opened once: the storage, what it holds of this session, and the worker that keeps the page.
  useEffect(() => {
    const { page } = now.current
    const mark = keptMark()
    ahead.current ??= mark ? undefined : Math.round(wallMs() - page.nowMs)
    opened.current ??= openTabletStore(wallMs()).catch(() => {
      setUnusable(true)
      return undefined
    })
    void opened.current.then(async (store) => {
      if (mark) {
        // Without storage: what the page said of the time when it was kept.
        ahead.current ??= store?.aheadMs ?? Math.round(mark.keptMs - page.nowMs)
        setKept({ at: instantFromMs(mark.keptMs - ahead.current), unsent: mark.unsent })
        setCorrecting(new URLSearchParams(globalThis.location.search).get('correct') ?? undefined)
        const log = await store?.keptLog(page.me, page.sessionId)
        if (log) setKnown((before) => joinLogs(before, log.events))
      }
      if (!store) return
      await reread(store)
      void pump()
    })
    if (!mark) void keepThisPage(page.me)
    if ('BroadcastChannel' in globalThis) {
      channel.current = new BroadcastChannel('evenkeel-bedside')
      channel.current.onmessage = () => void opened.current?.then((store) => store && reread(store))
    }
    const online = () => {
      signal({ signal: 'try-now' })
      setTimeout(pump, 0)
    }
    globalThis.addEventListener('online', online)
    const timer = setInterval(pump, ASK_MS)
    return () => {
      clearInterval(timer)
      globalThis.removeEventListener('online', online)
      channel.current?.close()
    }
  }, [pump, reread])

  // A line that is back is a server that is back.
  const { live } = page
  useEffect(() => {
    if (!live) return
    setKept(undefined)
    signal({ signal: 'try-now' })
    void opened.current?.then((store) =>
      ahead.current === undefined ? undefined : store?.keepClock(ahead.current),
    )
  }, [live])

  // The log as it stands, for a reload without a network.
  const { me, sessionId } = page
  useEffect(() => {
    const timer = setTimeout(() => {
      const log = { account: me, sessionId, events: told, savedMs: wallMs() }
      void opened.current?.then((store) => store?.keepLog(log)).catch(() => undefined)
    }, 300)
    return () => clearTimeout(timer)
  }, [told, me, sessionId])

  const turn = (intent: string, next: { answer?: FormAnswer; done?: string }) =>
    setSaid(({ turns, readings }) => ({
      ...next,
      intent,
      turns: turns + 1,
      readings: readings + (intent === 'reading' ? 1 : 0),
    }))

  const postPlainly = usePlainForms(`/work/sessions/${sessionId}`, page.askAgain, ({ intent, ...next }) =>
    turn(intent, next),
  )
  /** A form that cannot wait here: sent where it stands, once it is certain that the server is there. */
  const sendPlainly = async (form: HTMLFormElement, given: FormData) => {
    // A browser that knows it is offline sends nothing, also while a line that was open before still speaks.
    const mayReach = globalThis.navigator.onLine && (live || (await serverIsThere()))
    if (mayReach) return postPlainly(form, given)
    const intent = String(given.get('intent') ?? '')
    turn(intent, {
      answer: { errors: { form: canWait(intent) ? ON_PAPER : NEEDS_NETWORK }, values: typedValues(given) },
    })
  }

  const write = async (form: HTMLFormElement, typed: Pick<TypedEntry, 'intent' | 'fields'>) => {
    const writtenMs = wallMs()
    const entry: TypedEntry = { ...typed, writtenMs, aheadMs: ahead.current ?? null }
    const judged = judgeForm(typed, stays.current, atOf(entry))
    if (!judged.ok) {
      // What was set right may be sent at once; what is asked about is not confirmed by the finger that asked.
      const { confirmed, sure } = judged.answer.values
      if (confirmed === undefined && sure === undefined) lastTap.current = undefined
      return turn(typed.intent, { answer: judged.answer })
    }
    try {
      const store = await opened.current
      if (!store) throw new Error('no storage')
      const item = await store.add({ ...entry, account: me, sessionId })
      await reread(store)
      signal({ signal: 'written', item })
    } catch {
      setUnusable(true)
      return sendPlainly(form, formOf(typed))
    }
    channel.current?.postMessage('changed')
    turn(typed.intent, { done: judged.done })
    if (typed.intent.startsWith('correct-')) setCorrecting(undefined)
    emptied(form)
    signal({ signal: 'try-now' })
    setTimeout(pump, 0)
  }

  /** One after the other; a storage that fails once is said to be unusable and never keeps the next entry from its turn. */
  const inTurn = (work: () => Promise<void>) => {
    line.current = line.current.then(work).catch(() => setUnusable(true))
  }

  const onSubmit = (event: SubmitEvent<HTMLElement>) => {
    const form = event.target as HTMLFormElement
    const address = new URL(form.action, globalThis.location.href)
    const plain = form.method !== 'post' || address.pathname !== globalThis.location.pathname
    if (event.defaultPrevented || plain) return
    const given = new FormData(form, (event.nativeEvent as unknown as globalThis.SubmitEvent).submitter)
    const intent = String(given.get('intent') ?? '')
    if (intent === 'light') return
    event.preventDefault()
    if (!canWait(intent) || (unusable && live)) {
      void sendPlainly(form, given)
      return
    }
    const { current: last } = lastTap
    if (last?.form === form && event.timeStamp - last.at < SAME_TAP_MS) return
    lastTap.current = { form, at: event.timeStamp }
    const fields = [...given].filter((field): field is [string, string] => typeof field[1] === 'string')
    const typed = { intent, fields: withNewKeys(fields, () => systemIds.next<string>()) }
    inTurn(() => write(form, typed))
  }

  const decide = (work: (store: TabletStore) => Promise<void>) => {
    inTurn(async () => {
      const store = await opened.current
      if (!store) return
      await work(store)
      await reread(store)
      channel.current?.postMessage('changed')
      signal({ signal: 'try-now' })
      setTimeout(pump, 0)
    })
  }
  return {
    ...shown,
    nowMs,
    items,
    held: queue.held,
    ofOthers,
    unusable,
    kept,
    intent: said.intent,
    answer: said.answer,
    done: said.done,
    turns: said.turns,
    readingTurns: said.readings,
    taken,
    correcting,
    onSubmit,
    atOf,
    sendAgain: (item, change) =>
      decide((store) =>
        store.sendAgain(
          item.number,
          withNewKeys(item.fields, () => systemIds.next<string>(), change),
        ),
      ),
    setAside: (item, note) =>
      decide((store) => store.setAside(item.number, note && { ...note, account: me, sessionId })),
  }
}

/** The ids of the events that an entry becomes. */
function keysOf({ fields }: WaitingEntry): string[] {
  return fields.flatMap(([name, value]) => (/^key(-|$)/.test(name) ? [value] : []))
}

/**
 * One page of this tablet sends at a time, where the browser has locks. Where it has none two pages may send the same
 * entry: its id makes that one entry all the same.
 */
async function alone(work: () => Promise<void>): Promise<void> {
  const { locks } = globalThis.navigator
  if (!locks) return work()
  await locks.request('evenkeel-bedside-send', { ifAvailable: true }, (lock) => (lock ? work() : undefined))
}

const ON_PAPER =
  'Not recorded: there is no network, and this tablet cannot keep it. Write it on paper and enter it later.'

async function serverIsThere(): Promise<boolean> {
  try {
    return (await fetch('/healthz', { signal: AbortSignal.timeout(4_000) })).ok
  } catch {
    return false
  }
}
