import { raiseConcern } from '../../assess/index.server.ts'
import { speaksOfCrisis } from '../../find/index.ts'
import { members } from '../../identity/index.server.ts'
import { ownPersonId } from '../../platform/actor.ts'
import type { Command, Needs } from '../../platform/command.server.ts'
import type { Id } from '../../platform/ids.ts'
import { planMail } from '../../platform/mail.server.ts'
import { done, type Outcome, refused } from '../../platform/outcome.ts'
import { addMs, HOUR_MS, type Instant } from '../../platform/time.ts'
import { asSeen } from '../diary/as-seen.ts'
import { cancelVisits } from '../diary/cancel-appointment.server.ts'
import type { DiaryEntry } from '../diary/diary-entry.ts'
import { entryById } from '../diary/entry-queries.server.ts'
import { loadDiary } from '../diary/load-diary.server.ts'
import { holdVisit, type moveAppointment, moveEntry } from '../diary/move-appointment.server.ts'
import { appointmentTypes } from '../diary/resource-queries.server.ts'
import { courseOf } from '../diary/visit-course.server.ts'
import { type CourseRefusal, courseRefusal } from '../diary/visit-course.ts'
import type { AppointmentId } from '../plan.ts'
import { NOTICE_HOURS, type OwnChange, ownChange } from './change-rules.ts'
import { answerVisitRequest as answerAction, changeOwnVisit as changeAction } from './own-visit-access.ts'
import { allowedStarts, spacingOf } from './own-visit-page.server.ts'
import { insertRequest, insertRequestAnswer, openRequests } from './visit-request-queries.server.ts'

/** A visit of one's own is not there, or its kind or the time before it lets the person not do this themselves. */
type OwnRefusal = 'no-such-visit' | 'not-by-yourself' | 'too-late' | 'cancelled' | 'already-over'

/**
 * Somebody moves a visit of their own to a free time, with the same people and in the same place. The days between the
 * visits of a treatment are kept; the new time lies as far ahead as a change must, and is one that can be offered.
 */
export const moveOwnVisit: Command<
  { readonly appointmentId: AppointmentId; readonly startsAt: Instant; readonly seen: string },
  { readonly appointmentId: AppointmentId },
  | OwnRefusal
  | 'not-offered'
  | (Awaited<ReturnType<typeof moveAppointment.run>> extends Outcome<unknown, infer R> ? R : never)
> = {
  action: changeAction,
  async run(needs, input) {
    const own = await ownVisit(needs, input.appointmentId)
    if (!own) return refused('no-such-visit')
    const no = refusalOf(own.change, 'self')
    if (no) return refused(no)
    if (input.startsAt < addMs(needs.at, NOTICE_HOURS * HOUR_MS)) return refused('too-late')
    const { entry } = own
    if (input.startsAt !== entry.startsAt && input.seen === asSeen(entry)) {
      const { db, at, actor } = needs
      const starts = await allowedStarts(db, actor.clinicId, entry, at)
      if (!starts.includes(input.startsAt)) {
        const { timeZone } = (await loadDiary(db, actor.clinicId, at)).clinic
        const keeps = await spacingOf(db, actor.clinicId, entry, timeZone)
        return refused(keeps(input.startsAt) ? 'not-offered' : 'spacing')
      }
    }
    return moveEntry(needs, input, changeAction.id)
  },
}

/** Somebody cancels a visit of their own; its time is free at once. Repeating it changes nothing. */
export const cancelOwnVisit: Command<
  { readonly appointmentId: AppointmentId },
  undefined,
  OwnRefusal | CourseRefusal
> = {
  action: changeAction,
  async run(needs, { appointmentId }) {
    const own = await ownVisit(needs, appointmentId)
    if (!own) return refused('no-such-visit')
    if (own.entry.cancelledAt) return done(undefined)
    const no = refusalOf(own.change, 'self')
    if (no) return refused(no)
    // As for staff: what was begun at the bedside ends there first.
    const { endsAt } = own.entry
    const { course } = await courseOf(needs.db, needs.actor.clinicId, own.entry)
    const begun = courseRefusal({ endsAt, course }, 'cancel', needs.at)
    if (begun) return refused(begun)
    await cancelVisits(needs, [own.entry], 'asked-by-patient', changeAction.id)
    return done(undefined)
  },
}

