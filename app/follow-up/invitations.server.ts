import {
  clinicById,
  makeAccessLink,
  makeAccessLinks,
  peopleByIds,
  personById,
} from '../identity/index.server.ts'
import { isStaff, ownPersonId } from '../platform/actor.ts'
import type { Command, Needs } from '../platform/command.server.ts'
import type { Id, PersonId } from '../platform/ids.ts'
import { planMails } from '../platform/mail.server.ts'
import { done, refused } from '../platform/outcome.ts'
import {
  addDays,
  dateInWords,
  type Instant,
  type LocalDate,
  localDateOf,
  timeInWords,
} from '../platform/time.ts'
import { firstDoses } from '../treat/index.server.ts'
import { CADENCE, invitationState } from './cadence.ts'
import {
  chooseInvitations,
  inviteAction,
  makeCheckInLink as makeCheckInLinkAction,
  noteContactAction,
} from './follow-up-access.ts'
import {
  type ContactOutcome,
  insertChoice,
  insertContact,
  insertInvitations,
  invitationsSinceAnswer,
  newestCheckInDays,
  peopleWhoSaidStop,
} from './follow-up-queries.server.ts'

/** How long a link in an invitation opens the check-in: until the next one is sure to have come. */
const LINK_DAYS = 8

/**
 * Invites everybody who is due at this instant, in the clinic's zone. Safe to repeat: one invitation for each person and
 * day. Somebody without an e-mail address gets a row but no message; staff see them and hand out a link.
 *
 * @param input `publicUrl` where links begin, without a slash at the end
 */
export const inviteDueCheckIns: Command<
  { readonly publicUrl: string },
  { readonly invited: number; readonly mailed: number },
  never
> = {
  action: inviteAction,
  async run(needs, { publicUrl }) {
    const { db, at, actor } = needs
    const clinic = await clinicById(db, actor.clinicId)
    if (!clinic) throw new Error(`there is no clinic ${actor.clinicId}`)
    const today = localDateOf(at, clinic.timeZone)
    const states = await invitationStates(needs, clinic.timeZone)
    const due = states.flatMap(({ personId, state }) => (state.kind === 'due' ? [personId] : []))
    const addresses = new Map(
      (await peopleByIds(db, clinic.id, due)).map(({ id, contact }) => [id, contact.email]),
    )
    const invited = await insertInvitations(
      db,
      clinic.id,
      due.map((personId) => ({
        personId,
        forDate: today,
        at,
        byMail: addresses.get(personId) !== undefined,
      })),
    )
    const reached = due.flatMap((personId) => {
      const to = addresses.get(personId)
      return to && invited.has(personId) ? [{ personId, to }] : []
    })
    const tokens = await makeAccessLinks(
      needs,
      reached.map(({ personId }) => ({ personId, purpose: 'check-in', validDays: LINK_DAYS })),
    )
    await planMails(
      needs,
      clinic.id,
      reached.map(({ personId, to }, i) => ({
        key: `check-in ${personId} ${today}`,
        to,
        ...invitationMail(clinic.name, clinic.phoneDisplay, `${publicUrl}/check-in/${tokens[i]}`, today),
      })),
    )
    return done({ invited: invited.size, mailed: reached.length })
  },
}

/** Says nothing of what the clinic treats: others may see a message. */
function invitationMail(clinicName: string, phone: string, link: string, day: LocalDate) {
  return {
    subject: `${clinicName}: two minutes for you`,
    body: [
      `This is the page for ${dateInWords(day)}. It takes about two minutes:`,
      '',
      link,
      '',
      'The link is yours alone. On the page you can also say that you do not want to be asked any more.',
      ...(phone ? ['', `${clinicName}, ${phone}`] : []),
    ].join('\n'),
  }
}

