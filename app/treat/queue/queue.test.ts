import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { batchToSend, EMPTY_QUEUE, type Queue, type QueueSignal, queueAfter, waitAfterMs } from './queue.ts'
import type { EntryAnswer, WaitingEntry } from './waiting-entry.ts'

const ME = '018f0000-0000-7000-8000-000000000001'
const entry = (number: number, sessionId = 'a', more: Partial<WaitingEntry> = {}): WaitingEntry => ({
  number,
  account: ME,
  sessionId,
  intent: 'observe',
  fields: [['key', `key-${number}`]],
  writtenMs: number,
  aheadMs: 0,
  ...more,
})
const queued = (...signals: QueueSignal[]) => signals.reduce(queueAfter, EMPTY_QUEUE)
const numbers = (list: readonly WaitingEntry[]) => list.map(({ number }) => number)

/** A server that stores by key, refuses some for good, and answers whatever reaches it. */
function server(refuses: ReadonlySet<string>) {
  const stored: string[] = []
  const take = (batch: readonly WaitingEntry[]): EntryAnswer[] =>
    batch.map(({ number, fields }) => {
      const key = fields[0]![1]
      if (stored.includes(key)) return { number, answer: 'already-stored' }
      if (refuses.has(key)) return { number, answer: 'refused', why: 'no infusion was running' }
      stored.push(key)
      return { number, answer: 'stored' }
    })
  return { stored, take }
}

describe('the queue of a tablet', () => {
  const step = fc.oneof(
    { weight: 4, arbitrary: fc.record({ do: fc.constant('write' as const), to: fc.constantFrom('a', 'b') }) },
    { weight: 4, arbitrary: fc.record({ do: fc.constant('send' as const) }) },
    // The request, or only its answer, never arrives; what was sent is sent again.
    {
      weight: 2,
      arbitrary: fc.record({ do: fc.constantFrom('request-lost' as const, 'answer-lost' as const) }),
    },
    // The network hands the same request over again later, in any order, and its answer comes out of turn.
    { weight: 2, arbitrary: fc.record({ do: fc.constant('repeat' as const), which: fc.nat(30) }) },
    {
      weight: 1,
      arbitrary: fc.record({ do: fc.constantFrom('signed-out' as const, 'tab-killed' as const) }),
    },
  )

  it('leaves every entry stored once or visible as refused, whatever the network does', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), fc.array(fc.nat(30)), (steps, refusing) => {
        const refuses = new Set(refusing.map((number) => `key-${number}`))
        const { stored, take } = server(refuses)
        const sent: (readonly WaitingEntry[])[] = []
        let queue: Queue = EMPTY_QUEUE
        let written = 0
        let nowMs = 0
        const go = (signal: QueueSignal) => {
          queue = queueAfter(queue, signal)
        }
        const send = () => {
          nowMs += 60_000
          const batch = batchToSend(queue, nowMs)
          if (batch.length > 0) sent.push(batch)
          return batch
        }
        for (const one of steps) {
          if (one.do === 'write') {
            written += 1
            go({ signal: 'written', item: entry(written, one.to) })
          } else if (one.do === 'send') {
            go({ signal: 'answered', answers: take(send()) })
          } else if (one.do === 'request-lost') {
            send()
            go({ signal: 'lost', nowMs })
          } else if (one.do === 'answer-lost') {
            take(send())
            go({ signal: 'lost', nowMs })
          } else if (one.do === 'repeat') {
            const again = sent[one.which % Math.max(1, sent.length)]
            if (again) go({ signal: 'answered', answers: take(again) })
          } else if (one.do === 'signed-out') {
            send()
            go({ signal: 'held', why: 'signed-out', nowMs })
          } else {
            // What is on disk is what is left of a killed page.
            const { items } = queue
            queue = queueAfter(EMPTY_QUEUE, { signal: 'kept', items })
          }
        }
        // The network is back: as many sendings as it takes.
        for (let i = 0; i <= written; i++) go({ signal: 'answered', answers: take(send()) })
        const shown = queue.items
          .filter(({ refused }) => refused !== undefined)
          .map(({ fields }) => fields[0]![1])
        expect(new Set(stored).size).toBe(stored.length)
        expect([...stored, ...shown].sort()).toEqual(
          Array.from({ length: written }, (_, i) => `key-${i + 1}`).sort(),
        )
        expect(queue.items.every(({ refused }) => refused !== undefined)).toBe(true)
      }),
    )
  })

  it('sends in the order of writing, one session at a time, and what was refused holds nothing up', () => {
    const queue = queued({
      signal: 'kept',
      items: [entry(3, 'b'), entry(1), entry(2, 'a', { refused: 'why' }), entry(4)],
    })
    expect(numbers(batchToSend(queue, 0))).toEqual([1, 4])
    const next = queueAfter(queue, {
      signal: 'answered',
      answers: [
        { number: 1, answer: 'stored' },
        { number: 4, answer: 'refused', why: 'too fast' },
      ],
    })
    expect(numbers(batchToSend(next, 0))).toEqual([3])
    expect(next.items.map(({ number, refused }) => [number, refused])).toEqual([
      [2, 'why'],
      [3, undefined],
      [4, 'too fast'],
    ])
  })

  it('waits longer after each loss and never longer than fifteen seconds; a network that is back is used at once', () => {
    expect([1, 2, 3, 4, 5, 9].map(waitAfterMs)).toEqual([1000, 2000, 4000, 8000, 15000, 15000])
    const lost = queued({ signal: 'written', item: entry(1) }, { signal: 'lost', nowMs: 50_000 })
    expect(batchToSend(lost, 50_999)).toEqual([])
    expect(numbers(batchToSend(lost, 51_000))).toEqual([1])
    expect(numbers(batchToSend(queueAfter(lost, { signal: 'try-now' }), 50_001))).toEqual([1])
  })

  it('is not put off for hours by a clock that was set back', () => {
    const lost = queued({ signal: 'written', item: entry(1) }, { signal: 'lost', nowMs: 7_200_000 })
    expect(numbers(batchToSend(lost, 0))).toEqual([1])
  })

  it('keeps everything while nobody is signed in, and says why', () => {
    const held = queued(
      { signal: 'written', item: entry(1) },
      { signal: 'held', why: 'signed-out', nowMs: 0 },
    )
    expect([held.held, numbers(held.items)]).toEqual(['signed-out', [1]])
    expect(batchToSend(held, 1_000)).toEqual([])
  })

  it('sends a refused entry again only when somebody says so, with what they changed; or it is set aside', () => {
    const refused = queued({ signal: 'kept', items: [entry(1, 'a', { refused: 'no infusion' }), entry(2)] })
    const again = queueAfter(refused, { signal: 'sent-again', number: 1, fields: [['time', '14:05']] })
    expect(batchToSend(again, 0).map(({ fields }) => fields)).toEqual([
      [['time', '14:05']],
      [['key', 'key-2']],
    ])
    expect(numbers(queueAfter(refused, { signal: 'set-aside', number: 1 }).items)).toEqual([2])
  })
})
