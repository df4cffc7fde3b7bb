import type { AlarmInput } from './alarm.ts'
import type { AlarmConfig } from './alarm-config.ts'
import { type Cause, type Core, eventId, type Fold, type FromDevice, wakeAt } from './alarm-core.ts'
import type { Entry, EntryOfValue } from './alarm-entries.ts'
import { answer, causeBack, trouble, troubleGone } from './alarm-life.ts'
import type { State } from './interpret.ts'
import { describeTest, meetsTest, worseBy } from './limit-test.ts'
import type { LimitRule, Limits } from './limits.ts'
import { checkPlausible, isSuddenChange } from './plausibility.ts'
import { closerAfter, readingSchedule } from './reading-schedule.ts'
import {
  type MonitoredSign,
  monitoredSigns,
  type Reading,
  type VitalSign,
  vitalSignNames,
  vitalSigns,
  writeValue,
} from './vital-sign.ts'
import type { TechnicalNotice } from './wire.ts'

/** More devices in one room are not watched for silence; that is an alarm of its own. */
const WATCHED_DEVICES = 16

/** Takes one entry. Timers due before it must have gone off; entries come in their order. */
export function foldEntry(fold: Fold, entry: Entry): void {
  const { core } = fold
  const { what, foldAtMs } = entry
  const cause: Cause = { atMs: foldAtMs, mark: `${entry.source}/${entry.sequence}/${entry.index}` }
  core.foldedToMs = Math.max(core.foldedToMs, foldAtMs)
  switch (what.kind) {
    case 'sample':
      takeSample(fold, entry, what, cause)
      break
    case 'notice':
      takeNotice(fold, what.deviceId, what.notice, cause)
      break
    case 'late': {
      const source = `${entry.source}/${entry.sequence}`
      fold.events.push({ id: eventId('late', source, cause), atMs: foldAtMs, kind: 'late', source })
      break
    }
    case 'reading':
      takeReading(fold, what.values, entry.atMs, cause)
      break
    case 'score':
      takeScore(fold, what, entry.atMs, cause)
      break
    case 'baseline':
      takeBaseline(fold, what.values, cause)
      break
    case 'mark':
      takeMark(fold, what, cause)
      break
    case 'device':
      takeDevice(fold, what, cause)
      break
    default:
      answer(fold, what, cause)
  }
}

// Values

function takeSample(fold: Fold, entry: Entry, sample: EntryOfValue, cause: Cause): void {
  const { core, config } = fold
  const { deviceId, sign, value, quality } = sample
  const { atMs } = entry
  heard(fold, sample, atMs, cause, !entry.late)
  if (entry.late) core.lateValues += 1
  if (quality === 'invalid') {
    core.invalidAtMs[sign] = Math.max(core.invalidAtMs[sign] ?? atMs, atMs)
    withdraw(fold, sample, atMs, cause)
    return
  }
  const before = core.latest[sign]
  const doubtful =
    quality === 'questionable' ||
    isImplausible(sign, value, config) ||
    (before !== undefined &&
      !before.doubtful &&
      before.deviceId === deviceId &&
      isSuddenChange(sign, value, atMs, before.value, before.atMs, config.plausible))
  if (!entry.late) watchFlatLine(fold, sample, atMs, cause)
  takeValue(fold, { sign, value, atMs, deviceId, doubtful }, cause)
}

/** A value that its device takes back is in doubt from now on, and what it ended is not known to be over. */
function withdraw(fold: Fold, { deviceId, sign }: EntryOfValue, atMs: number, cause: Cause): void {
  const { core, config } = fold
  const newest = core.latest[sign]
  if (newest?.deviceId !== deviceId || newest.atMs !== atMs || newest.doubtful) return
  core.latest[sign] = { ...newest, doubtful: true }
  for (const { key } of rulesOf(config.limits, sign))
    if (core.alarms[key]?.goneAtMs === atMs) causeBack(fold, key, cause)
}

function isImplausible(sign: MonitoredSign, value: number, { plausible }: AlarmConfig): boolean {
  return checkPlausible(sign, value, plausible).verdict !== 'keep'
}

