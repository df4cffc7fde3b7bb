import type { ConsentDocument } from '../consent-document.ts'

const VISITS_STAY = 'Visits that are booked stay booked; talk to us before the next one.'

/** How the clinic keeps and shares what it knows. Our own words; a lawyer has not read them. */
export const dataNotice: ConsentDocument = {
  id: 'data-notice',
  version: '1',
  title: 'What we keep about you, and who may see it',
  summary: 'What your record holds, who reads it, and what we share only when you say so.',
  counselReview: 'pending',
  need: 'before-dosing',
  form: 'plain',
  sections: [
    {
      id: 'what',
      heading: 'What your record holds',
      blocks: [
        'What you tell us, your answers to questionnaires, results of examinations, what was ordered and given, readings during sessions, and notes of the people who treat you.',
        'Everybody who opens your record leaves a line with their name and the time. You can ask for that list.',
      ],
    },
    {
      id: 'law',
      heading: 'Records about addiction have their own protection',
      blocks: [
        'United States law (42 CFR Part 2, and the health privacy law HIPAA) protects records about treatment of substance use more strictly than most medical records.',
        'With few exceptions we give nothing from them to anybody without your written permission. Not to your employer, not to your family, not to the police. A subpoena alone is not enough.',
        [
          'Exceptions in the law: a medical emergency, an order of a court, a report of child abuse, a crime on our premises, and inspections of the clinic.',
          'If you give permission for treatment, payment and running the clinic, those who receive the record under it may pass it on as the health privacy law allows, but not for use against you in proceedings.',
        ],
      ],
    },
    {
      id: 'rights',
      heading: 'What you can ask for',
      blocks: [
        [
          'A copy of your record.',
          'A list of whom we gave it to.',
          'That something in it be corrected, or that a note of yours be added.',
          'That we reach you only in the way and at the times you name. Reminders never say what the visit is about.',
          'That we stop sharing. That holds from the moment you say it.',
        ],
        'If you think we broke these rules, tell us, or complain to the United States Department of Health and Human Services. It will not be held against you.',
      ],
    },
    {
      id: 'separate',
      heading: 'What this paper is not',
      blocks: [
        'It is not permission for research, and it is not permission to share notes of counselling. Those are separate papers that you may refuse without losing treatment.',
      ],
    },
  ],
  acknowledgements: [],
  teachBack: [
    {
      id: 'employer',
      question: 'Your employer calls and asks whether you are treated here. What do we say?',
      answers: [
        { value: 'tell', label: 'We confirm it, but give no details' },
        { value: 'nothing', label: 'Nothing, not even whether we know you' },
        { value: 'ask', label: 'We ask them to send a letter, then we answer' },
      ],
      right: 'nothing',
      explanation: 'Without your written permission we do not even say whether we know you.',
    },
    {
      id: 'stop',
      question: 'You gave permission to share something and change your mind. From when does that hold?',
      answers: [
        { value: 'year', label: 'From the end of the year' },
        { value: 'now', label: 'From the moment you say it, for everything not yet shared' },
        { value: 'never', label: 'Permission cannot be taken back' },
      ],
      right: 'now',
      explanation:
        'It holds at once for everything that was not yet shared. What was already shared cannot be called back.',
    },
  ],
  withdrawal: {
    stops: [
      'No infusion can begin until this notice has been read and signed again.',
      'Nothing more is shared on the strength of it.',
    ],
    leaves: ['Your record stays, because the law asks us to keep it.', VISITS_STAY],
  },
  leavesWhile: { visits: [VISITS_STAY] },
  withdrawalCancelsVisits: false,
}
