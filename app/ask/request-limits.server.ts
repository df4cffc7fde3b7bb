import type { Kysely } from 'kysely'
import type { Needs } from '../platform/command.server.ts'
import type { PageArgs } from '../platform/page.server.ts'
import { countTry, type RateRule, uncountTry } from '../platform/rate-limit.server.ts'
import { DAY_MS, HOUR_MS } from '../platform/time.ts'
import { emailKey, isUrgent, phoneKey, type RequestAnswers, readReference } from './request.ts'

/** A house, a shelter or a library shares one address: these stop floods, not neighbours. */
const BEGIN_PER_ADDRESS: RateRule = { windowMs: HOUR_MS, most: 30 }
const SEND_PER_ADDRESS: RateRule = { windowMs: HOUR_MS, most: 12 }
/** Somebody who says they are in danger is stopped much later. */
const SEND_URGENT_PER_ADDRESS: RateRule = { windowMs: HOUR_MS, most: 40 }
const SEND_PER_CONTACT: RateRule = { windowMs: DAY_MS, most: 3 }

type Sender = Pick<PageArgs, 'services' | 'clinic' | 'address'>

/** Counts the beginning of a form. @returns milliseconds to wait, 0 when it may begin */
export function countBeginning({ services, clinic, address }: Sender): Promise<number> {
  const key = `request begin ${clinic.id} ${address}`
  return countTry(services.db, key, BEGIN_PER_ADDRESS, services.clock.now())
}

/**
 * Part of a command: counts the sending of a form, by address and, unless it is urgent, by the contact given. The caller holds the
 * lock of the form, so that one pressed four times counts once; what is refused is rolled back with its command and counts nothing.
 *
 * @param address network address of the sender
 * @returns which limit was reached; undefined when it may be sent
 */
export async function countSending(
  { db, at, actor }: Pick<Needs, 'db' | 'at' | 'actor'>,
  address: string,
  answers: RequestAnswers,
): Promise<'address' | 'contact' | undefined> {
  const { clinicId } = actor
  const urgent = isUrgent(answers.safety)
  const tooMany = async (key: string, rule: RateRule) =>
    (await countTry(db as unknown as Kysely<never>, key, rule, at)) > 0
  const ofAddress = `request send ${urgent ? 'urgent ' : ''}${clinicId} ${address}`
  if (await tooMany(ofAddress, urgent ? SEND_URGENT_PER_ADDRESS : SEND_PER_ADDRESS)) return 'address'
  if (urgent) return undefined
  for (const contact of [emailKey(answers.email), phoneKey(answers.phone)]) {
    if (contact && (await tooMany(`request contact ${clinicId} ${contact}`, SEND_PER_CONTACT)))
      return 'contact'
  }
  return undefined
}

const LOOK_PER_ADDRESS: RateRule = { windowMs: HOUR_MS, most: 12 }
const LOOK_PER_REFERENCE: RateRule = { windowMs: HOUR_MS, most: 6 }

const lookKeys = ({ clinic, address }: Pick<Sender, 'clinic' | 'address'>, reference: string) =>
  [
    [`request look ${clinic.id} ${address}`, LOOK_PER_ADDRESS],
    [`request look at ${clinic.id} ${readReference(reference)}`, LOOK_PER_REFERENCE],
  ] as const

/**
 * Counts a try to see the state of a request by its reference, whether there is one or not. An address that is stopped counts
 * against no reference any more, so that it cannot shut others out.
 *
 * @param reference as typed
 * @returns milliseconds to wait, 0 when it may be looked for
 */
export async function countLooking(sender: Sender, reference: string): Promise<number> {
  const at = sender.services.clock.now()
  for (const [key, rule] of lookKeys(sender, reference)) {
    const wait = await countTry(sender.services.db, key, rule, at)
    if (wait > 0) return wait
  }
  return 0
}

/** Takes a try back that found its request: who knows the answer guesses nothing. */
export async function uncountLooking(sender: Sender, reference: string): Promise<void> {
  for (const [key] of lookKeys(sender, reference)) await uncountTry(sender.services.db, key)
}
