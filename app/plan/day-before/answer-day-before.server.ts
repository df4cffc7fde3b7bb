import { openConcerns, raiseConcern } from '../../assess/index.server.ts'
import { speaksOfCrisis } from '../../find/index.ts'
import { endAccessLinks, makeAccessLink, members } from '../../identity/index.server.ts'
import { ownPersonId } from '../../platform/actor.ts'
import type { Command, Needs } from '../../platform/command.server.ts'
import type { Id } from '../../platform/ids.ts'
import { mailByKeys, planMail } from '../../platform/mail.server.ts'
import { done, refused } from '../../platform/outcome.ts'
import { addMs, DAY_MS, HOUR_MS, msBetween } from '../../platform/time.ts'
import type { DiaryEntry } from '../diary/diary-entry.ts'
import { lockAppointment } from '../diary/diary-queries.server.ts'
import { entryById } from '../diary/entry-queries.server.ts'
import type { AppointmentId } from '../plan.ts'
import {
  answerDayBefore as answerAction,
  makeDayBeforeLink as linkAction,
  noteDayBefore,
} from './day-before-access.ts'
import {
  answersOfVisits,
  type CallOutcome,
  insertAnswers,
  insertCall,
  newestAnswers,
  type StoredAnswer,
} from './day-before-queries.server.ts'
import { type GateField, gatePhase, isNewEachTime } from './gate.ts'

const HARM = 'thoughts-of-harming-themselves'

type Answers = Partial<Readonly<Record<GateField, string>>>

/**
 * Keeps what the bearer of a link, or somebody signed in to the portal, answers about their own next dosing visit, field by field: a changed answer is the next
 * revision, the same answer again is none unless it is about the moment it is told (`isNewEachTime`). A yes to thoughts of self-harm, and words that speak of danger, raise a
 * safety concern in the same transaction. "No one can fetch me" is told to the coordinators at once.
 *
 * @returns `help`: whether help must be shown first
 */
export const answerDayBefore: Command<
  { readonly appointmentId: AppointmentId; readonly answers: Answers },
  { readonly help: boolean },
  'no-such-visit' | 'too-early' | 'over'
> = {
  action: answerAction,
  async run(needs, { appointmentId, answers }) {
    const visit = await lockedVisit(needs, appointmentId)
    if (!visit || visit.personId !== ownPersonId(needs.actor)) return refused('no-such-visit')
    const phase = gatePhase(visit.startsAt, needs.at)
    if (phase !== 'open') return refused(phase)
    return done({ help: await keepAnswers(needs, visit, answers, answerAction.id) })
  },
}

/** What somebody of the team heard on the telephone, and how the call ended. Repeating it changes nothing. */
export const noteCall: Command<
  {
    readonly key: Id<'day-before-call'>
    readonly appointmentId: AppointmentId
    readonly outcome: CallOutcome
    readonly answers: Answers
  },
  { readonly help: boolean },
  'no-such-visit' | 'too-early' | 'over'
> = {
  action: noteDayBefore,
  async run(needs, { key, appointmentId, outcome, answers }) {
    const { db, at, actor, audit } = needs
    const visit = await lockedVisit(needs, appointmentId)
    if (!visit || actor.kind !== 'member') return refused('no-such-visit')
    const phase = gatePhase(visit.startsAt, at)
    if (phase !== 'open') return refused(phase)
    if (!(await insertCall(db, actor.clinicId, visit, { id: key, outcome, by: actor.accountId, at })))
      return done({ help: false })
    audit.write(noteDayBefore.id, {
      personId: visit.personId,
      object: 'visit',
      objectId: visit.id,
      detail: { outcome },
    })
    needs.tell('day-before.called', { appointmentId: visit.id, personId: visit.personId })
    const help = outcome === 'reached' && (await keepAnswers(needs, visit, answers, noteDayBefore.id))
    return done({ help })
  },
}

/** A link to the questions, to be read out or handed over; shown once. Good until a day after the visit begins. */
export const makeDayBeforeLink: Command<
  { readonly appointmentId: AppointmentId },
  { readonly path: string },
  'no-such-visit' | 'over'
> = {
  action: linkAction,
  async run(needs, { appointmentId }) {
    const visit = await lockedVisit(needs, appointmentId)
    if (!visit) return refused('no-such-visit')
    if (gatePhase(visit.startsAt, needs.at) === 'over') return refused('over')
    return done({ path: await dayBeforePath(needs, visit) })
  },
}

/** Part of a command: makes the link of a visit and ends those made before it. @returns its address on this site, with its secret */
export async function dayBeforePath(
  needs: Pick<Needs, 'db' | 'at' | 'ids' | 'actor' | 'audit'>,
  visit: Pick<DiaryEntry, 'personId' | 'startsAt'>,
): Promise<string> {
  const validDays = Math.ceil(msBetween(needs.at, visit.startsAt) / DAY_MS) + 1
  await endAccessLinks(needs, visit.personId, 'day-before')
  const token = await makeAccessLink(needs, { personId: visit.personId, purpose: 'day-before', validDays })
  return `/day-before/${token}`
}

