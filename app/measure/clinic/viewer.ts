import { type Actor, hasRole } from '../../platform/actor.ts'
import { SMALLEST_SHOWN } from '../../platform/disclosure.ts'
import { dateInWords, type LocalDate } from '../../platform/time.ts'

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
export function strictWords(asOf: LocalDate): string {
  return [
    `You see these figures without treating people here, so they are coarser and stand as of ${dateInWords(asOf)}: what was told, entered or corrected later is not in them.`,
    `They stay the same until a month has ended and at least ${SMALLEST_SHOWN} more people have had a first dose, or a definition changes; somebody who keeps them can then still subtract what changed for everybody together.`,
    'Means and quartiles are rounded. What is withheld, and why, stands on each page of figures under “What is withheld”.',
  ].join(' ')
}
