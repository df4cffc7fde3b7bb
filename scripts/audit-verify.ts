// npm run audit:verify: walks every clinic's audit chain and says where one breaks. Exit code 1 when one does.
import { verifyAudit } from '../app/audit/index.server.ts'
import { directory } from '../app/identity/index.server.ts'
import { runQuery } from '../app/platform/command.server.ts'
import { openForCommand } from './open-clinic.ts'

const { services, close } = await openForCommand()
try {
  const clinics = await directory(services.db)
  if (clinics.length === 0) console.log('There is no clinic yet, so there is nothing to verify.')
  for (const { slug, clinicId } of clinics) {
    const { entries, broken } = await runQuery(
      services,
      { kind: 'system', clinicId, name: 'audit-verify' },
      ({ db }) => verifyAudit(db, clinicId),
    )
    if (broken) {
      process.exitCode = 1
      console.log(`${slug}: BROKEN at entry ${broken.seq} (${broken.damage}); entries before it are whole`)
    } else {
      console.log(`${slug}: whole, ${entries} entries`)
    }
  }
} finally {
  await close()
}
