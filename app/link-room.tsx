import { type LoaderFunctionArgs, Outlet, useLoaderData, useLocation } from 'react-router'
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

export async function loader({ context }: LoaderFunctionArgs) {
  const { clinic } = context.get(requestScope)
  return { clinic: clinicFace(clinic), demonstration: clinic.demonstration }
}

export default function LinkRoom() {
  const { clinic, demonstration } = useLoaderData<typeof loader>()
  const { pathname } = useLocation()
  return (
    <PortalLayout clinic={clinic} nav={[]} currentPath={pathname} demonstration={demonstration}>
      <Outlet />
    </PortalLayout>
  )
}
