import { medicinesBeforeDose, presessionWarningOf } from '../../assess/index.server.ts'
import { accountNames, members, personById } from '../../identity/index.server.ts'
import { ageYears } from '../../identity/index.ts'
import {
  appointmentById,
  consentState,
  dayBeforeTold,
  orderById,
  planById,
  protocolOfPlan,
} from '../../plan/index.server.ts'
import { type Appointment, infusionOf, type OrderId, type Protocol, takenBackAt } from '../../plan/index.ts'
import { mayDo } from '../../platform/access.ts'
import { runQuery } from '../../platform/command.server.ts'
import type { Read } from '../../platform/database.server.ts'
import { feedHead } from '../../platform/feed.server.ts'
import type { ClinicId } from '../../platform/ids.ts'
import { notFound, type PageArgs } from '../../platform/page.server.ts'
import {
  addMs,
  dateInWords,
  type Instant,
  type LocalDate,
  localDateOf,
  MINUTE_MS,
} from '../../platform/time.ts'
import type { BoardVisit } from '../board/board.ts'
import type { OrderFacts } from '../dose/dose-gate.ts'
import { observedForMedicines } from '../dose/dose-rules.ts'
import { type FittingLots, fittingLots } from '../dose/fitting-lots.server.ts'
import { doseFacts } from '../dose/start-dose.server.ts'
import { MONITOR_SPEAKS_MS } from '../leaving/discharge-gate.ts'
import { leftOverIsKnown, sessionLedger } from '../ledger/dose-movements.ts'
import { movementsOfSession } from '../ledger/ledger-queries.server.ts'
import { openDrug } from '../ledger/open-drug.server.ts'
import { openDrugWords } from '../ledger/open-drug.ts'
import { newestStored } from '../monitors/monitors.server.ts'
import { notesOfSession } from '../note/note-queries.server.ts'
import { setAsideOf } from '../queue/set-aside-queries.server.ts'
import { consentDuring } from '../session/consent-during.server.ts'
import { accountsNamed } from '../session/named-in-entry.ts'
import { accountOf } from '../session/recorder.ts'
import type { SessionPlan } from '../session/session-clock.ts'
import { DISCHARGE_STEPS, type SessionId, THE_CLINIC } from '../session/session-event.ts'
import { sessionById } from '../session/sessions.server.ts'
import { readSession, recordSession } from '../treat-access.ts'
import { careFormNames } from './form-names.ts'
import { sessionIdOf } from './session-actions.server.ts'

/** The clocks of a visit, from its appointment and the protocol of its plan. */
function sessionPlan(appointment: Appointment, protocol: Protocol): SessionPlan {
  return {
    startsAt: appointment.startsAt,
    preparationMin: protocol.visit.parts[0]?.minutes ?? 0,
    monitoring: protocol.monitoring.readings,
    minMinutesAfterEnd: protocol.discharge.minMinutesAfterEnd,
    countedFrom: protocol.discharge.countedFrom,
  }
}

/** The visit of an appointment as boards and the bedside show it. */
export async function boardVisit(
  db: Read,
  clinicId: ClinicId,
  appointment: Appointment,
  sessionId: SessionId | undefined,
  today: LocalDate,
  timeZone: string,
  at: Instant,
): Promise<BoardVisit> {
  const person = await personById(db, clinicId, appointment.personId)
  return {
    appointmentId: appointment.id,
    personName: person?.displayName ?? 'unknown',
    sessionNumber: appointment.sessionNumber,
    roomName: appointment.roomName,
    chairName: appointment.chairName,
    nurseName: appointment.nurseName,
    plan: sessionPlan(appointment, await protocolOfVisit(db, clinicId, appointment)),
    sessionId,
    dayBefore: await dayBeforeShown(db, clinicId, appointment, timeZone, at),
    diary: appointment.cancelledAt
      ? 'cancelled'
      : localDateOf(appointment.startsAt, timeZone) === today
        ? 'today'
        : 'other-day',
  }
}

