import { type SubmitEvent, useState } from 'react'
import type { FormAnswer } from '../../platform/form.ts'
import { type Instant, instantFromMs } from '../../platform/time.ts'
import { ageText, Button, Notice, StateShape, TextField } from '../../ui/index.ts'
import { eventWords } from '../session/event-words.ts'
import type { SessionEvent } from '../session/session-event.ts'
import { bedsideTime } from '../session/session-form.ts'
import type { EntryQueue } from './use-entry-queue.ts'
import { becauseOf, entriesOf, setAsideNote, type WaitingEntry } from './waiting-entry.ts'

/** How the line stands, for what this panel says of it. */
type Line = { readonly live: boolean; readonly opening: boolean; readonly silentS: number }

/** What waits on this tablet, since when there is no network, and what the server did not take. */
export function QueuePanel({
  queue,
  line,
  timeZone,
  clock,
}: {
  queue: EntryQueue
  line: Line
  timeZone: string
  clock: (instant: string) => string
}) {
  const open = queue.items.filter(({ refused }) => refused === undefined)
  const refused = queue.items.filter((item) => item.refused !== undefined)
  return (
    <div className="queue" id="waiting">
      <NoNetwork queue={queue} line={line} clock={clock} open={open} />
      <Waiting queue={queue} open={open} away={isAway(queue, line)} />
      {queue.unusable && (
        <Notice state="amber" title="This tablet cannot keep entries">
          <p>
            Its storage is full or blocked. Each form goes straight to the server; without a network nothing
            can be recorded here.
          </p>
        </Notice>
      )}
      {queue.ofOthers > 0 && (
        <Notice
          title={`${countWords(queue.ofOthers)} of a colleague ${queue.ofOthers === 1 ? 'waits' : 'wait'} on this tablet`}
        >
          <p>Sent when they sign in here again; nobody else can send them.</p>
        </Notice>
      )}
      {refused.map((item) => (
        <Conflict key={item.number} item={item} queue={queue} timeZone={timeZone} clock={clock} />
      ))}
    </div>
  )
}

/** The same in one line above what is always in reach, wherever the page is scrolled to; leads to the whole. */
export function QueueLine({ queue, line }: { queue: EntryQueue; line: Line }) {
  const refused = queue.items.filter((item) => item.refused !== undefined).length
  const open = queue.items.length - refused
  const away = isAway(queue, line)
  if (!away && refused === 0 && queue.held === undefined) return null
  const said = [
    away && 'No network',
    open > 0 && (away || queue.held) && `${countWords(open)} waiting to be sent`,
    refused > 0 && `${countWords(refused)} not taken`,
  ]
  return (
    <p className={away ? 'queue-line' : 'queue-line queue-line-amber'}>
      <StateShape state={away ? 'red' : 'amber'} />
      <a href="#waiting">{said.filter(Boolean).join(' · ')}</a>
    </p>
  )
}

/** Whether the server cannot be reached, as far as this page can tell. */
function isAway(queue: EntryQueue, line: Line): boolean {
  return !line.live && (queue.kept !== undefined || (!line.opening && line.silentS >= 5))
}

/** Red as long as it is so: what others record is not seen here. */
function NoNetwork({
  queue,
  line,
  clock,
  open,
}: {
  queue: EntryQueue
  line: Line
  clock: (instant: string) => string
  open: readonly WaitingEntry[]
}) {
  if (!isAway(queue, line)) return null
  const since = queue.kept ? queue.kept.at : instantFromMs(queue.nowMs - line.silentS * 1000)
  return (
    <Notice
      state="red"
      announce="status"
      title={
        queue.kept ? `No network: this page was kept at ${clock(since)}` : `No network since ${clock(since)}`
      }
    >
      {queue.kept?.unsent && <p>What you sent last was not recorded: it needs the network.</p>}
      <p>
        Readings, pausing, stopping and everything else that only adds to the log is kept on this tablet and
        sent by itself. {open.length === 0 ? 'Nothing waits. ' : `${countWords(open.length)} so far. `}
        What others record is not seen here. Starting a dose, devices, acknowledging alarms and leaving need
        the network.
      </p>
    </Notice>
  )
}

function Waiting({ queue, open, away }: { queue: EntryQueue; open: readonly WaitingEntry[]; away: boolean }) {
  const [first] = open
  if (!first) return null
  const ageMs = queue.nowMs - Date.parse(queue.atOf(first))
  if (queue.held) return <HeldBack held={queue.held} count={open.length} />
  // What is on its way for a moment is nobody's worry.
  if (ageMs < 4_000 && !away) return null
  return (
    <p className="queue-waiting" role="status">
      <strong>{countWords(open.length)} waiting to be sent</strong>, the oldest written {ageText(ageMs)}.
    </p>
  )
}

