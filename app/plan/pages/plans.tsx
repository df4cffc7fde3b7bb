import { useLoaderData } from 'react-router'
import { decisionOf } from '../../assess/index.server.ts'
import { people } from '../../identity/index.server.ts'
import { runQuery } from '../../platform/command.server.ts'
import type { Read } from '../../platform/database.server.ts'
import type { ClinicId } from '../../platform/ids.ts'
import { guardedLoader } from '../../platform/page.server.ts'
import { dayInWords, type Instant, momentInWords } from '../../platform/time.ts'
import { DataTable, EmptyState, PageHead, StateChip } from '../../ui/index.ts'
import { consentState } from '../consents/consents-of.server.ts'
import { appointmentsOfPlan } from '../diary/entry-queries.server.ts'
import { activeOrderOf } from '../orders/order-decision.ts'
import { ordersOfPlan } from '../orders/order-queries.server.ts'
import type { Appointment, Plan } from '../plan.ts'
import { listPlans } from '../plan-access.ts'
import { allPlans } from '../plan-queries.server.ts'
import { nextStep, planSteps } from '../plan-steps.ts'
import { plannedSessions } from '../protocols/course.ts'
import { protocolOfPlan } from '../protocols/protocol-of.server.ts'

export const loader = guardedLoader(listPlans, async ({ services, actor, clinic }) =>
  runQuery(services, actor, async ({ db, at, audit }) => {
    const plans = await allPlans(db, clinic.id)
    audit.read(listPlans.id, { object: 'plan-list', detail: { plans: plans.length } })
    const names = new Map((await people(db, clinic.id)).map((p) => [p.id, p.displayName]))
    const rows = []
    for (const plan of plans) {
      const protocol = await protocolOfPlan(db, clinic.id, plan)
      const visits = await appointmentsOfPlan(db, clinic.id, plan.id)
      const live = visits.filter((v) => !v.cancelledAt)
      const ahead = live.find((v) => v.endsAt > at)
      const over = live.length === plannedSessions(protocol) && !ahead
      const next = over ? undefined : nextStep(await stepsOf(db, clinic.id, plan, visits, at))?.text
      rows.push({
        id: plan.id,
        name: names.get(plan.personId) ?? 'unknown',
        protocol: protocol.title,
        made: dayInWords(plan.createdAt, clinic.timeZone),
        next,
        visit: ahead ? momentInWords(ahead.startsAt, clinic.timeZone) : over ? 'all are over' : 'none',
        over,
      })
    }
    return { plans: rows.sort((a, b) => rank(a) - rank(b)) }
  }),
)

async function stepsOf(
  db: Read,
  clinicId: ClinicId,
  plan: Plan,
  visits: readonly Appointment[],
  at: Instant,
) {
  const orders = await ordersOfPlan(db, clinicId, plan.id)
  return planSteps({
    decision: await decisionOf(db, clinicId, plan.assessmentId),
    activeOrder: activeOrderOf(orders, at),
    orderedBefore: orders.length > 0,
    consent: await consentState(db, clinicId, plan.personId),
    visits,
    sessions: plannedSessions(await protocolOfPlan(db, clinicId, plan)),
  })
}

/** What waits for somebody first, what is ready next, what is over last. */
function rank(row: { readonly next: string | undefined; readonly over: boolean }): number {
  return row.over ? 2 : row.next ? 0 : 1
}

export function meta() {
  return [{ title: 'Plans' }]
}

export default function Plans() {
  const { plans } = useLoaderData<typeof loader>()
  return (
    <>
      <PageHead title="Plans" lead="What was planned for whom, and what each plan waits for." />
      <DataTable
        caption={`${plans.length} plans, those that wait first`}
        rows={plans}
        rowKey={(row) => row.id}
        phone="stack"
        empty={
          <EmptyState title="No plan yet">
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
            cell: (row) => (
              <StateChip
                state={row.over ? 'unknown' : row.next ? 'due' : 'calm'}
                word={row.over ? 'over' : (row.next ?? 'ready')}
              />
            ),
          },
          { key: 'visit', head: 'Next visit', cell: (row) => row.visit },
          { key: 'protocol', head: 'Protocol', cell: (row) => row.protocol },
          { key: 'made', head: 'Made', cell: (row) => row.made },
        ]}
      />
    </>
  )
}
