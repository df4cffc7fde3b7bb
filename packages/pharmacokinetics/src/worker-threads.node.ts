import { Worker } from 'node:worker_threads'
import type { Refusal } from './refusal.ts'
import type { PartRunner, PopulationPart } from './simulate-population.ts'

export type ThreadRunner = AsyncDisposable & { readonly run: PartRunner }

/**
 * A runner of `simulatePopulationInParts` on Node's worker threads. Dispose of it to end them; a thread that dies
 * rejects what was under way on it.
 *
 * @param threads how many; at most the cores you want to give away
 */
export function threadRunner(threads: number): ThreadRunner {
  if (!Number.isSafeInteger(threads) || threads < 1) throw new RangeError(`threads ${threads}: at least one`)
  type Waiting = { resolve: (part: PopulationPart | Refusal) => void; reject: (error: unknown) => void }
  const workers = Array.from({ length: threads }, () => {
    const worker = new Worker(new URL('./population-worker.node.ts', import.meta.url))
    const waiting = new Map<number, Waiting>()
    worker.on('message', ({ id, part }: { id: number; part: PopulationPart | Refusal }) => {
      waiting.get(id)?.resolve(part)
      waiting.delete(id)
    })
    const fail = (error: unknown) => {
      for (const { reject } of waiting.values()) reject(error)
      waiting.clear()
    }
    worker.on('error', fail)
    worker.on('exit', (code) => fail(new Error(`a population thread ended with ${code}`)))
    return { worker, waiting }
  })
  let next = 0
  return {
    run: (job, from, to) => {
      const id = next
      next += 1
      const { worker, waiting } = workers[id % threads]!
      return new Promise((resolve, reject) => {
        waiting.set(id, { resolve, reject })
        worker.postMessage({ id, job, from, to })
      })
    },
    async [Symbol.asyncDispose]() {
      await Promise.all(workers.map(({ worker }) => worker.terminate()))
    },
  }
}
