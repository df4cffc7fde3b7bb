import type { Action } from '../platform/access.ts'
import { readForms } from './assess-access.ts'
import { readTests } from './lab-tests/lab-test-access.ts'
import { readMedicines } from './medicines/medicine-access.ts'
import { readResults } from './results/result-access.ts'
import { readCalendar } from './use-calendar/calendar-access.ts'
import { readWorkUp } from './work-up/work-up-access.ts'

/** A page about one person under `/work/people/:id/`, and who may open it. */
export type PersonPage = { readonly path: string; readonly title: string; readonly action: Action }

/** This slice's pages about one person, for the links on the page of the person. */
export const ASSESS_PAGES_OF_PERSON: readonly PersonPage[] = [
  { path: 'forms', title: 'Forms', action: readForms },
  { path: 'results', title: 'Results', action: readResults },
  { path: 'calendar', title: 'Use calendar', action: readCalendar },
  { path: 'tests', title: 'Biological tests', action: readTests },
  { path: 'medicines', title: 'Medicines', action: readMedicines },
  { path: 'work-up', title: 'Work-up', action: readWorkUp },
]
