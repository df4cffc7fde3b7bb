import { type LoaderFunctionArgs, Outlet, useLoaderData, useLocation } from 'react-router'
import { requestScope } from './platform/services.server.ts'
import { clinicFace, siteNav } from './rooms.ts'
import formsCss from './ui/forms.css?url'
import { SiteLayout } from './ui/index.ts'
import recordsCss from './ui/records.css?url'
import siteCss from './ui/site.css?url'

/** The public site around its pages. */
export function links() {
  return [siteCss, formsCss, recordsCss].map((href) => ({ rel: 'stylesheet', href }))
}

export async function loader({ context, request }: LoaderFunctionArgs) {
  const { clinic } = context.get(requestScope)
  return {
    clinic: clinicFace(clinic),
    demonstration: clinic.demonstration,
    query: new URL(request.url).searchParams.get('q') ?? undefined,
  }
}

export default function SiteRoom() {
  const { clinic, demonstration, query } = useLoaderData<typeof loader>()
  const { pathname } = useLocation()
  return (
    <SiteLayout
      clinic={clinic}
      nav={siteNav}
      currentPath={pathname}
      demonstration={demonstration}
      searchQuery={pathname === '/search' ? query : undefined}
      signInHref="/sign-in"
      footerNav={[
        { href: '/questions', label: 'Questions' },
        { href: '/glossary', label: 'Glossary' },
        { href: '/articles', label: 'Articles' },
        { href: '/for-families', label: 'For families' },
        { href: '/results', label: 'Results' },
        { href: '/help-now', label: 'Help now' },
        { href: '/privacy', label: 'Privacy' },
        { href: '/about-these-pages', label: 'About these pages' },
      ]}
    >
      <Outlet />
    </SiteLayout>
  )
}
