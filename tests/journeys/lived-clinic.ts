import { inject } from 'vitest'
import { type ClinicProcess, copyFolder, startClinic } from './clinic-process.ts'

/**
 * A demonstration clinic of a journey's own at the hour of the shared one. The two years behind it were lived once, for
 * all journeys, and are copied: what this one changes nobody else sees.
 *
 * @param folder an empty folder, which the journey takes away again
 */
export function startLivedClinic(folder: string): Promise<ClinicProcess> {
  copyFolder(inject('livedFolder'), folder)
  return startClinic(folder, { EVENKEEL_DEMO_CLOCK: inject('clinicClock') })
}
