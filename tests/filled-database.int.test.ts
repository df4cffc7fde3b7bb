import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { entriesOfPerson } from '../app/plan/diary/entry-queries.server.ts'
import { visitCourses } from '../app/plan/diary/visit-course.server.ts'
import {
  activeOrder,
  appointmentsOfPlan,
  consentState,
  plansOfPerson,
  protocolOfPlan,
} from '../app/plan/index.server.ts'
import { asWrite, setTenant, type Write } from '../app/platform/database.server.ts'
import type { ClinicId, PersonId } from '../app/platform/ids.ts'
import { parseInstant } from '../app/platform/time.ts'
import { sessionsOfPerson } from '../app/treat/index.server.ts'
import { connect, type OpenDatabase } from '../server/database.ts'
import { migrate, readMigrations } from '../server/migrate.ts'
import { withDatabase } from './database/global-setup.ts'
import { openTestDatabase, type TestDatabase } from './database/test-clinic.ts'

/**
 * A clinic from before the diary, protocols and orders were what they are now: its rows are there when the migrations from
 * 0019 on run, with every key and check in force. Figures are invented.
 */
const BEFORE = '0019'

let t: TestDatabase
let pool: pg.Pool
let database: OpenDatabase
const ids = Object.fromEntries(
  (
    'clinic account membership person assessment decision plan order oldOrder signature chair series ' +
    'given stopped session unfit lot release'
  )
    .split(' ')
    .map((name) => [name, randomUUID()]),
) as Record<string, string>
let before: ReadonlyMap<string, number>

beforeAll(async () => {
  t = await openTestDatabase()
  const name = `${t.settings.database}_filled`
  await t.owner.query(`create database ${name}`)
  const settings = withDatabase(t.settings, name)
  pool = new pg.Pool({ ...settings, max: 1 })
  await migrate(
    pool,
    readMigrations().filter((m) => m.name < BEFORE),
  )
  await fill()
  before = await counts()
  await migrate(pool)
  database = connect(settings as pg.PoolConfig, () => {})
})
// The database goes with its server, like every other of a test.
afterAll(async () => {
  await database?.close()
  await pool.end()
  await t.close()
})

/** Writes one row. A name that stands in `ids` is its id, everything else is as it is. */
async function put(table: string, row: Readonly<Record<string, unknown>>): Promise<void> {
  const full = table === 'account' || table === 'clinic' ? row : { clinic_id: ids.clinic, ...row }
  const columns = Object.keys(full)
  await pool.query(
    `insert into public.${table} (${columns.join(', ')}) values (${columns.map((_, i) => `$${i + 1}`).join(', ')})`,
    columns.map((column) => (full as Record<string, unknown>)[column]),
  )
}

