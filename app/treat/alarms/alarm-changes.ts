import type { AlarmConfig, AlarmEvent, AlarmLevel, VitalSign } from '@evenkeel/vital-signs'
import { vitalSigns } from '@evenkeel/vital-signs'
import type { AlarmLife } from '../session/care.ts'
import type { AlarmChange } from '../session/session-event.ts'

/**
 * One change to write into a session's log. `mark` is made of what happened, so that the same change has the same mark in
 * whichever process, and however often, it is found.
 */
export type FoundChange = {
  readonly mark: string
  readonly atMs: number
  readonly change: AlarmChange
  /** Why, in words for the record. */
  readonly reason?: string
  /** Who is called, when somebody is. */
  readonly to?: string
}

/** What must be known of an alarm's life to write its next change. */
type OpenLife = Pick<AlarmChange, 'alarmId' | 'cause' | 'level'> & {
  readonly sign?: VitalSign
  readonly rung: number
}

/** The lives that began and have not been told to be over, by what they are about. */
export type OpenLives = ReadonlyMap<string, OpenLife>

/** An alarm's name in the log: what it is about, and since when, since the same may begin more than once. */
function alarmIdOf(key: string, beganAtMs: number): string {
  return `${key}@${beganAtMs}`
}

/** What an alarm of this name is about. */
export function keyOfAlarm(alarmId: string): string {
  return alarmId.slice(0, alarmId.lastIndexOf('@'))
}

/**
 * What the log must say after these events. Answers of people are in the log already and are passed over.
 *
 * @param lives open before
 * @returns the changes, and the lives open afterwards
 */
export function changesOf(
  events: readonly AlarmEvent[],
  lives: OpenLives,
  config: AlarmConfig,
): { readonly changes: readonly FoundChange[]; readonly lives: OpenLives } {
  const open = new Map(lives)
  const changes: FoundChange[] = []
  for (const event of events) {
    if (!('alarm' in event)) continue
    const { alarm: key, atMs, id: mark } = event
    if (event.kind === 'raised') {
      const life: OpenLife = { alarmId: alarmIdOf(key, atMs), ...aboutOf(key, event.level, config), rung: 0 }
      open.set(key, life)
      changes.push({
        mark,
        atMs,
        change: changeOf(life, 'raised', config, event.value),
        reason: event.reason,
        to: event.to,
      })
      continue
    }
    const life = open.get(key)
    if (!life) continue
    if (event.kind === 'raised-again') {
      open.set(key, { ...life, rung: 0 })
      const change = event.why === 'worse' ? 'worsened' : 'raised-again'
      changes.push({
        mark,
        atMs,
        change: changeOf(life, change, config, event.value),
        reason: event.reason,
        to: event.to,
      })
    } else if (event.kind === 'escalated') {
      const rung = life.rung + 1
      open.set(key, { ...life, rung })
      const change = { ...changeOf(life, 'escalated', config, null), ladderStep: rung }
      changes.push({ mark, atMs, change, to: event.to })
    } else if (event.kind === 'resolved' && event.by === null) {
      open.delete(key)
      changes.push({ mark, atMs, change: changeOf(life, 'resolved', config, null), reason: event.reason })
    }
  }
  return { changes, lives: open }
}

/**
 * What must be written where the log and the alarms as they are now say different things, because something that came
 * late shows that an alarm was not, or is not over. Nothing is taken back: it is said anew.
 *
 * @param log every alarm of the log
 * @param now the alarms that are open: what they are about, and since when
 */
export function reconciled(
  log: readonly AlarmLife[],
  now: readonly { readonly key: string; readonly beganAtMs: number; readonly value: number | null }[],
  atMs: number,
  config: AlarmConfig,
): readonly FoundChange[] {
  const openNow = new Map(now.map((alarm) => [alarmIdOf(alarm.key, alarm.beganAtMs), alarm]))
  const changes: FoundChange[] = []
  for (const life of log) {
    const about: OpenLife = { ...life, ...(life.sign ? { sign: life.sign } : {}), rung: life.ladderStep }
    const open = openNow.get(life.alarmId)
    if (open && life.resolvedAt !== undefined) {
      const change = changeOf(about, 'raised-again', config, open.value)
      const mark = `reopened:${life.alarmId}/${life.changes.length}`
      changes.push({ mark, atMs, change, reason: 'values that arrived later show that it is not over' })
    } else if (!open && life.resolvedAt === undefined) {
      const change = changeOf(about, 'resolved', config, null)
      const mark = `revised:${life.alarmId}/${life.changes.length}`
      changes.push({ mark, atMs, change, reason: 'values that arrived later show that it was not so' })
    }
  }
  return changes
}

function changeOf(
  { alarmId, cause, level, sign }: OpenLife,
  change: AlarmChange['change'],
  config: AlarmConfig,
  value: number | null,
): AlarmChange {
  return {
    alarmId,
    change,
    cause,
    level,
    ...(sign ? { sign } : {}),
    ...(value === null ? {} : { value }),
    ...(config.limits && isOfLimits(cause, config) ? { limitsVersion: config.limits.version } : {}),
  }
}

function isOfLimits(cause: string, { limits }: AlarmConfig): boolean {
  return [...(limits?.rules ?? []), ...(limits?.scores ?? [])].some(({ id }) => id === cause)
}

/** What an alarm is about, in the log's own words: the rule of the limits or the technical cause, and the sign. */
function aboutOf(
  key: string,
  level: AlarmLevel,
  { limits }: AlarmConfig,
): Pick<OpenLife, 'cause' | 'level' | 'sign'> {
  const [kind, about = ''] = key.split(':')
  if (kind === 'limit') {
    const sign = limits?.rules.find(({ id }) => id === about)?.sign
    return { cause: about, level, ...(sign ? { sign } : {}) }
  }
  if (kind === 'overdue') return { cause: 'reading-overdue', level }
  const sign = vitalSigns.find((each) => each === about)
  const ofDevice = kind === 'lost' || kind === 'clock'
  const cause = ofDevice ? `device-${kind}` : kind === 'notice' ? about : kind!
  return { cause, level: 'technical', ...(sign ? { sign } : {}) }
}
