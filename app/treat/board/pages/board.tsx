import { type VitalSign, vitalSignNames } from '@evenkeel/vital-signs'
import { useActionData, useLoaderData, useRevalidator } from 'react-router'
import { type FormAnswer, fieldErrors } from '../../../platform/form.ts'
import { guardedAction, guardedLoader } from '../../../platform/page.server.ts'
import { type Instant, timeInWords } from '../../../platform/time.ts'
import {
  ageText,
  Button,
  ButtonLink,
  EmptyState,
  ErrorSummary,
  PageHead,
  StateChip,
} from '../../../ui/index.ts'
import { LiveLine } from '../../bedside/live-line.tsx'
import { dueWords, nextTitle } from '../../bedside/next-panel.tsx'
import { computedMg, infusionMinutes, wholeRunMin } from '../../dose/infusion.ts'
import { PHASE_WORDS } from '../../session/event-words.ts'
import treatCss from '../../treat.css?url'
import { openSession, readBoard } from '../../treat-access.ts'
import { type BoardTile, boardTiles } from '../board.ts'
import { loadBoard, openFromBoard } from '../board-page.server.ts'
import { useBoardFeed } from '../use-board-feed.ts'

export const handle = { hydrate: true, width: 'wide' }

export function links() {
  return [{ rel: 'stylesheet', href: treatCss }]
}

export const loader = guardedLoader(readBoard, loadBoard)

export const action = guardedAction({ open: [openSession, openFromBoard] })

export function meta() {
  return [{ title: 'Board' }]
}

export default function Board() {
  const page = useLoaderData<typeof loader>()
  const answered = useActionData<typeof action>()
  const answer = answered && 'errors' in answered ? (answered as FormAnswer) : undefined
  const { revalidate } = useRevalidator()
  const { board, nowMs, live, silentS, watching } = useBoardFeed(page.snapshot, revalidate)
  const tiles = boardTiles(board.visits, board.logs, nowMs)
  const clock = (instant: string) => timeInWords(instant as Instant, page.timeZone)
  return (
    <>
      <PageHead
        title="Board"
        lead={`${clock(new Date(nowMs).toISOString())} · ${tiles.length} ${tiles.length === 1 ? 'visit' : 'visits'} today, worst first`}
        actions={
          <LiveLine
            live={live}
            opening={board.link.status === 'opening'}
            watching={watching}
            silentS={silentS}
            takenAt={clock(page.snapshot.now)}
          />
        }
      />
      <ErrorSummary errors={fieldErrors(answer)} title="Not opened" kept="Nothing was changed." />
      {tiles.length === 0 ? (
        <EmptyState
          title="No visits today"
          action={
            <ButtonLink href="/work/schedule" kind="quiet">
              To the schedule
            </ButtonLink>
          }
        >
          Each appointment of the day appears here with its room, and its session once somebody has arrived.
        </EmptyState>
      ) : (
        <ul className="board">
          {tiles.map((tile) => (
            <li key={tile.visit.appointmentId}>
              <Tile
                tile={tile}
                nowMs={nowMs}
                clock={clock}
                formKey={page.keys[tile.visit.appointmentId]}
                mayRead={page.mayRead}
                mayOpen={page.mayOpen}
                lookAgain={page.lookAgain.includes(tile.visit.appointmentId)}
              />
            </li>
          ))}
        </ul>
      )}
      <p className="primary-alarm">
        The monitor’s own alarm is primary. This board is a record and a reminder; it is not a certified alarm
        system.
      </p>
    </>
  )
}

