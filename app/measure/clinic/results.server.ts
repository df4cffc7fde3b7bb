import type { ClinicProfile } from '../../platform/clinic-profile.ts'
import type { ReadNeeds } from '../../platform/command.server.ts'
import { dateInWords, localDateOf } from '../../platform/time.ts'
import { datasetOverview, eventCounts } from '../dataset/figure-queries.server.ts'
import { inventedWords } from '../invented-words.ts'
import { clinicFigure } from './clinic-figure.ts'

/** The clinic's own figures, with small counts withheld, as true as the stored courses: see `bringOutcomesUpToDate`. */
export async function clinicResults({ db, at, actor }: ReadNeeds, clinic: ClinicProfile) {
  const today = localDateOf(at, clinic.timeZone)
  const asked = { clinicId: actor.clinicId, today }
  const { people, invented, firstDoseFrom, firstDoseTo } = await datasetOverview(db, asked)
  return {
    figure: clinicFigure(await eventCounts(db, asked, 'time-to-first-use'), clinic.name),
    invented: inventedWords(
      invented === 0 ? 'none' : invented === people ? 'all' : 'some',
      clinic.demonstration,
    ),
    /** From the first to the last first session. */
    period:
      firstDoseFrom && firstDoseTo
        ? `First sessions from ${dateInWords(firstDoseFrom)} to ${dateInWords(firstDoseTo)}, seen on ${dateInWords(today)}.`
        : undefined,
    today,
  }
}
