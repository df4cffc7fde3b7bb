import { forgetDraftsJob } from './ask/index.server.ts'
import { noteExposure, openAssessment } from './assess/index.server.ts'
import { welcomeDocuments } from './find/index.server.ts'
import { inviteDueCheckIns } from './follow-up/index.server.ts'
import { directory } from './identity/index.server.ts'
import { refreshOutcomesJob, takeSnapshotsJob } from './measure/index.server.ts'
import {
  noteBegunVisit,
  noteEndWithoutDose,
  noteGivenDose,
  protocolDocuments,
  sendReminders,
} from './plan/index.server.ts'
import type { AppointmentId, OrderId, PlanId } from './plan/index.ts'
import { runCommand, runQuery } from './platform/command.server.ts'
import type { DomainEvent } from './platform/domain-event.ts'
import type { Id, PersonId } from './platform/ids.ts'
import type { JobHandler } from './platform/jobs.server.ts'
import { sendMailJob, sweepMail } from './platform/send-mail.server.ts'
import type { Reaction, Services } from './platform/services.server.ts'
import type { Instant } from './platform/time.ts'
import {
  doseRecord,
  forgetBatchesJob,
  holdLedgerEnd,
  sessionById,
  signCheckpointsJob,
} from './treat/index.server.ts'

/**
 * Which event calls which command. The only place that knows slices in both directions.
 */
export function reactions(): ReadonlyMap<string, readonly Reaction[]> {
  return new Map<string, readonly Reaction[]>([
    ['request.accepted', [beginAssessment]],
    ['session.opened', [rememberBegun]],
    ['session.event', [rememberEnd]],
    ['session.dosed', [rememberKetamine, rememberDose]],
    ['session.completed', [rememberDose]],
    // What was counted or signed is held soon, not only within the hour.
    ['stock.count', [(services, { clinicId }) => holdLedgerEnd(services, clinicId)]],
    ['stock.inventory', [(services, { clinicId }) => holdLedgerEnd(services, clinicId)]],
  ])
}

/** Tells find of the public pages of later slices, so that they are found and listed. Once, where pages are shown. */
export function introducePublicPages(): void {
  welcomeDocuments(protocolDocuments())
}

/** What the queue works on, by job name; every handler is harmless when repeated. */
export function jobHandlers(services: Services): ReadonlyMap<string, JobHandler> {
  return new Map<string, JobHandler>([
    ['send-mail', sendMailJob(services)],
    [
      'sweep-mail',
      sweepMail(services, async () => (await directory(services.db)).map((entry) => entry.clinicId)),
    ],
    ['forget-drafts', forgetDraftsJob(services)],
    ['invite-check-ins', inviteEverywhere(services)],
    ['send-reminders', remindEverywhere(services)],
    [
      'refresh-outcomes',
      refreshOutcomesJob(services, async () => (await directory(services.db)).map((entry) => entry.clinicId)),
    ],
    [
      'take-snapshots',
      takeSnapshotsJob(services, async () => (await directory(services.db)).map((entry) => entry.clinicId)),
    ],
    [
      'forget-batches',
      forgetBatchesJob(services, async () => (await directory(services.db)).map((entry) => entry.clinicId)),
    ],
    [
      'sign-ledgers',
      signCheckpointsJob(services, async () => (await directory(services.db)).map((entry) => entry.clinicId)),
    ],
  ])
}

/** When scheduled jobs run (cron, UTC). */
export const jobSchedules: Readonly<Record<string, string>> = {
  'invite-check-ins': '*/15 * * * *',
  'send-reminders': '4-59/10 * * * *',
  'sweep-mail': '*/5 * * * *',
  'refresh-outcomes': '*/5 * * * *',
  // Months end at another hour in each zone, and other definitions ask for other figures; nearly always nothing is to do.
  'take-snapshots': '3-59/10 * * * *',
  'forget-drafts': '20 8 * * *',
  'forget-batches': '7 * * * *',
  'sign-ledgers': '13 * * * *',
}

