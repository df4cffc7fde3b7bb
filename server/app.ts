import { randomBytes } from 'node:crypto'
import type { HttpBindings } from '@hono/node-server'
import { serveStatic } from '@hono/node-server/serve-static'
import { type Context, Hono } from 'hono'
import { compress } from 'hono/compress'
import { RouterContextProvider } from 'react-router'
import { actorOfSession, actorWhileUsed, directory } from '../app/identity/index.server.ts'
import { readSessionCookie } from '../app/identity/session-cookie.ts'
import type { Actor } from '../app/platform/actor.ts'
import { BY_ITSELF } from '../app/platform/by-itself.ts'
import type { ClinicProfile } from '../app/platform/clinic-profile.ts'
import { discreetAnswer, mayBeDiscreet, plainPath } from '../app/platform/discreet.ts'
import type { ClinicId } from '../app/platform/ids.ts'
import { requestScope, type Services } from '../app/platform/services.server.ts'
import type { Monitors } from '../app/treat/index.server.ts'
import { limitBodies, tooLargePage } from './body-limit.ts'
import { mountDevices } from './devices.ts'
import { liveFeed } from './live.ts'
import { onePiecePages } from './one-piece-pages.ts'
import { answerStrangeAddresses } from './strange-address.ts'

export type PageHandler = (request: Request, context: RouterContextProvider) => Promise<Response>

export type AppParts = {
  readonly services: Services
  readonly pages: PageHandler
  /** Built browser files; undefined in development, where Vite serves them. */
  readonly clientFolder: string | undefined
  /** Whether the clinic can work now: its database answers. */
  readonly ready: () => Promise<boolean>
  /** The monitors of this process; without them no device may send and no samples are told. */
  readonly monitors?: Monitors
}

type Variables = { actor: Actor; clinic: ClinicProfile; nonce: string; address: string }
export type ClinicEnvironment = { Bindings: HttpBindings; Variables: Variables }
export type ClinicHono = Hono<ClinicEnvironment>

