import { DAY_MS, systemClock, toMs } from '../../platform/time.ts'

/**
 * Answers that were given and not sent yet, kept on this device until they are: a closed tab or an empty battery during
 * a minute without connection loses nothing. Each is kept under the id of what it answers, which only that person's own
 * pages know, so that whoever signs in next on the same device neither sees nor sends them; for a day at most, and
 * forgotten the moment the server has them. Signing out clears the device's storage.
 */
export type UnsentAnswer = {
  /** When it was given by this device's clock, in ms. */
  readonly at: number
  readonly entries: readonly (readonly [string, string])[]
}

const PREFIX = 'evenkeel-unsent '

/** Storage may be full or switched off: then the answer waits in the page alone. */
function attempt<Value>(work: (storage: Storage) => Value): Value | undefined {
  try {
    return work(window.localStorage)
  } catch {
    return undefined
  }
}

const keyOf = (keepAs: string, question: string) => `${PREFIX}${keepAs} ${question}`

export function writeUnsent(keepAs: string, question: string, answer: UnsentAnswer): void {
  attempt((storage) => storage.setItem(keyOf(keepAs, question), JSON.stringify(answer)))
}

export function forgetUnsent(keepAs: string, question: string): void {
  attempt((storage) => storage.removeItem(keyOf(keepAs, question)))
}

/** What still waits for this flow. What is too old, or cannot be read, is forgotten. */
export function readUnsent(keepAs: string): readonly (readonly [string, UnsentAnswer])[] {
  const now = toMs(systemClock.now())
  const keys = attempt((storage) => Object.keys(storage).filter((key) => key.startsWith(PREFIX))) ?? []
  return keys.flatMap((key): (readonly [string, UnsentAnswer])[] => {
    const answer = attempt((storage) => JSON.parse(storage.getItem(key) ?? 'null') as UnsentAnswer | null)
    if (!answer || !Array.isArray(answer.entries) || !(now - answer.at < DAY_MS)) {
      attempt((storage) => storage.removeItem(key))
      return []
    }
    const own = `${PREFIX}${keepAs} `
    return key.startsWith(own) ? [[key.slice(own.length), answer]] : []
  })
}
