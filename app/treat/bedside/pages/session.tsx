import { useCallback, useEffect, useMemo, useRef } from 'react'
import {
  type ClientActionFunctionArgs,
  type ClientLoaderFunctionArgs,
  useActionData,
  useFetcher,
  useLoaderData,
} from 'react-router'
import { BY_ITSELF } from '../../../platform/by-itself.ts'
import type { FormAnswer } from '../../../platform/form.ts'
import { guardedAction, guardedLoader } from '../../../platform/page.server.ts'
import { type Instant, momentInWords, timeInWords } from '../../../platform/time.ts'
import { ButtonLink, Notice, Section } from '../../../ui/index.ts'
import { boardTiles } from '../../board/board.ts'
import { takenBackSince } from '../../board/board-feed.ts'
import { OVERDUE_RED_MS } from '../../board/tile-concerns.ts'
import { useBoardFeed } from '../../board/use-board-feed.ts'
import { recordDevice } from '../../dose/device-actions.server.ts'
import { leftOverMl, orderOfDose } from '../../dose/infusion.ts'
import scanCss from '../../ledger/barcode/scan-field.css?url'
import { asLedgerCounts } from '../../ledger/dose-movements.ts'
import { answeredInPlace } from '../../queue/plain-answer.ts'
import queueCss from '../../queue/queue.css?url'
import { QueueLine, QueuePanel } from '../../queue/queue-panel.tsx'
import { SetAsideList } from '../../queue/set-aside-list.tsx'
import { useEntryQueue } from '../../queue/use-entry-queue.ts'
import { type DoseKind, doseKind, orderedKind, redNowWords } from '../../session/dose-words.ts'
import { foldSession, type SessionState } from '../../session/session.ts'
import { nextThing } from '../../session/session-clock.ts'
import type { SessionEvent } from '../../session/session-event.ts'
import treatCss from '../../treat.css?url'
import {
  acknowledgeAlarm,
  closeSession,
  dischargePerson,
  readSession,
  startDose,
} from '../../treat-access.ts'
import { ActionBar } from '../action-bar.tsx'
import { AdverseEvents } from '../adverse-panel.tsx'
import { AlarmsPanel } from '../alarms-panel.tsx'
import bedsideCss from '../bedside.css?url'
import { useFormKeys } from '../bedside.ts'
import { BedsideHead } from '../bedside-head.tsx'
import { ComfortPanel, ScalesDue } from '../care-panel.tsx'
import { ConsentTakenBack } from '../consent-taken-back.tsx'
import { CorrectPanel } from '../correct-panel.tsx'
import { doneWords } from '../done-words.ts'
import { InfusionForms, InfusionLine } from '../infusion-panel.tsx'
import { LeavePanel } from '../leave-panel.tsx'
import { MedicinesBeforeDose } from '../medicines-before-dose.tsx'
import { NextForm, readingBelongsHere } from '../next-form.tsx'
import { NextPanel } from '../next-panel.tsx'
import { OtherForms } from '../other-forms.tsx'
import {
  chooseLight,
  entryActions,
  recordAcknowledgement,
  recordClosing,
  recordDischarge,
  recordOverride,
  recordStart,
} from '../session-actions.server.ts'
import { SessionCourse } from '../session-course.tsx'
import { SessionLog, type ToldChange } from '../session-log.tsx'
import { loadSession, type SessionPage } from '../session-page.server.ts'
import { TAPPED } from '../tap-form.tsx'
import { useNextInView } from '../use-next-in-view.ts'
import { VitalsPad } from '../vitals-pad.tsx'
import { VitalsStrip } from '../vitals-strip.tsx'
import { WatchPanel } from '../watch-panel.tsx'

export const handle = { hydrate: true, width: 'wide', nightLight: true }

export function links() {
  return [treatCss, bedsideCss, queueCss, scanCss].map((href) => ({ rel: 'stylesheet', href }))
}

export const loader = guardedLoader(readSession, loadSession)

export const action = guardedAction({
  ...entryActions,
  start: [startDose, recordStart],
  device: [startDose, recordDevice],
  discharge: [dischargePerson, recordDischarge],
  override: [dischargePerson, recordOverride],
  close: [closeSession, recordClosing],
  acknowledge: [acknowledgeAlarm, recordAcknowledgement],
  light: [readSession, chooseLight],
})

