import * as z from 'zod'
import { type FormAnswer, parseForm } from '../platform/form.ts'
import { isUrgent, phoneKey, type RequestAnswers, SAFETY_ANSWERS, SUITABLE_TIMES, TOPICS } from './request.ts'
import { SUITABILITY, tickedItems } from './suitability.ts'

/** The pages of the form in order, one thing each. */
export const STEPS = [
  { id: 'who', label: 'Who it is for' },
  { id: 'about', label: 'What it is about' },
  { id: 'safety', label: 'Safety' },
  { id: 'suitability', label: 'Your health' },
  { id: 'reach', label: 'How to reach you' },
  { id: 'times', label: 'When' },
] as const
export type StepId = (typeof STEPS)[number]['id']

export function isStep(text: string | undefined): text is StepId {
  return STEPS.some((step) => step.id === text)
}

/** What was typed on one page, right or wrong: nothing somebody wrote is lost. */
export type Typed = Readonly<Record<string, string | readonly string[]>>

/** A half-filled form: what was typed, page by page. */
export type DraftAnswers = Readonly<Partial<Record<StepId, Typed>>>

const ids = <Id extends string>(choices: readonly { readonly id: Id }[]) =>
  choices.map((choice) => choice.id) as [Id, ...Id[]]

const longWords = (most: number) =>
  z.string().max(most, `Please keep this under ${most} characters. You can tell us the rest when we talk.`)

const optionalName = z.string().max(80, 'Please use 80 characters or fewer.').optional()

/** The single description of what a browser may send, page by page. */
const schemas = {
  who: z.object({
    forWhom: z.enum(['self', 'other'], { error: 'Choose whether this is for you or for somebody else.' }),
  }),
  about: z.object({
    topics: z
      .array(z.enum(ids(TOPICS), { error: 'Choose from the list.' }), {
        error: 'Choose at least one. “I am not sure” is fine.',
      })
      .min(1, 'Choose at least one. “I am not sure” is fine.'),
    words: longWords(4000).optional(),
  }),
  safety: z.object({
    safety: z.enum(ids(SAFETY_ANSWERS), {
      error: 'Choose one. You may also choose that you would rather not say.',
    }),
  }),
  suitability: z.object({
    suitability: z
      .array(z.enum(['none', 'unsure', ...SUITABILITY.map((item) => item.id)]), {
        error: 'Tick what applies, or “None of these”.',
      })
      .min(1, 'Tick what applies, or “None of these”.')
      .refine((list) => !list.includes('none') || list.length === 1, {
        error: 'You ticked “None of these” and something else. Untick one of them.',
      }),
  }),
  reach: z.object({
    name: z
      .string({ error: 'Tell us what to call you. A nickname or first name is enough.' })
      .max(80, 'Please use 80 characters or fewer.'),
    otherName: optionalName,
    email: z
      .email({ error: 'This does not look like an e-mail address. It should look like name@example.org.' })
      .max(254, 'This e-mail address is too long.')
      .optional(),
    phone: z
      .string()
      .max(40, 'This telephone number is too long.')
      .refine((text) => phoneKey(text) !== undefined && /^[\d\s()+./extn#-]+$/i.test(text), {
        error: 'This does not look like a telephone number. Please give all digits, such as 703-555-0123.',
      })
      .optional(),
  }),
  times: z.object({
    safeTimes: longWords(400).optional(),
    leaveMessage: z.enum(['yes', 'no']).optional(),
    suits: z.array(z.enum(ids(SUITABLE_TIMES))).default([]),
  }),
} as const satisfies Record<StepId, z.ZodObject>

const LISTS: readonly string[] = ['topics', 'suitability', 'suits']

type StepValue<Step extends StepId> = z.infer<(typeof schemas)[Step]>

export type ReadStep<Step extends StepId> =
  | { readonly ok: true; readonly value: StepValue<Step> }
  | { readonly ok: false; readonly answer: FormAnswer }

/** Longest text kept of one field of a draft, so that a draft cannot be used to store things. */
const LONGEST_KEPT = 6_000

/** What a page's form sent, only its own fields, bounded. */
export function typedOfStep(step: StepId, form: FormData): Typed {
  const typed: Record<string, string | readonly string[]> = {}
  for (const name of Object.keys(schemas[step].shape)) {
    const all = form.getAll(name).filter((value): value is string => typeof value === 'string')
    if (LISTS.includes(name)) typed[name] = all.slice(0, 20).map((value) => value.slice(0, 80))
    else if (all[0] !== undefined) typed[name] = all[0].slice(0, LONGEST_KEPT)
  }
  return typed
}