/** A dosing visit that is not cancelled, held until the transaction ends so that two answers come one after the other. */
async function lockedVisit({ db, actor }: Needs, id: AppointmentId): Promise<DiaryEntry | undefined> {
  await lockAppointment(db, actor.clinicId, id)
  const entry = await entryById(db, actor.clinicId, id)
  return entry && !entry.cancelledAt && entry.sessionNumber !== undefined ? entry : undefined
}

async function keepAnswers(
  needs: Needs,
  visit: DiaryEntry,
  answers: Answers,
  action: string,
): Promise<boolean> {
  const { db, at, actor, audit, tell } = needs
  const { personId } = visit
  // Somebody who is treated here answers for themselves, signed in or by link; who hears it on the telephone speaks for them.
  const heardBy = action === answerAction.id || actor.kind !== 'member' ? undefined : actor.accountId
  const stored = (await answersOfVisits(db, actor.clinicId, [visit])).get(visit.id) ?? []
  const newest = newestAnswers(stored)
  const fresh: StoredAnswer[] = []
  for (const [field, value] of Object.entries(answers) as [GateField, string][]) {
    if ((newest[field]?.value ?? '') === value && !isNewEachTime(field, value)) continue
    const revisions = stored.filter((each) => each.field === field).map((each) => each.revision)
    fresh.push({
      field,
      value,
      revision: Math.max(0, ...revisions) + 1,
      byStaff: heardBy !== undefined,
      toldBy: heardBy,
      toldAt: at,
    })
  }
  const help =
    answers.harm === 'yes' || Object.values(answers).some((text) => text !== '' && speaksOfCrisis(text))
  if (fresh.length === 0) return help
  await insertAnswers(db, actor.clinicId, visit, fresh)
  audit.write(action, {
    personId,
    object: 'visit',
    objectId: visit.id,
    detail: { fields: fresh.map((each) => each.field).join(' ') },
  })
  tell('day-before.answered', { appointmentId: visit.id, personId })
  await raiseFor(needs, visit, fresh, newest.harm?.value === 'yes')
  const nobody = fresh.find((each) => each.field === 'escort' && each.value === 'nobody')
  if (nobody && !heardBy) await tellCoordinators(needs, visit, nobody.revision)
  return help
}

/** @param harmBefore a yes told again raises a concern again as soon as the one before was answered or closed */
async function raiseFor(
  needs: Needs,
  visit: DiaryEntry,
  fresh: readonly StoredAnswer[],
  harmBefore: boolean,
): Promise<void> {
  for (const { field, value, revision } of fresh) {
    const harm = field === 'harm' && value === 'yes'
    if (!harm && !(value !== '' && field !== 'harm' && speaksOfCrisis(value))) continue
    if (harm && harmBefore && (await waits(needs, visit))) continue
    await raiseConcern(needs, {
      personId: visit.personId,
      source: 'day-before',
      objectId: visit.id,
      trigger: harm ? HARM : 'words-of-danger-the-day-before',
      severity: 'critical',
      occasion: `${visit.startsAt} ${field} ${revision}`,
    })
  }
}

/** Whether a concern for a yes about this visit stands that nobody has answered yet. */
async function waits({ db, at, actor }: Needs, visit: DiaryEntry): Promise<boolean> {
  const open = await openConcerns(db, actor.clinicId, at, visit.personId)
  return open.some(
    ({ objectId, trigger, state }) => objectId === visit.id && trigger === HARM && state !== 'in-hand',
  )
}

/** In neutral words: what it is about is read in the workspace. At most once an hour about one visit, however often it is said. */
async function tellCoordinators(needs: Needs, visit: DiaryEntry, revision: number): Promise<void> {
  const { db, at, actor } = needs
  for (const member of await members(db, actor.clinicId, ['coordinator'])) {
    const key = (each: number) => `day-before ${visit.id} ${visit.startsAt} ${each} ${member.membershipId}`
    const earlier = Array.from({ length: revision - 1 }, (_, i) => key(i + 1))
    const mails = [...(await mailByKeys(db, actor.clinicId, earlier)).values()]
    if (mails.some((mail) => mail.planned_at > addMs(at, -HOUR_MS))) continue
    await planMail(needs, actor.clinicId, {
      key: key(revision),
      to: member.email,
      subject: 'A visit in the workspace needs a call now',
      body: 'A visit stands at the top of the list “Day before” in the workspace: somebody has no way home. Please sign in and call.',
    })
  }
}
