import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { addMember, setUpClinic } from '../app/identity/index.server.ts'
import { clinicFigure } from '../app/measure/clinic/clinic-figure.ts'
import { clinicPage } from '../app/measure/clinic/clinic-page.server.ts'
import { readyFigures, takeSnapshot } from '../app/measure/clinic/take-snapshot.server.ts'
import {
  type FigureQuestion,
  overviewBlocks,
  topicBlocks,
} from '../app/measure/clinic/topic-blocks.server.ts'
import { TOPICS } from '../app/measure/clinic/topics.ts'
import { eventCounts } from '../app/measure/dataset/figure-queries.server.ts'
import { refreshOutcomes } from '../app/measure/dataset/refresh-outcomes.server.ts'
import type { Member, SystemActor } from '../app/platform/actor.ts'
import { runCommand, runQuery } from '../app/platform/command.server.ts'
import { toConfig } from '../app/platform/config.ts'
import { jsonLog } from '../app/platform/log.server.ts'
import { type LocalDate, parseInstant } from '../app/platform/time.ts'
import { connect } from '../server/database.ts'
import { startEmbeddedPostgres } from '../server/embedded-postgres.ts'
import { migrate } from '../server/migrate.ts'
import { composeServices } from '../server/services.ts'
import { type Figure, type Measure, median, timed } from './figure.ts'

const CHECK_INS_EACH = 25
/** Questionnaires that half of the people answer before and after. */
const ANSWERED = [
  ['phq-9', 27],
  ['gad-7', 21],
] as const
const NOW = '2026-11-22T15:00:00.000Z'

/**
 * Outcomes of a very large clinic: making every course from nothing, taking in what 1,000 people told since, and what the
 * page then needs; beside one plain statement that counts time to first use from all check-ins, as a page without stored
 * courses would have to.
 */
