import { decisionOf, latestFact } from '../assess/index.server.ts'
import { studyById } from '../find/index.server.ts'
import { accountNames, members, personById } from '../identity/index.server.ts'
import { mayDo } from '../platform/access.ts'
import { runQuery } from '../platform/command.server.ts'
import type { Read } from '../platform/database.server.ts'
import type { ClinicId } from '../platform/ids.ts'
import { notFound, type PageArgs } from '../platform/page.server.ts'
import { dayInWords, type Instant, momentInWords, timeInWords } from '../platform/time.ts'
import type { MissingDocument } from './consents/consent-document.ts'
import { consentHold, isTreatmentTakenBack } from './consents/consent-hold.ts'
import { consentDocument } from './consents/consent-library.ts'
import { consentState } from './consents/consents-of.server.ts'
import { visitsAtWithdrawal } from './consents/visits-at-withdrawal.server.ts'
import { bookingPreview } from './diary/booking-preview.server.ts'
import { wallTimeOf } from './diary/diary-form.ts'
import { appointmentsOfPlan } from './diary/entry-queries.server.ts'
import { chairs } from './diary/resource-queries.server.ts'
import { rulesOf } from './diary/session-rules.ts'
import { visitCourses } from './diary/visit-course.server.ts'
import { courseRefusal, type VisitCourse } from './diary/visit-course.ts'
import { holdsFor, holdsOfPlans } from './load-holds.server.ts'
import { givenDoses } from './orders/given-dose-queries.server.ts'
import { infusionOf } from './orders/order.ts'
import { activeOrderOf, weightObstacle } from './orders/order-decision.ts'
import { ordersOfPlan } from './orders/order-queries.server.ts'
import { accountsOf, orderView } from './orders/order-view.ts'
import { shortVisitsWords } from './orders/visit-short.ts'
import type { Appointment, PlanId } from './plan.ts'
import {
  assistConsent,
  bookSeries,
  cancelAppointment,
  readConsents,
  readOrders,
  readPlan,
  signOrder,
  withdrawConsent,
  withdrawOrder,
} from './plan-access.ts'
import { planById } from './plan-queries.server.ts'
import { nextStep, planSteps } from './plan-steps.ts'
import { plannedSessions } from './protocols/course.ts'
import { deviationsShown } from './protocols/deviations-shown.server.ts'
import { type Protocol, visitMin } from './protocols/protocol.ts'
import { protocolOfPlan } from './protocols/protocol-of.server.ts'
import {
  ceilingWords,
  doseWords,
  duringWords,
  GRADE_WORDS,
  readingsWords,
  stretchWords,
  therapyWords,
  titrationWords,
} from './protocols/protocol-words.ts'

