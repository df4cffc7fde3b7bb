import type { ScoringDefinition } from './instrument.ts'
import { instrumentById } from './registry.ts'
import type { Answers, ScoringContext } from './response.ts'
import { scoreBy } from './scoring.ts'

/** One known answer: a response and what scoring it must return, member for member. */
export type ScoringVector = {
  readonly id: string
  readonly instrument: string
  readonly case?: string
  readonly answers: Answers
  readonly context?: ScoringContext
  readonly expect: unknown
}

export type VectorRun = {
  readonly passed: number
  readonly failed: number
  /** Vectors of instruments we do not have. */
  readonly skipped: number
  readonly failures: readonly { readonly vector: ScoringVector; readonly got: unknown }[]
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Equality of JSON values: order of members does not matter, order of lists does, nothing may be left over. */
function sameJson(a: unknown, b: unknown): boolean {
  if (Array.isArray(a) && Array.isArray(b)) {
    return a.length === b.length && a.every((part, index) => sameJson(part, b[index]))
  }
  if (isRecord(a) && isRecord(b)) {
    const keys = Object.keys(a)
    return (
      keys.length === Object.keys(b).length &&
      keys.every((key) => Object.hasOwn(b, key) && sameJson(a[key], b[key]))
    )
  }
  return a === b
}

/**
 * Takes the vectors out of a parsed file: a list, or an object with a list under `vectors`.
 *
 * @returns the vectors, or what is wrong with the file
 */
export function readVectors(file: unknown): readonly ScoringVector[] | { readonly problem: string } {
  const list = isRecord(file) ? file.vectors : file
  if (!Array.isArray(list)) return { problem: 'neither a list nor an object with a list named vectors' }
  for (const [index, vector] of list.entries()) {
    const ok =
      isRecord(vector) &&
      typeof vector.id === 'string' &&
      typeof vector.instrument === 'string' &&
      isRecord(vector.answers) &&
      (vector.context === undefined || isRecord(vector.context)) &&
      isRecord(vector.expect)
    if (!ok) return { problem: `vector ${index + 1} lacks id, instrument, answers or expect` }
  }
  return list as ScoringVector[]
}

/** Scores every vector and compares. Definitions come from `definitionOf`, by default our own instruments. */
export function runVectors(
  vectors: readonly ScoringVector[],
  definitionOf: (id: string) => ScoringDefinition | undefined = instrumentById,
): VectorRun {
  const failures: { vector: ScoringVector; got: unknown }[] = []
  let passed = 0
  let skipped = 0
  for (const vector of vectors) {
    const definition = definitionOf(vector.instrument)
    if (definition === undefined) {
      skipped += 1
      continue
    }
    const got = scoreBy(definition, vector.answers, vector.context ?? {})
    if (sameJson(got, vector.expect)) passed += 1
    else failures.push({ vector, got })
  }
  return { passed, failed: failures.length, skipped, failures }
}
