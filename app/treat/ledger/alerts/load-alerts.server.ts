import { accountNames } from '../../../identity/index.server.ts'
import { type BookedDose, bookedDoses } from '../../../plan/index.server.ts'
import { mayDo } from '../../../platform/access.ts'
import type { ClinicProfile } from '../../../platform/clinic-profile.ts'
import type { ReadNeeds } from '../../../platform/command.server.ts'
import { addMs, DAY_MS, instantAt, localDateOf } from '../../../platform/time.ts'
import { unitForm } from '../../dose/dose-gate.ts'
import type { SessionId } from '../../session/session-event.ts'
import {
  eventsOfSessions,
  sessionsOfAppointments,
  sessionsOpenedSince,
} from '../../session/session-queries.server.ts'
import { readAlertsAboutPeople } from '../../treat-access.ts'
import { countsFinishedSince, sheetsOfCounts } from '../counts/count-queries.server.ts'
import { cabinets, movementsSince, openedVials } from '../ledger-queries.server.ts'
import { type LotBalance, lots, recallHistory, strengthOf } from '../lot-queries.server.ts'
import type { Movement, StorePlace } from '../movement.ts'
import { ledgerSettings } from '../settings/settings-queries.server.ts'
import {
  type AlertFacts,
  LOOK_BACK_DAYS,
  type LotOnHand,
  type NeededDose,
  RECENT_DAYS,
  type SessionSpan,
} from './alert.ts'
import { LOOK_HOLDS_DAYS } from './alert-look.ts'
import { looksSince } from './alert-look-queries.server.ts'
import { ledgerAlerts } from './alert-rules.ts'
import { countedVials } from './counted-vials.ts'
import { outsideHours } from './hours-rule.ts'
import { type ShownAlerts, shownAlerts } from './shown-alerts.ts'

type LoadNeeds = Pick<ReadNeeds, 'db' | 'at'>
type Clinic = Pick<ClinicProfile, 'id' | 'timeZone'>

/**
 * What the clinic's ledger gives reason to ask about now, as far as the reader may see it; for `AlertList`.
 *
 * @example alerts: await loadLedgerAlerts({ db, at, actor }, clinic)
 */
export async function loadLedgerAlerts(
  { db, at, actor }: LoadNeeds & Pick<ReadNeeds, 'actor'>,
  clinic: Clinic,
): Promise<ShownAlerts> {
  const { facts, ...answer } = await alertsNow({ db, at }, clinic)
  const looks = await looksSince(db, clinic.id, addMs(at, -LOOK_HOLDS_DAYS * DAY_MS))
  const names = await accountNames(
    db,
    looks.map(({ by }) => by),
  )
  return shownAlerts(answer, { ...facts, looks, lookers: names }, mayDo(actor, readAlertsAboutPeople))
}

/** Every question of the ledger as it is now, with the facts it rests on, whoever asks. */
export async function alertsNow({ db, at }: LoadNeeds, clinic: Clinic) {
  const facts = await alertFacts({ db, at }, clinic)
  return { ...ledgerAlerts(facts), facts }
}

async function alertFacts({ db, at }: LoadNeeds, clinic: Clinic): Promise<AlertFacts> {
  const { id: clinicId, timeZone } = clinic
  const settings = await ledgerSettings(db, clinicId)
  const movements = await movementsSince(db, clinicId, addMs(at, -LOOK_BACK_DAYS * DAY_MS))
  const all: LotOnHand[] = []
  for (const lot of await lots(db, clinicId)) {
    // Few lots are ever called back.
    const [newest] = lot.recalled === undefined ? [] : await recallHistory(db, clinicId, lot)
    all.push({ ...toOnHand(lot), recalledAt: newest?.at })
  }
  const counts = await countsFinishedSince(db, clinicId, addMs(at, -RECENT_DAYS * DAY_MS))
  const sheets = await sheetsOfCounts(
    db,
    clinicId,
    counts.map(({ id }) => id),
  )
  const counted = countedVials(counts, sheets, movements)
  const base = { at, timeZone, settings }
  return {
    ...base,
    movements,
    lots: all,
    openVials: await openedVials(
      db,
      clinicId,
      all.filter(({ standing }) => standing.some(({ container }) => container)).map(({ id }) => id),
    ),
    counts: counted,
    sessions: await spansOf({ db, at }, clinicId, outsideHours(base, movements), movements),
    doses: await neededDoses({ db, at }, clinic, settings.needDays, movements),
    names: await accountNames(db, [
      ...movements.flatMap(({ by, witness }) => (witness ? [by, witness] : [by])),
      ...counted.flatMap(({ counters }) => counters),
    ]),
    cabinets: new Map((await cabinets(db, clinicId)).map(({ id, name }) => [id, name])),
  }
}

