// npm run ledger:verify -- [--clinic NAME] [--file COPY.jsonl …]: walks the ledger of every clinic, or of one, and says in plain
// words where it is damaged and what is still sure. Exit code 1 when anything is wrong, 2 when it could not be looked at.
import { createPublicKey } from 'node:crypto'
import { existsSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { directory } from '../app/identity/index.server.ts'
import { keyIdOf, publicKeyText } from '../app/treat/ledger/verify/checkpoint.server.ts'
import { findLedgerKey } from '../app/treat/ledger/verify/ledger-key.server.ts'
import { isDamaged, verificationWords } from '../app/treat/ledger/verify/verification-words.ts'
import { verifyLedger } from '../app/treat/ledger/verify/verify-ledger.server.ts'
import { openForCommand } from './open-clinic.ts'

const USAGE = `npm run ledger:verify                          every clinic
npm run ledger:verify -- --clinic NAME         one clinic
npm run ledger:verify -- --file COPY.jsonl     also by checkpoints kept elsewhere (repeat for several)`

try {
  const { clinic, file } = parseArgs({
    options: { clinic: { type: 'string' }, file: { type: 'string', multiple: true, default: [] } },
  }).values
  const absent = file.find((each) => !existsSync(each))
  if (absent) throw new Error(`there is no file ${absent}`)
  await verify(clinic, file)
} catch (error) {
  console.error(`The ledger could not be looked at: ${(error as Error).message}\n\n${USAGE}`)
  process.exitCode = 2
}

async function verify(only: string | undefined, copies: readonly string[]): Promise<void> {
  const { services, close } = await openForCommand()
  try {
    const all = await directory(services.db)
    const wanted = all.filter(({ slug }) => only === undefined || slug === only)
    if (only !== undefined && wanted.length === 0) {
      throw new Error(`there is no clinic ${only}; there are: ${all.map(({ slug }) => slug).join(', ')}`)
    }
    if (all.length === 0) console.log('There is no clinic yet, so there is nothing to verify.')
    for (const { slug, clinicId } of wanted) {
      const verification = await verifyLedger(services, clinicId, copies)
      if (isDamaged(verification)) process.exitCode = 1
      console.log(verificationWords(slug, verification).join('\n'))
    }
    const key = findLedgerKey(services.config)
    const publicKey = key && createPublicKey(key)
    console.log(
      publicKey
        ? `Key of checkpoints: ${keyIdOf(publicKey)}\n  ${publicKeyText(publicKey)}`
        : 'There is no key of checkpoints yet.',
    )
  } finally {
    await close()
  }
}
