import {
  type LoaderFunctionArgs,
  Outlet,
  redirect,
  useLoaderData,
  useLocation,
  useMatches,
} from 'react-router'
import { isStaff } from './platform/actor.ts'
import { requestScope } from './platform/services.server.ts'
import { clinicFace, workNav } from './rooms.ts'
import type { PageHandle } from './root.tsx'
import chartsCss from './ui/charts.css?url'
import formsCss from './ui/forms.css?url'
import { WorkLayout } from './ui/index.ts'
import recordsCss from './ui/records.css?url'
import workCss from './ui/work.css?url'

/** The clinic's workspace around its pages. Each page guards itself; this only draws what is around it. */
export function links() {
  return [workCss, chartsCss, formsCss, recordsCss].map((href) => ({ rel: 'stylesheet', href }))
}

export async function loader({ context, request }: LoaderFunctionArgs) {
  const { clinic, actor } = context.get(requestScope)
  if (actor.kind === 'visitor') {
    const url = new URL(request.url)
    throw redirect(`/sign-in?next=${encodeURIComponent(url.pathname + url.search)}`)
  }
  if (!isStaff(actor)) throw new Response('This part is for people who work here.', { status: 403 })
  return {
    clinic: clinicFace(clinic),
    demonstration: clinic.demonstration,
    person: { name: actor.name, role: actor.roles.filter((role) => role !== 'patient').join(', ') },
    nav: workNav(actor.roles),
  }
}

export default function WorkRoom() {
  const { clinic, demonstration, person, nav } = useLoaderData<typeof loader>()
  const { pathname } = useLocation()
  const handles = useMatches().map((match) => match.handle as PageHandle | undefined)
  return (
    <WorkLayout
      clinic={clinic}
      person={person}
      nav={nav}
      currentPath={pathname}
      demonstration={demonstration}
      width={handles.map((h) => h?.width).find(Boolean) ?? 'normal'}
      theme={handles.map((h) => h?.theme).find(Boolean)}
    >
      <Outlet />
    </WorkLayout>
  )
}
