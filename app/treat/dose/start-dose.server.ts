import {
  decisionOf,
  evaluateAt,
  latestFact,
  medicinesBeforeDose,
  newestDecisionOf,
  openConcerns,
} from '../../assess/index.server.ts'
import { overridesThatHold, rulesAgainst } from '../../assess/index.ts'
import { clinicById } from '../../identity/index.server.ts'
import {
  activeOrder,
  appointmentById,
  consentState,
  holdForDose,
  planById,
  protocolOfPlan,
  weightChangePercent,
} from '../../plan/index.server.ts'
import {
  type Appointment,
  type DoseOrder,
  drawnFor,
  earliestDaysSinceDose,
  type GivenDose,
  type MissingDocument,
} from '../../plan/index.ts'
import type { Command } from '../../platform/command.server.ts'
import type { Read } from '../../platform/database.server.ts'
import type { ClinicId } from '../../platform/ids.ts'
import { done, refused } from '../../platform/outcome.ts'
import { addMs, DAY_MS, type Instant, type LocalDate, localDateOf } from '../../platform/time.ts'
import {
  drawForDose,
  drawnAhead,
  settleGiven,
  whyNotDrawn,
  withDrawn,
} from '../ledger/draw-for-dose.server.ts'
import type { Taken as InHand } from '../ledger/lot-in-hand.server.ts'
import { type LotBalance, lockLots } from '../ledger/lot-queries.server.ts'
import { appendEvent } from '../session/append-event.server.ts'
import { saysTheSame } from '../session/bedside-entry.ts'
import { stepInstant } from '../session/event-time.ts'
import { accountOf } from '../session/recorder.ts'
import { foldSession, type SessionState } from '../session/session.ts'
import type {
  LotId,
  OrderedStep,
  OtherLot,
  SessionEvent,
  SessionEventId,
  SessionEventOfKind,
  SessionId,
} from '../session/session-event.ts'
import {
  eventsOfSessions,
  lockSessionsOfPerson,
  type SessionRecord,
  sessionRecord,
} from '../session/session-queries.server.ts'
import { sessionsOfPerson } from '../session/sessions.server.ts'
import { startDose as startDoseAction } from '../treat-access.ts'
import {
  type DoseFacts,
  type DoseHindrance,
  doseChecks,
  type LotHindrance,
  lotHindrance,
  type OrderFacts,
  unitLotHindrance,
} from './dose-gate.ts'
import { observedForMedicines, observedIn } from './dose-rules.ts'
import { answers, standsAgainst } from './stands-against.ts'

/**
 * What the gate before a dose looks at, read from the slices that own it.
 *
 * @param at when the dose is said to have started: its day and the age of the reading before it
 * @param now when this is decided: order, consent, decision and rules are judged by what is known by then
 */
export async function doseFacts(
  db: Read,
  clinicId: ClinicId,
  session: SessionRecord,
  state: SessionState,
  at: Instant,
  now: Instant,
): Promise<DoseFacts & { readonly order: OrderToGive | undefined; readonly assessmentId: string }> {
  const plan = await planById(db, clinicId, session.planId as DoseOrder['planId'])
  if (!plan) throw new Error(`session ${session.id} has no plan`)
  const protocol = await protocolOfPlan(db, clinicId, plan)
  const appointment = await appointmentById(db, clinicId, session.appointmentId as Appointment['id'])
  if (!appointment) throw new Error(`session ${session.id} has no appointment`)
  const timeZone = (await clinicById(db, clinicId))?.timeZone ?? 'UTC'
  const doses = (await sessionsOfPerson(db, clinicId, session.personId)).flatMap((each) =>
    each.id === session.id ? [] : (each.doseStartedAt ?? []),
  )
  const lastDose = doses.reduce<Instant | undefined>(
    (last, each) => (last === undefined || each > last ? each : last),
    undefined,
  )
  // A decision against treatment holds for the person, also when it was signed on another assessment.
  const decision = await decisionOf(db, clinicId, plan.assessmentId)
  const newest = await newestDecisionOf(db, clinicId, session.personId)
  // A bedside clock may run a little ahead of the server's; what it stamped counts.
  const judgedAt = at > now ? at : now
  const results = await evaluateAt(db, clinicId, session.personId, judgedAt, observedIn(state, judgedAt))
  const medicines = await medicinesBeforeDose(
    db,
    clinicId,
    session.personId,
    judgedAt,
    observedForMedicines(state, judgedAt),
  )
  const concerns = await openConcerns(db, clinicId, now, session.personId)
  const consent = await consentState(db, clinicId, session.personId)
  const order = await activeOrder(db, clinicId, plan.id, now)
  const weight = await latestFact(db, clinicId, session.personId, 'weight-kg')
  return {
    state,
    atMs: Date.parse(at),
    today: localDateOf(at, timeZone),
    visit: {
      day: localDateOf(appointment.startsAt, timeZone),
      cancelled: appointment.cancelledAt !== undefined,
    },
    lastDoseDay: lastDose && localDateOf(lastDose, timeZone),
    earliestDays: earliestDaysSinceDose(protocol, appointment.sessionNumber),
    decision: newest?.decision === 'not-eligible' ? newest : decision,
    ...rulesAgainst(results, decision ? overridesThatHold(decision, results) : []),
    medicines: medicines.holds,
    openConcern: concerns.some(({ severity }) => severity === 'critical'),
    missingDocuments: consent.missing.map(({ title, why }) => `${title} (${MISSING_WORDS[why]})`),
    order: orderToGive(order),
    baselineWithinMs: protocol.monitoring.readings.beforeStartWithinMs,
    weightWithinMs: protocol.weight.maxAgeDays * DAY_MS,
    weightChangePercent: weight && weightChangePercent(weight.value, order?.actualWeightKg),
    mostWeightChangePercent: protocol.weight.changeToAcknowledgePercent,
    assessmentId: plan.assessmentId,
  }
}

