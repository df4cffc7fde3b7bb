import { useEffect, useRef } from 'react'
import { ageText, StateChip, type StateKind, StateShape } from '../../ui/index.ts'
import { secondsWords } from '../bedside/alarms-panel.tsx'
import { dueWords } from '../bedside/next-panel.tsx'
import { infusionMinutes, wholeRunMin } from '../dose/infusion.ts'
import type { AlarmLife } from '../session/care.ts'
import { phaseInWords } from '../session/dose-words.ts'
import type { NextKind } from '../session/session-clock.ts'
import type { BoardTile } from './board.ts'
import { Values } from './board-tile.tsx'
import { isUnderWay } from './tile-concerns.ts'
import type { LiveBoard } from './use-board-feed.ts'
import { useWakeLock } from './use-wake-lock.ts'
import { wallGrid, wallPages, wallTiles } from './wall-pages.ts'

/** A page of a wall stays for this long. */
const PAGE_MS = 15_000
/**
 * How often a wall asks for the whole day again: at midnight another one begins, and nobody reloads a wall. Nobody can
 * press anything on it either, so this counts as use and keeps it signed in until the end of its sign-in.
 */
const ASK_AGAIN_MS = 5 * 60_000

/**
 * The board as it hangs on a wall: rooms, states, seconds and who watches, readable at five metres, with nothing to press and no
 * more of a name than the clinic wants there. Whatever cannot be proved to be live is covered in red.
 */
export function Wall({
  tiles,
  feed,
  clock,
  name,
  sound,
  askAgain,
}: {
  tiles: readonly BoardTile[]
  feed: LiveBoard
  /** An instant as the clinic's clock shows it. */
  clock: (instant: string) => string
  name: (accountId: string) => string
  /** What this screen's sound is worth. */
  sound: { readonly state: StateKind; readonly word: string }
  askAgain: () => void
}) {
  const { nowMs, live, silentS, watching, board } = feed
  const awake = useWakeLock()
  const isLive = useRef(live)
  isLive.current = live
  useEffect(() => {
    const timer = setInterval(() => isLive.current && askAgain(), ASK_AGAIN_MS)
    return () => clearInterval(timer)
  }, [askAgain])
  const pages = wallPages(wallTiles(tiles))
  const page = Math.floor(nowMs / PAGE_MS) % pages.length
  const shown = pages[page]!
  const dead = watching && !live && (board.link.status !== 'opening' || silentS >= 5)
  return (
    <div className="wall">
      <header className="wall-head">
        <h1>Rooms</h1>
        {pages.length > 1 && (
          <p>
            Page {page + 1} of {pages.length}
          </p>
        )}
        <p className="wall-clock">{clock(new Date(nowMs).toISOString())}</p>
      </header>
      {shown.length === 0 ? (
        <p className="wall-empty">Nobody is here now, and nobody is expected.</p>
      ) : (
        <ul className={`wall-grid wall-grid-${wallGrid(shown.length)}`}>
          {shown.map((tile) => (
            <li key={tile.visit.appointmentId}>
              <WallTile tile={tile} nowMs={nowMs} clock={clock} name={name} />
            </li>
          ))}
        </ul>
      )}
      <footer className="wall-foot">
        <p>{live ? 'Live' : 'Connecting'}</p>
        <StateChip state={sound.state} word={sound.word} />
        {awake === 'not' && <p>This screen may go dark: its browser cannot keep it awake</p>}
        <p>The monitor’s own alarm is primary. Not a certified alarm system.</p>
      </footer>
      {dead ? (
        <div className="wall-dead" role="alert">
          <p className="wall-dead-title">Not live</p>
          <p>
            Last heard <span aria-hidden="true">{secondsWords(silentS * 1000)} ago</span>. What stood here may
            be old: look into the rooms.
          </p>
          <p>If this stays, reload the page or sign in again on this screen.</p>
        </div>
      ) : (
        // Begins anew with each sign of life. Should the script itself stand still, or never run, it shows by itself.
        <div
          key={watching ? board.link.lastHeardMs : 'first'}
          className="wall-dead wall-unproved"
          aria-hidden="true"
        >
          <p className="wall-dead-title">Not live</p>
          <p>What stood here may be old: look into the rooms, and reload this page.</p>
        </div>
      )}
    </div>
  )
}

