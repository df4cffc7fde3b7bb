import type { Context, MiddlewareHandler } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { importCohortAction } from '../app/measure/measure-access.ts'
import { mayDo } from '../app/platform/access.ts'
import type { Actor } from '../app/platform/actor.ts'
import type { ClinicEnvironment } from './app.ts'

const MEBIBYTE = 1024 * 1024

/** What a form may hold in general: words, a signature, a questionnaire's file. */
const USUAL_BYTES = 2 * MEBIBYTE
/** A cohort's file travels with its form, packed in four signs for three bytes; the page itself refuses above 5 MB. */
const COHORT_BYTES = 8 * MEBIBYTE
const COHORT_FORM = '/work/measure/cohorts/new'

/** The most that a form sent to an address by somebody may hold, in bytes; more than usual only for who may use that form. */
function largestBodyBytes(path: string, actor: Actor): number {
  return path.replace(/\.data$/, '') === COHORT_FORM && mayDo(actor, importCohortAction)
    ? COHORT_BYTES
    : USUAL_BYTES
}

type Answer = (c: Context<ClinicEnvironment>, largestBytes: number) => Promise<Response>

/**
 * Refuses what is larger than its address takes, before a byte of it is kept. Who sends it must be known already.
 *
 * @param answer what is sent instead, with status 413
 */
export function limitBodies(answer: Answer): MiddlewareHandler<ClinicEnvironment> {
  return (c, next) => {
    const maxSize = largestBodyBytes(c.req.path, c.get('actor'))
    return bodyLimit({ maxSize, onError: () => answer(c, maxSize) })(c, next)
  }
}

/** The page that says so, with a way back: in the workspace's frame for its addresses, in the site's for all others. */
export function tooLargePage(url: URL, largestBytes: number): string {
  const asked = new URLSearchParams({
    from: url.pathname + url.search,
    mb: String(Math.floor(largestBytes / MEBIBYTE)),
  })
  return `${/^\/work(\/|$)/.test(url.pathname) ? '/work' : ''}/too-large?${asked}`
}
