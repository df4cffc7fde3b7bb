import type { ResponseStamp } from '@evenkeel/questionnaires'
import { type Read, reader, type Write, writer } from '../platform/database.server.ts'
import type { AccountId, ClinicId, Id, PersonId } from '../platform/ids.ts'
import type { Instant, LocalDate } from '../platform/time.ts'
import type { CheckIn, CheckInAnswers, CheckInId, Used } from './check-in.ts'

/** The only file that names follow-up's tables. */
type FollowUpTables = {
  check_in: {
    clinic_id: ClinicId
    id: CheckInId
    person_id: PersonId
    for_date: LocalDate
    version: number
    submitted_at: Instant
    by_link: boolean
    craving_0_to_10: number | null
    used: Used
    substances: string[]
    mood_0_to_10: number | null
    words: string | null
    craving_stamp: ResponseStamp
  }
  check_in_invitation: {
    clinic_id: ClinicId
    person_id: PersonId
    for_date: LocalDate
    invited_at: Instant
    by_mail: boolean
  }
  check_in_choice: {
    clinic_id: ClinicId
    id: Id<'check-in-choice'>
    person_id: PersonId
    chosen_at: Instant
    choice: 'stop' | 'go-on'
    by_staff: boolean
  }
  check_in_contact: {
    clinic_id: ClinicId
    id: Id<'check-in-contact'>
    person_id: PersonId
    contacted_at: Instant
    account_id: AccountId
    outcome: ContactOutcome
  }
}

export type ContactOutcome = 'reached' | 'message-left' | 'not-reached'

const read = (db: Read) => reader<FollowUpTables>(db)
const write = (db: Write) => writer<FollowUpTables>(db)

// Check-ins

type StoredCheckIn = CheckIn & { readonly personId: PersonId }

function toCheckIn(row: FollowUpTables['check_in'], supersededBy?: CheckInId): StoredCheckIn {
  return {
    id: row.id,
    personId: row.person_id,
    forDate: row.for_date,
    submittedAt: row.submitted_at,
    craving0to10: row.craving_0_to_10,
    used: row.used,
    substances: row.substances,
    mood0to10: row.mood_0_to_10,
    words: row.words,
    cravingStamp: row.craving_stamp,
    ...(supersededBy ? { supersededBy } : {}),
  }
}

/** Every entry of a person, oldest first; one that a later entry of the same day replaced says by which. */
export async function checkInsOfPerson(
  db: Read,
  clinicId: ClinicId,
  personId: PersonId,
): Promise<StoredCheckIn[]> {
  const rows = await read(db)
    .selectFrom('check_in')
    .selectAll()
    .where('clinic_id', '=', clinicId)
    .where('person_id', '=', personId)
    .orderBy('for_date')
    .orderBy('version')
    .execute()
  return rows.map((row, at) => {
    const next = rows[at + 1]
    return toCheckIn(row, next?.for_date === row.for_date ? next.id : undefined)
  })
}

export async function checkInById(db: Read, clinicId: ClinicId, id: CheckInId) {
  const row = await read(db)
    .selectFrom('check_in')
    .selectAll()
    .where('clinic_id', '=', clinicId)
    .where('id', '=', id)
    .executeTakeFirst()
  return row && toCheckIn(row)
}

