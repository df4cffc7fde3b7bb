import { audKare } from './library/aud-kare.ts'
import type { Protocol } from './protocol.ts'

/** Every version of every protocol, oldest first. A version that a plan may carry is never taken out. */
const LIBRARY: readonly Protocol[] = [audKare]

/**
 * A protocol by id, in one version or in the newest.
 *
 * @returns undefined when there is no such protocol or version
 * @example protocolById('aud-kare')?.route // 'intravenous'
 */
export function protocolById(id: string, version?: string): Protocol | undefined {
  return LIBRARY.findLast((p) => p.id === id && (version === undefined || p.version === version))
}

/** The newest version of each protocol. */
export function currentProtocols(): readonly Protocol[] {
  return LIBRARY.filter((p) => protocolById(p.id) === p)
}
