import { action, role } from '../../platform/access.ts'

/** Results are for those who treat; what they mean is decided with the person, not from a list. */
export const readResults = action('assess.read-results', role('prescriber', 'nurse', 'therapist'))
export const readResult = action('assess.read-result', role('prescriber', 'nurse', 'therapist'))
export const listWaitingResults = action(
  'assess.list-waiting-results',
  role('prescriber', 'nurse', 'therapist'),
)
export const reviewResult = action('assess.review-result', role('prescriber', 'nurse', 'therapist'))
