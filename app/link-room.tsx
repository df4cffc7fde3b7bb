import { type LoaderFunctionArgs, Outlet, useLoaderData, useLocation } from 'react-router'
import { englishPath, hrefIn, languageOf } from './platform/language.ts'
import { wantsLargePrint } from './platform/print-size.ts'
import { requestScope } from './platform/services.server.ts'
import { clinicFace } from './rooms.ts'
import chartsCss from './ui/charts.css?url'
import formsCss from './ui/forms.css?url'
import { PortalLayout } from './ui/index.ts'
import portalCss from './ui/portal.css?url'
import recordsCss from './ui/records.css?url'

/** Around pages that a secret link opens, without an account and without navigation. */
export function links() {
  return [portalCss, chartsCss, formsCss, recordsCss].map((href) => ({ rel: 'stylesheet', href }))
}

export async function loader({ context, request }: LoaderFunctionArgs) {
  const { clinic } = context.get(requestScope)
  return {
    clinic: clinicFace(clinic),
    demonstration: clinic.demonstration,
    largePrint: wantsLargePrint(request.headers.get('cookie')),
  }
}

export default function LinkRoom() {
  const { clinic, demonstration, largePrint } = useLoaderData<typeof loader>()
  const { pathname, search } = useLocation()
  const language = languageOf(pathname)
  return (
    <PortalLayout
      language={language}
      otherLanguage={otherLanguage(pathname, search)}
      homeHref={hrefIn(language, '/')}
      clinic={clinic}
      nav={[]}
      currentPath={pathname}
      demonstration={demonstration}
      printSize={{ large: largePrint, action: '/print-size' }}
    >
      <Outlet />
    </PortalLayout>
  )
}

/** The form of the request has every page in two languages; finding a request again and choosing a time are in English. */
const inTwoLanguages = /^\/request\/(?!state$|state\/[^/]+\/times$)/

function otherLanguage(pathname: string, search: string) {
  const english = englishPath(pathname)
  if (!inTwoLanguages.test(english)) return undefined
  const language = languageOf(pathname) === 'es' ? 'en' : 'es'
  return { href: hrefIn(language, english) + search, language } as const
}
