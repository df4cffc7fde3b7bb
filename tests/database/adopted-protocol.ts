import { approveVersion, keepSimulation, publishVersion, submitVersion } from '../../app/plan/index.server.ts'
import { runCommand } from '../../app/platform/command.server.ts'
import type { Services } from '../../app/platform/services.server.ts'
import { must, type TestClinic } from './test-clinic.ts'

/**
 * Adopts a version of the library in a clinic, by the commands: the manager puts it forward and adopts it, the second
 * prescriber reviews it. The simulation is a report without figures, so that it costs nothing.
 */
export async function adoptProtocol(
  services: Services,
  clinic: TestClinic,
  protocolId: string,
  version = '1',
): Promise<void> {
  const { manager, secondPrescriber } = clinic.as
  const seen = { protocolId, version, seenRevision: 0 }
  const stepUp = ({ accountId }: typeof manager) => ({ accountId, at: services.clock.now() })
  const report = {
    reportVersion: 1 as const,
    seed: 7,
    people: 240,
    eligible: { count: 100, of: 240 },
    excludedBy: [],
    orders: [],
    diary: [],
    readings: [],
    doseMg: null,
    assumptions: [],
    obstacles: [],
  }
  await must(runCommand(services, manager, submitVersion, seen))
  await must(
    runCommand(services, secondPrescriber, approveVersion, { ...seen, stepUp: stepUp(secondPrescriber) }),
  )
  await must(runCommand(services, manager, keepSimulation, { ...seen, seed: 7, report }))
  await must(runCommand(services, manager, publishVersion, { ...seen, stepUp: stepUp(manager) }))
}
