import type { Instant } from '../../platform/time.ts'
import type {
  AdverseEventFigures,
  AlarmChange,
  ComfortMeasure,
  RemsFacts,
  SessionEvent,
  SessionEventData,
  SessionEventId,
} from './session-event.ts'

type Entered<Kind extends keyof SessionEventData> = SessionEventData[Kind] & {
  readonly eventId: SessionEventId
  readonly at: Instant
  readonly by: string
}

/** An alarm as its changes tell it. It is over only when it says so; having been acknowledged hides nothing. */
export type AlarmLife = {
  readonly alarmId: string
  readonly cause: string
  readonly level: AlarmChange['level']
  readonly sign: AlarmChange['sign']
  readonly value: AlarmChange['value']
  readonly raisedAt: Instant
  /** When somebody had looked since it was last raised; what is raised again nobody has seen yet. */
  readonly seenAt: Instant | undefined
  readonly acknowledged: { readonly at: Instant; readonly by: string } | undefined
  /** The highest step of the ladder reached; 0 when it was not escalated. */
  readonly ladderStep: number
  readonly resolvedAt: Instant | undefined
  readonly changes: readonly (AlarmChange & {
    readonly eventId: SessionEventId
    readonly at: Instant
    readonly by: string
  })[]
}

export type AdverseEvent = AdverseEventFigures & {
  readonly eventId: SessionEventId
  readonly at: Instant
  readonly by: string
  /** Later words about it, oldest first. */
  readonly followed: readonly Entered<'adverse-event-followed'>[]
}

/** Who has the watch over the room, since when, and to whom it is being handed. */
export type Watch = {
  readonly by: string
  readonly since: Instant
  readonly offer: { readonly eventId: SessionEventId; readonly to: string; readonly at: Instant } | undefined
}

/** Everything around the dose that the log knows. */
export type Care = {
  /** Accesses that are in place. */
  readonly access: readonly Entered<'access-placed'>[]
  readonly accessRemoved: readonly Entered<'access-removed'>[]
  readonly scales: readonly Entered<'scale'>[]
  readonly comfort: readonly ComfortMeasure[]
  readonly music: boolean
  readonly sitters: readonly Entered<'sitter-in'>[]
  readonly medicines: readonly Entered<'medicine-given'>[]
  readonly calls: readonly Entered<'call'>[]
  /** Answers for the REMS so far, each the newest one; what was never answered is not in it. */
  readonly rems: Partial<RemsFacts>
  readonly adverseEvents: readonly AdverseEvent[]
  /** By the time they were raised. */
  readonly alarms: readonly AlarmLife[]
  /** Undefined until somebody has taken the watch. */
  readonly watch: Watch | undefined
  readonly notCounted: readonly SessionEventId[]
}

/**
 * Folds what surrounds the dose. Pure.
 *
 * @param log events in the order of the log, each once, corrections already taken in
 */