function Tile({
  tile,
  nowMs,
  clock,
  formKey,
  mayRead,
  mayOpen,
  lookAgain,
}: {
  tile: BoardTile
  nowMs: number
  clock: (instant: string) => string
  formKey: string | undefined
  mayRead: boolean
  mayOpen: boolean
  lookAgain: boolean
}) {
  const { visit, next, phase, session } = tile
  return (
    <article className={`tile tile-${tile.state}`} aria-label={`${visit.roomName}, ${visit.personName}`}>
      <div className="tile-head">
        <span>
          {visit.roomName}, {visit.chairName}
        </span>
        <span>{clock(visit.plan.startsAt)}</span>
      </div>
      <p className="tile-name">{visit.personName}</p>
      <StateChip state={tile.state} word={tile.word} size="big" />
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
      {lookAgain && phase !== 'leave' && (
        <p className="tile-meta">
          <StateChip state="amber" word="Decision to be looked at again" />
        </p>
      )}
      {visit.toSign !== undefined && visit.toSign.length > 0 && !session.dose && phase !== 'leave' && (
        <p className="tile-meta">
          <StateChip state="due" word={`To be signed before a dose: ${visit.toSign.join('; ')}`} />
        </p>
      )}
      <p className="tile-next">
        {phase === 'leave' ? (
          <strong>{nextTitle(next.kind)}</strong>
        ) : (
          <>
            <strong>{nextTitle(next.kind)}</strong>
            {next.dueAtMs === undefined ? 'now' : dueWords(next.dueAtMs, nowMs)}
          </>
        )}
      </p>
      <p className="tile-meta">
        {PHASE_WORDS[phase]}
        {session.dose && !session.dose.ended && (
          <>
            {' '}
            · {Math.floor(infusionMinutes(session.dose, nowMs))} of {wholeRunMin(session.dose, nowMs)} min ·
            about {computedMg(session.dose, nowMs).toFixed(0)} of {session.dose.orderedMg} mg
          </>
        )}
        {session.dose?.ended && phase === 'recover' && (
          <> · {ageText(nowMs - Date.parse(session.dose.ended.at)).replace(' ago', '')} since the end</>
        )}{' '}
        · session {visit.sessionNumber} · {visit.nurseName}
      </p>
      {session.readings.length > 0 && <Values tile={tile} nowMs={nowMs} />}
      {visit.sessionId && mayRead && (
        <ButtonLink href={`/work/sessions/${visit.sessionId}`} kind="quiet" className="tile-open">
          Go to the bedside<span className="hidden"> of {visit.personName}</span>
        </ButtonLink>
      )}
      {!visit.sessionId && mayOpen && (
        <form method="post">
          <input type="hidden" name="intent" value="open" />
          <input type="hidden" name="appointmentId" value={visit.appointmentId} />
          <input type="hidden" name="key" value={formKey} />
          <Button type="submit" kind="quiet">
            Open the session<span className="hidden"> of {visit.personName}</span>
          </Button>
        </form>
      )}
    </article>
  )
}

const SHOWN: readonly (readonly VitalSign[])[] = [
  ['systolicMmHg', 'diastolicMmHg'],
  ['heartRatePerMin'],
  ['spo2Percent'],
  ['respiratoryRatePerMin'],
  ['moaas'],
]

/** The newest values with their ages; a state of a value is underlined as well as said above. */
function Values({ tile, nowMs }: { tile: BoardTile; nowMs: number }) {
  const of = (sign: VitalSign) => tile.signs.find((each) => each.sign === sign)!
  return (
    <dl className="tile-values">
      {SHOWN.map((group) => {
        const signs = group.map(of)
        const label = group.length === 2 ? 'BP' : vitalSignNames[group[0]!].short
        const at = signs.find((sign) => sign.at)?.at
        const states = signs.map(({ state }) => state)
        const state = states.includes('red') ? 'red' : states.includes('amber') ? 'amber' : undefined
        return (
          <div key={label}>
            <dt>{label}</dt>
            <dd>
              <span className={state && `tile-value-${state}`}>
                {signs.map(({ value }) => value ?? '–').join('/')}
              </span>
              <span className="tile-age">{at ? age(nowMs - Date.parse(at)) : 'unknown'}</span>
            </dd>
          </div>
        )
      })}
    </dl>
  )
}

/** An age in the space of a figure: "40 s", "3 min". */
function age(ageMs: number): string {
  return ageText(Math.max(0, ageMs)).replace(' ago', '').replace('just now', 'now')
}