const MISSING_WORDS: Readonly<Record<MissingDocument['why'], string>> = {
  'never-signed': 'never signed',
  'newer-version': 'a newer version is in force',
  withdrawn: 'taken back',
}

/** The order a dose may be given by, as the gate looks at it. */
type OrderToGive = OrderFacts & { readonly id: DoseOrder['id'] }

function orderToGive(order: DoseOrder | undefined): OrderToGive | undefined {
  if (!order) return undefined
  const { id, doseMg, doseMgPerKg, route, given, weightMeasuredAt } = order
  return { id, doseMg, doseMgPerKg, route, given, weightMeasuredAt, drawn: drawnFor(order) }
}

type StartedData = SessionEventOfKind<'dose-started'>['data']

function pumped(
  doseMg: number,
  infusion: Extract<GivenDose, { kind: 'infusion' }>,
): Pick<StartedData, 'rateMgPerH' | 'durationMin' | 'steps'> {
  const { durationMin } = infusion
  if (infusion.steps.length === 1) return { rateMgPerH: (doseMg / durationMin) * 60, durationMin }
  const steps = orderedSteps(doseMg, infusion)
  return { rateMgPerH: steps[0]!.rateMgPerH, durationMin, steps }
}

/** What a dose takes from a lot, and what the log says of it. */
type Taken =
  | { readonly ok: false; readonly against: LotHindrance }
  | {
      readonly ok: true
      /** Hundredths of a mL, or of a device or tablet. */
      readonly hundredths: number
      readonly data: Omit<StartedData, 'orderId' | 'lotId' | 'orderedMg'>
      /** mg of a dose that is over as it begins. */
      readonly wholeMg?: number
      /** mg of the first of several devices. */
      readonly firstDeviceMg?: number
    }

/** Pump, syringe, devices or tablets: how the order is taken from this lot, or what speaks against it. */
function takeFrom(
  lot: LotBalance | undefined,
  { route, given, drawn, doseMg }: OrderToGive,
  drawnMl: number | undefined,
  today: LocalDate,
): Taken {
  if (given.kind === 'units') {
    // Devices wait for each other; tablets are given all at once.
    const inTurn = route === 'nasal-esketamine'
    const { unitMg, units: count, atMin } = given
    const units = inTurn ? 1 : count
    const against = unitLotHindrance(lot, { route, unitMg }, units, today)
    if (against) return { ok: false, against }
    const data = { rateMgPerH: 0, durationMin: 0 }
    return inTurn
      ? {
          ok: true,
          hundredths: units * 100,
          data: { ...data, units: { unitMg, count, atMin } },
          firstDeviceMg: unitMg,
        }
      : {
          ok: true,
          hundredths: units * 100,
          data: { ...data, units: { unitMg, count, atMin: [] }, atOnce: route },
          wholeMg: doseMg,
        }
  }
  const volumeMl = drawnMl ?? Number.NaN
  const against = lotHindrance(lot, drawn, volumeMl, today)
  if (against || lot?.form !== 'vial') return { ok: false, against: against ?? 'lot-wrong-form' }
  const { concentrationMgPerMl } = lot
  const data = { drawnMl: volumeMl, lotConcentrationMgPerMl: concentrationMgPerMl }
  return given.kind === 'infusion'
    ? { ok: true, hundredths: Math.round(volumeMl * 100), data: { ...data, ...pumped(doseMg, given) } }
    : {
        ok: true,
        hundredths: Math.round(volumeMl * 100),
        data: { ...data, rateMgPerH: 0, durationMin: 0, atOnce: route },
        wholeMg: Math.round(volumeMl * concentrationMgPerMl * 100) / 100,
      }
}

