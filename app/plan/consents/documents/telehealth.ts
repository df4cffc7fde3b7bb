import type { ConsentDocument } from '../consent-document.ts'

const GOES_ON = 'Your treatment goes on.'
const VISITS_STAY = 'Visits that are booked stay booked; we talk to you about how.'

/** Visits by video or telephone. Our own words; a lawyer has not read them. */
export const telehealthConsent: ConsentDocument = {
  id: 'telehealth',
  version: '1',
  title: 'Visits by video or telephone',
  summary: 'What can be done from a distance, what cannot, and what happens when the line drops.',
  counselReview: 'pending',
  need: 'when-used',
  form: 'plain',
  sections: [
    {
      id: 'what',
      heading: 'What it is for',
      blocks: [
        'Talks, therapy and follow-up. Ketamine is never given by video or telephone, and none is sent home.',
        'You can ask for a visit in person instead at any time.',
      ],
    },
    {
      id: 'where',
      heading: 'Where you are',
      blocks: [
        'At the start of each call we ask where you are and for a number to ring back, so that help can be sent. Whoever treats you must be licensed in the state in which you are that day; if they are not, the call is moved.',
        'The rules for prescribing controlled medicines at a distance change. The one in force when this was written runs until 31 December 2026; after that you may first have to come in person.',
      ],
    },
    {
      id: 'risks',
      heading: 'What can go wrong',
      blocks: [
        [
          'The line drops: we ring you back once at once, and again within the hour.',
          'Somebody near you may hear. Choose a place where you can speak, and tell us when you cannot.',
          'We see less than in a room, so we may ask you to come.',
        ],
        'Nobody records the call, neither we nor you, unless both have agreed in writing.',
      ],
    },
    {
      id: 'danger',
      heading: 'In danger',
      blocks: ['A call is no emergency service. Call 911, or call or text 988.'],
    },
  ],
  acknowledgements: [],
  teachBack: [
    {
      id: 'dose',
      question: 'Can ketamine be given to you during a video visit?',
      answers: [
        { value: 'yes', label: 'Yes, if a nurse watches' },
        { value: 'no', label: 'No, only here' },
      ],
      right: 'no',
      explanation: 'Ketamine is given here only, with somebody trained beside you.',
    },
  ],
  withdrawal: {
    stops: [
      'Nobody calls you by video any more; visits by telephone or video are offered in person instead.',
    ],
    leaves: [GOES_ON, VISITS_STAY],
  },
  leavesWhile: { dosing: [GOES_ON], visits: [VISITS_STAY] },
  withdrawalCancelsVisits: false,
}