/** The whole server as a function of its parts: tests and production differ only in what they hand in. */
export function createApp(parts: AppParts): ClinicHono {
  const { services } = parts
  const app: ClinicHono = new Hono()
  const secure = services.config.publicUrl?.startsWith('https://') ?? false

  app.use(answerStrangeAddresses)

  app.get('/healthz', async (c) => {
    const ok = await parts.ready().catch(() => false)
    return c.json({ status: ok ? 'ok' : 'database does not answer' }, ok ? 200 : 503)
  })
  app.get('/metrics', (c) => c.text(services.metrics.text()))

  if (parts.monitors) mountDevices(app, services, parts.monitors)

  const inOnePiece = parts.clientFolder ? onePiecePages(parts.clientFolder) : undefined
  app.use(compress())
  if (parts.clientFolder) {
    const root = parts.clientFolder
    app.use('/assets/*', async (c, next) => {
      await next()
      if (c.res.ok) c.header('Cache-Control', 'public, max-age=31536000, immutable')
    })
    app.use('*', serveStatic({ root }))
  }

  app.use(async (c, next) => {
    const nonce = randomBytes(16).toString('base64')
    c.set('nonce', nonce)
    await next()
    const dev = parts.clientFolder === undefined
    c.header(
      'Content-Security-Policy',
      [
        `default-src 'none'`,
        `script-src 'self' 'nonce-${nonce}'`,
        dev ? `style-src 'self' 'unsafe-inline'` : `style-src 'self' 'nonce-${nonce}'`,
        `img-src 'self' data:`,
        `font-src 'self'`,
        `connect-src 'self'${dev ? ' ws:' : ''}`,
        `form-action 'self'`,
        `manifest-src 'self'`,
        `worker-src 'self'`,
        `base-uri 'none'`,
        `frame-ancestors 'none'`,
      ].join('; '),
    )
    c.header('Referrer-Policy', 'same-origin')
    c.header('X-Content-Type-Options', 'nosniff')
    c.header('Cross-Origin-Opener-Policy', 'same-origin')
    // The workspace scans packages of drugs with the camera; no other page asks for it.
    const camera = c.req.path.startsWith('/work') ? '(self)' : '()'
    c.header('Permissions-Policy', `camera=${camera}, microphone=(), geolocation=()`)
    if (secure) c.header('Strict-Transport-Security', 'max-age=31536000')
    if (!c.res.headers.has('Cache-Control')) c.header('Cache-Control', 'no-store')
  })

  // A write must come from our own pages.
  app.use(async (c, next) => {
    if (!['GET', 'HEAD', 'OPTIONS'].includes(c.req.method)) {
      const origin = c.req.header('origin')
      const site = c.req.header('sec-fetch-site')
      const ownOrigin = services.config.publicUrl ?? new URL(c.req.url).origin
      const foreign = origin
        ? new URL(origin, 'http://none.invalid').host !== new URL(ownOrigin).host
        : site === 'cross-site'
      if (foreign) return c.text('This form came from another site and was not accepted.', 403)
    }
    return next()
  })
  const publicClinic = publicClinicFinder(services)
  app.use(async (c, next) => {
    const cookie = readSessionCookie(c.req.header('cookie') ?? null)
    const whose = isByItself(c) ? actorWhileUsed : actorOfSession
    const member = cookie ? await whose(services, cookie) : undefined
    const clinicId = member?.clinicId ?? (await publicClinic())
    if (!clinicId) {
      return c.text('This clinic has not been set up yet. On the server run: npm run clinic -- init', 503)
    }
    c.set('actor', member ?? { kind: 'visitor', clinicId })
    c.set('clinic', await services.clinicProfile(clinicId))
    c.set('address', senderAddress(c.env, c.req.header('x-forwarded-for'), services.config.trustProxy))
    return next()
  })

  const pageFor = (c: Context<ClinicEnvironment>, request: Request, discreet = false) => {
    const context = new RouterContextProvider()
    context.set(requestScope, {
      services,
      actor: c.get('actor'),
      clinic: c.get('clinic'),
      nonce: c.get('nonce'),
      address: c.get('address'),
      discreet,
    })
    return parts.pages(request, context)
  }

  /** The page at an address, or at the plain one behind a discreet one. */
  const answerTo = async (c: Context<ClinicEnvironment>): Promise<Response> => {
    const url = new URL(c.req.url)
    const plain = plainPath(url.pathname)
    if (plain === undefined) return pageFor(c, c.req.raw)
    const target = `${plain}${url.search}`
    if (!mayBeDiscreet(plain)) return c.redirect(target, 302)
    return discreetAnswer(await pageFor(c, new Request(new URL(target, url.origin), c.req.raw), true))
  }

  app.use(
    limitBodies(async (c, largestBytes) => {
      if (!c.req.header('accept')?.includes('text/html'))
        return c.text('This is more than the server accepts at once. Nothing was stored.', 413)
      const url = new URL(c.req.url)
      const cookie = c.req.header('cookie')
      const page = await pageFor(
        c,
        new Request(new URL(tooLargePage(url, largestBytes), url), { headers: cookie ? { cookie } : {} }),
      )
      // Whoever must sign in first is led there; everybody else sees the page as the refusal that it is.
      return page.ok ? new Response(page.body, { status: 413, headers: page.headers }) : page
    }),
  )

  app.get('/live', (c) =>
    liveFeed(c as unknown as Parameters<typeof liveFeed>[0], services, parts.monitors?.samples),
  )

  app.all('*', async (c) => {
    const started = performance.now()
    const page = await answerTo(c)
    // Who has signed in comes again and keeps the sheets.
    const response =
      c.get('actor').kind === 'visitor' && inOnePiece
        ? await inOnePiece(page, c.get('nonce'), c.req.header('accept-encoding'))
        : page
    services.metrics.observeSeconds('evenkeel_page_seconds', (performance.now() - started) / 1000, {
      method: c.req.method,
      status: String(response.status),
    })
    return response
  })

  app.onError((error, c) => {
    const id = services.ids.next()
    services.log.error('request.failed', error, { id, method: c.req.method })
    return c.text(`Something broke on our side. Nothing you sent was lost silently. Reference: ${id}`, 500)
  })
  return app
}

/** What a screen asks for while nobody touches it: its line, and its page again. A form is always somebody's. */
function isByItself({ req }: Context<ClinicEnvironment>): boolean {
  return req.method === 'GET' && (req.path === '/live' || req.query(BY_ITSELF) !== undefined)
}

/** The clinic that answers at the bare address; looked up until there is one, then remembered. */
function publicClinicFinder(services: Services): () => Promise<ClinicId | undefined> {
  let found: ClinicId | undefined
  return async () => {
    found ??= (await directory(services.db)).find((entry) => entry.isDefault)?.clinicId
    return found
  }
}

/** Behind a proxy the last entry is the one our own proxy wrote; what stands before it is the client's word. */
function senderAddress(
  bindings: HttpBindings | undefined,
  forwarded: string | undefined,
  trustProxy: boolean,
): string {
  if (trustProxy && forwarded) return forwarded.split(',').at(-1)!.trim()
  return bindings?.incoming?.socket?.remoteAddress ?? 'unknown'
}
