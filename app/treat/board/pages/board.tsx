import { useCallback, useEffect } from 'react'
import { type ClientLoaderFunctionArgs, Link, useActionData } from 'react-router'
import type { FormAnswer } from '../../../platform/form.ts'
import { guardedAction, guardedLoader } from '../../../platform/page.server.ts'
import { type Instant, timeInWords } from '../../../platform/time.ts'
import { ButtonLink, EmptyState, ErrorSummary, Notice, PageHead } from '../../../ui/index.ts'
import { acknowledgeAlarm, seeAlarm } from '../../alarms/answer-alarm.server.ts'
import { useFormKeys } from '../../bedside/bedside.ts'
import { LiveLine } from '../../bedside/live-line.tsx'
import treatCss from '../../treat.css?url'
import {
  acknowledgeAlarm as acknowledgeAction,
  openSession,
  readBoard,
  recordSession,
  seeAlarm as seeAction,
  testSound,
} from '../../treat-access.ts'
import { alarmAnswerId } from '../alarm-answer.tsx'
import { alarmForms } from '../alarm-forms.ts'
import { soundWords, toneFor } from '../alarm-tones.ts'
import boardCss from '../board.css?url'
import { type BoardTile, boardTiles } from '../board.ts'
import { answerAlarm, loadBoard, openFromBoard, recordSoundTest, recordWatch } from '../board-page.server.ts'
import { Tile } from '../board-tile.tsx'
import { SoundLine } from '../sound-line.tsx'
import { useAlarmSound } from '../use-alarm-sound.ts'
import { useBoardFeed } from '../use-board-feed.ts'
import { askedFor, useNewestBoard } from '../use-newest-board.ts'
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
  acknowledge: [acknowledgeAction, answerAlarm(acknowledgeAlarm)],
  seen: [seeAction, answerAlarm(seeAlarm)],
  'sound-test': [testSound, recordSoundTest],
})

/**
 * Asks again what the board shows. Without a network it stays as it is, and its line says so; one that was signed off by
 * then locks where it stands, and a wall stays red.
 */
export async function clientLoader({ request, serverLoader }: ClientLoaderFunctionArgs) {
  return askedFor(request, serverLoader<typeof loader>())
}

export function meta() {
  return [{ title: 'Board' }]
}

export default function Board() {
  const { page, signedOut, askByItself, askInUse } = useNewestBoard()
  const answered = useActionData<typeof action>()
  const answer = answered && 'errors' in answered ? (answered as FormAnswer) : undefined
  const feed = useBoardFeed(page.snapshot, askByItself)
  const { board, nowMs, live, silentS, watching } = feed
  const tiles = boardTiles(board.visits, board.logs, nowMs, board.samples)
  const clock = useCallback(
    (instant: string) => timeInWords(instant as Instant, page.timeZone),
    [page.timeZone],
  )
  const name = useCallback((id: string) => page.names[id] ?? 'a colleague, just now', [page.names])
  const keyOf = useFormKeys(page.alarmKeys)
  const locked = signedOut && !page.wall
  // Somebody signed in again in this browser: the line is back, and so is the board.
  useEffect(() => {
    if (locked && live) askByItself()
  }, [locked, live, askByItself])
  const opening = board.link.status === 'opening'
  const proved = live || !watching || (opening && silentS < 5)
  const sound = useAlarmSound(locked ? toneFor([], false) : toneFor(tiles, proved))
  if (page.wall) {
    const said = soundWords(sound.player, page.sound.test, clock)
    return <Wall tiles={tiles} feed={feed} clock={clock} name={name} sound={said} askAgain={askInUse} />
  }
  if (locked) return <Locked />
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
      <ErrorSummary errors={problemsOf(answer, tiles)} title="Not done" kept="Nothing was changed." />
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
              <Tile tile={tile} page={page} watching={{ page, nowMs, clock, name, answer, keyOf }} />
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

/** Signed off because nobody used this screen: no names, and no sound but that it is not live. */
function Locked() {
  return (
    <>
      <PageHead title="Board" />
      <Notice state="red" announce="alert" title="This board is locked and shows no rooms">
        <p>
          Nobody has used this screen for a while, so it was signed off. Alarms go on at the bedside and on
          other screens. A screen that is only looked at belongs on the wall page, which stays.
        </p>
        <ButtonLink href="/sign-in?next=/work/board" kind="quiet">
          Sign in again
        </ButtonLink>
      </Notice>
    </>
  )
}

/** What went wrong, each beside the place where it is set right; an answer to an alarm with the room it was for. */
function problemsOf(answer: FormAnswer | undefined, tiles: readonly BoardTile[]) {
  const { sessionId, alarmId } = answer?.values ?? {}
  const tile = alarmId ? tiles.find(({ visit }) => visit.sessionId === sessionId) : undefined
  const there = tile?.session.care.alarms.find((alarm) => alarm.alarmId === alarmId)
  const place =
    there && alarmForms(there).length > 0 ? alarmAnswerId(String(sessionId), there.alarmId) : 'main'
  return Object.entries(answer?.errors ?? {}).map(([field, message]) => ({
    fieldId: field === 'screenName' ? 'screenName' : place,
    message: tile ? `${tile.visit.roomName}: ${message}` : message,
  }))
}
