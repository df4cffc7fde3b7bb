import type { ConsentDocument } from '../consent-document.ts'

const GOES_ON = 'Your treatment goes on.'

/**
 * Permission to give something from the record of treatment of substance use to somebody, with the elements of
 * 42 CFR 2.31 as fields (`disclosure-elements.ts`). Our own words for a lawyer to check against the rule's text.
 */
export const disclosureConsent: ConsentDocument = {
  id: 'disclosure',
  version: '1',
  title: 'Permission to share from your record',
  summary:
    'Who may give what to whom, for what, and until when. One paper for each purpose; you may have several, or none.',
  counselReview: 'pending',
  need: 'own-choice',
  form: 'disclosure',
  sections: [
    {
      id: 'what',
      heading: 'What you decide here',
      blocks: [
        'Below you say who may give something from your record, what exactly, to whom, for what and until when. Only that is given, and each time is written down. Notes of counselling, and use in any proceedings, each need a paper of their own.',
      ],
    },
    {
      id: 'revoke',
      heading: 'You may take it back',
      blocks: [
        'Write to us, take it back here in your portal, or tell us. It holds from that moment. What was given before, because you had allowed it, cannot be called back.',
      ],
    },
    {
      id: 'again',
      heading: 'What those who receive it may do',
      blocks: [
        'If you allow it for treatment, payment and running the clinic, and the one who receives it is bound by the health privacy law (HIPAA), they may pass it on as that law allows, but not for use against you in civil, criminal, administrative or legislative proceedings. Anybody else may not pass it on. A notice that says so goes with it each time (42 CFR 2.32).',
      ],
    },
    {
      id: 'refuse',
      heading: 'You may say no',
      blocks: [
        'We treat you in the same way. If you do not allow us to tell your health plan, it may not pay, and then you would have to. Permission to share notes of counselling is never a condition.',
      ],
    },
  ],
  acknowledgements: [],
  teachBack: [
    {
      id: 'only',
      question: 'Somebody whom you do not name here asks for your record. What do we give?',
      answers: [
        { value: 'nothing', label: 'Nothing, not even whether we know you' },
        { value: 'same', label: 'The same as to the one you named' },
      ],
      right: 'nothing',
      explanation: 'This paper holds only for the one it names.',
    },
  ],
  withdrawal: {
    stops: ['Nothing more is given on the strength of this paper, from this moment.'],
    leaves: ['What was given before cannot be called back.', GOES_ON],
  },
  leavesWhile: { dosing: [GOES_ON] },
  withdrawalCancelsVisits: false,
}
