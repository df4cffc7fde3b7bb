import { generateKeyPairSync } from 'node:crypto'
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { findLedgerKey, keyOpenToOthers, openLedgerKey } from './ledger-key.server.ts'

let dataFolder: string
beforeEach(() => {
  dataFolder = mkdtempSync(join(tmpdir(), 'evenkeel-key-'))
})
afterEach(() => rmSync(dataFolder, { recursive: true, force: true }))

const inFolder = () => ({ dataFolder, ledgerKeyFile: undefined })
const named = () => ({ dataFolder, ledgerKeyFile: join(dataFolder, 'elsewhere.pem') })
const file = () => join(dataFolder, 'ledger-key.pem')
const pem = (pair: { privateKey: { export(how: { type: 'pkcs8'; format: 'pem' }): string | Buffer } }) =>
  pair.privateKey.export({ type: 'pkcs8', format: 'pem' })

describe('the key of the checkpoints', () => {
  it('is made once where there is none, for this account alone, with its folder', () => {
    const config = { dataFolder: join(dataFolder, 'not', 'there'), ledgerKeyFile: undefined }
    expect(findLedgerKey(config)).toBeUndefined()
    expect(keyOpenToOthers(config)).toBeUndefined()
    const key = openLedgerKey(config)
    expect(key.asymmetricKeyType).toBe('ed25519')
    expect(statSync(join(config.dataFolder, 'ledger-key.pem')).mode & 0o777).toBe(0o600)
    expect(openLedgerKey(config).equals(key)).toBe(true)
    expect(findLedgerKey(config)?.equals(key)).toBe(true)
    // Nothing of the making is left beside it.
    expect(readdirSync(config.dataFolder)).toEqual(['ledger-key.pem'])
  })

  it('is never made where its file was named: a wrong name would begin a second key', () => {
    expect(() => openLedgerKey(named())).toThrow(
      `EVENKEEL_LEDGER_KEY: there is no file ${named().ledgerKeyFile}`,
    )
    expect(existsSync(named().ledgerKeyFile)).toBe(false)
    expect(existsSync(file())).toBe(false)
  })

  it('is the one that was named, whatever lies in the data folder', () => {
    const own = openLedgerKey(inFolder())
    const pair = generateKeyPairSync('ed25519')
    writeFileSync(named().ledgerKeyFile, pem(pair), { mode: 0o600 })
    expect(openLedgerKey(named()).equals(pair.privateKey)).toBe(true)
    expect(openLedgerKey(named()).equals(own)).toBe(false)
  })

  it.each([0o640, 0o604, 0o620, 0o610, 0o644, 0o777])(
    'signs nothing while others have a right to its file (%o)',
    (mode) => {
      openLedgerKey(inFolder())
      chmodSync(file(), mode)
      expect(keyOpenToOthers(inFolder())).toBe(mode.toString(8))
      expect(() => openLedgerKey(inFolder())).toThrow(`(mode ${mode.toString(8)}): nothing is signed with it`)
      // Checking what was signed needs no more than the key: it goes on.
      expect(findLedgerKey(inFolder())).toBeDefined()
      chmodSync(file(), 0o400)
      expect(keyOpenToOthers(inFolder())).toBeUndefined()
      openLedgerKey(inFolder())
    },
  )

  it.each([
    [
      'of another kind',
      () => pem(generateKeyPairSync('ec', { namedCurve: 'P-256' })),
      'holds no Ed25519 key',
    ],
    [
      'that is only the public half',
      () => generateKeyPairSync('ed25519').publicKey.export({ type: 'spki', format: 'pem' }),
      /./,
    ],
    ['cut short', () => String(pem(generateKeyPairSync('ed25519'))).slice(0, 60), /./],
    ['that is empty', () => '', /./],
  ])('is not one %s, and no other is made in its place', (_what, text, says) => {
    const wrong = text()
    writeFileSync(file(), wrong, { mode: 0o600 })
    expect(() => findLedgerKey(inFolder())).toThrow(says)
    expect(() => openLedgerKey(inFolder())).toThrow(says)
    expect(statSync(file()).size).toBe(wrong.length)
  })

  it('is not made over what cannot be read', () => {
    mkdirSync(file(), { mode: 0o700 })
    expect(() => openLedgerKey(inFolder())).toThrow(/EISDIR/)
  })
})
