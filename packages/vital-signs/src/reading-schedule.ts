import type { State } from './interpret.ts'
import type { AlarmLevel } from './limits.ts'

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
  /** After a value beyond the limits a reading is due at the latest this much later: five minutes, or less. */
  readonly closerWithinMs?: number
}

const MINUTE_MS = 60_000

/** Intervals for an intravenous infusion that a clinic starts from: design defaults [D], for the medical director to sign off. */
export const defaultInfusionReadingPlan: ReadingPlan = {
  version: '2026-11-22',
  origin: 'design defaults, to be signed off by the medical director',
  beforeStartWithinMs: 15 * MINUTE_MS,
  duringEveryMs: 10 * MINUTE_MS,
  afterEnd: [{ untilMs: 60 * MINUTE_MS, everyMs: 15 * MINUTE_MS }],
  thereafterEveryMs: 30 * MINUTE_MS,
}

/** After a dose given at once, in a muscle, under the skin or under the tongue: 15, 30, 45, 60, 90 and 120 minutes, then every 30 [D]. */
export const defaultAfterDoseReadingPlan: ReadingPlan = {
  version: '2026-11-22',
  origin: 'design defaults, to be signed off by the medical director',
  beforeStartWithinMs: 15 * MINUTE_MS,
  duringEveryMs: 15 * MINUTE_MS,
  afterEnd: [{ untilMs: 60 * MINUTE_MS, everyMs: 15 * MINUTE_MS }],
  thereafterEveryMs: 30 * MINUTE_MS,
}

/**
 * Nasal esketamine: before, about 40 minutes after the first device, then as needed, and before leaving [S, label]; that
 * "as needed" is every 40 minutes here is a design default [D].
 */
export const defaultEsketamineReadingPlan: ReadingPlan = {
  version: '2026-11-22',
  origin:
    'the label names the times before, about 40 minutes after and before leaving; the rest is a design default',
  beforeStartWithinMs: 15 * MINUTE_MS,
  duringEveryMs: 40 * MINUTE_MS,
  afterEnd: [{ untilMs: 120 * MINUTE_MS, everyMs: 40 * MINUTE_MS }],
  thereafterEveryMs: 40 * MINUTE_MS,
}

/**
 * After a value beyond the limits a reading is due at the latest this much later: "recheck 3–5 min" after amber, and again and
 * again after red, until the sign is within limits. A design default [D].
 */
const CLOSER_WITHIN_MS = 5 * MINUTE_MS

/** A sign that is watched more closely: how bad it was, and since when nothing within limits was measured of it. */
export type CloserWatch = { readonly level: AlarmLevel; readonly sinceMs: number }

/**
 * How closely a sign is watched after one more value of it. Red stays red until the sign is within limits; what is unknown ends
 * nothing. Values are handed in by the time they were measured.
 *
 * @param before undefined: the sign was within limits, or never measured
 */
export function closerAfter(
  before: CloserWatch | undefined,
  state: State,
  atMs: number,
): CloserWatch | undefined {
  switch (state) {
    case 'within':
      return undefined
    case 'unknown':
      return before
    case 'amber':
      return before ?? { level: 'amber', sinceMs: atMs }
    case 'red':
      return before?.level === 'red' ? before : { level: 'red', sinceMs: atMs }
  }
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
  /** Signs that are watched more closely by now; absent: none is. */
  readonly closer?: readonly CloserWatch[]
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
 * Ending never moves the next reading later either: what was due by the interval of the infusion stays so.
 *
 * While a sign is beyond its limits (`closer`) the next reading is due within the plan's `closerWithinMs`: after red of the reading before,
 * again and again; after amber since the start once, of when it began. Neither moves a reading later.
 *
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
    const dueAtMs = Math.min(
      Math.max(neededAtMs, lastAtMs + plan.beforeStartWithinMs),
      closerDueMs(plan, instants, lastAtMs),
    )
    return { phase: 'before-start', dueAtMs, overdueMs: Math.max(0, nowMs - dueAtMs), everyMs: null }
  }

  const stretches = stretchesOf(plan, startedAtMs, instants.endedAtMs)
  const { phase } = stretches.findLast(({ fromMs }) => fromMs <= nowMs) ?? stretches[0]!
  let due: { dueAtMs: number; everyMs: number }
  if (lastAtMs >= startedAtMs) due = dueAfter(lastAtMs, stretches)
  else if (lastAtMs >= startedAtMs - plan.beforeStartWithinMs) due = dueAfter(startedAtMs, stretches)
  else due = { dueAtMs: startedAtMs, everyMs: plan.duringEveryMs }
  const dueAtMs = Math.min(due.dueAtMs, closerDueMs(plan, instants, lastAtMs))
  return { phase, dueAtMs, everyMs: due.everyMs, overdueMs: Math.max(0, nowMs - dueAtMs) }
}

/** When the signs that are watched more closely want the next reading; infinity when none does. */
function closerDueMs(
  { closerWithinMs = CLOSER_WITHIN_MS }: ReadingPlan,
  { closer = [], startedAtMs }: SessionInstants,
  lastAtMs: number,
): number {
  // The page says five minutes after red; a plan may ask for less.
  const withinMs = Math.min(closerWithinMs, CLOSER_WITHIN_MS)
  return closer.reduce((dueAtMs, { level, sinceMs }) => {
    if (level === 'red') return Math.min(dueAtMs, Math.max(sinceMs, lastAtMs) + withinMs)
    // Amber from before the dose was weighed when it was started; one that was measured again is known.
    const once = startedAtMs != null && sinceMs >= startedAtMs && lastAtMs <= sinceMs
    return once ? Math.min(dueAtMs, sinceMs + withinMs) : dueAtMs
  }, Number.POSITIVE_INFINITY)
}

