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
import type { Member } from '../app/platform/actor.ts'
import { AuditTrail } from '../app/platform/audit-trail.ts'
import type { Needs } from '../app/platform/command.server.ts'
import { asWrite, setTenant, type Write } from '../app/platform/database.server.ts'
import type { ClinicId, PersonId } from '../app/platform/ids.ts'
import { parseInstant } from '../app/platform/time.ts'
import { sessionsOfPerson } from '../app/treat/index.server.ts'
import { CHAIN_START, movementHash } from '../app/treat/ledger/chain.server.ts'
import { sessionLedger } from '../app/treat/ledger/dose-movements.ts'
import { settleGiven } from '../app/treat/ledger/draw-for-dose.server.ts'
import { movementsOfSession } from '../app/treat/ledger/ledger-queries.server.ts'
import { microgramsOf } from '../app/treat/ledger/movement.ts'
import { signNote } from '../app/treat/note/write-note.server.ts'
import { foldSession } from '../app/treat/session/session.ts'
import type { SessionId } from '../app/treat/session/session-event.ts'
import { eventsOfSessions } from '../app/treat/session/session-queries.server.ts'
import { connect, type OpenDatabase } from '../server/database.ts'
import { migrate, readMigrations } from '../server/migrate.ts'
import { withDatabase } from './database/global-setup.ts'
import { openTestDatabase, type TestDatabase } from './database/test-clinic.ts'

/**
 * A clinic from before the diary, protocols and orders were what they are now: its rows are there when the migrations from
 * 0019 on run, with every key and check in force. Figures are invented.
 */
const BEFORE = '0019'
/** The stock as it was before the ledger; from here on the migrations run as an owner whom row-level security holds too. */
const LEDGER = '0046'
const PLAIN_OWNER = `evenkeel_plain_${randomUUID().slice(0, 8)}`