export const measure: Measure = async ({ smoke }) => {
  const people = smoke ? 500 : 200_000
  const changed = smoke ? 20 : 1_000
  const rounds = smoke ? 1 : 7
  const folder = mkdtempSync(join(tmpdir(), 'evenkeel-bench-'))
  chmodSync(folder, 0o755)
  const embedded = await startEmbeddedPostgres(join(folder, 'pg'))
  const admin = new pg.Client({ ...embedded.connection, database: 'postgres' })
  await admin.connect()
  await admin.query('create database bench')
  await admin.end()
  const database = connect({ ...embedded.connection, database: 'bench' }, () => {})
  try {
    await migrate(database.ownerPool)
    const config = toConfig({ EVENKEEL_DATA: folder })
    if (!config.ok) throw new Error(config.problems.join())
    const services = composeServices(
      database,
      config.config,
      jsonLog('quiet', () => '', console.error),
      {
        clock: { now: () => parseInstant(NOW) },
        jobs: { plan: async () => {} },
      },
    )
    const clinicId = services.ids.next<'clinic'>()
    const system: SystemActor = { kind: 'system', clinicId, name: 'bench' }
    await runCommand(services, system, setUpClinic, {
      slug: 'bench',
      profile: { name: 'Bench', city: '', region: '', phoneDisplay: '', email: '', demonstration: true },
    })
    const nurse = await runCommand(services, system, addMember, {
      email: 'nurse@example.org',
      name: 'Nurse',
      passwordHash: 'none',
      roles: ['nurse'],
    })
    if (!nurse.ok) throw new Error(nurse.reason)
    await addPeople(database.ownerPool, clinicId, nurse.value.accountId, people)

    const refresh = async () => {
      const outcome = await runCommand(services, system, refreshOutcomes, {})
      if (!outcome.ok) throw new Error('not refreshed')
      return outcome.value
    }
    const [build] = await timed(1, refresh, 0)
    await database.ownerPool.query('analyze')

    let round = 0
    const refreshed: number[] = []
    for (; round < rounds; round++) {
      await checkInOf(database.ownerPool, clinicId, changed, round)
      const [taken] = await timed(
        1,
        async () => {
          const { people: made } = await refresh()
          if (made !== changed) throw new Error(`${made} courses made instead of ${changed}`)
        },
        0,
      )
      refreshed.push(taken!)
    }
    const profile = await services.clinicProfile(clinicId)
    /** What the loader of a page asks and makes of it, as somebody who treats people here, without the refresh. */
    const team: Member = { kind: 'member', clinicId, ...nurse.value, name: 'Nurse', roles: ['nurse'] }
    const loaded = (blocks: (question: FigureQuestion) => Promise<readonly unknown[]>) =>
      timed(rounds, () =>
        runQuery(services, team, async (needs) => {
          const { question } = await clinicPage(needs, profile, new URLSearchParams())
          if ((await blocks(question)).length === 0) throw new Error('no figures')
        }),
      )
    const overview = await loaded(overviewBlocks)
    const topics = new Map<string, number[]>()
    for (const { id } of TOPICS)
      topics.set(
        id,
        await loaded(async (question) => {
          const blocks = await topicBlocks(id, question)
          if (!smoke && id === 'use' && blocks[0]?.drawing?.kind !== 'curve') throw new Error('no curve')
          return blocks
        }),
      )
    const page = topics.get('use')!
    /** The whole loader of the overview, as somebody who does not treat people. */
    const manager: Member = { ...team, roles: ['manager'] }
    const strictLook = async () => {
      await readyFigures(services, manager)
      await runQuery(services, manager, async (needs) => {
        const { question } = await clinicPage(needs, profile, new URLSearchParams())
        if ((await overviewBlocks(question)).length === 0) throw new Error('no figures')
      })
    }
    const [strictFirst] = await timed(1, strictLook, 0)
    const strict = await timed(rounds, strictLook)
    const nothingToDo = await timed(smoke ? 1 : 3, () => runCommand(services, system, takeSnapshot, {}), 0)
    const plain = await timed(
      smoke ? 1 : 3,
      () =>
        runQuery(services, system, async () => {
          const { rows } = await database.ownerPool.query(plainStatement, [
            clinicId,
            profile.timeZone,
            '2026-11-22',
          ])
          clinicFigure(rows, 'bench')
        }),
      0,
    )
    await sameFigures(services, system, database.ownerPool, profile.timeZone)
    const how = `${people.toLocaleString('en')} people, ${(people * CHECK_INS_EACH).toLocaleString('en')} check-ins`
    const peer = { name: 'one plain statement over all check-ins', value: median(plain) }
    return [
      { name: 'every course from nothing', unit: 's', ours: build! / 1000, how },
      {
        name: `refresh after ${changed.toLocaleString('en')} changed people`,
        unit: 'ms',
        ours: median(refreshed),
        how: `median of ${rounds}, one check-in each`,
      },
      {
        name: 'first use, lapse, relapse and what came first, queries and figures',
        unit: 'ms',
        ours: median(page),
        peer,
        how: `median of ${rounds}`,
      },
      ...[...topics]
        .filter(([id]) => id !== 'use')
        .map(([id, taken]) => ({
          name: `page of ${id}, queries and figures`,
          unit: 'ms',
          ours: median(taken),
          how: `median of ${rounds}`,
        })),
      {
        name: 'overview, one line for each outcome',
        unit: 'ms',
        ours: median(overview),
        how: `median of ${rounds}`,
      },
      {
        name: 'strict overview, the first look of a month or by new definitions',
        unit: 's',
        ours: strictFirst! / 1000,
        how: 'cuts the facts, works out all pages and keeps them; otherwise the job does it',
      },
      {
        name: 'strict overview, every other look',
        unit: 'ms',
        ours: median(strict),
        how: `median of ${rounds}, from what is kept`,
      },
      {
        name: 'the job that keeps strict figures, with nothing to do',
        unit: 'ms',
        ours: median(nothingToDo),
        how: 'every ten minutes',
      },
      {
        name: 'refresh and overview together',
        unit: 'ms',
        ours: median(refreshed) + median(overview),
        peer,
        how: 'what somebody waits for who opens the results after 1,000 changes',
      },
    ] satisfies Figure[]
  } finally {
    await database.close()
    await embedded.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}

/** What a page without stored courses asks: every check-in of everybody, each time. */
const plainStatement = `
  with dose as (
    select s.person_id, (min(e.at) at time zone $2)::date as day_0
    from session_event e join dosing_session s on s.clinic_id = e.clinic_id and s.id = e.session_id
    where e.clinic_id = $1 and e.kind = 'dose-started' group by s.person_id
  ), entry as (
    select distinct on (person_id, for_date) person_id, for_date, used
    from check_in where clinic_id = $1 order by person_id, for_date, version desc
  ), person as (
    select d.person_id, $3::date - d.day_0 as so_far,
      min(e.for_date - d.day_0) filter (where e.used = 'yes') as yes,
      max(e.for_date - d.day_0) filter (where e.used <> 'unknown') as last
    from dose d left join entry e on e.person_id = d.person_id and e.for_date - d.day_0 between 1 and 365
    where d.day_0 <= $3::date
    group by d.person_id, d.day_0
  )
  select coalesce(yes, last, 0) as days, yes is not null as event,
    case when yes is not null then null
      when last is null then case when so_far <= 14 then 'still-followed' else 'never-answered' end
      when least(so_far, 365) - last > 14 then 'stopped-answering'
      when so_far > 365 then 'end-of-follow-up'
      else 'still-followed' end as "censoredWhy",
    count(*) as people
  from person group by 1, 2, 3`

/** A bench that computes the wrong thing measures nothing. */
async function sameFigures(
  services: Parameters<typeof runQuery>[0],
  system: SystemActor,
  owner: pg.Pool,
  timeZone: string,
): Promise<void> {
  const today = '2026-11-22' as LocalDate
  const ours = await runQuery(services, system, ({ db }) =>
    eventCounts(db, { clinicId: system.clinicId, today }, 'time-to-first-use'),
  )
  const { rows } = await owner.query(plainStatement, [system.clinicId, timeZone, today])
  const lines = (counts: typeof ours) =>
    counts.map(({ days, event, censoredWhy, people }) => `${days} ${event} ${censoredWhy} ${people}`).sort()
  if (lines(ours).join() !== lines(rows).join()) throw new Error('the two ways of counting differ')
}

/** Everybody with one dose in the two years before, then check-ins by the invitations' rhythm, most of them answered. */
async function addPeople(owner: pg.Pool, clinicId: string, by: string, people: number): Promise<void> {
  const client = await owner.connect()
  const run = (text: string) =>
    client.query(text.replaceAll('$clinic', `'${clinicId}'::uuid`).replaceAll('$by', `'${by}'::uuid`))
  try {
    await client.query('begin')
    await client.query('set local session_replication_role = replica')
    await client.query('select setseed(0.4242)')
    await run(`create temporary table invented on commit drop as
      select n, gen_random_uuid() as person, gen_random_uuid() as session,
        timestamptz '2026-07-25T15:00:00Z' - make_interval(days => (random() * 700)::integer) as dosed_at,
        case when random() < 0.3 then 1 + (random() * 300)::integer end as use_from
      from generate_series(1, ${people}) n`)
    await run(`insert into person (clinic_id, id, display_name, contact, synthetic, created_at)
      select $clinic, person, 'Invented ' || n, '{}', true, dosed_at from invented`)
    await run(`insert into dosing_session (clinic_id, id, appointment_id, plan_id, person_id, session_number, opened_at, opened_by)
      select $clinic, session, session, session, person, 1, dosed_at, $by from invented`)
    await run(`insert into session_event (clinic_id, id, session_id, kind, at, received_at, by_account_id, data, words)
      select $clinic, gen_random_uuid(), session, 'dose-started', dosed_at, dosed_at, $by, '{}', '{}' from invented`)
    // ${CHECK_INS_EACH} days: often at first, then once a week.
    await run(`insert into check_in (clinic_id, id, person_id, for_date, version, submitted_at, by_link, craving_0_to_10, used, substances, craving_stamp)
      select $clinic, gen_random_uuid(), person, (dosed_at at time zone 'America/New_York')::date + day, 1, dosed_at, true,
        (random() * 10)::integer,
        case when random() < 0.03 then 'unknown' when day >= use_from and random() < 0.5 then 'yes' else 'no' end, '[]', '{}'
      from invented, (
        select case when k <= 12 then k when k <= 18 then 12 + (k - 12) * 4 else 36 + (k - 18) * 11 end as day
        from generate_series(1, ${CHECK_INS_EACH}) k) days
      order by person, day`)
    for (const [instrument, most] of ANSWERED) {
      for (const days of [-3, 14])
        await run(`insert into instrument_response (clinic_id, id, person_id, source, object_id, instrument_id, version, edition, form_hash, recall_period, scoring_version, answers, scores, completed_at, recorded_by)
          select $clinic, gen_random_uuid(), person, 'form', '${days} ' || session, '${instrument}', '1', '1', 'x', 'P14D', 1, '{}',
            jsonb_build_object('scores', jsonb_build_object('total', jsonb_build_object('status', 'ok', 'value', (random() * ${most})::integer))),
            dosed_at + interval '${days} days', 'bench'
          from invented where n % 2 = 0`)
    }
    await run(`insert into feed_head values ($clinic, 0) on conflict do nothing`)
    await client.query('commit')
    await client.query('analyze')
  } finally {
    client.release()
  }
}

/** One more check-in of some people, with its event, as commands would leave them. */
async function checkInOf(owner: pg.Pool, clinicId: string, people: number, round: number): Promise<void> {
  await owner.query(
    `with chosen as (
       select person_id, row_number() over () as n from (
         select person_id from dosing_session where clinic_id = $1 order by md5(person_id::text || $3) limit $2) picked
     ), told as (
       insert into check_in (clinic_id, id, person_id, for_date, version, submitted_at, by_link, craving_0_to_10, used, substances, craving_stamp)
       select $1, gen_random_uuid(), person_id, date '2026-11-22' + $4::integer, 1, now(), true, 3, 'yes', '[]', '{}' from chosen
     ), head as (
       update feed_head set seq = seq + $2 where clinic_id = $1 returning seq - $2 as before
     )
     insert into feed_event
     select $1, before + n, gen_random_uuid(), 'check-in.submitted', now(), jsonb_build_object('personId', person_id) from chosen, head`,
    [clinicId, people, `round ${round}`, round],
  )
}
