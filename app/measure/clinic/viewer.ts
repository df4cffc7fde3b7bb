import { type Actor, hasRole } from '../../platform/actor.ts'

/**
 * Whether somebody gets the strict figures. Who treats people here may open their records anyway; everybody else (a
 * manager, a researcher, and whoever is not a member) must not learn of single people from figures about many.
 *
 * The one switch: pages, downloads and the curve beside an outside cohort all ask here. Whoever also treats sees the
 * team's view.
 */
export function seesStrictFigures(actor: Actor): boolean {
  return !hasRole(actor, 'prescriber', 'nurse', 'therapist')
}

/** Whether clinicians stand by name: for the manager only. */
export function knowsClinicians(actor: Actor): boolean {
  return hasRole(actor, 'manager')
}

/** Said on every page of strict figures, instead of the choice of a period. */
export const STRICT_WORDS =
  'You see these figures without treating people here, so they are coarser: everybody together, no choice of a period and no quarters, since two overlapping choices tell by subtraction of the few in whom they differ. ' +
  'Curves stand at fixed days only, between which nobody or at least ten people had the event or stopped being followed, without median and mean days; shares of people stand only where each count in them is ten or more.'
