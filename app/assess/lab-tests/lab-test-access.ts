import { action, role, theSystem } from '../../platform/access.ts'

export const readTests = action('assess.read-tests', role('prescriber', 'nurse', 'therapist'))
export const recordTest = action('assess.record-test', role('prescriber', 'nurse'))
/** Told by the house itself when a dose was given. */
export const noteExposure = action('assess.note-ketamine-exposure', theSystem)
