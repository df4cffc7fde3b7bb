/** How many questions of one account are held: one that is worked out, one that waits. */
const MOST_OF_ONE = 2

type Waiting = { readonly start: () => void }

/**
 * Lets questions be worked out one after the other, in the order they came: a core that shares its time between two
 * finishes both later. An account has one under way and one waiting; a third is told, and takes nobody's place.
 * Kept in the memory of the process: a second process has a line of its own.
 *
 * @example const line = oneAtATime(); await line(account, request.signal, () => workOut(question))
 * @returns what `work` gives; `'too-many'` at once for an account that has one waiting already; `'gone'` when the signal was
 * aborted before its turn came
 */
export function oneAtATime() {
  const held = new Map<string, number>()
  const line: Waiting[] = []
  let busy = false

  const next = () => {
    const first = line.shift()
    busy = first !== undefined
    first?.start()
  }

  return async <Value>(
    account: string,
    signal: AbortSignal,
    work: () => Promise<Value>,
  ): Promise<Value | 'too-many' | 'gone'> => {
    const own = held.get(account) ?? 0
    if (own >= MOST_OF_ONE) return 'too-many'
    held.set(account, own + 1)
    try {
      if (busy && !(await turn(signal))) return 'gone'
      busy = true
      try {
        return await work()
      } finally {
        next()
      }
    } finally {
      const left = held.get(account)! - 1
      if (left > 0) held.set(account, left)
      else held.delete(account)
    }
  }

  /** Whether the turn came; who goes away leaves the line. */
  function turn(signal: AbortSignal): Promise<boolean> {
    if (signal.aborted) return Promise.resolve(false)
    return new Promise((resolve) => {
      const waiting: Waiting = {
        start: () => {
          signal.removeEventListener('abort', leave)
          resolve(true)
        },
      }
      const leave = () => {
        line.splice(line.indexOf(waiting), 1)
        resolve(false)
      }
      signal.addEventListener('abort', leave, { once: true })
      line.push(waiting)
    })
  }
}
