import { type ReactNode, useCallback, useMemo } from 'react'
import { useActionData, useLoaderData } from 'react-router'
import type { FormAnswer } from '../../../platform/form.ts'
import { guardedAction, guardedLoader } from '../../../platform/page.server.ts'
import { type Instant, momentInWords, timeInWords } from '../../../platform/time.ts'
import { Breadcrumb, ButtonLink, Notice, PageHead, Section, StateChip } from '../../../ui/index.ts'
import { boardTiles, OVERDUE_RED_MS } from '../../board/board.ts'
import { useBoardFeed } from '../../board/use-board-feed.ts'
import { recordDevice } from '../../dose/device-actions.server.ts'
import { leftOverMl, orderOfDose } from '../../dose/infusion.ts'
import { foldSession, type SessionState } from '../../session/session.ts'
import { type NextKind, nextThing } from '../../session/session-clock.ts'
import type { SessionEvent } from '../../session/session-event.ts'
import treatCss from '../../treat.css?url'
import { closeSession, dischargePerson, readSession, startDose } from '../../treat-access.ts'
import { ArriveForm, ChecklistForm, IdentityForm, ObserveForm } from '../check-forms.tsx'
import { ConsentTakenBack } from '../consent-taken-back.tsx'
import { CorrectPanel } from '../correct-panel.tsx'
import { DONE_WORDS } from '../done-words.ts'
import { InfusionPanel, StartPanel } from '../dose-panel.tsx'
import { CloseForm, LeavePanel } from '../leave-panel.tsx'
import { LiveLine } from '../live-line.tsx'
import { MedicinesBeforeDose } from '../medicines-before-dose.tsx'
import { NextPanel } from '../next-panel.tsx'
import { ReadingForm } from '../reading-form.tsx'
import {
  entryActions,
  recordClosing,
  recordDischarge,
  recordOverride,
  recordStart,
} from '../session-actions.server.ts'
import { SessionCourse } from '../session-course.tsx'
import { SessionLog } from '../session-log.tsx'
import { loadSession, type SessionPage } from '../session-page.server.ts'
import { LatestReadings } from '../vitals-panel.tsx'

export const handle = { hydrate: true, width: 'wide' }

export function links() {
  return [{ rel: 'stylesheet', href: treatCss }]
}

export const loader = guardedLoader(readSession, loadSession)

export const action = guardedAction({
  ...entryActions,
  start: [startDose, recordStart],
  device: [startDose, recordDevice],
  discharge: [dischargePerson, recordDischarge],
  override: [dischargePerson, recordOverride],
  close: [closeSession, recordClosing],
})

export function meta() {
  return [{ title: 'Session' }]
}

const NO_EVENTS: readonly SessionEvent[] = []

