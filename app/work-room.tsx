import {
  type LoaderFunctionArgs,
  Outlet,
  redirect,
  useLoaderData,
  useLocation,
  useMatches,
} from 'react-router'
import { listConcerns } from './assess/assess-access.ts'
import { openConcerns } from './assess/index.server.ts'
import { mayDo } from './platform/access.ts'
import { isStaff } from './platform/actor.ts'
import { runQuery } from './platform/command.server.ts'
import { wantsNight } from './platform/night-light.ts'
import { requestScope } from './platform/services.server.ts'
import { msBetween } from './platform/time.ts'
import { clinicFace, workNav } from './rooms.ts'
import type { PageHandle } from './root.tsx'
import { openDiscrepancies, waitingForWitness } from './treat/index.server.ts'
import { readCounts, witnessStock } from './treat/treat-access.ts'
import chartsCss from './ui/charts.css?url'
import formsCss from './ui/forms.css?url'
import { ageText, WorkLayout } from './ui/index.ts'
import recordsCss from './ui/records.css?url'
import workCss from './ui/work.css?url'

/** The clinic's workspace around its pages. Each page guards itself; this only draws what is around it. */
export function links() {
  return [workCss, chartsCss, formsCss, recordsCss].map((href) => ({ rel: 'stylesheet', href }))
}

export async function loader({ context, request }: LoaderFunctionArgs) {
  const { clinic, actor, services } = context.get(requestScope)
  if (actor.kind === 'visitor') {
    const url = new URL(request.url)
    throw redirect(`/sign-in?next=${encodeURIComponent(url.pathname + url.search)}`)
  }
  if (!isStaff(actor)) throw new Response('This part is for people who work here.', { status: 403 })
  const { overdue, discrepancies, toWitness, at } = await runQuery(services, actor, async ({ db, at }) => ({
    at,
    toWitness: mayDo(actor, witnessStock) ? (await waitingForWitness(db, actor, at)).length : 0,
    discrepancies: mayDo(actor, readCounts) ? (await openDiscrepancies(db, clinic.id)).length : 0,
    overdue: mayDo(actor, listConcerns)
      ? (await openConcerns(db, clinic.id, at)).filter((concern) => concern.overdue)
      : [],
  }))
  const oldest = overdue[0]
  return {
    overdueSafety: oldest && {
      count: overdue.length,
      href: '/work/concerns',
      oldest: `oldest raised ${ageText(msBetween(oldest.raisedAt, at))}`,
    },
    clinic: clinicFace(clinic),
    demonstration: clinic.demonstration,
    person: { name: actor.name, role: actor.roles.filter((role) => role !== 'patient').join(', ') },
    nav: workNav(actor.roles, { '/work/stock': discrepancies, '/work/witness': toWitness }),
    night: wantsNight(request.headers.get('cookie')),
  }
}

export default function WorkRoom() {
  const { clinic, demonstration, person, nav, overdueSafety, night } = useLoaderData<typeof loader>()
  const { pathname } = useLocation()
  const handles = useMatches().map((match) => match.handle as PageHandle | undefined)
  return (
    <WorkLayout
      clinic={clinic}
      person={person}
      nav={nav}
      currentPath={pathname}
      demonstration={demonstration}
      overdueSafety={overdueSafety}
      width={handles.map((h) => h?.width).find(Boolean) ?? 'normal'}
      theme={
        night && handles.some((h) => h?.nightLight) ? 'night' : handles.map((h) => h?.theme).find(Boolean)
      }
    >
      <Outlet />
    </WorkLayout>
  )
}
