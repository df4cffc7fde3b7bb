import { type VitalSign, vitalSignNames } from '@evenkeel/vital-signs'
import { type Instant, localDateOf, momentInWords, timeInWords } from '../../platform/time.ts'
import { ageText, Button, ButtonLink, StateChip, StateShape } from '../../ui/index.ts'
import { secondsWords, seenWords } from '../bedside/alarms-panel.tsx'
import { dueWords, nextTitle } from '../bedside/next-panel.tsx'
import { computedMg, infusionMinutes, wholeRunMin } from '../dose/infusion.ts'
import { doseKind, phaseInWords } from '../session/dose-words.ts'
import { AlarmAnswer } from './alarm-answer.tsx'
import type { BoardTile } from './board.ts'
import type { BoardPage } from './board-page.server.ts'
import { CONSENT_CONCERN, type Concern, consentTakenBack, stateOfConcern } from './tile-concerns.ts'
import { type Watching, WatchLine } from './watch-line.tsx'

/** One visit on the board: what is wrong and for how long, who watches, what is due, the newest values with age and source. */
export function Tile({ tile, page, watching }: { tile: BoardTile; page: BoardPage; watching: Watching }) {
  const { visit, phase, session, concerns } = tile
  const { nowMs, clock, name } = watching
  const [worst, ...others] = concerns
  return (
    <article
      className={`tile tile-${tile.urgency.startsWith('technical') ? 'technical' : tile.state}`}
      aria-label={`${visit.roomName}, ${visit.personName}`}
    >
      <div className="tile-head">
        <span>
          {visit.roomName}, {visit.chairName}
        </span>
        <span>{clock(visit.plan.startsAt)}</span>
      </div>
      <p className="tile-name">{visit.personName}</p>
      <StateChip state={tile.state} word={tile.word} size="big" />
      {worst && (
        <p className="tile-since">
          <ConcernLine concern={worst} nowMs={nowMs} clock={clock} name={name} />
        </p>
      )}
      {worst?.alarm && <AlarmAnswer alarm={worst.alarm} tile={tile} watching={watching} />}
      {others.length > 0 && (
        <ul className="tile-others">
          {others.map((concern, i) => (
            <li key={`${concern.word}${concern.alarm?.alarmId}`}>
              <StateShape state={stateOfConcern(concern)} />
              <div>
                <p>
                  {concern.word}, <ConcernLine concern={concern} nowMs={nowMs} clock={clock} name={name} />
                </p>
                {concern.alarm && !standsBehind(i + 1, concerns) && (
                  <AlarmAnswer alarm={concern.alarm} tile={tile} watching={watching} />
                )}
              </div>
            </li>
          ))}
        </ul>
      )}
      <WatchLine tile={tile} watching={watching} />
      <Remarks tile={tile} page={page} />
      <p className="tile-next">
        <strong>{nextTitle(tile.next.kind, tile.session.dose && doseKind(tile.session.dose))}</strong>
        {phase !== 'leave' && nextDue(tile, nowMs)}
      </p>
      <p className="tile-meta">
        {phaseClock(tile, nowMs)} · session {visit.sessionNumber} · {visit.nurseName}
      </p>
      {(session.readings.length > 0 || tile.signs.some(({ atMs }) => atMs !== undefined)) && (
        <Values tile={tile} nowMs={nowMs} />
      )}
      {visit.sessionId && page.mayRead && (
        <ButtonLink href={`/work/sessions/${visit.sessionId}`} kind="quiet" className="tile-open">
          Go to the bedside<span className="hidden"> of {visit.personName}</span>
        </ButtonLink>
      )}
      {!visit.sessionId && page.mayOpen && (
        <form method="post">
          <input type="hidden" name="intent" value="open" />
          <input type="hidden" name="appointmentId" value={visit.appointmentId} />
          <input type="hidden" name="key" value={page.keys[visit.appointmentId]} />
          <Button type="submit" kind="quiet">
            Open the session<span className="hidden"> of {visit.personName}</span>
          </Button>
        </form>
      )}
    </article>
  )
}

/** "for 48 s, acknowledged at 10:32 by Nina Park": an alarm is counted in seconds, and being acknowledged does not end it. */
function ConcernLine({
  concern: { word, sinceMs, alarm, now },
  nowMs,
  clock,
  name,
}: {
  concern: Concern
  nowMs: number
  clock: (instant: string) => string
  name: (accountId: string) => string
}) {
  return (
    <>
      {sinceMs !== undefined && word === CONSENT_CONCERN && `at ${clock(new Date(sinceMs).toISOString())}, `}
      {sinceMs !== undefined && <span className="tile-seconds">for {secondsWords(nowMs - sinceMs)}</span>}
      {alarm &&
        (alarm.acknowledged
          ? ` · acknowledged at ${clock(alarm.acknowledged.at)} by ${name(alarm.acknowledged.by)}`
          : ` · nobody has acknowledged${seenWords(alarm, clock, name)}`)}
      {alarm && alarm.ladderStep > 0 && ` · passed on, step ${alarm.ladderStep}`}
      {now && ` · ${now.replace(/\.$/, '')}`}
    </>
  )
}

