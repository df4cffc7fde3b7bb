import { useLoaderData } from 'react-router'
import { guardedLoader } from '../../../platform/page.server.ts'
import { Breadcrumb, Facts, Notice, PageHead } from '../../../ui/index.ts'
import planCss from '../../plan.css?url'
import { readOrders } from '../../plan-access.ts'
import { orderSheet } from '../order-sheet.server.ts'
import ordersCss from '../orders.css?url'
import { ArithmeticTable } from './arithmetic-table.tsx'

export function links() {
  return [planCss, ordersCss].map((href) => ({ rel: 'stylesheet', href }))
}

export const loader = guardedLoader(readOrders, (page) => orderSheet(page))

export function meta() {
  return [{ title: 'Order sheet' }]
}

/** One order on one page of paper. */
export default function OrderSheetPage() {
  const { planId, clinic, person, protocol, order, lookAgain, raise, printed } =
    useLoaderData<typeof loader>()
  const inForce = order.state === 'in force'
  return (
    <article className={`order-sheet${inForce ? '' : ' order-sheet-not-valid'}`}>
      <PageHead
        breadcrumb={
          <Breadcrumb
            items={[
              { href: '/work/plans', label: 'Plans' },
              { href: `/work/plans/${planId}`, label: person.name },
            ]}
          />
        }
        kicker={clinic}
        title={`Order ${order.number} for ${person.name}`}
        lead={`${protocol.title}, version ${protocol.version}. ${protocol.dose}`}
      />
      {!inForce && (
        <>
          <Notice
            state="due"
            title={
              order.state === 'withdrawn' ? 'Withdrawn: nothing is given by it' : `Not valid: ${order.state}`
            }
          >
            {order.withdrawn && <p>{order.withdrawn}</p>}
          </Notice>
          <p className="order-sheet-mark" aria-hidden="true">
            {order.state === 'withdrawn' ? 'Withdrawn' : 'Not valid'}
          </p>
        </>
      )}
      {inForce && lookAgain && (
        <Notice
          state="due"
          title="Decision to be looked at again: facts have changed, no dose until a prescriber has looked"
        />
      )}
      {order.held && <Notice state="due" title={`${order.held}.`} />}
      <Facts
        layout="columns"
        facts={[
          { term: 'Person', value: person.name, source: person.synthetic ? 'an invented person' : undefined },
          { term: 'Born', value: person.birthDate },
          {
            term: 'Weighed',
            value: order.weighed ?? (order.mgPerKg === undefined ? 'not needed' : undefined),
          },
          {
            term: 'Dose',
            value: `${order.doseMg} mg ${order.way}`,
            source:
              order.mgPerKg === undefined ? 'for every weight' : `${order.mgPerKg} mg/kg × ${order.weight}`,
          },
          ...order.steps,
          {
            term: 'Valid',
            value: order.held ? 'not now' : inForce ? `until ${order.until}` : `no: ${order.state}`,
            source: order.held,
          },
        ]}
      />
      <ArithmeticTable
        lines={order.lines}
        caption="From what is asked to what is given, and back"
        phone="scroll"
      />
      <Facts
        facts={[
          {
            term: 'Ceilings',
            value: protocol.ceilings,
            source: protocol.ceilingSource,
          },
          {
            term: 'Passed',
            value:
              order.passed === undefined
                ? undefined
                : order.passed.length === 0
                  ? 'none'
                  : order.passed.join('; '),
          },
          ...(order.reason ? [{ term: 'Reason', value: order.reason }] : []),
          ...(raise ? [{ term: 'About the last dose', value: raise }] : []),
          { term: 'Signed', value: order.signed },
          ...(order.second ? [{ term: 'Second prescriber', value: order.second }] : []),
        ]}
      />
      <p className="screen-only">
        <a href={`/work/plans/${planId}/orders/${order.id}/sheet.pdf`} download>
          This sheet as PDF
        </a>
        , or print this page.
      </p>
      <div className="order-sheet-hands">
        <p>Drawn by</p>
        <p>Checked by</p>
        <p>Given by, date and time</p>
      </div>
      <p className="fact-source">
        Record {person.record}. Printed {printed}. What counts is the order in the record; it may have been
        withdrawn or replaced since.
      </p>
    </article>
  )
}
