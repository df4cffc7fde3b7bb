import { useCallback } from 'react'
import { Link, useActionData, useLoaderData, useRevalidator } from 'react-router'
import type { FormAnswer } from '../../../platform/form.ts'
import { guardedAction, guardedLoader } from '../../../platform/page.server.ts'
import { type Instant, timeInWords } from '../../../platform/time.ts'
import { ButtonLink, EmptyState, ErrorSummary, PageHead } from '../../../ui/index.ts'
import { LiveLine } from '../../bedside/live-line.tsx'
import treatCss from '../../treat.css?url'
import { openSession, readBoard, recordSession, testSound } from '../../treat-access.ts'
import { soundWords, toneFor } from '../alarm-tones.ts'
import boardCss from '../board.css?url'
import { boardTiles } from '../board.ts'
import { loadBoard, openFromBoard, recordSoundTest, recordWatch } from '../board-page.server.ts'
import { Tile } from '../board-tile.tsx'
import { SoundLine } from '../sound-line.tsx'
import { useAlarmSound } from '../use-alarm-sound.ts'
import { useBoardFeed } from '../use-board-feed.ts'
import { Wall } from '../wall.tsx'
import { mineFirst, watchesOf } from '../watch.ts'
import { WatchStrip } from '../watch-strip.tsx'

export const handle = { hydrate: true, width: 'wide', nightLight: true }

export function links() {
  return [treatCss, boardCss].map((href) => ({ rel: 'stylesheet', href }))
}

export const loader = guardedLoader(readBoard, loadBoard)

export const action = guardedAction<FormAnswer | Response>({
  open: [openSession, openFromBoard],
  'take-watch': [recordSession, recordWatch('take-watch')],
  offer: [recordSession, recordWatch('offer')],
  'take-offer': [recordSession, recordWatch('take-offer')],
  'sound-test': [testSound, recordSoundTest],
})

export function meta() {
  return [{ title: 'Board' }]
}

export default function Board() {
  const page = useLoaderData<typeof loader>()
  const answered = useActionData<typeof action>()
  const answer = answered && 'errors' in answered ? (answered as FormAnswer) : undefined
  const { revalidate } = useRevalidator()
  const feed = useBoardFeed(page.snapshot, revalidate)
  const { board, nowMs, live, silentS, watching } = feed
  const tiles = boardTiles(board.visits, board.logs, nowMs, board.samples)
  const clock = useCallback(
    (instant: string) => timeInWords(instant as Instant, page.timeZone),
    [page.timeZone],
  )
  const name = useCallback((id: string) => page.names[id] ?? 'a colleague, just now', [page.names])
  const opening = board.link.status === 'opening'
  const sound = useAlarmSound(toneFor(tiles, live || !watching || (opening && silentS < 5)))
  if (page.wall) {
    const said = soundWords(sound.player, page.sound.test, clock)
    return <Wall tiles={tiles} feed={feed} clock={clock} name={name} sound={said} askAgain={revalidate} />
  }
  const { shown, hidden } = page.mine ? mineFirst(tiles, page.me) : { shown: tiles, hidden: 0 }
  return (
    <>
      <PageHead
        title="Board"
        lead={`${clock(new Date(nowMs).toISOString())} · ${tiles.length} ${tiles.length === 1 ? 'visit' : 'visits'} today, worst first`}
        actions={
          <LiveLine
            live={live}
            opening={opening}
            watching={watching}
            silentS={silentS}
            takenAt={clock(page.snapshot.now)}
          />
        }
      />
      <ErrorSummary errors={problemsOf(answer)} title="Not done" kept="Nothing was changed." />
      <div className="board-lines">
        <WatchStrip
          watches={watchesOf(tiles, page.me)}
          mine={page.mine}
          hidden={hidden}
          nowMs={nowMs}
          name={name}
        />
        <SoundLine page={page} sound={sound} answer={answer} clock={clock} />
      </div>
      {shown.length === 0 ? (
        <EmptyState
          title={hidden > 0 ? 'You watch no room' : 'No visits today'}
          action={
            <ButtonLink href={hidden > 0 ? '/work/board' : '/work/schedule'} kind="quiet">
              {hidden > 0 ? 'All rooms' : 'To the schedule'}
            </ButtonLink>
          }
        >
          {hidden > 0
            ? 'A room is yours once you take its watch, or open its session.'
            : 'Each appointment of the day appears here with its room, and its session once somebody has arrived.'}
        </EmptyState>
      ) : (
        <ul className="board">
          {shown.map((tile) => (
            <li key={tile.visit.appointmentId}>
              <Tile tile={tile} page={page} watching={{ page, nowMs, clock, name, answer }} />
            </li>
          ))}
        </ul>
      )}
      <p className="primary-alarm">
        The monitor’s own alarm is primary. This board is a record and a reminder; it is not a certified alarm
        system. <Link to="/work/board?wall=1">Show as a wall screen</Link>
      </p>
    </>
  )
}

/** What went wrong, each beside the place where it is set right. */
function problemsOf(answer: FormAnswer | undefined) {
  return Object.entries(answer?.errors ?? {}).map(([field, message]) => ({
    fieldId: field === 'screenName' ? 'screenName' : 'main',
    message,
  }))
}
