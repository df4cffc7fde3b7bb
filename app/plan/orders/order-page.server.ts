import type * as z from 'zod'
import { medicinesBeforeDose } from '../../assess/index.server.ts'
import { confirmIdentity, confirmSecond, personById } from '../../identity/index.server.ts'
import { ageYears, notConfirmedWords } from '../../identity/index.ts'
import { runCommand, runQuery } from '../../platform/command.server.ts'
import { type FormAnswer, formProblem, parseForm } from '../../platform/form.ts'
import { type AccountId, parseId } from '../../platform/ids.ts'
import { goTo, notFound, type PageArgs } from '../../platform/page.server.ts'
import { dayInWords, localDateOf } from '../../platform/time.ts'
import { consentHold, isTreatmentTakenBack } from '../consents/consent-hold.ts'
import { appointmentsOfPlan } from '../diary/entry-queries.server.ts'
import type { PlanId } from '../plan.ts'
import { signOrder as signOrderAction } from '../plan-access.ts'
import { planById } from '../plan-queries.server.ts'
import { infusionFigures } from '../protocols/order-figures.ts'
import { ceilingWords, doseWords, ROUTE_WORDS } from '../protocols/protocol-words.ts'
import { basisWeight, HIGHER_WORDS, isHigherThanActual, type WeightBasis } from './basis-weight.ts'
import type { DoseChoice } from './dose-arithmetic.ts'
import { readDose, readRaise } from './dose-fields.ts'
import { ceilingSource } from './order-ceilings.ts'
import {
  bodyOf,
  countsWeight,
  fixedChoices,
  type OrderFacts,
  weightChangePercent,
  weightObstacle,
} from './order-decision.ts'
import { orderForm } from './order-form.ts'
import { ORDER_REFUSALS, PROBLEM_WORDS } from './order-words.ts'
import { RAISE_FACTS } from './raise-rule.ts'
import { orderFacts, signOrder } from './sign-order.server.ts'
import { basisOf, doseForm, type WorkedOrder, workOutOrder } from './work-out-order.ts'

type Posted = PageArgs & { form: FormData }

const idOf = ({ params }: Pick<PageArgs, 'params'>): PlanId => parseId<'plan'>(params.id) ?? notFound()

async function factsOf(page: PageArgs, audited: boolean) {
  const { services, actor, clinic } = page
  return runQuery(services, actor, async ({ db, at, audit }) => {
    const plan = await planById(db, clinic.id, idOf(page))
    const person = plan && (await personById(db, clinic.id, plan.personId))
    if (!plan || !person) return notFound()
    if (audited)
      audit.read(signOrderAction.id, { personId: plan.personId, object: 'plan', objectId: plan.id })
    const signer = actor.kind === 'member' ? actor.accountId : ('' as AccountId)
    const { notices } = await medicinesBeforeDose(db, clinic.id, plan.personId, at)
    const visits = (await appointmentsOfPlan(db, clinic.id, plan.id))
      .filter(({ cancelledAt, startsAt }) => !cancelledAt && startsAt > at)
      .map(({ startsAt, endsAt }) => ({ startsAt, endsAt }))
    const facts = await orderFacts(db, plan, clinic.id, signer, at)
    return { plan, person, medicines: notices, booked: { visits, at }, facts }
  })
}

