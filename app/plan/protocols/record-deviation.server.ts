import type { Command } from '../../platform/command.server.ts'
import { runCommand } from '../../platform/command.server.ts'
import { type FormAnswer, parseForm } from '../../platform/form.ts'
import { parseId } from '../../platform/ids.ts'
import { done, refused } from '../../platform/outcome.ts'
import { goTo, notFound, type PageArgs } from '../../platform/page.server.ts'
import type { PlanId } from '../plan.ts'
import { noteDeviation as noteAction } from '../plan-access.ts'
import { planById } from '../plan-queries.server.ts'
import { deviationForm } from './deviation-form.ts'
import { type DeviationNote, noteDeviation } from './note-deviation.server.ts'

/** Notes where a treatment left its protocol by something that has no command of its own: a skipped therapy, fewer readings. */
const recordDeviation: Command<
  DeviationNote & { readonly planId: PlanId },
  { readonly planId: PlanId },
  'no-such-plan'
> = {
  action: noteAction,
  async run(needs, { planId, ...note }) {
    const plan = await planById(needs.db, needs.actor.clinicId, planId)
    if (!plan) return refused('no-such-plan')
    await noteDeviation(needs, plan, note)
    return done({ planId })
  },
}

/** The form on the plan page. */
export async function postDeviation(
  page: PageArgs & { readonly form: FormData },
): Promise<FormAnswer | Response> {
  const { services, actor, form, params } = page
  const planId = parseId<'plan'>(params.id) ?? notFound()
  const parsed = parseForm(deviationForm, form)
  if (!parsed.ok) return parsed.answer
  const { deviationKind, protocolSays, doneInstead, deviationReason } = parsed.value
  const outcome = await runCommand(services, actor, recordDeviation, {
    planId,
    kind: deviationKind,
    protocolSays,
    doneInstead,
    reason: deviationReason,
  })
  return outcome.ok ? goTo(`/work/plans/${planId}?done=deviation`) : notFound()
}
