import { infusionFigures } from './order-figures.ts'
import { type Protocol, visitMin } from './protocol.ts'

type Timed = Pick<Protocol, 'dose' | 'visit' | 'discharge' | 'monitoring'>

/**
 * Where a visit is too short for its own session, by field: its parts must hold what comes before the dose, the steps of
 * the dose, and then the least minutes before anybody leaves, in this order. Pure.
 *
 * A part called “Infusion”, or like a step, is taken for what it says; otherwise any part after the first may hold the
 * dose. A dose given at once takes no minutes of its own.
 *
 * @returns empty when it holds all, and while the length of a step is not known: then nothing is booked by it
 */
export function visitProblems(protocol: Timed): readonly { readonly path: string; readonly words: string }[] {
  const dose = doseMinOf(protocol)
  if (dose === undefined) return []
  const { parts } = protocol.visit
  const named = dosePartsOf(protocol)
  const held = sum(named.map((i) => parts[i]!.minutes))
  const at = (part: number) => `visit.parts.${part}.minutes`
  if (named.length > 0 && held < dose)
    return [
      {
        path: at(named.at(-1)!),
        words: `The dose takes ${dose} min, and the visit gives ${held} min to ${named.map((i) => `“${parts[i]!.title}”`).join(' and ')}. Give it at least ${dose} min.`,
      },
    ]
  const before = Math.max(0, ...protocol.monitoring.scales.flatMap(({ atMin }) => atMin.map((min) => -min)))
  const after = protocol.discharge.minMinutesAfterEnd
  const minutes = parts.map((part) => part.minutes)
  if (holds(minutes, named, { before, dose, after })) return []
  const needs = `${before} min before the dose, ${dose} min for it, then at least ${after} min before anybody leaves`
  return [
    {
      path: at(named.at(-1) ?? Math.min(1, parts.length - 1)),
      words: `The parts of the visit, ${sum(minutes)} min together, do not hold the session in its order: ${needs}.`,
    },
  ]
}

/**
 * How long a visit must be for a dose of other minutes than the protocol’s: the other parts stay as they are.
 *
 * @param doseMin minutes of the ordered dose
 * @returns undefined when the protocol’s own length of the dose is not known, or it is given at once
 * @example leastVisitMin(audKare, 70) // 210, where the visit of its 40 minutes is 180
 */
export function leastVisitMin(
  protocol: Pick<Protocol, 'dose' | 'visit' | 'discharge'>,
  doseMin: number,
): number | undefined {
  const own = infusionFigures(protocol)?.durationMin
  if (own === undefined) return undefined
  const named = sum(dosePartsOf(protocol).map((i) => protocol.visit.parts[i]!.minutes))
  // One part may hold the dose and the watching after it: of that only the dose gets longer.
  const given = named > 0 && named < own + protocol.discharge.minMinutesAfterEnd ? named : own
  return visitMin(protocol) - given + doseMin
}

/** Minutes of the dose itself; undefined when they are not known, or never settled beforehand. */
function doseMinOf(protocol: Pick<Protocol, 'dose'>): number | undefined {
  const { kind } = protocol.dose
  if (kind === 'bolus-mg-per-kg' || kind === 'fixed-mg') return 0
  return infusionFigures(protocol)?.durationMin
}

/** The parts that are named for the whole dose; empty when none is, or when only some of its steps are named. */
function dosePartsOf({ dose, visit }: Pick<Protocol, 'dose' | 'visit'>): readonly number[] {
  if (dose.kind !== 'infusion-mg-per-kg') return []
  const steps = dose.steps.map(({ title }) => plain(title))
  const titles = visit.parts.map(({ title }) => plain(title))
  const isWhole = (title: string) => /^infusion\b/.test(title)
  if (!titles.some(isWhole) && !steps.every((step) => titles.includes(step))) return []
  return titles.flatMap((title, i) => (isWhole(title) || steps.includes(title) ? [i] : []))
}

type Needed = { readonly before: number; readonly dose: number; readonly after: number }

/** Whether parts in a row hold the dose, those before them what comes before, and those after them the rest. */
function holds(minutes: readonly number[], named: readonly number[], needed: Needed): boolean {
  const { before, dose, after } = needed
  if (minutes.length === 1) return minutes[0]! >= before + dose + after
  const run = (first: number, end: number) => {
    const within = sum(minutes.slice(first, end))
    const comesAfter = sum(minutes.slice(end))
    // One part may hold the dose and the watching after it.
    const both = end === first + 1 && within >= dose + after
    return sum(minutes.slice(0, first)) >= before && (both || (within >= dose && comesAfter >= after))
  }
  const [firstNamed] = named
  if (firstNamed !== undefined) return run(firstNamed, named.at(-1)! + 1)
  const ends = minutes.map((_, i) => i + 1)
  return ends.some((first) => [first, ...ends].some((end) => end >= first && run(first, end)))
}

function plain(title: string): string {
  return title.trim().toLowerCase()
}

function sum(values: readonly number[]): number {
  return values.reduce((all, value) => all + value, 0)
}
