import { systemIds } from '../../platform/ids.ts'
import { HOUR_MS } from '../../platform/time.ts'
import type { SessionEvent } from '../session/session-event.ts'
import { afterAnswer } from './queue.ts'
import type { EntryAnswer, TypedEntry, WaitingEntry } from './waiting-entry.ts'

/** The log of a session as a page of this tablet knew it last, so that a reload without a network begins there. */
type KeptLog = {
  readonly account: string
  readonly sessionId: string
  readonly events: readonly SessionEvent[]
  readonly savedMs: number
}

/** What one tablet keeps, in IndexedDB. Each promise is kept only once the browser says that it is on disk. */
export type TabletStore = {
  /** The tablet's own name, made up when it kept something for the first time. */
  readonly tablet: string
  /** How far its clock was ahead of the server's when a page of it knew last; undefined before that. */
  readonly aheadMs: number | undefined
  /** Keeps an entry and gives it its number. @throws DOMException when there is no room or no permission */
  add(entry: Omit<WaitingEntry, 'number'>): Promise<WaitingEntry>
  /** Everything that waits, of every account and session, by number. */
  items(): Promise<WaitingEntry[]>
  takeAnswers(answers: readonly EntryAnswer[]): Promise<void>
  sendAgain(number: number, fields: TypedEntry['fields']): Promise<void>
  /** Takes a refused entry away, and keeps the note about it in the same step. */
  setAside(number: number, note: Omit<WaitingEntry, 'number'> | undefined): Promise<void>
  keepClock(aheadMs: number): Promise<void>
  keepLog(log: KeptLog): Promise<void>
  keptLog(account: string, sessionId: string): Promise<KeptLog | undefined>
}

const NAME = 'evenkeel-bedside'
const ENTRIES = 'entries'
const TABLET = 'tablet'
const LOGS = 'logs'
/** A log is kept for a shift; what waits to be sent is kept until it is sent. */
const LOG_KEPT_MS = 12 * HOUR_MS

/**
 * Opens what this tablet keeps.
 *
 * @param nowMs the tablet's clock; logs kept longer than twelve hours ago are taken away
 * @throws DOMException or Error where the browser has no storage for us
 */
export async function openTabletStore(nowMs: number): Promise<TabletStore> {
  const opening = globalThis.indexedDB.open(NAME, 1)
  opening.onupgradeneeded = () => {
    const db = opening.result
    db.createObjectStore(ENTRIES, { keyPath: 'number', autoIncrement: true })
    db.createObjectStore(TABLET, { keyPath: 'what' })
    db.createObjectStore(LOGS, { keyPath: ['account', 'sessionId'] })
  }
  const db = await answered(opening)
  const write = async <Value>(store: string, work: (store: IDBObjectStore) => Promise<Value>) => {
    const transaction = db.transaction(store, 'readwrite', { durability: 'strict' })
    const ended = onDisk(transaction)
    const value = await work(transaction.objectStore(store))
    await ended
    return value
  }
  const read = <Value>(store: string, ask: (store: IDBObjectStore) => IDBRequest<Value>) =>
    answered(ask(db.transaction(store, 'readonly').objectStore(store)))

  const { tablet, aheadMs } = await write(TABLET, async (store) => {
    const kept = await answered(store.get('itself'))
    if (kept) return kept as { tablet: string; aheadMs?: number }
    const made = { what: 'itself', tablet: systemIds.next<string>() as string }
    await answered(store.put(made))
    return { ...made, aheadMs: undefined }
  })
  await write(LOGS, async (store) => {
    for (const log of (await answered(store.getAll())) as KeptLog[]) {
      if (Math.abs(nowMs - log.savedMs) > LOG_KEPT_MS) store.delete([log.account, log.sessionId])
    }
  })
  const changed = (number: number, work: (store: IDBObjectStore, item: WaitingEntry) => void) =>
    write(ENTRIES, async (store) => {
      const item = (await answered(store.get(number))) as WaitingEntry | undefined
      if (item) work(store, item)
    })
  return {
    tablet,
    aheadMs,
    add: (entry) =>
      write(ENTRIES, async (store) => {
        const number = Number(await answered(store.add(entry)))
        return { ...entry, number }
      }),
    items: () => read(ENTRIES, (store) => store.getAll() as IDBRequest<WaitingEntry[]>),
    takeAnswers: (answers) =>
      write(ENTRIES, async (store) => {
        for (const { number } of answers) {
          const item = (await answered(store.get(number))) as WaitingEntry | undefined
          const [left] = item ? afterAnswer(item, answers) : []
          if (left) store.put(left)
          else store.delete(number)
        }
      }),
    sendAgain: (number, fields) =>
      changed(number, (store, { refused: _, ...item }) => store.put({ ...item, fields })),
    setAside: (number, note) =>
      changed(number, (store) => {
        store.delete(number)
        if (note) store.add(note)
      }),
    keepClock: (ahead) =>
      write(TABLET, async (store) => {
        await answered(store.put({ what: 'itself', tablet, aheadMs: ahead }))
      }),
    keepLog: (log) =>
      write(LOGS, async (store) => {
        await answered(store.put(log))
      }),
    keptLog: (account, sessionId) =>
      read(LOGS, (store) => store.get([account, sessionId]) as IDBRequest<KeptLog | undefined>),
  }
}

function answered<Value>(request: IDBRequest<Value>): Promise<Value> {
  return new Promise((done, fail) => {
    request.onsuccess = () => done(request.result)
    request.onerror = () => fail(request.error)
    if (request instanceof IDBOpenDBRequest) request.onblocked = () => fail(new Error('storage is blocked'))
  })
}

function onDisk(transaction: IDBTransaction): Promise<void> {
  return new Promise((done, fail) => {
    transaction.oncomplete = () => done()
    transaction.onabort = () => fail(transaction.error ?? new Error('not kept'))
    transaction.onerror = () => fail(transaction.error ?? new Error('not kept'))
  })
}
