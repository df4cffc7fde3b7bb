import type { SessionState } from './session.ts'
import type { ScaleId } from './session-event.ts'

/** What a protocol asks: a scale at minutes from the start of dosing, negative ones before it. */
export type ScaleMinutes = { readonly scale: string; readonly atMin: readonly number[] }

/** A scale of the protocol's schedule at one of its minutes, and what became of it. */
export type ScheduledScale = {
  /** As the protocol names it. */
  readonly name: string
  /** Scales of the log that answer it; none for one that is filled in as a form elsewhere. */
  readonly answeredBy: readonly ScaleId[]
  readonly atMin: number
  readonly dueAtMs: number
  /**
   * `missed`: its time is over and nothing answers it any more; what is asked later stands in its place. `elsewhere`:
   * this log does not know whether it was taken.
   */
  readonly state: 'ahead' | 'due' | 'overdue' | 'missed' | 'taken' | 'not-taken' | 'elsewhere'
  readonly overdueMs: number
}

/** How long after its minute a scale is merely due. A design default. */
const GRACE_MS = 10 * 60_000
/** How far from its minute an answer still counts as this one's; what belongs before the dose never after it. A design default. */
const NEAR_MS = 20 * 60_000

/** Words by which a protocol names a scale of the bedside. */
const NAMED: readonly { readonly word: RegExp; readonly scales: readonly ScaleId[] }[] = [
  { word: /cadss|dissociation/i, scales: ['cadss', 'dissociation-0-10'] },
  { word: /moaa/i, scales: ['moaas'] },
  { word: /rass/i, scales: ['rass'] },
  { word: /nausea/i, scales: ['nausea-0-10'] },
  { word: /distress/i, scales: ['distress-0-10'] },
  { word: /pain/i, scales: ['pain-0-10'] },
  { word: /aldrete/i, scales: ['aldrete'] },
  { word: /padss/i, scales: ['padss'] },
]

/** Scales of the bedside's log that answer what a protocol calls by this name. */
export function scalesNamed(name: string): readonly ScaleId[] {
  return NAMED.find(({ word }) => word.test(name))?.scales ?? []
}

/**
 * The scales of a session by the protocol's minutes, in order of time. Minutes count from the start of the dose; before
 * it from the planned start, so that what belongs before the dose can be due before it. Once a dose could be started any minute
 * (phase `dose`) what belongs before it is due now, also when it is earlier than planned; once it has begun nothing taken
 * afterwards answers it. An answer counts for the minute it lies nearest to. One that says "not taken" settles its minute and
 * stays visible as such, until a score follows.
 *
 * @param plannedStartMs when the dose is planned, ms since 1970
 * @example scaleSchedule([{ scale: 'CADSS', atMin: [-15, 40] }], state, plannedStartMs, nowMs)
 */
export function scaleSchedule(
  scales: readonly ScaleMinutes[],
  { dose, care, phase }: Pick<SessionState, 'dose' | 'care' | 'phase'>,
  plannedStartMs: number,
  nowMs: number,
): ScheduledScale[] {
  // Ready before the plan: the dose may begin now.
  const zeroMs = dose
    ? Date.parse(dose.startedAt)
    : phase === 'dose'
      ? Math.min(plannedStartMs, nowMs)
      : plannedStartMs
  const asked = scales.flatMap(({ scale: name, atMin }) =>
    atMin.map((min) => ({ name, atMin: min, dueAtMs: zeroMs + min * 60_000, answeredBy: scalesNamed(name) })),
  )
  const untilMs = ({ atMin, dueAtMs }: (typeof asked)[number]) =>
    atMin < 0 && dose ? zeroMs : atMin > 0 || dose ? dueAtMs + NEAR_MS : Number.POSITIVE_INFINITY
  const answers = new Map<(typeof asked)[number], 'taken' | 'not-taken'>()
  for (const { scale, score, at } of care.scales) {
    const atMs = Date.parse(at)
    const nearest = asked
      .filter(
        (each) => each.answeredBy.includes(scale) && atMs >= each.dueAtMs - NEAR_MS && atMs <= untilMs(each),
      )
      .sort((a, b) => Math.abs(a.dueAtMs - atMs) - Math.abs(b.dueAtMs - atMs))[0]
    if (nearest && answers.get(nearest) !== 'taken')
      answers.set(nearest, score === null ? 'not-taken' : 'taken')
  }
  return asked
    .map((each): ScheduledScale => {
      const plannedLateMs = nowMs - (dose ? each.dueAtMs : plannedStartMs + each.atMin * 60_000)
      // Being ready early makes it due, not late.
      const lateMs = plannedLateMs < 0 && nowMs >= each.dueAtMs ? 0 : plannedLateMs
      // Without a dose nothing after it can be due; once they have left nothing is.
      const open = phase !== 'leave' && (dose !== undefined || each.atMin <= 0)
      const state =
        answers.get(each) ??
        (each.answeredBy.length === 0
          ? 'elsewhere'
          : !open || lateMs < 0
            ? 'ahead'
            : nowMs > untilMs(each)
              ? 'missed'
              : lateMs > GRACE_MS
                ? 'overdue'
                : 'due')
      return {
        ...each,
        dueAtMs: lateMs === 0 ? nowMs : each.dueAtMs,
        state,
        overdueMs: state === 'overdue' ? lateMs : 0,
      }
    })
    .sort((a, b) => a.atMin - b.atMin || a.name.localeCompare(b.name))
}
