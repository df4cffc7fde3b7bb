import { memo } from 'react'
import type { ConsentChange } from '../../plan/index.ts'
import type { Instant } from '../../platform/time.ts'
import { EmptyState, type StateKind, Timeline, type TimelineItem } from '../../ui/index.ts'
import { computedMg } from '../dose/infusion.ts'
import { asLedgerCounts } from '../ledger/dose-movements.ts'
import { CONSENT_SOURCE, consentChangeWords } from '../session/consent-during.ts'
import { correctionWords } from '../session/correction-words.ts'
import { endedInWords } from '../session/dose-words.ts'
import { eventWords, readingWords } from '../session/event-words.ts'
import { whoOrdered } from '../session/named-in-entry.ts'
import {
  byBedsideTime,
  CORRECTABLE,
  isAfterClosing,
  type SessionReading,
  type SessionState,
} from '../session/session.ts'
import type { SessionEvent } from '../session/session-event.ts'
import { judgeReading, readingState } from '../session/session-vitals.ts'
import { STATE_KIND } from './vitals-panel.tsx'

/** An entry that arrived this long after its bedside time is marked. */
const LATE_MS = 2 * 60_000
/** A tablet whose clock was off by more is said to have been. */
const CLOCK_OFF_MS = 2 * 60_000

/** What is set right by answering it again instead: the newest answer counts. */
const ASKED_AGAIN: readonly string[] = ['checklist', 'discharge-step', 'access-placed']

/**
 * The log, newest first. What was corrected shows both values; what contradicts is kept and said to be not counted. What
 * became of consent stands between the entries at its instant, with the record it is kept in.
 */
export const SessionLog = memo(function SessionLog({
  sessionId,
  events,
  consent,
  state,
  clock,
  name,
  mayCorrect,
  waiting,
}: {
  sessionId: string
  events: readonly SessionEvent[]
  /** Whose account is not known yet where the line has only just told it. */
  consent: readonly ToldChange[]
  state: SessionState
  clock: (instant: string) => string
  name: (accountId: string) => string
  mayCorrect: boolean
  /** Entries that only this tablet has, by id. */
  waiting: ReadonlyMap<string, Instant>
}) {
  if (events.length === 0 && consent.length === 0) {
    return <EmptyState title="Nothing recorded yet">The log begins with the arrival.</EmptyState>
  }
  const entries = [...events].sort(byBedsideTime).reverse()
  return (
    <Timeline
      label="Log of the session, newest first"
      items={withConsent(
        consent,
        clock,
        name,
        entries.map((event) => {
          const words = eventWords(asCounted(event, state), state.dose)
          const correctable =
            (CORRECTABLE as readonly string[]).includes(event.kind) && !ASKED_AGAIN.includes(event.kind)
          const notes = remarks(event, state, clock)
          const set = [
            correctionWords(event, events, { time: clock, name }),
            whoOrdered(event, name),
            isAfterClosing(event, events)
              ? 'Recorded after the session was closed; not in the signed note.'
              : undefined,
          ]
          return {
            key: event.id,
            when: clock(event.at),
            dateTime: event.at,
            title: titleOf(event, state, words.title),
            by: name(event.by),
            ...stateOf(event, state),
            body: (
              <>
                {[words.text, ...set].filter(Boolean).map((text) => (
                  <p key={text}>{text}</p>
                ))}
                {waiting.has(event.id) && (
                  <p className="log-waiting">
                    Waiting to be sent; written here at {clock(waiting.get(event.id)!)}.
                  </p>
                )}
                {notes.map((note) => (
                  <p key={note} className="log-note">
                    {note}
                  </p>
                ))}
                {mayCorrect && correctable && !waiting.has(event.id) && (
                  <a href={`/work/sessions/${sessionId}?correct=${event.id}#correct`}>
                    Correct<span className="hidden"> the entry of {clock(event.at)}</span>
                  </a>
                )}
              </>
            ),
          }
        }),
      )}
    />
  )
})

/** A change of consent as the bedside knows it. */
export type ToldChange = Omit<ConsentChange, 'by'> & { readonly by: string | undefined }

/** The entries, newest first, with the changes of consent at their instants. */
function withConsent(
  consent: readonly ToldChange[],
  clock: (instant: string) => string,
  name: (accountId: string) => string,
  entries: readonly TimelineItem[],
): TimelineItem[] {
  const changes = consent.map((change): TimelineItem => {
    const { title, text } = consentChangeWords(change)
    return {
      key: `${change.what} ${change.at}`,
      when: clock(change.at),
      dateTime: change.at,
      title,
      by: change.by === undefined ? 'the person, or staff they told' : name(change.by),
      ...(change.what === 'taken-back' ? { state: 'red' as const } : {}),
      body: (
        <>
          {text && <p>{text}</p>}
          <p className="log-note">{CONSENT_SOURCE}; no entry of this log.</p>
        </>
      ),
    }
  })
  return [...changes, ...entries].sort((a, b) =>
    a.dateTime < b.dateTime ? 1 : a.dateTime > b.dateTime ? -1 : 0,
  )
}

