import { submitCheckIn } from '../../app/follow-up/index.server.ts'
import type { Member } from '../../app/platform/actor.ts'
import { runCommand } from '../../app/platform/command.server.ts'
import type { PersonId } from '../../app/platform/ids.ts'
import { addDays, parseLocalDate } from '../../app/platform/time.ts'
import { giveDose } from './dosed-person.ts'
import { anId, makePerson, must, type TestClinic, type TestDatabase } from './test-clinic.ts'

/** The middle of a day, so many days after another. */
export const onDay = (day: string, after = 0) => `${addDays(parseLocalDate(day), after)}T15:00:00.000Z`

export type TreatedPerson = { readonly personId: PersonId; readonly patient: Member }

/** So many people with a first session on a day, who answer once: so many days after, yes or no. Leaves the clock there. */
export async function treatPeople(
  t: TestDatabase,
  clinic: TestClinic,
  people: number,
  firstDose: string,
  answer: { readonly day: number; readonly used: 'yes' | 'no' },
): Promise<TreatedPerson[]> {
  t.clock.set(onDay(firstDose))
  const treated: TreatedPerson[] = []
  for (let i = 0; i < people; i++) {
    const { personId, patient } = await makePerson(
      t.services,
      clinic,
      `Person ${firstDose} ${answer.day} ${i}`,
    )
    await giveDose(t, clinic, personId, onDay(firstDose))
    treated.push({ personId, patient })
  }
  t.clock.set(onDay(firstDose, answer.day))
  for (const { patient } of treated) await checkIn(t, patient, answer.used)
  return treated
}

/** One check-in now. */
export async function checkIn(t: TestDatabase, patient: Member, used: 'yes' | 'no'): Promise<void> {
  const answers = { craving0to10: 4, used, substances: [], mood0to10: 4, words: null }
  await must(runCommand(t.services, patient, submitCheckIn, { key: anId<'check-in'>(t.services), answers }))
}
