import { StateShape } from '../../ui/index.ts'
import { secondsWords } from '../bedside/alarms-panel.tsx'
import type { BoardTile } from './board.ts'
import { roomOf, type WatchesOf } from './watch.ts'

/** "You watch: Room 1, Room 2", what colleagues offer, and the choice between all rooms and one's own. */
export function WatchStrip({
  watches,
  mine,
  hidden,
  nowMs,
  name,
}: {
  watches: WatchesOf
  /** Whether only the reader's own rooms are shown. */
  mine: boolean
  hidden: number
  nowMs: number
  name: (accountId: string) => string
}) {
  return (
    <div className="watch-strip">
      <div>
        <p>
          {watches.mine.length === 0 ? (
            'You watch no room.'
          ) : (
            <>
              You watch:{' '}
              {watches.mine.map((tile, i) => (
                <span key={tile.visit.appointmentId}>
                  {i > 0 && '; '}
                  <a href={`/work/sessions/${tile.visit.sessionId}`}>{roomOf(tile)}</a>
                </span>
              ))}
            </>
          )}
        </p>
        {watches.offered.map((tile) => (
          <p key={tile.visit.appointmentId} className="watch-offered">
            <StateShape state="due" />
            <span>
              {name(tile.session.care.watch!.by)} offers you {roomOf(tile)} for {offeredFor(tile, nowMs)}
            </span>
          </p>
        ))}
      </div>
      <nav className="watch-choice" aria-label="Rooms shown">
        <a href="/work/board" aria-current={mine ? undefined : 'true'}>
          All rooms
        </a>
        <a href="/work/board?watch=mine" aria-current={mine ? 'true' : undefined}>
          My rooms
        </a>
        {mine && <span>{hidden === 0 ? 'None left out' : `${hidden} not shown; red ones always are`}</span>}
      </nav>
    </div>
  )
}

function offeredFor({ session }: BoardTile, nowMs: number): string {
  return secondsWords(nowMs - Date.parse(session.care.watch!.offer!.at))
}
