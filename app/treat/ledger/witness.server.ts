import { members } from '../../identity/index.server.ts'
import { isRecentStepUp, type StepUp } from '../../identity/index.ts'
import type { Role } from '../../platform/actor.ts'
import type { Needs } from '../../platform/command.server.ts'
import { accountOf } from '../session/recorder.ts'

/** Who may witness what is done with a controlled substance. */
export const WITNESS_ROLES: readonly Role[] = ['nurse', 'prescriber', 'manager']

/** Why somebody cannot be the witness. */
export const WITNESS_REFUSALS = [
  'witness-missing',
  'witness-is-yourself',
  'witness-not-confirmed',
  'witness-without-right',
] as const
export type WitnessRefusal = (typeof WITNESS_REFUSALS)[number]

/**
 * Whether a second person has proved who they are just now, is somebody else, works here and may witness.
 *
 * @param witness what their own password or passkey gave; undefined when nobody witnessed
 * @param required whether the clinic asks for one
 */
export async function checkWitness(
  { db, at, actor }: Pick<Needs, 'db' | 'at' | 'actor'>,
  witness: StepUp | undefined,
  required: boolean,
): Promise<
  | { readonly ok: true; readonly witness: string | undefined }
  | { readonly ok: false; readonly reason: WitnessRefusal }
> {
  if (!witness) return required ? { ok: false, reason: 'witness-missing' } : { ok: true, witness: undefined }
  if (witness.accountId === accountOf(actor)) return { ok: false, reason: 'witness-is-yourself' }
  if (!isRecentStepUp(witness, at)) return { ok: false, reason: 'witness-not-confirmed' }
  const allowed = await members(db, actor.clinicId, WITNESS_ROLES)
  return allowed.some(({ accountId }) => accountId === witness.accountId)
    ? { ok: true, witness: witness.accountId }
    : { ok: false, reason: 'witness-without-right' }
}