/** What is left of a lot, as it is counted. */
function leftIn(lot: LotBalance): number {
  return lot.form === 'vial' ? lot.balanceMl : lot.balanceUnits
}

/** The steps of an order in drug as well as in mL, by the strength it had mixed. */
function orderedSteps(doseMg: number, infusion: Extract<GivenDose, { kind: 'infusion' }>): OrderedStep[] {
  const mgPerMl = doseMg / infusion.totalVolumeMl
  return infusion.steps.map(({ title, durationMin, rateMlPerH }) => ({
    title,
    durationMin,
    rateMlPerH,
    rateMgPerH: rateMlPerH * mgPerMl,
  }))
}

function otherHundredths({ otherLots = [] }: Pick<StartDose, 'otherLots'>): number {
  return otherLots.reduce((sum, { ml }) => sum + Math.round(ml * 100), 0)
}

/** What speaks against the further lots of a dose: each is as good as the first, of the same drug, and gives a part and no more. */
function otherLotsHindrance(
  { lotId, drawnMl = 0, otherLots = [] }: StartDose,
  { drawn }: OrderToGive,
  locked: ReadonlyMap<LotId, LotBalance>,
  today: LocalDate,
): LotHindrance | undefined {
  const first = locked.get(lotId)
  const ids = new Set([lotId, ...otherLots.map((other) => other.lotId)])
  const partsFit =
    ids.size === otherLots.length + 1 && otherHundredths({ otherLots }) < Math.round(drawnMl * 100)
  if (otherLots.length > 0 && !partsFit) return 'drawn-not-as-ordered'
  for (const { lotId: other, ml } of otherLots) {
    const lot = locked.get(other)
    if (!(ml > 0)) return 'drawn-not-as-ordered'
    if (lot && lot.drug !== first?.drug) return 'lot-wrong-form'
    const asIfWhole = lot?.form === 'vial' ? { ...lot, balanceMl: drawnMl } : lot
    const against = lotHindrance(asIfWhole, drawn, drawnMl, today)
    if (against) return against
  }
  return undefined
}

export type StartDose = Partial<InHand> & {
  readonly sessionId: SessionId
  /** Becomes the id of the event and of the movement of the stock. */
  readonly key: SessionEventId
  readonly at?: Instant
  readonly lotId: LotId
  /** What was drawn from the vial; left out for devices and tablets. */
  readonly drawnMl?: number
  /** How much of it came from further lots, where the first did not hold it all. */
  readonly otherLots?: readonly OtherLot[]
  /** What was asked about and is right, as the refusal named it. */
  readonly sure?: string
}

/**
 * Starts the infusion: the last gate, the event and the drug's way out of the stock, in one transaction. Every
 * refusal says what is missing; `detail.hindrances` lists all of it. Amber holds nothing, and is asked about once:
 * `detail` is then `{ stands, question }`.
 */
export const startDose: Command<
  StartDose,
  { readonly state: SessionState },
  | 'no-such-session'
  | 'future-time'
  | 'before-last-event'
  | 'recorded-otherwise'
  | 'key-in-use'
  | 'amber-stands'
  | DoseHindrance
