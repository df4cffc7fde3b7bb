import type { AlarmEvent, AlarmInput } from './alarm.ts'
import type { AlarmConfig } from './alarm-config.ts'
import { type Core, coreInWork, emptyCore } from './alarm-core.ts'
import {
  compareEntries,
  type Entry,
  entriesOf,
  isKnown,
  type Known,
  nameOf,
  nothingKnown,
  withKnown,
} from './alarm-entries.ts'
import { foldEntry } from './alarm-fold.ts'
import { advance } from './alarm-timers.ts'

/**
 * The alarms of one room. Plain JSON of bounded size: what is older than the window is folded for good (`base`), what
 * is in it is kept so that something that comes late can still take its place (`recent`).
 */
export type AlarmState = {
  readonly schema: 1
  readonly configVersion: string
  readonly nowMs: number
  readonly base: Core
  readonly recent: readonly Entry[]
  /** `base` with `recent` folded in, and what happened in doing so. */
  readonly head: Core
  readonly headEvents: readonly AlarmEvent[]
  /** `head` with the timers up to `nowMs`: what is the case now. */
  readonly shown: Core
  readonly tailEvents: readonly AlarmEvent[]
  readonly known: Known
}

export type Step = {
  readonly state: AlarmState
  /** What is new, in order. Append them to the record; each id once. */
  readonly events: readonly AlarmEvent[]
  /**
   * Set when the input could not be taken from here and nothing was changed: it is older than the window and was handed
   * in long after it arrived, or the configuration is another one. Have it in the record, then `replay` all of it.
   */
  readonly replayNeeded?: 'too-old' | 'config-changed'
}

/** A room in which nothing has happened yet. */
export function newAlarmState(config: AlarmConfig, nowMs: number): AlarmState {
  return {
    schema: 1,
    configVersion: config.version,
    nowMs,
    base: emptyCore,
    recent: [],
    head: emptyCore,
    headEvents: [],
    shown: emptyCore,
    tailEvents: [],
    known: nothingKnown,
  }
}

/**
 * Takes one input: `replay` by instalments. The state that comes out is that of replaying every input taken so far,
 * in whatever order and however often they came.
 *
 * @param instantMs now, epoch milliseconds, not before the input's arrival; an instant before the last one counts as the last one
 * @returns the new state and what is new; a duplicate gives no events but those of time that has passed
 * @throws RangeError when an instant of the input is not a number
 * @example
 * const { state: next, events } = step(state, { kind: 'batch', batch, arrivedAtMs: nowMs }, config, nowMs)
 */
export function step(state: AlarmState, input: AlarmInput, config: AlarmConfig, instantMs: number): Step {
  if (config.version !== state.configVersion) return { state, events: [], replayNeeded: 'config-changed' }
  const nowMs = Math.max(state.nowMs, instantMs)
  const name = nameOf(input)
  const isNew = name !== null && !isKnown(state.known, name)
  const entries = isNew ? entriesOf(input, config).sort(compareEntries) : []
  if (entries.some(({ foldAtMs }) => foldAtMs < state.base.foldedToMs)) {
    return { state, events: [], replayNeeded: 'too-old' }
  }
  const known = isNew ? withKnown(state.known, name) : state.known
  const last = state.recent.at(-1)
  const inOrder = entries.length === 0 || !last || compareEntries(last, entries[0]!) < 0

  let { recent, head, headEvents } = state
  let from = headEvents.length
  if (entries.length > 0) {
    recent = inOrder ? [...recent, ...entries] : [...recent, ...entries].sort(compareEntries)
    const folded = inOrder ? foldAll(head, entries, config) : foldAll(state.base, recent, config)
    head = folded.core
    headEvents = inOrder ? [...headEvents, ...folded.events] : folded.events
    if (!inOrder) from = 0
  }
  const tail = foldTo(head, nowMs, config, true)
  const said = [...state.headEvents.slice(from), ...state.tailEvents]
  const events = newEvents(said, [...headEvents.slice(from), ...tail.events], nowMs)
  const next: AlarmState = {
    ...state,
    nowMs,
    recent,
    head,
    headEvents,
    shown: tail.core,
    tailEvents: tail.events,
    known,
  }
  return { state: compacted(next, config), events }
}

/**
 * The definition: the state that these inputs give, as a set. Order and repetition do not matter; of the same input
 * with two arrivals the earlier holds.
 *
 * @param nowMs up to when timers run; not before the last arrival
 * @returns the state, to go on from with `step`, and everything that happened, in order
 */
export function replay(inputs: readonly AlarmInput[], config: AlarmConfig, nowMs: number): Step {
  return withoutRests(replayInParts(inputs, config, nowMs))
}

/**
 * The same as `replay`, a portion at a time, for a process that has other rooms to look after: hours of a monitor take seconds.
 *
 * @param portion how many values and notices at most are folded between two rests
 * @returns yields at each rest; its value is what `replay` returns
 * @example
 * const parts = replayInParts(inputs, config, nowMs)
 * let part = parts.next()
 * for (; !part.done; part = parts.next()) await othersHaveTheirTurn()
 * const { state, events } = part.value
 */
