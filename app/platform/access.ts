import { type Actor, hasRole, type Role } from './actor.ts'

/**
 * One thing that can be done, declared once, with who may do it. Each route declares exactly one action per
 * thing it does; the access matrix test walks them all. Rules look only at the actor; that the record belongs
 * to the actor's clinic is held by row-level security and by `clinic_id = $1` in every query, and that it
 * belongs to the actor's own person by the query's filter.
 */
export type Action = { readonly id: string; readonly rules: readonly Rule[] }

export type Rule = { readonly says: string; readonly allows: (actor: Actor) => boolean }

/**
 * @example export const acceptRequest = action('request.accept', role('coordinator'))
 */
export function action(id: string, ...rules: readonly Rule[]): Action {
  return { id, rules }
}

export function mayDo(actor: Actor, wanted: Action): boolean {
  return wanted.rules.some((rule) => rule.allows(actor))
}

export const anyone: Rule = { says: 'anyone', allows: () => true }

export function role(...roles: readonly Role[]): Rule {
  return { says: roles.join(' or '), allows: (actor) => hasRole(actor, ...roles) }
}

/** Everybody who works with people treated here. A researcher sees figures over many people and nobody in particular. */
export const anyStaff: Rule = role('coordinator', 'prescriber', 'nurse', 'therapist', 'manager')

/** The bearer of a secret link made for this purpose. */
export function linkFor(purpose: string): Rule {
  return {
    says: `link for ${purpose}`,
    allows: (actor) => actor.kind === 'link' && actor.purpose === purpose,
  }
}

export const theSystem: Rule = { says: 'the system', allows: (actor) => actor.kind === 'system' }
