import { checkInsOfClinic } from '../follow-up/index.server.ts'
import { people } from '../identity/index.server.ts'
import type { ReadNeeds } from '../platform/command.server.ts'
import { localDateOf } from '../platform/time.ts'
import { firstDoses } from '../treat/index.server.ts'
import type { OutcomeFacts } from './time-to-first-use.ts'

/** What the clinic's figures are made of, in the clinic's days, and whether any of it is invented. */
export async function outcomeFacts(
  { db, at, actor }: ReadNeeds,
  timeZone: string,
): Promise<OutcomeFacts & { readonly synthetic: 'all' | 'some' | 'none' }> {
  const doses = await firstDoses(db, actor.clinicId)
  const known = new Map((await people(db, actor.clinicId)).map((person) => [person.id, person.synthetic]))
  const invented = doses.filter(({ personId }) => known.get(personId)).length
  return {
    today: localDateOf(at, timeZone),
    firstDoses: doses.map(({ personId, at: dosedAt }) => ({ personId, day: localDateOf(dosedAt, timeZone) })),
    checkIns: await checkInsOfClinic(db, actor.clinicId),
    synthetic: invented === 0 ? 'none' : invented === doses.length ? 'all' : 'some',
  }
}