/** The entry of a day that counts, and its version. */
export async function checkInOfDay(db: Read, clinicId: ClinicId, personId: PersonId, day: LocalDate) {
  const row = await read(db)
    .selectFrom('check_in')
    .selectAll()
    .where('clinic_id', '=', clinicId)
    .where('person_id', '=', personId)
    .where('for_date', '=', day)
    .orderBy('version', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row && { checkIn: toCheckIn(row), version: row.version }
}

/** @returns false when somebody else wrote this version of the day, or this id exists */
export async function insertCheckIn(
  db: Write,
  clinicId: ClinicId,
  entry: CheckInAnswers & {
    id: CheckInId
    personId: PersonId
    forDate: LocalDate
    version: number
    at: Instant
    byLink: boolean
    cravingStamp: ResponseStamp
  },
): Promise<boolean> {
  const row = await write(db)
    .insertInto('check_in')
    .values({
      clinic_id: clinicId,
      id: entry.id,
      person_id: entry.personId,
      for_date: entry.forDate,
      version: entry.version,
      submitted_at: entry.at,
      by_link: entry.byLink,
      craving_0_to_10: entry.craving0to10,
      used: entry.used,
      substances: JSON.stringify(entry.substances) as never,
      mood_0_to_10: entry.mood0to10,
      words: entry.words,
      craving_stamp: entry.cravingStamp,
    })
    .onConflict((c) => c.doNothing())
    .returning('id')
    .executeTakeFirst()
  return row !== undefined
}

/** What counts of everybody's check-ins, by person and day; words stay with the person's own page. */
export type ClinicCheckIn = {
  readonly personId: PersonId
  readonly forDate: LocalDate
  readonly used: Used
  readonly craving0to10: number | null
}

export async function checkInsOfClinic(
  db: Read,
  clinicId: ClinicId,
  since?: LocalDate,
): Promise<ClinicCheckIn[]> {
  let query = read(db)
    .selectFrom('check_in')
    .select(['person_id', 'for_date', 'used', 'craving_0_to_10'])
    .distinctOn(['person_id', 'for_date'])
    .where('clinic_id', '=', clinicId)
    .orderBy('person_id')
    .orderBy('for_date')
    .orderBy('version', 'desc')
  if (since) query = query.where('for_date', '>=', since)
  return (await query.execute()).map((row) => ({
    personId: row.person_id,
    forDate: row.for_date,
    used: row.used,
    craving0to10: row.craving_0_to_10,
  }))
}

// Invitations

/** The newest day of which each person told something, of those who told anything since a day. */
export async function newestCheckInDays(
  db: Read,
  clinicId: ClinicId,
  since: LocalDate,
): Promise<ReadonlyMap<PersonId, LocalDate>> {
  const rows = await read(db)
    .selectFrom('check_in')
    .select(['person_id', (q) => q.fn.max<LocalDate>('for_date').as('newest')])
    .where('clinic_id', '=', clinicId)
    .where('for_date', '>=', since)
    .groupBy('person_id')
    .execute()
  return new Map(rows.map(({ person_id, newest }) => [person_id, newest]))
}

/** Days on which people were invited and since which they told nothing, by person, ascending; the day of the newest check-in is among them. */
export async function invitationsSinceAnswer(
  db: Read,
  clinicId: ClinicId,
  since: LocalDate,
): Promise<ReadonlyMap<PersonId, readonly LocalDate[]>> {
  const rows = await read(db)
    .selectFrom('check_in_invitation')
    .select(['person_id', 'for_date'])
    .where('clinic_id', '=', clinicId)
    .where('for_date', '>=', since)
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('check_in')
            .select('check_in.id')
            .where('check_in.clinic_id', '=', clinicId)
            .whereRef('check_in.person_id', '=', 'check_in_invitation.person_id')
            .whereRef('check_in.for_date', '>', 'check_in_invitation.for_date'),
        ),
      ),
    )
    .orderBy('person_id')
    .orderBy('for_date')
    .execute()
  return byPerson(rows, (row) => row.for_date)
}

/** Notes invitations in one statement. @returns who is newly invited: one invitation for each person and day */
export async function insertInvitations(
  db: Write,
  clinicId: ClinicId,
  invitations: readonly { personId: PersonId; forDate: LocalDate; at: Instant; byMail: boolean }[],
): Promise<ReadonlySet<PersonId>> {
  if (invitations.length === 0) return new Set()
  const rows = await write(db)
    .insertInto('check_in_invitation')
    .values(
      invitations.map((invitation) => ({
        clinic_id: clinicId,
        person_id: invitation.personId,
        for_date: invitation.forDate,
        invited_at: invitation.at,
        by_mail: invitation.byMail,
      })),
    )
    .onConflict((c) => c.columns(['clinic_id', 'person_id', 'for_date']).doNothing())
    .returning('person_id')
    .execute()
  return new Set(rows.map(({ person_id }) => person_id))
}