async function fill(): Promise<void> {
  const { clinic, account, membership, person, plan } = ids
  const json = (value: unknown) => JSON.stringify(value)
  await put('clinic', {
    id: clinic,
    slug: 'before',
    profile: json({ name: 'Before', timeZone: 'America/New_York' }),
    created_at: '2026-01-02T15:00:00Z',
  })
  await put('account', {
    id: account,
    email: 'nurse@before.example.org',
    name: 'Nell Before',
    password_hash: 'none',
    created_at: '2026-01-02T15:00:00Z',
  })
  await put('membership', {
    id: membership,
    account_id: account,
    roles: ['nurse', 'prescriber'],
    active: true,
    created_at: '2026-01-02T15:00:00Z',
  })
  await put('person', {
    id: person,
    display_name: 'Pat Before',
    contact: json({ email: 'pat@before.example.org' }),
    synthetic: true,
    created_at: '2026-02-01T15:00:00Z',
  })
  await put('assessment', {
    id: ids.assessment,
    person_id: person,
    opened_at: '2026-02-02T15:00:00Z',
    opened_by: account,
  })
  await put('clinical_fact', {
    id: randomUUID(),
    person_id: person,
    kind: 'weight-kg',
    value: json(70),
    observed_at: '2026-02-03T15:00:00Z',
    recorded_at: '2026-02-03T15:00:00Z',
    source: 'measured-here',
    recorded_by: account,
  })
  await put('eligibility_decision', {
    id: ids.decision,
    assessment_id: ids.assessment,
    person_id: person,
    decision: 'eligible',
    reasons: 'Everything is known.',
    overrides: json([]),
    evaluation: json({ verdict: 'eligible', rules: [] }),
    decided_at: '2026-02-03T16:00:00Z',
    decided_by: account,
  })
  await put('treatment_plan', {
    id: plan,
    person_id: person,
    assessment_id: ids.assessment,
    decision_id: ids.decision,
    protocol_id: 'aud-kare',
    protocol_version: '1',
    created_by: account,
    created_at: '2026-02-03T17:00:00Z',
  })
  for (const [id, signed] of [
    [ids.oldOrder, '2026-02-03T18:00:00Z'],
    [ids.order, '2026-02-04T18:00:00Z'],
  ] as const)
    await put('dose_order', {
      id,
      plan_id: plan,
      dose_mg_per_kg: 0.8,
      weight_basis: 'actual',
      basis_weight_kg: 70,
      actual_weight_kg: 70,
      weight_measured_at: '2026-02-03T15:00:00Z',
      dose_mg: 56,
      concentration_mg_per_ml: 10,
      volume_ml: 5.6,
      total_volume_ml: 50,
      duration_min: 40,
      rate_ml_per_h: 75,
      arithmetic: json([]),
      weight_change_acknowledged: false,
      signed_by: account,
      signed_at: signed,
      valid_until: '2026-03-18T18:00:00Z',
    })
  await put('dose_order_withdrawal', {
    order_id: ids.oldOrder,
    reason: 'Signed anew.',
    withdrawn_by: account,
    withdrawn_at: '2026-02-04T17:00:00Z',
  })
  for (const [id, document] of [
    [ids.signature, 'treatment'],
    [randomUUID(), 'data-notice'],
  ])
    await put('consent_signature', {
      id,
      person_id: person,
      document_id: document,
      document_version: '1',
      text_hash: 'as it was',
      typed_name: 'Pat Before',
      teach_back: json({}),
      signed_by: account,
      signed_at: '2026-02-04T15:00:00Z',
    })
  await put('consent_withdrawal', {
    signature_id: ids.signature,
    withdrawn_by: account,
    withdrawn_at: '2026-02-20T15:00:00Z',
  })
  await put('infusion_chair', {
    id: ids.chair,
    room_name: 'Harbor',
    name: 'Chair',
    turnaround_min: 15,
    created_at: '2026-01-02T15:00:00Z',
  })
  await put('booking_series', {
    id: ids.series,
    plan_id: plan,
    booked_by: account,
    booked_at: '2026-02-04T19:00:00Z',
  })
  for (const [id, session, day, cancelled] of [
    [ids.given, 1, '2026-02-10', null],
    [ids.stopped, 2, '2026-02-17', null],
    [randomUUID(), 3, '2026-02-24', '2026-02-20T15:00:00Z'],
  ] as const)
    await put('diary_appointment', {
      id,
      series_id: ids.series,
      plan_id: plan,
      person_id: person,
      session_number: session,
      starts_at: `${day}T15:00:00Z`,
      ends_at: `${day}T18:00:00Z`,
      chair_id: ids.chair,
      chair_until: `${day}T18:15:00Z`,
      nurse_membership_id: membership,
      booked_at: '2026-02-04T19:00:00Z',
      cancelled_at: cancelled,
      cancel_reason: cancelled && 'consent-withdrawn',
    })
  await put('drug_lot', {
    id: ids.lot,
    drug: 'Ketamine hydrochloride',
    lot_number: 'L1',
    concentration_mg_per_ml: 10,
    container_ml: 20,
    expires_on: '2028-01-31',
    received_at: '2026-01-05T15:00:00Z',
  })
  for (const [id, appointment, session, day] of [
    [ids.session, ids.given, 1, '2026-02-10'],
    [ids.unfit, ids.stopped, 2, '2026-02-17'],
  ] as const)
    await put('dosing_session', {
      id,
      appointment_id: appointment,
      plan_id: plan,
      person_id: person,
      session_number: session,
      opened_at: `${day}T15:00:00Z`,
      opened_by: account,
    })
  const event = (session: string, kind: string, at: string, data: object, words: object = {}) =>
    put('session_event', {
      id: randomUUID(),
      session_id: session,
      kind,
      at,
      received_at: at,
      by_account_id: account,
      data: json(data),
      words: json(words),
    })
  await event(ids.session!, 'arrived', '2026-02-10T15:01:00Z', {})
  await event(ids.session!, 'dose-started', '2026-02-10T15:30:00Z', {
    orderId: ids.order,
    lotId: ids.lot,
    drawnMl: 5.6,
    lotConcentrationMgPerMl: 10,
    orderedMg: 56,
    rateMgPerH: 84,
    durationMin: 40,
  })
  await event(ids.session!, 'dose-finished', '2026-02-10T16:10:00Z', { mgGiven: 56, computedMg: 56 })
  await event(ids.session!, 'discharged', '2026-02-10T17:30:00Z', { overrideBy: null, notMet: [] })
  await event(ids.session!, 'session-closed', '2026-02-10T18:30:00Z', { outcome: 'completed' })
  await event(
    ids.unfit!,
    'session-closed',
    '2026-02-17T15:20:00Z',
    { outcome: 'ended-without-dose' },
    { reason: 'Blood pressure.' },
  )
  await put('stock_movement', {
    id: randomUUID(),
    lot_id: ids.lot,
    kind: 'received',
    volume_ml: 200,
    change_ml: 200,
    at: '2026-01-05T15:00:00Z',
    by_account_id: account,
    reason: 'delivery',
  })
  await put('mail_message', {
    id: randomUUID(),
    dedupe_key: 'receipt 1',
    to_address: 'pat@before.example.org',
    subject: 'Your request',
    body: 'We have it.',
    planned_at: '2026-02-01T15:00:00Z',
  })
  await put('check_in', {
    id: randomUUID(),
    person_id: person,
    for_date: '2026-02-11',
    version: 1,
    submitted_at: '2026-02-11T15:00:00Z',
    by_link: false,
    used: 'no',
    substances: json([]),
    craving_stamp: json({}),
  })
  await put('results_release', {
    id: ids.release,
    number: 1,
    first_dose_from: '2026-01-01',
    first_dose_to: '2026-03-31',
    counted_on: '2026-07-01',
    batch: json({}),
    page: json({}),
    page_hash: 'h',
    signed_name: 'Nell Before',
    signed_by: account,
    published_at: '2026-07-02T15:00:00Z',
  })
}

