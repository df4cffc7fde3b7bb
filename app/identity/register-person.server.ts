import type { Needs } from '../platform/command.server.ts'
import type { PersonId } from '../platform/ids.ts'
import { addMs, DAY_MS, type LocalDate } from '../platform/time.ts'
import {
  insertAccessLinks,
  insertPerson,
  personById,
  revokeAccessLinks,
  updatePersonBasics,
} from './identity-queries.server.ts'
import type { Contact, Person, Sex } from './person.ts'
import { newSecretToken } from './secret-token.server.ts'

export type NewPerson = {
  /** Chosen by the caller, so that repeating the command makes no second person. */
  readonly id: PersonId
  readonly displayName: string
  readonly contact: Contact
  readonly birthDate?: LocalDate | undefined
  readonly sex?: Sex | undefined
  readonly synthetic: boolean
}

/** Part of a command of another slice: makes the record of somebody who will be assessed. */
export async function registerPerson(
  { db, at, actor, audit, tell }: Pick<Needs, 'db' | 'at' | 'actor' | 'audit' | 'tell'>,
  person: NewPerson,
): Promise<Person> {
  const record: Person = {
    id: person.id,
    displayName: person.displayName,
    birthDate: person.birthDate,
    sex: person.sex,
    contact: person.contact,
    synthetic: person.synthetic,
    createdAt: at,
  }
  if (await insertPerson(db, actor.clinicId, record)) {
    audit.write('identity.register-person', { personId: person.id, object: 'person', objectId: person.id })
    tell('person.registered', { personId: person.id })
    return record
  }
  return (await personById(db, actor.clinicId, person.id)) ?? record
}

/** Part of a command: what became known about the person's birth date and sex. */
export async function recordPersonBasics(
  { db, actor, audit }: Pick<Needs, 'db' | 'actor' | 'audit'>,
  personId: PersonId,
  basics: { readonly birthDate: LocalDate | undefined; readonly sex: Sex | undefined },
): Promise<void> {
  await updatePersonBasics(db, actor.clinicId, personId, basics)
  audit.write('identity.record-basics', { personId, object: 'person', objectId: personId })
}

/**
 * Part of a command: a secret link for one purpose ("intake", "check-in"), valid for a number of days.
 *
 * @returns the token to put into the address; it cannot be read back from the database
 */
export async function makeAccessLink(needs: LinkNeeds, link: NewLink): Promise<string> {
  return (await makeAccessLinks(needs, [link]))[0]!
}

/** Part of a command: ends a person's links for one purpose; whoever holds one opens nothing with it any more. */
export async function endAccessLinks(
  { db, at, actor, audit }: LinkNeeds,
  personId: PersonId,
  purpose: string,
): Promise<void> {
  for (const id of await revokeAccessLinks(db, actor.clinicId, personId, purpose, at))
    audit.write('identity.end-link', { personId, object: 'access-link', objectId: id, detail: { purpose } })
}

type LinkNeeds = Pick<Needs, 'db' | 'at' | 'ids' | 'actor' | 'audit'>
type NewLink = { readonly personId: PersonId; readonly purpose: string; readonly validDays: number }

/** Part of a command: several links as of `makeAccessLink`, in one statement. @returns their tokens, in their order */
export async function makeAccessLinks(
  { db, at, ids, actor, audit }: LinkNeeds,
  links: readonly NewLink[],
): Promise<string[]> {
  const made = links.map((link) => ({
    ...link,
    ...newSecretToken(actor.clinicId),
    id: ids.next<'access-link'>(),
  }))
  await insertAccessLinks(
    db,
    made.map(({ id, hash, purpose, personId, validDays }) => ({
      clinicId: actor.clinicId,
      id,
      tokenHash: hash,
      purpose,
      personId,
      at,
      expiresAt: addMs(at, validDays * DAY_MS),
    })),
  )
  for (const { id, personId, purpose } of made) {
    audit.write('identity.make-link', {
      personId,
      object: 'access-link',
      objectId: id,
      detail: { purpose },
    })
  }
  return made.map(({ token }) => token)
}
