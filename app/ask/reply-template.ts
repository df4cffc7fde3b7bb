import * as z from 'zod'
import { tellingWord } from './neutral-words.ts'
import { PLACES, type PlaceId } from './reply-places.ts'

/** A text of the clinic to answer with. Places in braces are filled from the request before somebody edits and sends it. */
export type ReplyTemplate = {
  readonly code: string
  readonly name: string
  readonly words: string
  /** 0 while it is as the program proposes it; rises with each change. */
  readonly revision: number
  readonly retired: boolean
}

/** The texts a new clinic begins with. Whoever else reads one learns nothing of what it is about. */
const STANDARD_TEMPLATES: readonly ReplyTemplate[] = [
  standard(
    'when-to-call',
    'When may we call?',
    'Hello {name},\n\nthank you for writing to us. We would like to talk with you for a few minutes. You said that this suits you: {times}. Is that still so? Please answer with a day and an hour, or call {phone} and say {reference}.\n\n{me}',
  ),
  standard(
    'tried-to-call',
    'We tried to call',
    'Hello {name},\n\nwe tried to call you and could not reach you. We will try once more. You can also call {phone} and say {reference}.\n\n{me}',
  ),
  standard(
    'need-to-know',
    'One thing we need to know',
    'Hello {name},\n\nbefore we talk there is one thing we would like to ask. Please do not answer it by e-mail: call {phone} and say {reference}, at any time when we are open.\n\n{me}',
  ),
  standard(
    'last-try',
    'Our last try for now',
    'Hello {name},\n\nwe have tried to reach you several times and will stop here, so that we do not bother you. If you still want to talk, call {phone} and say {reference}. You are welcome at any time.\n\n{me}',
  ),
]

function standard(code: string, name: string, words: string): ReplyTemplate {
  return { code, name, words, revision: 0, retired: false }
}

/** The texts in use: what the clinic set wins over what the program proposes; its own come after. */
export function templatesOf(set: readonly ReplyTemplate[]): readonly ReplyTemplate[] {
  const byCode = new Map(set.map((each) => [each.code, each]))
  const own = set.filter((each) => !STANDARD_TEMPLATES.some(({ code }) => code === each.code))
  return [
    ...STANDARD_TEMPLATES.map((each) => byCode.get(each.code) ?? each),
    ...own.sort((a, b) => a.name.localeCompare(b.name)),
  ].filter((each) => !each.retired)
}

/** What a request gives to fill the places of a text. What is not known is undefined. */
export type Filling = Readonly<Record<PlaceId, string | undefined>>

/**
 * A text with its places filled. A place of which nothing is known stays as it is, so that whoever sends it sees the gap
 * (`openPlaces`).
 *
 * @example filled('Hello {name}', { name: 'Robin', … }) // 'Hello Robin'
 */
export function filled(words: string, filling: Filling): string {
  // What somebody typed into a form is put in once and not read again for places of its own.
  return words.replace(/\{(\w+)\}/g, (place, id: string) => {
    // Object.hasOwn: {constructor} is no place, though every object has one.
    const known = Object.hasOwn(filling, id) ? filling[id as PlaceId] : undefined
    return known?.replace(/[{}]/g, '') || place
  })
}

/** Places of a text that nobody filled, as they stand there. */
export function openPlaces(words: string): readonly string[] {
  return [...new Set(words.match(/\{\w*\}/g) ?? [])]
}

/**
 * What is wrong with a message that is to be sent. The clinic's own name counts like any other word: where it tells, it stays out.
 *
 * @returns undefined when it can be sent
 */
export function messageProblem(words: string): string | undefined {
  const open = openPlaces(words)
  if (open.length > 0) return `Fill in ${open.join(', ')}, or take it out.`
  const telling = tellingWord(words)
  if (telling) return `Leave out “${telling}”: somebody else may read this. Say it on the telephone instead.`
  return undefined
}

const KNOWN: ReadonlySet<string> = new Set(PLACES.map(({ id }) => `{${id}}`))

/** What a browser may send to keep a text. */
export const templateForm = z.object({
  code: z.string().regex(/^[\w-]{1,60}$/, 'This page is out of date. Reload it and try again.'),
  revision: z.coerce.number({ error: 'This page is out of date. Reload it and try again.' }).int().min(0),
  name: z
    .string({ error: 'Give the text a name by which colleagues find it.' })
    .max(80, 'Please keep the name under 80 characters.'),
  words: z
    .string({ error: 'Write what the text says.' })
    .max(4000, 'Please keep this under 4000 characters.')
    .superRefine((text, context) => {
      const telling = tellingWord(text)
      if (telling)
        context.addIssue({
          code: 'custom',
          message: `Leave out “${telling}”: whoever else reads the message must learn nothing.`,
        })
      const unknown = openPlaces(text).filter((place) => !KNOWN.has(place))
      if (unknown.length > 0)
        context.addIssue({
          code: 'custom',
          message: `${unknown.join(', ')} is no place that can be filled. These are: ${[...KNOWN].join(', ')}.`,
        })
    }),
})
