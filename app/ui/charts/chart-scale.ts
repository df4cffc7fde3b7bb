/** Maps a value of the data to a place on the drawing. */
export type Scale = (value: number) => number

/**
 * A straight scale.
 *
 * @param domain lowest and highest value; an empty domain maps everything to the start of the range
 * @param rangePx where these two lie on the drawing, in px of the viewBox
 */
export function linearScale(domain: readonly [number, number], rangePx: readonly [number, number]): Scale {
  const [low, high] = domain
  const [start, end] = rangePx
  const span = high - low
  return (value) => (span === 0 ? start : start + ((value - low) / span) * (end - start))
}

/**
 * A scale on which the same ratio takes the same room: from 1 to 2 is as far as from 2 to 4.
 *
 * @param domain lowest and highest value, both above 0
 * @param rangePx where these two lie on the drawing, in px of the viewBox
 */
export function logScale(domain: readonly [number, number], rangePx: readonly [number, number]): Scale {
  const straight = linearScale([Math.log(domain[0]), Math.log(domain[1])], rangePx)
  return (value) => straight(Math.log(value))
}

/**
 * Ticks of a `logScale` around 1: powers of two, or of four, eight … where those would be too many.
 *
 * @param low lowest value shown, above 0
 * @param high highest value shown
 * @param most how many ticks at most, at least 2
 * @example ratioTicks(0.5, 8, 6) // [0.5, 1, 2, 4, 8]
 */
export function ratioTicks(low: number, high: number, most: number): number[] {
  const first = Math.log2(low)
  const last = Math.log2(high)
  const step = Math.max(1, Math.ceil((last - first) / Math.max(1, most - 1)))
  const ticks: number[] = []
  for (let power = Math.ceil(first / step - 1e-9); power * step <= last + 1e-9; power++) {
    ticks.push(2 ** (power * step))
  }
  return ticks
}

/**
 * Few round ticks from zero or the lowest value up, in steps people count in (1, 2, 5 and their tens; 3 and 6 for months).
 *
 * @param low lowest value shown
 * @param high highest value shown
 * @param most how many ticks at most, at least 2
 * @returns ticks within [low, high], ascending
 * @example roundTicks(0, 400, 6) // [0, 100, 200, 300, 400]
 */
export function roundTicks(low: number, high: number, most: number): number[] {
  const span = high - low
  if (!(span > 0) || !Number.isFinite(span)) return [low]
  const rough = span / Math.max(1, most - 1)
  const power = 10 ** Math.floor(Math.log10(rough))
  const step =
    [1, 2, 5, 10].map((factor) => factor * power).find((size) => size >= rough * 0.999) ?? 10 * power
  const ticks: number[] = []
  for (let index = Math.ceil(low / step - 1e-9); index * step <= high + step * 1e-9; index++) {
    ticks.push(Number((index * step).toPrecision(12)))
  }
  return ticks
}

/** A coordinate for an SVG path: two decimals are finer than any screen. */
export function px(value: number): number {
  return Math.round(value * 100) / 100
}

/**
 * Moves labels apart so that none covers another, keeping their order and staying near their lines.
 *
 * @param wantedPx where each label would like to be
 * @param gapPx least distance between two labels
 * @param limitsPx where labels may lie
 * @returns places in the order of `wantedPx`
 */
export function spreadLabels(
  wantedPx: readonly number[],
  gapPx: number,
  limitsPx: readonly [number, number],
): number[] {
  const order = wantedPx.map((wanted, index) => ({ wanted, index })).sort((a, b) => a.wanted - b.wanted)
  const placed: number[] = []
  let floor = limitsPx[0]
  for (const { wanted } of order) {
    const place = Math.max(wanted, floor)
    placed.push(place)
    floor = place + gapPx
  }
  let ceiling = limitsPx[1]
  for (let index = placed.length - 1; index >= 0; index--) {
    placed[index] = Math.min(placed[index] ?? ceiling, ceiling)
    ceiling = (placed[index] ?? ceiling) - gapPx
  }
  const result = new Array<number>(wantedPx.length).fill(0)
  order.forEach(({ index }, rank) => {
    result[index] = placed[rank] ?? 0
  })
  return result
}
