import { execFile } from 'node:child_process'
import { chmodSync, copyFileSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import {
  anId,
  look,
  makeClinic,
  must,
  openTestDatabase,
  type TestClinic,
  type TestDatabase,
} from '../../../../tests/database/test-clinic.ts'
import { runCommand } from '../../../platform/command.server.ts'
import { jsonLog } from '../../../platform/log.server.ts'
import type { Services } from '../../../platform/services.server.ts'
import { HOUR_MS, type LocalDate } from '../../../platform/time.ts'
import type { LotId } from '../../session/session-event.ts'
import { CHAIN_START, hashOf, movementHash } from '../chain.server.ts'
import { addCabinet } from '../keep-stock.server.ts'
import { moveStock } from '../move-stock.server.ts'
import { type CabinetId, SAFE } from '../movement.ts'
import { receiveStock } from '../receive-stock.server.ts'
import { takeOut } from '../waste-stock.server.ts'
import { checkpointFileOf } from './checkpoint-file.server.ts'
import { checkpointStanding, readCheckpointFiles } from './checkpoint-standing.server.ts'
import { signCheckpoint, signCheckpointsJob } from './sign-checkpoint.server.ts'
import { isDamaged, verificationWords } from './verification-words.ts'
import { verifyLedger } from './verify-ledger.server.ts'
import { readOneMoment, storedEnd } from './verify-queries.server.ts'

/**
 * Tampering with the rights of the owner of the database: triggers off, then whatever SQL can do. Twelve rows are written by the
 * application, checkpoints signed at rows 5 and 10; each test begins with them as they were.
 */
const ROWS = 12
const TABLES = ['ledger_movement', 'ledger_head', 'ledger_checkpoint', 'drug_lot'] as const

let t: TestDatabase
let services: Services
let clinic: TestClinic
let folder: string
let file: string
let copy: string
let lotId: LotId
const logged: string[] = []

const sql = (text: string, values: readonly unknown[] = []) => t.owner.query(text, [...values])
const verify = (copies: readonly string[] = []) => verifyLedger(services, clinic.id, copies)
const firstLine = async () => verificationWords('harbor', await verify())[0]

beforeAll(async () => {
  t = await openTestDatabase()
  folder = mkdtempSync(join(tmpdir(), 'evenkeel-ledger-'))
  const log = jsonLog(
    'quiet',
    () => t.clock.now(),
    (line) => logged.push(line),
  )
  services = { ...t.services, log, config: { ...t.services.config, dataFolder: folder } }
  clinic = await makeClinic(services, 'harbor')
  const { nurse, manager, secondNurse } = clinic.as
  lotId = anId<'drug-lot'>(services)
  const cabinetId: CabinetId = anId<'drug-cabinet'>(services)
  await must(runCommand(services, manager, addCabinet, { key: cabinetId, name: 'Room 1' }))
  await must(
    runCommand(services, nurse, receiveStock, {
      key: lotId,
      drug: 'Ketamine hydrochloride',
      lotNumber: 'K-1',
      expiresOn: '2031-12-31' as LocalDate,
      concentrationMgPerMl: 50,
      containerMl: 10,
      containers: 20,
      invoice: 'INV 7 “special”',
      reason: 'delivery',
    }),
  )
  const cabinet = { at: 'cabinet', id: cabinetId } as const
  for (let seq = 2; seq <= ROWS; seq++) {
    t.clock.advance(61_007)
    const movement = {
      key: anId<'ledger-movement'>(services),
      lotId,
      from: { place: SAFE },
      hundredths: 1000,
    }
    await must(
      seq === 7
        ? runCommand(services, nurse, takeOut, {
            ...movement,
            kind: 'destroy' as const,
            reason: 'broken on the floor, ½ vial\nleft',
            witness: { accountId: secondNurse.accountId, at: services.clock.now() },
          })
        : runCommand(services, nurse, moveStock, { ...movement, to: cabinet, reason: '' }),
    )
    if (seq === 5 || seq === 10) await signCheckpoint(services, clinic.id)
  }
  file = checkpointFileOf(services.config, clinic.id)
  copy = join(folder, 'copy-elsewhere.jsonl')
  copyFileSync(file, copy)
  for (const table of TABLES) {
    await sql(`create table public.was_${table} as select * from public.${table}`)
    await sql(`alter table public.${table} disable trigger all`)
  }
})
beforeEach(async () => {
  for (const table of TABLES) {
    await sql(`delete from public.${table}`)
    await sql(`insert into public.${table} select * from public.was_${table}`)
  }
  copyFileSync(copy, file)
  logged.length = 0
})
afterAll(async () => {
  await t.close()
  rmSync(folder, { recursive: true, force: true })
})

/** Calculates hashes anew over numbers from one to another, as the owner of the database can. */
async function rehash(from: number, to: number): Promise<void> {
  for (let seq = from; seq <= to; seq++) {
    const before = await sql('select hash from ledger_movement where clinic_id = $1 and seq = $2', [
      clinic.id,
      seq - 1,
    ])
    const previous = before.rows[0]?.hash ?? CHAIN_START
    const { rows } = await sql(
      'select ledger_text(m) as text from ledger_movement m where clinic_id = $1 and seq = $2',
      [clinic.id, seq],
    )
    await sql('update ledger_movement set previous_hash = $3, hash = $4 where clinic_id = $1 and seq = $2', [
      clinic.id,
      seq,
      previous,
      movementHash(previous, rows[0].text),
    ])
  }
}

/** Moves numbers above one up or down, past the unique index. */
async function renumber(above: number, by: number): Promise<void> {
  await sql('update ledger_movement set seq = seq + 1000 where seq > $1', [above])
  await sql('update ledger_movement set seq = seq - 1000 + $1 where seq > 1000', [by])
}

const putEnd = () =>
  sql(
    `update ledger_head h set seq = m.seq, hash = m.hash from ledger_movement m
     where m.clinic_id = h.clinic_id and m.seq = (select max(seq) from ledger_movement)`,
  )
const more = (seq: number) =>
  sql('update ledger_movement set hundredths = 900, micrograms = 450000 where seq = $1', [seq])
const forge = (seq: number, afterSeq: number) =>
  sql(
    `insert into ledger_movement select (f).* from (select jsonb_populate_record(m, jsonb_build_object(
       'seq', $1::int, 'id', gen_random_uuid(), 'reason', 'forged', 'previous_hash', b.hash)) as f
     from ledger_movement m, ledger_movement b where m.seq = 6 and b.seq = $2) made`,
    [seq, afterSeq],
  )

describe('a ledger nobody touched', () => {
  it('is whole, with the rows its checkpoints prove', async () => {
    const verification = await verify()
    expect(isDamaged(verification)).toBe(false)
    expect(verificationWords('harbor', verification)).toEqual([
      'harbor: whole, 12 rows',
      '  Rows 1 to 10 are as they were written (checkpoint signed 2026-11-22T15:09:09.063Z). Those after it fit together.',
      '  Checkpoints: 2 in the database, 2 in files.',
    ])
  })

  it('is read as the database itself writes the text of a row', async () => {
    const { rows } = await sql(
      `select count(*)::int as whole from ledger_movement m
       where hash = encode(sha256(convert_to(previous_hash || chr(31) || ledger_text(m), 'UTF8')), 'hex')`,
    )
    expect(rows).toEqual([{ whole: ROWS }])
  })
})

describe('the application', () => {
  it('neither removes where the chain ends nor empties it, in its own clinic either', async () => {
    const client = await t.owner.connect()
    try {
      await client.query('begin')
      await client.query('set local role evenkeel_app')
      await client.query(`select set_config('app.clinic_id', $1, true)`, [clinic.id])
      expect((await client.query('select seq from ledger_head')).rows).toEqual([{ seq: ROWS }])
      for (const statement of ['delete from ledger_head', 'truncate ledger_head']) {
        await client.query('savepoint before')
        await expect(client.query(statement)).rejects.toThrow('permission denied for table ledger_head')
        await client.query('rollback to before')
      }
    } finally {
      await client.query('rollback')
      client.release()
    }
  })
})

describe('the owner of the database', () => {
  const damage = async () => (await verify()).chain.damage

  it('changes a row', async () => {
    await more(7)
    const { chain } = await verify()
    expect(chain.damage).toMatchObject({ kind: 'changed', seq: 7, earliest: 7 })
    expect(chain.sure).toMatchObject({ provenTo: 5, fitsTo: 6, after: { from: 8, to: 12, provenTo: 10 } })
    expect(await firstLine()).toBe('harbor: DAMAGED at row 7, changed')
  })

  it.each([
    'at',
    'recorded_at',
    'reason',
    'detail',
    'witness_account_id',
    'by_account_id',
    'act_id',
    'to_place',
  ])('changes %s of a row', async (column) => {
    const value = {
      at: "at + interval '1 microsecond'",
      recorded_at: "recorded_at - interval '1 day'",
      reason: "reason || ' '",
      detail: "'{}'",
      witness_account_id: 'null',
      by_account_id: 'gen_random_uuid()',
      act_id: 'gen_random_uuid()',
      to_place: "'lost'",
    }[column]
    await sql('alter table ledger_movement drop constraint if exists ledger_movement_kind')
    await sql(`update ledger_movement set ${column} = ${value} where seq = ${column === 'detail' ? 1 : 7}`)
    expect(await damage()).toMatchObject({ kind: 'changed', seq: column === 'detail' ? 1 : 7 })
  })

  it('changes a row and its hash', async () => {
    await more(7)
    await rehash(7, 7)
    expect(await damage()).toEqual({
      kind: 'changed',
      seq: 7,
      earliest: 6,
      evidence: 'next-row-remembers-another-hash',
    })
  })

  it('changes a row, every hash after it and the end', async () => {
    await more(7)
    await rehash(7, ROWS)
    await putEnd()
    expect(await damage()).toMatchObject({ kind: 'rewritten', earliest: 6, seq: 10 })
    expect(await firstLine()).toBe('harbor: DAMAGED in rows 6 to 10, rewritten')
  })

  it('removes rows, with the numbers left or closed up', async () => {
    await sql('delete from ledger_movement where seq in (7, 8)')
    expect(await damage()).toMatchObject({
      kind: 'removed',
      seq: 7,
      rows: 2,
      evidence: 'numbers-are-missing',
    })
    await renumber(8, -2)
    await putEnd()
    expect(await damage()).toMatchObject({
      kind: 'removed',
      seq: 7,
      rows: 2,
      evidence: 'later-rows-were-renumbered',
    })
    expect(await firstLine()).toBe('harbor: DAMAGED at row 7, removed')
  })

  it('swaps two rows', async () => {
    await sql('update ledger_movement set seq = 1000 where seq = 8')
    await sql('update ledger_movement set seq = 8 where seq = 6')
    await sql('update ledger_movement set seq = 6 where seq = 1000')
    expect(await damage()).toMatchObject({ kind: 'reordered', seq: 6, standsAt: 8 })
    expect(await firstLine()).toBe('harbor: DAMAGED at row 6, reordered')
  })

  it('puts a row in, with its hash right or not', async () => {
    await renumber(8, 1)
    await forge(9, 8)
    expect(await damage()).toMatchObject({ kind: 'inserted', seq: 9, rows: 1 })
    await rehash(9, 9)
    await putEnd()
    expect(await damage()).toMatchObject({ kind: 'inserted', seq: 9, rows: 1 })
    expect(await firstLine()).toBe('harbor: DAMAGED at row 9, inserted')
  })

  it('puts a row behind the end', async () => {
    await forge(13, 12)
    await rehash(13, 13)
    expect(await damage()).toMatchObject({
      kind: 'inserted',
      seq: 13,
      evidence: 'rows-behind-the-stored-end',
    })
  })

  it('cuts the end, and puts the stored end back', async () => {
    await sql('delete from ledger_movement where seq > 8')
    expect(await damage()).toMatchObject({
      kind: 'cut-at-the-end',
      seq: 9,
      rows: 4,
      evidence: 'stored-end-is-further',
    })
    await putEnd()
    expect(await damage()).toMatchObject({
      kind: 'cut-at-the-end',
      seq: 9,
      rows: 2,
      evidence: 'checkpoint-is-further',
    })
    expect(await firstLine()).toBe('harbor: DAMAGED at row 9, cut at the end')
  })

  it('cuts the end, puts the stored end back and removes the checkpoints: the file shows it', async () => {
    await sql('delete from ledger_movement where seq > 8')
    await putEnd()
    await sql('delete from ledger_checkpoint')
    const verification = await verify()
    expect(verification.chain.damage).toMatchObject({ kind: 'cut-at-the-end', seq: 9 })
    expect(verification.checkpoints).toMatchObject({ inDatabase: 0, inFile: 2, onlyInFile: 2 })
    // With the file gone as well, a copy elsewhere shows it.
    rmSync(file)
    expect((await verify()).chain.damage).toBeUndefined()
    expect((await verify([copy])).chain.damage).toMatchObject({ kind: 'cut-at-the-end', seq: 9 })
  })

  it('empties every table of the ledger', async () => {
    const client = await t.owner.connect()
    await client.query('set session_replication_role = replica')
    await client.query('truncate ledger_movement, ledger_head, ledger_checkpoint cascade')
    await client.query('reset session_replication_role')
    client.release()
    expect(await damage()).toMatchObject({ kind: 'cut-at-the-end', seq: 1, rows: 10 })
    expect(await firstLine()).toBe('harbor: DAMAGED at row 1, cut at the end')
  })

  it('removes the checkpoints alone', async () => {
    await sql('delete from ledger_checkpoint')
    const verification = await verify()
    expect(verification.chain.damage).toBeUndefined()
    expect(isDamaged(verification)).toBe(true)
    expect(verificationWords('harbor', verification)[0]).toBe('harbor: 12 rows whole, CHECKPOINTS NOT')
  })

  it('forges a checkpoint over what was rewritten', async () => {
    await more(7)
    await rehash(7, ROWS)
    await putEnd()
    await sql('update ledger_checkpoint c set hash = m.hash from ledger_movement m where m.seq = c.seq')
    const { chain, checkpoints } = await verify()
    expect(checkpoints.forged).toBe(1)
    expect(chain.damage).toMatchObject({ kind: 'rewritten', earliest: 6, seq: 10 })
  })

  it('sets the stored end back alone', async () => {
    await sql(`update ledger_head h set seq = 8, hash = m.hash from ledger_movement m where m.seq = 8`)
    expect(await damage()).toMatchObject({ seq: 8, evidence: 'stored-end-was-changed' })
  })

  it('changes a lot', async () => {
    await sql(`update drug_lot set concentration_mg_per_ml = 10, expires_on = '2035-01-01'`)
    const verification = await verify()
    expect(verification.figures).toEqual({
      found: 1,
      findings: [{ kind: 'lot-differs', seq: 1, lotId, lotNumber: 'K-1', fields: ['expiresOn', 'strength'] }],
    })
    expect(verificationWords('harbor', verification)[0]).toBe('harbor: chain whole, FIGURES WRONG: 1')
  })

  it('changes what a lot says of its delivery', async () => {
    await sql(`update drug_lot set invoice = 'INV 8', supplier = 'Somebody else', gtin = '00312345678906'`)
    expect((await verify()).figures.findings).toMatchObject([
      { kind: 'lot-differs', fields: ['supplier', 'invoice', 'gtin'] },
    ])
  })

  it('changes a signed inventory', async () => {
    const id = anId<'stock-inventory'>(services)
    const text = '{"version":1}'
    await sql(
      `insert into stock_inventory (clinic_id, id, kind, taken_on, at, document, digest, signed_by, second_signed_by)
       values ($1, $2, 'initial', '2026-11-22', now(), $3, $4, $5, $6)`,
      [clinic.id, id, text, hashOf(text), clinic.as.manager.accountId, clinic.as.nurse.accountId],
    )
    expect((await verify()).inventories).toEqual({ signed: 1, altered: [] })
    await sql('alter table stock_inventory disable trigger all')
    await sql(`update stock_inventory set document = '{"version":2}'`)
    expect((await verify()).inventories).toEqual({ signed: 1, altered: [id] })
    await sql('delete from stock_inventory')
  })

  it('gives checkpoints the name of another key, with the file gone', async () => {
    await sql(`update ledger_checkpoint set key_id = 'ffffffffffffffff'`)
    rmSync(file)
    const verification = await verify()
    expect(verification.checkpoints).toMatchObject({ inDatabase: 0, inFile: 0, ofUnknownKeys: 2 })
    expect(isDamaged(verification)).toBe(true)
  })

  it('writes rows whose hashes are right and whose figures are not', async () => {
    await sql('update ledger_movement set micrograms = 1 where seq = 11')
    await sql('update ledger_movement set hundredths = 30000, micrograms = 15000000 where seq = 12')
    await rehash(11, 12)
    await putEnd()
    const { chain, figures } = await verify()
    expect(chain.damage).toBeUndefined()
    expect(figures.findings).toEqual([
      { kind: 'mass-is-wrong', seq: 11, micrograms: 1, shouldBe: 500_000 },
      { kind: 'below-zero', seq: 12, place: 'safe', hundredths: -20_000 },
    ])
  })
})

const standing = () => {
  const files = readCheckpointFiles(services, clinic.id)
  return look(services, clinic.system, ({ db }) => checkpointStanding(files, db, clinic.id))
}

describe('signing', () => {
  it('is not done with a key that others may read, and says so', async () => {
    const key = join(folder, 'ledger-key.pem')
    chmodSync(key, 0o640)
    try {
      await expect(signCheckpointsJob(services, async () => [clinic.id])({})).rejects.toThrow('(mode 640)')
      expect(logged.map((line) => JSON.parse(line).event)).toEqual(['ledger.checkpoint-failed'])
      expect(await standing()).toMatchObject({ keyMode: '640', rowsSince: 2 })
    } finally {
      chmodSync(key, 0o600)
    }
    expect((await standing()).keyMode).toBeUndefined()
    expect((await verify()).checkpoints.inDatabase).toBe(2)
  })

  it('has a standing that names damage, and is never short of rows', async () => {
    expect(await standing()).toMatchObject({ end: 12, rowsSince: 2, wrong: 0, noneCheckable: false })
    expect((await standing()).damage).toBeUndefined()
    await more(11)
    expect((await standing()).damage).toMatchObject({ seq: 11 })
    await sql('delete from ledger_movement where seq > 8')
    await putEnd()
    expect(await standing()).toMatchObject({ rowsSince: 0, damage: { kind: 'cut-at-the-end' } })
    await sql('delete from ledger_checkpoint where seq = 10')
    expect((await standing()).wrong).toBe(1)
    await sql(`update ledger_checkpoint set key_id = 'ffffffffffffffff'`)
    rmSync(file)
    expect(await standing()).toMatchObject({ noneCheckable: true, last: undefined })
  })

  it('has a standing that holds while the next end is signed', async () => {
    const files = readCheckpointFiles(services, clinic.id)
    const seen = await look(services, clinic.system, async ({ db }) => {
      await readOneMoment(db)
      const { seq } = (await storedEnd(db, clinic.id))!
      expect(await signCheckpoint(services, clinic.id)).toEqual({ state: 'signed', seq })
      return checkpointStanding(files, db, clinic.id)
    })
    expect(seen).toMatchObject({ end: 12, rowsSince: 2, wrong: 0 })
    expect(seen.damage).toBeUndefined()
  })

  it('makes its key once, for this account alone', async () => {
    const key = join(folder, 'ledger-key.pem')
    expect(statSync(key).mode & 0o777).toBe(0o600)
    const before = readFileSync(key, 'utf8')
    expect(await signCheckpoint(services, clinic.id)).toEqual({ state: 'signed', seq: 12 })
    expect(await signCheckpoint(services, clinic.id)).toEqual({ state: 'nothing-new' })
    expect(readFileSync(key, 'utf8')).toBe(before)
    expect((await verify()).checkpoints).toMatchObject({ inDatabase: 3, inFile: 3, onlyInFile: 0 })
  })

  it('signs no end that does not follow from the last one', async () => {
    await more(11)
    await signCheckpointsJob(services, async () => [clinic.id])({})
    expect(logged.map((line) => JSON.parse(line))).toMatchObject([
      { event: 'ledger.damaged', kind: 'changed', seq: 11 },
    ])
    expect((await verify()).checkpoints.inDatabase).toBe(2)
    await sql('delete from ledger_movement where seq > 9')
    await putEnd()
    expect(await signCheckpoint(services, clinic.id)).toMatchObject({
      state: 'damaged',
      damage: { kind: 'cut-at-the-end' },
    })
  })

  it('keeps in the database what the file could not take, says so, and adds it as soon as it can', async () => {
    expect(await standing()).toMatchObject({ last: { seq: 10 }, rowsSince: 2, notInFile: 0 })
    // A folder that cannot be written, for whatever account the test runs as.
    const blocked = {
      ...services,
      config: {
        ...services.config,
        ledgerKeyFile: join(folder, 'ledger-key.pem'),
        dataFolder: join(copy, 'x'),
      },
    }
    await expect(signCheckpointsJob(blocked, async () => [clinic.id])({})).rejects.toThrow()
    expect(logged.map((line) => JSON.parse(line).event)).toEqual(['ledger.checkpoint-failed'])
    // A line that a crash left half written.
    const lines = readFileSync(copy, 'utf8').trimEnd().split('\n')
    writeFileSync(file, `${lines[0]}\n${lines[1]!.slice(0, 50)}`)
    expect(await standing()).toMatchObject({ notInFile: 1 })
    expect(await signCheckpoint(services, clinic.id)).toEqual({ state: 'signed', seq: 12 })
    expect(await standing()).toMatchObject({ last: { seq: 12 }, rowsSince: 0, notInFile: 0 })
    expect((await verify()).checkpoints).toMatchObject({ inDatabase: 3, inFile: 3, unreadableLines: 1 })
  })

  it('says nothing of a ledger in which nothing was written', async () => {
    const other = await makeClinic(services, `other`)
    expect(await signCheckpoint(services, other.id)).toEqual({ state: 'nothing-new' })
    expect(verificationWords('other', await verifyLedger(services, other.id))[0]).toBe(
      'other: nothing written yet',
    )
  })

  it('goes on by the clock of the clinic', async () => {
    t.clock.advance(HOUR_MS)
    await signCheckpoint(services, clinic.id)
    expect((await standing()).last?.at).toBe(t.clock.now())
  })
})

describe('npm run ledger:verify', () => {
  const run = (...args: readonly string[]) =>
    new Promise<{ code: number; said: string }>((resolve) => {
      const { host, user, port, database } = t.settings as {
        host: string
        user: string
        port: number
        database: string
      }
      const url =
        t.settings.connectionString ??
        `postgres://${user}@/${database}?host=${encodeURIComponent(host)}&port=${port}`
      const script = join(import.meta.dirname, '../../../../scripts/ledger-verify.ts')
      const env = { ...process.env, DATABASE_URL: url, EVENKEEL_DATA: folder }
      execFile(process.execPath, [script, ...args], { env }, (error, stdout, stderr) =>
        resolve({ code: error ? Number(error.code) : 0, said: stdout + stderr }),
      )
    })

  it('ends with 0, 1 on damage and 2 when it could not look', async () => {
    const whole = await run('--clinic', 'harbor')
    expect(whole.said).toMatch(/^harbor: whole, 12 rows\n[\s\S]*Key of checkpoints: [0-9a-f]{16}\n/)
    expect(whole.code).toBe(0)
    await more(7)
    const damaged = await run('--clinic', 'harbor', '--file', copy)
    expect(damaged.said).toMatch(/^harbor: DAMAGED at row 7, changed\n/)
    expect(damaged.code).toBe(1)
    expect(await run('--clinic', 'nowhere')).toMatchObject({ code: 2 })
  }, 120_000)
})
