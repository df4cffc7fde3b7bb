import type { ReactNode } from 'react'
import { StateChip, type StateKind } from '../../ui/index.ts'
import { DOSE_WORDS, type DoseKind } from '../session/dose-words.ts'
import type { NextKind, NextThing } from '../session/session-clock.ts'

const TITLES: Readonly<Record<NextKind, string>> = {
  arrival: 'Record the arrival',
  identity: 'Check two identifiers',
  checklist: 'Go through the checklist',
  reading: 'Take a reading',
  'start-dose': 'Start the dose',
  'end-infusion': 'End the dose',
  discharge: 'Check for leaving',
  note: 'Write and sign the note',
  nothing: 'Nothing more is due',
}

/** "in 4 min", "for 2 min", to the second in the last minute. */
export function dueWords(dueAtMs: number, nowMs: number): string {
  const aheadMs = dueAtMs - nowMs
  const size = Math.abs(aheadMs)
  const words =
    size < 60_000
      ? `${Math.floor(size / 1000)} s`
      : size < 3_600_000
        ? `${Math.floor(size / 60_000)} min`
        : `${Math.floor(size / 3_600_000)} h ${Math.floor((size % 3_600_000) / 60_000)} min`
  return aheadMs >= 0 ? `due in ${words}` : `overdue by ${words}`
}

/** The state of a due time: late is an alarm, soon is due, later is calm. */
function dueState(next: NextThing, nowMs: number, redAfterMs: number): StateKind {
  if (next.dueAtMs === undefined) return 'due'
  if (next.kind !== 'reading') return 'due'
  if (next.overdueMs >= redAfterMs) return 'red'
  if (next.overdueMs > 0) return 'amber'
  return next.dueAtMs - nowMs < 2 * 60_000 ? 'due' : 'calm'
}

/** The next thing due, the biggest on the screen. */
export function NextPanel({
  next,
  nowMs,
  redAfterMs,
  dose,
  children,
}: {
  next: NextThing
  nowMs: number
  redAfterMs: number
  /** What is given or was ordered; undefined while there is no order. */
  dose: DoseKind | undefined
  children: ReactNode
}) {
  return (
    <section className={`next-panel next-${dueState(next, nowMs, redAfterMs)}`} aria-labelledby="next-title">
      <div className="next-head">
        <h2 id="next-title" tabIndex={-1}>
          {nextTitle(next.kind, dose)}
        </h2>
        {next.dueAtMs !== undefined && (
          <StateChip
            state={dueState(next, nowMs, redAfterMs)}
            word={dueWords(next.dueAtMs, nowMs)}
            size="big"
          />
        )}
      </div>
      {children}
    </section>
  )
}

/** What is due, in the words of the route where that is known. */
export function nextTitle(kind: NextKind, dose?: DoseKind): string {
  if (dose && kind === 'start-dose') return DOSE_WORDS[dose].start
  if (dose && kind === 'end-infusion') return DOSE_WORDS[dose].end
  return TITLES[kind]
}
