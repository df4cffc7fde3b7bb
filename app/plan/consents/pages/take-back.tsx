import { Button, FormActions } from '../../../ui/index.ts'

/** What becomes of a session that is open while consent is taken back, said to the person before and after. */
export const UNDER_WAY_WORDS =
  'Your session of today is open. No dose begins in it from that moment, and a pump that stands is not started again; the screen of those who treat you says so at once. If something is being given to you now, tell whoever is beside you, and they stop it. You stay in the room and under watch until it is safe for you to leave.'

/** What taking back does, shown before it is done, and the one button that does it at once. */
export function TakeBack({
  data,
  summary,
  signatureId,
  intent = 'withdraw',
}: {
  data: {
    readonly document: {
      readonly withdrawal: { readonly stops: readonly string[]; readonly leaves: readonly string[] }
    }
    readonly visitsAhead: number
    /** A session of theirs is open at the bedside. */
    readonly underWay: boolean
  }
  summary: string
  /** One signature of several; without it all that was signed. */
  signatureId?: string
  intent?: 'withdraw' | 'withdraw-all'
}) {
  const { stops, leaves } = data.document.withdrawal
  return (
    <details className="disclosure">
      <summary>{summary}</summary>
      <p>You need no reason. This happens at once:</p>
      <ul className="plan-list">
        {stops.map((text) => (
          <li key={text}>{text}</li>
        ))}
        {data.visitsAhead > 0 && (
          <li>
            {data.visitsAhead === 1 ? 'One visit is' : `${data.visitsAhead} visits are`} booked for you now
            and will be cancelled.
          </li>
        )}
      </ul>
      {data.underWay && <p>{UNDER_WAY_WORDS}</p>}
      <p>This stays as it is:</p>
      <ul className="plan-list">
        {leaves.map((text) => (
          <li key={text}>{text}</li>
        ))}
      </ul>
      <form method="post">
        {signatureId && <input type="hidden" name="signature" value={signatureId} />}
        <FormActions>
          <Button name="intent" value={intent} kind="danger">
            {intent === 'withdraw-all' ? 'Take everything back now' : 'Take it back now'}
          </Button>
        </FormActions>
      </form>
    </details>
  )
}
