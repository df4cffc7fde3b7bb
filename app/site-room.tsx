import type { ReactNode } from 'react'
import {
  isRouteErrorResponse,
  type LoaderFunctionArgs,
  Outlet,
  useLoaderData,
  useLocation,
  useRouteLoaderData,
} from 'react-router'
import { pageFacts, pageLanguages } from './find/index.server.ts'
import { PageFactsView } from './find/meta/page-facts-view.tsx'
import { PageNotFound } from './find/pages/page-not-found.tsx'
import { SpanishNotFound } from './find/spanish/pages/spanish-not-found.tsx'
import { spanishFooter, spanishNav } from './find/spanish/spanish-words.ts'
import { discreetHref, mayBeDiscreet } from './platform/discreet.ts'
import { hrefIn } from './platform/language.ts'
import { requestScope } from './platform/services.server.ts'
import { clinicFace, siteFooter, siteNav } from './rooms.ts'
import { ErrorBoundary as PlainErrorPage } from './root.tsx'
import formsCss from './ui/forms.css?url'
import { PageHead, SiteLayout } from './ui/index.ts'
import recordsCss from './ui/records.css?url'
import siteCss from './ui/site.css?url'

/** The public site around its pages. */
export function links() {
  return [siteCss, formsCss, recordsCss].map((href) => ({ rel: 'stylesheet', href }))
}

export async function loader({ context, request }: LoaderFunctionArgs) {
  const { clinic, discreet = false, services } = context.get(requestScope)
  const { pathname, search, searchParams } = new URL(request.url)
  const { language, other, both } = pageLanguages(pathname)
  const { linkBase } = services.config
  return {
    language,
    other,
    /** Absolute addresses of the page in its languages. A discreet page names none. */
    alternates:
      discreet || both === undefined ? undefined : { en: linkBase + both.en, es: linkBase + both.es },
    clinic: clinicFace(clinic),
    demonstration: clinic.demonstration,
    query: searchParams.get('q') ?? undefined,
    facts: discreet ? undefined : pageFacts(pathname, clinic, services.config),
    // Not offered where no page is read so: the link would also carry on whatever the address says.
    discreet:
      discreet || mayBeDiscreet(pathname)
        ? {
            on: discreet,
            switchHref: discreet ? `${pathname}${search}` : discreetHref(`${pathname}${search}`),
          }
        : undefined,
  }
}

export default function SiteRoom() {
  const data = useLoaderData<typeof loader>()
  return (
    <Frame data={data}>
      <PageFactsView facts={data.facts} />
      {data.alternates && (
        <>
          <link rel="alternate" hrefLang="en" href={data.alternates.en} />
          <link rel="alternate" hrefLang="es" href={data.alternates.es} />
        </>
      )}
      <Outlet />
    </Frame>
  )
}

function Frame({ data, children }: { data: Awaited<ReturnType<typeof loader>>; children: ReactNode }) {
  const { pathname } = useLocation()
  const { language } = data
  const spanish = language === 'es'
  return (
    <SiteLayout
      language={language}
      otherLanguage={data.other}
      homeHref={hrefIn(language, '/')}
      requestHref={hrefIn(language, '/request')}
      hoursHref={hrefIn(language, '/location')}
      clinic={data.clinic}
      nav={spanish ? spanishNav : siteNav}
      currentPath={pathname}
      demonstration={data.demonstration}
      searchQuery={pathname === '/search' ? data.query : undefined}
      signInHref="/sign-in"
      footer={spanish ? spanishFooter : siteFooter}
      discreet={data.discreet}
    >
      {children}
    </SiteLayout>
  )
}

/** A page that is not there, or that broke: with the whole site around it, and a search of what the address says. */
export function ErrorBoundary({ error }: { error: unknown }) {
  const data = useRouteLoaderData<typeof loader>('site-room')
  const { pathname } = useLocation()
  // Without the frame's own data the root has a plainer page.
  if (data === undefined) return <PlainErrorPage error={error} />
  if (isRouteErrorResponse(error) && error.status === 404) {
    return (
      <Frame data={data}>
        {data.language === 'es' ? (
          <SpanishNotFound said={error.data} />
        ) : (
          <PageNotFound said={error.data} path={pathname} />
        )}
      </Frame>
    )
  }
  const status = isRouteErrorResponse(error) ? error.status : 500
  const said =
    isRouteErrorResponse(error) && typeof error.data === 'string' && error.data ? error.data : undefined
  const title = status < 500 ? 'That did not work' : 'Something broke on our side'
  return (
    <Frame data={data}>
      <title>{title}</title>
      <PageHead
        title={title}
        lead={
          said ??
          'What you entered may not have been stored. Please go back and try again. If it happens again, call us.'
        }
      />
      <p>
        <a href="/">To the first page</a>
      </p>
    </Frame>
  )
}
