import type { Instant } from '../../platform/time.ts'
import type { AlarmLife } from '../session/care.ts'

/** How an alarm is answered from the board. */
export type AlarmAnswerKind = 'acknowledge' | 'seen'

type Shown = Pick<AlarmLife, 'alarmId' | 'changes' | 'raisedAt' | 'acknowledged' | 'seenAt'>

/** The newest instant a screen has shown of an alarm: what is raised after it is not answered by this screen. */
export function shownTo({ changes, raisedAt }: Pick<Shown, 'changes' | 'raisedAt'>): Instant {
  return changes.at(-1)?.at ?? raisedAt
}

/** The name of a form that answers an alarm as it is shown now: what was raised again since is another form. */
export function alarmFormName(kind: AlarmAnswerKind, sessionId: string, alarm: Shown): string {
  return [kind, sessionId, alarm.alarmId, shownTo(alarm)].join(' ')
}

/** The forms a tile may draw for an alarm: taking it on while nobody has, and having seen it before that. */
export function alarmForms(alarm: Shown & Pick<AlarmLife, 'resolvedAt'>): AlarmAnswerKind[] {
  if (alarm.resolvedAt !== undefined || alarm.acknowledged) return []
  return alarm.seenAt === undefined ? ['acknowledge', 'seen'] : ['acknowledge']
}

/** Their names. */
export function alarmFormNames(sessionId: string, alarm: Parameters<typeof alarmForms>[0]): string[] {
  return alarmForms(alarm).map((kind) => alarmFormName(kind, sessionId, alarm))
}
