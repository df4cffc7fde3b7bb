import type { ConsentDocument } from '../consent-document.ts'

/** Consent to ketamine for alcohol use disorder. Our own words from the facts; a lawyer has not read them. */
export const treatmentConsent1: ConsentDocument = {
  id: 'treatment',
  version: '1',
  title: 'Consent to treatment with ketamine',
  summary: 'What will be done, what is known and not known, what can go wrong, and what else could help you.',
  counselReview: 'pending',
  need: 'before-dosing',
  form: 'plain',
  sections: [
    {
      id: 'what',
      heading: 'What is planned',
      blocks: [
        'Three infusions of ketamine into a vein, about a week apart, 0.8 mg for each kilogram of body weight over 40 minutes, and seven sessions of therapy around them. Your order may differ; then the prescriber tells you how and why.',
        'A nurse is with you the whole time. You stay at least an hour after each infusion ends, and an adult takes you home.',
      ],
    },
    {
      id: 'off-label',
      heading: 'Ketamine is not approved for this',
      blocks: [
        'The Food and Drug Administration (FDA) has approved ketamine as an anaesthetic. Using it for alcohol use disorder is called off-label: doctors may do it, but the FDA has not judged whether it works or is safe for this.',
        'On 10 October 2023 the FDA warned that ketamine is not approved for any psychiatric use and that taking it at home without supervision is dangerous. You will not be given any to take home.',
      ],
    },
    {
      id: 'benefit',
      heading: 'Whether it helps is not certain',
      blocks: [
        'In one trial, 96 people were given three infusions of ketamine or of salt water. Over six months those with ketamine had about 10 more days without alcohol in every hundred. But the number who returned to drinking did not clearly differ. Other trials, with lower doses, found no benefit. A larger trial is still running.',
        'It may do nothing for you. Then we stop; we do not raise the dose again and again.',
      ],
    },
    {
      id: 'during',
      heading: 'What you may feel that day',
      blocks: [
        [
          'Floating, dreamlike, far from your body or from time; in one group of clinic patients about 36 in every 100. For some it is frightening. It fades within an hour or two.',
          'Sleepiness, dizziness or nausea; about half of people are drowsy, about 13 in 100 feel sick.',
          'Your blood pressure and pulse rise, most about 40 minutes in. In one clinic 44 of every 100 people went above 165/100 at some point, and about one in eight of those needed a medicine for it. We measure every ten minutes and stop if we must.',
          'Seldom: trouble breathing, a seizure, an allergic reaction. We are equipped for that.',
        ],
        'You can ask us to stop at any moment, without a reason.',
      ],
    },
    {
      id: 'longer',
      heading: 'Risks over a longer time',
      blocks: [
        [
          'Dependence. Ketamine can itself be misused, and people who have had trouble with alcohol may be more at risk. We keep the course short and ask you about craving for ketamine at every visit.',
          'The bladder. People who take much ketamine for long can damage their bladder; some of it does not heal. Tell us at once about pain, blood, or having to go often.',
          'The liver, with frequent high doses. We test before, and again if you need more.',
          'Mood: a few people become too elated, or see and believe things others do not.',
        ],
      ],
    },
    {
      id: 'pregnancy',
      heading: 'Pregnancy and breastfeeding',
      blocks: [
        'Ketamine is not given to anybody who is pregnant or breastfeeding. If you could become pregnant, we test before the first infusion and ask you to use contraception until six weeks after the last one.',
      ],
    },
    {
      id: 'rules',
      heading: 'What we ask of you',
      blocks: [
        [
          'No alcohol for 24 hours before and after. If you drank, tell us: the visit is moved, nothing is held against you.',
          'Nothing to eat for six hours before (eight after a fatty meal), clear drinks until two hours before.',
          'Do not drive, ride, use machines, look after small children alone or sign anything important until the next day, after a night of sleep.',
          'Tell us every medicine and drug you take. Do not stop a medicine for this unless we say so.',
        ],
      ],
    },
    {
      id: 'else',
      heading: 'What else could help',
      blocks: [
        'Naltrexone and acamprosate are medicines approved for alcohol use disorder, with many more trials behind them. Therapy and mutual-help groups help many people without any medicine. You can choose any of these instead, or have them as well, and you can choose nothing now and come back.',
      ],
    },
    {
      id: 'free',
      heading: 'It is your decision',
      blocks: ['You may say no, or stop later, and it changes nothing in how we treat you otherwise.'],
    },
  ],
  acknowledgements: [],
  teachBack: [
    {
      id: 'approved',
      question: 'Is ketamine approved by the FDA for alcohol use disorder?',
      answers: [
        { value: 'yes', label: 'Yes' },
        { value: 'no', label: 'No, this use is off-label' },
        { value: 'home', label: 'Only for use at home' },
      ],
      right: 'no',
      explanation: 'It is approved as an anaesthetic only. For alcohol use disorder its use is off-label.',
    },
    {
      id: 'driving',
      question: 'When may you drive again after an infusion?',
      answers: [
        { value: 'hour', label: 'After an hour, when I feel clear' },
        { value: 'evening', label: 'The same evening' },
        { value: 'next-day', label: 'The next day, after a night of sleep' },
      ],
      right: 'next-day',
      explanation: 'Not until the next day, after a night of sleep, even if you feel clear earlier.',
    },
    {
      id: 'stop',
      question: 'You change your mind in the middle of an infusion. What happens?',
      answers: [
        { value: 'stopped', label: 'I say so and it is stopped' },
        { value: 'finished', label: 'It has to be finished once begun' },
        { value: 'lost', label: 'It is stopped, and I lose my place here' },
      ],
      right: 'stopped',
      explanation: 'You say so and it is stopped, without a reason, and you stay our patient.',
    },
  ],
  withdrawal: {
    stops: [
      'No further infusion is given.',
      'Visits for infusions that are still ahead are cancelled at once.',
    ],
    leaves: [
      'Therapy, check-ins and everything else go on as you wish.',
      'Your record stays, because the law asks us to keep it.',
      'You can sign again later.',
    ],
  },
  withdrawalCancelsVisits: true,
}
