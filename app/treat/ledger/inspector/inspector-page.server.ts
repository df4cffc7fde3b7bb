import { accountNames, members, people } from '../../../identity/index.server.ts'
import { orderById } from '../../../plan/index.server.ts'
import type { OrderId } from '../../../plan/index.ts'
import type { Actor } from '../../../platform/actor.ts'
import type { ClinicProfile } from '../../../platform/clinic-profile.ts'
import { type ReadNeeds, runQuery } from '../../../platform/command.server.ts'
import type { Read } from '../../../platform/database.server.ts'
import { type ClinicId, isUuid, type PersonId, parseId } from '../../../platform/ids.ts'
import type { PageArgs } from '../../../platform/page.server.ts'
import {
  addDays,
  dateInWords,
  instantAt,
  type LocalDate,
  localDateOf,
  momentInWords,
} from '../../../platform/time.ts'
import { foldSession } from '../../session/session.ts'
import type { SessionId } from '../../session/session-event.ts'
import { eventsOfSessions, sessionRecords } from '../../session/session-queries.server.ts'
import { readForInspector } from '../../treat-access.ts'
import { askedDays } from '../asked-days.ts'
import { lots } from '../lot-queries.server.ts'
import type { Movement } from '../movement.ts'
import { movementPage, movementsOfSessions } from '../movement-list-queries.server.ts'
import { amountInWords } from '../movement-words.ts'
import { rowFacts } from '../movements-page.server.ts'
import { ledgerSettings } from '../settings/settings-queries.server.ts'
import { lotChoices } from '../standing-stock.ts'
import { administrations, inspectorMovement, type SessionParties } from './inspector-rows.ts'

/** How many days are shown when nothing is asked for. A design default. */
const DAYS_SHOWN = 31
/** So many movements are read at most; where there are more, the page says so and asks for fewer days. */
const MOST = 20_000

/** What an inspector asks for, as it stands in the address; what cannot be read there is said by field. */
function askedFor(url: URL, today: LocalDate) {
  const text = (name: string) => url.searchParams.get(name)?.trim() ?? ''
  const days = askedDays({ from: text('from'), to: text('to') })
  const to = days.to ?? today
  const from = days.from ?? addDays(to, -DAYS_SHOWN)
  const lotId = parseId<'drug-lot'>(text('lot'))
  const errors: Record<string, string> = { ...days.errors }
  if (from > to && !errors.to) errors.from = 'This day has not come yet.'
  if (text('lot') && !lotId) errors.lot = 'Choose one of the list.'
  if (text('prescriber') && !isUuid(text('prescriber'))) errors.prescriber = 'Choose one of the list.'
  return {
    typed: {
      // A field for a day shows nothing else than a day; the message says what was asked for.
      from: days.from ?? (errors.from ? '' : from),
      to: days.to ?? (errors.to ? '' : to),
      lot: text('lot'),
      person: text('person'),
      prescriber: text('prescriber'),
    },
    from,
    to,
    lotId,
    errors,
    isRead: Object.keys(errors).length === 0,
  }
}

type Clinic = Pick<ClinicProfile, 'id' | 'timeZone'>

/**
 * Movements and what was given, by date, lot, person and prescriber; nothing where that could not be read (`isRead`). Each person whose record is part of the answer is noted in the
 * audit.
 */
export async function inspect(
  { db, at, audit, actor }: ReadNeeds & { readonly actor: Actor },
  clinic: Clinic,
  url: URL,
) {
  const asked = askedFor(url, localDateOf(at, clinic.timeZone))
  const { from, to, lotId, typed } = asked
  if (!asked.isRead) {
    audit.read(readForInspector.id, { object: 'ledger', detail: { people: 0 } })
    return { ...asked, nobody: false, tooMany: false, movements: [], given: [] }
  }
  const range = {
    from: instantAt(from, '00:00', clinic.timeZone),
    before: instantAt(addDays(to, 1), '00:00', clinic.timeZone),
  }
  const found = await movementPage(
    db,
    clinic.id,
    { ...range, ...(lotId ? { lotId } : {}) },
    { limit: MOST + 1 },
  )
  const all = found.slice(0, MOST).toReversed()
  const wanted = typed.person ? await personsLike(db, clinic.id, typed.person) : undefined
  const parties = await partiesOf(db, clinic.id, all)
  const movements = all.filter(({ sessionId }) => {
    const of = sessionId && parties.get(sessionId)
    if (wanted && !(of && wanted.has(of.personId))) return false
    return !typed.prescriber || of?.prescriberId === typed.prescriber
  })
  // What was given on these days may have been set right on a later one.
  const gave = movements.flatMap(({ kind, sessionId }) => (kind === 'give' && sessionId ? [sessionId] : []))
  const ofSessions = (await movementsOfSessions(db, clinic.id, [...new Set(gave)])).filter(
    (movement) => !lotId || movement.lotId === lotId,
  )
  const facts = { ...(await rowFacts({ db, actor }, clinic, movements)), parties }
  const seen = new Set(
    movements.flatMap(({ sessionId }) => (sessionId ? (parties.get(sessionId)?.personId ?? []) : [])),
  )
  audit.read(readForInspector.id, { object: 'ledger', detail: { people: seen.size } })
  for (const personId of seen) audit.read(readForInspector.id, { personId, object: 'ledger' })
  return {
    ...asked,
    nobody: wanted?.size === 0,
    tooMany: found.length > MOST,
    movements: movements.map((movement) => inspectorMovement(movement, facts)),
    given: administrations(
      ofSessions,
      facts,
      amountInWords,
      ({ at: gave }) => gave >= range.from && gave < range.before,
    ),
  }
}