/** Everything the plan page shows, read in one transaction and audited once. */
export async function planPage({ services, actor, clinic, url }: PageArgs, id: PlanId) {
  return runQuery(services, actor, async ({ db, at, audit }) => {
    const plan = await planById(db, clinic.id, id)
    const person = plan && (await personById(db, clinic.id, plan.personId))
    if (!plan || !person) return notFound()
    audit.read(readPlan.id, { personId: plan.personId, object: 'plan', objectId: plan.id })
    const protocol = await protocolOfPlan(db, clinic.id, plan)
    const decision = await decisionOf(db, clinic.id, plan.assessmentId)
    const orders = await ordersOfPlan(db, clinic.id, plan.id)
    const order = activeOrderOf(orders, at)
    const consent = await consentState(db, clinic.id, plan.personId)
    const visits = await appointmentsOfPlan(db, clinic.id, plan.id)
    const courses = await visitCourses(db, clinic.id, visits)
    const taken = await visitsAtWithdrawal(db, clinic.id, plan.personId, at)
    const steps = planSteps({
      decision,
      activeOrder: order,
      orderedBefore: orders.length > 0,
      consent,
      visits,
      sessions: plannedSessions(protocol),
    })
    const weight = await latestFact(db, clinic.id, plan.personId, 'weight-kg')
    const showOrders = mayDo(actor, readOrders)
    const names = await accountNames(db, [
      ...orders.flatMap(accountsOf),
      ...(plan.createdBy ? [plan.createdBy] : []),
      ...(decision ? [decision.decidedBy, ...decision.changes.flatMap(({ by }) => by ?? [])] : []),
    ])
    const say = (instant: Instant) => momentInWords(instant, clinic.timeZone)
    const ahead = visits.find((v) => !v.cancelledAt && v.endsAt > at)
    const next = nextStep(steps)?.id
    const doses = await givenDoses(db, clinic.id, plan.personId)
    const atHand = { plan, protocol, order, visits, dosedAt: doses.map((d) => d.dosedAt) }
    const holds = next || !ahead ? undefined : (await holdsOfPlans(db, clinic, [atHand], at)).get(plan.id)
    return {
      id: plan.id,
      person: { id: person.id, name: person.displayName, synthetic: person.synthetic },
      assessmentId: plan.assessmentId,
      made: `${say(plan.createdAt)}, ${nameOf(names, plan.createdBy)}`,
      protocol: protocolView(protocol),
      decision: decision && {
        words: decision.decision === 'eligible' ? 'eligible' : 'not eligible',
        stale: decision.stale,
        changes: mayDo(actor, readOrders)
          ? decision.changes.map(({ ruleId, title, what, at: when, by }) => ({
              ruleId,
              title,
              words: [
                what,
                when && say(when),
                by && (by === 'patient' ? 'told by the person' : nameOf(names, by)),
              ]
                .filter(Boolean)
                .join(', '),
            }))
          : [],
        source: `${nameOf(names, decision.decidedBy)}, ${say(decision.decidedAt)}`,
      },
      steps: steps.map((s) => ({ ...s })),
      next,
      holds: holdsFor(actor, holds ?? []),
      nextVisit: ahead && { id: ahead.id, when: say(ahead.startsAt) },
      weight: weight && {
        kg: weight.value,
        when: dayInWords(weight.observedAt, clinic.timeZone),
        obstacle: weightObstacle({ weight, protocol, at }),
      },
      /** Booked visits that do not hold what is ordered, with what they lack. */
      shortVisits: shortVisitsWords(protocol, order && infusionOf(order)?.durationMin, visits, at),
      orders: showOrders
        ? orders.map((o) => orderView(o, order, names, clinic.timeZone, at, consentHold(consent)))
        : undefined,
      consent: {
        signed: consent.signed.map((s) => ({
          id: s.id,
          title: s.title,
          version: s.version,
          when: say(s.signedAt),
          copyHref: mayDo(actor, readConsents)
            ? `/work/people/${plan.personId}/documents/${s.signatureId}`
            : undefined,
        })),
        missing: consent.missing.map((m) => ({
          id: m.id,
          title: m.title,
          version: m.version,
          why: `${MISSING_WORDS[m.why]}${m.withdrawnAt ? ` ${say(m.withdrawnAt)}` : ''}`,
          again: m.why !== 'never-signed',
          takenBack: m.why === 'withdrawn',
        })),
        mayAssist: mayDo(actor, assistConsent),
        withdrawals: mayDo(actor, withdrawConsent)
          ? [...consent.signed, ...consent.missing.filter((m) => m.why === 'newer-version')].map((s) =>
              withdrawalShown(s, taken),
            )
          : [],
        /** A session of theirs is open at the bedside: what taking back means for it is said before and after. */
        underWay: taken.underWay.length > 0,
      },
      visits: visits.map((v) => visitView(v, courses.get(v.id)?.course ?? 'not-begun', clinic.timeZone, at)),
      ...(await diaryChoices(db, clinic.id)),
      booking:
        mayDo(actor, bookSeries) && !isTreatmentTakenBack(consent)
          ? await bookingPreview(db, clinic, plan, rulesOf(protocol), visits, url.searchParams, at)
          : undefined,
      /** Why no visit is offered to be booked. */
      notBooked: isTreatmentTakenBack(consent)
        ? 'Consent to treatment is taken back. No visit for dosing is booked until the person has signed again.'
        : undefined,
      deviations: await deviationsShown(db, clinic, actor, plan.id),
      may: {
        order: mayDo(actor, signOrder) && !isTreatmentTakenBack(consent),
        withdrawOrder: mayDo(actor, withdrawOrder),
        book: mayDo(actor, bookSeries),
        cancel: mayDo(actor, cancelAppointment),
      },
      key: services.ids.next(),
      timeZone: clinic.timeZone,
      done: url.searchParams.get('done') ?? undefined,
    }
  })
}

