import { HOLDS, type LotFacts, microgramsOf } from '../movement.ts'

/** A lot as its table says it now, with what its delivery brought beside: null where the table says nothing. */
export type LotAsItStands = LotFacts & {
  readonly supplier: string | null
  readonly invoice: string | null
  readonly gtin: string | null
}

/** A figure of a row that cannot be right, or a lot that no longer says what its delivery said. */
export type Finding =
  | {
      readonly kind: 'lot-differs'
      readonly seq: number
      readonly lotId: string
      readonly lotNumber: string
      /** The fields of the lot that are not what its delivery said, and what stands there now; all of them when the lot is gone. */
      readonly fields: readonly (keyof LotAsItStands)[]
    }
  | {
      readonly kind: 'mass-is-wrong'
      readonly seq: number
      readonly micrograms: number
      readonly shouldBe: number
    }
  | { readonly kind: 'below-zero'; readonly seq: number; readonly place: string; readonly hundredths: number }

const FIELD_END = '\u001F'

/** Where the number of a row begins: behind the hash before (64) and the clinic (36), each with its end. */
const SEQ_BEGINS = 102
/** An id and an instant with microseconds, each with its end. */
const ID_WIDTH = 37
const INSTANT_WIDTH = 28

/** How a side begins that holds drug. */
const HOLDING_SIDES = HOLDS.map((place) => place + FIELD_END)
const LOT_FIELDS: readonly (keyof LotFacts)[] = [
  'drug',
  'lotNumber',
  'form',
  'expiresOn',
  'strength',
  'containerMl',
]
const DELIVERY_FIELDS = ['supplier', 'invoice', 'gtin'] as const

/**
 * Looks at rows whose hashes are right, in order: whether lots are still what their deliveries said, milligrams fit millilitres,
 * and no place ever gives more than it holds. Memory grows with the places that hold something and with the people who got
 * something, about a tenth of what their rows take; nothing of the rows themselves is kept.
 *
 * @param lots as their table says them now, by id
 * @param most how many findings are kept; the rest is counted
 */
export function figuresCheck(lots: ReadonlyMap<string, LotAsItStands>, most = 20) {
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
    const delivery = deliveryIn(detail)
    const said = delivery.lot
    if (!said) return
    if (!strengths.has(lotId)) strengths.set(lotId, said.strength)
    const now = lots.get(lotId)
    const fields: (keyof LotAsItStands)[] = LOT_FIELDS.filter((field) => now?.[field] !== said[field])
    // What stood in the stock before the ledger says nothing of who brought it.
    fields.push(
      ...DELIVERY_FIELDS.filter(
        (field) => delivery[field] !== undefined && (now?.[field] ?? null) !== delivery[field],
      ),
    )
    if (fields.length === 0 || differing.has(lotId)) return
    differing.add(lotId)
    find({ kind: 'lot-differs', seq, lotId, lotNumber: said.lotNumber, fields })
  }

  return {
    /** @param hashed what the row's hash covers (`movementText` behind the hash before); the hash was found right */
    look(seq: number, hashed: string): void {
      const after = (at: number) => hashed.indexOf(FIELD_END, at) + 1
      const kindAt = after(SEQ_BEGINS) + 2 * ID_WIDTH
      const lotAt = after(kindAt) + 2 * INSTANT_WIDTH
      const fromAt = lotAt + ID_WIDTH
      const toAt = after(after(after(fromAt)))
      const hundredthsAt = after(after(after(toAt)))
      const microgramsAt = after(hundredthsAt)
      const lotId = hashed.slice(lotAt, fromAt - 1)
      const hundredths = Number.parseInt(hashed.slice(hundredthsAt, microgramsAt - 1), 10)
      const micrograms = Number.parseInt(hashed.slice(microgramsAt, after(microgramsAt) - 1), 10)
      if (hashed.startsWith('receive', kindAt)) {
        received(seq, lotId, hashed.slice(hashed.lastIndexOf(FIELD_END) + 1))
      }
      const strength = strengths.get(lotId) ?? lots.get(lotId)?.strength
      const shouldBe = strength === undefined ? micrograms : microgramsOf(hundredths, strength)
      if (shouldBe !== micrograms) find({ kind: 'mass-is-wrong', seq, micrograms, shouldBe })
      let places = sums.get(lotId)
      if (!places) {
        places = new Map()
        sums.set(ownText(lotId), places)
      }
      // A side is its place, what place, and which vial: three fields on end, taken as one key.
      const to = hashed.slice(toAt, hundredthsAt - 1)
      if (holds(to)) put(places, to, hundredths)
      const from = hashed.slice(fromAt, toAt - 1)
      if (!holds(from)) return
      const left = put(places, from, -hundredths)
      if (left < 0) {
        find({ kind: 'below-zero', seq, place: from.slice(0, from.indexOf(FIELD_END)), hundredths: left })
      }
    },

    end(): { readonly found: number; readonly findings: readonly Finding[] } {
      return { found, findings }
    },
  }
}

/** Adds to what a side holds. @returns what it holds then, in hundredths */
function put(places: Map<string, number>, side: string, change: number): number {
  const before = places.get(side)
  const sum = (before ?? 0) + change
  if (sum === 0) places.delete(side)
  else places.set(before === undefined ? ownText(side) : side, sum)
  return sum
}

function holds(side: string): boolean {
  return HOLDING_SIDES.some((place) => side.startsWith(place))
}

/** The same text in memory of its own: a part of a row would keep the whole row. */
function ownText(part: string): string {
  return ` ${part}`.slice(1)
}

type DeliveryDetail = { readonly lot?: LotFacts } & Partial<
  Pick<LotAsItStands, (typeof DELIVERY_FIELDS)[number]>
>

function deliveryIn(detail: string): DeliveryDetail {
  try {
    return JSON.parse(detail) as DeliveryDetail
  } catch {
    return {}
  }
}