export default function SessionAtTheBedside() {
  const page = useLoaderData<typeof loader>()
  const answered = useActionData<typeof action>()
  const answer = answered && 'errors' in answered ? (answered as FormAnswer) : undefined
  const nothingToAsk = useCallback(() => {}, [])
  const { board, nowMs, live, silentS, watching } = useBoardFeed(page.snapshot, nothingToAsk)
  const visit = board.visits[0]!
  const events = board.logs[page.sessionId] ?? NO_EVENTS
  // Folded once per event rather than once per tick, for the parts that do not depend on the clock.
  const told = useMemo(() => foldSession(events), [events])
  const clock = useCallback((at: string) => timeInWords(at as Instant, page.timeZone), [page.timeZone])
  const name = useCallback((id: string) => page.names[id] ?? 'a colleague, just now', [page.names])
  const [tile] = boardTiles([visit], board.logs, nowMs)
  if (!tile) return null
  const { session: state, signs } = tile
  const next = nextThing(state, visit.plan, nowMs)
  const ended = state.dose?.ended
  const left = state.dose ? leftOverMl(state.dose) : undefined
  return (
    <div className="bedside">
      <PageHead
        breadcrumb={<Breadcrumb items={[{ href: '/work/board', label: 'Board' }]} />}
        kicker={`Session ${visit.sessionNumber} · ${visit.roomName}, ${visit.chairName} · ${momentInWords(visit.plan.startsAt, page.timeZone)}`}
        title={page.person.name}
        state={<StateChip state={tile.state} word={tile.word} size="big" />}
        lead={`Born ${page.person.birthDate ?? 'not known'}${page.person.synthetic ? ' · invented person' : ''}`}
        actions={
          <LiveLine
            live={live}
            opening={board.link.status === 'opening'}
            watching={watching}
            silentS={silentS}
            takenAt={clock(page.snapshot.now)}
          />
        }
      />
      {page.done && DONE_WORDS[page.done] && !answer && (
        <Notice state="calm" announce="status" title={DONE_WORDS[page.done]} />
      )}
      <ConsentTakenBack
        since={board.takenBack[page.person.id] ?? page.consentTakenBackAt}
        state={state}
        say={(at) => momentInWords(at as Instant, page.timeZone)}
      />
      {page.correcting && page.mayRecord && (
        <CorrectPanel page={page} state={state} eventId={page.correcting} answer={answer} />
      )}
      {state.phase !== 'leave' && tile.signs.some((sign) => sign.state === 'red') && (
        <Notice
          state="red"
          announce="alert"
          title="Red: stop the pump, note the time and the mg given, call the prescriber."
        >
          <p>
            Oxygen and airway first. Call 911 if it is not corrected in 5 minutes, with chest pain or a sign
            of stroke, below SpO₂ 85 %, or in arrest. Measure again within 5 minutes. (Escalation as in the
            clinic’s rules; a default that the medical director sets.)
          </p>
        </Notice>
      )}
      {page.mayRecord && state.phase === 'monitor' && state.dose && (
        <InfusionPanel page={page} dose={state.dose} nowMs={nowMs} answer={answer} clock={clock} />
      )}
      {page.testWarning && !state.dose && !state.closed && (
        <Notice state={page.testWarning.state} title={page.testWarning.title}>
          {page.testWarning.lines.map((line) => (
            <p key={line}>{line}</p>
          ))}
          <p>
            It holds nothing by itself; a prescriber looks at it first.{' '}
            <a href={`/work/people/${page.person.id}/tests`}>All tests</a>
          </p>
        </Notice>
      )}
      {!state.dose && !state.closed && page.medicineNotices.length > 0 && (
        <MedicinesBeforeDose notices={page.medicineNotices} personId={page.person.id} />
      )}
      <NextPanel next={next} nowMs={nowMs} redAfterMs={OVERDUE_RED_MS}>
        <NextForm kind={next.kind} page={page} state={state} nowMs={nowMs} answer={answer} />
        {/* Stays where it is whatever is due, so that nothing being typed is lost when the clock moves on. */}
        {page.mayRecord && readingBelongsHere(next.kind, state) && (
          <ReadingForm key="reading" formKey={page.keys.reading} answer={answer} />
        )}
      </NextPanel>
      <Section title="Newest values">
        <LatestReadings
          signs={signs}
          nowMs={nowMs}
          staleAfterMs={staleAfterMs(state, visit.plan.monitoring.duringEveryMs)}
        />
      </Section>
      {page.mayRecord && state.phase === 'recover' && (
        <Section title="Leaving">
          <LeavePanel page={page} state={state} nowMs={nowMs} answer={answer} />
        </Section>
      )}
      {ended && left !== undefined && left - page.syringeWastedMl > 0.005 && (
        <Notice title={`${(left - page.syringeWastedMl).toFixed(2)} mL are left in the syringe`}>
          <p>
            {ended.mgGiven} mg of what was drawn were given. Record the waste with a witness in the room:{' '}
            <a href={`/work/stock?session=${page.sessionId}`}>record waste</a>.
          </p>
        </Notice>
      )}
      <Others kind={next.kind} page={page} state={state} nowMs={nowMs} answer={answer} />
      <SessionCourse
        state={told}
        person={{
          weightKg: orderOfDose(told.dose, page.doseOrder)?.weightKg,
          ageYears: page.person.ageYears,
          sex: page.person.sex,
        }}
        nowMs={nowMs}
        clock={clock}
        actions={
          state.dose && (
            <ButtonLink href={`/work/sessions/${page.sessionId}/replay`} kind="quiet">
              Look back
            </ButtonLink>
          )
        }
      />
      <Section
        title="Log"
        actions={
          <ButtonLink href={`/work/sessions/${page.sessionId}/note`} kind="quiet">
            {page.note.signed ? 'Signed note' : 'Note'}
          </ButtonLink>
        }
      >
        <SessionLog
          sessionId={page.sessionId}
          events={events}
          state={told}
          clock={clock}
          name={name}
          mayCorrect={page.mayRecord && !state.closed}
        />
      </Section>
      <p className="primary-alarm">
        The monitor’s own alarm is primary. This page is a record and a reminder; it is not a certified alarm
        system. Its limits are design defaults, to be signed off by the medical director.
      </p>
    </div>
  )
}

