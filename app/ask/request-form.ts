import * as z from 'zod'
import { type FormAnswer, parseForm } from '../platform/form.ts'
import type { Language } from '../platform/language.ts'
import { isUrgent, phoneKey, type RequestAnswers, SAFETY_ANSWERS, SUITABLE_TIMES, TOPICS } from './request.ts'
import { SUITABILITY, tickedItems } from './suitability.ts'
import type { RequestWords } from './words/english.ts'
import { wordsIn } from './words/words-in.ts'

/** The pages of the form in order, one thing each. */
export const STEPS = [
  { id: 'who' },
  { id: 'about' },
  { id: 'safety' },
  { id: 'suitability' },
  { id: 'reach' },
  { id: 'times' },
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

/** The single description of what a browser may send, page by page, with its messages in one language. */
const schemasWith = ({ errors }: Pick<RequestWords, 'errors'>) => {
  const longWords = (most: number) => z.string().max(most, errors.tooLong(most))
  return {
    who: z.object({
      forWhom: z.enum(['self', 'other'], { error: errors.forWhom }),
    }),
    about: z.object({
      topics: z
        .array(z.enum(ids(TOPICS), { error: errors.fromList }), { error: errors.topics })
        .min(1, errors.topics),
      words: longWords(4000).optional(),
    }),
    safety: z.object({
      safety: z.enum(ids(SAFETY_ANSWERS), { error: errors.safety }),
    }),
    suitability: z.object({
      suitability: z
        .array(z.enum(['none', 'unsure', ...SUITABILITY.map((item) => item.id)]), {
          error: errors.suitability,
        })
        .min(1, errors.suitability)
        .refine((list) => !list.includes('none') || list.length === 1, { error: errors.noneAndMore }),
    }),
    reach: z.object({
      name: z.string({ error: errors.name }).max(80, errors.nameTooLong),
      otherName: z.string().max(80, errors.nameTooLong).optional(),
      email: z.email({ error: errors.email }).max(254, errors.emailTooLong).optional(),
      phone: z
        .string()
        .max(40, errors.phoneTooLong)
        .refine((text) => phoneKey(text) !== undefined && /^[\d\s()+./extn#-]+$/i.test(text), {
          error: errors.phone,
        })
        .optional(),
    }),
    times: z.object({
      safeTimes: longWords(400).optional(),
      leaveMessage: z.enum(['yes', 'no']).optional(),
      suits: z.array(z.enum(ids(SUITABLE_TIMES))).default([]),
    }),
  } as const satisfies Record<StepId, z.ZodObject>
}

type Schemas = ReturnType<typeof schemasWith>

const schemas: Readonly<Record<Language, Schemas>> = {
  en: schemasWith(wordsIn.en),
  es: schemasWith(wordsIn.es),
}

const LISTS: readonly string[] = ['topics', 'suitability', 'suits']

type StepValue<Step extends StepId> = z.infer<Schemas[Step]>

export type ReadStep<Step extends StepId> =
  | { readonly ok: true; readonly value: StepValue<Step> }
  | { readonly ok: false; readonly answer: FormAnswer }

/**
 * Longest text kept of one field of a draft, so that a draft cannot be used to store things. Far longer than what can be sent:
 * who wrote too much is asked to shorten it and still has all of it.
 */
const LONGEST_KEPT = 24_000

/**
 * Characters without a shape that turn the direction of what follows, beyond the end of their own text: with them a name can change
 * how the line around it reads. Text in Arabic or Hebrew needs none of them.
 */
const DIRECTION_CONTROLS = /[\u202a-\u202e\u2066-\u2069]/g

/** A text without controls of direction, cut without leaving half of an emoji behind, which the database would not take. */
const cut = (text: string, most: number) => text.replace(DIRECTION_CONTROLS, '').slice(0, most).toWellFormed()

/** What a page's form sent, only its own fields, bounded. */
export function typedOfStep(step: StepId, form: FormData): Typed {
  const typed: Record<string, string | readonly string[]> = {}
  for (const name of Object.keys(schemas.en[step].shape)) {
    const all = form.getAll(name).filter((value): value is string => typeof value === 'string')
    if (LISTS.includes(name)) typed[name] = all.slice(0, 20).map((value) => cut(value, 80))
    else if (all[0] !== undefined) typed[name] = cut(all[0], LONGEST_KEPT)
  }
  return typed
}

/** Understands what was typed on one page, or says field by field what to change, in a language. */
export function readStep<Step extends StepId>(
  step: Step,
  typed: Typed,
  language: Language = 'en',
): ReadStep<Step> {
  const form = new FormData()
  for (const [name, value] of Object.entries(typed)) {
    for (const one of typeof value === 'string' ? [value] : value) form.append(name, one)
  }
  // A list nobody ticked sends nothing; it is still an empty list.
  const parsed = parseForm(schemas[language][step] as z.ZodObject, form, LISTS)
  const across = step === 'reach' ? reachErrors(typed, language) : {}
  if (parsed.ok && Object.keys(across).length === 0) {
    return { ok: true, value: parsed.value as StepValue<Step> }
  }
  const errors = parsed.ok ? across : { ...across, ...parsed.answer.errors }
  return { ok: false, answer: { errors: inFieldOrder(step, errors), values: typed } }
}

/** Rules over two fields at once. */
function reachErrors(typed: Typed, language: Language): Record<string, string> {
  const given = (name: string) => typeof typed[name] === 'string' && typed[name].trim() !== ''
  if (given('email') || given('phone')) return {}
  return { email: wordsIn[language].errors.reach }
}

function inFieldOrder(step: StepId, errors: Readonly<Record<string, string>>): Record<string, string> {
  const order = Object.keys(schemas.en[step].shape)
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
