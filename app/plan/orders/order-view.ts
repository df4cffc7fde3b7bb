import { dayInWords, type Instant, momentInWords } from '../../platform/time.ts'
import { ROUTE_WORDS } from '../protocols/protocol-words.ts'
import type { DoseOrder, GivenDose } from './order.ts'
import { BASIS_WORDS } from './order-words.ts'
import { UNIT_WORDS } from './units-arithmetic.ts'

/** Where an order stands: only one of a plan is in force. */
export type OrderState = 'in force' | 'withdrawn' | 'run out' | 'replaced'

/** What is shown of one order, in words; the same on the plan and on the sheet. */
export type OrderView = {
  readonly id: string
  readonly number: number
  readonly state: OrderState
  /** Why nothing is given by it though it is in force, as `consentHold` says it. */
  readonly held: string | undefined
  readonly way: string
  readonly doseMg: number
  readonly mgPerKg: number | undefined
  readonly weight: string | undefined
  readonly weighed: string | undefined
  /** What is done with it, one line each: drawn, diluted, pumped; places; devices and when. */
  readonly steps: readonly { readonly term: string; readonly value: string; readonly source?: string }[]
  readonly lines: DoseOrder['arithmetic']
  readonly passed: readonly string[] | undefined
  readonly reason: string | undefined
  readonly signed: string
  readonly second: string | undefined
  /** Day and time, since an order ends at the hour it was signed. */
  readonly until: string
  readonly withdrawn: string | undefined
}

/**
 * An order as it is shown.
 *
 * @param active the order in force, of the same plan
 * @param names who signed, by account
 * @param held what holds every dose of the person (`consentHold`)
 */
export function orderView(
  o: DoseOrder,
  active: Pick<DoseOrder, 'id'> | undefined,
  names: ReadonlyMap<string, string>,
  timeZone: string,
  at: Instant,
  held?: string,
): OrderView {
  const nameOf = (id: string) => names.get(id) ?? 'unknown'
  const state = stateOf(o, active, at)
  return {
    id: o.id,
    number: o.number,
    state,
    held: state === 'in force' ? held : undefined,
    way: ROUTE_WORDS[o.route],
    doseMg: o.doseMg,
    mgPerKg: o.doseMgPerKg,
    weight: o.weightBasis && `${o.weightKg} kg, ${BASIS_WORDS[o.weightBasis]}`,
    weighed:
      o.weightMeasuredAt &&
      `${o.actualWeightKg} kg, measured ${dayInWords(o.weightMeasuredAt, timeZone)}${o.heightCm ? `; ${o.heightCm} cm` : ''}`,
    steps: givenWords(o.given, o.route),
    lines: o.arithmetic.map((line) => ({ ...line })),
    passed: o.needs?.map((need) =>
      need === 'reason' ? 'needed a reason' : 'above the hard ceiling: second prescriber',
    ),
    reason: o.reason,
    signed: `${nameOf(o.signedBy)}, ${momentInWords(o.signedAt, timeZone)}`,
    second: o.secondSignedBy && nameOf(o.secondSignedBy),
    until: momentInWords(o.validUntil, timeZone),
    withdrawn:
      o.withdrawnAt &&
      `${momentInWords(o.withdrawnAt, timeZone)}${o.withdrawnBy ? `, ${nameOf(o.withdrawnBy)}` : ''}: ${o.withdrawnReason}`,
  }
}

function stateOf(o: DoseOrder, active: Pick<DoseOrder, 'id'> | undefined, at: Instant): OrderState {
  if (o.id === active?.id) return 'in force'
  if (o.withdrawnAt) return 'withdrawn'
  return o.validUntil <= at ? 'run out' : 'replaced'
}

function givenWords(given: GivenDose, route: DoseOrder['route']): OrderView['steps'] {
  if (given.kind === 'units') {
    const unit = UNIT_WORDS[route]
    const many = given.units === 1 ? unit?.one : unit?.many
    return [
      {
        term: 'Give',
        value: `${given.units} ${many ?? ''} of ${given.unitMg} mg`,
        source:
          given.atMin.length > 0
            ? `at ${given.atMin.join(', ')} minutes`
            : 'times between them are not stated',
      },
    ]
  }
  const draw = {
    term: 'Draw',
    value: `${given.volumeMl} mL`,
    source: `of ${given.concentrationMgPerMl} mg/mL`,
  }
  if (given.kind === 'volume') {
    const places = given.portionsMl.length
    return [
      draw,
      {
        term: 'Give',
        value: given.portionsMl.map((ml) => `${ml} mL`).join(' + '),
        source: places === 1 ? 'in one place, at once' : `in ${places} places, at once`,
      },
    ]
  }
  const several = given.steps.length > 1
  return [
    draw,
    { term: 'Dilute to', value: `${given.totalVolumeMl} mL`, source: 'drug and diluent' },
    ...given.steps.map((step) => ({
      term: several ? `Pump, ${step.title}` : 'Pump',
      value: `${step.rateMlPerH} mL/h`,
      source: `for ${step.durationMin} min`,
    })),
  ]
}

/** Every account named on an order. */
export function accountsOf(order: DoseOrder) {
  return [order.signedBy, order.secondSignedBy, order.withdrawnBy].flatMap((id) => id ?? [])
}
