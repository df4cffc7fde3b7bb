import type { FormAnswer } from '../../../platform/form.ts'
import {
  Button,
  ButtonLink,
  EmptyState,
  Facts,
  FormActions,
  Section,
  StateChip,
  TextField,
} from '../../../ui/index.ts'
import type { PlanPageData } from '../../plan-page.server.ts'
import type { OrderView } from '../order-view.ts'
import { ArithmeticTable } from './arithmetic-table.tsx'

/** Orders of a plan: the one in force in full, the earlier ones folded, each with who, when and why. */
export function PlanOrders({
  data,
  orders,
  problem,
}: {
  data: PlanPageData
  orders: readonly OrderView[]
  problem: FormAnswer | undefined
}) {
  const inForce = orders.find((o) => o.state === 'in force')
  const earlier = orders.filter((o) => o !== inForce)
  return (
    <Section
      title="Order"
      actions={
        data.may.order && (
          <ButtonLink kind="quiet" size="small" href={`/work/plans/${data.id}/order`}>
            {inForce ? 'Write a new order' : 'Write the order'}
          </ButtonLink>
        )
      }
    >
      {inForce ? (
        <OneOrder order={inForce} planId={data.id} />
      ) : (
        <EmptyState title="No order in force">Without one no session can begin.</EmptyState>
      )}
      {inForce && data.may.withdrawOrder && (
        <details className="disclosure" open={problem?.errors.withdrawReason !== undefined}>
          <summary>Withdraw this order</summary>
          <form method="post" className="panel" noValidate>
            <input type="hidden" name="order" value={inForce.id} />
            <TextField
              name="withdrawReason"
              label="Why"
              hint="Nothing can be dosed from it afterwards, and no earlier order comes back."
              defaultValue={String(problem?.values.withdrawReason ?? '')}
              error={problem?.errors.withdrawReason}
            />
            <FormActions>
              <Button name="intent" value="withdraw-order" kind="danger">
                Withdraw the order
              </Button>
            </FormActions>
          </form>
        </details>
      )}
      {earlier.map((order) => (
        <details className="disclosure" key={order.id}>
          <summary>
            Order {order.number}, {order.state}: {order.doseMg} mg, signed by {order.signed}
          </summary>
          <OneOrder order={order} planId={data.id} />
        </details>
      ))}
    </Section>
  )
}

function OneOrder({ order, planId }: { order: OrderView; planId: string }) {
  return (
    <>
      <Facts
        layout="columns"
        facts={[
          {
            term: `Order ${order.number}, ${order.way}`,
            value: `${order.doseMg} mg`,
            source:
              order.mgPerKg === undefined ? 'for every weight' : `${order.mgPerKg} mg/kg × ${order.weight}`,
          },
          ...order.steps,
          {
            term: 'State',
            value: order.held ? (
              <StateChip state="due" word="nothing is given by it now" />
            ) : (
              <StateChip state={order.state === 'in force' ? 'calm' : 'unknown'} word={order.state} />
            ),
            source: order.held ?? (order.state === 'in force' ? `until ${order.until}` : order.withdrawn),
          },
        ]}
      />
      <p>
        Signed by {order.signed}
        {order.second && <>, and by {order.second} as second prescriber</>}.
        {order.reason && <> Reason: {order.reason}</>}{' '}
        <a href={`/work/plans/${planId}/orders/${order.id}`}>Order sheet to print</a>
      </p>
      <details className="disclosure">
        <summary>How it was counted</summary>
        <ArithmeticTable lines={order.lines} caption="From what is asked to what is given" />
      </details>
    </>
  )
}
