import { type LotFacts, microgramsOf } from '../movement.ts'

/** A figure of a row that cannot be right, or a lot that no longer says what its delivery said. */
export type Finding =
  | {
      readonly kind: 'lot-differs'
      readonly seq: number
      readonly lotId: string
      readonly lotNumber: string
      /** The fields of the lot that are not what its delivery said, and what stands there now; all of them when the lot is gone. */
      readonly fields: readonly (keyof LotFacts)[]
    }
  | {
      readonly kind: 'mass-is-wrong'
      readonly seq: number
      readonly micrograms: number
      readonly shouldBe: number
    }
  | { readonly kind: 'below-zero'; readonly seq: number; readonly place: string; readonly hundredths: number }

/** The places of a movement's text, by number of the field (`movementText`). */
const LOT = 7
const FROM = 8
const TO = 11
const HUNDREDTHS = 14
const MICROGRAMS = 15
const KIND = 4
const DETAIL = 20

/** Places from which nothing can be taken that is not there. */
const HOLDS = new Set(['safe', 'cabinet', 'syringe', 'patient'])
const LOT_FIELDS: readonly (keyof LotFacts)[] = [
  'drug',
  'lotNumber',
  'form',
  'expiresOn',
  'strength',
  'containerMl',
]

/**
 * Looks at rows whose hashes are right, in order: whether lots are still what their deliveries said, milligrams fit millilitres,
 * and no place ever gives more than it holds. Memory grows with the places that hold something, not with the rows.
 *
 * @param lots as their table says them now, by id
 * @param most how many findings are kept; the rest is counted
 */
export function figuresCheck(lots: ReadonlyMap<string, LotFacts>, most = 20) {
  const findings: Finding[] = []
  let found = 0
  const strengths = new Map<string, number>()
  const differing = new Set<string>()
  const sums = new Map<string, Map<string, number>>()

  function find(finding: Finding): void {
    found += 1
    if (findings.length < most) findings.push(finding)
  }

  function received(seq: number, lotId: string, detail: string): void {
    const said = lotIn(detail)
    if (!said) return
    if (!strengths.has(lotId)) strengths.set(lotId, said.strength)
    const now = lots.get(lotId)
    const fields = LOT_FIELDS.filter((field) => now?.[field] !== said[field])
    if (fields.length === 0 || differing.has(lotId)) return
    differing.add(lotId)
    find({ kind: 'lot-differs', seq, lotId, lotNumber: said.lotNumber, fields })
  }

  return {
    /** @param fields of a row's text, parted */
    look(seq: number, fields: readonly string[]): void {
      const lotId = fields[LOT]!
      const hundredths = Number(fields[HUNDREDTHS])
      if (fields[KIND] === 'receive') received(seq, lotId, fields[DETAIL]!)
      const strength = strengths.get(lotId) ?? lots.get(lotId)?.strength
      const shouldBe = strength === undefined ? undefined : microgramsOf(hundredths, strength)
      if (shouldBe !== undefined && shouldBe !== Number(fields[MICROGRAMS])) {
        find({ kind: 'mass-is-wrong', seq, micrograms: Number(fields[MICROGRAMS]), shouldBe })
      }
      let places = sums.get(lotId)
      if (!places) {
        places = new Map()
        sums.set(lotId, places)
      }
      put(places, fields, TO, hundredths)
      const left = put(places, fields, FROM, -hundredths)
      if (left < 0) find({ kind: 'below-zero', seq, place: fields[FROM]!, hundredths: left })
    },

    end(): { readonly found: number; readonly findings: readonly Finding[] } {
      return { found, findings }
    },
  }
}

/** Adds to what a side of a movement holds. @returns what it holds then, in hundredths; 0 where nothing is held */
function put(places: Map<string, number>, fields: readonly string[], side: number, change: number): number {
  if (!HOLDS.has(fields[side]!)) return 0
  const key =
    fields[side + 2] || fields[side + 1]
      ? `${fields[side]} ${fields[side + 1]} ${fields[side + 2]}`
      : fields[side]!
  const sum = (places.get(key) ?? 0) + change
  if (sum === 0) places.delete(key)
  else places.set(key, sum)
  return sum
}

function lotIn(detail: string): LotFacts | undefined {
  try {
    return (JSON.parse(detail) as { readonly lot?: LotFacts }).lot
  } catch {
    return undefined
  }
}