/** Once for the values of one instant: most that is said of a device cannot change within it. */
function heard(
  fold: Fold,
  {
    deviceId,
    heardAtMs: cameAtMs,
    clockAheadMs,
  }: Pick<EntryOfValue, 'deviceId' | 'heardAtMs' | 'clockAheadMs'>,
  atMs: number,
  cause: Cause,
  connected: boolean,
): void {
  const { core, config } = fold
  if (core.closedMs !== null) return
  if (Object.hasOwn(core.detachedAtMs, deviceId) && atMs <= core.detachedAtMs[deviceId]!) return
  const before = Object.hasOwn(core.devices, deviceId) ? core.devices[deviceId] : undefined
  if (!before && Object.keys(core.devices).length >= WATCHED_DEVICES) {
    const reason = `More than ${WATCHED_DEVICES} devices: not all are watched for silence`
    const { silence: level } = config.technical
    trouble(fold, { key: 'too-many-devices', kind: 'too-many-devices', level, reason }, cause)
    return
  }
  const heardAtMs = Math.max(before?.heardAtMs ?? cameAtMs, cameAtMs)
  if (heardAtMs === before?.heardAtMs) return
  core.devices[deviceId] = { heardAtMs }
  // A device that comes back brings its old values with it, some of them stale by now.
  wakeAt(core, before ? heardAtMs + config.silenceMs : cause.atMs)
  if (heardAtMs + config.silenceMs > cause.atMs) troubleGone(fold, `silence:${deviceId}`, cause)
  if (!connected) return
  troubleGone(fold, `lost:${deviceId}`, cause)
  const key = `clock:${deviceId}`
  if (clockAheadMs === undefined) troubleGone(fold, key, cause)
  else {
    const reason = clockWords(deviceId, clockAheadMs)
    trouble(fold, { key, kind: 'clock', level: config.technical.clock, reason, deviceId }, cause)
  }
}

function clockWords(deviceId: string, aheadMs: number): string {
  const minutes = Math.round(Math.abs(aheadMs) / 60_000)
  const wrong = `The clock of ${deviceId} is ${minutes} min ${aheadMs > 0 ? 'ahead' : 'behind'}`
  return `${wrong}: its values stand at the time they came and are in doubt. Set its clock and time zone; measure by hand until then`
}

const LATE_WORDS = ', measured earlier and received late'

const STALE_KEYS = Object.fromEntries(monitoredSigns.map((sign) => [sign, `stale:${sign}`])) as Readonly<
  Record<MonitoredSign, string>
>

type TakenValue = {
  readonly sign: MonitoredSign
  readonly value: number
  readonly atMs: number
  readonly deviceId: string | null
  readonly doubtful: boolean
}

/** The newest value of a sign speaks for now; an older one that came late, only for its own time. */
function takeValue(fold: Fold, taken: TakenValue, cause: Cause): void {
  const { core, config } = fold
  const { sign, value, atMs, deviceId, doubtful } = taken
  const newest = core.latest[sign]
  const past = newest !== undefined && newest.atMs > atMs
  if (!past) {
    core.latest[sign] = { value, atMs, deviceId, doubtful }
    if (deviceId === null && !config.continuous.includes(sign)) troubleGone(fold, STALE_KEYS[sign], cause)
  }
  if (deviceId !== null) deviceGave(fold, sign, { deviceId, atMs }, cause)
  for (const rule of rulesOf(config.limits, sign)) judge(fold, rule, taken, past, cause)
  watchCloser(fold, taken, past, cause)
}

/**
 * When the next reading is due depends on what is known of the signs: of each by its values by hand, and by a device's while they
 * are red. What a device gives neither ends what a hand found nor makes amber urgent.
 */
