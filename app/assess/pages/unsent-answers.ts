import { DAY_MS, systemClock, toMs } from '../../platform/time.ts'

/**
 * Answers that were given and not sent yet, kept on this device until they are: a closed tab or an empty battery during
 * a minute without connection loses nothing. Kept per address (which carries the person's own link), for a day at most,
 * and forgotten the moment the server has them, since somebody else may use the device next.
 */
export type UnsentAnswer = readonly (readonly [string, string])[]

const KEPT_MS = DAY_MS
const PREFIX = 'evenkeel-unsent '

type Stored = { readonly at: number; readonly entries: UnsentAnswer }

/** Storage may be full or switched off: then the answer waits in the page alone. */
function attempt<Value>(work: (storage: Storage) => Value): Value | undefined {
  try {
    return work(window.localStorage)
  } catch {
    return undefined
  }
}

const keyOf = (address: string, question: string) => `${PREFIX}${address} ${question}`

export function writeUnsent(address: string, question: string, entries: UnsentAnswer): void {
  const stored: Stored = { at: toMs(systemClock.now()), entries }
  attempt((storage) => storage.setItem(keyOf(address, question), JSON.stringify(stored)))
}

export function forgetUnsent(address: string, question: string): void {
  attempt((storage) => storage.removeItem(keyOf(address, question)))
}

/** What still waits for this address. What is too old, or not ours, is forgotten. */
export function readUnsent(address: string): readonly (readonly [string, UnsentAnswer])[] {
  return (
    attempt((storage) => {
      const found: [string, UnsentAnswer][] = []
      const now = toMs(systemClock.now())
      for (const key of Object.keys(storage).filter((one) => one.startsWith(PREFIX))) {
        const stored = JSON.parse(storage.getItem(key) ?? 'null') as Stored | null
        if (!stored || !(now - stored.at < KEPT_MS)) storage.removeItem(key)
        else if (key.startsWith(`${PREFIX}${address} `)) {
          found.push([key.slice(`${PREFIX}${address} `.length), stored.entries])
        }
      }
      return found
    }) ?? []
  )
}
