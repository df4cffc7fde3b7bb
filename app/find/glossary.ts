import * as z from 'zod'

const line = z.string().min(1)
const termId = z.string().regex(/^[a-z0-9-]+$/, 'must be lower case letters, digits and hyphens')

const glossaryTermSchema = z.strictObject({
  /** Anchor on the glossary page. */
  id: termId,
  term: line,
  /** Other names of the same thing: found by the search, shown under the term. */
  also: z.array(line).default([]),
  /** One or two plain sentences. */
  definition: line,
  /** Ids of terms worth reading next. */
  see: z.array(termId).default([]),
  /** A page of ours that says more. */
  more: z.string().startsWith('/').optional(),
  /** Where a figure in the definition comes from: `study:…` or `source:…`. */
  source: z
    .string()
    .regex(/^(study|source):[a-z0-9-]+$/, 'must be study:… or source:…')
    .optional(),
  /** Words that stand for the term in a text and are marked there; without it the term and its other names are. */
  marks: z.array(line).optional(),
})

/** A word of the trade in plain words. */
export type GlossaryTerm = z.infer<typeof glossaryTermSchema>

/** The glossary by id, in the order of the alphabet. */
export type Glossary = ReadonlyMap<string, GlossaryTerm>

/**
 * Reads `content/glossary.json`: an array of terms.
 *
 * @throws Error with every problem at once: an entry that does not fit, an id, name or marked word given twice, a
 * see-also that leads nowhere, a definition that explains a term by itself, a figure without a source
 */
export function readGlossary(text: string): Glossary {
  const parsed = z.array(glossaryTermSchema).safeParse(JSON.parse(text))
  if (!parsed.success) {
    throw new Error(
      parsed.error.issues.map((issue) => `${issue.path.join('.') || 'file'}: ${issue.message}`).join('; '),
    )
  }
  const terms = [...parsed.data].sort((a, b) => a.term.localeCompare(b.term, 'en', { sensitivity: 'base' }))
  const problems = [
    ...repeated(terms.map(({ id }) => id)).map((id) => `the id ${id} is given twice`),
    ...repeated(terms.flatMap(namesOf)).map((name) => `the name “${name}” is given twice`),
    ...repeated(terms.flatMap(markedWords)).map((word) => `the marked word “${word}” is given twice`),
    ...terms.flatMap((term) => termProblems(term, terms)),
  ]
  if (problems.length > 0) throw new Error(problems.join('; '))
  return new Map(terms.map((term) => [term.id, term]))
}

/** Words in running text that stand for a term. */
export function markedWords({ term, also, marks }: GlossaryTerm): readonly string[] {
  return marks ?? [term, ...also]
}

/** Address of a term. */
export function termHref(id: string): string {
  return `/glossary#${id}`
}

/**
 * Letter a term stands under; figures and signs stand under “0–9”.
 *
 * @example letterOf('42 CFR Part 2') // '0–9'
 */
export function letterOf(term: string): string {
  const first = term.charAt(0).toUpperCase()
  return /[A-Z]/.test(first) ? first : '0–9'
}

function namesOf({ term, also }: GlossaryTerm): string[] {
  return [term, ...also]
}

function repeated(names: readonly string[]): string[] {
  const seen = new Set<string>()
  return names.filter((name) => {
    const key = name.toLowerCase()
    if (seen.has(key)) return true
    seen.add(key)
    return false
  })
}

function termProblems(term: GlossaryTerm, all: readonly GlossaryTerm[]): string[] {
  const problems: string[] = []
  for (const id of term.see) {
    if (id === term.id) problems.push(`${term.id} sends the reader to itself`)
    else if (!all.some((other) => other.id === id))
      problems.push(`${term.id}: see ${id}, which does not exist`)
  }
  if (saysOnlyItself(term)) problems.push(`${term.id} is explained by its own name`)
  // A name may hold a figure (42 CFR Part 2); a claim with one must be cited.
  if (/\d\s*%|\b\d[\d,]* (?:of|in) \d|\d[\d,]* people/.test(term.definition) && term.source === undefined)
    problems.push(`${term.id}: a figure without a source`)
  return problems
}

const smallWords = new Set([
  'a',
  'an',
  'the',
  'of',
  'to',
  'is',
  'and',
  'or',
  'in',
  'that',
  'it',
  'for',
  'with',
  'by',
])

/** Whether the words of a definition that are not its own name leave nothing to learn from. */
function saysOnlyItself({ term, also, definition }: GlossaryTerm): boolean {
  const own = new Set([term, ...also].flatMap(plainWords))
  const rest = plainWords(definition).filter((word) => !own.has(word) && !smallWords.has(word))
  return rest.length < 5
}

function plainWords(text: string): string[] {
  return text
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter(Boolean)
}