function watchCloser(fold: Fold, taken: TakenValue, past: boolean, cause: Cause): void {
  const { core } = fold
  const { sign, atMs, deviceId, doubtful } = taken
  const ofDevice = `device:${sign}`
  const before = { hand: core.closer[sign], device: core.closer[ofDevice] }
  const state = stateOf(fold, taken, past)
  const set = (key: string, watch: (typeof core.closer)[string] | undefined) => {
    if (watch) core.closer[key] = watch
    else delete core.closer[key]
  }
  if (deviceId === null) {
    if ((core.handAtMs[sign] ?? atMs) > atMs) return
    core.handAtMs[sign] = atMs
    set(sign, closerAfter(before.hand, state, atMs))
    if (state !== 'red') set(ofDevice, undefined)
  } else if (!past && (state === 'red' || !doubtful)) {
    set(ofDevice, state === 'red' ? closerAfter(before.device, state, atMs) : undefined)
  }
  if (core.closer[sign] !== before.hand || core.closer[ofDevice] !== before.device) readingsMoved(fold, cause)
}

/** How a value stands to the limits by what was just judged. */
function stateOf({ core, config }: Fold, { sign, value, atMs }: TakenValue, past: boolean): State {
  const held = past ? core.lateHeldSinceMs : core.heldSinceMs
  let state: State = 'within'
  let judged = 0
  for (const rule of rulesOf(config.limits, sign)) {
    judged += 1
    const met = meetsTest(rule, value, core.baseline?.[rule.sign])
    const lasted = rule.heldForMs === undefined || atMs - (held[rule.id] ?? atMs) >= rule.heldForMs
    if (met && lasted && rule.level === 'red') return 'red'
    if (met && lasted) state = 'amber'
    else if (met === null && state === 'within') state = 'unknown'
  }
  return judged === 0 ? 'unknown' : state
}

/** Whether a sign is stale is a matter of the device alone: it goes by what the device gave last, whatever was taken by hand since. */
function deviceGave(
  { core, config, events }: Fold,
  sign: MonitoredSign,
  given: FromDevice,
  cause: Cause,
): void {
  const before = core.fromDevice[sign]
  if (before && before.atMs > given.atMs) return
  core.fromDevice[sign] = given
  const staleMs = config.staleMs[sign]
  if (staleMs === undefined) return
  const staleAtMs = given.atMs + staleMs
  wakeAt(core, staleAtMs)
  if (staleAtMs > cause.atMs) troubleGone({ core, config, events }, STALE_KEYS[sign], cause)
}

/** A rule with the key of its alarm, put together once: values are judged thousands of times a second. */
type KeyedRule = LimitRule & { readonly key: string }

const ruleTables = new WeakMap<Limits, Map<string, readonly KeyedRule[]>>()

function rulesOf(limits: Limits | null, sign: MonitoredSign): readonly KeyedRule[] {
  if (!limits) return []
  let table = ruleTables.get(limits)
  if (!table) {
    const keyed = limits.rules.map((rule): KeyedRule => ({ ...rule, key: `limit:${rule.id}` }))
    table = new Map(vitalSigns.map((of) => [of, keyed.filter((rule) => rule.sign === of)]))
    ruleTables.set(limits, table)
  }
  return table.get(sign) ?? []
}

function judge(fold: Fold, rule: KeyedRule, taken: TakenValue, past: boolean, cause: Cause): void {
  const { core, config } = fold
  const { value, atMs, doubtful } = taken
  const own = core.baseline?.[rule.sign]
  const met = meetsTest(rule, value, own)
  // Without a baseline the rule is unknown: it neither raises an alarm nor ends one.
  if (met === null) return
  const held = past ? core.lateHeldSinceMs : core.heldSinceMs
  const { key } = rule
  if (!met) {
    if (doubtful) return
    delete held[rule.id]
    if (!past) troubleGone(fold, key, cause)
    return
  }
  const sinceMs = Math.min(held[rule.id] ?? atMs, atMs)
  if (held[rule.id] !== sinceMs) held[rule.id] = sinceMs
  if (rule.heldForMs !== undefined && atMs - sinceMs < rule.heldForMs) return
  const open = core.alarms[key]
  if (open && !open.resolved && open.goneAtMs === null && open.value === value) return
  const { sign, level, id: ruleId } = rule
  const { name } = vitalSignNames[sign]
  const lasted = rule.heldForMs === undefined ? '' : `, for ${Math.floor((atMs - sinceMs) / 1000)} s`
  const came = past ? LATE_WORDS : ''
  const reason = `${name} ${writeValue(sign, value)}: ${describeTest(rule, value, own)}${lasted}${came}`
  const margin = config.worseBy[sign]
  const worseThan =
    margin === undefined ? undefined : (acknowledged: number) => worseBy(rule, value, acknowledged) >= margin
  trouble(
    fold,
    { key, kind: 'limit', level, reason, sign, ruleId, value, past, ...(worseThan && { worseThan }) },
    cause,
  )
}

