import { type Refusal, refuse } from '../refusal.ts'

/** What one look at one person said. `MISSING` is anything that says nothing: no sample, no answer, person lost. */
export const ABSTINENT = 1
export const USE = 0
export const MISSING = -1

/** Results of people (rows) at the same looks (columns), row by row. */
export type AbstinenceResults = {
  /** ABSTINENT, USE or MISSING, `people × looks` long. */
  readonly result: Int8Array
  readonly looks: number
}

export type ResultsRefusal = Refusal<'no-rows' | 'not-a-result'>

/** How many people there are of whom a window of looks says what. */
export type AbstinenceCounts = {
  readonly ok: true
  readonly n: number
  /** Abstinent at every look. */
  readonly abstinent: number
  /** Seen at every look, whatever was seen. */
  readonly complete: number
  /** Use seen at one look or more. */
  readonly used: number
  /** Neither: no use seen, but not every look happened. */
  readonly unknown: number
}

/**
 * Counts people by what a window of looks (a day, the last four weeks) says of them.
 *
 * @param rows results of everybody who should have been looked at, also of those never seen
 * @param within the columns that count, all unless told
 * @returns or a refusal: `no-rows`, `not-a-result` with the person's row
 * @throws RangeError when the length is no multiple of `looks` or a column is not there
 * Cost: one pass.
 * @example
 * countAbstinence({ result: Int8Array.of(ABSTINENT, ABSTINENT, ABSTINENT, MISSING), looks: 2 })
 * // n 2, abstinent 1, complete 1, used 0, unknown 1
 */
export function countAbstinence(
  rows: AbstinenceResults,
  within: readonly number[] = Array.from({ length: rows.looks }, (_, j) => j),
): AbstinenceCounts | ResultsRefusal {
  const refusal = refuseResults(rows)
  if (refusal) return refusal
  if (within.length === 0 || within.some((j) => !Number.isInteger(j) || j < 0 || j >= rows.looks)) {
    throw new RangeError('the window has no look or one that is not there')
  }
  const { result, looks } = rows
  const n = result.length / looks
  let abstinent = 0
  let complete = 0
  let used = 0
  for (let start = 0; start < result.length; start += looks) {
    let missing = false
    let use = false
    for (const j of within) {
      const value = result[start + j]!
      if (value === MISSING) missing = true
      else if (value === USE) use = true
    }
    if (!missing) complete++
    if (use) used++
    else if (!missing) abstinent++
  }
  return { ok: true, n, abstinent, complete, used, unknown: n - abstinent - used }
}

/** Each look's counts over all people. */
export type CountsByLook = {
  readonly ok: true
  readonly n: number
  readonly abstinent: Uint32Array
  readonly used: Uint32Array
  readonly missing: Uint32Array
}

/**
 * How many people were abstinent, had used, or said nothing, look by look. The three add up to n at each look, so a page
 * can draw the missing beside the rest.
 *
 * Arguments and refusals as `countAbstinence`. Cost: one pass.
 */
export function abstinenceByLook(rows: AbstinenceResults): CountsByLook | ResultsRefusal {
  const refusal = refuseResults(rows)
  if (refusal) return refusal
  const { result, looks } = rows
  const counts = {
    abstinent: new Uint32Array(looks),
    used: new Uint32Array(looks),
    missing: new Uint32Array(looks),
  }
  for (let i = 0; i < result.length; i++) {
    const value = result[i]
    const at = value === ABSTINENT ? counts.abstinent : value === USE ? counts.used : counts.missing
    at[i % looks]!++
  }
  return { ok: true, n: result.length / looks, ...counts }
}

/**
 * Fills each missing look with the person's last known one; before the first known look it stays missing.
 *
 * Long used in trials, and known to mislead: it takes it that nothing changes after a person is lost. Here to set beside
 * the other ways, never alone.
 * Source: for the warning National Research Council, The Prevention and Treatment of Missing Data, 2010.
 * Arguments and refusals as `countAbstinence`. `carried` counts the looks that were filled.
 */
export function carryLastForward(
  rows: AbstinenceResults,
): { readonly ok: true; readonly rows: AbstinenceResults; readonly carried: number } | ResultsRefusal {
  const refusal = refuseResults(rows)
  if (refusal) return refusal
  const result = Int8Array.from(rows.result)
  let carried = 0
  for (let i = 0; i < result.length; i++) {
    if (i % rows.looks === 0 || result[i] !== MISSING || result[i - 1] === MISSING) continue
    result[i] = result[i - 1]!
    carried++
  }
  return { ok: true, rows: { result, looks: rows.looks }, carried }
}

function refuseResults({ result, looks }: AbstinenceResults): ResultsRefusal | null {
  if (!Number.isInteger(looks) || looks < 1 || result.length % looks !== 0) {
    throw new RangeError(`${result.length} results are not rows of ${looks} looks`)
  }
  if (result.length === 0) return refuse('no-rows')
  const bad = result.findIndex((value) => value !== ABSTINENT && value !== USE && value !== MISSING)
  return bad < 0 ? null : refuse('not-a-result', Math.floor(bad / looks))
}
