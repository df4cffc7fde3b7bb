import * as z from 'zod'
import { runCommand } from '../../platform/command.server.ts'
import { type FormAnswer, formProblem, parseForm, typedValues } from '../../platform/form.ts'
import { isUuid, parseId } from '../../platform/ids.ts'
import { goTo, notFound, type PageArgs } from '../../platform/page.server.ts'
import { dayInWords, type Instant, instantAt, type LocalDate } from '../../platform/time.ts'
import type { LabTestId } from './lab-test.ts'
import { parseTestForm, testKindOf } from './lab-test-form.ts'
import { type NewTest, recordTest } from './record-test.server.ts'

type Post = PageArgs & { readonly form: FormData }

const uuid = z.string().refine(isUuid)
const reasonField = z
  .string({ error: 'Write in a few words why.' })
  .min(3, 'Write in a few words why.')
  .max(300, 'Please use at most 300 characters.')
const aboutTest = z.object({
  key: uuid,
  kind: z.string().transform((text, context) => {
    const kind = testKindOf(text)
    if (kind) return kind
    context.addIssue({ code: 'custom', message: 'Choose which test it is.' })
    return z.NEVER
  }),
  collectedAt: z
    .string({ error: 'Enter day and time.' })
    .regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d$/, 'Enter day and time.'),
  corrects: uuid.optional(),
  reason: z.string().max(300, 'Please use at most 300 characters.').optional(),
  ketamineUnexplained: z.string().optional(),
})

/** Records a test or a correction of one; a refused form keeps everything typed and says field by field what to do. */
export async function postTest(page: Post): Promise<FormAnswer | Response> {
  const { clinic, form } = page
  const about = parseForm(aboutTest, form)
  const typed = typedValues(form)
  const kind = about.ok ? about.value.kind : testKindOf(form.get('kind')?.toString())
  const parsed = kind && parseTestForm(kind, typed)
  const errors: Record<string, string> = {
    ...(about.ok ? {} : about.answer.errors),
    ...(parsed && !parsed.ok ? parsed.errors : {}),
  }
  const collectedAt = about.ok ? momentOf(about.value.collectedAt, clinic.timeZone) : undefined
  if (about.ok && !collectedAt) errors.collectedAt = 'Enter a day and a time that exist.'
  const corrects = about.ok ? about.value.corrects : undefined
  if (about.ok && corrects && (about.value.reason?.length ?? 0) < 3) {
    errors.reason = 'Write in a few words why this is corrected.'
  }
  if (!about.ok || !parsed?.ok || !collectedAt || Object.keys(errors).length > 0) {
    return formProblem(form, errors)
  }
  return send(page, {
    id: about.value.key as LabTestId,
    personId: personOf(page),
    collectedAt,
    result: parsed.result,
    correction: corrects ? { of: corrects as LabTestId, reason: about.value.reason! } : undefined,
    ketamineUnexplained: about.value.ketamineUnexplained === 'yes',
  })
}

const withdrawal = z.object({ key: uuid, corrects: uuid, reason: reasonField, collectedAt: z.string() })

/** Takes back a test that was recorded by mistake; it stays readable with the reason. */
export async function postWithdrawal(page: Post): Promise<FormAnswer | Response> {
  const { clinic, form } = page
  const parsed = parseForm(withdrawal, form)
  if (!parsed.ok) return parsed.answer
  const collectedAt = momentOf(parsed.value.collectedAt, clinic.timeZone) ?? notFound()
  return send(page, {
    id: parsed.value.key as LabTestId,
    personId: personOf(page),
    collectedAt,
    result: { kind: 'withdrawn' },
    correction: { of: parsed.value.corrects as LabTestId, reason: parsed.value.reason },
  })
}

async function send(page: Post, test: NewTest): Promise<FormAnswer | Response> {
  const { services, actor, clinic, form, url } = page
  const recorded = await runCommand(services, actor, recordTest, test)
  if (recorded.ok)
    return goTo(`${url.pathname}?done=${test.result.kind === 'withdrawn' ? 'withdrawn' : 'recorded'}`)
  switch (recorded.reason) {
    case 'collected-in-the-future':
      return formProblem(form, { collectedAt: 'This lies in the future. Enter when it was.' })
    case 'ketamine-explained': {
      const dose = recorded.detail as { readonly dosedAt: Instant; readonly days: number }
      return formProblem(form, {
        'a-ketamine': `Ketamine was given here on ${dayInWords(dose.dosedAt, clinic.timeZone)}, ${dose.days} days before. Choose “expected positive” with this reason, or tick below that the session does not explain it.`,
      })
    }
    case 'corrected-meanwhile':
      return formProblem(form, {
        form: 'Somebody corrected this test after you opened it. Go back to the list, look at it, and correct what stands now.',
      })
    case 'id-taken':
      return formProblem(form, {
        form: 'This form was sent before with other values, and those stand. Go back to the list and correct them there.',
      })
    default:
      return notFound()
  }
}

function personOf({ params }: Post) {
  return parseId<'person'>(params.id) ?? notFound()
}

function momentOf(text: string, timeZone: string): Instant | undefined {
  try {
    return instantAt(text.slice(0, 10) as LocalDate, text.slice(11), timeZone)
  } catch {
    return undefined
  }
}
