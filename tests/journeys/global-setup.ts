import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { buildIfChanged } from '../../scripts/build.ts'
import { copyFolder, startClinic } from './clinic-process.ts'

declare module 'vitest' {
  export interface ProvidedContext {
    clinicUrl: string
    /** What the clinic's clock showed as it opened. */
    clinicClock: string
    /** The folder of that clinic as it was before anybody opened it. */
    livedFolder: string
  }
}

/** One demonstration clinic, as a visitor would find it after `npm start`, for all journeys. */
export default async function setup(project: TestProject) {
  await buildIfChanged()
  const folders = ['lived', 'shared'].map((name) => {
    const folder = mkdtempSync(join(tmpdir(), `evenkeel-journey-${name}-`))
    chmodSync(folder, 0o755)
    return folder
  })
  const [livedFolder, folder] = folders as [string, string]
  // A Tuesday at noon: a day with visits, whatever day and hour the tests run.
  const clock = '2026-11-24T17:00:00Z'
  // Its two years are lived once; every journey that needs a clinic of its own begins with a copy.
  await (await startClinic(livedFolder, { EVENKEEL_DEMO_CLOCK: clock })).stop()
  copyFolder(livedFolder, folder)
  const clinic = await startClinic(folder, { EVENKEEL_DEMO_CLOCK: clock })
  project.provide('clinicClock', clock)
  project.provide('clinicUrl', clinic.url)
  project.provide('livedFolder', livedFolder)
  return async () => {
    await clinic.stop()
    for (const each of folders) rmSync(each, { recursive: true, force: true })
  }
}