function toOnHand(lot: LotBalance): Omit<LotOnHand, 'recalledAt'> {
  return {
    id: lot.id,
    drug: lot.drug,
    lotNumber: lot.lotNumber,
    form: lot.form,
    strength: strengthOf(lot),
    containerHundredths: lot.form === 'vial' ? Math.round(lot.containerMl * 100) : 100,
    expiresOn: lot.expiresOn,
    recalled: lot.recalled,
    standing: lot.standing.map(({ place, container, hundredths }) => ({
      place: place as StorePlace,
      ...(container ? { container } : {}),
      hundredths,
    })),
  }
}

/** When the sessions were under way that acts outside working hours name: from their opening to the closing. */
async function spansOf(
  { db, at }: LoadNeeds,
  clinicId: ClinicProfile['id'],
  outside: readonly Movement[],
  movements: readonly Movement[],
): Promise<SessionSpan[]> {
  const acts = new Set(outside.map(({ actId }) => actId))
  const ids = new Set(
    movements.flatMap(({ actId, sessionId }) => (sessionId && acts.has(actId) ? [sessionId] : [])),
  )
  if (ids.size === 0) return []
  const opened = await sessionsOpenedSince(db, clinicId, addMs(at, -LOOK_BACK_DAYS * DAY_MS))
  const logs = await eventsOfSessions(db, clinicId, [...ids])
  return opened.flatMap(({ id, openedAt }): SessionSpan[] => {
    if (!ids.has(id)) return []
    const closed = logs.get(id)?.find(({ kind }) => kind === 'session-closed')
    return [{ id, from: openedAt, ...(closed ? { to: closed.at } : {}) }]
  })
}

/** What the booked visits take, from the beginning of today; those whose dose was drawn already take nothing more. */
async function neededDoses(
  { db, at }: LoadNeeds,
  { id: clinicId, timeZone }: Clinic,
  days: number,
  movements: readonly Movement[],
): Promise<NeededDose[]> {
  const from = instantAt(localDateOf(at, timeZone), '00:00', timeZone)
  const booked = await bookedDoses(db, clinicId, { from, to: addMs(at, days * DAY_MS + 1), at })
  const sessions = await sessionsOfAppointments(
    db,
    clinicId,
    booked.map(({ appointmentId }) => appointmentId),
  )
  const sessionOf = new Map<string, SessionId>(sessions.map(({ appointmentId, id }) => [appointmentId, id]))
  const drawn = new Set(movements.flatMap(({ kind, sessionId }) => (kind === 'draw' ? [sessionId] : [])))
  return booked.flatMap(({ appointmentId, startsAt, need }): NeededDose[] => {
    const sessionId = sessionOf.get(appointmentId)
    if (sessionId && drawn.has(sessionId)) return []
    return [{ appointmentId, startsAt, need: needOf(need) }]
  })
}

function needOf(need: BookedDose['need']): NeededDose['need'] {
  if (need.kind === 'not-known') return undefined
  if (need.kind === 'drawn') {
    const { volumeMl, concentrationMgPerMl: strength } = need
    return { form: 'vial', strength, hundredths: Math.round(volumeMl * 100) }
  }
  const form = unitForm(need.route)
  return form && { form, strength: need.unitMg, hundredths: Math.round(need.units * 100) }
}
