import type { Protocol } from './protocol.ts'

/** From the first device; the label of esketamine and its REMS allow no less. */
const NASAL_MINUTES = 120

/**
 * Where the least stay after a dose does not fit its route, by field: esketamine counts from the first device, and at least
 * two hours; nothing else has devices to count from. Pure.
 */
export function leastStayProblems({
  route,
  discharge: { countedFrom, minMinutesAfterEnd },
}: Pick<Protocol, 'route' | 'discharge'>): readonly { readonly path: string; readonly words: string }[] {
  const isNasal = route === 'nasal-esketamine'
  const problems: { path: string; words: string }[] = []
  if (isNasal !== (countedFrom === 'the first device'))
    problems.push({
      path: 'discharge.countedFrom',
      words: isNasal
        ? 'After esketamine the minutes count from the first device.'
        : 'Only esketamine has devices to count from. Choose the end of the infusion, or the dose.',
    })
  if (isNasal && minMinutesAfterEnd < NASAL_MINUTES)
    problems.push({
      path: 'discharge.minMinutesAfterEnd',
      words: `After esketamine nobody leaves before ${NASAL_MINUTES} min. Give at least ${NASAL_MINUTES}.`,
    })
  return problems
}
