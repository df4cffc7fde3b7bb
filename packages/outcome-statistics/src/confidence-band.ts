import { normalQuantile } from './distributions.ts'

/**
 * The scale on which a band around a survival curve is symmetric. `log-log` keeps its limits inside 0 and 1 and behaves
 * well in small samples; `log` is R's default; `plain` is the oldest.
 */
export type BandKind = 'plain' | 'log' | 'log-log' | 'logit' | 'arcsin'

export type Band = {
  readonly lower: Float64Array
  readonly upper: Float64Array
  /** 1 where limits exist. 0 before the first event and once the curve is at zero: there both limits repeat the estimate. */
  readonly bandKnown: Uint8Array
}

/**
 * Pointwise confidence limits around survival probabilities, from the standard error of log S.
 *
 * Source: Klein & Moeschberger, Survival Analysis, 2nd ed. 2003, section 4.3; Kalbfleisch & Prentice 2002 for log-log.
 * Limits of the plain and log band are cut at 0 and 1.
 * @param conf confidence level between 0 and 1, pointwise, for one time chosen beforehand
 */
export function confidenceBand(
  survival: Float64Array,
  seLogSurvival: Float64Array,
  kind: BandKind,
  conf: number,
): Band {
  if (!(conf > 0 && conf < 1)) throw new RangeError(`confidence level ${conf}: needs 0 < conf < 1`)
  const z = -normalQuantile((1 - conf) / 2)
  const lower = survival.slice()
  const upper = survival.slice()
  const bandKnown = new Uint8Array(survival.length)
  for (let i = 0; i < survival.length; i++) {
    const s = survival[i]!
    if (s <= 0 || s >= 1) continue
    const width = z * seLogSurvival[i]!
    bandKnown[i] = 1
    lower[i] = limit(kind, s, width, -1)
    upper[i] = limit(kind, s, width, 1)
  }
  return { lower, upper, bandKnown }
}

function limit(kind: BandKind, s: number, width: number, side: -1 | 1): number {
  switch (kind) {
    case 'plain':
      return Math.min(1, Math.max(0, s + side * width * s))
    case 'log':
      return Math.min(1, s * Math.exp(side * width))
    case 'log-log':
      return s ** Math.exp((side * width) / Math.log(s))
    case 'logit': {
      const odds = (s / (1 - s)) * Math.exp((side * width) / (1 - s))
      return odds === Number.POSITIVE_INFINITY ? 1 : odds / (1 + odds)
    }
    case 'arcsin': {
      const angle = Math.asin(Math.sqrt(s)) + side * 0.5 * width * Math.sqrt(s / (1 - s))
      return Math.sin(Math.min(Math.PI / 2, Math.max(0, angle))) ** 2
    }
  }
}
