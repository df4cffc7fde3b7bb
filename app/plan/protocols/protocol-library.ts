import { alcoholProtocols } from './library/alcohol.ts'
import { depressionProtocols } from './library/depression.ts'
import { esketamineProtocols } from './library/esketamine.ts'
import { opioidProtocols } from './library/opioids.ts'
import { otherConditionProtocols } from './library/other-conditions.ts'
import { otherSubstanceProtocols } from './library/other-substances.ts'
import type { Protocol } from './protocol.ts'

/** Every version of every protocol, oldest first. A version that a plan may carry is never taken out. */
const LIBRARY: readonly Protocol[] = [
  ...alcoholProtocols,
  ...otherSubstanceProtocols,
  ...opioidProtocols,
  ...depressionProtocols,
  ...esketamineProtocols,
  ...otherConditionProtocols,
]

/**
 * A protocol of the library by id, in one version or in the newest. A clinic's own versions are not here:
 * `protocolOf` knows both.
 *
 * @returns undefined when there is no such protocol or version
 * @example protocolById('aud-kare')?.route // 'intravenous'
 */
export function protocolById(id: string, version?: string): Protocol | undefined {
  return LIBRARY.findLast((p) => p.id === id && (version === undefined || p.version === version))
}

/** Every version of one protocol of the library, oldest first; empty when there is none. */
export function libraryVersions(id: string): readonly Protocol[] {
  return LIBRARY.filter((p) => p.id === id)
}

/** Ids of the library in its order. */
export function libraryIds(): readonly string[] {
  return [...new Set(LIBRARY.map(({ id }) => id))]
}
