import type { ReactNode } from 'react'
import {
  isRouteErrorResponse,
  Links,
  type LoaderFunctionArgs,
  Meta,
  Outlet,
  Scripts,
  ScrollRestoration,
  useLocation,
  useMatches,
  useRouteLoaderData,
} from 'react-router'
import { languageOf } from './platform/language.ts'
import { wantsLargePrint } from './platform/print-size.ts'
import { requestScope } from './platform/services.server.ts'
import baseCss from './ui/base.css?url'
import printCss from './ui/print.css?url'
import tokensCss from './ui/tokens.css?url'

/** What a route may say of itself. */
export type PageHandle = {
  /** Sends the browser our scripts. Without it the page is plain HTML, which is the rule. */
  readonly hydrate?: boolean
  /** `night` for the bedside in the dark. */
  readonly theme?: 'night'
  /** Follows the night light of this device. */
  readonly nightLight?: boolean
  readonly width?: 'normal' | 'wide'
}

export function links() {
  return [
    { rel: 'stylesheet', href: tokensCss },
    { rel: 'stylesheet', href: baseCss },
    { rel: 'stylesheet', href: printCss, media: 'print' },
    { rel: 'apple-touch-icon', href: '/apple-touch-icon.png' },
    { rel: 'icon', href: '/favicon.svg', type: 'image/svg+xml' },
  ]
}

export async function loader({ context, request }: LoaderFunctionArgs) {
  const { nonce, clinic } = context.get(requestScope)
  return {
    nonce,
    clinicName: clinic.name,
    largePrint: wantsLargePrint(request.headers.get('cookie')),
  }
}

export function shouldRevalidate() {
  return false
}

export function Layout({ children }: { children: ReactNode }) {
  const matches = useMatches()
  const hydrate = matches.some((match) => (match.handle as PageHandle | undefined)?.hydrate)
  const theme = matches.map((match) => (match.handle as PageHandle | undefined)?.theme).find(Boolean)
  const data = useRouteLoaderData<typeof loader>('root')
  const { pathname } = useLocation()
  return (
    <html
      lang={languageOf(pathname)}
      {...(theme ? { 'data-theme': theme } : {})}
      {...(data?.largePrint ? { 'data-print': 'large' } : {})}
    >
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <Meta />
        <Links />
      </head>
      <body>
        {children}
        {hydrate && (
          <>
            <ScrollRestoration nonce={data?.nonce} />
            <Scripts nonce={data?.nonce} />
          </>
        )}
      </body>
    </html>
  )
}

export default function Root() {
  return <Outlet />
}

/** The last net: what a page shows when its loader refused or something broke. */
export function ErrorBoundary({ error }: { error: unknown }) {
  const known = isRouteErrorResponse(error)
  const status = known ? error.status : 500
  const heading =
    status === 404
      ? 'There is nothing here'
      : status === 403
        ? 'This page is not yours to see'
        : status === 400
          ? 'That was not understood'
          : 'Something broke on our side'
  return (
    <main id="main" className="error-page">
      <title>{heading}</title>
      <h1>{heading}</h1>
      <p>
        {known && typeof error.data === 'string' && error.data
          ? error.data
          : status === 404
            ? 'The address may be mistyped, or what was here is not yours to see.'
            : 'What you entered may not have been stored. Please go back and try again; if it happens again, tell us when it happened.'}
      </p>
      <p>
        <a href="/">To the first page</a>
      </p>
      <p>
        In danger or thinking of ending your life? In the United States call or text <a href="tel:988">988</a>
        ; in an emergency call <a href="tel:911">911</a>.
      </p>
    </main>
  )
}