/** An accepted request opens the assessment once and sends its link to whoever left an e-mail address. */
async function beginAssessment(services: Services, { clinicId, data }: DomainEvent): Promise<void> {
  await runCommand(services, { kind: 'system', clinicId, name: 'wiring' }, openAssessment, {
    personId: data.personId as PersonId,
    requestId: data.requestId as Id<'request'>,
    invite: { baseUrl: services.config.linkBase },
  })
}

/** The diary keeps whose session was opened: such a visit is no longer moved under the hands of the bedside. */
async function rememberBegun(services: Services, { clinicId, data }: DomainEvent): Promise<void> {
  await runCommand(services, { kind: 'system', clinicId, name: 'wiring' }, noteBegunVisit, {
    appointmentId: data.appointmentId as AppointmentId,
    sessionId: data.sessionId as Id<'dosing-session'>,
  })
}

/** A session that has ended without a dose gives its visit back to the diary. */
async function rememberEnd(services: Services, { clinicId, data }: DomainEvent): Promise<void> {
  const event = data.event as
    | { readonly kind?: unknown; readonly data?: { readonly outcome?: unknown } }
    | undefined
  // Signing the note closes a session too; that one had a dose.
  if (event?.kind !== 'session-closed' || event.data?.outcome !== 'ended-without-dose') return
  const wiring = { kind: 'system', clinicId, name: 'wiring' } as const
  const session = await runQuery(services, wiring, ({ db }) =>
    sessionById(db, clinicId, data.sessionId as Id<'session'>),
  )
  if (!session) return
  await runCommand(services, wiring, noteEndWithoutDose, {
    appointmentId: session.appointmentId as AppointmentId,
    sessionId: data.sessionId as Id<'dosing-session'>,
  })
}

/** Ketamine given here explains a later positive test, so assess keeps when it was. */
async function rememberKetamine(services: Services, { clinicId, data }: DomainEvent): Promise<void> {
  await runCommand(services, { kind: 'system', clinicId, name: 'wiring' }, noteExposure, {
    personId: data.personId as PersonId,
    sessionId: data.sessionId as Id<'dosing-session'>,
    dosedAt: data.dosedAt as Instant,
  })
}

/** The plan keeps each dose and how it was borne: the next order may not lie above one that was not. */
async function rememberDose(services: Services, { clinicId, data }: DomainEvent): Promise<void> {
  const wiring = { kind: 'system', clinicId, name: 'wiring' } as const
  const sessionId = data.sessionId as Id<'session'>
  const dose = await runQuery(services, wiring, ({ db }) => doseRecord(db, clinicId, sessionId))
  if (!dose) return
  await runCommand(services, wiring, noteGivenDose, {
    sessionId: data.sessionId as Id<'dosing-session'>,
    planId: dose.planId as PlanId,
    personId: dose.personId,
    orderId: dose.orderId as OrderId,
    dosedAt: dose.dosedAt,
    facts: dose.facts,
  })
}

/** Invites whoever is due, clinic by clinic. One clinic that fails keeps no other from being asked; the job tries again. */
function inviteEverywhere(services: Services): JobHandler {
  return async () => {
    let failed: unknown
    for (const { clinicId } of await directory(services.db)) {
      try {
        await runCommand(services, { kind: 'system', clinicId, name: 'wiring' }, inviteDueCheckIns, {
          publicUrl: services.config.linkBase,
        })
      } catch (error) {
        services.log.error('invite-check-ins.failed', error, { clinicId })
        failed = error
      }
    }
    if (failed) throw failed
  }
}

/** Reminds of visits, clinic by clinic, in the same way. */
function remindEverywhere(services: Services): JobHandler {
  return async () => {
    let failed: unknown
    for (const { clinicId } of await directory(services.db)) {
      try {
        await runCommand(services, { kind: 'system', clinicId, name: 'wiring' }, sendReminders, {
          publicUrl: services.config.linkBase,
        })
      } catch (error) {
        services.log.error('send-reminders.failed', error, { clinicId })
        failed = error
      }
    }
    if (failed) throw failed
  }
}
