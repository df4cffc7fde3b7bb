import { StateChip } from '../../ui/index.ts'

type Measure = {
  readonly title: string
  /** A medicine and its amount: given on a prescriber's order alone, and stands here to be read. */
  readonly onOrderOnly?: true
  readonly lines: readonly string[]
}

/** What is done first, without waiting for anybody. Design defaults, to be signed off by a medical director. */
const FIRST: readonly Measure[] = [
  {
    title: 'Amber',
    lines: [
      'Another position, a calm voice, less light and noise.',
      'Slow a running pump to half.',
      'Measure again in 3 to 5 minutes.',
    ],
  },
  {
    title: 'Red',
    lines: [
      'Stop the pump, or give no further device. Note the time and the mg given.',
      'Oxygen. Open the airway. Continuous ECG.',
      'Call the prescriber.',
      'Call 911 when it is not corrected in 5 minutes; at once with chest pain, a sign of stroke, SpO₂ below 85 %, or arrest.',
    ],
  },
  {
    title: 'No breathing, or spasm of the larynx',
    lines: ['Jaw thrust, bag and mask, suction.', 'There is no antidote to ketamine.'],
  },
  {
    title: 'Fear, panic, restlessness',
    lines: ['Be there, speak calmly and slowly, before anything else.'],
  },
]

/** What a prescriber may order. Amounts from memory of common practice: reference, never a proposal. */
const ON_ORDER: readonly Measure[] = [
  {
    title: 'Blood pressure that stays high',
    onOrderOnly: true,
    lines: [
      'Labetalol 10–20 mg IV; not by itself after cocaine or amphetamine within 24 hours.',
      'Hydralazine 10 mg IV. Clonidine 0.1 mg by mouth.',
      'Aim: a fall of 20 %.',
    ],
  },
  {
    title: 'Restlessness or panic that does not settle',
    onOrderOnly: true,
    lines: ['Lorazepam 1 mg, or midazolam 1–2 mg IV or IM. May blunt the benefit and deepen sedation.'],
  },
  {
    title: 'Nausea',
    onOrderOnly: true,
    lines: ['Ondansetron 4 mg (lengthens QT). Promethazine second.'],
  },
  {
    title: 'Breathing, and other medicines in the body',
    onOrderOnly: true,
    lines: ['Naloxone when an opioid is possible.', 'Flumazenil is unsafe in dependence on benzodiazepines.'],
  },
  {
    title: 'Saliva, seizure, anaphylaxis',
    onOrderOnly: true,
    lines: [
      'Too much saliva: glycopyrrolate 0.2 mg.',
      'Seizure: benzodiazepine, and call 911.',
      'Anaphylaxis: adrenaline 0.5 mg IM.',
    ],
  },
]

/**
 * The rescue card: when to stop by this protocol, what is done first, and what a prescriber may order. A reference
 * that opens above the bar and leaves the newest values in sight.
 */
export function RescueCard({
  stopRules,
}: {
  stopRules: readonly { readonly when: string; readonly act: string }[]
}) {
  return (
    <div className="rescue">
      <div>
        <h2>Stop, by this protocol, when</h2>
        <ul className="rescue-rules">
          {stopRules.map(({ when, act }) => (
            <li key={when}>
              <strong>{when}</strong> {act}
            </li>
          ))}
        </ul>
        <h2>First</h2>
        <Measures of={FIRST} />
      </div>
      <div>
        <h2>On a prescriber’s order</h2>
        <Measures of={ON_ORDER} />
      </div>
      <p className="bedside-hint rescue-note">
        A reference, never an order: no medicine is given from this card without a prescriber. Design
        defaults, to be signed off by the medical director.
      </p>
    </div>
  )
}

function Measures({ of }: { of: readonly Measure[] }) {
  return of.map(({ title, onOrderOnly, lines }) => (
    <div key={title} className="rescue-measure">
      <h3>
        {title} {onOrderOnly && <StateChip state="due" word="prescriber orders only" />}
      </h3>
      <ul>
        {lines.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
    </div>
  ))
}
