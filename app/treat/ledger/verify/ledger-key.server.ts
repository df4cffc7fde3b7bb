import { createPrivateKey, generateKeyPairSync, type KeyObject, randomUUID } from 'node:crypto'
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Config } from '../../../platform/config.ts'

/** Where the key is: named by EVENKEEL_LEDGER_KEY, else in the data folder. */
function keyFile({ ledgerKeyFile, dataFolder }: Pick<Config, 'ledgerKeyFile' | 'dataFolder'>): string {
  return ledgerKeyFile ?? join(dataFolder, 'ledger-key.pem')
}

/**
 * The key that signs checkpoints (Ed25519), undefined when there is none yet.
 *
 * @throws Error when the file cannot be read, or holds another kind of key
 */
export function findLedgerKey(config: Pick<Config, 'ledgerKeyFile' | 'dataFolder'>): KeyObject | undefined {
  const file = keyFile(config)
  let pem: string
  try {
    pem = readFileSync(file, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
  const key = createPrivateKey(pem)
  if (key.asymmetricKeyType !== 'ed25519') throw new Error(`${file} holds no Ed25519 key`)
  return key
}

/**
 * The key that signs checkpoints; made once where there is none, readable by this account alone. A file that was named by hand is
 * never made: a wrong name would begin a second key.
 *
 * @throws Error when there is none where one was named, or it cannot be read or written
 */
export function openLedgerKey(config: Pick<Config, 'ledgerKeyFile' | 'dataFolder'>): KeyObject {
  const found = findLedgerKey(config)
  if (found) return found
  if (config.ledgerKeyFile) throw new Error(`EVENKEEL_LEDGER_KEY: there is no file ${config.ledgerKeyFile}`)
  const file = keyFile(config)
  mkdirSync(config.dataFolder, { recursive: true })
  // Linked into place when whole, so that of two processes one makes the key and nobody reads half of it.
  const draft = `${file}.${randomUUID()}`
  const { privateKey } = generateKeyPairSync('ed25519')
  try {
    writeFileSync(draft, privateKey.export({ type: 'pkcs8', format: 'pem' }), {
      mode: 0o600,
      flag: 'wx',
      flush: true,
    })
    linkSync(draft, file)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  } finally {
    rmSync(draft, { force: true })
  }
  return findLedgerKey(config)!
}
