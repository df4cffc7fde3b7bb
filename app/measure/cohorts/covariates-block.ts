import { sampleQuantiles } from '@evenkeel/outcome-statistics'
import type { NumberTable } from '../clinic/figure-block.ts'
import type { CohortBlock } from './cohort-block.ts'
import type { TimedPerson } from './cohort-rows.ts'
import { groupLabels } from './timed-figures.ts'

/** More different words than this are not listed one by one. */
const MOST_WORDS = 12

/** Who the people of each group are, by the columns that were chosen to be shown; undefined when none were. */
export function covariatesBlock(
  rows: readonly TimedPerson[],
  columns: readonly string[],
): CohortBlock | undefined {
  if (columns.length === 0) return undefined
  const labels = groupLabels(rows)
  const lines = columns.flatMap((column) => {
    const known = rows.flatMap((row) => row.covariates?.[column] ?? [])
    const numeric = known.length > 0 && known.every((value) => /^-?\d+(\.\d+)?$/.test(value))
    const words = [...new Set(known)].sort(new Intl.Collator('en', { numeric: true }).compare)
    return labels.map((group) => {
      const of = rows.filter((row) => row.group === group).map((row) => row.covariates?.[column])
      const told = of.filter((value): value is string => value !== undefined)
      return {
        column,
        group,
        known: told.length,
        missing: of.length - told.length,
        says:
          told.length === 0
            ? 'not known of anybody'
            : numeric && words.length > 2
              ? quartileWords(told.map(Number))
              : words.length > MOST_WORDS
                ? `${words.length} different values`
                : words.map((word) => `${word}: ${told.filter((value) => value === word).length}`).join(', '),
      }
    })
  })
  const table: NumberTable = {
    id: 'people',
    caption: 'The people of each group',
    columns: [
      { key: 'column', head: 'Column', kind: 'words', names: true },
      { key: 'group', head: 'Group', kind: 'words' },
      { key: 'known', head: 'Known of', unit: 'people', kind: 'count' },
      { key: 'missing', head: 'Not known of', unit: 'people', kind: 'count' },
      { key: 'says', head: 'Median (quartiles), or people', kind: 'words' },
    ],
    rows: lines,
  }
  return {
    id: 'people',
    title: 'Who the people of each group are',
    finding: [],
    facts: [],
    drawing: undefined,
    tables: [table],
    numbers: [],
    definitions: [],
  }
}

function quartileWords(values: readonly number[]): string {
  const found = sampleQuantiles(Float64Array.from(values), [0.5, 0.25, 0.75])
  if (!found.ok) return 'cannot be told'
  const [median, low, high] = Array.from(found.values, (value) => Number(value.toFixed(2)))
  return `${median} (${low} to ${high})`
}
