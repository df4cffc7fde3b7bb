import type { ConsentDocument } from '../consent-document.ts'

const GOES_ON = 'Your treatment goes on in the same way.'

/** Use of the record for research. Apart from everything else and never asked for treatment. A lawyer has not read it. */
export const researchConsent: ConsentDocument = {
  id: 'research',
  version: '1',
  title: 'Your record and research',
  summary: 'Whether people who study this treatment may use what your record holds. Your choice, and apart.',
  counselReview: 'pending',
  need: 'own-choice',
  form: 'plain',
  sections: [
    {
      id: 'free',
      heading: 'Not needed for treatment',
      blocks: ['You are treated in the same way whether you say yes, no, or nothing.'],
    },
    {
      id: 'what',
      heading: 'What would be used',
      blocks: [
        'Your answers to questionnaires, readings, doses and test results, under a number instead of your name. Not notes of counselling. Small groups are never shown in a result.',
        'A study that wants to meet you, or to give you something else, asks you by itself, with its own paper and its own ethics board.',
      ],
    },
    {
      id: 'risk',
      heading: 'The risk',
      blocks: [
        'Somebody might guess who you are. We keep the number apart from the name and give no record out of the clinic under this paper.',
      ],
    },
  ],
  acknowledgements: [],
  teachBack: [
    {
      id: 'needed',
      question: 'You say no to research. What changes in your treatment?',
      answers: [
        { value: 'nothing', label: 'Nothing' },
        { value: 'later', label: 'I am treated later than others' },
        { value: 'ends', label: 'It ends' },
      ],
      right: 'nothing',
      explanation: 'Nothing changes. Research is apart.',
    },
  ],
  withdrawal: {
    stops: ['Your record is in no new study and no new count for research, from this moment.'],
    leaves: [GOES_ON, 'Results that were worked out before cannot be taken apart again.'],
  },
  leavesWhile: { dosing: [GOES_ON] },
  withdrawalCancelsVisits: false,
}
