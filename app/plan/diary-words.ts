import { type Instant, momentInWords } from '../platform/time.ts'
import type { TakenDetail } from './book-series.server.ts'
import type { Resource } from './diary.ts'
import type { Protocol } from './protocol.ts'

const RESOURCE_WORDS: Readonly<Record<Resource, string>> = {
  patient: 'the person has another visit',
  chair: 'the chair is taken',
  nurse: 'the nurse is with somebody else',
}

/** "The chair is taken and the nurse is with somebody else." */
export function takenWords(resources: readonly Resource[]): string {
  const text = resources.map((r) => RESOURCE_WORDS[r]).join(' and ')
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`
}

/** "Free next: Mon 23 Nov 2026, 12:15; …" with the same chair and nurse. */
export function nextFreeWords(nextFree: readonly Instant[], timeZone: string): string {
  return nextFree.length === 0
    ? 'Nothing is free with this chair and nurse in the next four weeks.'
    : `Free next with the same chair and nurse: ${nextFree.map((at) => momentInWords(at, timeZone)).join('; ')}.`
}

/** A refusal of the diary in words, with the session it is about (0 when it is about none). */
export function diaryRefusalWords(
  refusal: { readonly reason: string; readonly detail?: unknown },
  protocol: Protocol,
  timeZone: string,
): { readonly sessionNumber: number; readonly words: string } {
  const detail = (refusal.detail ?? {}) as Partial<TakenDetail> & { readonly days?: number }
  const sessionNumber = detail.sessionNumber ?? 0
  const { earliestDays, latestDays } = protocol.spacing
  const words: Readonly<Record<string, string>> = {
    taken: `${takenWords(detail.resources ?? [])} ${nextFreeWords(detail.nextFree ?? [], timeZone)}`,
    spacing: `This is ${Math.abs(detail.days ?? 0)} days after the session before; the protocol allows ${earliestDays} to ${latestDays}.`,
    'clinic-closed': 'The clinic is closed for all or part of this visit. Choose another time.',
    'in-the-past': 'This time has passed. Choose a later one.',
    'no-such-chair': 'Choose a chair.',
    'no-such-nurse': 'Choose a nurse.',
    'session-booked': 'This session was booked in the meantime. Reload the page to see it.',
    'no-such-session': 'The sessions of this form do not fit the plan. Reload the page and try again.',
    'already-over': 'This visit is over and stays as it is.',
    cancelled: 'This visit was cancelled in the meantime.',
    'not-allowed': 'You do not have the right to change the diary.',
  }
  return { sessionNumber, words: words[refusal.reason] ?? 'This was refused. Reload the page and try again.' }
}
