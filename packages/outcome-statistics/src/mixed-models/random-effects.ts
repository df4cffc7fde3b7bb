import { choleskyInPlace } from '../dense-matrix.ts'
import { gathered, type Orthonormal } from '../design.ts'
import { type Block, blockOf } from './blocks.ts'
import { type CovarianceStructure, entriesOf } from './covariance-structure.ts'

/**
 * Random effects with the same covariance for everybody, cut down to what matters of each person.
 *
 * A person's rows are turned by an orthonormal basis of their random-effect columns, Z = Q F: the first rows QᵀW have
 * covariance F G Fᵀ + σ² I, all others are independent with variance σ². So a person with a hundred rows costs as much
 * as one with two, and people with the same times share one block; the other rows of everybody are one sum of squares.
 */
export type RandomEffects = {
  readonly blocks: readonly Block[]
  readonly structure: CovarianceStructure
  /** For each person: the kind of block, and the turned rows (size × width) for the conditional modes. */
  readonly people: readonly { readonly kind: number; readonly turned: Float64Array }[]
  /** F of each kind, size × effects. */
  readonly factors: readonly Float64Array[]
}

/** Where the covariance of effects i ≥ j stands among the parameters; σ² comes after all of them. */
export function effectPlace(i: number, j: number): number {
  return i >= j ? (i * (i + 1)) / 2 + j : (j * (j + 1)) / 2 + i
}

/**
 * @param person code of each kept row, 0 … people − 1
 * @param effects the columns of Z over the kept rows
 * Cost: O(n (p + effects) effects).
 */
export function randomEffects(
  person: Uint32Array,
  people: number,
  effects: readonly Float64Array[],
  basis: Orthonormal,
  outcome: Float64Array,
): RandomEffects {
  const width = basis.q.length + 1
  const count = effects.length
  const kinds = new Map<string, number>()
  const factors: Float64Array[] = []
  const turnedRows: Float64Array[][] = []
  const members: number[] = []
  let rest = person.length
  const out: { kind: number; turned: Float64Array }[] = []
  for (const rows of rowsOfEach(person, people)) {
    const { directions, factor } = turn(rows, effects)
    const key = `${directions.length};${factor.join()}`
    let kind = kinds.get(key)
    if (kind === undefined) {
      kind = factors.length
      kinds.set(key, kind)
      factors.push(factor)
      turnedRows.push([])
      members.push(0)
    }
    const turned = turnedRowsOf(rows, directions, basis, outcome)
    rest -= directions.length
    members[kind]!++
    turnedRows[kind]!.push(turned)
    out.push({ kind, turned })
  }
  const blocks = factors.map((factor, kind) =>
    blockOf(kind, factor.length / count, members[kind]!, width, joined(turnedRows[kind]!)),
  )
  if (rest > 0) {
    const moments = productsLeft(basis, outcome, out)
    blocks.push({ size: 1, count: rest, kind: factors.length, moments, rows: null })
  }
  return { blocks, structure: effectStructure(count, factors), people: out, factors }
}

function rowsOfEach(person: Uint32Array, people: number): Uint32Array[] {
  const sizes = new Uint32Array(people)
  for (let row = 0; row < person.length; row++) sizes[person[row]!]!++
  const lists = Array.from(sizes, (size) => new Uint32Array(size))
  sizes.fill(0)
  for (let row = 0; row < person.length; row++) {
    const who = person[row]!
    lists[who]![sizes[who]!++] = row
  }
  return lists
}

/** Gram–Schmidt of one person's Z; a column without a part of its own adds no direction. */
function turn(rows: Uint32Array, effects: readonly Float64Array[]) {
  const directions: Float64Array[] = []
  const shares: number[][] = []
  for (const effect of effects) {
    const column = gathered(effect, rows)
    const before = lengthOf(column)
    const share: number[] = directions.map(() => 0)
    for (let pass = 0; pass < 2; pass++) {
      directions.forEach((direction, d) => {
        let along = 0
        for (let i = 0; i < column.length; i++) along += direction[i]! * column[i]!
        share[d]! += along
        for (let i = 0; i < column.length; i++) column[i]! -= along * direction[i]!
      })
    }
    const length = lengthOf(column)
    if (length > 1e-9 * before) {
      directions.push(column.map((value) => value / length))
      share.push(length)
    }
    shares.push(share)
  }
  const factor = new Float64Array(directions.length * effects.length)
  shares.forEach((share, e) => {
    share.forEach((value, d) => {
      factor[d * effects.length + e] = value
    })
  })
  return { directions, factor }
}

