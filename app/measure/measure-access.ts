import { action, anyStaff, role, theSystem } from '../platform/access.ts'

/** The page of one person; what of it is shown depends on what else one may. */
export const openPersonPage = action('measure.open-person', anyStaff)
/** Scores, sessions and check-ins of one person. */
export const readChart = action('measure.read-chart', role('prescriber', 'nurse', 'therapist', 'coordinator'))
/** What was used on which day, and the downloads of one person: for those who may read the use calendar itself. */
export const readUse = action('measure.read-use', role('prescriber', 'nurse', 'therapist'))
/** Figures over many people, small counts withheld; nothing of one person. */
export const readResults = action(
  'measure.read-results',
  role('prescriber', 'therapist', 'manager', 'nurse', 'researcher'),
)
export const readOwnProgress = action('measure.read-own-progress', role('patient'))
export const importCohortAction = action('measure.import-cohort', role('manager', 'researcher'), theSystem)
/** With it groups of fewer than ten people are shown to everybody who may read the results. */
export const markCohortPublishedAction = action('measure.mark-cohort-published', role('manager'))
export const withdrawCohortAction = action('measure.withdraw-cohort', role('manager'), theSystem)
/** Making the stored courses of people anew from what the slices know; shows nothing to anybody. */
export const refreshOutcomesAction = action('measure.refresh-outcomes', theSystem)
/** Working out and keeping the figures of a closed month; shows nothing to anybody. */
export const takeSnapshotAction = action('measure.take-snapshot', theSystem)
