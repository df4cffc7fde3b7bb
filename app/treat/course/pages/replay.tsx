import { type ReactNode, useCallback, useMemo, useState } from 'react'
import { useLoaderData } from 'react-router'
import { guardedLoader } from '../../../platform/page.server.ts'
import { type Instant, momentInWords, timeInWords } from '../../../platform/time.ts'
import {
  Breadcrumb,
  ButtonLink,
  EmptyState,
  ErrorSummary,
  PageHead,
  Section,
  StateChip,
} from '../../../ui/index.ts'
import bedsideCss from '../../bedside/bedside.css?url'
import { minuteWords, ReplayControls, within } from '../../bedside/replay-controls.tsx'
import { SessionCourse } from '../../bedside/session-course.tsx'
import { VitalsStrip } from '../../bedside/vitals-strip.tsx'
import { boardTiles } from '../../board/board.ts'
import { computedMg } from '../../dose/infusion.ts'
import { samplesAt } from '../../monitors/monitor-stretches.ts'
import { correctionWords } from '../../session/correction-words.ts'
import { phaseInWords } from '../../session/dose-words.ts'
import { eventWords } from '../../session/event-words.ts'
import { whoOrdered } from '../../session/named-in-entry.ts'
import { byBedsideTime, foldSession, type SessionState } from '../../session/session.ts'
import { valueGoodForMs } from '../../session/session-clock.ts'
import type { SessionEvent } from '../../session/session-event.ts'
import treatCss from '../../treat.css?url'
import { readSession } from '../../treat-access.ts'
import { instantOfMinute, type ReplaySpan, stopOfEvent, stopsAround } from '../replay.ts'
import { loadReplay, type ReplayPage } from '../replay-page.server.ts'
import { sessionAxis } from '../session-axis.ts'

export const handle = { hydrate: true, width: 'wide' }

export function links() {
  return [treatCss, bedsideCss].map((href) => ({ rel: 'stylesheet', href }))
}

export const loader = guardedLoader(readSession, loadReplay)

export function meta() {
  return [{ title: 'Session, looked back on' }]
}

export default function SessionReplay() {
  const page = useLoaderData<typeof loader>()
  const path = `/work/sessions/${page.sessionId}/replay`
  return (
    <div className="bedside">
      {page.asked?.problem && (
        <ErrorSummary
          errors={[{ fieldId: 'minute', message: page.asked.problem }]}
          title="No such minute in this session"
        />
      )}
      {page.span && page.asked ? (
        <Replay page={page} path={path} span={page.span} asked={page.asked} />
      ) : (
        <>
          <Head page={page} />
          <EmptyState title="Nothing recorded yet">
            Once there are entries, one can look back along them.
          </EmptyState>
        </>
      )}
    </div>
  )
}

function Head({ page, state }: { page: ReplayPage; state?: ReactNode }) {
  const { visit } = page
  return (
    <PageHead
      breadcrumb={
        <Breadcrumb
          items={[
            { href: '/work/board', label: 'Board' },
            { href: `/work/sessions/${page.sessionId}`, label: page.person.name },
          ]}
        />
      }
      kicker={`Session ${visit.sessionNumber} of ${page.person.name} · ${momentInWords(visit.plan.startsAt, page.timeZone)}`}
      title="Looking back"
      state={state}
      actions={
        <ButtonLink href={`/work/sessions/${page.sessionId}/note`} kind="quiet">
          Note
        </ButtonLink>
      }
    />
  )
}

