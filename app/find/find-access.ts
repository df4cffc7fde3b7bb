import { action, anyone } from '../platform/access.ts'

/** Reading the public site. */
export const readSite = action('site.read', anyone)