type Parties = SessionParties & { readonly personId: PersonId; readonly prescriberId: string | undefined }

/** Whose sessions these movements were for, who ordered and who gave. */
async function partiesOf(
  db: Read,
  clinicId: ClinicId,
  movements: readonly Movement[],
): Promise<Map<SessionId, Parties>> {
  const ids = [...new Set(movements.flatMap(({ sessionId }) => sessionId ?? []))]
  const records = await sessionRecords(db, clinicId, ids)
  const logs = await eventsOfSessions(db, clinicId, ids)
  const named = new Map((await people(db, clinicId)).map((person) => [person.id, person.displayName]))
  const ordered = new Map<string, string | undefined>()
  const doses = new Map(records.map(({ id }) => [id, foldSession(logs.get(id) ?? []).dose]))
  for (const dose of doses.values()) {
    if (!dose || ordered.has(dose.orderId)) continue
    ordered.set(dose.orderId, (await orderById(db, clinicId, dose.orderId as OrderId))?.signedBy)
  }
  const begunBy = (id: SessionId) =>
    logs.get(id)?.find((event) => event.id === doses.get(id)?.startEventId)?.by
  const names = await accountNames(
    db,
    [...ordered.values(), ...ids.map(begunBy)].flatMap((account) => account ?? []),
  )
  return new Map(
    records.map(({ id, personId }) => {
      const prescriberId = ordered.get(doses.get(id)?.orderId ?? '')
      const giver = begunBy(id)
      return [
        id,
        {
          personId,
          person: named.get(personId) ?? 'unknown',
          record: personId,
          prescriberId,
          prescriber: prescriberId && names.get(prescriberId),
          givenBy: giver && names.get(giver),
        },
      ]
    }),
  )
}

/** People whose name holds the text, or whose record has this number or ends with it. */
async function personsLike(db: Read, clinicId: ClinicId, text: string): Promise<Set<PersonId>> {
  const wanted = text.toLowerCase()
  const all = await people(db, clinicId)
  return new Set(
    all.flatMap(({ id, displayName }) =>
      displayName.toLowerCase().includes(wanted) || (wanted.length >= 8 && id.endsWith(wanted)) ? [id] : [],
    ),
  )
}

/** The page for an inspector. */
export async function loadInspector({ services, actor, clinic, url }: PageArgs) {
  return runQuery(services, actor, async (needs) => {
    const { db, at } = needs
    const { movements, given, typed, errors, isRead, nobody, tooMany, from, to } = await inspect(
      { ...needs, actor },
      clinic,
      url,
    )
    const [first] = await movementPage(db, clinic.id, {}, { below: 2, limit: 1 })
    const { keepYears } = await ledgerSettings(db, clinic.id)
    const query = new URLSearchParams(Object.entries(typed).filter(([, value]) => value !== ''))
    return {
      typed,
      errors,
      isRead,
      nobody,
      tooMany,
      range: `${dateInWords(from)} to ${dateInWords(to)}`,
      clinic: [clinic.name, ...clinic.addressLines, [clinic.city, clinic.region].filter(Boolean).join(', ')]
        .filter(Boolean)
        .join(', '),
      printed: momentInWords(at, clinic.timeZone),
      begins: first && momentInWords(first.at, clinic.timeZone),
      keepYears,
      movements,
      given,
      lots: lotChoices(await lots(db, clinic.id)),
      prescribers: (await members(db, clinic.id, ['prescriber'])).map(({ accountId, name }) => ({
        value: accountId as string,
        label: name,
      })),
      csv: {
        movements: `/work/stock/inspector.csv?${query}&what=movements`,
        given: `/work/stock/inspector.csv?${query}&what=given`,
      },
    }
  })
}

export type InspectorPage = Awaited<ReturnType<typeof loadInspector>>
