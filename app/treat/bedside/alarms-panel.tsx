import { Button, type StateKind, StateShape, TextField } from '../../ui/index.ts'
import type { AlarmLife } from '../session/care.ts'
import { alarmCauseWords } from '../session/care-words.ts'
import { type CauseNow, causeNow } from '../session/cause-now.ts'
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

/** ", seen at 10:31 by Nina Park": looking is not taking it on. */
export function seenWords(
  { seenAt, changes }: Pick<AlarmLife, 'seenAt' | 'changes'>,
  clock: (instant: string) => string,
  name: (accountId: string) => string,
): string {
  const seen = changes.find(({ change, at }) => change === 'seen' && at === seenAt)
  return seen ? `, seen at ${clock(seen.at)} by ${name(seen.by)}` : ''
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
 * nothing; an alarm leaves this list when it is over. Where only the answer is missing, it says so. One alarm is told
 * whole; of several each is a line beside its Acknowledge, and the rest of it is a tap away, so that what is to be done
 * next stays in sight.
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
  const open = openAlarms(bedside.state.care.alarms)
  if (open.length === 0) return null
  const groups = alarmGroups(open)
  return (
    <section className="alarms" aria-label="Alarms">
      <ul aria-live="assertive" aria-relevant="additions">
        {groups.map(
          ([alarm, ...lesser]) =>
            alarm && (
              <li key={alarm.alarmId} className={`alarm alarm-${alarm.level}`}>
                <OneAlarm
                  bedside={bedside}
                  alarm={alarm}
                  lesser={lesser}
                  now={causeNow(alarm, signs, overdueMs)}
                  folded={groups.length > 1}
                />
              </li>
            ),
        )}
      </ul>
    </section>
  )
}

/** The button that answers an alarm, for a link to it. */
export function alarmPlace(alarmId: string): string {
  return `alarm-${alarmId}`.replace(/[^\w-]/g, '-')
}

function OneAlarm({
  bedside: { page, nowMs, name, clock, keyOf },
  alarm,
  lesser,
  now,
  folded,
}: {
  bedside: Bedside
  alarm: AlarmLife
  /** Others of the same sign, which stand behind it. */
  lesser: readonly AlarmLife[]
  now: CauseNow
  folded: boolean
}) {
  const mayAnswer = page.mayRecord && !alarm.acknowledged
  const known = alarm.acknowledged
  const told = (
    // The same element alone and among others: what is being typed in it outlives a further alarm.
    <details className="alarm-told" open={!folded}>
      <summary>
        <StateShape state={STATE[alarm.level]} />
        <span className="alarm-head">
          <span className="alarm-cause">{alarmCauseWords(alarm)}</span>{' '}
          <span className="alarm-for" aria-hidden="true">
            {secondsWords(nowMs - Date.parse(alarm.raisedAt))}
          </span>
          {folded && known && <span className="alarm-known"> acknowledged by {name(known.by)}</span>}
          {now.state === 'over' && <span className="alarm-now alarm-now-over"> {now.words}</span>}
        </span>
      </summary>
      <p>
        Since {clock(alarm.raisedAt)}
        {alarm.ladderStep > 0 && ` · passed on, step ${alarm.ladderStep} of the ladder`}
        {known
          ? ` · acknowledged at ${clock(known.at)} by ${name(known.by)}`
          : seenWords(alarm, clock, name).replace(', ', ' · ')}
        {lesser.length > 0 &&
          ` · ${lesser.length} more of this sign${lesser.some(isNew) ? '' : ', acknowledged'}`}
      </p>
      {now.state !== 'over' && now.words && <p className={`alarm-now alarm-now-${now.state}`}>{now.words}</p>}
      {mayAnswer && (
        <details className="disclosure">
          <summary>With words</summary>
          <TextField
            name="reason"
            id={`acknowledge-${alarm.alarmId}-reason`}
            label="What you found or do"
            autoComplete="off"
          />
        </details>
      )}
    </details>
  )
  if (!mayAnswer) return told
  return (
    <form method="post" className="alarm-form">
      <input type="hidden" name="intent" value="acknowledge" />
      <input type="hidden" name="key" value={keyOf(`acknowledge-${alarm.alarmId}`)} />
      <input type="hidden" name="alarmId" value={alarm.alarmId} />
      <input type="hidden" name="shownTo" value={alarm.changes.at(-1)?.at ?? alarm.raisedAt} />
      {told}
      <Button kind="quiet" size="bedside" id={alarmPlace(alarm.alarmId)}>
        Acknowledge<span className="hidden"> {alarmCauseWords(alarm)}</span>
      </Button>
    </form>
  )
}

function isNew({ acknowledged }: AlarmLife): boolean {
  return acknowledged === undefined
}