/** As at the bedside, of several alarms of one sign the worst that nobody has taken on is answered first. */
function standsBehind(place: number, concerns: readonly Concern[]): boolean {
  const sign = signOf(concerns[place])
  return (
    sign !== undefined &&
    concerns.slice(0, place).some((other) => signOf(other) === sign && !other.alarm?.acknowledged)
  )
}

function signOf(concern: Concern | undefined) {
  return concern?.alarm?.level === 'technical' ? undefined : concern?.alarm?.sign
}

function Remarks({
  tile: { visit, phase, session },
  page,
}: {
  tile: BoardTile
  page: Pick<BoardPage, 'lookAgain' | 'timeZone' | 'snapshot'>
}) {
  const takenBack = consentTakenBack(session, visit.consentTakenBackAt)
  return (
    <>
      {takenBack?.state === 'amber' && (
        <p className="tile-meta">
          <StateChip
            state="amber"
            word={`${CONSENT_CONCERN} ${when(takenBack.since, page)}: nothing more is given`}
          />
        </p>
      )}
      {visit.dayBefore && phase === 'arrive' && (
        <p className="tile-meta">
          <StateChip state={visit.dayBefore.chip} word={`Day before: ${visit.dayBefore.words}`} />
        </p>
      )}
      {visit.diary !== 'today' && (
        <p className="tile-meta">
          <StateChip
            state="due"
            word={visit.diary === 'cancelled' ? 'Visit cancelled in the diary' : 'Booked for another day'}
          />
        </p>
      )}
      {page.lookAgain.includes(visit.appointmentId) && phase !== 'leave' && (
        <p className="tile-meta">
          <StateChip state="amber" word="Decision to be looked at again" />
        </p>
      )}
      {visit.toSign !== undefined && visit.toSign.length > 0 && !session.dose && phase !== 'leave' && (
        <p className="tile-meta">
          <StateChip state="due" word={`To be signed before a dose: ${visit.toSign.join('; ')}`} />
        </p>
      )}
    </>
  )
}

/** "at 14:05" today; of another day with the day. */
function when(at: Instant, { timeZone, snapshot }: Pick<BoardPage, 'timeZone' | 'snapshot'>): string {
  const isToday = localDateOf(at, timeZone) === localDateOf(snapshot.now, timeZone)
  return isToday ? `at ${timeInWords(at, timeZone)}` : `on ${momentInWords(at, timeZone)}`
}

/** When the next thing is due: "due in 4 min", "now". */
function nextDue({ next }: BoardTile, nowMs: number): string {
  return next.dueAtMs === undefined ? 'now' : dueWords(next.dueAtMs, nowMs)
}

/** The phase and its clock: "Infusion · 12 of 40 min · about 18 of 55 mg". */
function phaseClock({ phase, session: { dose } }: BoardTile, nowMs: number): string {
  const words = phaseInWords(phase, dose)
  if (dose && !dose.ended) {
    const minutes = `${Math.floor(infusionMinutes(dose, nowMs))} of ${wholeRunMin(dose, nowMs)} min`
    return `${words} · ${minutes} · about ${computedMg(dose, nowMs).toFixed(0)} of ${dose.orderedMg} mg`
  }
  if (dose?.ended && phase === 'recover') {
    return `${words} · ${ageText(nowMs - Date.parse(dose.ended.at)).replace(' ago', '')} since the end`
  }
  return words
}

const SHOWN: readonly (readonly VitalSign[])[] = [
  ['systolicMmHg', 'diastolicMmHg'],
  ['heartRatePerMin'],
  ['spo2Percent'],
  ['respiratoryRatePerMin'],
  ['moaas'],
]

/** The newest values with age and source; a state of a value is underlined as well as said above. */
export function Values({ tile, nowMs }: { tile: BoardTile; nowMs: number }) {
  const of = (sign: VitalSign) => tile.signs.find((each) => each.sign === sign)!
  return (
    <dl className="tile-values">
      {SHOWN.map((group) => {
        const signs = group.map(of)
        const label = group.length === 2 ? 'BP' : vitalSignNames[group[0]!].short
        // Of two values of one measurement the older one says how old it is.
        const told = signs.reduce((a, b) => ((b.atMs ?? 0) < (a.atMs ?? 0) ? b : a))
        const states = signs.map(({ state }) => state)
        const state = states.includes('red') ? 'red' : states.includes('amber') ? 'amber' : undefined
        return (
          <div key={label} className={told?.stale ? 'tile-value-old' : undefined}>
            <dt>{label}</dt>
            <dd>
              <span className={state && `tile-value-${state}`}>
                {signs.map(({ value }) => value ?? '–').join('/')}
              </span>
              <span className="tile-age">
                {told?.atMs === undefined ? 'unknown' : age(nowMs - told.atMs)}
                {told?.source?.by === 'monitor' && (
                  <>
                    <br />
                    {told.source.questionable ? 'monitor, doubtful' : 'monitor'}
                  </>
                )}
              </span>
            </dd>
          </div>
        )
      })}
    </dl>
  )
}

/** An age in the space of a figure: "40 s", "3 min". */
function age(ms: number): string {
  return ageText(Math.max(0, ms)).replace('just now', 'now').replace(' ago', '')
}
