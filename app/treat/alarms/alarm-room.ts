import {
  type AlarmConfig,
  type AlarmInput,
  type AlarmState,
  newAlarmState,
  replayInParts,
  step,
} from '@evenkeel/vital-signs'
import type { SessionPlan } from '../session/session-clock.ts'
import type { SessionEvent } from '../session/session-event.ts'
import { changesOf, type FoundChange, type OpenLives } from './alarm-changes.ts'
import { alarmConfigOf, inputsOfLog } from './alarm-inputs.ts'
import type { StandingMonitor } from './monitor-inputs.ts'

/** The alarms of one session as this process knows them. */
export type AlarmRoom = {
  readonly config: AlarmConfig
  /** What was found and is not yet in the log. */
  take(input: AlarmInput, nowMs: number): void
  /** An entry of the log that was told; one that is known already changes nothing. */
  hear(event: SessionEvent, nowMs: number): void
  /** Which monitors stand at the chair by now. */
  stand(monitors: readonly StandingMonitor[], nowMs: number): void
  /** Lets the timers that are due go off. */
  tick(nowMs: number): void
  /** What is to be written; it stays until `written` says that it is. */
  found(): Found | undefined
  written(found: Found): void
  /** Something came that this state cannot take: everything must be read again. */
  readonly mustReload: () => boolean
}

export type Found = {
  readonly changes: readonly FoundChange[]
  /** Set when the log may say something else than is the case. */
  readonly open:
    | readonly { readonly key: string; readonly beganAtMs: number; readonly value: number | null }[]
    | undefined
  /** Which comparison this is. */
  readonly wanted: number
}

/** How long a room may stand without its timers being looked at, though none is due: what is folded for good is let go. */
const REST_MS = 30_000

/**
 * Begins with everything that was kept: the log and what monitors sent. What follows from them is found anew, whoever found it
 * before; the log knows what of it is written. Pure but for its own state: all time is handed in.
 *
 * @param batches what monitors sent, as inputs
 * @param standing the monitors at the chair
 */
export function alarmRoom(...given: Parameters<typeof alarmRoomInParts>): AlarmRoom {
  const parts = alarmRoomInParts(...given)
  let part = parts.next()
  while (!part.done) part = parts.next()
  return part.value
}

/** The same with rests, for a server that has other rooms to look after while hours of a monitor are read anew. */
export function* alarmRoomInParts(
  plan: SessionPlan,
  log: readonly SessionEvent[],
  batches: readonly AlarmInput[],
  nowMs: number,
  standing: readonly StandingMonitor[] = [],
): Generator<void, AlarmRoom, void> {
  const config = alarmConfigOf(plan)
  const events = new Map<string, SessionEvent>(log.map((event) => [event.id, event]))
  const known = new Set<string>()
  let lives: OpenLives = new Map()
  let pending: FoundChange[] = []
  // How often a comparison with the log was wanted, and for how many of these it was made.
  let wanted = 1
  let compared = 0
  let reload = false
  let lookedMs = nowMs
  let monitors = standing

  const fromLog = inputsOfLog(log, plan, monitors)
  for (const input of fromLog) if ('id' in input) known.add(input.id)
  const begun = yield* replayInParts([...fromLog, ...batches], config, nowMs)
  let state: AlarmState = begun.replayNeeded ? newAlarmState(config, nowMs) : begun.state
  note(begun.events)

  function note(said: (typeof begun)['events']): void {
    if (said.length === 0) return
    const found = changesOf(said, lives, config)
    lives = found.lives
    pending.push(...found.changes)
    if (said.some(({ kind }) => kind === 'revised')) wanted += 1
  }

  function take(input: AlarmInput, atMs: number): void {
    const next = step(state, input, config, atMs)
    if (next.replayNeeded) {
      reload = true
      return
    }
    state = next.state
    lookedMs = atMs
    note(next.events)
  }

  /** Takes what follows from log and places and did not before. */
  function takeNew(atMs: number): void {
    const inputs = inputsOfLog([...events.values()], plan, monitors)
    const names = new Set(inputs.map((input) => ('id' in input ? input.id : '')))
    // A baseline that was put right, a start or an end at another time: what was taken for it does not hold and cannot be taken back.
    if ([...known].some((id) => !names.has(id))) {
      reload = true
      return
    }
    for (const input of inputs) {
      if (!('id' in input) || known.has(input.id)) continue
      known.add(input.id)
      take(input, atMs)
    }
  }

  return {
    config,
    take,
    hear(event, atMs) {
      if (events.has(event.id)) return
      events.set(event.id, event)
      takeNew(atMs)
    },
    stand(now, atMs) {
      monitors = now
      takeNew(atMs)
    },
    tick(atMs) {
      const { wakeMs } = state.shown
      if ((wakeMs !== null && wakeMs <= atMs) || atMs - lookedMs >= REST_MS) take({ kind: 'tick' }, atMs)
    },
    found() {
      const compare = wanted > compared
      if (pending.length === 0 && !compare) return undefined
      return { changes: [...pending], open: compare ? openIn(state) : undefined, wanted }
    },
    written(found) {
      const done = new Set(found.changes)
      pending = pending.filter((change) => !done.has(change))
      compared = found.wanted
    },
    mustReload: () => reload,
  }
}

function openIn({ shown }: AlarmState): NonNullable<Found['open']> {
  return Object.values(shown.alarms)
    .filter(({ resolved }) => resolved === null)
    .map(({ key, beganAtMs, value }) => ({ key, beganAtMs, value }))
}
