import type { Table } from './table.ts'

/** One case of a reference file: what was run in R on which data, and what came out. */
export type ReferenceCase = {
  readonly id: string
  readonly data: string | null
  readonly args: unknown
  readonly expect: unknown
}

export type TableReader = (file: string) => Table

/** The answer of a function that may refuse; a refusal ends the run, since every reference case has an answer. */
export function answered<A extends { readonly ok: boolean }>(answer: A): Extract<A, { readonly ok: true }> {
  if (!answer.ok) throw new Error(`refused: ${(answer as unknown as { reason: string }).reason}`)
  return answer as Extract<A, { readonly ok: true }>
}
