import { Button, type StateKind, StateShape, TextField } from '../../ui/index.ts'
import type { AlarmLife } from '../session/care.ts'
import { alarmCauseWords } from '../session/care-words.ts'
import { causeNow } from '../session/cause-now.ts'
import type { NewestValue } from '../session/newest-values.ts'
import type { Bedside } from './bedside.ts'

const STATE: Readonly<Record<AlarmLife['level'], StateKind>> = {
  red: 'red',
  amber: 'amber',
  technical: 'unknown',
}
const RANK: Readonly<Record<AlarmLife['level'], number>> = { red: 0, amber: 1, technical: 2 }

/** "48 s", "3 min 05 s": an alarm is counted in seconds. */
export function secondsWords(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000))
  if (seconds < 60) return `${seconds} s`
  const minutes = Math.floor(seconds / 60)
  if (minutes < 60) return `${minutes} min ${String(seconds % 60).padStart(2, '0')} s`
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`
}

/** Alarms that are not over, those nobody has acknowledged first, then the worst, then the oldest. */
export function openAlarms(alarms: readonly AlarmLife[]): AlarmLife[] {
  return alarms
    .filter(({ resolvedAt }) => resolvedAt === undefined)
    .sort(
      (a, b) =>
        Number(a.acknowledged !== undefined) - Number(b.acknowledged !== undefined) ||
        RANK[a.level] - RANK[b.level] ||
        (a.raisedAt < b.raisedAt ? -1 : 1),
    )
}

/** The alarms of one sign, or one technical cause alone: the first stands for them, and the rest are said beside it. */
export function alarmGroups(open: readonly AlarmLife[]): AlarmLife[][] {
  const groups = new Map<string, AlarmLife[]>()
  for (const alarm of open) {
    const about = alarm.level === 'technical' || !alarm.sign ? alarm.alarmId : alarm.sign
    groups.set(about, [...(groups.get(about) ?? []), alarm])
  }
  return [...groups.values()]
}

/**
 * The alarms of this room that are not over: what, for how long, who knows. Acknowledging stops the ladder and hides
 * nothing; an alarm leaves this list when it is over. Where only the answer is missing, it says so.
 */
export function AlarmsPanel({
  bedside,
  signs,
  overdueMs,
}: {
  bedside: Bedside
  signs: readonly NewestValue[]
  /** How late the next reading is; 0 when it is not. */
  overdueMs: number
}) {
  const { page, state, nowMs, name, clock, keyOf } = bedside
  const open = openAlarms(state.care.alarms)
  if (open.length === 0) return null
  return (
    <section className="alarms" aria-label="Alarms">
      <ul aria-live="assertive" aria-relevant="additions">
        {alarmGroups(open).map(
          ([alarm, ...lesser]) =>
            alarm && (
              <li key={alarm.alarmId} className={`alarm alarm-${alarm.level}`}>
                <StateShape state={STATE[alarm.level]} />
                <div className="alarm-words">
                  <p className="alarm-cause">{alarmCauseWords(alarm)}</p>
                  <p>
                    Since {clock(alarm.raisedAt)},{' '}
                    <span className="alarm-for" aria-hidden="true">
                      {secondsWords(nowMs - Date.parse(alarm.raisedAt))}
                    </span>
                    {alarm.ladderStep > 0 && ` · passed on, step ${alarm.ladderStep} of the ladder`}
                    {alarm.acknowledged &&
                      ` · acknowledged at ${clock(alarm.acknowledged.at)} by ${name(alarm.acknowledged.by)}`}
                    {lesser.length > 0 &&
                      ` · ${lesser.length} more of this sign${lesser.some(isNew) ? '' : ', acknowledged'}`}
                  </p>
                  <CauseLine alarm={alarm} signs={signs} overdueMs={overdueMs} />
                </div>
                {page.mayRecord && !alarm.acknowledged && (
                  <form method="post" className="alarm-form">
                    <input type="hidden" name="intent" value="acknowledge" />
                    <input type="hidden" name="key" value={keyOf(`acknowledge-${alarm.alarmId}`)} />
                    <input type="hidden" name="alarmId" value={alarm.alarmId} />
                    <input type="hidden" name="shownTo" value={alarm.changes.at(-1)?.at ?? alarm.raisedAt} />
                    <Button kind="quiet" size="bedside">
                      Acknowledge<span className="hidden"> {alarmCauseWords(alarm)}</span>
                    </Button>
                    <details className="disclosure">
                      <summary>With words</summary>
                      <TextField
                        name="reason"
                        id={`acknowledge-${alarm.alarmId}-reason`}
                        label="What you found or do"
                        autoComplete="off"
                      />
                    </details>
                  </form>
                )}
              </li>
            ),
        )}
      </ul>
    </section>
  )
}

function CauseLine(now: { alarm: AlarmLife; signs: readonly NewestValue[]; overdueMs: number }) {
  const { state, words } = causeNow(now.alarm, now.signs, now.overdueMs)
  return words && <p className={`alarm-now alarm-now-${state}`}>{words}</p>
}

function isNew({ acknowledged }: AlarmLife): boolean {
  return acknowledged === undefined
}
