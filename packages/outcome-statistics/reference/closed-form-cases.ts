import { chiSquareUpperTail, normalQuantile, normalUpperTail, wilsonInterval } from '../src/index.ts'
import type { ReferenceCase } from './case.ts'

/** Cases of proportions.json of which a part is computed so far: the single proportions, with Wilson's interval. */
export function proportionFigures(c: ReferenceCase): unknown {
  if (!c.id.startsWith('prop-')) return undefined
  const { x, n, level = 0.95 } = c.args as { x: number; n: number; level?: number }
  const wilson = wilsonInterval(x, n, level)
  if (!wilson.ok) throw new Error(`refused: ${wilson.reason}`)
  return { x, n, level, p: wilson.proportion, wilson: [wilson.lower, wilson.upper] }
}

/** Cases of distributions.json of which a part is computed so far: normal and chi-square. */
export function distributionFigures(c: ReferenceCase): unknown {
  if (c.id === 'normal') {
    const { p, x } = c.args as { p: number[]; x: number[] }
    return {
      q: p.map(normalQuantile),
      cdf: x.map((value) => normalUpperTail(-value)),
      sf: x.map(normalUpperTail),
    }
  }
  if (c.id === 'chi-square') {
    const { x, df } = (c.args as { cdf_args: { x: number[]; df: number[] } }).cdf_args
    return { sf: x.map((value, i) => chiSquareUpperTail(value, df[i]!)) }
  }
  return undefined
}