export function foldCare(log: readonly SessionEvent[]): Care {
  const access = new Map<string, Entered<'access-placed'>>()
  const accessRemoved: Entered<'access-removed'>[] = []
  const scales: Entered<'scale'>[] = []
  const comfort = new Set<ComfortMeasure>()
  const sitters = new Map<string, Entered<'sitter-in'>>()
  const medicines: Entered<'medicine-given'>[] = []
  const calls: Entered<'call'>[] = []
  const adverse = new Map<string, AdverseEvent>()
  const alarms = new Map<string, AlarmLife>()
  const notCounted: SessionEventId[] = []
  let music = false
  let rems: Partial<RemsFacts> = {}
  let watch: Watch | undefined

  for (const event of log) {
    const entered = { eventId: event.id, at: event.at, by: event.by }
    switch (event.kind) {
      case 'access-placed':
        access.set(event.id, { ...event.data, ...entered })
        break
      case 'access-removed':
        if (access.delete(event.data.of)) accessRemoved.push({ ...event.data, ...entered })
        else notCounted.push(event.id)
        break
      case 'scale':
        scales.push({ ...event.data, ...entered })
        break
      case 'comfort':
        if (event.data.on) comfort.add(event.data.measure)
        else comfort.delete(event.data.measure)
        break
      case 'music':
        music = event.data.on
        break
      case 'sitter-in':
        sitters.set(event.id, { ...event.data, ...entered })
        break
      case 'sitter-out':
        if (!sitters.delete(event.data.of)) notCounted.push(event.id)
        break
      case 'medicine-given':
        medicines.push({ ...event.data, ...entered })
        break
      case 'call':
        calls.push({ ...event.data, ...entered })
        break
      case 'rems':
        rems = { ...rems, ...event.data }
        break
      case 'adverse-event':
        adverse.set(event.id, { ...event.data, ...entered, followed: [] })
        break
      case 'adverse-event-followed': {
        const before = adverse.get(event.data.of)
        if (!before) notCounted.push(event.id)
        else {
          const { of: _, ...figures } = event.data
          const followed = [...before.followed, { ...event.data, ...entered }]
          adverse.set(before.eventId, { ...before, ...figures, followed })
        }
        break
      }
      case 'alarm': {
        const life = alarmAfter(alarms.get(event.data.alarmId), event.data, entered)
        if (life) alarms.set(event.data.alarmId, life)
        else notCounted.push(event.id)
        break
      }
      case 'watch-taken':
        watch = { by: event.by, since: event.at, offer: undefined }
        break
      case 'handover-offered':
        // Only who has the watch can hand it over.
        if (watch?.by === event.by) {
          watch = { ...watch, offer: { eventId: event.id, to: event.data.to, at: event.at } }
        } else notCounted.push(event.id)
        break
      case 'handover-taken':
        if (watch?.offer?.eventId === event.data.of && watch.offer.to === event.by) {
          watch = { by: event.by, since: event.at, offer: undefined }
        } else notCounted.push(event.id)
        break
      default:
        break
    }
  }
  return {
    access: [...access.values()],
    accessRemoved,
    scales,
    comfort: [...comfort],
    music,
    sitters: [...sitters.values()],
    medicines,
    calls,
    rems,
    adverseEvents: [...adverse.values()],
    alarms: [...alarms.values()],
    watch,
    notCounted,
  }
}

/** The life of an alarm after one more change; undefined for a change to an alarm that was never raised, or is over. */
function alarmAfter(
  life: AlarmLife | undefined,
  data: AlarmChange,
  entered: { eventId: SessionEventId; at: Instant; by: string },
): AlarmLife | undefined {
  const change = { ...data, ...entered }
  if (!life) {
    if (data.change !== 'raised') return undefined
    return {
      alarmId: data.alarmId,
      cause: data.cause,
      level: data.level,
      sign: data.sign,
      value: data.value,
      raisedAt: entered.at,
      seenAt: undefined,
      acknowledged: undefined,
      ladderStep: 0,
      resolvedAt: undefined,
      changes: [change],
    }
  }
  const changes = [...life.changes, change]
  switch (data.change) {
    case 'raised':
      return undefined
    case 'raised-again':
      return {
        ...life,
        level: data.level,
        value: data.value,
        seenAt: undefined,
        acknowledged: undefined,
        resolvedAt: undefined,
        changes,
      }
    case 'worsened':
      return {
        ...life,
        level: data.level,
        value: data.value,
        seenAt: undefined,
        acknowledged: undefined,
        changes,
      }
    case 'seen':
      return { ...life, seenAt: life.seenAt ?? entered.at, changes }
    case 'acknowledged':
      return {
        ...life,
        seenAt: life.seenAt ?? entered.at,
        acknowledged: life.acknowledged ?? { at: entered.at, by: entered.by },
        changes,
      }
    case 'escalated':
      return { ...life, ladderStep: Math.max(life.ladderStep, data.ladderStep ?? 1), changes }
    case 'resolved':
      return { ...life, resolvedAt: life.resolvedAt ?? entered.at, changes }
  }
}
