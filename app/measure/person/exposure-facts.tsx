import { type Fact, Facts } from '../../ui/index.ts'
import type { Exposure } from './exposure.ts'

/** What a person was given here so far, with what is not known beside it. */
export function ExposureFacts({ exposure, lastDose }: { exposure: Exposure; lastDose: string | undefined }) {
  const facts: Fact[] = [
    { term: 'Sessions with a dose', value: exposure.sessions },
    {
      term: 'Ketamine given, all sessions',
      value: `${Math.round(exposure.knownMg * 10) / 10} mg`,
      source:
        exposure.withoutAmount > 0
          ? `${exposure.withoutAmount} without a recorded amount: the true sum is larger`
          : 'sum of the amounts recorded at the end of each infusion',
    },
    {
      term: 'Since the last dose',
      value: exposure.daysSinceLast === undefined ? 'no dose yet' : `${exposure.daysSinceLast} days`,
      source: lastDose,
    },
  ]
  return <Facts layout="columns" facts={facts} />
}
