import type { ClinicProfile } from '../platform/clinic-profile.ts'
import type { ReadNeeds } from '../platform/command.server.ts'
import { dateInWords } from '../platform/time.ts'
import { shownSharesAtDay90, statesAtDay90 } from './abstinence-at-day-90.ts'
import { clinicFigure } from './clinic-figure.ts'
import { inventedWords } from './invented-words.ts'
import { outcomeFacts } from './outcome-facts.server.ts'
import { timeToFirstUse } from './time-to-first-use.ts'

/** The clinic's own figures, with small counts withheld. */
export async function clinicResults(needs: ReadNeeds, clinic: ClinicProfile) {
  const facts = await outcomeFacts(needs, clinic.timeZone)
  const firstDays = facts.firstDoses.map(({ day }) => day).sort()
  return {
    figure: clinicFigure(timeToFirstUse(facts), clinic.name),
    invented: inventedWords(facts.synthetic, clinic.demonstration),
    /** From the first to the last first session. */
    period:
      firstDays.length > 0
        ? `First sessions from ${dateInWords(firstDays[0]!)} to ${dateInWords(firstDays.at(-1)!)}, seen on ${dateInWords(facts.today)}.`
        : undefined,
    today: facts.today,
    day90: shownSharesAtDay90(statesAtDay90(facts)),
  }
}
