import { clinicById } from '../../identity/index.server.ts'
import type { Read } from '../../platform/database.server.ts'
import type { ClinicId, PersonId } from '../../platform/ids.ts'
import { type Instant, localDateOf } from '../../platform/time.ts'
import { factsOfPerson } from '../assess-queries.server.ts'
import type { ObservedFact } from '../eligibility/decision-of.server.ts'
import type { Fact } from '../fact.ts'
import { standingTests } from '../lab-tests/lab-test.ts'
import { labTestsOfPerson } from '../lab-tests/lab-test-queries.server.ts'
import { type Interaction, interactionsOf, isSetAside, type Surroundings } from './interaction.ts'
import { INTERACTION_RULES } from './interaction-rules.ts'
import {
  type MedicineHold,
  type MedicineNotice,
  medicineHolds,
  medicineNotices,
} from './interaction-words.ts'
import { type MedicineList, medicineList } from './medicine.ts'
import { medicineEntriesOf, overridesOfDay, type SignedOverride } from './medicine-queries.server.ts'
import { opioidScreenOf } from './opioid-screen.ts'

/** What was seen at the bedside and is no fact of its own. */
export type ObservedToday = {
  readonly facts?: readonly ObservedFact[]
  readonly alertness?: Surroundings['alertness']
}

export type InteractionPicture = {
  readonly list: MedicineList
  readonly interactions: readonly (Interaction & { readonly setAside: SignedOverride | undefined })[]
}

/** A person's medicines and what each rule of interaction says of them at an instant. */
export async function interactionsOfPerson(
  db: Read,
  clinicId: ClinicId,
  personId: PersonId,
  at: Instant,
  observed: ObservedToday = {},
): Promise<InteractionPicture> {
  const timeZone = (await clinicById(db, clinicId))?.timeZone ?? 'UTC'
  const list = medicineList(await medicineEntriesOf(db, clinicId, [personId]))
  const { standing } = standingTests(await labTestsOfPerson(db, clinicId, personId))
  const seen = (observed.facts ?? []).map(
    (each, i): Fact => ({
      ...each,
      id: `observed-${i}` as Fact['id'],
      personId,
      recordedAt: each.observedAt,
      source: 'measured-here',
      recordedBy: 'bedside',
    }),
  )
  const stored = await factsOfPerson(db, clinicId, personId, [
    'spo2-percent',
    'stimulant-last-24-h',
    'intoxicated-now',
  ])
  const overrides = await overridesOfDay(db, clinicId, personId, localDateOf(at, timeZone))
  const around: Surroundings = {
    facts: [...stored, ...seen],
    ...(observed.alertness ? { alertness: observed.alertness } : {}),
    opioidScreen: opioidScreenOf(standing, at),
  }
  return {
    list,
    interactions: interactionsOf(INTERACTION_RULES, list, around, at).map((each) => ({
      ...each,
      setAside: overrides.findLast((one) => isSetAside(each, list, [one])),
    })),
  }
}

/** What a dosing day needs to know of a person's medicines: what holds a dose, and what is to be said. */
export async function medicinesBeforeDose(
  db: Read,
  clinicId: ClinicId,
  personId: PersonId,
  at: Instant,
  observed: ObservedToday = {},
): Promise<{ readonly holds: readonly MedicineHold[]; readonly notices: readonly MedicineNotice[] }> {
  const picture = await interactionsOfPerson(db, clinicId, personId, at, observed)
  return { holds: medicineHolds(picture, at), notices: medicineNotices(picture, at) }
}