function HeldBack({ held, count }: { held: NonNullable<EntryQueue['held']>; count: number }) {
  const here = globalThis.location.pathname
  const title =
    held === 'signed-out'
      ? `Sign in to send: ${countWords(count).toLowerCase()} on this tablet`
      : held === 'other-account'
        ? `Somebody else is signed in on this tablet: ${countWords(count).toLowerCase()} not sent`
        : `You may not record here any more: ${countWords(count).toLowerCase()} not sent`
  return (
    <Notice state="amber" announce="status" title={title}>
      <p>
        Nothing is lost: it stays here and is sent under the name of who wrote it.{' '}
        <a href={`/sign-in?next=${encodeURIComponent(here)}`}>Sign in</a>
      </p>
    </Notice>
  )
}

/** An entry that the server did not take, until somebody decides. */
function Conflict({
  item,
  queue,
  timeZone,
  clock,
}: {
  item: WaitingEntry
  queue: EntryQueue
  timeZone: string
  clock: (instant: string) => string
}) {
  const [answer, setAnswer] = useState<FormAnswer>()
  const at = queue.atOf(item)
  const what = whatWasTyped(item, at, timeZone, clock)
  const over = item.refused?.startsWith('This session is over') ?? false
  const typedTime = item.fields.find(([name]) => name === 'time')?.[1] ?? ''
  const decide = (event: SubmitEvent<HTMLFormElement>, work: (form: FormData) => FormAnswer | undefined) => {
    event.preventDefault()
    setAnswer(work(new FormData(event.currentTarget)))
  }
  const id = (field: string) => `conflict-${item.number}-${field}`
  return (
    <section className="conflict" aria-labelledby={id('title')}>
      <h2 id={id('title')}>Not taken: {what}</h2>
      <p className="conflict-why">{item.refused}</p>
      <p>
        Written at {clock(at)} on this tablet. It is not in the record until you decide; if it is not sent
        again, what you typed stays {over ? 'beside the closed log' : 'in the log as an observation'}.
      </p>
      {!over && (
        <form
          method="post"
          className="conflict-form"
          noValidate
          onSubmit={(event) =>
            decide(event, (form) => {
              const time = String(form.get('time') ?? '').trim()
              if (time !== '' && !bedsideTime.safeParse(time).success) {
                return { errors: { time: 'Write the time as hours and minutes, such as 14:05.' }, values: {} }
              }
              queue.sendAgain(item, { time })
              return undefined
            })
          }
        >
          <TextField
            name="time"
            id={id('time')}
            label={`Time, if not ${clock(at)}`}
            width="figure"
            inputMode="numeric"
            autoComplete="off"
            defaultValue={typedTime}
            error={answer?.errors.time}
          />
          <Button kind="quiet" size="bedside">
            Send again
          </Button>
        </form>
      )}
      <form
        method="post"
        className="conflict-form"
        noValidate
        onSubmit={(event) =>
          decide(event, (form) => {
            const read = becauseOf(form)
            if (!read.ok) return read.answer
            queue.setAside(item, setAsideNote(item, `${what}.`, read.value.because))
            return undefined
          })
        }
      >
        <TextField
          name="because"
          id={id('because')}
          label="Why it is set aside"
          autoComplete="off"
          error={answer?.errors.because}
        />
        <Button kind="quiet" size="bedside">
          Set aside
        </Button>
      </form>
      {over && (
        <p>
          The log is closed. What belongs into the record goes into an addendum to the note; what you set
          aside is shown beneath the log, and in no note.
        </p>
      )}
    </section>
  )
}

/** What was typed, in the words of the log. */
function whatWasTyped(
  item: WaitingEntry,
  at: Instant,
  timeZone: string,
  clock: (instant: string) => string,
): string {
  const read = entriesOf(item, at, timeZone)
  if (!read?.ok)
    return item.fields
      .filter(([name]) => !/^key/.test(name))
      .map((field) => field.join(': '))
      .join(', ')
  return read.entries
    .map((entry) => {
      // What the server would have computed of mg is not known here.
      if (entry.kind === 'dose-rate-changed')
        return `${clock(entry.at)} Pump set to ${entry.data.rateMlPerH} mL/h`
      if (entry.kind === 'dose-stopped' || entry.kind === 'dose-finished') {
        const { mgGiven } = entry.data
        const how = entry.kind === 'dose-stopped' ? 'stopped' : 'finished'
        return `${clock(entry.at)} Dose ${how}${mgGiven === undefined ? '' : `: ${mgGiven} mg given`}`
      }
      const { title, text } = eventWords({ ...entry, by: item.account } as SessionEvent)
      return `${clock(entry.at)} ${title}${text ? `: ${text}` : ''}`
    })
    .join('; ')
}

function countWords(count: number): string {
  return count === 1 ? '1 entry' : `${count} entries`
}
