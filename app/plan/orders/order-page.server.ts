import type * as z from 'zod'
import { confirmColleague, confirmPassword, personById } from '../../identity/index.server.ts'
import { ageYears } from '../../identity/index.ts'
import { runCommand, runQuery } from '../../platform/command.server.ts'
import { type FormAnswer, formProblem, parseForm } from '../../platform/form.ts'
import { type AccountId, parseId } from '../../platform/ids.ts'
import { goTo, notFound, type PageArgs } from '../../platform/page.server.ts'
import { dayInWords, type LocalDate, localDateOf } from '../../platform/time.ts'
import type { PlanId } from '../plan.ts'
import { signOrder as signOrderAction } from '../plan-access.ts'
import { planById } from '../plan-queries.server.ts'
import { doseCeilings, infusionFigures } from '../protocols/order-figures.ts'
import type { DoseCeilings, Protocol } from '../protocols/protocol.ts'
import { orderLinkValues } from '../regimens/ready-made.ts'
import { linkOf } from '../regimens/regimen-fields.ts'
import { type ArithmeticLine, type DoseFigures, doseArithmetic, type WeightBasis } from './dose-arithmetic.ts'
import { type OrderFacts, orderNeeds, weightChangePercent, weightObstacle } from './order-decision.ts'
import { orderForm } from './order-form.ts'
import { compareWords, ORDER_REFUSALS, PROBLEM_WORDS } from './order-words.ts'
import { orderFacts, signOrder } from './sign-order.server.ts'

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
    return { plan, person, facts: await orderFacts(db, plan, clinic.id, signer, at) }
  })
}

/** What the order form shows before anything is typed. */
export async function orderPage(page: PageArgs) {
  const { clinic, services } = page
  const { plan, person, facts } = await factsOf(page, true)
  const { protocol, weight, decision } = facts
  const blocked =
    decision?.decision !== 'eligible'
      ? ('not-eligible' as const)
      : decision.stale
        ? ('decision-stale' as const)
        : weightObstacle(facts)
  const change = weight && weightChangePercent(weight.value, facts.lastOrderedWeightKg)
  return {
    id: plan.id,
    assessmentId: plan.assessmentId,
    name: person.displayName,
    protocol: {
      title: protocol.title,
      ...infusionOf(protocol),
      ceilings: ceilingsOf(protocol),
    },
    blocked: blocked && ORDER_REFUSALS[blocked][1],
    weight: weight && { kg: weight.value, when: dayInWords(weight.observedAt, clinic.timeZone) },
    heightCm: facts.heightCm,
    sex: facts.sex,
    bases: basisChoices(facts),
    weightChange:
      change !== undefined && Math.abs(change) > protocol.weight.changeToAcknowledgePercent
        ? `${Math.round(Math.abs(change))} % ${change > 0 ? 'heavier' : 'lighter'} than the ${facts.lastOrderedWeightKg} kg of the last order`
        : undefined,
    key: services.ids.next(),
    compare: compareOf(page, person, facts, { dose: infusionOf(protocol), basis: undefined }),
  }
}

function infusionOf(protocol: Protocol): { readonly mgPerKg: number; readonly durationMin: number } {
  const { mgPerKg, durationMin } = infusionFigures(protocol) ?? notFound()
  return { mgPerKg, durationMin }
}

function ceilingsOf(protocol: Protocol): DoseCeilings {
  return doseCeilings(protocol) ?? notFound()
}

/** Where the regimens of an order are compared, and which weight they count from. */
export type CompareLink = { readonly link: string; readonly words: string }

/** The workbench for this person and dose: a weight, an age and a sex; neither name nor id (`orderLinkValues` says why). */
function compareOf(
  { services, clinic }: PageArgs,
  person: { readonly birthDate: LocalDate | undefined },
  facts: OrderFacts,
  {
    dose: { mgPerKg, durationMin },
    basis,
  }: {
    readonly dose: { readonly mgPerKg: number; readonly durationMin: number }
    /** Undefined before a weight is chosen. */
    readonly basis: { readonly weight: WeightBasis; readonly kg: number } | undefined
  },
): CompareLink {
  const countedFrom =
    basis && basis.weight !== 'actual' ? { basis: basis.weight, weightKg: basis.kg } : undefined
  return {
    link: linkOf(
      orderLinkValues(
        {
          weightKg: facts.weight?.value,
          ageYears: ageYears(person.birthDate, localDateOf(services.clock.now(), clinic.timeZone)),
          sex: facts.sex,
        },
        { mgPerKg, durationMin, ...(countedFrom ? { countedFrom } : {}) },
      ),
    ),
    words: compareWords(basis?.weight, basis?.kg),
  }
}

