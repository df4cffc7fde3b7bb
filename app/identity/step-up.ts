import type * as z from 'zod'
import type { Actor } from '../platform/actor.ts'
import { formProblem, type ParsedForm, parseForm } from '../platform/form.ts'
import type { AccountId } from '../platform/ids.ts'
import { type Instant, MINUTE_MS, msBetween } from '../platform/time.ts'

/** That the owner of an account gave their password or passkey again at this instant. Commands that sign ask for it. */
export type StepUp = { readonly accountId: AccountId; readonly at: Instant }

/** A signature follows its password within this time. */
const STEP_UP_MS = 2 * MINUTE_MS

/**
 * Whether somebody gave their password just before an instant. For a second person who is somebody else than the actor;
 * of the actor's own ask `isFreshStepUp`.
 *
 * @returns false also for one from the future: whatever made it, no password was given then
 */
export function isRecentStepUp(stepUp: StepUp, at: Instant): boolean {
  const since = msBetween(stepUp.at, at)
  return since >= 0 && since <= STEP_UP_MS
}

/** Whether the actor, and nobody else, gave their own password just before they sign at an instant. */
export function isFreshStepUp(stepUp: StepUp, actor: Actor, at: Instant): boolean {
  return actor.kind === 'member' && stepUp.accountId === actor.accountId && isRecentStepUp(stepUp, at)
}

/** Why somebody was not taken for the owner of an account. */
export type NotConfirmed =
  | { readonly reason: 'no-match' }
  | { readonly reason: 'slowed'; readonly waitMs: number }
  | { readonly reason: 'passkey-refused' }

/**
 * What a page says then.
 *
 * @param noMatch its own words for a password that does not fit
 */
export function notConfirmedWords(result: NotConfirmed, noMatch: string): string {
  switch (result.reason) {
    case 'slowed':
      return `Too many tries. Please wait ${Math.ceil(result.waitMs / 60_000)} minutes and try again.`
    case 'passkey-refused':
      return 'The passkey was not accepted for this. Use it again, or give the password. Nothing was signed.'
    case 'no-match':
      return noMatch
  }
}

/**
 * Checks a form that is signed: as `parseForm`, and besides that a password or the answer of a passkey came with it.
 *
 * @param ask.missing what to say when neither came
 * @param ask.second looks for what the second person gives, `secondPassword` or `secondPasskey`
 */
export function parseSignedForm<Schema extends z.ZodType>(
  schema: Schema,
  form: FormData,
  ask: { readonly missing?: string; readonly second?: boolean } = {},
): ParsedForm<z.infer<Schema>> {
  const parsed = parseForm(schema, form)
  const [password, passkey] = ask.second ? ['secondPassword', 'secondPasskey'] : ['password', 'passkey']
  if (form.get(password!) || form.get(passkey!)) return parsed
  const missing = ask.missing ?? 'Enter your password to sign, or use a passkey.'
  return {
    ok: false,
    answer: formProblem(form, { ...(parsed.ok ? {} : parsed.answer.errors), [password!]: missing }),
  }
}
