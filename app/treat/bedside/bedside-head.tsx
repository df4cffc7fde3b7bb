import { nightCookie } from '../../platform/night-light.ts'
import { momentInWords, timeInWords } from '../../platform/time.ts'
import { Button, StateChip } from '../../ui/index.ts'
import type { BoardTile } from '../board/board.ts'
import { LiveLine } from './live-line.tsx'
import type { SessionPage } from './session-page.server.ts'

/** Who this is, where, how it stands, and whether the screen is live: one glance, two lines. */
export function BedsideHead({
  page,
  tile,
  live,
}: {
  page: SessionPage
  tile: BoardTile
  live: Parameters<typeof LiveLine>[0]
}) {
  const { visit } = tile
  const { person } = page
  return (
    <header className="bedside-head">
      <div className="bedside-where">
        <a href="/work/board">Board</a>
        <span>
          {visit.roomName}, {visit.chairName} · Session {visit.sessionNumber} ·{' '}
          {visit.diary === 'today'
            ? timeInWords(visit.plan.startsAt, page.timeZone)
            : momentInWords(visit.plan.startsAt, page.timeZone)}
        </span>
        <div className="bedside-device">
          <LiveLine {...live} />
          <NightSwitch />
        </div>
      </div>
      <div className="bedside-who">
        <div>
          <h1>{person.name}</h1>
          <p className="bedside-born">
            Born {person.birthDate ?? 'not known'}
            {person.synthetic ? ' · invented person' : ''}
          </p>
        </div>
        <StateChip state={tile.state} word={tile.word} size="big" />
      </div>
      <BeforeTheDose page={page} tile={tile} />
    </header>
  )
}

/** What stands against a dose before one was given, said where it cannot be overlooked; the gate lists all of it. */
function BeforeTheDose({ page, tile: { visit, session, phase } }: { page: SessionPage; tile: BoardTile }) {
  if (session.dose || session.closed || phase === 'leave') return null
  const { decision, missingDocuments } = page.dose
  const marks = [
    ...(decision?.stale ? ['Decision to be looked at again'] : []),
    ...(decision === undefined ? ['No signed decision'] : []),
    ...missingDocuments.map((title) => `Not signed: ${title}`),
    ...(phase === 'arrive' && visit.dayBefore?.confirmed === false
      ? [`Day before: ${visit.dayBefore.words}`]
      : []),
  ]
  if (marks.length === 0) return null
  return (
    <p className="bedside-marks">
      {marks.map((word) => (
        <StateChip key={word} state="due" word={word} />
      ))}
    </p>
  )
}

/**
 * Night light for a dark room, kept by this device. With script the page changes where it stands, and nothing that is
 * being typed is lost; without, the page comes back in the other light.
 */
function NightSwitch() {
  return (
    <form
      method="post"
      className="night-switch"
      onSubmit={(event) => {
        event.preventDefault()
        const room = globalThis.document.querySelector<HTMLElement>('.work')
        const on = room?.dataset.theme !== 'night'
        const secure = globalThis.location.protocol === 'https:'
        // biome-ignore lint/suspicious/noDocumentCookie: a choice of the device, and the cookie store is not everywhere
        globalThis.document.cookie = nightCookie(on, secure)
        if (room && on) room.dataset.theme = 'night'
        else if (room) delete room.dataset.theme
      }}
    >
      <input type="hidden" name="intent" value="light" />
      <Button kind="plain">
        <span className="by-day">Night light</span>
        <span className="by-night">Day light</span>
      </Button>
    </form>
  )
}