/** Rows by table. */
async function counts(): Promise<ReadonlyMap<string, number>> {
  const tables = await pool.query(
    `select tablename from pg_tables where schemaname = 'public' and tablename <> 'schema_migration'`,
  )
  const found = new Map<string, number>()
  for (const { tablename } of tables.rows)
    found.set(tablename, Number((await pool.query(`select count(*) from public.${tablename}`)).rows[0].count))
  return found
}

const inClinic = <Value>(work: (db: Write, clinicId: ClinicId) => Promise<Value>) =>
  database.db.transaction().execute(async (transaction) => {
    const clinicId = ids.clinic as ClinicId
    await setTenant(transaction, clinicId)
    return work(asWrite(transaction), clinicId)
  })

describe('migrations on a filled database', () => {
  it('lose no row', async () => {
    const after = await counts()
    const lost = [...before].filter(([table, rows]) => (after.get(table) ?? 0) < rows)
    expect(lost).toEqual([])
    expect([...before.values()].reduce((sum, rows) => sum + rows, 0)).toBeGreaterThan(25)
  })

  it('keep what is new in step with what was there', async () => {
    const rows = async (query: string) => (await pool.query(query)).rows
    expect(await rows('select count(*)::int as n from clinic_room')).toEqual([{ n: 1 }])
    expect(await rows('select live, count(*)::int as n from diary_hold group by live order by live')).toEqual(
      [
        { live: false, n: 3 },
        { live: true, n: 6 },
      ],
    )
    expect(await rows('select release_id, person_id from results_release_person')).toEqual([
      { release_id: ids.release, person_id: ids.person },
    ])
    expect(
      await rows('select session_id, order_id, person_id, plan_id, dosed_at from given_dose'),
    ).toMatchObject([
      {
        session_id: ids.session,
        order_id: ids.order,
        person_id: ids.person,
        plan_id: ids.plan,
        dosed_at: '2026-02-10T15:30:00.000Z',
      },
    ])
  })

  it('tell visits with a dose, also one whose note was signed, from those that ended without', async () => {
    const courses = await inClinic(async (db, clinicId) => {
      const visits = await entriesOfPerson(db, clinicId, ids.person as PersonId)
      return visitCourses(db, clinicId, visits)
    })
    expect([...courses.values()].map(({ course }) => course)).toEqual([
      'dosed',
      'ended-without-dose',
      'not-begun',
    ])
  })

  it('leave plans, orders, visits, consents and sessions that the program reads', async () => {
    const at = parseInstant('2026-02-21T15:00:00.000Z')
    const read = await inClinic(async (db, clinicId) => {
      const personId = ids.person as PersonId
      const [plan] = await plansOfPerson(db, clinicId, personId)
      return {
        plan: plan!,
        protocol: (await protocolOfPlan(db, clinicId, plan!)).id,
        order: await activeOrder(db, clinicId, plan!.id, at),
        visits: await appointmentsOfPlan(db, clinicId, plan!.id),
        consent: await consentState(db, clinicId, personId),
        sessions: await sessionsOfPerson(db, clinicId, personId),
      }
    })
    expect(read.protocol).toBe('aud-kare')
    expect(read.order?.id).toBe(ids.order)
    expect(read.visits.map((v) => [v.sessionNumber, v.cancelledAt !== undefined])).toEqual([
      [1, false],
      [2, false],
      [3, true],
    ])
    expect(read.visits[0]).toMatchObject({ chairName: 'Chair', roomName: 'Harbor', nurseName: 'Nell Before' })
    expect(read.consent.missing.find(({ id }) => id === 'treatment')).toMatchObject({ why: 'withdrawn' })
    expect(read.sessions).toHaveLength(2)
  })
})
