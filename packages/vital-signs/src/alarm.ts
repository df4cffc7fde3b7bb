import type { AlarmLevel } from './limits.ts'
import type { MonitoredSign, Reading } from './vital-sign.ts'
import type { Batch } from './wire.ts'

/**
 * What an alarm is about. One alarm per key at a time: `limit:<rule id>`, `silence:<device>`, `lost:<device>`,
 * `clock:<device>`, `stale:<sign>`, `flat-line:<sign>:<device>`, `notice:<kind>:<device>`, `overdue:<level>`, `too-many-devices`.
 */
export type AlarmKey = string

export type AlarmKind =
  | 'limit'
  | 'silence'
  | 'lost'
  | 'clock'
  | 'stale'
  | 'flat-line'
  | 'notice'
  | 'overdue'
  | 'too-many-devices'

export type Answer = { readonly atMs: number; readonly by: string }

/** One alarm in its present or last life. Acknowledging changes who knows of it, never whether it is shown. */
export type Alarm = {
  readonly key: AlarmKey
  readonly kind: AlarmKind
  readonly level: AlarmLevel
  readonly sign: MonitoredSign | null
  readonly ruleId: string | null
  readonly deviceId: string | null
  /** When this life began, and when it was last raised in it. */
  readonly beganAtMs: number
  readonly raisedAtMs: number
  /** How often in this life: 1 and one more for each time it was raised again. */
  readonly raises: number
  /** Why, in words for the screen and the record. */
  readonly reason: string
  /** The newest value that met the rule; what it was when somebody acknowledged. */
  readonly value: number | null
  readonly acknowledgedValue: number | null
  /** Since the last raising; null: nobody has yet. */
  readonly seen: Answer | null
  readonly acknowledged: Answer | null
  /** The step of the ladder that has been reached, from 0. */
  readonly rung: number
  /** Since when the cause is known to be gone; null: it is there, or nobody knows that it is not. */
  readonly goneAtMs: number | null
  /** The cause came to light only after the window: it was measured well before it was raised. */
  readonly late: boolean
  readonly resolved: { readonly atMs: number; readonly by: string | null; readonly reason: string } | null
}

export type AlarmStatus = 'raised' | 'seen' | 'escalated' | 'acknowledged' | 'resolved'

/** Where in its life an alarm is. Escalated outranks seen: it has been looked at, but nobody has taken it on. */
export function alarmStatus(alarm: Alarm): AlarmStatus {
  if (alarm.resolved) return 'resolved'
  if (alarm.acknowledged) return 'acknowledged'
  if (alarm.rung > 0) return 'escalated'
  return alarm.seen ? 'seen' : 'raised'
}

type Named = {
  /** From where it was made: the same input twice is one. */
  readonly id: string
  readonly atMs: number
  /** When it first came to whoever keeps the record; stored with it. */
  readonly arrivedAtMs: number
}

/** What a person measured. */
type Measured = Named & {
  readonly by: string
  /** Of figures put right: when that was done. Of one instant they stand behind what they put right, the last ones last. */
  readonly correctedAtMs?: number
}

type AnswerTo = Named & {
  readonly by: string
  readonly alarm: AlarmKey
  /** The newest instant the screen had shown; what was raised after it is not answered. */
  readonly shownToMs?: number
}

/** What the alarms are a function of. All but a tick are kept in the record and can be handed in again. */
export type AlarmInput =
  | { readonly kind: 'batch'; readonly batch: Batch; readonly arrivedAtMs: number }
  | (Measured & { readonly kind: 'reading'; readonly values: Reading })
  /** The total of a scale that the limits may have a rule for. */
  | (Measured & { readonly kind: 'score'; readonly score: string; readonly value: number })
  | (Named & { readonly kind: 'baseline'; readonly values: Reading })
  | (Named & {
      readonly kind: 'mark'
      readonly mark: 'planned-start' | 'started' | 'ended' | 'closed'
      /** The instant marked: that of a planned start lies ahead. */
      readonly markedMs: number
    })
  | (Named & {
      readonly kind: 'device'
      readonly deviceId: string
      /** `attached`: expected to send from now on; `lost` and `back`: the connection; `detached`: taken off on purpose. */
      readonly what: 'attached' | 'lost' | 'back' | 'detached'
    })
  | (AnswerTo & { readonly kind: 'seen' | 'acknowledge' })
  | (AnswerTo & { readonly kind: 'resolve'; readonly reason: string })
  | { readonly kind: 'tick' }

type EventOfAlarm = { readonly id: string; readonly atMs: number; readonly alarm: AlarmKey }

/** What happened, for record and screens. Ids are made of what happened, so that the same one has the same id. */
export type AlarmEvent =
  | (EventOfAlarm & {
      readonly kind: 'raised' | 'raised-again'
      readonly level: AlarmLevel
      readonly reason: string
      readonly value: number | null
      /** `began`: a new life; `persists`, `worse`: after it had been acknowledged. */
      readonly why: 'began' | 'persists' | 'worse'
      /** Who is called at once. */
      readonly to: string
    })
  | (EventOfAlarm & { readonly kind: 'escalated'; readonly level: AlarmLevel; readonly to: string })
  | (EventOfAlarm & { readonly kind: 'seen' | 'acknowledged'; readonly by: string })
  | (EventOfAlarm & { readonly kind: 'cause-gone' | 'cause-back' })
  | (EventOfAlarm & { readonly kind: 'resolved'; readonly by: string | null; readonly reason: string })
  /** An answer that could not be taken, and why. It stays on record. */
  | (EventOfAlarm & {
      readonly kind: 'answer-refused'
      readonly by: string
      readonly reason: 'nobody' | 'no-reason' | 'no-such-alarm' | 'raised-since'
    })
  /** Values that came after the window. */
  | { readonly id: string; readonly atMs: number; readonly kind: 'late'; readonly source: string }
  | {
      readonly id: string
      readonly atMs: number
      readonly kind: 'noted'
      readonly source: string
      readonly what: string
    }
  /** An earlier event would not have happened had everything arrived in order. It stays on record; this one is added. */
  | { readonly id: string; readonly atMs: number; readonly kind: 'revised'; readonly of: string }