/** People whose last word about invitations was to stop. */
export async function peopleWhoSaidStop(db: Read, clinicId: ClinicId): Promise<ReadonlySet<PersonId>> {
  const rows = await read(db)
    .selectFrom('check_in_choice')
    .select(['person_id', 'choice'])
    .distinctOn('person_id')
    .where('clinic_id', '=', clinicId)
    .orderBy('person_id')
    .orderBy('chosen_at', 'desc')
    .orderBy('id', 'desc')
    .execute()
  return new Set(rows.filter((row) => row.choice === 'stop').map((row) => row.person_id))
}

export async function saidStop(db: Read, clinicId: ClinicId, personId: PersonId): Promise<boolean> {
  const row = await read(db)
    .selectFrom('check_in_choice')
    .select('choice')
    .where('clinic_id', '=', clinicId)
    .where('person_id', '=', personId)
    .orderBy('chosen_at', 'desc')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row?.choice === 'stop'
}

/** @returns false when this choice was recorded before */
export async function insertChoice(
  db: Write,
  clinicId: ClinicId,
  choice: {
    id: Id<'check-in-choice'>
    personId: PersonId
    at: Instant
    choice: 'stop' | 'go-on'
    byStaff: boolean
  },
): Promise<boolean> {
  const row = await write(db)
    .insertInto('check_in_choice')
    .values({
      clinic_id: clinicId,
      id: choice.id,
      person_id: choice.personId,
      chosen_at: choice.at,
      choice: choice.choice,
      by_staff: choice.byStaff,
    })
    .onConflict((c) => c.columns(['clinic_id', 'id']).doNothing())
    .returning('id')
    .executeTakeFirst()
  return row !== undefined
}

// Contacts by staff

export type Contacted = {
  readonly at: Instant
  readonly accountId: AccountId
  readonly outcome: ContactOutcome
}

/** The latest contact of each person since an instant. */
export async function latestContacts(
  db: Read,
  clinicId: ClinicId,
  since: Instant,
): Promise<ReadonlyMap<PersonId, Contacted>> {
  const rows = await read(db)
    .selectFrom('check_in_contact')
    .selectAll()
    .distinctOn('person_id')
    .where('clinic_id', '=', clinicId)
    .where('contacted_at', '>=', since)
    .orderBy('person_id')
    .orderBy('contacted_at', 'desc')
    .orderBy('id', 'desc')
    .execute()
  return new Map(
    rows.map((row) => [
      row.person_id,
      { at: row.contacted_at, accountId: row.account_id, outcome: row.outcome },
    ]),
  )
}

/** @returns false when this contact was recorded before */
export async function insertContact(
  db: Write,
  clinicId: ClinicId,
  contact: Contacted & { id: Id<'check-in-contact'>; personId: PersonId },
): Promise<boolean> {
  const row = await write(db)
    .insertInto('check_in_contact')
    .values({
      clinic_id: clinicId,
      id: contact.id,
      person_id: contact.personId,
      contacted_at: contact.at,
      account_id: contact.accountId,
      outcome: contact.outcome,
    })
    .onConflict((c) => c.columns(['clinic_id', 'id']).doNothing())
    .returning('id')
    .executeTakeFirst()
  return row !== undefined
}

function byPerson<Row extends { person_id: PersonId }, Value>(
  rows: readonly Row[],
  value: (row: Row) => Value,
): ReadonlyMap<PersonId, Value[]> {
  const found = new Map<PersonId, Value[]>()
  for (const row of rows) {
    const values = found.get(row.person_id)
    if (values) values.push(value(row))
    else found.set(row.person_id, [value(row)])
  }
  return found
}