function watchFlatLine(
  fold: Fold,
  { sign, value, deviceId }: EntryOfValue,
  atMs: number,
  cause: Cause,
): void {
  const { core, config } = fold
  const rule = config.flatLine[sign]
  if (!rule) return
  const run = `${sign}:${deviceId}`
  const before = core.same[run]
  if (before?.value !== value) {
    core.same[run] = { value, sinceMs: atMs, samples: 1 }
    // Only a run that was long enough can have raised it.
    if (before && before.samples >= rule.samples) troubleGone(fold, `flat-line:${run}`, cause)
    return
  }
  const samples = before.samples + 1
  core.same[run] = { ...before, samples }
  if (samples < rule.samples || atMs - before.sinceMs < rule.forMs) return
  const key = `flat-line:${run}`
  const minutes = Math.floor((atMs - before.sinceMs) / 60_000)
  const open = core.alarms[key]
  if (open && !open.resolved) return
  const { name } = vitalSignNames[sign]
  const reason = `${name} has been exactly ${writeValue(sign, value)} for ${minutes} min: no living value stays the same`
  trouble(
    fold,
    { key, kind: 'flat-line', level: config.technical['flat-line'], reason, sign, deviceId },
    cause,
  )
}

// What people and devices say

function takeReading(fold: Fold, values: Reading, atMs: number, cause: Cause): void {
  const { core, config } = fold
  const known = (sign: VitalSign) => typeof values[sign] === 'number' && Number.isFinite(values[sign])
  for (const sign of vitalSigns) {
    if (!known(sign)) continue
    // A value taken by hand was asked about when it was unlikely, and confirmed.
    takeValue(fold, { sign, value: values[sign]!, atMs, deviceId: null, doubtful: false }, cause)
  }
  // A reading that left something out neither counts as taken nor resets a clock.
  if (config.limits && !config.limits.required.every(known)) return
  core.lastReadingMs = Math.max(core.lastReadingMs ?? atMs, atMs)
  readingsMoved(fold, cause)
}

/** The newest total of a scale speaks for now, as the newest value of a sign does. */
function takeScore(
  fold: Fold,
  { score, value }: Extract<AlarmInput, { kind: 'score' }>,
  atMs: number,
  cause: Cause,
): void {
  const { core, config } = fold
  const past = Object.hasOwn(core.scoredAtMs, score) && core.scoredAtMs[score]! > atMs
  if (!past) core.scoredAtMs[score] = atMs
  for (const { id: ruleId, name, level, atLeast, worseBy: margin, ...rule } of config.limits?.scores ?? []) {
    if (rule.score !== score) continue
    const key = `limit:${ruleId}`
    if (value < atLeast) {
      if (!past) troubleGone(fold, key, cause)
      continue
    }
    const reason = `${name} ${value}: at or above ${atLeast}${past ? LATE_WORDS : ''}`
    const worseThan = (acknowledged: number) => value - acknowledged >= margin
    trouble(fold, { key, kind: 'limit', level, reason, ruleId, value, past, worseThan }, cause)
  }
}

function takeBaseline(fold: Fold, values: Reading, cause: Cause): void {
  const { core, config } = fold
  core.baseline = values
  for (const sign of vitalSigns) {
    const newest = core.latest[sign]
    if (!newest) continue
    for (const rule of rulesOf(config.limits, sign)) judge(fold, rule, { sign, ...newest }, false, cause)
  }
}

