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
import { ArithmeticTable } from './arithmetic-table.tsx'

type Order = NonNullable<PlanPageData['orders']>[number]

/** Orders of a plan: the one in force in full, the earlier ones folded. */
export function PlanOrders({
  data,
  orders,
  problem,
}: {
  data: PlanPageData
  orders: readonly Order[]
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
        <OneOrder order={inForce} />
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
            Order of {order.signed} ({order.state})
          </summary>
          <OneOrder order={order} />
        </details>
      ))}
    </Section>
  )
}

function OneOrder({ order }: { order: Order }) {
  return (
    <>
      <Facts
        layout="columns"
        facts={[
          {
            term: 'Dose',
            value: `${order.doseMg} mg`,
            source: `${order.mgPerKg} mg/kg × ${order.weight}`,
          },
          {
            term: 'Draw',
            value: `${order.volumeMl} mL`,
            source: `of ${order.concentrationMgPerMl} mg/mL, to ${order.totalVolumeMl} mL in all`,
          },
          { term: 'Pump', value: `${order.rateMlPerH} mL/h`, source: `over ${order.durationMin} min` },
          {
            term: 'State',
            value: <StateChip state={order.state === 'in force' ? 'calm' : 'unknown'} word={order.state} />,
            source: order.state === 'in force' ? `until ${order.until}` : order.withdrawn,
          },
        ]}
      />
      <p>
        Signed by {order.signed}
        {order.second && <>, and by {order.second} as second prescriber</>}.
        {order.reason && <> Reason: {order.reason}</>}
      </p>
      <details className="disclosure">
        <summary>How it was counted</summary>
        <ArithmeticTable lines={order.lines} caption="From mg/kg to the pump" />
      </details>
    </>
  )
}
