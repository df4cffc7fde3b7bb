import { type Clock, type Instant, toMs } from '../app/platform/time.ts'

/** What is to be done in simulated time: always the earliest next, in the order it was put when times are equal. */
export type Timetable = Clock & {
  at(instant: Instant, task: () => Promise<void>): void
  /** Runs everything due until `end`, moving the clock from task to task. */
  runUntil(end: Instant, onProgress?: (now: Instant, done: number) => void): Promise<void>
}

export function timetable(start: Instant): Timetable {
  type Entry = {
    readonly atMs: number
    readonly order: number
    readonly at: Instant
    readonly task: () => Promise<void>
  }
  const heap: Entry[] = []
  let now = start
  let order = 0
  const before = (a: Entry, b: Entry) => a.atMs - b.atMs || a.order - b.order
  const swap = (i: number, j: number) => {
    const held = heap[i]!
    heap[i] = heap[j]!
    heap[j] = held
  }
  const takeFirst = (): Entry => {
    const first = heap[0]!
    const last = heap.pop()!
    if (heap.length > 0) {
      heap[0] = last
      for (let i = 0; ; ) {
        const left = 2 * i + 1
        if (left >= heap.length) break
        const child = left + 1 < heap.length && before(heap[left + 1]!, heap[left]!) < 0 ? left + 1 : left
        if (before(heap[i]!, heap[child]!) <= 0) break
        swap(i, child)
        i = child
      }
    }
    return first
  }
  return {
    now: () => now,
    at(instant, task) {
      heap.push({ atMs: toMs(instant), order: order++, at: instant, task })
      for (let i = heap.length - 1; i > 0; ) {
        const parent = (i - 1) >> 1
        if (before(heap[parent]!, heap[i]!) <= 0) break
        swap(i, parent)
        i = parent
      }
    },
    async runUntil(end, onProgress) {
      let done = 0
      while (heap.length > 0 && heap[0]!.atMs <= toMs(end)) {
        const next = takeFirst()
        // A task put for a time that has passed is done now: the clock never runs back.
        if (next.at > now) now = next.at
        await next.task()
        done += 1
        onProgress?.(now, done)
      }
      if (end > now) now = end
    },
  }
}
