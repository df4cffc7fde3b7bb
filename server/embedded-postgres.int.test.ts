import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
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
