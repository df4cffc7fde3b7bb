import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import { type Command, runCommand, runQuery } from '../platform/command.server.ts'
import { done } from '../platform/outcome.ts'
import type { PageArgs } from '../platform/page.server.ts'
import { addMs, DAY_MS, type Instant, instantFromMs, toMs } from '../platform/time.ts'
import { readForm } from './ask-access.ts'
import { formKey, insertFormKey } from './link-queries.server.ts'

/**
 * The proof of patience: the first page of the form carries the moment at which it was opened, signed by the server for the
 * secret that the same page offers. A person's browser sends it back by itself, without script and without a third party; what
 * posts a form that it never opened has none, and what posts at once shows it.
 *
 * @param token the secret that the page offers; a signature is worth nothing with another one
 * @example signedOpening(key, token, at) // 'mi3k2a9c.x7…'
 */
export function signedOpening(key: string, token: string, at: Instant): string {
  const moment = toMs(at).toString(36)
  return `${moment}.${signatureOf(key, token, moment)}`
}

/** How old an opening may be: a tab left open for days counts. Keeping one for reuse gains nothing, its secret begins one form. */
const OLDEST_MS = 14 * DAY_MS

/**
 * When a form was opened.
 *
 * @returns undefined when the signature is missing, is another's, or is from the future or too old
 */
export function readOpening(key: string, token: string, opening: unknown, at: Instant): Instant | undefined {
  const [, moment, signature] =
    (typeof opening === 'string' && /^([0-9a-z]{1,12})\.([\w-]{43})$/.exec(opening)) || []
  if (moment === undefined || signature === undefined) return undefined
  if (!timingSafeEqual(Buffer.from(signature), Buffer.from(signatureOf(key, token, moment)))) return undefined
  const opened = instantFromMs(Number.parseInt(moment, 36))
  return opened <= at && opened > addMs(at, -OLDEST_MS) ? opened : undefined
}

function signatureOf(key: string, token: string, moment: string): string {
  return createHmac('sha256', key).update(`${moment} ${token}`).digest('base64url')
}

/** Makes the key of a clinic's form, once. */
const makeFormKey: Command<Record<never, never>, undefined, never> = {
  action: readForm,
  async run({ db, at, actor }) {
    await insertFormKey(db, actor.clinicId, { signingKey: randomBytes(32).toString('base64url'), at })
    return done(undefined)
  },
}

/** The key with which a clinic signs openings; made when there is none yet. */
export async function keyOfForm({
  services,
  actor,
  clinic,
}: Pick<PageArgs, 'services' | 'actor' | 'clinic'>): Promise<string> {
  const look = () => runQuery(services, actor, ({ db }) => formKey(db, clinic.id))
  const key = await look()
  if (key !== undefined) return key
  await runCommand(services, actor, makeFormKey, {})
  const made = await look()
  // An empty key would sign, too, and anybody could sign with it.
  if (made === undefined) throw new Error('the key of the form was made and is not there')
  return made
}
