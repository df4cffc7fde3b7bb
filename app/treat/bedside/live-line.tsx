import { StateShape } from '../../ui/index.ts'

/**
 * Whether this screen is live. Says so in red as soon as it cannot be proved, with the age of what is shown. Without
 * script it says that the page is a picture of one moment.
 */
export function LiveLine({
  live,
  opening,
  watching,
  silentS,
  takenAt,
}: {
  live: boolean
  opening: boolean
  watching: boolean
  silentS: number
  takenAt: string
}) {
  if (!watching || (opening && silentS < 3)) {
    return (
      <p className="live-line live-opening">
        <StateShape state="unknown" />
        <span>
          As of {takenAt}. {watching ? 'Connecting.' : 'Reload to see what has changed.'}
        </span>
      </p>
    )
  }
  return (
    <div role="status" className="live-announce">
      {live ? (
        <p className="live-line live-on">
          <StateShape state="calm" />
          <span>Live</span>
        </p>
      ) : (
        <p className="live-line live-off">
          <StateShape state="red" />
          <span>
            <strong>Not live.</strong> Last heard <span aria-hidden="true">{silentS} s ago</span>. What you
            see may be old; trying to connect.
          </span>
        </p>
      )}
    </div>
  )
}
