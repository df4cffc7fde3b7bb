/**
 * What an instrument is, as data. Every questionnaire of the clinic is one value of `Instrument`; no instrument
 * has code of its own. `ScoringDefinition` is the part the engine needs, so that a definition without our wording
 * (an imported form, a reference file) is scored by the same rules.
 */

export type Scalar = number | string | boolean

/** All the given parts must hold. `notIn` alone is true of a context that is not known. */
export type Comparison = {
  readonly eq?: Scalar
  readonly gte?: number
  readonly gt?: number
  readonly lte?: number
  readonly lt?: number
  readonly in?: readonly Scalar[]
  readonly notIn?: readonly Scalar[]
}

/** Something that is true, false or unknown of a response. */
export type Condition =
  | ({ readonly item: string } & Comparison)
  | ({ readonly score: string } & Comparison)
  | ({ readonly context: string } & Comparison)
  | { readonly flag: string }
  | { readonly category: string; readonly eq?: string; readonly unknown?: true }
  /** Counts the items that pass the comparison; `overrides` gives single items another `gte`. */
  | ({
      readonly countItems: readonly string[]
      readonly overrides?: Readonly<Record<string, number>>
      readonly atLeast?: number
      readonly atMost?: number
    } & Comparison)
  /** True when one specimen of a laboratory series has this analyte and this result. */
  | { readonly analyte: string | readonly string[]; readonly result: string }
  | { readonly all: readonly Condition[] }
  | { readonly any: readonly Condition[] }
  | { readonly not: Condition }

export type ItemValue = { readonly value: number; readonly label: string }

export type ItemRange = {
  readonly min: number
  readonly max: number
  readonly step: number
  readonly unit?: string
  readonly minLabel?: string
  readonly maxLabel?: string
}

/** One question as far as scoring goes: a closed list of values, or a range, or a series of records. */
export type ScoringItem = {
  readonly id: string
  readonly values?: readonly { readonly value: number }[]
  readonly range?: ItemRange
  readonly type?: 'daily-calendar' | 'lab-series'
  /** The scored value is min + max - answer. */
  readonly reverse?: boolean
  readonly skipIf?: Condition
  /** `optional`: an answer counts even when the item was to be skipped, so that no safety answer is dropped. */
  readonly skipMode?: 'optional'
  /** false: shown and stored, never summed. */
  readonly scored?: boolean
  /** May stay open without making the form incomplete. */
  readonly optional?: boolean
}

export type MissingRule = {
  readonly rule: 'strict' | 'prorate' | 'available' | 'highest-answered'
  readonly maxMissing?: number
  readonly rounding?: 'half-up-integer'
  readonly source: string
}

export type Band = {
  readonly min: number
  readonly max: number
  readonly label: string
  readonly when?: Condition
}

export type ScoreGroup = {
  readonly id?: string
  readonly op: 'single' | 'max' | 'sum'
  readonly items: readonly string[]
  /** Pairs of which one is answered and the other left blank. */
  readonly eitherOr?: readonly (readonly string[])[]
}

export type DrinkingLevel = {
  readonly level: number
  readonly label: string
  /** Upper limit in grams of pure alcohol per day, inclusive; null for none. */
  readonly maxGrams: number | null
}

type ScoreBase = {
  readonly id: string
  readonly label: string
  readonly items: readonly string[]
  readonly min?: number
  readonly max?: number
  readonly missing: MissingRule
  /** Decimals of the stored value. */
  readonly precision?: number
  readonly bands?: readonly Band[]
  /** Items left out when a context holds (a criterion that does not apply). */
  readonly excludeIf?: readonly { readonly items: readonly string[]; readonly when: Condition }[]
}

/** A score made of answers. */
export type ItemScore = ScoreBase &
  (
    | { readonly method: 'sum'; readonly multiply?: number }
    | { readonly method: 'mean' | 'max' | 'single' | 'highestIndex' }
    | { readonly method: 'concat' }
    | { readonly method: 'count'; readonly countIf: Comparison }
    | { readonly method: 'percentOfRange'; readonly rawMin: number; readonly rawMax: number }
    | { readonly method: 'sumOfGroups'; readonly groups: readonly ScoreGroup[] }
    | {
        readonly method: 'weighted'
        readonly terms: readonly { readonly item: string; readonly multiply: number; readonly add: number }[]
      }
    | {
        readonly method: 'bandIndex'
        readonly bandsOn: string
        readonly levels: {
          readonly male: readonly DrinkingLevel[]
          readonly female: readonly DrinkingLevel[]
        }
      }
  )

