import { wilsonInterval } from '../src/index.ts'
import type { ReferenceCase } from './case.ts'

/** Cases of proportions.json of which a part is computed so far: the single proportions, with Wilson's interval. */
export function proportionFigures(c: ReferenceCase): unknown {
  if (!c.id.startsWith('prop-')) return undefined
  const { x, n, level = 0.95 } = c.args as { x: number; n: number; level?: number }
  const wilson = wilsonInterval(x, n, level)
  if (!wilson.ok) throw new Error(`refused: ${wilson.reason}`)
  return { x, n, level, p: wilson.proportion, wilson: [wilson.lower, wilson.upper] }
}