/** Understands what was typed on one page, or says field by field what to change. */
export function readStep<Step extends StepId>(step: Step, typed: Typed): ReadStep<Step> {
  const form = new FormData()
  for (const [name, value] of Object.entries(typed)) {
    for (const one of typeof value === 'string' ? [value] : value) form.append(name, one)
  }
  // A list nobody ticked sends nothing; it is still an empty list.
  const parsed = parseForm(schemas[step] as z.ZodObject, form, LISTS)
  const across = step === 'reach' ? reachErrors(typed) : {}
  if (parsed.ok && Object.keys(across).length === 0) {
    return { ok: true, value: parsed.value as StepValue<Step> }
  }
  const errors = parsed.ok ? across : { ...across, ...parsed.answer.errors }
  return { ok: false, answer: { errors: inFieldOrder(step, errors), values: typed } }
}

/** Rules over two fields at once. */
function reachErrors(typed: Typed): Record<string, string> {
  const given = (name: string) => typeof typed[name] === 'string' && typed[name].trim() !== ''
  if (given('email') || given('phone')) return {}
  return { email: 'Give an e-mail address or a telephone number. One is enough.' }
}

function inFieldOrder(step: StepId, errors: Readonly<Record<string, string>>): Record<string, string> {
  const order = Object.keys(schemas[step].shape)
  return Object.fromEntries(Object.entries(errors).sort(([a], [b]) => order.indexOf(a) - order.indexOf(b)))
}

export type ReadDraft =
  | { readonly complete: true; readonly answers: RequestAnswers }
  | { readonly complete: false; readonly missing: readonly StepId[] }

/** The whole form: everything said, or the pages that still need an answer. */
export function readDraft(draft: DraftAnswers): ReadDraft {
  const who = readStep('who', draft.who ?? {})
  const about = readStep('about', draft.about ?? {})
  const safety = readStep('safety', draft.safety ?? {})
  const suitability = readStep('suitability', draft.suitability ?? {})
  const reach = readStep('reach', draft.reach ?? {})
  const times = readStep('times', draft.times ?? {})
  if (who.ok && about.ok && safety.ok && suitability.ok && reach.ok && times.ok && draft.times) {
    const { otherName, ...reached } = reach.value
    return {
      complete: true,
      answers: {
        ...who.value,
        ...about.value,
        ...safety.value,
        ...suitability.value,
        ...reached,
        ...(who.value.forWhom === 'other' && otherName ? { otherName } : {}),
        ...times.value,
      },
    }
  }
  const read = { who, about, safety, suitability, reach, times }
  return {
    complete: false,
    missing: STEPS.map((step) => step.id).filter((step) => !read[step].ok || !draft[step]),
  }
}

/**
 * Where a page leads when it was answered: to help at once, to what an answer means, to the next page, or back
 * to the check page when one came from there.
 */
export function pageAfter(step: StepId, draft: DraftAnswers, fromCheck: boolean): string {
  if (step === 'safety') {
    const read = readStep('safety', draft.safety ?? {})
    if (read.ok && (isUrgent(read.value.safety) || read.value.safety === 'not-said')) {
      return `/request/safety-help${fromCheck ? '?from=check' : ''}`
    }
  }
  if (step === 'suitability') {
    const read = readStep('suitability', draft.suitability ?? {})
    if (read.ok && tickedItems(read.value.suitability).length > 0) {
      return `/request/what-this-means${fromCheck ? '?from=check' : ''}`
    }
  }
  return fromCheck ? '/request/check' : pageFollowing(step)
}

/** The page after a step, whatever was answered. */
export function pageFollowing(step: StepId): string {
  const next = STEPS[STEPS.findIndex((one) => one.id === step) + 1]
  return next ? `/request/${next.id}` : '/request/check'
}

/** The page before a step, for the link back. */
export function pageBefore(step: StepId): string {
  const before = STEPS[STEPS.findIndex((one) => one.id === step) - 1]
  return before ? `/request/${before.id}` : '/request'
}

/** Where to go on with a draft: the first page without a good answer, else the check page. */
export function pageToContinue(draft: DraftAnswers): string {
  const read = readDraft(draft)
  return read.complete ? '/request/check' : `/request/${read.missing[0]}`
}
