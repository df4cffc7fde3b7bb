/** What came of comparing computed figures with expected ones. */
export type Comparison = {
  /** Paths of figures that were compared and agree, counted. */
  agreed: number
  /** Figures that differ, with both values. */
  differing: string[]
  /** Paths of expected figures that were not computed. */
  missing: string[]
}

/**
 * Walks the expected value and compares what was computed for it.
 *
 * Numbers agree within `tolerance` relative to the expected one, which may depend on the figure's path
 * (`ci95[0]`, `fit.coef.age`); p values below 1e-8 within 1e-10 at least. A figure left
 * `undefined` was not computed and is reported as missing, never as agreeing.
 */
export function compare(
  expected: unknown,
  computed: unknown,
  tolerance: number | ((path: string, expected: number) => number),
): Comparison {
  const result: Comparison = { agreed: 0, differing: [], missing: [] }
  walk(expected, computed, '', typeof tolerance === 'number' ? () => tolerance : tolerance, result)
  return result
}

function walk(
  expected: unknown,
  computed: unknown,
  path: string,
  tolerance: (path: string, expected: number) => number,
  result: Comparison,
): void {
  if (computed === undefined) {
    result.missing.push(path)
  } else if (typeof expected === 'number') {
    const far = /(^|[._])p(_|\.|$)/.test(path) && Math.abs(expected) < 1e-8
    const relative = tolerance(path, expected)
    const allowed = (far ? Math.max(1e-10, relative) : relative) * Math.abs(expected)
    if (typeof computed === 'number' && Math.abs(computed - expected) <= allowed) result.agreed++
    else result.differing.push(`${path}: ${computed} instead of ${expected}`)
  } else if (Array.isArray(expected)) {
    const list = ArrayBuffer.isView(computed) ? Array.from(computed as Float64Array) : computed
    if (!Array.isArray(list) || list.length !== expected.length) {
      result.differing.push(
        `${path}: ${Array.isArray(list) ? list.length : typeof list} instead of ${expected.length} entries`,
      )
      return
    }
    expected.forEach((value, i) => {
      walk(value, list[i], `${path}[${i}]`, tolerance, result)
    })
  } else if (typeof expected === 'object' && expected !== null) {
    if (typeof computed !== 'object' || computed === null) {
      result.differing.push(`${path}: ${computed} instead of figures`)
      return
    }
    for (const [key, value] of Object.entries(expected)) {
      const inner = (computed as Record<string, unknown>)[key]
      walk(value, inner, path === '' ? key : `${path}.${key}`, tolerance, result)
    }
  } else if (computed === expected) {
    result.agreed++
  } else {
    result.differing.push(`${path}: ${computed} instead of ${expected}`)
  }
}
