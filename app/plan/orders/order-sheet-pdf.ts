import type { PdfBlock, PdfContent } from '../../platform/pdf-block.ts'
import type { OrderSheet } from './order-sheet.server.ts'

/** The sheet of one order as a document to print, with everything its page has and lines for those who draw, check and give. Pure. */
export function orderContent(sheet: OrderSheet): PdfContent {
  const { order, person, protocol } = sheet
  const inForce = order.state === 'in force'
  const title = `Order ${order.number} for ${person.name}`
  const blocks: PdfBlock[] = [
    { kind: 'heading', level: 1, text: title },
    { kind: 'paragraph', text: `${protocol.title}, version ${protocol.version}. ${protocol.dose}` },
    ...(inForce ? [] : [notice(notInForce(order))]),
    ...(inForce && sheet.lookAgain
      ? [notice('Decision to be looked at again: facts have changed, no dose until a prescriber has looked.')]
      : []),
    ...(order.held ? [notice(`${order.held}.`)] : []),
    {
      kind: 'facts',
      facts: [
        {
          term: 'Person',
          value: person.name,
          source: person.synthetic ? 'an invented person' : undefined,
        },
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
      ],
    },
    {
      kind: 'table',
      caption: 'From what is asked to what is given, and back',
      columns: [
        { title: 'Step', width: 1.7 },
        { title: 'Working', width: 3.8 },
        { title: 'Result', width: 1.5, align: 'right' },
      ],
      rows: order.lines.map((line) => [line.label, line.working, line.result]),
    },
    {
      kind: 'facts',
      facts: [
        { term: 'Ceilings', value: protocol.ceilings, source: protocol.ceilingSource },
        {
          term: 'Passed',
          value: order.passed && (order.passed.length === 0 ? 'none' : order.passed.join('; ')),
        },
        ...(order.reason ? [{ term: 'Reason', value: order.reason }] : []),
        ...(sheet.raise ? [{ term: 'About the last dose', value: sheet.raise }] : []),
        { term: 'Signed', value: order.signed },
        ...(order.second ? [{ term: 'Second prescriber', value: order.second }] : []),
      ],
    },
    ...(inForce
      ? [{ kind: 'sign-here', labels: ['Drawn by', 'Checked by', 'Given by, date and time'] } as const]
      : []),
  ]
  return {
    title,
    language: 'en',
    made: sheet.printedAt,
    blocks,
    everyPage: {
      clinic: sheet.clinic,
      printed: `Printed ${sheet.printed}`,
      reference: `record ${person.record}, order ${order.id}`,
      notice: order.held
        ? `${order.held}.`
        : inForce
          ? 'What counts is the order in the record; it may have been withdrawn or replaced since.'
          : notInForce(order),
    },
  }
}

const notInForce = ({ state, withdrawn }: OrderSheet['order']) =>
  state === 'withdrawn'
    ? `Withdrawn: nothing is given by it.${withdrawn ? ` ${withdrawn}` : ''}`
    : `Not valid: ${state}.`
const notice = (text: string): PdfBlock => ({ kind: 'paragraph', tone: 'notice', text })
