import { recordFacts, recordMedicine } from '../../app/assess/index.server.ts'
import type { FactKind } from '../../app/assess/index.ts'
import { recordPersonBasics } from '../../app/identity/index.server.ts'
import {
  addChair,
  bookSeries,
  consentHash,
  createPlan,
  currentDocuments,
  orderShownNow,
  type SignOrder,
  signConsent,
  signOrder,
} from '../../app/plan/index.server.ts'
import type { AppointmentId, OrderId, PlanId } from '../../app/plan/index.ts'
import type { Member } from '../../app/platform/actor.ts'
import { runCommand } from '../../app/platform/command.server.ts'
import type { PersonId } from '../../app/platform/ids.ts'
import { addMs, DAY_MS, HOUR_MS, type Instant, type LocalDate } from '../../app/platform/time.ts'
import { type AssessedPerson, decide, makeAssessedPerson } from './eligible-person.ts'
import { type Arranging, anId, asSystem, look, must, type TestClinic } from './test-clinic.ts'

export type BookedPerson = AssessedPerson & {
  readonly planId: PlanId
  readonly orderId: OrderId | undefined
  readonly appointmentId: AppointmentId
  readonly startsAt: Instant
  readonly roomName: string
}

/**
 * Somebody with every fact a dose needs, decided on, with a plan, a signed order of 56 mg (5.6 mL of 10 mg/mL), signed
 * documents and a first visit an hour from now, in a chair of their own. Figures are invented.
 */
export async function makeBookedPerson(
  t: Arranging,
  clinic: TestClinic,
  options: {
    readonly consent?: boolean
    readonly order?: boolean
    readonly name?: string
    readonly nurse?: Member
    /** Another protocol, which the clinic has adopted, with the dose that is ordered by it; the first visit alone is booked. */
    readonly by?: { readonly protocolId: string; readonly dose: SignOrder['dose']; readonly reason?: string }
  } = {},
): Promise<BookedPerson> {
  const { services } = t
  const person = await makeAssessedPerson(t, clinic, {
    decision: null,
    ...(options.name === undefined ? {} : { name: options.name }),
  })
  await asSystem(services, clinic, (needs) =>
    recordPersonBasics(needs, person.personId, { birthDate: '1980-05-05' as LocalDate, sex: 'male' }),
  )
  await recordWell(t, clinic, person.personId)
  await must(
    runCommand(services, clinic.as.nurse, recordMedicine, {
      id: anId<'medicine-entry'>(services),
      personId: person.personId,
      told: { kind: 'none', source: 'self-report' },
    }),
  )
  await decide(t, clinic, person)
  const planId = anId<'plan'>(services)
  await must(
    runCommand(services, clinic.as.prescriber, createPlan, {
      key: planId,
      assessmentId: person.assessmentId,
      protocolId: options.by?.protocolId ?? 'aud-kare',
    }),
  )
  if (options.consent !== false) await signDocuments(t, person.patient)
  const orderId = options.order === false ? undefined : await orderFor(t, clinic, planId, options.by)
  const chairId = anId<'chair'>(services)
  const roomName = `Room ${chairId.slice(-12)}`
  await must(
    runCommand(services, clinic.as.manager, addChair, {
      key: chairId,
      roomName,
      name: 'Chair',
      turnaroundMin: 15,
    }),
  )
  const startsAt = addMs(t.clock.now(), HOUR_MS)
  const { appointments } = await must(
    runCommand(services, clinic.as.coordinator, bookSeries, {
      key: anId<'series'>(services),
      planId,
      visits: (options.by ? [0] : [0, 7, 14]).map((days, i) => ({
        sessionNumber: i + 1,
        startsAt: addMs(startsAt, days * DAY_MS),
        chairId,
        nurseMembershipId: (options.nurse ?? clinic.as.nurse).membershipId,
      })),
    }),
  )
  return { ...person, planId, orderId, appointmentId: appointments[0]!.id, startsAt, roomName }
}

