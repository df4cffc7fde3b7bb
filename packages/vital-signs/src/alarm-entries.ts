import type { AlarmInput } from './alarm.ts'
import type { AlarmConfig } from './alarm-config.ts'
import type { MonitoredSign } from './vital-sign.ts'
import type { SampleQuality, TechnicalNotice } from './wire.ts'

export type EntryOfValue = {
  readonly kind: 'sample'
  /** When it came in, by the clock of whoever took it from the device: of this its silence is counted. */
  readonly heardAtMs: number
  readonly deviceId: string
  readonly sign: MonitoredSign
  readonly value: number
  readonly quality: SampleQuality
  /** By how much the device's clock is ahead (negative: behind), where it is wrong. */
  readonly clockAheadMs?: number
}

type HumanInput = Exclude<AlarmInput, { kind: 'batch' } | { kind: 'tick' }>

/**
 * One thing to fold, with its place in time. The order (`compareEntries`) is of what it says, never of when it came:
 * time, then kind, what was put right after what it puts right, device or id, sequence, place in the batch.
 */
export type Entry = {
  /** When it was measured or done; what is late stands where it arrived. */
  readonly foldAtMs: number
  /** When it was measured or done, by a clock that is not ahead of its arrival. */
  readonly atMs: number
  readonly late: boolean
  /** At one instant, what sets up comes first, then values, then answers to them. */
  readonly rank: 0 | 1 | 2
  /** 0; of figures put right, when that was done. */
  readonly correctedAtMs: number
  readonly source: string
  readonly sequence: number
  readonly index: number
  readonly what:
    | EntryOfValue
    | { readonly kind: 'notice'; readonly deviceId: string; readonly notice: TechnicalNotice }
    | { readonly kind: 'late'; readonly deviceId: string }
    | HumanInput
}

/** Less than 0 when `a` comes before `b`. */
export function compareEntries(a: Entry, b: Entry): number {
  return (
    a.foldAtMs - b.foldAtMs ||
    a.rank - b.rank ||
    a.correctedAtMs - b.correctedAtMs ||
    (a.source < b.source ? -1 : a.source > b.source ? 1 : 0) ||
    a.sequence - b.sequence ||
    a.index - b.index
  )
}

/** Notices stand behind the samples of their batch, the line about lateness before them. */
const NOTICE_INDEX = 1_000_000
const OF_DEVICE = { rank: 1, correctedAtMs: 0 } as const

/**
 * The entries of an input.
 * @throws RangeError when an instant is not a finite number: that is broken code, not a broken device
 */
export function entriesOf(input: AlarmInput, config: AlarmConfig): Entry[] {
  if (input.kind === 'tick') return []
  const arrivedAtMs = instant(input.arrivedAtMs)
  if (input.kind !== 'batch') {
    const measured = input.kind === 'reading' || input.kind === 'score'
    const rank = measured ? 1 : 'by' in input ? 2 : 0
    return [
      {
        ...placed(instant(input.atMs), arrivedAtMs, config),
        rank,
        correctedAtMs: measured ? (input.correctedAtMs ?? 0) : 0,
        source: input.id,
        sequence: 0,
        index: 0,
        what: input,
      },
    ]
  }
  const { deviceId, run, sequence, samples, technical } = input.batch
  const source = run === '' ? deviceId : `${deviceId}/${run}`
  const entries = samples.map((sample): Entry => {
    const { index, measuredAtMs, receivedAtMs, sign, value, quality, clockAheadMs } = sample
    // A device whose clock runs ahead cannot have measured after its value was received.
    const atMs = Math.min(instant(measuredAtMs), instant(receivedAtMs))
    // A device whose clock is behind is heard when its value comes in, not when it says that it measured it.
    const heardAtMs = Math.max(atMs, Math.min(receivedAtMs, arrivedAtMs))
    const of = { kind: 'sample', deviceId, sign, value, quality, heardAtMs } as const
    const what = clockAheadMs === undefined ? of : { ...of, clockAheadMs }
    return { ...placed(atMs, arrivedAtMs, config), ...OF_DEVICE, source, sequence, index, what }
  })
  for (const notice of technical) {
    const place = placed(instant(notice.atMs), arrivedAtMs, config)
    const index = NOTICE_INDEX + notice.index
    entries.push({
      ...place,
      ...OF_DEVICE,
      source,
      sequence,
      index,
      what: { kind: 'notice', deviceId, notice },
    })
  }
  const late = entries.find((entry) => entry.late)
  if (late) entries.push({ ...late, index: -1, what: { kind: 'late', deviceId } })
  return entries
}

function placed(atMs: number, arrivedAtMs: number, { windowMs }: AlarmConfig) {
  const late = arrivedAtMs - atMs > windowMs
  const known = Math.min(atMs, arrivedAtMs)
  return { foldAtMs: late ? arrivedAtMs : known, atMs: known, late }
}

function instant(ms: number): number {
  if (!Number.isFinite(ms)) throw new RangeError(`not an instant: ${ms}`)
  return ms
}

/** What names an input for ever: `batch` by device, run and sequence, everything else by its id. */
export type InputName =
  | { readonly of: 'batch'; readonly counter: string; readonly sequence: number }
  | { readonly of: 'person'; readonly id: string }
  | null

export function nameOf(input: AlarmInput): InputName {
  if (input.kind === 'tick') return null
  if (input.kind !== 'batch') return { of: 'person', id: input.id }
  const { deviceId, run, sequence } = input.batch
  return { of: 'batch', counter: `${deviceId}/${run}`, sequence }
}

/** What has been taken already, small enough to keep: sequences as ranges, ids as a list. */
export type Known = {
  readonly counters: Readonly<Record<string, readonly (readonly [number, number])[]>>
  readonly ids: readonly string[]
}

/** Bounds of what is kept to know a duplicate by; the oldest goes first. The record's own keys are the last word. */
const KEPT_COUNTERS = 64
const KEPT_RANGES = 1_000
const KEPT_IDS = 5_000

export const nothingKnown: Known = { counters: {}, ids: [] }

export function isKnown(known: Known, name: InputName): boolean {
  if (!name) return false
  if (name.of === 'person') return known.ids.includes(name.id)
  const ranges = known.counters[name.counter] ?? []
  return ranges.some(([from, to]) => name.sequence >= from && name.sequence <= to)
}

export function withKnown(known: Known, name: InputName): Known {
  if (!name) return known
  if (name.of === 'person') return { ...known, ids: [...known.ids, name.id].slice(-KEPT_IDS) }
  const { counter, sequence } = name
  const { [counter]: ranges = [], ...others } = known.counters
  const kept = Object.entries(others).slice(-(KEPT_COUNTERS - 1))
  // The counter last used stands last.
  return { ...known, counters: { ...Object.fromEntries(kept), [counter]: withSequence(ranges, sequence) } }
}

/** Ascending ranges that do not touch. */
function withSequence(
  ranges: readonly (readonly [number, number])[],
  sequence: number,
): (readonly [number, number])[] {
  const last = ranges.at(-1)
  if (last && last[1] + 1 === sequence) return [...ranges.slice(0, -1), [last[0], sequence]]
  const before = ranges.filter(([, to]) => to < sequence - 1)
  const after = ranges.filter(([from]) => from > sequence + 1)
  const touching = ranges.filter(([from, to]) => to >= sequence - 1 && from <= sequence + 1)
  const from = Math.min(sequence, ...touching.map(([start]) => start))
  const to = Math.max(sequence, ...touching.map(([, end]) => end))
  return [...before, [from, to] as const, ...after].slice(-KEPT_RANGES)
}
