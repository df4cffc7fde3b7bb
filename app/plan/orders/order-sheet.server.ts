import { peopleToLookAtAgain } from '../../assess/index.server.ts'
import { accountNames, personById } from '../../identity/index.server.ts'
import { runQuery } from '../../platform/command.server.ts'
import { parseId } from '../../platform/ids.ts'
import { notFound, type PageArgs } from '../../platform/page.server.ts'
import { dateInWords, momentInWords } from '../../platform/time.ts'
import { consentHold } from '../consents/consent-hold.ts'
import { consentState } from '../consents/consents-of.server.ts'
import { readOrders } from '../plan-access.ts'
import { planById } from '../plan-queries.server.ts'
import { protocolOfPlan } from '../protocols/protocol-of.server.ts'
import { ceilingWords, doseWords } from '../protocols/protocol-words.ts'
import { ceilingSource } from './order-ceilings.ts'
import { activeOrderOf } from './order-decision.ts'
import { orderById, ordersOfPlan } from './order-queries.server.ts'
import { accountsOf, orderView } from './order-view.ts'
import { RAISE_WORDS } from './order-words.ts'
import { RAISE_FACTS } from './raise-rule.ts'

export type OrderSheet = Awaited<ReturnType<typeof orderSheet>>

/** Everything that stands on the printed sheet of one order. */
export async function orderSheet({ services, actor, clinic, params }: PageArgs) {
  const planId = parseId<'plan'>(params.id) ?? notFound()
  const orderId = parseId<'order'>(params.orderId) ?? notFound()
  return runQuery(services, actor, async ({ db, at, audit }) => {
    const plan = (await planById(db, clinic.id, planId)) ?? notFound()
    const order = await orderById(db, clinic.id, orderId)
    const person = await personById(db, clinic.id, plan.personId)
    if (!order || order.planId !== plan.id || !person) return notFound()
    audit.read(readOrders.id, { personId: plan.personId, object: 'order', objectId: order.id })
    const protocol = await protocolOfPlan(db, clinic.id, plan)
    const active = activeOrderOf(await ordersOfPlan(db, clinic.id, plan.id), at)
    const names = await accountNames(db, accountsOf(order))
    const again = await peopleToLookAtAgain(db, clinic.id, [plan.personId])
    const held = consentHold(await consentState(db, clinic.id, plan.personId))
    const { raise } = order
    return {
      planId: plan.id as string,
      clinic: clinic.name,
      person: {
        name: person.displayName,
        birthDate: person.birthDate ? dateInWords(person.birthDate) : undefined,
        record: person.id as string,
        synthetic: person.synthetic,
      },
      protocol: {
        title: protocol.title,
        version: protocol.version,
        dose: doseWords(protocol),
        ceilings: ceilingWords(protocol.ceilings),
        ceilingSource: ceilingSource(protocol),
      },
      order: orderView(order, active, names, clinic.timeZone, at, held),
      /** Something has changed that the decision rests on: nothing is given by the order until a prescriber looked again. */
      lookAgain: again.size > 0,
      raise:
        raise &&
        [
          ...RAISE_FACTS.map((fact) => `${RAISE_WORDS[fact]}: ${raise[fact]}`),
          `better since the start: ${raise.improvement.replaceAll('-', ' ')}`,
        ].join('; '),
      printed: momentInWords(at, clinic.timeZone),
      printedAt: at,
    }
  })
}