/** The three weights with what each comes to, or why it cannot be used. */
function basisChoices(facts: OrderFacts) {
  return (['actual', 'ideal', 'adjusted'] as const).map((basis: WeightBasis) => {
    if (!facts.weight) return { basis, words: 'no weight is recorded' }
    const answer = doseArithmetic({
      mgPerKg: 0.5,
      weightBasis: basis,
      actualWeightKg: facts.weight.value,
      heightCm: facts.heightCm,
      sex: facts.sex,
      concentrationMgPerMl: 10,
      totalVolumeMl: 500,
      durationMin: 240,
      ceilings: ceilingsOf(facts.protocol),
    })
    const problem = answer.ok ? undefined : answer.problems[0]
    return {
      basis,
      words: answer.ok ? `${answer.figures.basisWeightKg} kg` : problem ? PROBLEM_WORDS[problem][1] : '',
    }
  })
}

/** An order that was worked out but not signed: its lines and what it still needs. */
export type WorkedOrder = {
  readonly lines: readonly ArithmeticLine[]
  readonly figures: DoseFigures | undefined
  readonly needs: readonly string[]
  /** The figures as one text: what is signed must be what was shown. */
  readonly shown: string | undefined
  /** The same dose in the workbench, counted from the chosen weight; undefined without figures. */
  readonly compare?: CompareLink
}

export type OrderAnswer = FormAnswer & { readonly worked?: WorkedOrder }

/** Works the order out, and signs it when asked to and when the figures are those that were shown. */
export async function answerOrder(page: Posted, sign: boolean): Promise<OrderAnswer | Response> {
  const { form } = page
  const parsed = parseForm(orderForm, form)
  if (!parsed.ok) return parsed.answer
  const { facts, plan, person } = await factsOf(page, false)
  const obstacle = weightObstacle(facts)
  if (obstacle) return formProblem(form, asError(ORDER_REFUSALS[obstacle]))
  const value = parsed.value
  const answer = doseArithmetic({
    ...value,
    actualWeightKg: facts.weight!.value,
    heightCm: facts.heightCm,
    sex: facts.sex,
    ceilings: ceilingsOf(facts.protocol),
  })
  if (!answer.ok) {
    const errors = Object.fromEntries(answer.problems.map((p) => PROBLEM_WORDS[p]))
    return {
      ...formProblem(form, errors),
      worked: { lines: answer.lines, figures: undefined, needs: [], shown: undefined },
    }
  }
  const { figures } = answer
  const shown = [figures.doseMg, figures.volumeMl, figures.totalVolumeMl, figures.rateMlPerH].join(' ')
  const worked: WorkedOrder = {
    lines: answer.lines,
    figures,
    needs: orderNeeds(answer, value, facts.protocol),
    shown,
    compare: compareOf(page, person, facts, {
      dose: value,
      basis: { weight: value.weightBasis, kg: figures.basisWeightKg },
    }),
  }
  if (!sign) return { ...formProblem(form, {}), worked }
  if (value.shown !== shown) {
    return {
      ...formProblem(form, {
        form: 'The figures are not those that were shown before. Read them again, then sign.',
      }),
      worked,
    }
  }
  return signIt(page, plan.id, value, worked)
}

async function signIt(
  page: Posted,
  planId: PlanId,
  value: z.infer<typeof orderForm>,
  worked: WorkedOrder,
): Promise<OrderAnswer | Response> {
  const { services, actor, form } = page
  const problem = (errors: Readonly<Record<string, string>>): OrderAnswer => ({
    ...formProblem(form, errors),
    worked,
  })
  if (actor.kind !== 'member') return notFound()
  const own = await confirmPassword(services, actor, String(form.get('password') ?? ''))
  if (!own.ok)
    return problem({
      password: passwordWords(
        own,
        'This is not your password. Nothing was signed; what you entered is kept.',
      ),
    })
  const secondPassword = String(form.get('secondPassword') ?? '')
  const second =
    value.secondEmail && worked.needs.includes('second-prescriber')
      ? await confirmColleague(services, actor, ['prescriber'], {
          email: value.secondEmail,
          password: secondPassword,
        })
      : undefined
  if (second && !second.ok)
    return problem({
      secondEmail: passwordWords(
        second,
        'This is not the e-mail and password of a prescriber here. Nothing was signed.',
      ),
    })
  const outcome = await runCommand(services, actor, signOrder, {
    ...value,
    key: parseId<'order'>(value.key) ?? notFound(),
    planId,
    reason: value.reason,
    weightChangeAcknowledged: value.weightChangeAcknowledged === 'yes',
    stepUp: own.stepUp,
    secondStepUp: second?.stepUp,
  })
  if (outcome.ok) return goTo(`/work/plans/${planId}?done=ordered`)
  if (outcome.reason === 'no-such-plan') return notFound()
  if (outcome.reason === 'dose')
    return problem({ form: 'The figures changed in the meantime. Work it out again.' })
  return problem(asError(ORDER_REFUSALS[outcome.reason]))
}

function asError([field, words]: readonly [string, string]): Readonly<Record<string, string>> {
  return { [field]: words }
}

function passwordWords(
  result: { readonly reason: 'no-match' } | { readonly reason: 'slowed'; readonly waitMs: number },
  noMatch: string,
): string {
  return result.reason === 'slowed'
    ? `Too many tries. Wait ${Math.ceil(result.waitMs / 60_000)} minutes and try again.`
    : noMatch
}
