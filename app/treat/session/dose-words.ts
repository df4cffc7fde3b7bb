import type { Route } from '../../plan/index.ts'
import { PHASE_WORDS } from './event-words.ts'
import type { SessionDose, SessionPhase } from './session.ts'

/** What a dose is called by its route. */
export type DoseKind = 'infusion' | 'injection' | 'spray' | 'tablets' | 'once'

type Words = {
  /** What is done to begin it, and what is done when it should be over. */
  readonly start: string
  readonly end: string
  /** While it is being given. */
  readonly phase: string
  /** From when on something counts as after its beginning. */
  readonly begun: string
  /** From when the least stay counts where a protocol says the end. */
  readonly since: string
}

export const DOSE_WORDS: Readonly<Record<DoseKind, Words>> = {
  infusion: {
    start: 'Start the infusion',
    end: 'End the infusion',
    phase: 'Infusion',
    begun: 'the start of the infusion',
    since: 'the end of the infusion',
  },
  injection: {
    start: 'Give the injection',
    end: 'Record that the injection is given',
    phase: 'Injection',
    begun: 'the injection',
    since: 'the injection',
  },
  spray: {
    start: 'Give the first device',
    end: 'Give the next device, or no more',
    phase: 'Nasal spray',
    begun: 'the first device',
    since: 'the last device',
  },
  tablets: {
    start: 'Give the tablets',
    end: 'Record that the tablets are given',
    phase: 'Tablets',
    begun: 'the tablets',
    since: 'the tablets',
  },
  // Whole at once by another way, such as racemic ketamine into the nose.
  once: {
    start: 'Give the dose',
    end: 'Record that the dose is given',
    phase: 'Dose',
    begun: 'the dose',
    since: 'the dose',
  },
}

const INJECTED: readonly Route[] = ['intravenous', 'intramuscular', 'subcutaneous']
const BY_MOUTH: readonly Route[] = ['sublingual', 'oral']

/** What a dose on record is: pumped, in devices, or whole at once by its route. */
export function doseKind({ units, atOnce }: Pick<SessionDose, 'units' | 'atOnce'>): DoseKind {
  if (!atOnce) return units ? 'spray' : 'infusion'
  return wholeAtOnce(atOnce, units !== undefined)
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
  return route === 'nasal-esketamine' ? 'spray' : wholeAtOnce(route, given.kind === 'units')
}

function wholeAtOnce(route: Route, inUnits: boolean): DoseKind {
  if (inUnits) return BY_MOUTH.includes(route) ? 'tablets' : 'once'
  return INJECTED.includes(route) ? 'injection' : 'once'
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
  if (kind === 'spray') return `Nasal dose ${how}: ${mgGiven} mg given`
  return kind === 'infusion'
    ? `Infusion ${how}: ${mgGiven} mg given`
    : `${DOSE_WORDS[kind].phase}: ${mgGiven} mg given`
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
