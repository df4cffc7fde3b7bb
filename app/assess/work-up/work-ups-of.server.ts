import type { Read } from '../../platform/database.server.ts'
import type { ClinicId, PersonId } from '../../platform/ids.ts'
import type { Instant } from '../../platform/time.ts'
import { assessmentsOfPerson, factsOfPeople, responsesOfPeople } from '../assess-queries.server.ts'
import type { Assessment } from '../assessment.ts'
import { intakePlans } from '../forms/form-plan-queries.server.ts'
import { standingTests } from '../lab-tests/lab-test.ts'
import { exposuresOfPeople, labTestsOfPeople } from '../lab-tests/lab-test-queries.server.ts'
import { medicineList } from '../medicines/medicine.ts'
import { medicineEntriesOf } from '../medicines/medicine-queries.server.ts'
import { type WorkUpKnown, type WorkUpResult, workUpOf } from './work-up.ts'
import { WORK_UP_ITEMS } from './work-up-items.ts'
import { workUpEntriesOf } from './work-up-queries.server.ts'

export type PersonWorkUp = {
  readonly assessment: Assessment
  readonly known: WorkUpKnown
  readonly results: readonly WorkUpResult[]
}

const INSTRUMENTS = WORK_UP_ITEMS.flatMap(({ doneBy }) => doneBy.instruments ?? [])

/**
 * The work-up of several people, each counted from the assessment given for them, in a handful of queries however many
 * people there are.
 */
export async function workUpsOf(
  db: Read,
  clinicId: ClinicId,
  assessments: readonly Assessment[],
  at: Instant,
): Promise<PersonWorkUp[]> {
  const people = assessments.map(({ personId }) => personId)
  const by = <Row extends { readonly personId: PersonId }>(rows: readonly Row[]) =>
    Map.groupBy(rows, ({ personId }) => personId)
  const facts = by(await factsOfPeople(db, clinicId, people))
  const tests = by(await labTestsOfPeople(db, clinicId, people))
  const doses = by(await exposuresOfPeople(db, clinicId, people))
  const responses = by(await responsesOfPeople(db, clinicId, people, INSTRUMENTS))
  const medicines = by(await medicineEntriesOf(db, clinicId, people))
  const entries = by(await workUpEntriesOf(db, clinicId, people))
  const plans = await intakePlans(
    db,
    clinicId,
    assessments.map(({ id }) => id),
  )
  return assessments.map((assessment) => {
    const { personId } = assessment
    const known: WorkUpKnown = {
      openedAt: assessment.openedAt,
      track: plans.get(assessment.id)?.track,
      facts: facts.get(personId) ?? [],
      tests: standingTests(tests.get(personId) ?? []).standing,
      responses: responses.get(personId) ?? [],
      medicines: medicineList(medicines.get(personId) ?? []),
      entries: entries.get(personId) ?? [],
      doses: (doses.get(personId) ?? []).map(({ dosedAt }) => dosedAt),
    }
    return { assessment, known, results: workUpOf(WORK_UP_ITEMS, known, at) }
  })
}

/** The work-up of one person, counted from their newest assessment; undefined for somebody who has none. */
export async function workUpOfPerson(
  db: Read,
  clinicId: ClinicId,
  personId: PersonId,
  at: Instant,
): Promise<PersonWorkUp | undefined> {
  const newest = (await assessmentsOfPerson(db, clinicId, personId))[0]
  return newest && (await workUpsOf(db, clinicId, [newest], at))[0]
}
