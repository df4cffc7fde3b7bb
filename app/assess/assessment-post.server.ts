import * as z from 'zod'
import { runCommand, runQuery } from '../platform/command.server.ts'
import { type FormAnswer, formProblem, parseForm, typedValues } from '../platform/form.ts'
import { isUuid, parseId } from '../platform/ids.ts'
import { goTo, notFound, type PageArgs } from '../platform/page.server.ts'
import { type Instant, instantAt, type LocalDate } from '../platform/time.ts'
import { assessmentById } from './assess-queries.server.ts'
import type { AssessmentId } from './assessment.ts'
import { factIdFrom, parseFactForm } from './fact-form.ts'
import { isTrack } from './forms/condition-track.ts'
import { planIntake } from './forms/plan-intake.server.ts'
import { makeIntakeLink } from './open-assessment.server.ts'
import { recordFacts } from './record-fact.server.ts'

type Post = PageArgs & { readonly form: FormData }
type Answer = FormAnswer | Response | { readonly link: string }

function idOf({ params }: Post): AssessmentId {
  return parseId<'assessment'>(params.id) ?? notFound()
}

/** Shows a new link once; it cannot be read back later. */
export async function postLink(page: Post): Promise<Answer> {
  const { services, actor, form, url } = page
  const made = await runCommand(services, actor, makeIntakeLink, { assessmentId: idOf(page) })
  if (made.ok) return { link: `${services.config.publicUrl ?? url.origin}${made.value.path}` }
  if (made.reason === 'intake-finished') {
    return formProblem(form, { form: 'The intake is finished, so a link would open nothing.' })
  }
  return notFound()
}

/** Another track for an intake that is not begun. */
export async function postTrack(page: Post): Promise<Answer> {
  const { services, actor, form } = page
  const track = form.get('track')
  if (!isTrack(track)) return formProblem(form, { track: 'Choose one of the list.' })
  const assessmentId = idOf(page)
  const planned = await runCommand(services, actor, planIntake, { assessmentId, track })
  if (planned.ok) return goTo(`/work/assessments/${assessmentId}?done=track`)
  if (planned.reason === 'intake-begun') {
    return formProblem(form, {
      track: 'The person has begun to answer, so these forms stand. Lay further forms on the person’s page.',
    })
  }
  return notFound()
}

const factsForm = z.object({
  key: z.string().refine(isUuid),
  source: z.enum(['measured-here', 'outside-record'], { error: 'Choose where the values come from.' }),
  observedAt: z
    .string({ error: 'Enter when it was observed.' })
    .regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d$/, 'Enter a day and a time.'),
})

/** Records what staff filled in; all of it, or nothing with one message per field. */
export async function postFacts(page: Post): Promise<Answer> {
  const { services, actor, clinic, form } = page
  const assessmentId = idOf(page)
  const parsed = parseForm(factsForm, form)
  const entries = parseFactForm(typedValues(form))
  if (!parsed.ok || !entries.ok) {
    return formProblem(form, {
      ...(parsed.ok ? {} : parsed.answer.errors),
      ...(entries.ok ? {} : entries.errors),
    })
  }
  const observedAt = momentOf(parsed.value.observedAt, clinic.timeZone)
  if (!observedAt) return formProblem(form, { observedAt: 'Enter a day and a time that exist.' })
  const assessment = await runQuery(services, actor, ({ db }) => assessmentById(db, clinic.id, assessmentId))
  if (!assessment) notFound()
  const recorded = await runCommand(
    services,
    actor,
    recordFacts,
    entries.facts.map(({ kind, value }) => ({
      id: factIdFrom(parsed.value.key, kind),
      personId: assessment.personId,
      kind,
      value,
      observedAt,
      source: parsed.value.source,
    })),
  )
  if (recorded.ok) return goTo(`/work/assessments/${assessmentId}?done=facts`)
  switch (recorded.reason) {
    case 'observed-in-the-future':
      return formProblem(form, { observedAt: 'This lies in the future. Enter when it was observed.' })
    case 'not-plausible':
    case 'id-taken':
      return formProblem(form, {
        form: 'One of the values could not be recorded. Reload and enter them again.',
      })
    default:
      return notFound()
  }
}

function momentOf(text: string, timeZone: string): Instant | undefined {
  try {
    return instantAt(text.slice(0, 10) as LocalDate, text.slice(11), timeZone)
  } catch {
    return undefined
  }
}
