import { action, anyone, role } from '../../platform/access.ts'

/** The clinic's published results; whoever reads the public site may. */
export const readPublicResults = action('measure.read-public-results', anyone)
/** What would be published next, exactly as it would be seen, and what was published before. */
export const readRelease = action('measure.read-release', role('manager'))
export const publishReleaseAction = action('measure.publish-release', role('manager'))
export const withdrawReleaseAction = action('measure.withdraw-release', role('manager'))