/** A set of figures made from a series of records by a named algorithm. */
export type SeriesScore = {
  readonly id: string
  readonly label: string
  readonly method: 'algorithm'
  readonly algorithm: 'tlfb-metrics' | 'uds-series'
}

export type Flag = { readonly id: string; readonly label: string; readonly when: Condition }

/** Levels from the gravest down: the first whose condition holds is the category. */
export type Category = {
  readonly id: string
  readonly label: string
  readonly firstMatch: readonly Flag[]
}

export type Severity = 'critical' | 'warning' | 'info'

export type SafetyTrigger = {
  readonly id: string
  readonly when: Condition
  /** What the clinic does, written for staff. */
  readonly action: string
  readonly severity: Severity
}

export type Direction = 'higher-worse' | 'higher-better' | (string & {})

/** What the engine needs to score a response, without a word that a person reads. */
export type ScoringDefinition = {
  readonly id: string
  readonly direction: Direction
  readonly items: readonly ScoringItem[]
  readonly subscales: readonly ItemScore[]
  readonly total: ItemScore | SeriesScore | null
  readonly flags: readonly Flag[]
  readonly categories: readonly Category[]
  readonly safetyTriggers: readonly SafetyTrigger[]
}

/** A size of change in points that somebody published. Several may stand side by side when sources differ. */
export type ChangeThreshold =
  | { readonly points: number; readonly source: string }
  /** Jacobson-Truax: 1.96 x sd x sqrt(2) x sqrt(1 - reliability). */
  | { readonly sd: number; readonly reliability: number; readonly source: string }

/** How change of one score is judged. A part that no source defines is null. */
export type ChangeRules = {
  readonly score: string
  readonly response: { readonly fallPercent: number } | { readonly fallPoints: number } | null
  readonly remission: { readonly below: number } | { readonly atMost: number } | null
  readonly mcid: readonly ChangeThreshold[] | null
  readonly reliableChange: readonly ChangeThreshold[] | null
  readonly note: string
}

export type Cutoff = {
  readonly score: string
  readonly op: 'gte' | 'gt' | 'lte' | 'lt'
  readonly value: number
  readonly meaning: string
  readonly sensitivity: number | null
  readonly specificity: number | null
  readonly source: string
  /** For whom it holds, where it does not hold for everybody. */
  readonly when?: Condition
  readonly note?: string
}

export type Confidence = 'high' | 'medium' | 'low'

/** One question as a person meets it, in our own words. */
export type Item = Omit<ScoringItem, 'values'> & {
  /** What is asked, as a noun for staff. */
  readonly concept: string
  readonly prompt: string
  readonly values?: readonly ItemValue[]
  readonly loinc: string | null
}

/** Who fills it in: the person, somebody who rates what they see and hear, or a laboratory. */
export type Administered = 'self' | 'clinician' | 'observer' | 'lab'

/** What a person is shown and the engine needs: the part of an instrument that goes to the browser. */
export type InstrumentForm = Omit<ScoringDefinition, 'items'> & {
  readonly shortName: string
  /** Which variant of the published instrument this is. Variants never share one chart line. */
  readonly version: string
  /** Whose wording is shown. */
  readonly edition: 'plain-language-edition' | (string & {})
  /** Raised when the same answers would give another score, band, flag or trigger. */
  readonly scoringVersion: number
  readonly introduction: string
  /** `period` is an ISO 8601 duration; P0D and PT0S mean now. */
  readonly recall: { readonly sentence: string; readonly period: string }
  readonly items: readonly Item[]
}

/** A questionnaire that the clinic can show, score, store and cite. Every instrument file has all these members. */
export type Instrument = InstrumentForm & {
  readonly name: string
  readonly construct: string
  readonly administered: Administered
  /** When programmes of this kind use it. */
  readonly schedule: readonly string[]
  readonly cutoffs: readonly Cutoff[]
  readonly change: ChangeRules
  readonly loinc: {
    readonly panel: string | null
    readonly scores: Readonly<Record<string, string>>
    readonly status: string
  }
  readonly licence: {
    readonly status:
      | 'public-domain'
      | 'free-with-conditions'
      | 'permission-needed'
      | 'registration'
      | 'own'
      | 'not-applicable'
    readonly holder: string
    readonly terms: string
    readonly confidence: Confidence
  }
  /** Where the scoring facts come from. */
  readonly source: string
  readonly citations: readonly string[]
  readonly notes: readonly string[]
  readonly confidence: Confidence
}