/**
 * Somebody asks to move or cancel a visit that they may not change themselves; a coordinator answers. Words that speak of
 * danger raise a safety concern in the same transaction, also when the question itself cannot be taken.
 *
 * @returns `help`: whether help must be shown first; `asked`: whether the question stands
 */
export const askAboutVisit: Command<
  {
    readonly key: Id<'visit-request'>
    readonly appointmentId: AppointmentId
    readonly kind: 'move' | 'cancel'
    readonly words: string
  },
  { readonly help: boolean; readonly asked: boolean },
  OwnRefusal | 'asked-before'
> = {
  action: changeAction,
  async run(needs, { key, appointmentId, kind, words }) {
    const { db, at, actor, audit, tell } = needs
    const own = await ownVisit(needs, appointmentId)
    if (!own) return refused('no-such-visit')
    const { personId } = own.entry
    const help = speaksOfCrisis(words)
    if (help)
      await raiseConcern(needs, {
        personId,
        source: 'visit-request',
        objectId: appointmentId,
        trigger: 'words-of-danger-about-a-visit',
        severity: 'critical',
        occasion: key,
      })
    const no = refusalOf(own.change, 'ask')
    // A refusal would take the concern back with it.
    if (no) return help ? done({ help, asked: false }) : refused(no)
    const before = (await openRequests(db, actor.clinicId, personId)).find(
      (r) => r.appointmentId === appointmentId,
    )
    if (before) return help || before.id === key ? done({ help, asked: true }) : refused('asked-before')
    const request = { id: key, appointmentId, personId, kind, words, askedAt: at }
    if (!(await insertRequest(db, actor.clinicId, request))) return done({ help, asked: true })
    audit.write(changeAction.id, {
      personId,
      object: 'visit-request',
      objectId: key,
      detail: { kind, visit: appointmentId },
    })
    tell('visit.change-asked', { appointmentId, personId })
    for (const member of await members(db, actor.clinicId, ['coordinator']))
      await planMail(needs, actor.clinicId, {
        key: `visit-request ${key} ${member.membershipId}`,
        to: member.email,
        subject: 'Somebody asks about a visit',
        body: 'In the workspace, under “Waiting”, somebody asks to change a visit. Please sign in and answer.',
      })
    return done({ help, asked: true })
  },
}

/** Staff say what became of a request. The change itself is made in the diary. Who comes second is told. */
export const answerVisitRequest: Command<
  { readonly id: Id<'visit-request'>; readonly outcome: 'done' | 'not-possible' },
  undefined,
  'no-such-request'
> = {
  action: answerAction,
  async run({ db, at, actor, audit, tell }, { id, outcome }) {
    const request = (await openRequests(db, actor.clinicId)).find((each) => each.id === id)
    if (!request || actor.kind !== 'member') return refused('no-such-request')
    const answer = { id, by: actor.accountId, at, outcome }
    if (!(await insertRequestAnswer(db, actor.clinicId, answer))) return refused('no-such-request')
    audit.write(answerAction.id, {
      personId: request.personId,
      object: 'visit-request',
      objectId: id,
      detail: { outcome },
    })
    tell('visit.change-answered', { appointmentId: request.appointmentId, personId: request.personId })
    return done(undefined)
  },
}

/** The actor's own visit, its row held until the transaction ends, and what they may do with it. */
async function ownVisit(
  needs: Needs,
  id: AppointmentId,
): Promise<{ readonly entry: DiaryEntry; readonly change: OwnChange } | undefined> {
  const { db, at, actor } = needs
  await holdVisit(needs, id)
  const entry = await entryById(db, actor.clinicId, id)
  if (!entry || entry.personId !== ownPersonId(actor)) return undefined
  const type = (await appointmentTypes(db, actor.clinicId)).find((t) => t.code === entry.typeCode)
  const visit = { startsAt: entry.startsAt, cancelled: entry.cancelledAt !== undefined }
  return { entry, change: ownChange(visit, type?.mode ?? 'off', at) }
}

function refusalOf(change: OwnChange, wanted: 'self' | 'ask'): OwnRefusal | undefined {
  if (change.kind === wanted) return undefined
  if (change.kind === 'none') return change.why === 'cancelled' ? 'cancelled' : 'already-over'
  return change.kind === 'phone' && change.why === 'too-late' ? 'too-late' : 'not-by-yourself'
}
