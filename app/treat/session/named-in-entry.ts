import type { SessionEvent } from './session-event.ts'

/** Who ordered a medicine that was given: "ordered by Dr Priya Raman"; undefined for every other entry. */
export function whoOrdered(event: SessionEvent, name: (accountId: string) => string): string | undefined {
  if (event.kind !== 'medicine-given') return undefined
  const { orderedBy } = event.data
  return orderedBy === null ? 'on a standing order' : `ordered by ${name(orderedBy)}`
}

/** Every account that an entry names: who wrote it, and whom it says. */
export function accountsNamed(event: SessionEvent): string[] {
  const named: string[] = [event.by]
  if (event.kind === 'medicine-given' && event.data.orderedBy) named.push(event.data.orderedBy)
  if (event.kind === 'discharged' && event.data.overrideBy) named.push(event.data.overrideBy)
  return named
}