export function* replayInParts(
  inputs: readonly AlarmInput[],
  config: AlarmConfig,
  nowMs: number,
  portion = 2_000,
): Generator<void, Step, void> {
  const once = new Map<string, Exclude<AlarmInput, { kind: 'tick' }>>()
  let known = nothingKnown
  let rested = 0
  for (const [i, input] of inputs.entries()) {
    if (input.kind === 'tick') continue
    const id = JSON.stringify(nameOf(input))
    const before = once.get(id)
    if (!before || input.arrivedAtMs < before.arrivedAtMs) once.set(id, input)
    if (!before) known = withKnown(known, nameOf(input))
    if (i - rested < portion) continue
    rested = i
    yield
  }
  const recent: Entry[] = []
  for (const input of once.values()) recent.push(...entriesOf(input, config))
  yield
  recent.sort(compareEntries)
  yield
  const fold = { core: coreInWork(emptyCore), config, events: [] as AlarmEvent[] }
  yield* foldInParts(fold, recent, portion)
  const { core: head, events: headEvents } = fold
  const { core: shown, events: tailEvents } = foldTo(head, nowMs, config, true)
  const empty = newAlarmState(config, nowMs)
  const state: AlarmState = { ...empty, recent, head, headEvents, shown, tailEvents, known }
  return { state: yield* compactedInParts(state, config, portion), events: [...headEvents, ...tailEvents] }
}

function withoutRests<Value>(parts: Generator<void, Value, void>): Value {
  let part = parts.next()
  while (!part.done) part = parts.next()
  return part.value
}

/** What the state says, without how it is kept: two ways to the same state agree in this. */
export function settled({ nowMs, configVersion, shown }: AlarmState) {
  const { foldedToMs: _, wakeMs: __, ...core } = shown
  return { nowMs, configVersion, ...core }
}

type Folded = { readonly core: Core; readonly events: AlarmEvent[] }

function foldAll(from: Core, entries: readonly Entry[], config: AlarmConfig): Folded {
  const fold = { core: coreInWork(from), config, events: [] as AlarmEvent[] }
  withoutRests(foldInParts(fold, entries, Number.POSITIVE_INFINITY))
  return fold
}

/** Takes entries in their order; rests after each portion. */
function* foldInParts(
  fold: Parameters<typeof foldEntry>[0],
  entries: readonly Entry[],
  portion: number,
): Generator<void, void, void> {
  for (const [i, entry] of entries.entries()) {
    advance(fold, entry.foldAtMs, false)
    foldEntry(fold, entry)
    if ((i + 1) % portion === 0) yield
  }
}

function foldTo(from: Core, toMs: number, config: AlarmConfig, andAt: boolean): Folded {
  if (from.wakeMs === null || from.wakeMs > toMs) return { core: from, events: [] }
  const fold = { core: coreInWork(from), config, events: [] as AlarmEvent[] }
  advance(fold, toMs, andAt)
  return fold
}

/**
 * What to tell when more is known than before: events that were not said yet, and a revision for each that was said
 * and would not have happened. Nothing is taken back.
 */
function newEvents(
  said: readonly AlarmEvent[],
  now: readonly AlarmEvent[],
  nowMs: number,
): readonly AlarmEvent[] {
  if (said.length === 0) return now
  const saidIds = new Set(said.map(({ id }) => id))
  const nowIds = new Set(now.map(({ id }) => id))
  const revised = said
    .filter(({ id }) => !nowIds.has(id))
    .map(({ id }): AlarmEvent => ({ id: `revised:${id}`, atMs: nowMs, kind: 'revised', of: id }))
  return [...revised, ...now.filter(({ id }) => !saidIds.has(id))]
}

/** Folds for good what nothing can come before any more; in small portions, so that no step takes long for it. */
function compacted(state: AlarmState, config: AlarmConfig): AlarmState {
  return withoutRests(compactedInParts(state, config, Number.POSITIVE_INFINITY))
}

function* compactedInParts(
  state: AlarmState,
  config: AlarmConfig,
  portion: number,
): Generator<void, AlarmState, void> {
  const { windowMs, slackMs } = config
  const foldedToMs = state.nowMs - windowMs - slackMs
  const oldest = state.recent[0]?.foldAtMs ?? state.tailEvents[0]?.atMs
  if (oldest === undefined || oldest >= foldedToMs - windowMs / 60) return state
  const found = state.recent.findIndex(({ foldAtMs }) => foldAtMs >= foldedToMs)
  const count = found === -1 ? state.recent.length : found
  const fold = { core: coreInWork(state.base), config, events: [] as AlarmEvent[] }
  yield* foldInParts(fold, state.recent.slice(0, count), portion)
  advance(fold, foldedToMs, false)
  const base = fold.core
  const recent = state.recent.slice(count)
  const spare = fold.events.length - state.headEvents.length
  return recent.length > 0
    ? { ...state, base, recent, headEvents: state.headEvents.slice(fold.events.length) }
    : { ...state, base, recent, head: base, headEvents: [], tailEvents: state.tailEvents.slice(spare) }
}
