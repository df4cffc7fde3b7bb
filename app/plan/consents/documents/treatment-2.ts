import type { ConsentDocument } from '../consent-document.ts'

/**
 * Consent to treatment with ketamine or esketamine, by whatever route and for whatever condition the plan says. Our own
 * words from the facts; a lawyer has not read them. What version 1 said of one protocol stands in the person's plan.
 */
export const treatmentConsent2: ConsentDocument = {
  id: 'treatment',
  version: '2',
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
        'Ketamine, or its relative esketamine, given here while somebody trained is with you. Your own plan says how it is given (into a vein, a muscle, under the skin, into the nose, or by mouth), how much, how often and for how many visits. A prescriber goes through that plan with you before you sign.',
        'You stay until you are well enough to leave, never less than the time your plan names, and an adult takes you home. Therapy belongs to the treatment and is planned with it.',
      ],
    },
    {
      id: 'off-label',
      heading: 'Ketamine is not approved for this',
      blocks: [
        'The Food and Drug Administration (FDA) has approved ketamine as an anaesthetic. Esketamine nasal spray is approved for some kinds of depression, given in a certified place. Neither is approved for any addiction. Using them for it is called off-label: doctors may do it, but the FDA has not judged whether it works or is safe for this.',
        'On 10 October 2023 the FDA warned that compounded ketamine is not approved for any psychiatric use and that taking it at home without supervision is dangerous: somebody who took it by mouth at home breathed too little, with about twice the blood level of an anaesthetic. In February 2022 it had warned of compounded nasal sprays. You will not be given any to take home.',
      ],
    },
    {
      id: 'benefit',
      heading: 'Whether it helps is not certain',
      blocks: [
        'Some trials found that people drank or used less for a time; others found no benefit. Most were small, and few followed people longer than six months. Your plan names the studies it rests on and says in plain words how strong they are.',
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
          'Your blood pressure and pulse rise, most about 40 minutes in. In one clinic 44 of every 100 people went above 165/100 at some point, and about one in eight of those needed a medicine for it. We measure as your plan says and stop if we must.',
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
          'Dependence. Ketamine can itself be misused, and people who have had trouble with alcohol or drugs may be more at risk. We keep the course short and ask you about craving for ketamine at every visit.',
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
        'Ketamine is not given to anybody who is pregnant or breastfeeding. If you could become pregnant, we test before the first dose and ask you to use contraception until six weeks after the last one.',
      ],
    },
    {
      id: 'rules',
      heading: 'What we ask of you',
      blocks: [
        [
          'No alcohol for 24 hours before and after. If you drank, tell us: the visit is moved, nothing is held against you.',
          'Nothing to eat for six hours before (eight after a fatty meal), clear drinks until two hours before, unless your plan says otherwise.',
          'Do not drive, ride, use machines, look after small children alone or sign anything important until the next day, after a night of sleep.',
          'Tell us every medicine and drug you take. Do not stop a medicine for this unless we say so.',
        ],
      ],
    },
    {
      id: 'else',
      heading: 'What else could help',
      blocks: [
        'For alcohol: naltrexone and acamprosate, medicines approved for it with many more trials behind them. For opioids: buprenorphine and methadone, which save lives. For other conditions ask us; often it is therapy. Therapy and mutual-help groups help many people without any medicine. You can choose any of these instead, or have them as well, and you can choose nothing now and come back.',
      ],
    },
    {
      id: 'free',
      heading: 'It is your decision',
      blocks: ['You may say no, or stop later, and it changes nothing in how we treat you otherwise.'],
    },
  ],
  acknowledgements: [
    {
      id: 'off-label',
      text: 'I know that this use is off-label: the FDA has not approved ketamine or esketamine for any addiction.',
    },
    {
      id: 'fda-warning',
      text: 'I know of the FDA’s warning of 10 October 2023 about ketamine for psychiatric use and ketamine at home.',
    },
    { id: 'uncertain', text: 'I know that it may not help me, and what else could.' },
    {
      id: 'home',
      text: 'I will not drive until the next day after a night of sleep, and an adult takes me home.',
    },
  ],
  teachBack: [
    {
      id: 'approved',
      question: 'Is ketamine approved by the FDA for addiction?',
      answers: [
        { value: 'yes', label: 'Yes' },
        { value: 'no', label: 'No, this use is off-label' },
        { value: 'home', label: 'Only for use at home' },
      ],
      right: 'no',
      explanation: 'It is approved as an anaesthetic. For any addiction its use is off-label.',
    },
    {
      id: 'driving',
      question: 'When may you drive again after a dose?',
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
      question: 'You change your mind in the middle of a dose. What happens?',
      answers: [
        { value: 'stopped', label: 'I say so and it is stopped' },
        { value: 'finished', label: 'It has to be finished once begun' },
        { value: 'lost', label: 'It is stopped, and I lose my place here' },
      ],
      right: 'stopped',
      explanation:
        'You say so and whatever can be stopped is stopped, without a reason, and you stay our patient.',
    },
  ],
  withdrawal: {
    stops: [
      'No further dose is given; no order may be used.',
      'Visits for dosing that are still ahead are cancelled at once.',
      'Those who treat you are told.',
    ],
    leaves: [
      'Therapy, check-ins and everything else go on as you wish.',
      'Your record stays, because the law asks us to keep it.',
      'You can sign again later.',
    ],
  },
  withdrawalCancelsVisits: true,
}
