import { useLoaderData } from 'react-router'
import { decisionOf } from '../../assess/index.server.ts'
import { people } from '../../identity/index.server.ts'
import { runQuery } from '../../platform/command.server.ts'
import { guardedLoader } from '../../platform/page.server.ts'
import { dayInWords, momentInWords } from '../../platform/time.ts'
import { DataTable, EmptyState, PageHead, StateChip } from '../../ui/index.ts'
import { consentState } from '../consents/consents-of.server.ts'
import { appointmentsOfPlan } from '../diary/entry-queries.server.ts'
import { holdsFor, holdsOfPlans } from '../load-holds.server.ts'
import { givenDoses } from '../orders/given-dose-queries.server.ts'
import { activeOrderOf } from '../orders/order-decision.ts'
import { ordersOfPlan } from '../orders/order-queries.server.ts'
import planCss from '../plan.css?url'
import { listPlans } from '../plan-access.ts'
import { holdsInWords } from '../plan-holds.ts'
import { allPlans } from '../plan-queries.server.ts'
import { LEFT_AFTER_DAYS, planStanding } from '../plan-standing.ts'
import { nextStep, planSteps } from '../plan-steps.ts'
import { plannedSessions } from '../protocols/course.ts'
import { protocolOfPlan } from '../protocols/protocol-of.server.ts'

export const loader = guardedLoader(listPlans, async ({ services, actor, clinic }) =>
  runQuery(services, actor, async ({ db, at, audit }) => {
    const plans = await allPlans(db, clinic.id)
    audit.read(listPlans.id, { object: 'plan-list', detail: { plans: plans.length } })
    const names = new Map((await people(db, clinic.id)).map((p) => [p.id, p.displayName]))
    const looked = []
    for (const plan of plans) {
      const protocol = await protocolOfPlan(db, clinic.id, plan)
      const visits = await appointmentsOfPlan(db, clinic.id, plan.id)
      const live = visits.filter((v) => !v.cancelledAt)
      const doses = await givenDoses(db, clinic.id, plan.personId)
      const standing = planStanding(
        {
          createdAt: plan.createdAt,
          visits: live,
          dosedAt: doses.filter((d) => d.planId === plan.id).map((d) => d.dosedAt),
          sessions: plannedSessions(protocol),
        },
        at,
      )
      const orders = standing === 'current' ? await ordersOfPlan(db, clinic.id, plan.id) : []
      const order = activeOrderOf(orders, at)
      const next =
        standing === 'current'
          ? nextStep(
              planSteps({
                decision: await decisionOf(db, clinic.id, plan.assessmentId),
                activeOrder: order,
                orderedBefore: orders.length > 0,
                consent: await consentState(db, clinic.id, plan.personId),
                visits,
                sessions: plannedSessions(protocol),
              }),
            )?.text
          : undefined
      looked.push({
        plan,
        protocol,
        order,
        visits,
        dosedAt: doses.map((d) => d.dosedAt),
        live,
        standing,
        next,
      })
    }
    const holds = await holdsOfPlans(
      db,
      clinic,
      looked.filter(({ standing, next }) => standing === 'current' && !next),
      at,
    )
    const rows = looked.map(({ plan, protocol, live, standing, next }) => {
      const ahead = live.find((v) => v.endsAt > at)
      return {
        id: plan.id as string,
        name: names.get(plan.personId) ?? 'unknown',
        protocol: protocol.title,
        made: dayInWords(plan.createdAt, clinic.timeZone),
        next,
        holds: holdsFor(actor, holds.get(plan.id) ?? []),
        visit: ahead
          ? momentInWords(ahead.startsAt, clinic.timeZone)
          : standing === 'over'
            ? 'all are over'
            : 'none',
        standing,
      }
    })
    const current = rows.filter((row) => row.standing === 'current')
    const rank = (row: (typeof rows)[number]) => (row.holds.length > 0 ? 0 : row.next ? 1 : 2)
    return {
      // What is held first, then what waits for somebody, then where nothing is open.
      plans: current.sort((a, b) => rank(a) - rank(b)),
      past: rows.filter((row) => row.standing !== 'current'),
    }
  }),
)

export function links() {
  return [{ rel: 'stylesheet', href: planCss }]
}

export function meta() {
  return [{ title: 'Plans' }]
}

type Row = ReturnType<typeof useLoaderData<typeof loader>>['plans'][number]

export default function Plans() {
  const { plans, past } = useLoaderData<typeof loader>()
  return (
    <>
      <PageHead
        title="Plans"
        lead="What was planned for whom, and what each plan waits for. Readings, breath, withdrawal and the checklist are judged on the day and stand in no list."
      />
      <PlanTable
        caption={`${plans.length === 1 ? '1 plan' : `${plans.length} plans`}, those that wait first`}
        rows={plans}
        empty={past.length > 0 ? 'No plan is under way' : 'No plan yet'}
      />
      {past.length > 0 && (
        <details className="disclosure">
          <summary>Over or left: {past.length}</summary>
          <PlanTable
            caption={`All sessions over, or no visit ahead and none in the last ${LEFT_AFTER_DAYS} days`}
            rows={past}
            empty="None"
          />
        </details>
      )}
    </>
  )
}

function PlanTable({ caption, rows, empty }: { caption: string; rows: readonly Row[]; empty: string }) {
  return (
    <DataTable
      caption={caption}
      rows={rows}
      rowKey={(row) => row.id}
      phone="stack"
      empty={
        <EmptyState title={empty}>
          A prescriber makes one from an assessment that was decided “eligible”.
        </EmptyState>
      }
      columns={[
        {
          key: 'name',
          head: 'Name',
          names: true,
          cell: (row) => <a href={`/work/plans/${row.id}`}>{row.name}</a>,
        },
        {
          key: 'next',
          head: 'Next',
          cell: (row) => <Next row={row} />,
        },
        { key: 'visit', head: 'Next visit', cell: (row) => row.visit },
        { key: 'protocol', head: 'Protocol', cell: (row) => row.protocol },
        { key: 'made', head: 'Made', cell: (row) => row.made },
      ]}
    />
  )
}

function Next({ row: { standing, next, holds } }: { row: Row }) {
  if (standing !== 'current') return <StateChip state="unknown" word={standing} />
  if (next) return <StateChip state="due" word={next} />
  return (
    <>
      <StateChip {...holdsInWords(holds)} />
      {holds.map((hold) => (
        <span key={hold.id} className="plan-hold">
          {hold.text}
        </span>
      ))}
    </>
  )
}
