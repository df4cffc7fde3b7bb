import { action, role } from '../../platform/access.ts'

export const readMedicines = action('assess.read-medicines', role('prescriber', 'nurse', 'therapist'))
export const recordMedicine = action('assess.record-medicine', role('prescriber', 'nurse'))
/** A red interaction set aside for one day, by name and reason. */
export const overrideInteraction = action('assess.override-interaction', role('prescriber'))