/** What the order form shows before anything is typed, and all that the page needs to work the order out by itself. */
export async function orderPage(page: PageArgs) {
  const { clinic, services } = page
  const { plan, person, facts, medicines, booked } = await factsOf(page, true)
  const { protocol, weight, decision, lastDose } = facts
  const form = doseForm(protocol)
  const weighs = form !== undefined && countsWeight(form.kind)
  const blocked =
    form === undefined
      ? ('not-orderable' as const)
      : decision?.decision !== 'eligible'
        ? ('not-eligible' as const)
        : decision.stale
          ? ('decision-stale' as const)
          : isTreatmentTakenBack(facts.consent)
            ? ('consent-withdrawn' as const)
            : weighs
              ? weightObstacle(facts)
              : undefined
  const change = weight && weightChangePercent(weight.value, facts.lastOrderedWeightKg)
  const today = localDateOf(services.clock.now(), clinic.timeZone)
  const infusion = infusionFigures(protocol)
  const compared = form?.kind === 'infusion' && infusion?.steps.length === 1 ? infusion : undefined
  const age = ageYears(person.birthDate, today)
  return {
    id: plan.id,
    assessmentId: plan.assessmentId,
    name: person.displayName,
    personId: plan.personId as string,
    medicines,
    ageYears: age,
    protocol: {
      title: protocol.title,
      version: protocol.version,
      dose: doseWords(protocol),
      way: ROUTE_WORDS[protocol.route],
      ceilings: `${ceilingWords(protocol.ceilings)}. ${ceilingSource(protocol)}`,
    },
    form,
    defaults: defaultsOf(facts),
    fixed: fixedChoices(facts),
    basis: basisOf(facts),
    /** The visits ahead, for an infusion that they do not hold. */
    booked: { ...booked, visit: protocol.visit, discharge: protocol.discharge },
    weighs,
    blocked: blocked && ORDER_REFUSALS[blocked][1],
    /** What is settled on the plan's page, not in the assessment. */
    settledOnPlan: blocked === 'consent-withdrawn',
    /** An order may be signed meanwhile; nothing is given by it. */
    held: blocked === 'consent-withdrawn' ? undefined : consentHold(facts.consent),
    weight: weight && { kg: weight.value, when: dayInWords(weight.observedAt, clinic.timeZone) },
    bases: basisChoices(facts),
    weightChange:
      weighs && change !== undefined && Math.abs(change) > protocol.weight.changeToAcknowledgePercent
        ? `${Math.round(Math.abs(change))} % ${change > 0 ? 'heavier' : 'lighter'} than the ${facts.lastOrderedWeightKg} kg of the last order`
        : undefined,
    /** The last dose by this route, for one above it. */
    lastDose:
      lastDose?.order.route === protocol.route
        ? {
            words: `${lastDose.order.doseMg} mg${lastDose.order.doseMgPerKg === undefined ? '' : ` (${lastDose.order.doseMgPerKg} mg/kg)`}`,
            recorded: RAISE_FACTS.map((fact) => ({ fact, told: lastDose.recorded[fact] })),
          }
        : undefined,
    key: services.ids.next(),
    /** An infusion at one speed can be compared in the workbench. */
    compared: compared && { mgPerKg: compared.mgPerKg, durationMin: compared.durationMin },
  }
}

export type OrderPageData = Awaited<ReturnType<typeof orderPage>>

/** The protocol's own figures, as they would be typed. */
function defaultsOf({ protocol }: OrderFacts): Readonly<Record<string, string>> {
  const { dose } = protocol
  const typed: Record<string, string> = {}
  if (dose.kind === 'infusion-mg-per-kg')
    for (const [at, step] of dose.steps.entries()) {
      const place = at === 0 ? '' : String(at + 1)
      typed[`mgPerKg${place}`] = String(step.mgPerKg.value ?? '')
      typed[`durationMin${place}`] = String(step.durationMin.value ?? '')
    }
  if (dose.kind === 'bolus-mg-per-kg') typed.mgPerKg = String(dose.mgPerKg.value ?? '')
  return typed
}

/** The three weights with what each comes to, or why it cannot be used. */
function basisChoices(facts: OrderFacts) {
  return (['actual', 'ideal', 'adjusted'] as const).map((basis: WeightBasis) => {
    const body = bodyOf(facts)
    if (!body) return { basis, words: 'no weight is recorded' }
    const found = basisWeight(body, basis)
    if (!found.ok) return { basis, words: PROBLEM_WORDS[found.problem][1] }
    const higher = isHigherThanActual(found.weightKg, body.actualWeightKg)
    return { basis, words: `${found.weightKg} kg${higher ? `, ${HIGHER_WORDS}: needs a reason` : ''}` }
  })
}