/** One reading of a session: taken, or to come. */
export type ReadingMoment = {
  /** When it was taken; when it is due, for those to come. */
  readonly atMs: number
  readonly phase: SchedulePhase
  readonly state: 'taken' | 'overdue' | 'due' | 'ahead'
  /** By how long it is late now; 0 when it is not. */
  readonly overdueMs: number
}

/**
 * All readings of a session: those taken, the next one (due, or overdue by how long), and those ahead until the person
 * may leave, if each is taken when it is due and the overdue one now. The last is one at `leaveAtMs`: whoever leaves is
 * measured before.
 *
 * @param instants as for `readingSchedule`; with a dose under way the time ahead is planned to `expectedEndAtMs`
 * @param leaveAtMs the earliest leaving; null while it is not known: then only the next reading follows
 * @returns ascending; at most 200 ahead
 * @example readingMoments(defaultAfterDoseReadingPlan, { startedAtMs, endedAtMs: startedAtMs, readingsAtMs: [startedAtMs], nowMs }, startedAtMs + 7_200_000)
 * // taken at 0; ahead at 15, 30, 45, 60, 90 and 120 minutes
 */
export function readingMoments(
  plan: ReadingPlan,
  instants: SessionInstants & { readonly expectedEndAtMs?: number | null },
  leaveAtMs: number | null,
): ReadingMoment[] {
  const { nowMs, closedAtMs } = instants
  const { expectedEndAtMs, ...facts } = instants
  const takenMs = instants.readingsAtMs.filter((atMs) => atMs <= nowMs).sort((a, b) => a - b)
  const moments: ReadingMoment[] = takenMs.map((atMs) => {
    return { atMs, phase: phaseAt(plan, facts, atMs), state: 'taken', overdueMs: 0 }
  })
  const next = readingSchedule(plan, facts)
  if (next.dueAtMs === null || (closedAtMs !== undefined && closedAtMs !== null)) return moments
  // Before the start nothing is known of what comes after it.
  const started = facts.startedAtMs !== undefined && facts.startedAtMs !== null
  const plannedEndMs = facts.endedAtMs ?? (expectedEndAtMs == null ? null : Math.max(expectedEndAtMs, nowMs))
  const ahead = { ...facts, endedAtMs: plannedEndMs }
  const first = next.overdueMs > 0 ? 'overdue' : 'due'
  let { dueAtMs } = next
  if (leaveAtMs !== null && started && leaveAtMs >= nowMs && first === 'due')
    dueAtMs = Math.min(dueAtMs, leaveAtMs)
  moments.push({
    atMs: dueAtMs,
    phase: phaseAt(plan, ahead, dueAtMs),
    state: first,
    overdueMs: next.overdueMs,
  })
  if (!started || leaveAtMs === null) return moments
  for (let count = 0; count < MOST_AHEAD; count++) {
    const lastMs = Math.max(dueAtMs, nowMs)
    if (lastMs >= leaveAtMs) break
    const after = readingSchedule(plan, { ...ahead, readingsAtMs: [lastMs], closer: [], nowMs: lastMs })
    if (after.dueAtMs === null) break
    dueAtMs = Math.min(after.dueAtMs, leaveAtMs)
    moments.push({ atMs: dueAtMs, phase: phaseAt(plan, ahead, dueAtMs), state: 'ahead', overdueMs: 0 })
  }
  return moments
}

/** A protocol asks for a few dozen readings at most; a plan of seconds must not fill a screen. */
const MOST_AHEAD = 200

function phaseAt(
  plan: ReadingPlan,
  { startedAtMs, endedAtMs }: SessionInstants,
  atMs: number,
): SchedulePhase {
  if (startedAtMs === undefined || startedAtMs === null || atMs < startedAtMs) return 'before-start'
  return stretchesOf(plan, startedAtMs, endedAtMs).findLast(({ fromMs }) => fromMs <= atMs)!.phase
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

/** A dose that lasts no longer was over as it began: there was no infusion whose interval could hold. */
const AT_ONCE_MS = MINUTE_MS

/**
 * When the reading after one at `anchorMs` is due. After one taken during the infusion never later than the infusion's own
 * interval, so that its end moves nothing.
 */
function dueAfter(anchorMs: number, stretches: readonly Stretch[]): { dueAtMs: number; everyMs: number } {
  const [during, afterEnd] = stretches
  const due = dueByStretch(anchorMs, stretches)
  if (!during || !afterEnd || anchorMs >= afterEnd.fromMs) return due
  if (afterEnd.fromMs - during.fromMs <= AT_ONCE_MS || due.dueAtMs <= anchorMs + during.everyMs) return due
  return { dueAtMs: anchorMs + during.everyMs, everyMs: during.everyMs }
}

/** The first time after `anchorMs` at which the interval of some stretch runs out within that stretch. */
function dueByStretch(anchorMs: number, stretches: readonly Stretch[]): { dueAtMs: number; everyMs: number } {
  const first = stretches.findLastIndex(({ fromMs }) => fromMs <= anchorMs)
  for (let i = first; ; i++) {
    const { fromMs, everyMs } = stretches[i]!
    const dueAtMs = Math.max(fromMs, anchorMs + everyMs)
    const next = stretches[i + 1]
    if (!next || dueAtMs <= next.fromMs) return { dueAtMs, everyMs }
  }
}
