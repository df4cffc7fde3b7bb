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
    'You see these figures without treating people here, so they are coarser.',
    `They stand as of ${dateInWords(asOf)}, the end of a month: whatever was told, entered or corrected later is not in them, and they move on only when at least ${SMALLEST_SHOWN} more people have had a first dose and the month has ended. Until then they stay the same. When they have moved on, somebody who kept the earlier ones can still subtract what changed for everybody together.`,
    'Everybody stands together, without a choice of a period and without quarters. Curves stand at fixed days only, between which nobody or at least ten people had the event or stopped being followed, without median and mean days.',
    'Shares stand only where each count in them is ten or more, means and quartiles only where no one person could be worked out from them, and then rounded; what is rounded says so.',
  ].join(' ')
}