/** From when on the age of a value is marked: one interval during the infusion, two and a half afterwards. */
function staleAfterMs(state: SessionState, duringEveryMs: number): number {
  return state.phase === 'monitor' ? duringEveryMs : 2.5 * duringEveryMs
}

type FormsProps = {
  kind: NextKind
  page: SessionPage
  state: SessionState
  nowMs: number
  answer: FormAnswer | undefined
}

/** From the dose on the reading form is always in the same place; before it only when a reading is due. */
function readingBelongsHere(kind: NextKind, { phase }: SessionState): boolean {
  return phase === 'monitor' || phase === 'recover' || kind === 'reading'
}

/** The form of the thing that is due. */
function NextForm({ kind, page, state, nowMs, answer }: FormsProps) {
  if (!page.mayRecord) return <p>Nurses and prescribers record here; you are reading along.</p>
  switch (kind) {
    case 'arrival':
      return <ArriveForm formKey={page.keys.arrive} answer={answer} />
    case 'identity':
      return <IdentityForm formKey={page.keys.identity} answer={answer} person={page.person} />
    case 'checklist':
      return <ChecklistForm formKey={page.keys.checklist} answer={answer} escortTold={page.escortTold} />
    case 'reading':
      return null
    case 'start-dose':
      return <StartPanel page={page} state={state} nowMs={nowMs} answer={answer} />
    case 'end-infusion':
      return <p>The planned time is over. Record above that the infusion has finished, or stop it.</p>
    case 'discharge':
      return <p>Go through the conditions under “Leaving”; a fresh reading is one of them.</p>
    case 'note':
      return (
        <ButtonLink href={`/work/sessions/${page.sessionId}/note`} size="bedside">
          {page.note.started ? 'Go on with the note' : 'Write the note'}
        </ButtonLink>
      )
    case 'nothing':
      return <p>The session is closed and its note is signed or not needed.</p>
  }
}

/** Everything else that can be done now, out of the way until wanted. */
function Others({ kind, page, state, nowMs, answer }: FormsProps) {
  if (!page.mayRecord || state.closed) return null
  const running = state.phase !== 'leave'
  const parts: { title: string; intents: readonly string[]; form: ReactNode }[] = []
  if (running && state.arrivedAt && !readingBelongsHere(kind, state)) {
    parts.push({
      title: 'Reading',
      intents: ['reading'],
      form: <ReadingForm formKey={page.keys.reading} answer={answer} />,
    })
  }
  if (state.arrivedAt) {
    parts.push({
      title: 'Observation or call',
      intents: ['observe'],
      form: <ObserveForm formKey={page.keys.observe} answer={answer} />,
    })
  }
  if (!state.dose && running) {
    if (kind !== 'start-dose') {
      parts.push({
        title: 'What a dose still needs',
        intents: ['start'],
        form: <StartPanel page={page} state={state} nowMs={nowMs} answer={answer} />,
      })
    }
    if (kind !== 'checklist' && state.checklist) {
      parts.push({
        title: 'Checklist again',
        intents: ['checklist'],
        form: <ChecklistForm formKey={page.keys.checklist} answer={answer} escortTold={page.escortTold} />,
      })
    }
    parts.push({
      title: 'End without a dose',
      intents: ['close'],
      form: <CloseForm page={page} answer={answer} />,
    })
  }
  return (
    <Section title="Also possible now">
      {parts.map(({ title, intents, form }) => (
        <details key={title} className="disclosure" open={intents.includes(String(answer?.values.intent))}>
          <summary>{title}</summary>
          {form}
        </details>
      ))}
    </Section>
  )
}
