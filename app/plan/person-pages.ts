import type { PersonPage } from '../assess/index.ts'
import { readConsents } from './plan-access.ts'
import { readReminders } from './reminders/reminders-access.ts'

/** This slice's pages about one person, for the links on the page of the person. */
export const PLAN_PAGES_OF_PERSON: readonly PersonPage[] = [
  { path: 'disclosures', title: 'Sharing and signatures', action: readConsents },
  { path: 'reminders', title: 'Reminders', action: readReminders },
]
