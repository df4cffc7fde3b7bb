import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { ANALYTES } from './analytes.ts'

// The clinic's reference list, read in place; without it these tests say that they were skipped.
const file = join(process.env.EVENKEEL_SHARED ?? '../shared', 'domain', 'instruments.json')

type Reference = {
  readonly id: string
  readonly screenNgMl: number | null
  readonly confirmNgMl?: number
  readonly loincScreen?: string
  readonly loincConfirm?: string
  readonly loincAny?: string
}

describe.skipIf(!existsSync(file))('the analyte table', () => {
  it('holds the substances, cut-offs and codes of the reference list', () => {
    const list = JSON.parse(readFileSync(file, 'utf8')) as {
      id: string
      total?: { analytes?: Reference[] }
    }[]
    const reference = list.find(({ id }) => id === 'uds')?.total?.analytes ?? []
    expect(reference.length).toBeGreaterThan(5)
    expect(
      ANALYTES.map(({ id, screenNgMl, confirmNgMl, loinc }) => ({ id, screenNgMl, confirmNgMl, ...loinc })),
    ).toEqual(
      reference.map((one) => ({
        id: one.id,
        screenNgMl: one.screenNgMl,
        confirmNgMl: one.confirmNgMl ?? null,
        ...(one.loincScreen ? { screen: one.loincScreen } : {}),
        ...(one.loincConfirm ? { confirm: one.loincConfirm } : {}),
        ...(one.loincAny ? { any: one.loincAny } : {}),
      })),
    )
  })
})
