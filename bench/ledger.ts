import { hash } from 'node:crypto'
import { chmodSync, createWriteStream, mkdtempSync, rmSync } from 'node:fs'
import { loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import pg from 'pg'
import { addMember, setUpClinic } from '../app/identity/index.server.ts'
import type { Member, SystemActor } from '../app/platform/actor.ts'
import { runCommand } from '../app/platform/command.server.ts'
import { toConfig } from '../app/platform/config.ts'
import { type ClinicId, uuidv7Source } from '../app/platform/ids.ts'
import { jsonLog } from '../app/platform/log.server.ts'
import type { Services } from '../app/platform/services.server.ts'
import { type Instant, type LocalDate, parseInstant } from '../app/platform/time.ts'
import { CHAIN_START, movementText } from '../app/treat/ledger/chain.server.ts'
import { addCabinet } from '../app/treat/ledger/keep-stock.server.ts'
import { moveStock } from '../app/treat/ledger/move-stock.server.ts'
import type { CabinetId, Movement, PlannedMovement } from '../app/treat/ledger/movement.ts'
import { receiveStock } from '../app/treat/ledger/receive-stock.server.ts'
import { verifyLedger } from '../app/treat/ledger/verify/verify-ledger.server.ts'
import type { LotId } from '../app/treat/session/session-event.ts'
import { connect } from '../server/database.ts'
import { novaHealthRecovery } from '../server/demonstration-clinic.ts'
import { startEmbeddedPostgres } from '../server/embedded-postgres.ts'
import { migrate } from '../server/migrate.ts'
import { composeServices } from '../server/services.ts'
import { type Figure, type Measure, median, quantile } from './figure.ts'

const WRITERS = 20
/** Each writer's pause between two movements in the paced run: a nurse is never faster. */
const PACE_MS = 500
const LOTS = 4

/**
 * The ledger: walking a million rows as `npm run ledger:verify` does, and movements by twenty people at once through the real command
 * (rights, lot, balances, chain, audit, feed). Beside them: `sha256sum` over a COPY of the same rows, PostgreSQL checking the same
 * hashes in one statement, and a bare insert by as many connections.
 */
export const measure: Measure = async ({ smoke }) => {
  const folder = mkdtempSync(join(tmpdir(), 'evenkeel-bench-'))
  chmodSync(folder, 0o755)
  const embedded = await startEmbeddedPostgres(join(folder, 'pg'))
  const admin = new pg.Client({ ...embedded.connection, database: 'postgres' })
  await admin.connect()
  await admin.query('create database bench')
  await admin.end()
  const settings = { ...embedded.connection, database: 'bench' }
  const database = connect(settings, () => {})
  try {
    await migrate(database.ownerPool)
    const config = toConfig({ EVENKEEL_DATA: folder })
    if (!config.ok) throw new Error(config.problems.join())
    const log = jsonLog('quiet', () => '', console.error)
    const services = composeServices(database, config.config, log, { jobs: { plan: async () => {} } })
    const movements = await measureMovements(services, settings, smoke)
    const verifying = await measureVerifying(services, database.ownerPool, folder, smoke)
    return [...verifying, ...movements]
  } finally {
    await database.close()
    await embedded.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}

async function measureVerifying(
  services: Services,
  owner: pg.Pool,
  folder: string,
  smoke: boolean,
): Promise<Figure[]> {
  const rows = smoke ? 20_000 : 1_000_000
  const rounds = smoke ? 1 : 3
  const { clinicId } = await clinicNamed(services, 'long-ledger')
  await fill(owner, clinicId, rows, folder)
  const ours: number[] = []
  const inSql: number[] = []
  const dumped: number[] = []
  const residentMiB = () => process.memoryUsage().rss / 2 ** 20
  const beforeMiB = residentMiB()
  let mostMiB = beforeMiB
  for (let round = 0; round < rounds; round++) {
    const watch = setInterval(() => {
      mostMiB = Math.max(mostMiB, residentMiB())
    }, 50)
    ours.push(
      await seconds(async () => {
        const { chain, figures } = await verifyLedger(services, clinicId)
        if (chain.rows !== rows || chain.damage || figures.found > 0) {
          throw new Error(`the bench's ledger is not whole: ${JSON.stringify({ chain, figures })}`)
        }
      }),
    )
    clearInterval(watch)
    dumped.push(
      await seconds(() =>
        owner.query(
          `copy (select * from public.ledger_movement where clinic_id = '${clinicId}' order by seq) to program 'sha256sum > /dev/null'`,
        ),
      ),
    )
    // The function is slower than what it says; this is what a careful reader would write with it.
    if (round === 0) {
      inSql.push(
        await seconds(async () => {
          const found = await owner.query(
            `select count(*) filter (where not fits) as broken from (
               select hash = encode(sha256(convert_to(previous_hash || chr(31) || public.ledger_text(m), 'UTF8')), 'hex')
                 and previous_hash = lag(hash, 1, $2) over (order by seq) as fits
               from public.ledger_movement m where clinic_id = $1) checked`,
            [clinicId, CHAIN_START],
          )
          if (found.rows[0].broken !== 0) throw new Error('PostgreSQL does not find the ledger whole')
        }),
      )
    }
  }
  const how = `${rows} rows streamed through a cursor: hashes, links, lots, milligrams, balances; median of ${rounds}, load ${loadavg()[0]!.toFixed(2)}`
  return [
    {
      name: `verify ${rows} rows (target 5 s for a million)`,
      unit: 's',
      ours: median(ours),
      peer: { name: 'COPY piped into sha256sum', value: median(dumped) },
      how,
    },
    {
      name: 'the same',
      unit: 's',
      ours: median(ours),
      peer: { name: 'PostgreSQL checking hashes and links alone', value: median(inSql) },
      how: 'one statement with public.ledger_text, once',
    },
    {
      name: 'memory grown while verifying, most',
      unit: 'MiB',
      ours: mostMiB - beforeMiB,
      how: `of ${beforeMiB.toFixed(0)} MiB before`,
    },
  ]
}

async function measureMovements(
  services: Services,
  settings: pg.ClientConfig,
  smoke: boolean,
): Promise<Figure[]> {
  const each = smoke ? 5 : 100
  const { clinicId, system } = await clinicNamed(services, 'busy')
  const nurses = await Promise.all(
    Array.from({ length: WRITERS }, async (_, i): Promise<Member> => {
      const name = `Nurse ${i}`
      const made = await runCommand(services, system, addMember, {
        email: `nurse${i}@example.org`,
        name,
        passwordHash: 'none',
        roles: ['nurse'],
      })
      if (!made.ok) throw new Error(`no nurse: ${made.reason}`)
      return { kind: 'member', clinicId, ...made.value, name, roles: ['nurse'] }
    }),
  )
  const lots: LotId[] = []
  for (let i = 0; i < LOTS; i++) {
    const key: LotId = services.ids.next()
    const received = await runCommand(services, nurses[0]!, receiveStock, {
      key,
      drug: 'Ketamine hydrochloride',
      lotNumber: `B-${i}`,
      expiresOn: '2041-12-31' as LocalDate,
      concentrationMgPerMl: 50,
      containerMl: 10,
      containers: 50_000,
      invoice: 'B',
      reason: 'bench',
    })
    if (!received.ok) throw new Error(`not received: ${received.reason}`)
    lots.push(key)
  }
  const cabinetId: CabinetId = services.ids.next()
  const manager: Member = { ...nurses[0]!, roles: ['manager'] }
  const opened = await runCommand(services, manager, addCabinet, { key: cabinetId, name: 'Room 1' })
  if (!opened.ok) throw new Error(`no cabinet: ${opened.reason}`)
  const move = async (writer: number) => {
    const outcome = await runCommand(services, nurses[writer]!, moveStock, {
      key: services.ids.next(),
      lotId: lots[writer % LOTS]!,
      from: { place: { at: 'safe' } },
      to: { at: 'cabinet', id: cabinetId },
      hundredths: 1000,
      reason: '',
    })
    if (!outcome.ok) throw new Error(`not moved: ${outcome.reason}`)
  }
  const bare = await bareInserts(settings)
  try {
    await together(3, 0, move)
    await together(3, 0, bare.insert)
    const paced = await together(each, PACE_MS, move)
    const pacedBare = await together(each, PACE_MS, bare.insert)
    const flat = await together(each, 0, move)
    const flatBare = await together(each, 0, bare.insert)
    const how = `${WRITERS} people, ${each} movements each, ${LOTS} lots, one chain; load ${loadavg()[0]!.toFixed(2)}`
    const figure = (name: string, p: number, ours: number[], peer: number[], pace: string): Figure => ({
      name,
      unit: 'ms',
      ours: quantile(ours, p),
      peer: { name: 'bare insert in a transaction', value: quantile(peer, p) },
      how: `${how}; ${pace}`,
    })
    const pause = `each pauses ${PACE_MS} ms between two`
    return [
      figure('movement by 20 writers, p50', 0.5, paced, pacedBare, pause),
      figure('movement by 20 writers, p99 (target 20 ms)', 0.99, paced, pacedBare, pause),
      figure('movement by 20 writers without a pause, p99', 0.99, flat, flatBare, 'all wait for each other'),
    ]
  } finally {
    await bare.close()
  }
}

/** Every writer does the work so often, all at once. @returns milliseconds of each */
async function together(
  times: number,
  pauseMs: number,
  work: (writer: number) => Promise<unknown>,
): Promise<number[]> {
  const taken: number[] = []
  await Promise.all(
    Array.from({ length: WRITERS }, async (_, writer) => {
      await setTimeout((pauseMs * writer) / WRITERS)
      for (let i = 0; i < times; i++) {
        const started = performance.now()
        await work(writer)
        taken.push(performance.now() - started)
        if (pauseMs > 0) await setTimeout(Math.max(0, pauseMs - (performance.now() - started)))
      }
    }),
  )
  return taken
}

/** A table of one line a row, and a connection for each writer. */
async function bareInserts(settings: pg.ClientConfig) {
  const clients = await Promise.all(
    Array.from({ length: WRITERS }, async () => {
      const client = new pg.Client(settings)
      await client.connect()
      return client
    }),
  )
  await clients[0]!.query('create table bare_row (id bigserial primary key, line text not null)')
  return {
    async insert(writer: number) {
      const client = clients[writer]!
      await client.query('begin')
      await client.query('insert into bare_row (line) values ($1)', ['x'.repeat(400)])
      await client.query('commit')
    },
    close: () => Promise.all(clients.map((client) => client.end())),
  }
}

async function clinicNamed(
  services: Services,
  slug: string,
): Promise<{ clinicId: ClinicId; system: SystemActor }> {
  const clinicId: ClinicId = services.ids.next()
  const system: SystemActor = { kind: 'system', clinicId, name: 'bench' }
  const made = await runCommand(services, system, setUpClinic, { slug, profile: novaHealthRecovery })
  if (!made.ok) throw new Error(`no clinic: ${made.reason}`)
  return { clinicId, system }
}

async function seconds(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now()
  await work()
  return (performance.now() - started) / 1000
}

/**
 * Writes a ledger of so many rows as sessions make them: deliveries of a thousand vials; each vial opened, drawn, given, its rest
 * wasted. Built here with the application's own text and loaded by COPY, since the application itself would take an hour.
 */
async function fill(owner: pg.Pool, clinicId: ClinicId, wanted: number, folder: string): Promise<void> {
  const file = join(folder, 'rows.tsv')
  const out = createWriteStream(file, { mode: 0o644 })
  const ids = uuidv7Source(
    () => 1_700_000_000_000 + made++,
    (bytes) => {
      for (let i = 0; i < bytes.length; i++) bytes[i] = (made * 31 + i * 17) & 255
      bytes[15] = made & 255
      bytes[14] = (made >> 8) & 255
    },
  )
  let made = 0
  const by = ids.next<'account'>()
  const witness = ids.next<'account'>()
  const startMs = Date.parse(parseInstant('2020-01-01T00:00:00Z'))
  let seq = 0
  let previous = CHAIN_START
  let lines: string[] = []
  const write = async (
    { kind, lotId, from, to, hundredths, ...rest }: Omit<PlannedMovement, 'id' | 'at' | 'reason'>,
    detail = '{}',
  ): Promise<void> => {
    if (seq === wanted) return
    seq += 1
    const id = ids.next<'ledger-movement'>()
    const at = new Date(startMs + seq * 30_000).toISOString() as Instant
    const own = { kind, lotId, from, to, hundredths, ...rest, id, actId: id, seq, at, recordedAt: at, by }
    const movement: Movement = { ...own, micrograms: hundredths * 500, reason: '' }
    const text = movementText(clinicId, movement, detail)
    const end = hash('sha256', `${previous}\u001F${text}`)
    // A text's fields are the table's columns in order; no field holds a tab, and empty ones that may be null are.
    const columns = text.split('\u001F').map((field, i) => (field === '' && i !== 19 ? '\\N' : field))
    lines.push([...columns, previous, end].join('\t'))
    previous = end
    if (lines.length === 5_000 || seq === wanted) {
      if (!out.write(`${lines.join('\n')}\n`))
        await new Promise<void>((drained) => out.once('drain', () => drained()))
      lines = []
    }
  }
  const lots: { readonly id: LotId; readonly lotNumber: string }[] = []
  while (seq < wanted) {
    const lotId: LotId = ids.next()
    const lotNumber = `L-${lots.length + 1}`
    lots.push({ id: lotId, lotNumber })
    const safe = { place: { at: 'safe' } } as const
    const facts = {
      drug: 'ketamine',
      lotNumber,
      form: 'vial',
      expiresOn: '2041-12-31',
      strength: 50,
      containerMl: 5,
    }
    await write(
      { kind: 'receive', lotId, from: { place: { at: 'supplier' } }, to: safe, hundredths: 500_000, witness },
      JSON.stringify({ invoice: 'B-1', lot: facts }),
    )
    for (let vial = 0; vial < 1_000 && seq < wanted; vial++) {
      const sessionId = ids.next<'session'>()
      const opened = { ...safe, container: ids.next<'drug-container'>() }
      const syringe = { place: { at: 'syringe', id: sessionId } } as const
      const patient = { place: { at: 'patient', id: sessionId } } as const
      const waste = { place: { at: 'waste' } } as const
      const every = { lotId, sessionId }
      await write({ ...every, kind: 'open', from: safe, to: opened, hundredths: 500 })
      await write({ ...every, kind: 'draw', from: opened, to: syringe, hundredths: 400 })
      await write({ ...every, kind: 'give', from: syringe, to: patient, hundredths: 350 })
      await write({ ...every, kind: 'waste', from: syringe, to: waste, hundredths: 50, witness })
      await write({ ...every, kind: 'waste', from: opened, to: waste, hundredths: 100, witness })
    }
  }
  await new Promise<void>((ended) => out.end(() => ended()))
  const client = await owner.connect()
  try {
    // Sessions, vials and people of these rows do not exist: foreign keys are left out while they are loaded.
    await client.query('set session_replication_role = replica')
    await client.query(
      `insert into public.drug_lot (clinic_id, id, drug, lot_number, form, concentration_mg_per_ml, container_ml, expires_on, received_at,
         invoice)
       select $1, id, 'ketamine', number, 'vial', 50, 5, '2041-12-31', '2020-01-01T00:00:00Z', 'B-1'
       from unnest($2::uuid[], $3::text[]) as made (id, number)`,
      [clinicId, lots.map(({ id }) => id), lots.map(({ lotNumber }) => lotNumber)],
    )
    await client.query(
      `copy public.ledger_movement (clinic_id, seq, id, act_id, kind, at, recorded_at, lot_id, from_place, from_id, from_container,
         to_place, to_id, to_container, hundredths, micrograms, by_account_id, witness_account_id, session_id, reason, detail,
         previous_hash, hash) from '${file}'`,
    )
    await client.query('insert into public.ledger_head (clinic_id, seq, hash) values ($1, $2, $3)', [
      clinicId,
      seq,
      previous,
    ])
    await client.query('vacuum analyze public.ledger_movement')
    await client.query('reset session_replication_role')
  } finally {
    client.release()
    rmSync(file)
  }
}
