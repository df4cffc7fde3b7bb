import type {
  Fact,
  FunnelLine,
  FunnelUnit,
  IntervalGroup,
  IntervalRow,
  SurvivalGroup,
} from '../../ui/index.ts'
import { type Definition, POINT_DAY } from '../dataset/definition.ts'

export type Limits = { readonly lower: number; readonly upper: number }

/** `undefined` is withheld, `null` is none (nothing to be told): neither is ever shown as 0. */
export type NumberCell = string | number | Limits | null | undefined

export type NumberColumn = {
  readonly key: string
  readonly head: string
  readonly unit?: string
  /** `share` and `share-limits` are 0 to 1 and read as percent; `value` is told with `digits` decimals. */
  readonly kind: 'words' | 'count' | 'share' | 'share-limits' | 'value' | 'value-limits'
  readonly digits?: number
  /** The column that names the row. */
  readonly names?: true
}

/** Numbers as they may be shown: the page's table and the download are made of the same. */
export type NumberTable = {
  readonly id: string
  readonly caption: string
  readonly columns: readonly NumberColumn[]
  readonly rows: readonly Readonly<Record<string, NumberCell>>[]
}

export type Drawing =
  | {
      readonly kind: 'curve'
      readonly group: SurvivalGroup
      readonly timeLabel: string
      readonly survivalLabel: string
    }
  | {
      readonly kind: 'intervals'
      readonly groups: readonly IntervalGroup[]
      readonly valueLabel: string
      readonly range?: readonly [number, number]
      readonly unit?: 'percent' | 'number'
      readonly reference?: { readonly value: number; readonly label: string }
      /** What must be read beneath the picture. */
      readonly note?: string
    }
  | {
      readonly kind: 'funnel'
      readonly units: readonly FunnelUnit[]
      readonly lines: readonly FunnelLine[]
      readonly target: number
      readonly shareLabel: string
      readonly sizeLabel: string
    }

/** Beneath points at fixed days. */
export const FIXED_DAYS_NOTE = 'Between the days shown nothing is told.'

/** An outcome in one line, for the overview. */
export type OutcomeLine = {
  readonly figure: string
  readonly interval: string
  /** Withheld when undefined; in words when not people are counted. */
  readonly people: number | string | undefined
  /** People of whom it is not known; null where nobody can be lost. */
  readonly lost: number | null | undefined
}

/** One figure with everything that must stand beside it, small counts already withheld. */
export type FigureBlock = {
  /** The anchor on its page, and in the download. */
  readonly id: string
  readonly title: string
  /** What the figure says, with n and interval: read aloud for the picture. Undefined when there is nothing to say yet. */
  readonly finding: string | undefined
  readonly line?: OutcomeLine
  readonly facts: readonly Fact[]
  readonly drawing: Drawing | undefined
  readonly tables: readonly NumberTable[]
  readonly definitions: readonly Definition[]
  /** What one might read into it and should not. */
  readonly caution?: string
  /** Why there is no figure, when there is none. */
  readonly nothing?: { readonly title: string; readonly text: string }
}

/**
 * Of several days the one that a finding tells: the day that is told everywhere when it can be shown, else the first that
 * can. So an earlier, brighter day beside it changes no finding.
 */
export function pointToTell<Point extends { readonly day: number }>(
  told: readonly Point[],
  canBeShown: (point: Point) => boolean,
): Point | undefined {
  return told.find((point) => point.day === POINT_DAY && canBeShown(point)) ?? told.find(canBeShown)
}

/** Rows of which none may be shown, as one row that says so: a picture full of "withheld" tells no more. */
export function calm(rows: readonly IntervalRow[]): readonly IntervalRow[] {
  const [first] = rows
  return first === undefined || rows.some(({ value }) => value !== undefined)
    ? rows
    : [
        {
          key: first.key,
          label: 'All of it',
          value: undefined,
          instead: 'withheld: it would tell of fewer than ten',
        },
      ]
}
