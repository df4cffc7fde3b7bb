// A worker thread of `threadRunner`: makes the parts of populations that it is sent, one after the other.
import { parentPort } from 'node:worker_threads'
import type { PopulationJob } from './population-options.ts'
import { populationPart } from './simulate-population.ts'

parentPort?.on(
  'message',
  ({ id, job, from, to }: { id: number; job: PopulationJob; from: number; to: number }) => {
    parentPort?.postMessage({ id, part: populationPart(job, from, to) })
  },
)