/** Where everybody stands with their invitations who had a first session within the year. */
export async function invitationStates(
  { db, at, actor }: Pick<Needs, 'actor' | 'at'> & { readonly db: Parameters<typeof firstDoses>[0] },
  timeZone: string,
) {
  const { clinicId } = actor
  const today = localDateOf(at, timeZone)
  const hour = hourOf(at, timeZone)
  const since = addDays(today, -CADENCE.weeklyUntil - 7)
  const started = (await firstDoses(db, clinicId))
    .map(({ personId, at: firstDoseAt }) => ({ personId, firstDay: localDateOf(firstDoseAt, timeZone) }))
    .filter(({ firstDay }) => firstDay >= since)
  const invitations = await invitationsSinceAnswer(db, clinicId, since)
  const stopped = await peopleWhoSaidStop(db, clinicId)
  const newest = await newestCheckInDays(db, clinicId, since)
  return started.map(({ personId, firstDay }) => {
    const lastCheckIn = newest.get(personId)
    return {
      personId,
      firstDay,
      lastCheckIn,
      state: invitationState({
        firstDay,
        today,
        hour,
        invitations: invitations.get(personId) ?? [],
        checkIns: lastCheckIn ? [lastCheckIn] : [],
        saidStop: stopped.has(personId),
      }),
    }
  })
}

function hourOf(at: Instant, timeZone: string): number {
  return Number(timeInWords(at, timeZone).slice(0, 2))
}

type ChoiceInput = {
  readonly key: Id<'check-in-choice'>
  /** Given by staff on the person's word; a person speaks for themselves. */
  readonly personId?: PersonId
}

function choiceCommand(choice: 'stop' | 'go-on'): Command<ChoiceInput, undefined, 'no-such-person'> {
  return {
    action: chooseInvitations,
    async run({ db, at, actor, audit, tell }, { key, personId: named }) {
      // A named person is spoken for by staff, also when the one who writes is treated here too.
      const personId = named ? (isStaff(actor) ? named : undefined) : ownPersonId(actor)
      if (!personId || !(await personById(db, actor.clinicId, personId))) return refused('no-such-person')
      const byStaff = named !== undefined
      if (await insertChoice(db, actor.clinicId, { id: key, personId, at, choice, byStaff })) {
        audit.write(chooseInvitations.id, {
          personId,
          object: 'check-in-choice',
          objectId: key,
          detail: { choice },
        })
        tell('check-in.choice', { personId, choice })
      }
      return done(undefined)
    },
  }
}

/** No more invitations; check-ins stay possible, and nothing that was kept is lost. */
export const stopInvitations = choiceCommand('stop')

/** Invitations begin again. */
export const resumeInvitations = choiceCommand('go-on')

/** A link to today's check-in, to be read out or handed over; shown once. */
export const makeCheckInLink: Command<
  { readonly personId: PersonId },
  { readonly path: string; readonly name: string },
  'no-such-person'
> = {
  action: makeCheckInLinkAction,
  async run(needs, { personId }) {
    const person = await personById(needs.db, needs.actor.clinicId, personId)
    if (!person) return refused('no-such-person')
    const token = await makeAccessLink(needs, { personId, purpose: 'check-in', validDays: LINK_DAYS })
    return done({ path: `/check-in/${token}`, name: person.displayName })
  },
}

/** Somebody of the team tried to reach a person from the list, and how it went. */
export const noteContact: Command<
  { readonly key: Id<'check-in-contact'>; readonly personId: PersonId; readonly outcome: ContactOutcome },
  undefined,
  'no-such-person'
> = {
  action: noteContactAction,
  async run({ db, at, actor, audit }, { key, personId, outcome }) {
    if (!isStaff(actor) || !(await personById(db, actor.clinicId, personId))) return refused('no-such-person')
    const contact = { id: key, personId, at, accountId: actor.accountId, outcome }
    if (await insertContact(db, actor.clinicId, contact)) {
      audit.write(noteContactAction.id, {
        personId,
        object: 'check-in-contact',
        objectId: key,
        detail: { outcome },
      })
    }
    return done(undefined)
  },
}
