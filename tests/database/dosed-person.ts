import type { PersonId } from '../../app/platform/ids.ts'
import type { TestClinic, TestDatabase } from './test-clinic.ts'

/**
 * Writes a dosing session straight into the log, for tests of what comes after treatment: the way there (request,
 * eligibility, consent, order, lot) is tested where it lives.
 *
 * @param at when the dose began, ISO 8601
 * @param mgGiven left out while the infusion runs
 */
export async function giveDose(
  t: TestDatabase,
  clinic: TestClinic,
  personId: PersonId,
  at: string,
  mgGiven?: number,
): Promise<void> {
  const sessionId = t.services.ids.next()
  const by = clinic.as.nurse.accountId
  const client = await t.owner.connect()
  await client.query('begin')
  // The appointment and plan of this session do not exist, and need not for what these tests ask.
  await client.query('set local session_replication_role = replica')
  const before = await client.query(
    'select count(*)::int as n from dosing_session where clinic_id = $1 and person_id = $2',
    [clinic.id, personId],
  )
  await client.query(
    `insert into dosing_session (clinic_id, id, appointment_id, plan_id, person_id, session_number, opened_at, opened_by)
     values ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [
      clinic.id,
      sessionId,
      t.services.ids.next(),
      t.services.ids.next(),
      personId,
      before.rows[0].n + 1,
      at,
      by,
    ],
  )
  const event = (kind: string, when: string, data: object) =>
    client.query(
      `insert into session_event (clinic_id, id, session_id, kind, at, received_at, by_account_id, data, words)
       values ($1, $2, $3, $4, $5, $5, $6, $7, '{}')`,
      [clinic.id, t.services.ids.next(), sessionId, kind, when, by, JSON.stringify(data)],
    )
  await event('arrived', at, {})
  await event('dose-started', at, {
    orderId: t.services.ids.next(),
    lotId: t.services.ids.next(),
    drawnMl: 2,
    lotConcentrationMgPerMl: 50,
    orderedMg: 60,
    rateMgPerH: 90,
    durationMin: 40,
  })
  if (mgGiven !== undefined) {
    const ended = new Date(Date.parse(at) + 40 * 60_000).toISOString()
    await event('dose-finished', ended, { mgGiven, computedMg: mgGiven })
  }
  await client.query('commit')
  client.release()
}
