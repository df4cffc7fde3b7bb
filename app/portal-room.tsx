import { type LoaderFunctionArgs, Outlet, redirect, useLoaderData, useLocation } from 'react-router'
import { ownPersonId } from './platform/actor.ts'
import { wantsLargePrint } from './platform/print-size.ts'
import { requestScope } from './platform/services.server.ts'
import { clinicFace } from './rooms.ts'
import chartsCss from './ui/charts.css?url'
import formsCss from './ui/forms.css?url'
import { PortalLayout } from './ui/index.ts'
import portalCss from './ui/portal.css?url'
import recordsCss from './ui/records.css?url'

/** The patient's portal around its pages. Each page guards itself; this only draws what is around it. */
export function links() {
  return [portalCss, chartsCss, formsCss, recordsCss].map((href) => ({ rel: 'stylesheet', href }))
}

export async function loader({ context, request }: LoaderFunctionArgs) {
  const { clinic, actor } = context.get(requestScope)
  if (actor.kind === 'visitor') {
    throw redirect(`/sign-in?next=${encodeURIComponent(new URL(request.url).pathname)}`)
  }
  if (!ownPersonId(actor))
    throw new Response('The portal is for people who are treated here.', { status: 403 })
  return {
    clinic: clinicFace(clinic),
    demonstration: clinic.demonstration,
    largePrint: wantsLargePrint(request.headers.get('cookie')),
    personName: actor.kind === 'member' ? actor.name : undefined,
  }
}

export default function PortalRoom() {
  const { clinic, demonstration, largePrint, personName } = useLoaderData<typeof loader>()
  const { pathname } = useLocation()
  return (
    <PortalLayout
      clinic={clinic}
      personName={personName}
      currentPath={pathname}
      demonstration={demonstration}
      printSize={{ large: largePrint, action: '/print-size' }}
      signOutAction="/sign-out"
    >
      <Outlet />
    </PortalLayout>
  )
}