function Replay({
  page,
  path,
  span,
  asked,
}: {
  page: ReplayPage
  path: string
  span: ReplaySpan
  asked: NonNullable<ReplayPage['asked']>
}) {
  const [minute, setMinute] = useState(asked.minute)
  const { events, visit, timeZone } = page
  const clock = useCallback((at: string) => timeInWords(at as Instant, timeZone), [timeZone])
  // What was known changes from entry to entry only; between two of them the clock alone moves.
  const { current } = stopsAround(span, minute)
  const known = useMemo(() => {
    if (current === undefined) return []
    const until = instantOfMinute(span, current)
    return events.filter(({ at }) => at <= until)
  }, [events, span, current])
  const state = useMemo(() => foldSession(known), [known])
  const axis = useMemo(() => sessionAxis(foldSession(events)), [events])
  const at = instantOfMinute(span, minute)
  const nowMs = Date.parse(at)
  const samples = { [page.sessionId]: samplesAt(page.monitors, nowMs) }
  const [tile] = boardTiles([{ ...visit, diary: 'today' }], { [page.sessionId]: known }, nowMs, samples)
  return (
    <>
      <Head page={page} state={tile && <StateChip state={tile.state} word={tile.word} size="big" />} />
      <ReplayControls
        path={path}
        span={span}
        minute={minute}
        typed={minute === asked.minute && asked.problem ? page.typed : undefined}
        problem={minute === asked.minute ? asked.problem : undefined}
        goTo={setMinute}
      />
      <p className="replay-moment" aria-live="off">
        <strong>{clock(at)}</strong>, minute {minuteWords(minute)}:{' '}
        {phaseInWords(state.phase, state.dose).toLowerCase()}. {givenWords(state, nowMs)} As it looked then:
        what was written or corrected later does not count yet.
      </p>
      <Section title="Newest values then">
        {tile && (
          <VitalsStrip
            signs={tile.signs}
            nowMs={nowMs}
            staleAfterMs={valueGoodForMs(state, visit.plan, nowMs) ?? visit.plan.monitoring.duringEveryMs}
          />
        )}
      </Section>
      <SessionCourse state={state} axis={axis} person={page.person} nowMs={nowMs} clock={clock} />
      <Section title="Entries">
        <Entries page={page} path={path} span={span} current={current} clock={clock} goTo={setMinute} />
      </Section>
    </>
  )
}

/** What was given by then, in a sentence. */
function givenWords({ dose }: SessionState, nowMs: number): string {
  if (!dose) return 'No dose yet.'
  if (dose.ended) return `${dose.ended.mgGiven} of ${dose.orderedMg} mg given, as recorded.`
  return `${computedMg(dose, nowMs).toFixed(1)} of ${dose.orderedMg} mg given by rate and times.`
}

/** Every entry of the log as it was written, oldest first; the newest at this minute is marked, later ones are faint. */
function Entries({
  page,
  path,
  span,
  current,
  clock,
  goTo,
}: {
  page: ReplayPage
  path: string
  span: ReplaySpan
  current: number | undefined
  clock: (instant: string) => string
  goTo: (minute: number) => void
}) {
  const name = (account: string) => page.names[account] ?? 'unknown'
  const items = useMemo(() => [...page.events].sort(byBedsideTime), [page.events])
  const { dose } = useMemo(() => foldSession(page.events), [page.events])
  return (
    <ol className="replay-entries">
      {items.map((event: SessionEvent) => {
        const stop = stopOfEvent(event, span)
        const words = eventWords(event, dose)
        const later = current === undefined || stop > current
        return (
          <li
            key={event.id}
            className={later ? 'replay-later' : undefined}
            aria-current={stop === current ? 'step' : undefined}
          >
            <a href={`${path}?minute=${stop}`} onClick={(click) => within(click, () => goTo(stop))}>
              {clock(event.at)} <span className="replay-minute">minute {minuteWords(stop)}</span>
            </a>
            <p>
              {words.title}
              <span className="replay-words"> · {name(event.by)}</span>
              {[
                words.text,
                correctionWords(event, page.events, { time: clock, name }),
                whoOrdered(event, name),
              ]
                .filter(Boolean)
                .map((text) => (
                  <span key={text} className="replay-words replay-text">
                    {text}
                  </span>
                ))}
            </p>
          </li>
        )
      })}
    </ol>
  )
}