/** Whether, not what: the board hangs where others see it. */
async function dayBeforeShown(
  db: Read,
  clinicId: ClinicId,
  { id }: Appointment,
  timeZone: string,
  at: Instant,
): Promise<BoardVisit['dayBefore']> {
  const told = await dayBeforeTold(db, clinicId, id, timeZone, at)
  if (!told) return undefined
  const words = told.confirmed
    ? 'confirmed'
    : told.chip === 'unknown'
      ? 'not confirmed'
      : 'look before they arrive'
  return { confirmed: told.confirmed, words, chip: told.chip === 'red' ? 'amber' : told.chip }
}

/** The forms at the bedside; each gets its own key, so that one form sent twice is one entry. */
const FORMS = [
  'arrive',
  'identity',
  'checklist',
  'reading',
  'start',
  'device',
  'pause',
  'resume',
  'rate',
  'step',
  'stop',
  'finish',
  'observe',
  'discharge',
  'override',
  'close',
  'correct',
] as const
type FormName = (typeof FORMS)[number]

/** Everything the bedside page shows, read in one transaction and audited once. */
export async function loadSession(page: PageArgs) {
  const { services, actor, clinic, url } = page
  const id = sessionIdOf(page)
  return runQuery(services, actor, async ({ db, at, audit }) => {
    const session = (await sessionById(db, clinic.id, id)) ?? notFound()
    const appointment =
      (await appointmentById(db, clinic.id, session.appointmentId as Appointment['id'])) ?? notFound()
    const person = (await personById(db, clinic.id, session.personId)) ?? notFound()
    audit.read(readSession.id, { personId: session.personId, object: 'session', objectId: id })
    // The feed's number first: what happens between it and the log is told again and counted once.
    const seq = await feedHead(db, clinic.id)
    const {
      order,
      decision,
      state: _,
      atMs: __,
      ...facts
    } = await doseFacts(db, clinic.id, session, session.state, at, at)
    const { dose } = session.state
    const orderId = dose ? (dose.orderId as OrderId) : order?.id
    const doseOrder = orderId && (await orderById(db, clinic.id, orderId))
    const movements = await movementsOfSession(db, clinic.id, id)
    const notes = await notesOfSession(db, clinic.id, id)
    const setAside = await setAsideOf(db, clinic.id, id)
    const consentChanges = await consentDuring(db, clinic.id, session)
    const writers = [
      ...session.events.flatMap(accountsNamed),
      ...[...setAside, ...consentChanges].map(({ by }) => by),
    ]
    const names = await accountNames(db, [...new Set(writers)])
    const colleagues = await members(db, clinic.id, ['nurse', 'prescriber', 'therapist'])
    const protocol = await protocolOfVisit(db, clinic.id, appointment)
    return {
      sessionId: id,
      planId: session.planId,
      openedAt: session.openedAt,
      snapshot: {
        seq,
        now: at,
        visits: [await boardVisit(db, clinic.id, appointment, id, facts.today, clinic.timeZone, at)],
        logs: { [id]: session.events },
        samples:
          session.state.phase === 'leave'
            ? {}
            : await newestStored(db, clinic.id, [id], addMs(at, -MONITOR_SPEAKS_MS)),
      },
      timeZone: clinic.timeZone,
      person: {
        id: person.id,
        name: person.displayName,
        birthDate: person.birthDate ? dateInWords(person.birthDate) : undefined,
        synthetic: person.synthetic,
        ageYears: ageYears(person.birthDate, localDateOf(dose?.startedAt ?? at, clinic.timeZone)),
        sex: person.sex,
      },
      dose: {
        ...facts,
        order: order ? orderOf(order) : undefined,
        decision: decision && { decision: decision.decision, stale: decision.stale },
        ...(order
          ? await fittingLots({ db, actor }, id, order, at, clinic.timeZone, appointment.roomName)
          : NO_LOTS),
      },
      /** The order behind the dose that was started, or that one would be started by; undefined where there is none. */
      doseOrder: doseOrder && {
        id: doseOrder.id,
        rateMlPerH: infusionOf(doseOrder)?.rateMlPerH,
        weightKg: doseOrder.actualWeightKg,
      },
      /** Since when nothing more may be given because consent to it was taken back; shown while the person is here. */
      consentTakenBackAt: takenBackAt(await consentState(db, clinic.id, session.personId)),
      /** What became of that consent during this session: lines beside the log, kept in another record. */
      consentChanges,
      /** What the newest drug tests ask to be looked at before a dose; undefined once there was one. */
      testWarning:
        session.state.dose || session.state.closed
          ? undefined
          : await presessionWarningOf(db, clinic.id, session.personId, at),
      /** What is to be weighed of medicines before a dose; none once there was one. */
      medicineNotices:
        session.state.dose || session.state.closed
          ? []
          : (
              await medicinesBeforeDose(
                db,
                clinic.id,
                session.personId,
                at,
                observedForMedicines(session.state, at),
              )
            ).notices,
      /** Whom the person named the day before, to be asked again: it fills the field and is no check. */
      escortTold: (await dayBeforeTold(db, clinic.id, appointment.id, clinic.timeZone, at))?.escort,
      names: {
        ...Object.fromEntries(colleagues.map(({ accountId, name }) => [accountId, name])),
        ...Object.fromEntries(names),
        [THE_CLINIC]: 'the clinic’s clock',
      } as Readonly<Record<string, string>>,
      me: accountOf(actor),
      colleagues: colleagues.map(named),
      /** Who may have ordered a medicine. */
      prescribers: colleagues.filter(({ roles }) => roles.includes('prescriber')).map(named),
      /** Who may take the watch over the room. */
      watchers: colleagues
        .filter(({ roles }) => roles.includes('nurse') || roles.includes('prescriber'))
        .map(named),
      stopRules: protocol.stopRules.map(({ when, act }) => ({ when, act })),
      /** What the protocol asks by minutes, and when the dose is planned: before it scales count from there. */
      scales: protocol.monitoring.scales,
      plannedStartMs: Date.parse(appointment.startsAt) + (protocol.visit.parts[0]?.minutes ?? 0) * MINUTE_MS,
      note: { started: notes.length > 0, signed: notes.some(({ signed }) => signed !== undefined) },
      /** mL that the ledger took out of this session's syringe and not into the person. */
      outOfSyringeMl: sessionLedger(id, movements).reduce(
        (sum, { wasted, returned, lost }) => sum + (wasted + returned + lost) / 100,
        0,
      ),
      /** What the ledger has open once it is known what is left over, in words; empty where nothing is. */
      openDrug: leftOverIsKnown(session.state)
        ? openDrugWords(await openDrug(db, clinic.id, id, dose, !session.state.closed))
        : '',
      /** What tablets wrote and somebody set aside after the session was closed. */
      setAside,
      keys: Object.fromEntries(FORMS.map((name): [string, string] => [name, services.ids.next()])) as Record<
        FormName,
        string
      >,
      careKeys: Object.fromEntries(
        careFormNames(session.state.care).map((name): [string, string] => [name, services.ids.next()]),
      ),
      stepKeys: Object.fromEntries(
        [...DISCHARGE_STEPS, 'aldrete'].map((step): [string, string] => [step, services.ids.next()]),
      ),
      correcting: url.searchParams.get('correct') ?? undefined,
      done: url.searchParams.get('done') ?? undefined,
      mayRecord: mayDo(actor, recordSession),
    }
  })
}

const NO_LOTS: FittingLots = { lots: [], split: undefined }

export type SessionPage = Awaited<ReturnType<typeof loadSession>>

function named({ accountId, name }: { accountId: string; name: string }) {
  return { id: accountId, name }
}

async function protocolOfVisit(db: Read, clinicId: ClinicId, { id, planId }: Appointment): Promise<Protocol> {
  const plan = await planById(db, clinicId, planId)
  if (!plan) throw new Error(`appointment ${id} has no plan`)
  return protocolOfPlan(db, clinicId, plan)
}

function orderOf({ doseMg, doseMgPerKg, route, drawn, given, weightMeasuredAt }: OrderFacts) {
  return { doseMg, doseMgPerKg, route, drawn, given, weightMeasuredAt }
}
