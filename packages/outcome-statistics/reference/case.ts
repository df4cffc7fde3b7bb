import type { Table } from './table.ts'

/** One case of a reference file: what was run in R on which data, and what came out. */
export type ReferenceCase = {
  readonly id: string
  readonly data: string | null
  readonly args: unknown
  readonly expect: unknown
}

export type TableReader = (file: string) => Table
