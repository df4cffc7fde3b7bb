import { action, role } from '../../platform/access.ts'

export const readWorkUp = action('assess.read-work-up', role('prescriber', 'nurse', 'therapist'))
export const listWorkUps = action('assess.list-work-ups', role('prescriber', 'nurse', 'therapist'))
export const recordWorkUp = action('assess.record-work-up', role('prescriber', 'nurse'))