function withdrawalShown(
  { id, title, version }: Pick<MissingDocument, 'id' | 'title' | 'version'>,
  { ahead }: Awaited<ReturnType<typeof visitsAtWithdrawal>>,
) {
  const document = consentDocument(id, version)
  return {
    id,
    title,
    stops: document?.withdrawal.stops ?? [],
    visitsAhead: document?.withdrawalCancelsVisits ? ahead.length : 0,
  }
}

export type PlanPageData = Awaited<ReturnType<typeof planPage>>

const MISSING_WORDS: Readonly<Record<MissingDocument['why'], string>> = {
  'never-signed': 'not read and signed yet',
  'newer-version': 'signed in an older version; to be signed again',
  withdrawn: 'taken back',
}

function nameOf(names: ReadonlyMap<string, string>, id: string | undefined): string {
  return id === undefined ? 'the system' : (names.get(id) ?? 'unknown')
}

/** Chairs and nurses to choose from. */
async function diaryChoices(db: Read, clinicId: ClinicId) {
  return {
    chairs: (await chairs(db, clinicId)).map((c) => ({
      value: c.id as string,
      label: `${c.roomName}, ${c.name}`,
    })),
    nurses: (await members(db, clinicId, ['nurse'])).map((m) => ({
      value: m.membershipId as string,
      label: m.name,
    })),
  }
}

function protocolView(protocol: Protocol) {
  const [study, ...otherStudies] = protocol.evidence.studyIds.map((id) => studyById(id))
  return {
    title: protocol.title,
    version: protocol.version,
    condition: protocol.condition,
    dose: doseWords(protocol),
    titration: titrationWords(protocol.dose),
    sessions: plannedSessions(protocol),
    course: protocol.course.map((s) =>
      protocol.course.length > 1 ? `${s.title}: ${stretchWords(s)}` : stretchWords(s),
    ),
    visitHours: visitMin(protocol) / 60,
    visitParts: protocol.visit.parts.map((p) => `${p.title}: ${p.minutes} min`),
    phases: protocol.phases.map((p) => ({ ...p })),
    readings: readingsWords(protocol.monitoring, duringWords(protocol)),
    ceilings: ceilingWords(protocol.ceilings),
    discharge: [
      `At least ${protocol.discharge.minMinutesAfterEnd} minutes after ${protocol.discharge.countedFrom}`,
      ...protocol.discharge.conditions,
    ],
    stopRules: protocol.stopRules.map((r) => ({ when: r.when, act: r.act })),
    therapy: therapyWords(protocol),
    grade: GRADE_WORDS[protocol.evidence.grade],
    evidence: [...protocol.evidence.text],
    study: study && { href: study.href, citation: study.citation },
    otherStudies: otherStudies.flatMap((other) =>
      other ? [{ href: other.href, citation: other.citation, direction: other.direction }] : [],
    ),
  }
}

function visitView(v: Appointment, course: VisitCourse, timeZone: string, at: Instant) {
  const may = (change: 'move' | 'cancel') => !v.cancelledAt && !courseRefusal({ ...v, course }, change, at)
  return {
    id: v.id as string,
    sessionNumber: v.sessionNumber,
    when: momentInWords(v.startsAt, timeZone),
    until: timeInWords(v.endsAt, timeZone),
    start: wallTimeOf(v.startsAt, timeZone),
    chairId: v.chairId as string,
    place: `${v.roomName}, ${v.chairName}`,
    nurseId: v.nurseMembershipId as string,
    nurse: v.nurseName,
    state: v.cancelledAt
      ? ('cancelled' as const)
      : course !== 'not-begun'
        ? course
        : v.endsAt <= at
          ? ('past' as const)
          : ('booked' as const),
    may: { move: may('move'), cancel: may('cancel') },
    moved: v.movedAt !== undefined,
  }
}