function turnedRowsOf(
  rows: Uint32Array,
  directions: readonly Float64Array[],
  { q }: Orthonormal,
  outcome: Float64Array,
): Float64Array {
  const width = q.length + 1
  const out = new Float64Array(directions.length * width)
  for (let d = 0; d < directions.length; d++) {
    const direction = directions[d]!
    for (let j = 0; j < width; j++) {
      const column = j < q.length ? q[j]! : outcome
      let sum = 0
      for (let i = 0; i < rows.length; i++) sum += direction[i]! * column[rows[i]!]!
      out[d * width + j] = sum
    }
  }
  return out
}

/** WᵀW over all rows, less that of the turned ones: what is left to the residual variance alone. */
function productsLeft(
  { q }: Orthonormal,
  outcome: Float64Array,
  people: readonly { readonly turned: Float64Array }[],
): Float64Array {
  const width = q.length + 1
  const columns = [...q, outcome]
  const left = new Float64Array(width * width)
  columns.forEach((one, i) => {
    columns.forEach((other, j) => {
      let sum = 0
      for (let row = 0; row < one.length; row++) sum += one[row]! * other[row]!
      left[i * width + j] = sum
    })
  })
  for (const { turned } of people) {
    for (let at = 0; at < turned.length; at += width) {
      for (let i = 0; i < width; i++) {
        for (let j = 0; j < width; j++) left[i * width + j]! -= turned[at + i]! * turned[at + j]!
      }
    }
  }
  return left
}

function joined(parts: readonly Float64Array[]): Float64Array {
  const out = new Float64Array(parts.length * (parts[0]?.length ?? 0))
  parts.forEach((part, i) => {
    out.set(part, i * part.length)
  })
  return out
}

function lengthOf(column: Float64Array): number {
  let sum = 0
  for (let i = 0; i < column.length; i++) sum += column[i]! * column[i]!
  return Math.sqrt(sum)
}

function effectStructure(count: number, factors: readonly Float64Array[]): CovarianceStructure {
  const variance = (count * (count + 1)) / 2
  const listed = new Map<number, ReturnType<CovarianceStructure['derivatives']>>()
  return {
    count: variance + 1,
    triangle: count,
    permits(theta) {
      const g = new Float64Array(count * count)
      for (let i = 0; i < count; i++)
        for (let j = 0; j < count; j++) g[i * count + j] = theta[effectPlace(i, j)]!
      return theta[variance]! > 0 && choleskyInPlace(g, count)
    },
    covariance(theta, { kind, size }, out) {
      const factor = factors[kind]
      for (let a = 0; a < size; a++) {
        for (let b = 0; b < size; b++) {
          let sum = a === b ? theta[variance]! : 0
          for (let i = 0; factor && i < count; i++) {
            for (let j = 0; j < count; j++) {
              sum += factor[a * count + i]! * theta[effectPlace(i, j)]! * factor[b * count + j]!
            }
          }
          out[a * size + b] = sum
        }
      }
    },
    derivatives(_theta, { kind, size }) {
      const known = listed.get(kind)
      if (known) return known
      const factor = factors[kind]
      const terms = []
      for (let i = 0; factor && i < count; i++) {
        for (let j = 0; j <= i; j++) {
          const entries = entriesOf(size, (a, b) => {
            const one = factor[a * count + i]! * factor[b * count + j]!
            return i === j ? one : one + factor[a * count + j]! * factor[b * count + i]!
          })
          terms.push({ parameter: effectPlace(i, j), entries })
        }
      }
      terms.push({ parameter: variance, entries: entriesOf(size, (a, b) => (a === b ? 1 : 0)) })
      listed.set(kind, terms)
      return terms
    },
  }
}
