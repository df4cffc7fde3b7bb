/** How often vital signs are taken around an infusion. Versioned data, from the protocol or the clinic's configuration. */
export type ReadingPlan = {
  readonly version: string
  readonly origin: string
  /** One reading not older than this at the start. */
  readonly beforeStartWithinMs: number
  readonly duringEveryMs: number
  /** After the end: up to `untilMs` after it, every `everyMs`; ascending. */
  readonly afterEnd: readonly { readonly untilMs: number; readonly everyMs: number }[]
  /** From the last of these until the person leaves. */
  readonly thereafterEveryMs: number
}

const MINUTE_MS = 60_000

/** Intervals for an intravenous infusion that a clinic starts from: design defaults, for the medical director to sign off. */
export const defaultInfusionReadingPlan: ReadingPlan = {
  version: '2026-11-22',
  origin: 'design defaults, to be signed off by the medical director',
  beforeStartWithinMs: 15 * MINUTE_MS,
  duringEveryMs: 10 * MINUTE_MS,
  afterEnd: [{ untilMs: 60 * MINUTE_MS, everyMs: 15 * MINUTE_MS }],
  thereafterEveryMs: 30 * MINUTE_MS,
}

/** What has happened so far, in epoch milliseconds; absent or null = not yet. */
export type SessionInstants = {
  readonly plannedStartAtMs?: number | null
  readonly startedAtMs?: number | null
  readonly endedAtMs?: number | null
  /** The person has left the care of the session: no more readings are due. */
  readonly closedAtMs?: number | null
  /** When readings were measured, in any order. Those later than `nowMs` are not counted. */
  readonly readingsAtMs: readonly number[]
  readonly nowMs: number
}

export type SchedulePhase = 'before-start' | 'infusion' | 'recovery' | 'late-recovery' | 'closed'

export type ReadingDue = {
  readonly phase: SchedulePhase
  /** When the next reading is due; null once the session is closed. */
  readonly dueAtMs: number | null
  /** By how long it is late; 0 when it is not. */
  readonly overdueMs: number
  /** The interval in force at the due time; null before the start and once closed. */
  readonly everyMs: number | null
}

/**
 * When the next reading is due and by how long it is late. Pure: the same facts give the same answer on server and screen.
 *
 * The clock runs from the last reading, so that no gap is ever longer than the interval in force; an early reading moves
 * the next one forward. A reading that was already due stays due when the infusion ends: ending never clears a late one.
 * The first reading of the infusion is due one interval after the start, or at once when no fresh reading went before.
 * Before the start a reading is due by the planned start (now, when none is planned), and again when it goes stale.
 * An end before the start cannot be true and is taken as no end: the shortest interval holds.
 * @example readingSchedule(defaultInfusionReadingPlan, { startedAtMs, readingsAtMs: [startedAtMs - 300_000], nowMs })
 */
export function readingSchedule(plan: ReadingPlan, instants: SessionInstants): ReadingDue {
  const { plannedStartAtMs, startedAtMs, closedAtMs, readingsAtMs, nowMs } = instants
  if (closedAtMs !== undefined && closedAtMs !== null) {
    return { phase: 'closed', dueAtMs: null, overdueMs: 0, everyMs: null }
  }
  const taken = readingsAtMs.filter((atMs) => atMs <= nowMs)
  const lastAtMs = taken.length === 0 ? Number.NEGATIVE_INFINITY : taken.reduce((a, b) => Math.max(a, b))

  if (startedAtMs === undefined || startedAtMs === null) {
    const neededAtMs = plannedStartAtMs ?? nowMs
    const dueAtMs = Math.max(neededAtMs, lastAtMs + plan.beforeStartWithinMs)
    return { phase: 'before-start', dueAtMs, overdueMs: Math.max(0, nowMs - dueAtMs), everyMs: null }
  }

  const stretches = stretchesOf(plan, startedAtMs, instants.endedAtMs)
  const { phase } = stretches.findLast(({ fromMs }) => fromMs <= nowMs) ?? stretches[0]!
  let due: { dueAtMs: number; everyMs: number }
  if (lastAtMs >= startedAtMs) due = dueAfter(lastAtMs, stretches)
  else if (lastAtMs >= startedAtMs - plan.beforeStartWithinMs) due = dueAfter(startedAtMs, stretches)
  else due = { dueAtMs: startedAtMs, everyMs: plan.duringEveryMs }
  return { phase, ...due, overdueMs: Math.max(0, nowMs - due.dueAtMs) }
}

type Stretch = { readonly fromMs: number; readonly everyMs: number; readonly phase: SchedulePhase }

function stretchesOf(
  plan: ReadingPlan,
  startedAtMs: number,
  endedAtMs: number | null | undefined,
): Stretch[] {
  const stretches: Stretch[] = [{ fromMs: startedAtMs, everyMs: plan.duringEveryMs, phase: 'infusion' }]
  if (endedAtMs === undefined || endedAtMs === null || endedAtMs < startedAtMs) return stretches
  let fromMs = endedAtMs
  for (const { untilMs, everyMs } of plan.afterEnd) {
    stretches.push({ fromMs, everyMs, phase: 'recovery' })
    fromMs = endedAtMs + untilMs
  }
  stretches.push({ fromMs, everyMs: plan.thereafterEveryMs, phase: 'late-recovery' })
  return stretches
}

/** The first time after `anchorMs` at which the interval of some stretch runs out within that stretch. */
function dueAfter(anchorMs: number, stretches: readonly Stretch[]): { dueAtMs: number; everyMs: number } {
  const first = stretches.findLastIndex(({ fromMs }) => fromMs <= anchorMs)
  for (let i = first; ; i++) {
    const { fromMs, everyMs } = stretches[i]!
    const dueAtMs = Math.max(fromMs, anchorMs + everyMs)
    const next = stretches[i + 1]
    if (!next || dueAtMs <= next.fromMs) return { dueAtMs, everyMs }
  }
}
