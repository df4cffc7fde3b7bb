import { approveVersion, keepSimulation, publishVersion, submitVersion } from '../../app/plan/index.server.ts'
import { draftProtocol, saveDraft } from '../../app/plan/protocols/draft-protocol.server.ts'
import type { Protocol } from '../../app/plan/protocols/protocol.ts'
import { clinicProtocolById } from '../../app/plan/protocols/protocol-of.server.ts'
import type { ProtocolVersionId } from '../../app/plan/protocols/protocol-version.ts'
import { runCommand } from '../../app/platform/command.server.ts'
import type { Services } from '../../app/platform/services.server.ts'
import { anId, look, must, type TestClinic } from './test-clinic.ts'

/**
 * Adopts a version of the library in a clinic, by the commands: the manager puts it forward and adopts it, the second
 * prescriber reviews it. The simulation is a report without figures, so that it costs nothing.
 */
export async function adoptProtocol(
  services: Services,
  clinic: TestClinic,
  protocolId: string,
  version = '1',
  seenRevision = 0,
): Promise<void> {
  const { manager, secondPrescriber } = clinic.as
  const seen = { protocolId, version, seenRevision }
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

/** Adopts a version of the clinic's own that fills in what the library leaves open, as a prescriber would write it. */
export async function adoptOwnVersion(
  services: Services,
  clinic: TestClinic,
  protocolId: string,
  fillIn: (protocol: Protocol) => Partial<Protocol>,
): Promise<void> {
  const { prescriber } = clinic.as
  const key = anId<'protocol-version'>(services) as ProtocolVersionId
  const { version } = await must(
    runCommand(services, prescriber, draftProtocol, { key, protocolId, basedOn: '1' }),
  )
  const known = await look(services, clinic.system, ({ db }) => clinicProtocolById(db, clinic.id, protocolId))
  const draft = known?.own.find((each) => each.version === version)
  if (!draft) throw new Error(`no draft of ${protocolId}`)
  const protocol = { ...draft.protocol, ...fillIn(draft.protocol) }
  const input = { protocolId, version, seenRevision: 1, protocol }
  const { revision } = await must(runCommand(services, prescriber, saveDraft, input))
  await adoptProtocol(services, clinic, protocolId, version, revision)
}
