import { peopleToLookAtAgain } from '../../assess/index.server.ts'
import { peopleByIds } from '../../identity/index.server.ts'
import type { Read } from '../../platform/database.server.ts'
import type { ClinicId, PersonId } from '../../platform/ids.ts'
import type { Instant } from '../../platform/time.ts'
import type { DiaryEntry } from '../diary/diary-entry.ts'
import { entriesBetween, entriesOfPerson, entryById } from '../diary/entry-queries.server.ts'
import { planById } from '../plan-queries.server.ts'
import type { DayRule } from '../protocols/protocol.ts'
import { protocolOfPlan } from '../protocols/protocol-of.server.ts'
import {
  answersOfVisits,
  callsOfVisits,
  newestAnswers,
  type StoredAnswer,
} from './day-before-queries.server.ts'
import { byUrgency, type GateAnswers, type GateState, gateOpensAt, gateStateOf } from './gate.ts'
import { gateChip, gateWords } from './gate-words.ts'

/** A dosing visit with what was answered about it. */
export type AnsweredVisit = {
  readonly visit: DiaryEntry
  readonly startsAt: Instant
  readonly timeZone: string
  readonly dayOf: readonly DayRule[]
  readonly answers: GateAnswers
  readonly stored: readonly StoredAnswer[]
}

/** The next dosing visit of a person that has not begun. */
export async function nextDosingVisit(
  db: Read,
  clinicId: ClinicId,
  personId: PersonId,
  timeZone: string,
  at: Instant,
): Promise<AnsweredVisit | undefined> {
  const next = (await entriesOfPerson(db, clinicId, personId)).find(
    (entry) => isAsked(entry) && entry.startsAt > at,
  )
  return next && (await answeredVisits(db, clinicId, [next], timeZone))[0]
}

/**
 * Visits with their answers, each with the day-of rules of the version its plan goes by.
 *
 * @throws Error when a visit has no plan
 */
export async function answeredVisits(
  db: Read,
  clinicId: ClinicId,
  visits: readonly DiaryEntry[],
  timeZone: string,
): Promise<AnsweredVisit[]> {
  const stored = await answersOfVisits(db, clinicId, visits)
  const rules = new Map<string, readonly DayRule[]>()
  const answered: AnsweredVisit[] = []
  for (const visit of visits) {
    const plan = visit.planId && (await planById(db, clinicId, visit.planId))
    if (!plan) throw new Error(`dosing visit ${visit.id} has no plan`)
    if (!rules.has(plan.id)) rules.set(plan.id, (await protocolOfPlan(db, clinicId, plan)).dayOf)
    const own = stored.get(visit.id) ?? []
    answered.push({
      visit,
      startsAt: visit.startsAt,
      timeZone,
      dayOf: rules.get(plan.id)!,
      answers: newestAnswers(own),
      stored: own,
    })
  }
  return answered
}

export function isAsked(entry: DiaryEntry): boolean {
  return entry.sessionNumber !== undefined && !entry.cancelledAt
}

/** One line of the list for those who prepare the day. */
export type GateLine = AnsweredVisit & {
  readonly state: GateState
  readonly since: Instant
  /** Still ahead, and something has changed that the decision rests on: no dose until a prescriber has looked again. */
  readonly lookAgain: boolean
  readonly personName: string
  readonly phone: string | undefined
  readonly safeTimes: string | undefined
  readonly calls: readonly { readonly outcome: string; readonly at: Instant }[]
}

/** The dosing visits of a span of time, those that need somebody first. */
export async function gateLines(
  db: Read,
  clinicId: ClinicId,
  span: { readonly from: Instant; readonly to: Instant },
  timeZone: string,
  at: Instant,
): Promise<GateLine[]> {
  const visits = (await entriesBetween(db, clinicId, span.from, span.to)).filter(isAsked)
  const people = new Map(
    (
      await peopleByIds(
        db,
        clinicId,
        visits.map((v) => v.personId),
      )
    ).map((person) => [person.id, person]),
  )
  const calls = await callsOfVisits(db, clinicId, visits)
  const again = await peopleToLookAtAgain(db, clinicId, [
    ...new Set(visits.filter((v) => v.endsAt > at).map((v) => v.personId)),
  ])
  const lines = (await answeredVisits(db, clinicId, visits, timeZone)).map((answered): GateLine => {
    const { visit, answers, stored, startsAt } = answered
    const state = gateStateOf(answers, answered, at)
    const person = people.get(visit.personId)
    return {
      ...answered,
      state,
      since: state.kind === 'problem' ? (stored.at(-1)?.toldAt ?? startsAt) : gateOpensAt(startsAt),
      lookAgain: visit.endsAt > at && again.has(visit.personId),
      personName: person?.displayName ?? 'unknown',
      phone: person?.contact.phone,
      safeTimes: person?.contact.safeTimes,
      calls: calls.get(visit.id) ?? [],
    }
  })
  return lines.sort(byUrgency)
}

/** What was said about a visit the day before, for those who treat: nothing of it is a check of theirs. */
export type DayBeforeTold = {
  readonly confirmed: boolean
  readonly words: string
  readonly chip: ReturnType<typeof gateChip>
  /** As told by the person or heard by staff; undefined when nobody was named. */
  readonly escort: { readonly name: string; readonly phone: string } | undefined
}

/** @returns undefined when this is no dosing visit ahead or under way */
export async function dayBeforeTold(
  db: Read,
  clinicId: ClinicId,
  appointmentId: DiaryEntry['id'],
  timeZone: string,
  at: Instant,
): Promise<DayBeforeTold | undefined> {
  const entry = await entryById(db, clinicId, appointmentId)
  if (!entry || !isAsked(entry)) return undefined
  const [answered] = await answeredVisits(db, clinicId, [entry], timeZone)
  const { answers } = answered!
  const state = gateStateOf(answers, answered!, at)
  const named = answers.escort?.value === 'named'
  return {
    confirmed: state.kind === 'confirmed',
    words: gateWords(state),
    chip: gateChip(state),
    escort: named
      ? { name: answers.escortName?.value ?? '', phone: answers.escortPhone?.value ?? '' }
      : undefined,
  }
}
