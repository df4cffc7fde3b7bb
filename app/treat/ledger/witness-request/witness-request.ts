import type { Id } from '../../../platform/ids.ts'
import { type Instant, MINUTE_MS, msBetween } from '../../../platform/time.ts'

export type WitnessRequestId = Id<'witness-request'>
export type WitnessAnswerId = Id<'witness-answer'>

/** How long a request may be signed after it was made: a design default [D], no law says it. */
export const REQUEST_MS = 10 * MINUTE_MS

/** What a witness can be asked for on their own device. */
export type WitnessedActKind = 'take-out' | 'receive' | 'waste-back' | 'close-discrepancy'

/** A request as it was made; it never changes. */
export type WitnessRequest = {
  readonly id: WitnessRequestId
  readonly act: WitnessedActKind
  /** Under which key the act is recorded, once it is. */
  readonly actKey: string
  /** 1 for the first time this act is asked for, then one more each time. */
  readonly round: number
  /** JSON of what the act is asked with. */
  readonly input: string
  /** Word for word what the witness reads. */
  readonly words: string
  /** Of words and input together; 64 hexadecimal digits. */
  readonly digest: string
  readonly askedAt: Instant
  readonly expiresAt: Instant
  readonly askedBy: string
}

/** The one answer that ends a request. Of `refused` the reason is a code, of `declined` the witness's own words. */
export type WitnessAnswer = {
  readonly id: WitnessAnswerId
  readonly requestId: WitnessRequestId
  readonly kind: 'signed' | 'declined' | 'withdrawn' | 'refused'
  readonly reason?: string
  readonly at: Instant
  readonly by: string
}

export type RequestState =
  | { readonly is: 'waiting'; readonly ageMs: number }
  | { readonly is: WitnessAnswer['kind']; readonly answer: WitnessAnswer }
  /** Signed on the asker's own device while the request still stood open. */
  | { readonly is: 'recorded' }
  | { readonly is: 'run-out' }
  /** The server's clock stands before the time at which it was asked. */
  | { readonly is: 'clock-behind' }

/**
 * Where a request stands. An answer counts before everything, then that the act is on record by another way, then the clock.
 * Pure.
 *
 * @param recorded whether the act itself stands in the ledger
 */
export function requestState(
  request: Pick<WitnessRequest, 'askedAt' | 'expiresAt'>,
  answer: WitnessAnswer | undefined,
  recorded: boolean,
  at: Instant,
): RequestState {
  if (answer) return { is: answer.kind, answer }
  if (recorded) return { is: 'recorded' }
  if (at < request.askedAt) return { is: 'clock-behind' }
  if (at >= request.expiresAt) return { is: 'run-out' }
  return { is: 'waiting', ageMs: msBetween(request.askedAt, at) }
}

/** Why a request cannot be answered now; undefined while it waits. */
export function whyNotOpen({
  is,
}: RequestState): 'already-answered' | 'already-recorded' | 'request-over' | 'clock-behind' | undefined {
  switch (is) {
    case 'waiting':
      return undefined
    case 'recorded':
      return 'already-recorded'
    case 'run-out':
      return 'request-over'
    case 'clock-behind':
      return 'clock-behind'
    default:
      return 'already-answered'
  }
}

/** What a witness reads of an act, each part in words. */
export type ActParts = {
  /** "Waste", "Receive" */
  readonly verb: string
  /** "1.20 mL (12 mg)" */
  readonly amount: string
  /** "Ketamine hydrochloride 10 mg/mL, usable through Sun 31 Dec 2028" */
  readonly drug: string
  readonly lotNumber: string
  readonly from: string
  readonly to: string
  /** When it happened, if that was before it was asked. */
  readonly happened?: string
  /** What has to be looked at beside, such as that the label has to be read: a sentence each. */
  readonly remarks?: readonly string[]
  readonly reason: string
  readonly asker: string
  readonly asked: string
}

/**
 * The words somebody signs over, a sentence a line. A person is never named in them: the session stands for them.
 *
 * @example 'Waste 1.20 mL (12 mg).\nLot L1: Ketamine hydrochloride 10 mg/mL, usable through Sun 31 Dec 2028.\nFrom the safe into waste.\n…'
 */
export function actWords(parts: ActParts): string {
  const { verb, amount, lotNumber, drug, from, to, happened, asker, asked } = parts
  const reason = inOneLine(parts.reason)
  const remarks = parts.remarks ?? []
  return [
    `${verb} ${amount}.`,
    `Lot ${inOneLine(lotNumber)}: ${inOneLine(drug)}.`,
    `From ${inOneLine(from)} into ${to}.`,
    ...(happened ? [`It happened on ${happened}.`] : []),
    ...remarks.map(inOneLine),
    ...(reason ? [`Reason: ${reason.replace(/[.!?]$/, '')}.`] : []),
    `Asked by ${inOneLine(asker)}, ${asked}.`,
  ].join('\n')
}

/** What somebody typed never begins a line of its own among ours. */
function inOneLine(typed: string): string {
  return typed.replaceAll(/[\s\p{Cc}]+/gu, ' ').trim()
}