> = {
  action: startDoseAction,
  async run(needs, input) {
    const { db, actor } = needs
    const asked = await sessionRecord(db, actor.clinicId, input.sessionId)
    if (!asked) return refused('no-such-session')
    // All sessions of the person are held: of two started at once, the second sees the dose of the first.
    const held = await lockSessionsOfPerson(db, actor.clinicId, asked.personId)
    const session = held.find(({ id }) => id === asked.id)
    if (!session) return refused('no-such-session')
    const events = (await eventsOfSessions(db, actor.clinicId, [session.id])).get(session.id) ?? []
    const state = foldSession(events)
    const stored = events.find(({ id }) => id === input.key)
    if (stored) {
      const { lotId, drawnMl, otherLots } = input
      const figures = { lotId, drawnMl, otherLots }
      const same = saysTheSame({ kind: 'dose-started', data: figures }, stored)
      return same ? done({ state }) : refused('recorded-otherwise')
    }
    const when = stepInstant(input.at, needs.at, events)
    if (!when.ok) return refused(when.reason)
    const { at } = when

    // Nobody takes the order, the consent or the visit back between the gate's look and the dose.
    await holdForDose(db, actor.clinicId, {
      planId: session.planId as DoseOrder['planId'],
      personId: session.personId,
      appointmentId: session.appointmentId as Appointment['id'],
    })
    const facts = await doseFacts(db, actor.clinicId, session, state, at, needs.at)
    const hindrances = doseChecks(facts).flatMap(({ hindrance }) => hindrance ?? [])
    const order = facts.order
    if (hindrances[0] || !order) return refused(hindrances[0] ?? 'no-active-order', { hindrances })
    const { amber, question } = standsAgainst(state)
    if (question !== '' && !answers(input.sure, question))
      return refused('amber-stands', { stands: amber, question })
    // Whoever locks the lot first draws first; the next one sees what is left.
    const { otherLots = [] } = input
    const lotIds = [input.lotId, ...otherLots.map(({ lotId }) => lotId)]
    const locked = await lockLots(db, actor.clinicId, lotIds)
    const lot = locked.get(input.lotId)
    const ahead = lot ? await drawnAhead(needs, session.id, lot.id) : 0
    const counted = lot && withDrawn(lot, ahead + otherHundredths(input))
    const taken = takeFrom(counted, order, input.drawnMl, facts.today)
    const others = lot && otherLotsHindrance(input, order, locked, facts.today)
    const against = others ?? (taken.ok ? undefined : taken.against)
    if (against || !taken.ok || !lot) {
      const why = against ?? 'no-lot'
      return refused(why, {
        hindrances: [why],
        left: lot ? leftIn(lot) : null,
        ...(order.drawn ? { orderedMl: order.drawn.volumeMl } : {}),
      })
    }

    const event: SessionEvent = {
      id: input.key,
      kind: 'dose-started',
      at,
      by: accountOf(actor),
      data: {
        orderId: order.id,
        lotId: lot.id,
        orderedMg: order.doseMg,
        ...taken.data,
        ...(input.otherLots?.length ? { otherLots: input.otherLots } : {}),
      },
    }
    // A refusal undoes everything, the movement of the stock included.
    if (!(await appendEvent(needs, session, event))) return refused('key-in-use')
    const added: SessionEvent[] = [event]
    if (taken.firstDeviceMg !== undefined) {
      // The first device is the start; a moment later, so that the log has one order.
      const device: SessionEvent = {
        id: needs.ids.next(),
        kind: 'device-given',
        at: addMs(at, 1),
        by: accountOf(actor),
        data: { deviceNumber: 1, mg: taken.firstDeviceMg, lotId: lot.id },
      }
      await appendEvent(needs, session, device)
      added.push(device)
    } else if (taken.wholeMg !== undefined) {
      // What is given at once has ended as it began; a moment later, so that the log has one order.
      const mgGiven = taken.wholeMg
      const end: SessionEvent = {
        id: needs.ids.next(),
        kind: 'dose-finished',
        at: addMs(at, 1),
        by: accountOf(actor),
        data: { mgGiven, computedMg: mgGiven, atOnce: true },
      }
      await appendEvent(needs, session, end)
      added.push(end)
    }
    const draws: [LotBalance, number][] = [[lot, taken.hundredths - otherHundredths(input)]]
    for (const { lotId, ml } of input.otherLots ?? []) draws.push([locked.get(lotId)!, Math.round(ml * 100)])
    for (const [from, hundredths] of draws) {
      const serial = input.serials?.[from.id]
      // Of several lots the words say which vials; a place is chosen where one lot gives it all.
      const place = draws.length === 1 ? input.place : undefined
      const draw = { lot: from, hundredths, sessionId: session.id, at, serial, place }
      if (await drawForDose(needs, draw)) continue
      const why = await whyNotDrawn(needs, draw)
      return refused(why, { hindrances: [why], left: leftIn(from) })
    }
    const begun = foldSession([...events, ...added])
    await settleGiven(needs, session.id, begun)
    needs.tell('session.dosed', { sessionId: session.id, personId: session.personId, dosedAt: at })
    return done({ state: begun })
  },
}
