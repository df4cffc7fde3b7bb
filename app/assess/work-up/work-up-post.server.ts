import * as z from 'zod'
import { runCommand } from '../../platform/command.server.ts'
import { type FormAnswer, formProblem, parseForm } from '../../platform/form.ts'
import { isUuid, parseId } from '../../platform/ids.ts'
import { goTo, notFound, type PageArgs } from '../../platform/page.server.ts'
import { type Instant, instantAt, type LocalDate } from '../../platform/time.ts'
import { recordWorkUp } from './record-work-up.server.ts'
import type { WorkUpEntry } from './work-up.ts'

const workUpForm = z.object({
  key: z.string().refine(isUuid),
  item: z.string(),
  outcome: z.enum(['done', 'refused', 'not-needed', 'withdrawn'], { error: 'Choose how it stands.' }),
  happenedAt: z
    .string({ error: 'Enter day and time.' })
    .regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d$/, 'Enter day and time.'),
  words: z.string().max(500, 'Please use at most 500 characters.').optional(),
  usState: z
    .string()
    .transform((text) => text.toUpperCase())
    .refine((text) => /^[A-Z]{2}$/.test(text), 'Two letters, for example VA.')
    .optional(),
})

/** Writes down how one item stands; a refused form keeps everything typed. */
export async function postWorkUp(page: PageArgs & { form: FormData }): Promise<FormAnswer | Response> {
  const { services, actor, clinic, form, url, params } = page
  const parsed = parseForm(workUpForm, form)
  if (!parsed.ok) return parsed.answer
  const { key, item, outcome, words, usState } = parsed.value
  const happenedAt = momentOf(parsed.value.happenedAt, clinic.timeZone)
  if (!happenedAt) return formProblem(form, { happenedAt: 'Enter a day and a time that exist.' })
  const recorded = await runCommand(services, actor, recordWorkUp, {
    id: key as WorkUpEntry['id'],
    personId: parseId<'person'>(params.id) ?? notFound(),
    itemId: item,
    outcome,
    happenedAt,
    words,
    usState,
  })
  if (recorded.ok) return goTo(`${url.pathname}?done=recorded`)
  switch (recorded.reason) {
    case 'words-missing':
      return formProblem(form, {
        words: outcome === 'refused' ? 'Write down what the person said.' : 'Write in a few words why.',
      })
    case 'state-missing':
      return formProblem(form, { usState: 'Which state’s programme was asked? Two letters, for example VA.' })
    case 'in-the-future':
      return formProblem(form, { happenedAt: 'This lies in the future. Enter when it was.' })
    case 'not-by-hand':
      return formProblem(form, { outcome: 'This cannot be written down by hand: record the thing itself.' })
    case 'id-taken':
      return formProblem(form, {
        form: 'This form was sent before with other values, and those stand. Look at the list first.',
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