/** Asks again what the page shows, once the server took what waited; without a network the page stays as it is. */
export async function clientLoader({ serverLoader }: ClientLoaderFunctionArgs) {
  return serverLoader<typeof loader>().catch(() => undefined)
}

/** Answers a form in place: no other page takes away what is being typed in the rest of this one. */
export async function clientAction({ request, serverAction }: ClientActionFunctionArgs) {
  const form = await request.clone().formData()
  return answeredInPlace(serverAction<typeof action>(), form)
}

export function meta() {
  return [{ title: 'Session' }]
}

const NO_EVENTS: readonly SessionEvent[] = []

export default function SessionAtTheBedside() {
  const { page, askAgain, askByItself } = useNewestPage()
  const answered = useActionData<typeof action>()
  const nothingToAsk = useCallback(() => {}, [])
  const feed = useBoardFeed(page.snapshot, nothingToAsk)
  const { board, live, silentS, watching } = feed
  const visit = board.visits[0]!
  const opening = board.link.status === 'opening'
  const takenBackAt = takenBackSince(board, page.person.id, {
    seq: page.snapshot.seq,
    takenBackAt: page.consentTakenBackAt,
  })
  const consentSeq = board.consentSeq[page.person.id]
  useEffect(() => askByItself(consentSeq), [consentSeq, askByItself])
  const consent = useMemo(() => withWhatIsTold(page, takenBackAt), [page, takenBackAt])
  const queue = useEntryQueue({
    sessionId: page.sessionId,
    me: page.me,
    timeZone: page.timeZone,
    events: board.logs[page.sessionId] ?? NO_EVENTS,
    context: {
      openedAt: page.openedAt,
      orderedRateMlPerH: page.doseOrder?.rateMlPerH,
      consentTakenBackAt: takenBackAt,
    },
    nowMs: feed.nowMs,
    live,
    correcting: page.correcting,
    askAgain,
  })
  const { events, nowMs, taken, turns } = queue
  useEffect(() => {
    if (taken > 0) void askAgain()
  }, [taken, askAgain])
  const cameBack = answered && 'errors' in answered ? (answered as FormAnswer) : undefined
  const answer = turns > 0 ? queue.answer : cameBack
  const tellSent = useNextInView(turns, queue.intent, queue.answer !== undefined)
  // Folded once per event rather than once per tick, for the parts that do not depend on the clock.
  const told = useMemo(() => foldSession(events), [events])
  const clock = useCallback((at: string) => timeInWords(at as Instant, page.timeZone), [page.timeZone])
  const name = useCallback((id: string) => page.names[id] ?? 'a colleague, just now', [page.names])
  const keyOf = useFormKeys(page.careKeys)
  const [tile] = boardTiles(
    [{ ...visit, consentTakenBackAt: takenBackAt }],
    { ...board.logs, [page.sessionId]: events },
    nowMs,
    board.samples,
  )
  if (!tile) return null
  const { session: state, signs } = tile
  const next = nextThing(state, visit.plan, nowMs)
  const running = page.mayRecord && state.phase === 'monitor' ? state.dose : undefined
  const kind = state.dose ? doseKind(state.dose) : page.dose.order && orderedKind(page.dose.order)
  const bedside = { page, state, nowMs, answer, clock, name, keyOf }
  return (
    <div
      className="bedside"
      onSubmit={(event) => {
        tellSent(event)
        queue.onSubmit(event)
      }}
      data-waiting={queue.items.length}
      data-turns={watching ? turns : undefined}
    >
      <BedsideHead
        page={page}
        tile={tile}
        live={{ live, opening, watching, silentS, takenAt: clock(page.snapshot.now) }}
      />
      <VitalsStrip
        signs={signs}
        nowMs={nowMs}
        staleAfterMs={staleAfterMs(state, visit.plan.monitoring.duringEveryMs)}
      />
      <div className="bedside-body">
        <div className="bedside-main">
          {/* What runs and what is wrong; on a tablet held sideways it stands beside what is done next. */}
          <div className="bedside-now">
            <Said
              dose={kind}
              done={turns > 0 ? queue.done : queue.kept ? undefined : page.done}
              answer={answer}
              unsent={turns > 0 && queue.waiting.size > 0 && !live}
            />
            <ConsentTakenBack
              since={takenBackAt}
              state={state}
              say={(at) => momentInWords(at as Instant, page.timeZone)}
            />
            <AlarmsPanel bedside={bedside} signs={signs} overdueMs={tile.overdueMs} />
            {state.phase !== 'leave' && signs.some((sign) => sign.state === 'red') && (
              <RedNow dose={state.dose} />
            )}
            {running && (
              <InfusionLine
                page={page}
                state={state}
                dose={running}
                nowMs={nowMs}
                answer={answer}
                clock={clock}
                finishElsewhere={next.kind === 'end-infusion'}
              />
            )}
            {running && !state.care.watch && <WatchPanel bedside={bedside} />}
          </div>
          <div className="bedside-do">
            <QueuePanel
              queue={queue}
              line={{ live, opening, silentS }}
              timeZone={page.timeZone}
              clock={clock}
            />
            {queue.correcting && page.mayRecord && (
              <CorrectPanel page={page} state={state} eventId={queue.correcting} answer={answer} />
            )}
            <BeforeDose page={page} state={state} />
            <NextPanel next={next} nowMs={nowMs} redAfterMs={OVERDUE_RED_MS} dose={kind}>
              <NextForm kind={next.kind} bedside={bedside} />
              {/* Stays where it is whatever is due, so that nothing being typed is lost when the clock moves on. */}
              {page.mayRecord && readingBelongsHere(next.kind, state) && (
                <VitalsPad
                  key={`reading-${queue.readingTurns}`}
                  formKey={page.keys.reading}
                  answer={answer}
                  latest={signs}
                  ready={next.kind === 'reading' && !answer && !queue.correcting}
                />
              )}
            </NextPanel>
            <ScalesDue bedside={bedside} />
            {running && <InfusionForms page={page} dose={running} nowMs={nowMs} answer={answer} />}
            {(!running || state.care.watch) && <WatchPanel bedside={bedside} />}
            <ComfortPanel bedside={bedside} />
            {page.mayRecord && state.phase === 'recover' && (
              <Section title="Leaving">
                <LeavePanel
                  page={page}
                  state={state}
                  nowMs={nowMs}
                  signs={signs}
                  samples={board.samples[page.sessionId]}
                  overdueMs={tile.overdueMs}
                  answer={answer}
                />
              </Section>
            )}
            <LeftInSyringe page={page} state={state} />
            <AdverseEvents bedside={bedside} />
            <OtherForms kind={next.kind} bedside={bedside} latest={signs} />
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
          </div>
        </div>
        <div className="bedside-side">
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
              consent={consent}
              state={told}
              clock={clock}
              name={name}
              mayCorrect={page.mayRecord && !state.closed}
              waiting={queue.waiting}
            />
          </Section>
          <SetAsideList
            entries={page.setAside}
            moment={(at) => momentInWords(at as Instant, page.timeZone)}
            name={name}
          />
        </div>
      </div>
      <p className="primary-alarm">
        The monitor’s own alarm is primary. This page is a record and a reminder; it is not a certified alarm
        system. Its limits are design defaults, to be signed off by the medical director.
      </p>
      <div className="bar-stack">
        <QueueLine queue={queue} line={{ live, opening, silentS }} />
        {state.phase !== 'leave' && <ActionBar bedside={bedside} />}
      </div>
    </div>
  )
}

