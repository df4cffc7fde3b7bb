import type { AssessmentId } from '../app/assess/index.ts'
import {
  bookSeries,
  bookVisits,
  consentHash,
  createPlan,
  currentDocuments,
  orderShownNow,
  type SignOrder,
  signConsent,
  signOrder,
  type WantedVisit,
} from '../app/plan/index.server.ts'
import type { Appointment, PlanId } from '../app/plan/index.ts'
import { runCommand, runQuery } from '../app/platform/command.server.ts'
import { addDays, type Instant, instantAt, localDateOf } from '../app/platform/time.ts'
import { turnOnReminders } from './changing-visits.ts'
import { visitsUnderWay } from './rooms-under-way.ts'
import { act, type Life, minutesAfter, type World } from './world.ts'

/** Plan and order by the prescriber, consent by the person, three appointments by the coordinator. */
export function makePlan(
  world: World,
  life: Life,
  assessmentId: AssessmentId,
  at: Instant,
  then: (appointments: readonly Appointment[]) => void,
) {
  const planId: PlanId = world.services.ids.next()
  const { prescriber } = life
  world.table.at(at, async () => {
    await act(world, prescriber, createPlan, { key: planId, assessmentId, protocolId: 'aud-kare' })
    const dose: SignOrder['dose'] = {
      kind: 'infusion',
      steps: [{ title: 'Infusion', mgPerKg: 0.8, durationMin: 40 }],
      weightBasis: 'actual',
      concentrationMgPerMl: 10,
      totalVolumeMl: 50,
    }
    const shown = await runQuery(world.services, prescriber, ({ db, at: now }) =>
      orderShownNow(db, world.system.clinicId, planId, { dose, raise: undefined }, now),
    )
    await act(world, prescriber, signOrder, {
      key: world.services.ids.next(),
      planId,
      dose,
      shown,
      raise: undefined,
      reason: undefined,
      weightChangeAcknowledged: false,
      stepUp: { accountId: prescriber.accountId, at: world.table.now() },
      secondStepUp: undefined,
    })
  })
  world.table.at(minutesAfter(at, 25), async () => {
    for (const document of currentDocuments()) {
      await act(world, life.patient!, signConsent, {
        key: world.services.ids.next(),
        documentId: document.id,
        version: document.version,
        textHash: consentHash(document),
        typedName: life.person.name,
        teachBack: Object.fromEntries(document.teachBack.map((question) => [question.id, question.right])),
        acknowledged: document.acknowledgements.map(({ id }) => id),
      })
    }
  })
  world.table.at(minutesAfter(at, 40), async () => {
    then(await book(world, life, planId))
    await turnOnReminders(world, life)
  })
}

/** How many nurses take turns with the visits of the year. */
const NURSES_IN_TURN = 2

/** Wishes by the person's own rhythm; when a slot is taken the next day or hour is tried, as a coordinator would. */
async function book(world: World, life: Life, planId: PlanId): Promise<readonly Appointment[]> {
  const underWay = life.room && visitsUnderWay(world, life.room)
  if (underWay) {
    const booked = await bookAt(world, planId, underWay)
    // At hours at which the clinic is closed nobody is treated; the person comes another time.
    if (booked) return booked
  }
  const today = localDateOf(world.table.now(), world.zone)
  for (let attempt = 0; attempt < 120; attempt++) {
    const first = addDays(today, 2 + Math.floor(attempt / 12))
    // People of earlier are seen at the hours that the nurse of the others has free, so that nobody's days move.
    const hour = 8 + ((life.person.number + attempt + (life.brief ? 1 : 0)) % 4) * 3
    const chair = world.chairs[(life.person.number + Math.floor(attempt / 4)) % world.chairs.length]!
    const nurses = world.staff.nurses.slice(0, NURSES_IN_TURN)
    const nurse = nurses[(life.person.number + Math.floor(attempt / 4)) % nurses.length]!
    const visits = [0, 7, 14].map((days, i) => ({
      sessionNumber: i + 1,
      startsAt: instantAt(addDays(first, days), `${String(hour).padStart(2, '0')}:00`, world.zone),
      chairId: chair,
      nurseMembershipId: nurse.membershipId,
    }))
    const booked = await bookAt(world, planId, visits)
    if (!booked) continue
    if (!life.brief) await bookTherapy(world, life, planId, booked)
    return booked
  }
  throw new Error(`no slot was found for ${life.person.name}`)
}

/** @returns undefined when something of it is taken, or nobody is there */
async function bookAt(
  world: World,
  planId: PlanId,
  visits: readonly WantedVisit[],
): Promise<readonly Appointment[] | undefined> {
  const booked = await runCommand(world.services, world.staff.coordinator, bookSeries, {
    key: world.services.ids.next<'series'>(),
    planId,
    visits,
  })
  if (booked.ok) return booked.value.appointments
  if (['taken', 'clinic-closed', 'not-at-work', 'in-the-past'].includes(booked.reason)) return undefined
  throw new Error(`booking was refused: ${booked.reason} ${JSON.stringify(booked.detail ?? '')}`)
}

/** An integration session the day after each dosing visit, where the therapist and a room are free at that time. */
async function bookTherapy(
  world: World,
  life: Life,
  planId: PlanId,
  dosing: readonly Appointment[],
): Promise<void> {
  const hour = 9 + (life.person.number % 10)
  const visits = dosing.map(({ startsAt }) => ({
    startsAt: instantAt(
      addDays(localDateOf(startsAt, world.zone), 1),
      `${String(hour).padStart(2, '0')}:00`,
      world.zone,
    ),
  }))
  // When it does not fit the person is called another day; the story goes on without.
  await runCommand(world.services, world.staff.coordinator, bookVisits, {
    key: world.services.ids.next<'series'>(),
    personId: life.personId,
    planId,
    typeCode: 'integration',
    visits,
  })
}
