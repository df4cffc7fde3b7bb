import { action, role, theSystem } from '../../platform/access.ts'

/** Forms as the clinic asks them: whose wording, how they are scored. Nobody's answers. */
export const readInstruments = action(
  'assess.read-instruments',
  role('manager', 'prescriber', 'nurse', 'therapist'),
)
export const importEditionAction = action('assess.import-edition', role('manager'), theSystem)
export const chooseEditionAction = action('assess.choose-edition', role('manager'), theSystem)
