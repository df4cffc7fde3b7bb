import { createPrivateKey, generateKeyPairSync, type KeyObject, randomUUID } from 'node:crypto'
import { linkSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
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
 * The rights of the key's file ("644") where others than its owner have any: who can read the key can sign a ledger of their own.
 *
 * @returns undefined where the owner alone has rights, or there is no file
 */
export function keyOpenToOthers(config: Pick<Config, 'ledgerKeyFile' | 'dataFolder'>): string | undefined {
  const found = statSync(keyFile(config), { throwIfNoEntry: false })
  return found && (found.mode & 0o077) !== 0 ? (found.mode & 0o777).toString(8) : undefined
}

/**
 * The key that signs checkpoints; made once where there is none, readable by this account alone. A file that was named by hand is
 * never made: a wrong name would begin a second key.
 *
 * @throws Error when there is none where one was named, it cannot be read or written, or others may read it
 */
export function openLedgerKey(config: Pick<Config, 'ledgerKeyFile' | 'dataFolder'>): KeyObject {
  const mode = keyOpenToOthers(config)
  if (mode) {
    throw new Error(
      `others may read ${keyFile(config)} (mode ${mode}): nothing is signed with it. Give it the mode 600`,
    )
  }
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