const WELL: readonly (readonly [FactKind, unknown])[] = [
  ['birth-date', '1980-05-05'],
  ['sex', 'male'],
  ['height-cm', 178],
  ['alt-times-uln', 1],
  ['ast-times-uln', 1],
  ['ecg', 'no-concern'],
  ['ketamine-days-per-week', 0],
  ['suicide-risk-level', 0],
  ['ciwa-ar', 2],
  ['consent-capacity', 'yes'],
  ['stop-bang', 2],
  ...(
    [
      'ketamine-reaction',
      'aneurysm-or-vessel-malformation',
      'brain-haemorrhage',
      'pressure-rise-hazard',
      'psychosis',
      'psychosis-in-family',
      'mania-now',
      'bipolar-disorder',
      'dissociative-disorder-dementia-delirium',
      'severe-liver-disease',
      'kidney-failure-porphyria-thyrotoxicosis',
      'ketamine-use-disorder',
      'bladder-symptoms',
      'withdrawal-seizure-or-delirium',
      'recent-infarct-stroke-head-injury',
      'heart-disease-not-controlled',
      'raised-head-or-eye-pressure',
      'sleep-apnoea-or-lung-disease',
      'intoxicated-now',
      'stimulant-last-24-h',
    ] as const
  ).map((kind) => [kind, 'no'] as const),
]

/** Everything the rules ask is recorded as well now, but what the session itself measures. */
async function recordWell(t: Arranging, clinic: TestClinic, personId: PersonId): Promise<void> {
  await must(
    runCommand(
      t.services,
      clinic.as.nurse,
      recordFacts,
      WELL.map(([kind, value]) => ({
        id: anId<'fact'>(t.services),
        personId,
        kind,
        value,
        observedAt: t.clock.now(),
        source: 'measured-here' as const,
      })),
    ),
  )
}

/** The person reads and signs every document in force. */
async function signDocuments(t: Arranging, patient: Member): Promise<void> {
  for (const document of currentDocuments()) {
    await must(
      runCommand(t.services, patient, signConsent, {
        key: anId<'consent-signature'>(t.services),
        documentId: document.id,
        version: document.version,
        textHash: consentHash(document),
        typedName: patient.name,
        teachBack: Object.fromEntries(document.teachBack.map(({ id, right }) => [id, right])),
        acknowledged: document.acknowledgements.map(({ id }) => id),
      }),
    )
  }
}

/** What the order page shows of a dose at this moment, as a browser would send it back. */
export function orderShown(
  t: Arranging,
  clinic: TestClinic,
  planId: PlanId,
  { dose, raise }: Pick<SignOrder, 'dose'> & Partial<Pick<SignOrder, 'raise'>>,
): Promise<string> {
  return look(t.services, clinic.as.prescriber, ({ db, at }) =>
    orderShownNow(db, clinic.id, planId, { dose, raise }, at),
  )
}

/** A prescriber signs 0.8 mg/kg over 40 minutes from vials of 10 mg/mL, or another dose. */
export async function orderFor(
  t: Arranging,
  clinic: TestClinic,
  planId: PlanId,
  by?: { readonly dose: SignOrder['dose']; readonly reason?: string },
): Promise<OrderId> {
  const key = anId<'order'>(t.services)
  const dose: SignOrder['dose'] = by?.dose ?? {
    kind: 'infusion',
    steps: [{ title: 'Infusion', mgPerKg: 0.8, durationMin: 40 }],
    weightBasis: 'actual',
    concentrationMgPerMl: 10,
    totalVolumeMl: 50,
  }
  await must(
    runCommand(t.services, clinic.as.prescriber, signOrder, {
      key,
      planId,
      dose,
      shown: await orderShown(t, clinic, planId, { dose }),
      raise: undefined,
      reason: by?.reason,
      weightChangeAcknowledged: false,
      stepUp: { accountId: clinic.as.prescriber.accountId, at: t.clock.now() },
      secondStepUp: undefined,
    }),
  )
  return key
}