let t: TestDatabase
let pool: pg.Pool
let database: OpenDatabase
const ids = Object.fromEntries(
  (
    'clinic account membership person assessment decision plan order oldOrder signature chair series ' +
    'given stopped session unfit lot release other open spraying sprays weak gone'
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
  await migrate(
    pool,
    readMigrations().filter((m) => m.name < LEDGER),
  )
  await fillStock()
  await asPlainOwner(() => migrate(pool))
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

const event = (session: string, kind: string, at: string, data: object, words: object = {}) =>
  put('session_event', {
    id: randomUUID(),
    session_id: session,
    kind,
    at,
    received_at: at,
    by_account_id: ids.account,
    data: JSON.stringify(data),
    words: JSON.stringify(words),
  })

/** Runs work as the owner of every table who may not look past row-level security. */
async function asPlainOwner(work: () => Promise<unknown>): Promise<void> {
  await pool.query(`create role ${PLAIN_OWNER}`)
  await pool.query(`grant all on schema public to ${PLAIN_OWNER}`)
  const { rows } = await pool.query(
    `select relname from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p', 'v')`,
  )
  for (const { relname } of rows) await pool.query(`alter table public.${relname} owner to ${PLAIN_OWNER}`)
  await pool.query(`set role ${PLAIN_OWNER}`)
  await work()
  await pool.query('reset role')
  await pool.query(`reassign owned by ${PLAIN_OWNER} to current_user`)
  await pool.query(`drop owned by ${PLAIN_OWNER}`)
  await pool.query(`drop role ${PLAIN_OWNER}`)
}

/**
 * Two sessions that are not closed when the ledger opens: one whose dose has ended and of whose syringe something was wasted, one
 * between two devices. And a lot of a strength that makes half micrograms, and one of which nothing is left.
 */
async function fillStock(): Promise<void> {
  await put('person', {
    id: ids.other,
    display_name: 'Robin Before',
    contact: JSON.stringify({}),
    synthetic: true,
    created_at: '2026-02-01T15:00:00Z',
  })
  const lot = (id: string, received: string, what: object) =>
    put('drug_lot', {
      id,
      lot_number: `L-${received}`,
      expires_on: '2028-01-31',
      received_at: `${received}T15:00:00Z`,
      ...what,
    })
  const ketamine = { drug: 'Ketamine hydrochloride', container_ml: 10 }
  await lot(ids.sprays!, '2026-01-06', { drug: 'Esketamine', form: 'nasal-device', unit_mg: 28 })
  await lot(ids.weak!, '2026-01-07', { ...ketamine, concentration_mg_per_ml: 0.35 })
  await lot(ids.gone!, '2026-01-08', { ...ketamine, concentration_mg_per_ml: 10 })
  const moved = (lotId: string, kind: string, amount: number, at: string, session?: string) => {
    const change = kind === 'received' ? amount : kind === 'syringe-wasted' ? 0 : -amount
    const units = lotId === ids.sprays
    return put('stock_movement', {
      id: randomUUID(),
      lot_id: lotId,
      kind,
      ...(units ? { units: amount, change_units: change } : { volume_ml: amount, change_ml: change }),
      at,
      by_account_id: ids.account,
      session_id: session ?? null,
      reason: '',
    })
  }
  // Of these two the visit does not exist, and need not.
  await pool.query('set session_replication_role = replica')
  for (const [id, number] of [
    [ids.open, 1],
    [ids.spraying, 2],
  ])
    await put('dosing_session', {
      id,
      appointment_id: randomUUID(),
      plan_id: ids.plan,
      person_id: ids.other,
      session_number: number,
      opened_at: '2026-03-03T15:00:00Z',
      opened_by: ids.account,
    })
  await pool.query('set session_replication_role = default')
  await moved(ids.lot!, 'drawn', 5.6, '2026-02-10T15:30:00Z', ids.session)
  await moved(ids.lot!, 'drawn', 5.6, '2026-03-03T15:30:00Z', ids.open)
  await moved(ids.lot!, 'syringe-wasted', 0.6, '2026-03-03T16:20:00Z', ids.open)
  await moved(ids.sprays!, 'received', 10, '2026-01-06T15:00:00Z')
  await moved(ids.sprays!, 'drawn', 1, '2026-03-03T15:40:00Z', ids.spraying)
  await moved(ids.weak!, 'received', 0.03, '2026-01-07T15:00:00Z')
  await moved(ids.gone!, 'received', 10, '2026-01-08T15:00:00Z')
  await moved(ids.gone!, 'wasted', 10, '2026-01-09T15:00:00Z')
  await event(ids.open!, 'arrived', '2026-03-03T15:01:00Z', {})
  await event(ids.open!, 'dose-started', '2026-03-03T15:30:00Z', {
    orderId: ids.order,
    lotId: ids.lot,
    drawnMl: 5.6,
    lotConcentrationMgPerMl: 10,
    orderedMg: 56,
    rateMgPerH: 84,
    durationMin: 40,
  })
  await event(ids.open!, 'dose-stopped', '2026-03-03T16:06:00Z', { mgGiven: 50, computedMg: 50 })
  await event(ids.open!, 'discharged', '2026-03-03T17:30:00Z', { overrideBy: null, notMet: [] })
  await event(ids.spraying!, 'arrived', '2026-03-03T15:01:00Z', {})
  await event(ids.spraying!, 'dose-started', '2026-03-03T15:40:00Z', {
    orderId: ids.order,
    lotId: ids.sprays,
    units: { count: 2, unitMg: 28, atMin: [0, 5] },
    orderedMg: 56,
    rateMgPerH: 0,
    durationMin: 0,
  })
  const device = { deviceNumber: 1, mg: 28, lotId: ids.sprays }
  await event(ids.spraying!, 'device-given', '2026-03-03T15:41:00Z', device)
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

  it('open the ledger with what was left and what was drawn for sessions that are not closed', async () => {
    const { rows } = await pool.query(
      `select m.*, public.ledger_text(m) as text, coalesce(l.concentration_mg_per_ml, l.unit_mg)::float8 as strength
       from ledger_movement m join drug_lot l on l.clinic_id = m.clinic_id and l.id = m.lot_id
       where m.seq <= 7 order by m.seq`,
    )
    const { lot, sprays, weak, open, spraying } = ids
    expect(
      rows.map((row) => [row.kind, row.lot_id, Number(row.hundredths), Number(row.micrograms), row.to_id]),
    ).toEqual([
      ['receive', lot, 18_880, 1_888_000, null],
      ['receive', lot, 500, 50_000, null],
      ['draw', lot, 500, 50_000, open],
      ['receive', sprays, 900, 252_000, null],
      ['receive', sprays, 100, 28_000, null],
      ['draw', sprays, 100, 28_000, spraying],
      ['receive', weak, 3, 11, null],
    ])
    let hash = CHAIN_START
    for (const row of rows) {
      expect(Number(row.micrograms)).toBe(microgramsOf(Number(row.hundredths), row.strength))
      expect([row.previous_hash, row.hash]).toEqual([hash, movementHash(hash, row.text)])
      const detail = JSON.parse(row.detail)
      expect(detail.beforeTheLedger).toBe(true)
      expect(detail.by).toBe(row.kind === 'draw' ? undefined : "the ledger's opening")
      hash = row.hash
    }
    const forced = await pool.query(
      `select relname from pg_class where relnamespace = 'public'::regnamespace and relforcerowsecurity
         and relname in ('drug_lot', 'stock_movement', 'session_event', 'ledger_head', 'ledger_movement')`,
    )
    expect(forced.rows).toHaveLength(5)
    const head = await pool.query('select seq, hash from ledger_head')
    expect(head.rows).toMatchObject([{ hash }])
    expect(Number(head.rows[0].seq)).toBe(7)
  })

  it('leave open sessions whose doses the ledger follows, and whose notes can be signed', async () => {
    const at = parseInstant('2026-03-04T15:00:00.000Z')
    const actor = {
      kind: 'member',
      clinicId: ids.clinic as ClinicId,
      accountId: ids.account,
      membershipId: ids.membership,
      name: 'Nell Before',
      roles: ['nurse', 'prescriber'],
    } as unknown as Member
    const told: string[] = []
    const outcome = await inClinic(async (db, clinicId) => {
      const needs: Needs = {
        db,
        at,
        actor,
        ids: { next: () => randomUUID() as never },
        audit: new AuditTrail(),
        jobs: { plan: async () => {} },
        tell: (kind) => told.push(kind),
      }
      const sessionId = ids.spraying as SessionId
      const events = await eventsOfSessions(db, clinicId, [sessionId, ids.open as SessionId])
      const spraying = foldSession(events.get(sessionId)!)
      await settleGiven(needs, sessionId, spraying)
      const sprayed = sessionLedger(sessionId, await movementsOfSession(db, clinicId, sessionId))
      expect(sprayed).toMatchObject([{ drawn: 100, given: 100, inSyringe: 0 }])
      return signNote.run(needs, {
        sessionId: ids.open as SessionId,
        key: needs.ids.next(),
        body: 'All of it.',
        basedOn: 0,
        draft: [],
        closingKey: needs.ids.next(),
        stepUp: { accountId: actor.accountId, at },
        log: { says: [], entries: events.get(ids.open as SessionId)!.length },
      })
    })
    expect(outcome).toMatchObject({ ok: true })
    expect(told).toContain('session.event')
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
