import type { Route } from '../../plan/index.ts'
import { PHASE_WORDS } from './event-words.ts'
import type { SessionDose, SessionPhase } from './session.ts'

/** What a dose is called by its route. */
export type DoseKind = 'infusion' | 'injection' | 'spray' | 'tablets'

type Words = {
  /** What is done to begin it, and what is done when it should be over. */
  readonly start: string
  readonly end: string
  /** While it is being given. */
  readonly phase: string
  /** The dose as the subject of a sentence. */
  readonly the: string
  /** From when the least stay counts where a protocol says the end. */
  readonly since: string
}

export const DOSE_WORDS: Readonly<Record<DoseKind, Words>> = {
  infusion: {
    start: 'Start the infusion',
    end: 'End the infusion',
    phase: 'Infusion',
    the: 'The infusion',
    since: 'the end of the infusion',
  },
  injection: {
    start: 'Give the injection',
    end: 'Record that the injection is given',
    phase: 'Injection',
    the: 'The injection',
    since: 'the injection',
  },
  spray: {
    start: 'Give the first device',
    end: 'Give the next device, or no more',
    phase: 'Nasal spray',
    the: 'The nasal dose',
    since: 'the last device',
  },
  tablets: {
    start: 'Give the tablets',
    end: 'Record that the tablets are given',
    phase: 'Tablets',
    the: 'The dose',
    since: 'the tablets',
  },
}

/** What a dose on record is: pumped, given whole by its route, or in devices. */
export function doseKind({ units, atOnce }: Pick<SessionDose, 'units' | 'atOnce'>): DoseKind {
  if (units) return atOnce ? 'tablets' : 'spray'
  return atOnce ? 'injection' : 'infusion'
}

/** What an order will be. */
export function orderedKind({
  route,
  given,
}: {
  readonly route: Route
  readonly given: { readonly kind: 'infusion' | 'volume' | 'units' }
}): DoseKind {
  if (given.kind === 'infusion') return 'infusion'
  if (given.kind === 'volume') return 'injection'
  return route === 'nasal-esketamine' || route === 'nasal-racemic' ? 'spray' : 'tablets'
}

/** Where a session stands, in the words of its route once that is known. */
export function phaseInWords(
  phase: SessionPhase,
  dose: Pick<SessionDose, 'units' | 'atOnce'> | undefined,
): string {
  return phase === 'monitor' && dose ? DOSE_WORDS[doseKind(dose)].phase : PHASE_WORDS[phase]
}

/** How a dose ended: "Infusion finished: 40 mg given", "Injection: 40 mg given", "Nasal dose stopped: 28 mg given". */
export function endedInWords(dose: Pick<SessionDose, 'units' | 'atOnce' | 'ended'>): string {
  const { how, mgGiven } = dose.ended!
  const kind = doseKind(dose)
  if (kind === 'injection' || kind === 'tablets') return `${DOSE_WORDS[kind].phase}: ${mgGiven} mg given`
  return `${kind === 'spray' ? 'Nasal dose' : 'Infusion'} ${how}: ${mgGiven} mg given`
}

/**
 * What a red value asks for first, in the words of what is being given now: a pump is stopped, no further device is given,
 * and where nothing is given any more nothing is stopped.
 */
export function redNowWords(dose: Pick<SessionDose, 'units' | 'atOnce' | 'ended'> | undefined): string {
  if (!dose || dose.ended) return 'Red: call the prescriber.'
  return doseKind(dose) === 'infusion'
    ? 'Red: stop the pump, note the time and the mg given, call the prescriber.'
    : 'Red: give no more, note the time and the mg given, call the prescriber.'
}
