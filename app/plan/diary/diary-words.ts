import { dateInWords, type Instant, momentInWords } from '../../platform/time.ts'
import type { Taken } from './hold.ts'
import type { DoseProblem, SpacingProblem } from './spacing.ts'

const TAKEN_WORDS: Readonly<Record<Taken, string>> = {
  patient: 'the person has another visit',
  chair: 'the chair is taken',
  room: 'the room is taken',
  nurse: 'the nurse is with somebody else',
  therapist: 'the therapist is with somebody else',
  prescriber: 'the prescriber is with somebody else',
  equipment: 'the equipment is in use',
}

/** "The chair is taken and the nurse is with somebody else." */
export function takenWords(resources: readonly Taken[]): string {
  if (resources.length === 0) return 'Somebody else booked at the same moment.'
  const text = resources.map((r) => TAKEN_WORDS[r]).join(' and ')
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`
}

/**
 * "Free next with the same chair and nurse: Mon 23 Nov 2026, 12:15; …"
 *
 * @param same what stays the same
 * @param spaced whether only days that the protocol allows were looked at
 */
export function nextFreeWords(
  nextFree: readonly Instant[],
  timeZone: string,
  same = 'chair and nurse',
  spaced = false,
): string {
  if (spaced && nextFree.length === 0)
    return `With the same ${same} nothing near it is free on a day the protocol allows.`
  return nextFree.length === 0
    ? `Nothing is free with this ${same} in the next four weeks.`
    : `Free next with the same ${same}: ${nextFree.map((at) => momentInWords(at, timeZone)).join('; ')}.`
}

type Detail = Partial<SpacingProblem & DoseProblem> & {
  readonly resources?: readonly Taken[]
  readonly nextFree?: readonly Instant[]
  readonly spaced?: boolean
  readonly names?: readonly string[]
  readonly why?: 'leave' | 'not-working'
  readonly was?: WhenWhere
  readonly is?: WhenWhere
}

type WhenWhere = { readonly startsAt: Instant; readonly place: string | undefined }

function changedWords({ was, is }: Detail, timeZone: string): string {
  if (!was || !is) return 'Somebody else changed this visit in the meantime. Nothing was changed by you.'
  const say = ({ startsAt, place }: WhenWhere) =>
    `${Number.isNaN(Date.parse(startsAt)) ? 'at another time' : momentInWords(startsAt, timeZone)}${place ? `, ${place}` : ''}`
  return `Somebody else changed this visit in the meantime. It was ${say(was)}; it is now ${say(is)}${say(was) === say(is) ? ', with other people' : ''}. Nothing was changed by you.`
}

function spacingWords({ days = 0, after, sessionNumber, earliestDays, latestDays }: Detail): string {
  const which = sessionNumber === undefined ? 'This' : `Session ${sessionNumber}`
  const where = after === undefined ? 'the session before' : `session ${after}`
  const allowed = latestDays === undefined ? `${earliestDays} or more` : `${earliestDays} to ${latestDays}`
  return `${which} would be ${Math.abs(days)} days ${days < 0 ? 'before' : 'after'} ${where}; the protocol allows ${allowed} after it.`
}

type Refusal = { readonly reason: string; readonly detail?: unknown }

/** A refusal of the diary in words. */
export function refusalWords(refusal: Refusal, timeZone: string, same?: string): string {
  const detail = (refusal.detail ?? {}) as Detail
  const who = detail.names?.length === 1 ? detail.names[0] : 'Nobody who could do it'
  const words: Readonly<Record<string, string>> = {
    taken: `${takenWords(detail.resources ?? [])} ${nextFreeWords(detail.nextFree ?? [], timeZone, same, detail.spaced)}`,
    spacing: spacingWords(detail),
    'after-dose': `A dose was given on ${detail.doseDay ? dateInWords(detail.doseDay) : 'a day shortly before'}. The protocol asks for ${detail.leastDays} days or more between doses; this would be ${detail.days}.`,
    'clinic-closed': 'The clinic is closed for all or part of this visit. Choose another time.',
    'in-the-past': 'This time has passed. Choose a later one.',
    'too-far-ahead': 'This is more than two years ahead. Check the year, and choose an earlier date.',
    'no-such-chair': 'Choose a chair.',
    'no-such-room': 'No room of this clinic will do for this kind of visit. A manager adds rooms.',
    'no-such-nurse': 'Choose a nurse.',
    'no-such-member': 'Choose somebody who can do this visit.',
    'not-at-work':
      detail.names?.length === 1
        ? `${who} ${detail.why === 'leave' ? 'is away' : 'does not work'} at this time.`
        : `${who} is at work at this time.`,
    'no-prescriber-on-site': 'No prescriber is in the house for the whole of this visit.',
    'no-such-equipment': 'The clinic has no equipment of the kind this visit needs. A manager adds it.',
    'no-such-type': 'This kind of appointment cannot be booked here.',
    'no-such-person': 'Choose a person.',
    'no-such-plan': 'This plan is not this person’s.',
    'session-booked': 'This session was booked in the meantime. Reload the page to see it.',
    'no-such-session': 'The sessions of this form do not fit the plan. Reload the page and try again.',
    'already-over': 'This visit is over and stays as it is.',
    'already-dosed': 'A dose was given in this visit: it stays as it is.',
    'session-open':
      'The session of this visit is open at the bedside. End it there without a dose; then the visit can be cancelled and its session booked anew.',
    'session-ended':
      'The session of this visit has ended without a dose, so it is not moved. Cancel the visit; then its session can be booked anew.',
    'changed-meanwhile': changedWords(detail, timeZone),
    cancelled: 'This visit was cancelled in the meantime.',
    'not-allowed': 'You do not have the right to change the diary.',
  }
  return words[refusal.reason] ?? 'This was refused. Reload the page and try again.'
}

/** The same with the session it is about (0 when it is about none). */
export function diaryRefusalWords(
  refusal: Refusal,
  timeZone: string,
): { readonly sessionNumber: number; readonly words: string } {
  const { sessionNumber } = (refusal.detail ?? {}) as { readonly sessionNumber?: number }
  return { sessionNumber: sessionNumber ?? 0, words: refusalWords(refusal, timeZone) }
}