function WallTile({
  tile,
  nowMs,
  clock,
  name,
}: {
  tile: BoardTile
  nowMs: number
  clock: (instant: string) => string
  name: (accountId: string) => string
}) {
  const { visit, session, concerns } = tile
  const [worst, ...others] = concerns
  const { watch } = session.care
  return (
    <article
      className={`wall-tile tile-${tile.urgency.startsWith('technical') ? 'technical' : tile.state}`}
      aria-label={`${visit.roomName}, ${visit.chairName}`}
    >
      <div className="wall-room">
        <h2>{visit.roomName}</h2>
        <p>
          {visit.chairName}
          {visit.personName && ` · ${visit.personName}`}
          {isUnderWay(session) && watch && (
            <span className="wall-watch">
              <strong>{name(watch.by)}</strong> watches
              {watch.offer && (
                <>
                  <br />
                  offered to {name(watch.offer.to)}
                </>
              )}
            </span>
          )}
        </p>
      </div>
      <div className="wall-state">
        <StateShape state={tile.state} />
        <p>
          {tile.word}
          {worst?.sinceMs !== undefined && (
            <span className="wall-seconds">{secondsWords(nowMs - worst.sinceMs)}</span>
          )}
        </p>
      </div>
      {worst && (worst.alarm || others.length > 0) && (
        <p className="wall-line">
          {others.length > 0 && (
            <strong>
              {others.length} more{worst.alarm && ' · '}
            </strong>
          )}
          {worst.alarm && answerWords(worst.alarm, clock, name)}
        </p>
      )}
      <p className="wall-line">
        {tile.phase === 'arrive' ? (
          `Expected ${clock(visit.plan.startsAt)}`
        ) : (
          <>
            {phaseWords(tile, nowMs)} · {nextWords(tile, nowMs)}
          </>
        )}
      </p>
      {isUnderWay(session) && <Values tile={tile} nowMs={nowMs} />}
    </article>
  )
}

function answerWords(
  { acknowledged, ladderStep }: AlarmLife,
  clock: (instant: string) => string,
  name: (accountId: string) => string,
): string {
  const passedOn = ladderStep > 0 ? ', passed on' : ''
  if (!acknowledged) return `Not acknowledged${passedOn}`
  return `Acknowledged ${clock(acknowledged.at)}, ${name(acknowledged.by)}${passedOn}`
}

/** The phase and its clock, as short as it can be said: "Infusion 12/40 min". */
function phaseWords({ phase, session: { dose } }: BoardTile, nowMs: number): string {
  const words = phaseInWords(phase, dose)
  if (dose && !dose.ended) {
    return `${words} ${Math.floor(infusionMinutes(dose, nowMs))}/${wholeRunMin(dose, nowMs)} min`
  }
  if (dose?.ended && phase === 'recover') {
    return `${words} ${ageText(nowMs - Date.parse(dose.ended.at)).replace(' ago', '')}`
  }
  return words
}

const NEXT_SHORT: Readonly<Record<NextKind, string>> = {
  arrival: 'arrival',
  identity: 'identity',
  checklist: 'checklist',
  reading: 'reading',
  'start-dose': 'start the dose',
  'end-infusion': 'end the dose',
  discharge: 'check for leaving',
  note: 'note',
  nothing: 'nothing more',
}

/** What is due next, as short as it can be said: "reading in 9 min", "reading late 2 min". */
function nextWords({ next, phase }: BoardTile, nowMs: number): string {
  const short = NEXT_SHORT[next.kind]
  if (phase === 'leave' || next.dueAtMs === undefined) return short
  return `${short} ${dueWords(next.dueAtMs, nowMs).replace('due in', 'in').replace('overdue by', 'late')}`
}
