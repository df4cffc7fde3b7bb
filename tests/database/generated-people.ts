import type { TestClinic, TestDatabase } from './test-clinic.ts'

/** Uniform numbers in [0, 1) by mulberry32, so that a seed is a data set. */
export function chance(seed: number): () => number {
  let state = seed | 0
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

const DAY_MS = 86_400_000

/** Stored scores as scoring leaves them: known, prorated, partial, incomplete, of a series, and of no followed instrument. */
const RESULTS: readonly ((value: number) => [instrument: string, scores: object])[] = [
  (value) => ['phq-9', { valid: true, triggers: [], scores: { total: { value, status: 'ok' } } }],
  (value) => ['phq-9', { valid: true, triggers: [], scores: { total: { value, status: 'prorated' } } }],
  (value) => ['phq-9', { valid: true, triggers: [], scores: { total: { value, status: 'partial' } } }],
  () => ['phq-9', { valid: true, triggers: [], scores: { total: { value: null, status: 'incomplete' } } }],
  () => ['gad-7', { valid: false, problems: [] }],
  (value) => ['gad-7', { valid: true, triggers: [], scores: { total: { value, status: 'ok' } } }],
  (value) => [
    'who-rdl',
    { valid: true, triggers: [], scores: { level: { value: value % 5, status: 'ok' } } },
  ],
  (value) => ['tlfb', { valid: true, metrics: { phdd: value > 20 ? null : value / 3, hdd: 1 } }],
  (value) => ['audit', { valid: true, triggers: [], scores: { total: { value, status: 'ok' } } }],
]

type Rows = Record<
  'person' | 'track' | 'plan' | 'session' | 'event' | 'checkIn' | 'day' | 'response',
  unknown[][]
>

/**
 * Invented people with doses, check-ins and calendars, written straight into the tables: what comes of commands is tested
 * where they live. Doses fall into 2026 around midnight of New York, on the days when clocks change, and twice on a day;
 * check-ins come before, on and after the day of the dose, some corrected more than once; calendars stand alone, beside check-ins
 * and against them, early and around the days at which states are told; logs of
 * sessions hold what the server would refuse; results of instruments are known, unknown, of several editions or set aside.
 */
export async function addGeneratedPeople(
  t: TestDatabase,
  clinic: TestClinic,
  { seed, people }: { readonly seed: number; readonly people: number },
): Promise<string[]> {
  const next = chance(seed)
  const upTo = (n: number) => Math.floor(next() * n)
  const pick = <Value>(values: readonly Value[]): Value => values[upTo(values.length)]!
  const id = () => t.services.ids.next()
  const rows: Rows = {
    person: [],
    track: [],
    plan: [],
    session: [],
    event: [],
    checkIn: [],
    day: [],
    response: [],
  }
  const ids: string[] = []
  const makers = [clinic.as.prescriber.accountId, clinic.as.secondPrescriber.accountId, null]

  for (let at = 0; at < people; at++) {
    const person = id()
    ids.push(person)
    const birth = pick([null, '1950-03-01', '1975-11-01', '1985-07-04', '2000-02-29'])
    rows.person.push([person, `Invented ${at}`, birth, pick(['female', 'male', 'other', null]), true])
    const plan = id()
    rows.plan.push([plan, person, pick(makers)])
    // By their number, so that nothing else of a seed depends on it. Some have no track, some had another one first.
    const track = [null, 'alcohol', 'cocaine', 'alcohol', 'other'][at % 5]
    if (track && at % 7 === 0) rows.track.push([id(), plan, 'gaming', '2026-01-01T00:00:00Z'])
    if (track) rows.track.push([id(), plan, track, '2026-01-01T09:00:00Z'])
    // Midnight in New York is 04:00 or 05:00 UTC; clocks change on 8 March and 1 November 2026.
    const firstMs =
      at % 5 === 0
        ? Date.parse(
            pick([
              '2026-03-08T04:59:59Z',
              '2026-03-08T07:00:00Z',
              '2026-11-01T03:59:59Z',
              '2026-11-01T04:00:00Z',
            ]),
          )
        : Date.parse('2026-01-02T00:00:00Z') + upTo(300) * DAY_MS + pick([3, 4, 5, 14]) * 3_600_000
    const doses = pick([0, 1, 1, 1, 3, 6])
    for (let dose = 0; dose < doses; dose++) {
      const session = id()
      rows.session.push([session, id(), plan, person, dose + 1])
      const atMs = firstMs + pick([0, 1, 3, 7]) * dose * DAY_MS + dose * 60_000
      const note = (kind: string, minute: number, data: object = {}) => {
        const event = id()
        rows.event.push([event, session, kind, new Date(atMs + minute * 60_000).toISOString(), data])
        return event
      }
      note('arrived', 0)
      note('dose-started', 0)
      // A second start is kept in the log and not counted; an end before the start is none.
      if (upTo(9) === 0) note('dose-started', 10)
      if (upTo(9) === 0) note('dose-finished', -5, { mgGiven: 999, computedMg: 999 })
      if (upTo(3) === 0) note('observation', upTo(60), { topic: pick(['nausea', 'distress', 'comfort']) })
      if (upTo(6) > 0) {
        const mgGiven = pick([35, 40.5, 60])
        const ended = note(pick(['dose-finished', 'dose-finished', 'dose-stopped']), 40, {
          mgGiven,
          computedMg: 60,
        })
        if (upTo(8) === 0) note('dose-finished', 45, { mgGiven: 1, computedMg: 1 })
        for (let times = upTo(5) - 2; times > 0; times--)
          note('correction', 50 + upTo(3), {
            of: ended,
            figures: pick([{ mgGiven: upTo(80) }, { computedMg: 3 }]),
          })
        if (upTo(3) > 0) note('discharged', 100, { overrideBy: pick([null, null, id()]), notMet: [] })
        if (upTo(3) > 0) note('session-closed', 110, { outcome: 'completed' })
        // What is entered after the closing is not counted.
        if (upTo(5) === 0) note('observation', 120, { topic: 'nausea' })
        if (upTo(9) === 0) note('correction', 121, { of: ended, figures: { mgGiven: 7 } })
      }
    }
    for (let times = upTo(7); times > 0; times--) {
      const [instrument, scores] = pick(RESULTS)(upTo(28))
      const completedMs =
        upTo(8) === 0 ? firstMs : firstMs + (upTo(70) - 25) * DAY_MS + pick([0, 3_600_000, -3_600_000])
      rows.response.push([
        id(),
        person,
        pick(['form', 'form', 'form', 'form-set-aside']),
        id(),
        instrument,
        pick(['ours-1', 'ours-1', 'ours-1', 'theirs-2']),
        new Date(completedMs).toISOString(),
        scores,
      ])
    }
    const day = (n: number) => new Date(firstMs + n * DAY_MS).toISOString().slice(0, 10)

    const style = pick(['silent', 'faithful', 'faithful', 'patchy', 'patchy', 'unsure', 'returning'] as const)
    const leaves = pick([5, 20, 60, 120, 400, 420])
    const share = { silent: 0, faithful: 0.98, patchy: 0.3, unsure: 0.4, returning: 0.6 }[style]
    const used = pick([0, 0, 0.02, 0.1, 0.9])
    const every = (n: number) => (n <= 28 ? 1 : n <= 90 ? 3 : 7)
    for (let n = -10; n <= leaves; n += every(n)) {
      if (style === 'returning' && n > 40 && n < 130) continue
      if (next() >= share) continue
      const versions = upTo(12) === 0 ? 1 + upTo(3) : 1
      for (let version = 1; version <= versions; version++) {
        const answer = next() < (style === 'unsure' ? 0.5 : 0.05) ? 'unknown' : next() < used ? 'yes' : 'no'
        rows.checkIn.push([id(), person, day(n), version, answer, upTo(6) === 0 ? null : upTo(11)])
      }
    }
    if (upTo(2) === 0) {
      const from = pick([upTo(60) - 20, pick([20, 80, 170, 355]) + upTo(8)])
      const calendarUse = pick([0, 0.2, 0.9])
      for (let n = from; n < from + pick([7, 30, 120]); n++) {
        if (upTo(5) === 0) continue
        for (let revision = 1; revision <= (upTo(15) === 0 ? 2 : 1); revision++) {
          const state = upTo(10) === 0 ? 'unknown' : next() < calendarUse ? 'used' : 'none'
          rows.day.push([person, day(n), revision, state])
        }
      }
    }
  }
  await write(t, clinic, rows)
  return ids
}

async function write(t: TestDatabase, clinic: TestClinic, rows: Rows): Promise<void> {
  const client = await t.owner.connect()
  const insert = (into: string, values: string, list: readonly unknown[][]) =>
    client.query(`insert into ${into} select ${values} from json_array_elements($1::json) as r`, [
      JSON.stringify(list),
    ])
  const own = `'${clinic.id}'::uuid`
  const by = `'${clinic.as.nurse.accountId}'::uuid`
  const then = `'2026-01-01T00:00:00Z'::timestamptz`
  await client.query('begin')
  // The appointments, assessments and decisions behind these rows do not exist, and need not for what is asked of them.
  await client.query('set local session_replication_role = replica')
  await insert(
    'person (clinic_id, id, display_name, birth_date, sex, contact, synthetic, created_at)',
    `${own}, (r->>0)::uuid, r->>1, (r->>2)::date, r->>3, '{}', (r->>4)::boolean, ${then}`,
    rows.person,
  )
  await insert(
    'treatment_plan (clinic_id, id, person_id, assessment_id, decision_id, protocol_id, protocol_version, created_by, created_at)',
    `${own}, (r->>0)::uuid, (r->>1)::uuid, (r->>0)::uuid, (r->>0)::uuid, 'invented', '1', (r->>2)::uuid, ${then}`,
    rows.plan,
  )
  await insert(
    'intake_plan (clinic_id, id, assessment_id, track, instruments, planned_at, planned_by)',
    `${own}, (r->>0)::uuid, (r->>1)::uuid, r->>2, '[]', (r->>3)::timestamptz, 'test'`,
    rows.track,
  )
  await insert(
    'dosing_session (clinic_id, id, appointment_id, plan_id, person_id, session_number, opened_at, opened_by)',
    `${own}, (r->>0)::uuid, (r->>1)::uuid, (r->>2)::uuid, (r->>3)::uuid, (r->>4)::bigint, ${then}, ${by}`,
    rows.session,
  )
  await insert(
    'session_event (clinic_id, id, session_id, kind, at, received_at, by_account_id, data, words)',
    `${own}, (r->>0)::uuid, (r->>1)::uuid, r->>2, (r->>3)::timestamptz, (r->>3)::timestamptz, ${by}, (r->>4)::jsonb, '{}'`,
    rows.event,
  )
  await insert(
    'check_in (clinic_id, id, person_id, for_date, version, submitted_at, by_link, craving_0_to_10, used, substances, craving_stamp)',
    `${own}, (r->>0)::uuid, (r->>1)::uuid, (r->>2)::date, (r->>3)::bigint, ${then}, false, (r->>5)::smallint, r->>4, '[]', '{}'`,
    rows.checkIn,
  )
  await insert(
    'use_day (clinic_id, person_id, day, revision, state, entries, grams_per_drink, said_by, told_by, told_at, time_zone)',
    `${own}, (r->>0)::uuid, (r->>1)::date, (r->>2)::integer, r->>3, case when r->>3 = 'used' then '[{}]'::jsonb else '[]' end, 14, 'person', 'test', ${then}, 'America/New_York'`,
    rows.day,
  )
  await insert(
    'instrument_response (clinic_id, id, person_id, source, object_id, instrument_id, version, edition, form_hash, recall_period, scoring_version, answers, scores, completed_at, recorded_by)',
    `${own}, (r->>0)::uuid, (r->>1)::uuid, r->>2, r->>3, r->>4, '1', r->>5, 'x', 'P14D', 1, '{}', (r->>7)::jsonb, (r->>6)::timestamptz, 'test'`,
    rows.response,
  )
  await client.query('commit')
  client.release()
}
