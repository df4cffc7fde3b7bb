import type { ReactNode } from 'react'
import type { FormAnswer } from '../../platform/form.ts'
import { Button, type ButtonKind, SelectField, StateChip } from '../../ui/index.ts'
import { secondsWords } from '../bedside/alarms-panel.tsx'
import type { BoardTile } from './board.ts'
import type { BoardPage } from './board-page.server.ts'
import { isUnderWay } from './tile-concerns.ts'
import { OFFER_OLD_MS } from './watch.ts'

/** What the forms of a tile need of the page: those about watches, and those that answer alarms. */
export type Watching = {
  readonly page: Pick<BoardPage, 'me' | 'mayRecord' | 'mayAcknowledge' | 'watchers' | 'keys'>
  /** The key of a form, by its name: one form, one key, one entry. */
  readonly keyOf: (form: string) => string
  readonly nowMs: number
  readonly clock: (instant: string) => string
  readonly name: (accountId: string) => string
  /** The form that came back, if one did. */
  readonly answer: FormAnswer | undefined
}

/** Who watches a room, to whom the watch is offered since when, and the ways to change it. Nobody is said above, in red. */
export function WatchLine({ tile, watching }: { tile: BoardTile; watching: Watching }) {
  const { page, nowMs, clock, name, answer } = watching
  const { session, visit } = tile
  const { watch } = session.care
  // From the opening on somebody has the watch; once they have left nobody needs to.
  if (session.phase === 'leave' || (!watch && !isUnderWay(session))) return null
  const { offer } = watch ?? {}
  const mine = watch?.by === page.me
  const offeredToMe = offer?.to === page.me
  const offeredMs = offer ? nowMs - Date.parse(offer.at) : 0
  const key = page.keys[visit.appointmentId]
  const refused = answer?.values.sessionId === visit.sessionId ? answer : undefined
  return (
    <div className="tile-watch">
      {watch && (
        <p>
          <strong>{mine ? 'You watch' : `${name(watch.by)} watches`}</strong> since {clock(watch.since)}
        </p>
      )}
      {watch && offer && (
        <p>
          <StateChip
            state={offeredMs >= OFFER_OLD_MS ? 'amber' : 'due'}
            word={`Offered to ${offeredToMe ? 'you' : name(offer.to)} for ${secondsWords(offeredMs)}, not taken yet`}
          />
        </p>
      )}
      {page.mayRecord && !mine && (
        <WatchForm
          intent={offeredToMe ? 'take-offer' : 'take-watch'}
          tile={tile}
          formKey={key}
          fields={offeredToMe ? { of: offer.eventId } : { from: watch?.by ?? '' }}
          kind={offeredToMe || !watch ? 'primary' : 'quiet'}
        >
          {offeredToMe ? `Take over from ${name(watch!.by)}` : 'I watch this room'}
        </WatchForm>
      )}
      {page.mayRecord && mine && (
        <details className="disclosure" open={refused !== undefined}>
          <summary>
            Hand over<span className="hidden"> the watch of {visit.roomName}</span>
          </summary>
          <WatchForm
            intent="offer"
            tile={tile}
            formKey={key}
            fields={{}}
            kind="quiet"
            submit="Offer the watch"
          >
            <SelectField
              name="to"
              id={`offer-to-${visit.appointmentId}`}
              label="To whom"
              prompt="Choose a colleague"
              hint="The watch stays with you until they take it."
              options={page.watchers
                .filter(({ id }) => id !== page.me)
                .map(({ id, name: label }) => ({ value: id, label }))}
              error={refused?.errors.to}
            />
          </WatchForm>
        </details>
      )}
    </div>
  )
}

function WatchForm({
  intent,
  tile,
  formKey,
  fields,
  kind,
  submit,
  children,
}: {
  intent: 'take-watch' | 'offer' | 'take-offer'
  tile: BoardTile
  formKey: string | undefined
  fields: Readonly<Record<string, string>>
  kind: ButtonKind
  /** Of a form with fields of its own; the children of others are the words of the button. */
  submit?: string
  children: ReactNode
}) {
  const { visit } = tile
  return (
    <form method="post">
      <input type="hidden" name="intent" value={intent} />
      <input type="hidden" name="key" value={formKey} />
      <input type="hidden" name="sessionId" value={visit.sessionId} />
      {Object.entries(fields).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      {submit !== undefined && children}
      <Button kind={kind}>
        {submit ?? children}
        <span className="hidden"> of {visit.roomName}</span>
      </Button>
    </form>
  )
}
