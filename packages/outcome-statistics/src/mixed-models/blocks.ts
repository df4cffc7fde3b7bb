/**
 * The rows of people who share one covariance matrix, W = [X y] for short, `width` columns.
 *
 * The likelihood needs of them only Σ B[a,b] w_a w_bᵀ for one matrix B at a time, so people of one kind are summed once
 * into `moments` (one width × width matrix for each pair of places a ≤ b), and the cost of a step does not grow with the
 * number of people. Where that would take more room than the rows themselves, the rows are kept.
 */
export type Block = {
  /** Rows of one person, the order of the covariance matrix. */
  readonly size: number
  /** People. */
  readonly count: number
  /** Which kind it is, for the covariance structure to tell. */
  readonly kind: number
  readonly moments: Float64Array | null
  /** count × size × width, when `moments` is null. */
  readonly rows: Float64Array | null
}

/** Sums the rows of `count` people, each with `size` rows of `width` values, one after the other, into a block. */
export function blockOf(kind: number, size: number, count: number, width: number, rows: Float64Array): Block {
  const pairs = (size * (size + 1)) / 2
  if (count * size < pairs * width) return { size, count, kind, moments: null, rows }
  const moments = new Float64Array(pairs * width * width)
  for (let person = 0; person < count; person++) {
    const base = person * size * width
    let at = 0
    for (let a = 0; a < size; a++) {
      for (let b = a; b < size; b++) {
        for (let i = 0; i < width; i++) {
          const value = rows[base + a * width + i]!
          if (value === 0) continue
          const out = at + i * width
          const other = base + b * width
          for (let j = 0; j < width; j++) moments[out + j]! += value * rows[other + j]!
        }
        at += width * width
      }
    }
  }
  return { size, count, kind, moments, rows: null }
}

/** Adds Σ weight[a,b] w_a w_bᵀ over the block's people to `out` (width × width); `weight` is symmetric. */
export function addWeighted(block: Block, weight: Float64Array, width: number, out: Float64Array): void {
  const { size } = block
  if (block.moments) {
    let at = 0
    for (let a = 0; a < size; a++) {
      for (let b = a; b < size; b++) {
        const value = weight[a * size + b]!
        if (value !== 0) addPair(block.moments, at, value, a === b, width, out)
        at += width * width
      }
    }
    return
  }
  const rows = block.rows!
  const mixed = new Float64Array(width)
  for (let base = 0; base < rows.length; base += size * width) {
    for (let a = 0; a < size; a++) {
      mixed.fill(0)
      for (let b = 0; b < size; b++) {
        const value = weight[a * size + b]!
        if (value === 0) continue
        for (let j = 0; j < width; j++) mixed[j]! += value * rows[base + b * width + j]!
      }
      for (let i = 0; i < width; i++) {
        const left = rows[base + a * width + i]!
        if (left === 0) continue
        for (let j = 0; j < width; j++) out[i * width + j]! += left * mixed[j]!
      }
    }
  }
}

function addPair(
  moments: Float64Array,
  at: number,
  value: number,
  same: boolean,
  width: number,
  out: Float64Array,
): void {
  if (same) {
    for (let i = 0; i < width * width; i++) out[i]! += value * moments[at + i]!
    return
  }
  for (let i = 0; i < width; i++) {
    for (let j = 0; j < width; j++) {
      out[i * width + j]! += value * (moments[at + i * width + j]! + moments[at + j * width + i]!)
    }
  }
}

/**
 * Writes Σ w_aᵀ C w_b over the block's people to `out` (size × size, symmetric), for a symmetric width × width matrix C:
 * with C = Φ the spread that estimating the coefficients adds, with C = c cᵀ the cross-products of residuals.
 */
export function crossProducts(block: Block, c: Float64Array, width: number, out: Float64Array): void {
  const { size } = block
  out.fill(0)
  if (block.moments) {
    let at = 0
    for (let a = 0; a < size; a++) {
      for (let b = a; b < size; b++) {
        let sum = 0
        for (let i = 0; i < width * width; i++) sum += c[i]! * block.moments[at + i]!
        out[a * size + b] = sum
        out[b * size + a] = sum
        at += width * width
      }
    }
    return
  }
  const rows = block.rows!
  const mixed = new Float64Array(size * width)
  for (let base = 0; base < rows.length; base += size * width) {
    for (let a = 0; a < size; a++) {
      for (let i = 0; i < width; i++) {
        let sum = 0
        for (let j = 0; j < width; j++) sum += c[i * width + j]! * rows[base + a * width + j]!
        mixed[a * width + i] = sum
      }
    }
    for (let a = 0; a < size; a++) {
      for (let b = a; b < size; b++) {
        let sum = 0
        for (let i = 0; i < width; i++) sum += mixed[a * width + i]! * rows[base + b * width + i]!
        out[a * size + b]! += sum
        if (a !== b) out[b * size + a]! += sum
      }
    }
  }
}
