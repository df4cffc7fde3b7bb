import { createHash } from 'node:crypto'
import { definitionsPrint } from '../dataset/definitions.ts'
import * as summaries from './clinic-definitions.ts'

/** Raised when code makes something else of the same definitions: other words, another rule of withholding, another shape. */
const FIGURES_VERSION = 2

/** Tells figures worked out by these definitions and this code from figures worked out by others. */
export function snapshotStamp(): string {
  const how = Object.values(summaries).map(({ id, version }) => `${id}@${version}`)
  return createHash('sha256')
    .update([`figures@${FIGURES_VERSION}`, definitionsPrint(), ...how.sort()].join(' '))
    .digest('hex')
}