/** Consent that was taken back this moment stands in the log at once; who did it is known when the page was asked again. */
function withWhatIsTold(
  { consentChanges, consentTakenBackAt }: Pick<SessionPage, 'consentChanges' | 'consentTakenBackAt'>,
  takenBackAt: Instant | undefined,
): readonly ToldChange[] {
  // What the server knew it has put into the list, where it belongs to this session.
  if (!takenBackAt || takenBackAt === consentTakenBackAt) return consentChanges
  return [...consentChanges, { what: 'taken-back', at: takenBackAt, by: undefined, titles: [] }]
}

/**
 * The page as the server told it last: by opening it, or since, after it took what waited here or consent changed. The
 * latter the page asks by itself, so it does not keep anybody signed in.
 */
function useNewestPage(): {
  page: SessionPage
  askAgain: () => Promise<unknown>
  askByItself: (told: number | undefined) => void
} {
  const opened = useLoaderData<typeof loader>() as SessionPage | undefined
  const { data, load } = useFetcher<typeof clientLoader>()
  const newest = useRef<SessionPage>(opened!)
  for (const each of [opened, data]) {
    if (each && each.snapshot.now >= newest.current.snapshot.now) newest.current = each
  }
  const { sessionId } = newest.current
  const askAgain = useCallback(() => load(`/work/sessions/${sessionId}`), [load, sessionId])
  const askByItself = useCallback(
    (told: number | undefined) => {
      if (told !== undefined) void load(`/work/sessions/${sessionId}?${BY_ITSELF}=`)
    },
    [load, sessionId],
  )
  return { page: newest.current, askAgain, askByItself }
}

