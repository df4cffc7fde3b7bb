import type { AlarmLife } from '../session/care.ts'
import { alarmCauseWords } from '../session/care-words.ts'
import { type CauseNow, causeNow } from '../session/cause-now.ts'
import type { NewestValue } from '../session/newest-values.ts'
import { alarmGroups, alarmPlace, openAlarms } from './alarms-panel.tsx'

/** What settles one red alarm that holds somebody back: whether an answer is missing, and what else. */
export function settlesAlarm(
  { cause, acknowledged, seenAt }: Pick<AlarmLife, 'cause' | 'acknowledged' | 'seenAt'>,
  { state }: Pick<CauseNow, 'state'>,
): { readonly answer: boolean; readonly words: string } {
  const answer = !acknowledged && !seenAt
  if (state === 'over') {
    return {
      answer,
      words: answer
        ? 'What raised it is over; the answer alone is missing.'
        : 'It ends by itself within a minute.',
    }
  }
  const reading = cause === 'reading-overdue' ? 'a full reading' : 'a reading within limits'
  return { answer, words: `It ends once ${reading} is recorded.` }
}

/** The red alarms that hold somebody back, each with exactly what to do and a link to where it is done. */
export function AlarmsToSettle({
  alarms,
  signs,
  overdueMs,
}: {
  alarms: readonly AlarmLife[]
  signs: readonly NewestValue[]
  overdueMs: number
}) {
  const groups = alarmGroups(openAlarms(alarms))
  return (
    <ul className="leave-alarms">
      {groups.flatMap((group) =>
        group
          .filter(({ level }) => level === 'red')
          .map((alarm) => {
            const { answer, words } = settlesAlarm(alarm, causeNow(alarm, signs, overdueMs))
            const cause = `“${alarmCauseWords(alarm)}”`
            return (
              <li key={alarm.alarmId}>
                {answer ? (
                  // The first of a sign stands for the others of it, and has the button.
                  <a href={`#${alarmPlace(group[0]!.alarmId)}`}>Acknowledge the alarm {cause}</a>
                ) : (
                  <p>Alarm {cause}</p>
                )}
                <p>{words}</p>
              </li>
            )
          }),
      )}
    </ul>
  )
}
