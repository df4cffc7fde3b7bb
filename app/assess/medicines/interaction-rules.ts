import type { InteractionRule } from './interaction.ts'

/** New means within this many days. [D] */
const NEW_DAYS = 14

const SEDATED = {
  to: 'red',
  when: { alertnessBelow: 5 },
  words: 'Less than fully alert (MOAA/S below 5).',
  settle: 'Rate alertness (MOAA/S) on the day.',
  override: 'never',
} as const

/**
 * How medicines and drugs that people take matter before ketamine. Facts keep how sure they are; every action is a
 * design default that a medical director must set.
 */
export const INTERACTION_RULES: readonly InteractionRule[] = [
  {
    id: 'benzodiazepine',
    version: 1,
    title: 'Benzodiazepine or z-drug',
    groups: ['benzodiazepine'],
    known: [
      {
        fact: 'Shortens or blunts the antidepressant effect; adds to sedation.',
        source: 'Veraart 2021; Andrade 2017',
        tag: 'S',
      },
      {
        fact: 'Skipping the dose 8 to 12 hours before is an option when the prescriber agrees and the person is not dependent.',
        source: 'practice',
        tag: 'M',
      },
    ],
    level: 'amber',
    say: 'Record when the last dose was taken. A prescriber says whether the dose before the session is moved.',
    keep: 'Do not stop it suddenly: in dependence that can bring seizures.',
    override: 'prescriber',
    raises: [
      {
        to: 'red',
        when: { with: 'opioid' },
        words: 'Together with an opioid.',
        settle: 'Ask for every medicine that is taken.',
        override: 'prescriber',
      },
      SEDATED,
    ],
  },
  {
    id: 'lamotrigine',
    version: 1,
    title: 'Lamotrigine',
    groups: ['lamotrigine'],
    known: [
      {
        fact: '2 of 5 studies show a weaker effect of ketamine; fewer adverse effects.',
        source: 'review of interaction studies',
        tag: 'S',
      },
    ],
    level: 'info',
    say: 'Know that the effect may be weaker.',
    keep: 'Do not stop it: starting again too fast can bring a dangerous rash.',
    override: 'prescriber',
    raises: [],
  },
  {
    id: 'naltrexone',
    version: 2,
    title: 'Naltrexone, tablets or injection',
    groups: ['naltrexone', 'naltrexone-xr'],
    known: [
      {
        fact: 'A crossover in 12 people found the antidepressant effect blocked.',
        source: 'a trial of 2018',
        tag: 'M',
      },
      {
        fact: 'A pilot of 5 and a randomised trial of 65 found no difference.',
        source: 'a pilot of 2019; Yoon 2025',
        tag: 'S',
      },
      {
        fact: 'It needs an interval without opioids; a trial used at least 10 days.',
        source: 'trial of naltrexone with ketamine',
        tag: 'S',
      },
      {
        fact: 'It blocks opioids, and brings on withdrawal in somebody whose body is used to them.',
        source: 'general knowledge',
        tag: 'M',
      },
    ],
    level: 'info',
    say: 'By itself it is no ground to hold a dose. Write down the day of the last injection.',
    override: 'prescriber',
    raises: [
      {
        to: 'red',
        when: { with: 'opioid' },
        words:
          'Together with an opioid, methadone or buprenorphine: the two do not go together. Ask which of them is taken, and look for withdrawal.',
        settle: 'Ask for every medicine that is taken.',
        override: 'prescriber',
      },
    ],
  },
  {
    id: 'opioid',
    version: 1,
    title: 'Opioid, methadone or buprenorphine',
    groups: ['opioid'],
    known: [
      {
        fact: 'Adds to sedation and slows breathing; the esketamine programme’s form asks for it.',
        source: 'esketamine REMS',
        tag: 'S',
      },
      {
        fact: 'Buprenorphine can bring on withdrawal only when it is itself begun.',
        source: 'esketamine REMS and label',
        tag: 'S',
      },
    ],
    level: 'amber',
    say: 'Record dose and time of the last one; keep naloxone within reach.',
    keep: 'Do not stop or delay methadone or buprenorphine treatment.',
    override: 'prescriber',
    raises: [
      SEDATED,
      {
        to: 'red',
        when: { startedWithinDays: NEW_DAYS },
        words: `New within ${NEW_DAYS} days.`,
        settle: 'Ask since when it is taken at this dose, and record it.',
        override: 'prescriber',
      },
      {
        to: 'red',
        when: { spo2Below: 94 },
        words: 'Oxygen saturation below 94 %.',
        settle: 'Measure oxygen saturation on the day.',
        override: 'never',
      },
    ],
  },
  {
    id: 'naltrexone-xr-start',
    version: 1,
    title: 'Start of the naltrexone injection',
    groups: ['naltrexone-xr', 'naltrexone'],
    onStart: true,
    known: [
      {
        fact: 'Needs an interval without opioids; a trial used at least 10 days.',
        source: 'trial of naltrexone with ketamine',
        tag: 'S',
      },
    ],
    level: 'info',
    say: 'Screen urine for opioids before it is begun. This holds the naltrexone, not the ketamine.',
    keep: 'Do not stop methadone or buprenorphine treatment to make room for it.',
    override: 'never',
    raises: [
      {
        to: 'block',
        when: { opioidScreenPositive: true },
        words: 'The newest urine screen is positive for an opioid.',
        settle:
          'Screen urine for opioids; the newest one is too old, says nothing, or did not look for them.',
        override: 'never',
      },
      {
        to: 'block',
        when: { with: 'opioid' },
        words: 'An opioid stands on the list of medicines.',
        settle: 'Ask for every medicine that is taken.',
        override: 'never',
      },
    ],
  },
  {
    id: 'stimulant-prescribed',
    version: 1,
    title: 'Stimulant, prescribed',
    groups: ['stimulant-prescribed'],
    known: [{ fact: 'Adds to pressure and heart rate.', source: 'label', tag: 'S' }],
    level: 'amber',
    say: 'The morning dose of the day is left out if the prescriber agrees. Watch pressure and heart rate.',
    override: 'prescriber',
    raises: [],
  },
  {
    id: 'stimulant-illicit',
    version: 1,
    title: 'Cocaine or amphetamine, not prescribed',
    groups: ['stimulant-illicit'],
    orFact: 'stimulant-last-24-h',
    known: [{ fact: 'Danger to pressure and heart rhythm.', source: 'general knowledge', tag: 'M' }],
    level: 'amber',
    say: 'Ask and test on the day. No dose within 24 hours of use or while somebody is intoxicated.',
    override: 'never',
    raises: [
      {
        to: 'red',
        when: { stimulantWithin24Hours: true },
        words: 'Used within the last 24 hours.',
        settle: 'Ask today whether any was used in the last 24 hours, and record it.',
        override: 'never',
      },
      {
        to: 'red',
        when: { factIsYes: 'intoxicated-now', withinHours: 24 },
        words: 'Intoxicated now.',
        settle: 'Look today whether the person is intoxicated, and record it.',
        override: 'never',
      },
    ],
  },
  {
    id: 'maoi',
    version: 1,
    title: 'MAO inhibitor',
    groups: ['maoi'],
    known: [
      {
        fact: 'The label asks for caution about pressure; case reports with tranylcypromine showed no change.',
        source: 'label; case reports',
        tag: 'S',
      },
    ],
    level: 'amber',
    say: 'Measure blood pressure more often than the protocol asks.',
    override: 'prescriber',
    raises: [],
  },
  {
    id: 'cyp',
    version: 1,
    title: 'Inhibitor or inducer of CYP2B6 or CYP3A4',
    groups: ['cyp'],
    known: [{ fact: 'Changes how much ketamine reaches the blood.', source: 'label', tag: 'S' }],
    level: 'info',
    say: 'The effect may be stronger, longer or weaker than at the same dose before.',
    override: 'prescriber',
    raises: [],
  },
  {
    id: 'theophylline',
    version: 1,
    title: 'Theophylline or aminophylline',
    groups: ['theophylline'],
    known: [
      { fact: 'Lowers the threshold for seizures together with ketamine.', source: 'label', tag: 'M' },
      { fact: 'Excluded from trials.', source: 'trial exclusions', tag: 'S' },
    ],
    level: 'red',
    say: 'A prescriber weighs it with whoever prescribes it before any dose.',
    keep: 'Do not stop it without the doctor who treats the lungs.',
    override: 'prescriber',
    raises: [],
  },
  {
    id: 'antipsychotic',
    version: 1,
    title: 'Clozapine, risperidone, haloperidol, other antipsychotics',
    groups: ['antipsychotic'],
    known: [
      {
        fact: 'Signals of interaction; clozapine blunts the psychotomimetic effect.',
        source: 'interaction studies of clozapine, risperidone and haloperidol',
        tag: 'S',
      },
    ],
    level: 'amber',
    say: 'Ask why it is taken, and look at psychosis again.',
    keep: 'Do not stop it suddenly.',
    override: 'prescriber',
    raises: [],
  },
  {
    id: 'lithium',
    version: 1,
    title: 'Lithium',
    groups: ['lithium'],
    known: [
      {
        fact: 'No significant interaction found; it was the required partner in trials of bipolar depression.',
        source: 'interaction studies; bipolar trials',
        tag: 'S',
      },
    ],
    level: 'none',
    say: 'Nothing to do for ketamine.',
    keep: 'Do not stop it suddenly.',
    override: 'prescriber',
    raises: [],
  },
  {
    id: 'alcohol-cannabis-gabapentinoid',
    version: 1,
    title: 'Alcohol, cannabis, gabapentin or pregabalin',
    groups: ['alcohol', 'cannabis', 'gabapentinoid'],
    known: [{ fact: 'Adds to sedation.', source: 'general knowledge', tag: 'M' }],
    level: 'amber',
    say: 'No alcohol 24 hours before and after; breath test before the dose.',
    keep: 'Do not stop a prescribed gabapentinoid, or heavy drinking, suddenly: both can bring seizures.',
    override: 'prescriber',
    raises: [
      {
        to: 'red',
        when: { takenWithinHours: 24, of: 'alcohol' },
        words: 'Alcohol within the last 24 hours.',
        settle: 'Ask when alcohol was last taken, and record it.',
        override: 'prescriber',
      },
    ],
  },
  {
    id: 'disulfiram',
    version: 1,
    title: 'Disulfiram',
    groups: ['disulfiram'],
    known: [{ fact: 'None for ketamine itself.', source: 'general knowledge', tag: 'M' }],
    level: 'info',
    say: 'Check that the product’s solvent holds no alcohol.',
    override: 'prescriber',
    raises: [],
  },
]
