import type { ConsentDocument } from './consent-document.ts'

/**
 * What taking back several papers at once stops and leaves. A line that one paper says of itself is left out where another
 * one of them makes it untrue: visits do not stay booked when consent to treatment goes as well. Pure.
 */
export function withdrawalOfAll(documents: readonly ConsentDocument[]): ConsentDocument['withdrawal'] {
  const dosingStops = documents.some((d) => d.need === 'before-dosing')
  const visitsGo = documents.some((d) => d.withdrawalCancelsVisits)
  const untrue = new Set(
    documents.flatMap(({ leavesWhile }) => [
      ...((dosingStops && leavesWhile?.dosing) || []),
      ...((visitsGo && leavesWhile?.visits) || []),
    ]),
  )
  const leaves = documents.flatMap((d) => d.withdrawal.leaves).filter((line) => !untrue.has(line))
  if (visitsGo) leaves.push('Visits that are not for dosing stay booked; we talk to you about them.')
  return { stops: [...new Set(documents.flatMap((d) => d.withdrawal.stops))], leaves: [...new Set(leaves)] }
}
