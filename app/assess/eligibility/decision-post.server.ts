import * as z from 'zod'
import { confirmIdentity, confirmSecond } from '../../identity/index.server.ts'
import { notConfirmedWords, parseSignedForm } from '../../identity/index.ts'
import { runCommand, runQuery } from '../../platform/command.server.ts'
import { type FormAnswer, formProblem } from '../../platform/form.ts'
import { type Id, isUuid, parseId } from '../../platform/ids.ts'
import { goTo, notFound, type PageArgs } from '../../platform/page.server.ts'
import { decideEligibility } from './decide-eligibility.server.ts'
import type { EligibilityRefusal } from './decision.ts'
import { rulesOfClinic } from './rule-setting-queries.server.ts'
import { secondProblem } from './second-sign-in.ts'

const decisionForm = z.object({
  key: z.string().refine(isUuid),
  decision: z.enum(['eligible', 'not-eligible'], { error: 'Choose your decision.' }),
  reasons: z
    .string({ error: 'Write the reasons for your decision.' })
    .max(4_000, 'Please use at most 4,000 characters.'),
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
  const { key, decision, reasons, secondEmail } = parsed.value
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
    stepUp: confirmed.stepUp,
    secondStepUp: second?.stepUp,
  })
  if (signed.ok) return goTo(`/work/assessments/${assessmentId}/decision?done=decided`)
  if (signed.reason === 'no-such-assessment' || signed.reason === 'not-allowed') return notFound()
  const ruleIds = (signed.detail as { ruleIds?: readonly string[] } | undefined)?.ruleIds ?? []
  const titles = ruleIds.map((id) => rules.find((rule) => rule.id === id)?.title ?? id).join('; ')
  return formProblem(form, refusalWords(signed.reason, ruleIds, titles))
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
