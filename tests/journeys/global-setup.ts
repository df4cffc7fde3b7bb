import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { buildIfChanged } from '../../scripts/build.ts'
import { startClinic } from './clinic-process.ts'

declare module 'vitest' {
  export interface ProvidedContext {
    clinicUrl: string
    /** What the clinic's clock showed as it opened. */
    clinicClock: string
  }
}

/** One demonstration clinic, as a visitor would find it after `npm start`, for all journeys. */
export default async function setup(project: TestProject) {
  await buildIfChanged()
  const folder = mkdtempSync(join(tmpdir(), 'evenkeel-journey-'))
  chmodSync(folder, 0o755)
  // A Tuesday at noon: a day with visits, whatever day and hour the tests run.
  const clock = '2026-11-24T17:00:00Z'
  const clinic = await startClinic(folder, { EVENKEEL_DEMO_CLOCK: clock })
  project.provide('clinicClock', clock)
  project.provide('clinicUrl', clinic.url)
  return async () => {
    await clinic.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}
