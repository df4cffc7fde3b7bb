import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { expect, it } from 'vitest'
import { startEmbeddedPostgres } from './embedded-postgres.ts'

const answering = async (connection: pg.ClientConfig) => {
  const client = new pg.Client({ ...connection, database: 'postgres', connectionTimeoutMillis: 2_000 })
  client.on('error', () => {})
  try {
    await client.connect()
    await client.end()
    return true
  } catch {
    return false
  }
}

it('a command that adopts a running server leaves it running; its owner stops it', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'evenkeel-adopt-'))
  chmodSync(folder, 0o755)
  const path = join(folder, 'pg')
  try {
    const first = await startEmbeddedPostgres(path, ['fsync=off'])
    const command = await startEmbeddedPostgres(path)
    await command.stop()
    expect(await answering(first.connection)).toBe(true)
    const owner = await startEmbeddedPostgres(path, [], { own: true })
    await owner.stop()
    expect(await answering(first.connection)).toBe(false)
    await first.stop()
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})

it('the owner starts one again that died, its own child or an adopted one, and keeps what was committed', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'evenkeel-died-'))
  chmodSync(folder, 0o755)
  const path = join(folder, 'pg')
  const died: string[] = []
  const onDied = (error: unknown) => died.push(String(error))
  const kill = () => {
    process.kill(Number(readFileSync(join(path, 'postmaster.pid'), 'utf8').split('\n')[0]), 'SIGKILL')
  }
  const query = async (connection: pg.ClientConfig, text: string) => {
    const client = new pg.Client({ ...connection, database: 'postgres' })
    client.on('error', () => {})
    await client.connect()
    try {
      return (await client.query(text)).rows
    } finally {
      await client.end()
    }
  }
  const back = async (connection: pg.ClientConfig, times: number) => {
    while (died.length < times || !(await answering(connection))) await new Promise((r) => setTimeout(r, 50))
  }
  try {
    const own = await startEmbeddedPostgres(path, [], { own: true, onDied })
    await query(own.connection, 'create table kept (n int); insert into kept values (1)')
    kill()
    await back(own.connection, 1)
    expect(await query(own.connection, 'select n from kept')).toEqual([{ n: 1 }])
    await own.stop()
    expect(await answering(own.connection)).toBe(false)

    const left = await startEmbeddedPostgres(path)
    died.length = 0
    const adopted = await startEmbeddedPostgres(path, [], { own: true, onDied })
    kill()
    await back(adopted.connection, 1)
    expect(await query(adopted.connection, 'select n from kept')).toEqual([{ n: 1 }])
    await adopted.stop()
    expect(await answering(adopted.connection)).toBe(false)
    await left.stop()
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})
