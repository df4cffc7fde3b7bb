import { Notice } from '../../ui/index.ts'
import type { SessionState } from '../session/session.ts'

/**
 * Consent to dosing was taken back, by the person in the portal or by staff they told: what it means for this session, by
 * how far it has come. It is said as soon as the line tells it, and until the person has left.
 */
export function ConsentTakenBack({
  since,
  state,
  say,
}: {
  since: string | undefined
  state: SessionState
  /** An instant in words, day and time. */
  say: (at: string) => string
}) {
  if (!since || state.phase === 'leave') return null
  const running = state.dose !== undefined && state.dose.ended === undefined
  return (
    <Notice
      state="red"
      announce="alert"
      title={
        running
          ? 'Consent was taken back. Stop what is being given, unless stopping would do harm.'
          : `Consent was taken back. ${state.dose ? 'Nothing more is given.' : 'No dose is given.'}`
      }
    >
      <p>{say(since)}, by the person or by staff they told.</p>
      {running && (
        <p>
          Record the stop here; a pump that stands is not started again. Call the prescriber if you are in
          doubt.
        </p>
      )}
      {state.dose ? (
        <p>
          The person stays in the room and under watch: readings, scales and the conditions for leaving go on
          as after every dose.
        </p>
      ) : (
        <p>
          Talk with the person. If they stay with that, end the session without a dose; if they sign again,
          the list of conditions follows at once.
        </p>
      )}
    </Notice>
  )
}