/** Without script, Enter in the signature presses the form's first button. */
const NOT_SIGNED_YET = {
  password:
    'Nothing was signed: this only worked it out. Enter your password again and press “Sign this order”.',
}

/** Works the order out, and signs it when asked to and when the figures are those that were shown. */
export async function answerOrder(page: Posted, sign: boolean): Promise<FormAnswer | Response> {
  const { form } = page
  const { facts, plan } = await factsOf(page, false)
  const shape = doseForm(facts.protocol)
  if (!shape) return formProblem(form, asError(ORDER_REFUSALS['not-orderable']))
  const text = (name: string) => String(form.get(name) ?? '')
  const dose = readDose(shape, text)
  const parsed = parseForm(orderForm, form)
  if (!parsed.ok || !dose.ok) {
    return formProblem(form, {
      ...(parsed.ok ? {} : parsed.answer.errors),
      ...(dose.ok ? {} : dose.errors),
    })
  }
  const obstacle = countsWeight(shape.kind) ? weightObstacle(facts) : undefined
  if (obstacle) return formProblem(form, asError(ORDER_REFUSALS[obstacle]))
  const raise = readRaise(text)
  const worked = workOutOrder(basisOf(facts), dose.choice, raise)
  if (!worked.figures) return formProblem(form, worked.errors)
  if (!sign) return formProblem(form, text('password') === '' ? {} : NOT_SIGNED_YET)
  if (parsed.value.shown !== worked.shown) {
    return formProblem(form, {
      form: otherFigures(parsed.value.shown, worked.shown),
    })
  }
  return signIt(page, plan.id, { ...parsed.value, dose: dose.choice, raise }, worked)
}

/** What stood on the page beside what would be signed: whoever signs reads the difference. */
function otherFigures(shown: string | undefined, now: string | undefined): string {
  return `The figures are not those that were shown. Nothing was signed. Shown: ${shown ?? 'nothing'}. Now: ${now ?? 'nothing'}. Read them again, then sign.`
}

async function signIt(
  page: Posted,
  planId: PlanId,
  value: z.infer<typeof orderForm> & {
    readonly dose: DoseChoice
    readonly raise: ReturnType<typeof readRaise>
  },
  worked: WorkedOrder,
): Promise<FormAnswer | Response> {
  const { services, actor, form } = page
  const problem = (errors: Readonly<Record<string, string>>) => formProblem(form, errors)
  if (actor.kind !== 'member') return notFound()
  const own = await confirmIdentity(page)
  if (!own.ok)
    return problem({
      password: notConfirmedWords(
        own,
        'This is not your password. Nothing was signed; what you entered is kept.',
      ),
    })
  const second =
    value.secondEmail && worked.needs.includes('second-prescriber')
      ? await confirmSecond(page, ['prescriber'])
      : undefined
  if (second && !second.ok)
    return problem({
      secondEmail: notConfirmedWords(
        second,
        'This is not the e-mail and password of a prescriber here. Nothing was signed.',
      ),
    })
  const outcome = await runCommand(services, actor, signOrder, {
    dose: value.dose,
    raise: value.raise,
    key: parseId<'order'>(value.key) ?? notFound(),
    planId,
    reason: value.reason,
    weightChangeAcknowledged: value.weightChangeAcknowledged === 'yes',
    stepUp: own.stepUp,
    shown: value.shown ?? '',
    secondStepUp: second?.stepUp,
  })
  if (outcome.ok) return goTo(`/work/plans/${planId}?done=ordered`)
  if (outcome.reason === 'no-such-plan') return notFound()
  if (outcome.reason === 'not-as-shown')
    return problem({ form: otherFigures(value.shown, (outcome.detail as { now: string }).now) })
  if (outcome.reason === 'dose')
    return problem({ form: 'The figures changed in the meantime. Work it out again.' })
  return problem(asError(ORDER_REFUSALS[outcome.reason]))
}

function asError([field, words]: readonly [string, string]): Readonly<Record<string, string>> {
  return { [field]: words }
}
