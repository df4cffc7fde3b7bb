import { guardedLoader } from '../../../platform/page.server.ts'
import { openFeed } from '../feeds-access.ts'
import { calendarFile } from '../read-feed.server.ts'

export const loader = guardedLoader(openFeed, calendarFile)