function titleOf(event: SessionEvent, state: SessionState, title: string): string {
  const reading = state.readings.find(({ eventId }) => eventId === event.id)
  if (reading && reading.earlierValues.length > 0) return readingWords(reading.values)
  if (state.dose?.ended?.eventId === event.id) {
    return endedInWords(state.dose)
  }
  const now = correctedCare(event, state)
  return now ? eventWords(now).title : title
}

/** The end of an infusion with the mg by rate and times as the whole log says them, late entries among it. */
function asCounted(event: SessionEvent, { dose }: SessionState): SessionEvent {
  if (event.kind !== 'dose-stopped' && event.kind !== 'dose-finished') return event
  if (!dose || dose.atOnce || dose.ended?.eventId !== event.id) return event
  const data = { ...event.data, computedMg: computedMg(dose, Date.parse(event.at)) }
  return { ...event, data } as SessionEvent
}

/** A scale or medicine as it stands after a correction; undefined for what was not corrected. */
function correctedCare(event: SessionEvent, { care }: SessionState): SessionEvent | undefined {
  if (event.kind === 'scale') {
    const now = care.scales.find(({ eventId }) => eventId === event.id)
    if (!now || now.score === event.data.score) return undefined
    const { scale, score, notTaken } = now
    return { ...event, data: { scale, score, ...(notTaken ? { notTaken } : {}) } }
  }
  if (event.kind === 'medicine-given') {
    const now = care.medicines.find(({ eventId }) => eventId === event.id)
    const { medicine, amount, unit } = event.data
    if (!now || (now.medicine === medicine && now.amount === amount && now.unit === unit)) return undefined
    return { ...event, data: { ...event.data, medicine: now.medicine, amount: now.amount, unit: now.unit } }
  }
  return undefined
}

/** The changes of an alarm that ask for somebody. */
const ALARMING = ['raised', 'raised-again', 'worsened', 'escalated']

function stateOf(event: SessionEvent, state: SessionState): { state?: StateKind } {
  if (event.kind === 'alarm' && ALARMING.includes(event.data.change)) {
    return { state: event.data.level === 'technical' ? 'unknown' : event.data.level }
  }
  const reading = state.readings.find(({ eventId }) => eventId === event.id)
  return reading ? { state: STATE_KIND[readingState(state, reading)] } : {}
}

/** Why a reading is amber or red, every reason of every sign. */
function alarms(state: SessionState, reading: SessionReading): string[] {
  return Object.values(judgeReading(state, reading).signs)
    .filter((sign) => sign.state === 'red' || sign.state === 'amber')
    .map((sign) => `${sign.state === 'red' ? 'Red' : 'Amber'}: ${sign.reason}.`)
}

function remarks(event: SessionEvent, state: SessionState, clock: (instant: string) => string): string[] {
  const notes: string[] = []
  const reading = state.readings.find(({ eventId }) => eventId === event.id)
  if (reading) notes.push(...alarms(state, reading))
  for (const before of reading?.earlierValues ?? []) notes.push(`Corrected; before: ${readingWords(before)}.`)
  const ended = state.dose?.ended
  if (ended?.eventId === event.id && 'mgGiven' in event.data && event.data.mgGiven !== ended.mgGiven) {
    notes.push(`Corrected; before: ${event.data.mgGiven} mg.`)
  }
  const counted = state.dose && ended?.eventId === event.id ? asLedgerCounts(state.dose) : undefined
  if (counted) notes.push(counted)
  if (correctedCare(event, state)) notes.push(`Corrected; before: ${eventWords(event).title}.`)
  if (state.notCounted.includes(event.id)) {
    notes.push('Contradicts what was known at that time. Kept, not counted.')
  }
  if (event.receivedAt && Date.parse(event.receivedAt) - Date.parse(event.at) > LATE_MS) {
    notes.push(
      event.via
        ? `Late: written on a tablet, reached the server at ${clock(event.receivedAt)}.`
        : `Written afterwards, at ${clock(event.receivedAt)}.`,
    )
  }
  const aheadMs = event.via?.aheadMs ?? 0
  if (Math.abs(aheadMs) > CLOCK_OFF_MS) {
    const off = `${Math.round(Math.abs(aheadMs) / 60_000)} min ${aheadMs > 0 ? 'ahead' : 'behind'}`
    notes.push(`The tablet’s clock was ${off}; the time above is set right by it.`)
  }
  return notes
}
