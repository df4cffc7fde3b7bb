import * as z from 'zod'
import { confirmIdentity, confirmSecond } from '../../identity/index.server.ts'
import { notConfirmedWords, parseSignedForm } from '../../identity/index.ts'
import { runCommand, runQuery } from '../../platform/command.server.ts'
import { type FormAnswer, formProblem } from '../../platform/form.ts'
import { type Id, isUuid, parseId } from '../../platform/ids.ts'
import { goTo, notFound, type PageArgs } from '../../platform/page.server.ts'
import { decideEligibility } from './decide-eligibility.server.ts'
import type { EligibilityRefusal } from './decision.ts'
import type { EligibilityRule } from './eligibility.ts'
import { rulesOfClinic } from './rule-setting-queries.server.ts'
import { secondProblem } from './second-sign-in.ts'

const decisionForm = z.object({
  key: z.string().refine(isUuid),
  decision: z.enum(['eligible', 'not-eligible'], { error: 'Choose your decision.' }),
  reasons: z
    .string({ error: 'Write the reasons for your decision.' })
    .max(4_000, 'Please use at most 4,000 characters.'),
  /** What stood on the page, see `shownRules`; without it nothing counts as shown. */
  shown: z.string().max(10_000).default(''),
  secondEmail: z.string().max(200, 'This is no e-mail address of ours.').optional(),
})

/** Signs a decision after the password or a passkey was given again, and a second prescriber's own where one is needed. */
export async function postDecision(
  page: PageArgs & { readonly form: FormData },
): Promise<FormAnswer | Response> {
  const { services, actor, clinic, form } = page
  const assessmentId = parseId<'assessment'>(page.params.id) ?? notFound()
  const parsed = parseSignedForm(decisionForm, form)
  if (!parsed.ok) return parsed.answer
  const { key, decision, reasons, shown, secondEmail } = parsed.value
  if (actor.kind !== 'member') return notFound()
  const rules = await runQuery(services, actor, ({ db }) => rulesOfClinic(db, clinic.id))
  const confirmed = await confirmIdentity(page)
  if (!confirmed.ok) {
    return formProblem(form, {
      password: notConfirmedWords(confirmed, 'This is not the password of your account. Nothing was signed.'),
    })
  }
  const second =
    secondEmail && decision === 'eligible' ? await confirmSecond(page, ['prescriber']) : undefined
  if (second && !second.ok) return formProblem(form, { secondEmail: secondProblem(second, 'a prescriber') })
  const overrides = rules.flatMap((rule) => {
    const reason = form.get(`override:${rule.id}`)
    return typeof reason === 'string' && reason.trim() !== ''
      ? [{ ruleId: rule.id, reason: reason.trim() }]
      : []
  })
  const signed = await runCommand(services, actor, decideEligibility, {
    assessmentId,
    key: key as Id<'eligibility-decision'>,
    decision,
    reasons,
    overrides,
    shown,
    stepUp: confirmed.stepUp,
    secondStepUp: second?.stepUp,
  })
  if (signed.ok) return goTo(`/work/assessments/${assessmentId}/decision?done=decided`)
  if (signed.reason === 'no-such-assessment' || signed.reason === 'not-allowed') return notFound()
  const ruleIds = (signed.detail as { ruleIds?: readonly string[] } | undefined)?.ruleIds ?? []
  const titles = titlesOf(ruleIds, rules)
  if (signed.reason === 'changed-meanwhile') return changedMeanwhile(form, ruleIds, titles)
  return formProblem(form, refusalWords(signed.reason, ruleIds, titles))
}

/** So many rules are named one by one. */
const NAMED = 8

function titlesOf(ruleIds: readonly string[], rules: readonly EligibilityRule[]): string {
  const titles = ruleIds.slice(0, NAMED).map((id) => rules.find((rule) => rule.id === id)?.title ?? id)
  const more = ruleIds.length - titles.length
  return [...titles, ...(more > 0 ? [`${more} more`] : [])].join('; ')
}

/** Everything typed is kept but the marks of what was shown: the page that answers shows what stands now, with its own. */
function changedMeanwhile(form: FormData, ruleIds: readonly string[], titles: string): FormAnswer {
  const overridden = ruleIds.filter((id) => String(form.get(`override:${id}`) ?? '').trim() !== '')
  const { errors, values } = formProblem(form, {
    form: `Changed since you opened this page: ${titles}. Nothing was signed; what you wrote is kept. Read what stands now, then sign again.`,
    ...Object.fromEntries(
      overridden.map((id) => [
        `override:${id}`,
        'This has changed since you read it. Is your reason still right?',
      ]),
    ),
  })
  const { shown: _before, ...typed } = values
  return { errors, values: typed }
}

type Refusal = EligibilityRefusal | 'not-confirmed' | 'id-taken'

/** A refusal, at the field that would change it. */
function refusalWords(reason: Refusal, ruleIds: readonly string[], titles: string): Record<string, string> {
  const each = (words: string) => Object.fromEntries(ruleIds.map((id) => [`override:${id}`, words]))
  switch (reason) {
    case 'reasons-missing':
      return { reasons: 'Write the reasons in at least a few words.' }
    case 'rule-never-overridden':
      return { decision: `“Eligible” cannot be signed, and nobody can override it: ${titles}.` }
    case 'absolute-rule-not-met':
      return {
        decision: `“Eligible” cannot be signed. Not met: ${titles}.`,
        ...each('Settle it, or write why two prescribers put it aside.'),
      }
    case 'absolute-rule-unknown':
      return {
        decision: `“Eligible” cannot be signed while something is unknown: ${titles}. The list says what would settle it.`,
        ...each('Settle it, or write why two prescribers put it aside though it is unknown.'),
      }
    case 'relative-rule-open':
      return each('Write why you override this, or settle it first.')
    case 'override-needs-reason':
      return each('Write the reason in a few words more.')
    case 'override-must-name-unknown':
      return each('This is not known. Say so in your reason, with the word “unknown” or “not known”.')
    case 'second-prescriber-missing':
      return { secondEmail: `A second prescriber signs as well, because this is put aside: ${titles}.` }
    case 'second-prescriber-same':
      return { secondEmail: 'This is you. The second prescriber must be somebody else.' }
    case 'second-prescriber-not-valid':
      return { secondEmail: 'The second signature must be that of an active prescriber of this clinic.' }
    case 'override-not-possible':
      return {
        form: `The facts have changed since you opened this page; nothing to override in: ${titles}. Reload and look again.`,
      }
    case 'id-taken':
      return { form: 'This form has signed a decision already. Reload the page to sign another one.' }
    case 'not-confirmed':
      return { password: 'Enter your password again, or use a passkey, to sign.' }
  }
}