function takeMark(fold: Fold, { mark, markedMs }: Extract<AlarmInput, { kind: 'mark' }>, cause: Cause): void {
  const { core } = fold
  if (mark === 'planned-start') core.plannedStartMs = markedMs
  else if (mark === 'started') core.startedMs = markedMs
  else if (mark === 'ended') core.endedMs = markedMs
  else {
    core.closedMs = markedMs
    core.devices = {}
    // The person has left: what was only about watching is over. What was found in them stays until it is dealt with.
    for (const { key, kind } of Object.values(core.alarms))
      if (kind !== 'limit') troubleGone(fold, key, cause)
  }
  readingsMoved(fold, cause)
}

function readingsMoved(fold: Fold, cause: Cause): void {
  const { core, config } = fold
  const { plannedStartMs, startedMs, closedMs } = core
  const planned = config.readings && closedMs === null && (startedMs !== null || plannedStartMs !== null)
  core.readingDueMs = planned ? dueReading(core, config, cause.atMs) : null
  for (const level of ['amber', 'red'] as const) {
    const overAtMs = core.readingDueMs === null ? null : core.readingDueMs + config.overdueMs[level]
    if (overAtMs !== null) wakeAt(core, overAtMs)
    if (overAtMs === null || overAtMs > cause.atMs) troubleGone(fold, `overdue:${level}`, cause)
  }
}

function dueReading(core: Core, config: AlarmConfig, nowMs: number): number | null {
  const { plannedStartMs, startedMs, endedMs, lastReadingMs, closer } = core
  return readingSchedule(config.readings!, {
    plannedStartAtMs: plannedStartMs,
    startedAtMs: startedMs,
    endedAtMs: endedMs,
    readingsAtMs: lastReadingMs === null ? [] : [lastReadingMs],
    closer: Object.values(closer),
    nowMs,
  }).dueAtMs
}

function takeNotice(
  fold: Fold,
  deviceId: string,
  { kind, phase, sign }: TechnicalNotice,
  cause: Cause,
): void {
  const level = fold.config.technical.notices[kind]
  const key = `notice:${kind}:${deviceId}`
  if (level === 'note') {
    const id = eventId('noted', key, cause)
    fold.events.push({ id, atMs: cause.atMs, kind: 'noted', source: deviceId, what: `${kind} ${phase}` })
    return
  }
  if (phase === 'end') {
    troubleGone(fold, key, cause)
    return
  }
  const reason = `${deviceId} says: ${kind.replace('-', ' ')}`
  trouble(fold, { key, kind: 'notice', level, reason, deviceId, ...(sign && { sign }) }, cause)
}

function takeDevice(
  fold: Fold,
  { deviceId, what }: Extract<AlarmInput, { kind: 'device' }>,
  cause: Cause,
): void {
  const { core, config } = fold
  // After the person has left nobody watches the devices.
  if (core.closedMs !== null) return
  const lost = `lost:${deviceId}`
  if (what === 'attached') {
    // One that sends already has said more than that it is expected.
    if (!Object.hasOwn(core.devices, deviceId))
      heard(fold, { deviceId, heardAtMs: cause.atMs }, cause.atMs, cause, true)
  } else if (what === 'back') troubleGone(fold, lost, cause)
  else if (what === 'lost') {
    const reason = `The connection to ${deviceId} is lost`
    trouble(fold, { key: lost, kind: 'lost', level: config.technical.lost, reason, deviceId }, cause)
  } else {
    delete core.devices[deviceId]
    core.detachedAtMs[deviceId] = cause.atMs
    for (const alarm of Object.values(core.alarms)) {
      // A stale sign is the matter of the device that gave it last, which may be another by now.
      const of = alarm.kind === 'stale' ? core.fromDevice[alarm.sign!]?.deviceId : alarm.deviceId
      if (of === deviceId && alarm.kind !== 'limit') troubleGone(fold, alarm.key, cause)
    }
  }
}
