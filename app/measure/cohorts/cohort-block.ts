import type { Fact, IntervalGroup, SurvivalGroup } from '../../ui/index.ts'
import type { NumberTable } from '../clinic/figure-block.ts'
import type { Definition } from '../dataset/definition.ts'

/** A line of means over visits. */
export type MeanLine = {
  readonly label: string
  readonly points: readonly {
    readonly visit: number
    readonly mean: number
    readonly lower: number | undefined
    readonly upper: number | undefined
  }[]
}

export type CohortDrawing =
  | {
      readonly kind: 'curves'
      readonly groups: readonly SurvivalGroup[]
      readonly timeLabel: string
      readonly survivalLabel: string
    }
  | {
      readonly kind: 'intervals'
      readonly groups: readonly IntervalGroup[]
      readonly valueLabel: string
      readonly range?: readonly [number, number]
      /** `ratio` is drawn on a logarithmic scale. */
      readonly unit: 'percent' | 'number' | 'ratio'
      readonly reference?: { readonly value: number; readonly label: string }
    }
  | {
      readonly kind: 'means'
      readonly lines: readonly MeanLine[]
      readonly scoreLabel: string
      readonly visitLabel: string
    }

/** One figure of an outside cohort with everything that must stand beside it. The page and the download are made of the same. */
export type CohortBlock = {
  /** The anchor on the page, and in the download. */
  readonly id: string
  readonly title: string
  /** What it says, with n and intervals, a sentence each; one of a group begins with its label. Read aloud for the picture. */
  readonly finding: readonly string[]
  readonly facts: readonly Fact[]
  readonly drawing: CohortDrawing | undefined
  readonly tables: readonly NumberTable[]
  /** Single figures of the download, unrounded. */
  readonly numbers: readonly (readonly [name: string, value: number | string])[]
  readonly definitions: readonly Definition[]
  /** What one might read into it and should not, or why a part is not here. */
  readonly caution?: string | undefined
}