/** What was recorded just now; or what went wrong with a form of one tap, which has no field to say it beside. */
function Said({
  dose,
  done,
  answer,
  unsent,
}: {
  dose: DoseKind | undefined
  done: string | undefined
  answer: FormAnswer | undefined
  /** It waits on this tablet and nobody else knows of it. */
  unsent: boolean
}) {
  const tapped = answer && TAPPED.includes(String(answer.values.intent))
  if (tapped) {
    return (
      <Notice announce="alert" title="Not recorded.">
        <p>{Object.values(answer.errors).join(' ')}</p>
      </Notice>
    )
  }
  const words = done && doneWords(done, dose)
  if (!words || answer) return null
  return (
    <Notice state={unsent ? 'due' : 'calm'} announce="status" title={words}>
      {unsent && <p>Kept on this tablet, not sent yet.</p>}
    </Notice>
  )
}

/** What a red value asks for at once; the rescue card says the rest. */
function RedNow({ dose }: { dose: SessionState['dose'] }) {
  return (
    <Notice state="red" announce="alert" title={redNowWords(dose)}>
      <p>
        Oxygen and airway first. Call 911 if it is not corrected in 5 minutes, with chest pain, a sign of
        stroke, SpO₂ below 85 %, or arrest. Measure again within 5 minutes. (A default of the clinic.)
      </p>
    </Notice>
  )
}

/** What is to be looked at while there is no dose yet: tests and medicines. */
function BeforeDose({ page, state }: { page: SessionPage; state: SessionState }) {
  if (state.dose || state.closed) return null
  return (
    <>
      {page.testWarning && (
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
      {page.medicineNotices.length > 0 && (
        <MedicinesBeforeDose notices={page.medicineNotices} personId={page.person.id} />
      )}
    </>
  )
}

/** Drug that was drawn and not given waits for a witness; so does whatever else keeps the session open. */
function LeftInSyringe({ page, state }: { page: SessionPage; state: SessionState }) {
  const ended = state.dose?.ended
  const left = state.dose ? leftOverMl(state.dose) : undefined
  if (!ended || left === undefined || left - page.outOfSyringeMl <= 0.005) {
    if (page.openDrug === '' || (state.dose && !ended)) return null
    return (
      <Notice title={state.dose ? 'The ledger waits for this session' : 'Drug was drawn for this session'}>
        <p>
          {!state.dose && 'The dose is started with it. If none is given: '}
          {page.openDrug} <a href={`/work/stock?session=${page.sessionId}`}>What was left in the syringe</a>
        </p>
      </Notice>
    )
  }
  return (
    <Notice title={`${(left - page.outOfSyringeMl).toFixed(2)} mL are left in the syringe`}>
      <p>
        {ended.mgGiven} mg of what was drawn were given. {state.dose && asLedgerCounts(state.dose)} Record the
        waste with a witness in the room: <a href={`/work/stock?session=${page.sessionId}`}>record waste</a>.
      </p>
    </Notice>
  )
}

/** From when on the age of a value is marked: one interval during the infusion, two and a half afterwards. */
function staleAfterMs(state: SessionState, duringEveryMs: number): number {
  return state.phase === 'monitor' ? duringEveryMs : 2.5 * duringEveryMs
}
