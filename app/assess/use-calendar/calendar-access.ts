import { action, role } from '../../platform/access.ts'

export const readOwnCalendar = action('assess.read-own-calendar', role('patient'))
export const readCalendar = action('assess.read-calendar', role('prescriber', 'nurse', 'therapist'))
/** The person for themselves, or somebody of the staff together with the person. */
export const tellDays = action('assess.tell-days', role('patient', 'prescriber', 'nurse', 'therapist'))
export const keepFigures = action('assess.keep-figures', role('prescriber', 'nurse', 'therapist'))
