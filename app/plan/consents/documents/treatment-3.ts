import type { ConsentDocument } from '../consent-document.ts'
import { treatmentConsent2 } from './treatment-2.ts'

/** As version 2, and what holds when a course is repeated or goes on. A clinic puts it in force when it offers that. */
export const treatmentConsent3: ConsentDocument = {
  ...treatmentConsent2,
  version: '3',
  sections: [
    ...treatmentConsent2.sections.slice(0, -1),
    {
      id: 'again',
      heading: 'If a course is repeated',
      blocks: [
        'The trials for addiction gave one to four doses. Nobody has found out how many are safe over years. At most six doses are given in six weeks; for another course you decide and sign again.',
        [
          'Bladder questions and a urine test before, after every six doses or three months; we stop and send you to a specialist if there is pain, blood or having to go often.',
          'A liver test before, after six doses, then every three months.',
          'Questions about craving for ketamine, and about ketamine from elsewhere, at every visit.',
          'Treatment every week or more often for longer than six months needs a second opinion.',
        ],
      ],
    },
    ...treatmentConsent2.sections.slice(-1),
  ],
  acknowledgements: [
    ...treatmentConsent2.acknowledgements,
    {
      id: 'again',
      text: 'I know that the safety of many courses is not known, and that each needs a new decision.',
    },
  ],
}
