import type { Id } from '../../platform/ids.ts'
import type { Instant, LocalDate } from '../../platform/time.ts'
import type { LotId, SessionId } from '../session/session-event.ts'

export type MovementId = Id<'ledger-movement'>
export type ContainerId = Id<'drug-container'>
export type CabinetId = Id<'drug-cabinet'>

/** What can hold a drug, or have taken it. A syringe is the drug drawn for one session, a patient the person of one session. */
export type Place =
  | StorePlace
  | SyringePlace
  | { readonly at: 'patient'; readonly id: SessionId }
  | { readonly at: 'supplier' | 'waste' | 'destroyed' | 'returned' | 'lost' | 'adjusted' }

export type PlaceKind = Place['at']

/** Where stock stands: what is drawn, counted and moved. */
export type StorePlace = { readonly at: 'safe' } | { readonly at: 'cabinet'; readonly id: CabinetId }
export type SyringePlace = { readonly at: 'syringe'; readonly id: SessionId }
export const SAFE: StorePlace = { at: 'safe' }

/** Whether stock stands there: the safe, or a cabinet. */
export function isStore(place: Place): place is StorePlace {
  return place.at === 'safe' || place.at === 'cabinet'
}

/** Where drug is on hand, in the order in which it is told. */
export const ON_HAND: readonly PlaceKind[] = ['safe', 'cabinet', 'syringe']

/** Places that hold drug: nothing more leaves them than stands there. Out of the others anything can be taken. */
export const HOLDS: readonly PlaceKind[] = [...ON_HAND, 'patient']

/** One side of a movement: a place, and the opened vial that stands there. Sealed stock has none. */
export type Side = { readonly place: Place; readonly container?: ContainerId }

/** Where something is taken out of: the safe or a cabinet, sealed or an opened vial, or the syringe of a session. */
export type TakenFrom = Side & { readonly place: StorePlace | SyringePlace }

/**
 * What a movement is. `take-back` sets right what the log of a session had called given, `waste-back` what the ledger had called
 * wasted; `adjust` is what a settled count says; `send-back` goes to the supplier or a reverse distributor.
 */
export type MovementKind =
  | 'receive'
  | 'open'
  | 'move'
  | 'draw'
  | 'give'
  | 'take-back'
  | 'waste'
  | 'waste-back'
  | 'return'
  | 'send-back'
  | 'destroy'
  | 'lose'
  | 'adjust'

/** What a movement says before it is written. */
export type PlannedMovement = {
  readonly id: MovementId
  readonly kind: MovementKind
  /** When it happened. */
  readonly at: Instant
  readonly lotId: LotId
  readonly from: Side
  readonly to: Side
  /** Hundredths of a mL of a vial's lot, or of a device or tablet: whole, above 0. */
  readonly hundredths: number
  readonly witness?: string
  readonly sessionId?: SessionId
  readonly reason: string
  /** What the kind asks beside: figures, codes and short words. */
  readonly detail?: Readonly<Record<string, unknown>>
}

/** A movement as it stands in the ledger. */
export type Movement = PlannedMovement & {
  readonly seq: number
  /** Movements of one act share it, such as a draw from two vials. */
  readonly actId: MovementId
  readonly recordedAt: Instant
  readonly micrograms: number
  readonly by: string
}

/** Which places each kind of movement joins. The database holds the same rule (`ledger_movement_kind`). */
export const JOINS: Readonly<
  Record<MovementKind, readonly { readonly from: readonly PlaceKind[]; readonly to: readonly PlaceKind[] }[]>
> = {
  receive: [{ from: ['supplier'], to: ['safe'] }],
  open: [{ from: ['safe', 'cabinet'], to: ['safe', 'cabinet'] }],
  move: [{ from: ['safe', 'cabinet'], to: ['safe', 'cabinet'] }],
  draw: [{ from: ['safe', 'cabinet'], to: ['syringe'] }],
  give: [{ from: ['syringe'], to: ['patient'] }],
  'take-back': [{ from: ['patient'], to: ['syringe'] }],
  waste: [{ from: ['safe', 'cabinet', 'syringe'], to: ['waste'] }],
  'waste-back': [{ from: ['waste'], to: ['syringe'] }],
  return: [{ from: ['syringe'], to: ['safe', 'cabinet'] }],
  'send-back': [{ from: ['safe', 'cabinet'], to: ['returned'] }],
  destroy: [{ from: ['safe', 'cabinet'], to: ['destroyed'] }],
  lose: [{ from: ['safe', 'cabinet', 'syringe'], to: ['lost'] }],
  adjust: [
    { from: ['safe', 'cabinet'], to: ['adjusted'] },
    { from: ['adjusted'], to: ['safe', 'cabinet'] },
  ],
}

/** Whether a kind may join these two sides. */
export function joins(kind: MovementKind, from: Side, to: Side): boolean {
  if (!JOINS[kind].some((pair) => pair.from.includes(from.place.at) && pair.to.includes(to.place.at))) {
    return false
  }
  const same = placeCode(from.place) === placeCode(to.place)
  const opens = from.container === undefined && to.container !== undefined
  if (kind === 'open') return same && opens
  if (kind === 'move') return !same && from.container === to.container
  return true
}

/**
 * Micrograms in so many hundredths: 0.01 mL at 1 mg/mL is 10 µg, and so is a hundredth of a unit of 1 mg. Whole for every
 * strength of at most one decimal, as vials have it; of what is not, a half is rounded up, as the database does it.
 *
 * @param strength mg per mL, or mg per unit, with at most four decimals
 * @example microgramsOf(104, 50) // 52000: 1.04 mL of 50 mg/mL is 52 mg
 */
export function microgramsOf(hundredths: number, strength: number): number {
  // Whole ten-thousandths of a mg: 0.35 is no exact number for a computer, and 3 × 0.35 × 10 would fall below its half.
  return Math.round((hundredths * Math.round(strength * 1e4)) / 1e3)
}

/** One word for a place, the same for the same place. */
export function placeCode(place: Place): string {
  return 'id' in place ? `${place.at}:${place.id}` : place.at
}

/** The same for a place with the opened vial that stands there. */
export function sideCode({ place, container }: Side): string {
  return `${placeCode(place)} ${container ?? ''}`
}

/** What stands somewhere of one lot: hundredths, never below 0 where drug can be held. */
export type Balance = {
  readonly lotId: LotId
  readonly place: Place
  readonly container?: ContainerId
  readonly hundredths: number
}

/**
 * What every place holds by these movements: the sum of what was put into it less what was taken out. The supplier's is
 * what came, below 0. Nothing stored is read; zero balances are left out.
 */
export function balancesOf(
  movements: readonly Pick<Movement, 'lotId' | 'from' | 'to' | 'hundredths'>[],
): Balance[] {
  const sums = new Map<string, Balance>()
  const put = (lotId: LotId, { place, container }: Side, change: number) => {
    const key = `${lotId} ${sideCode({ place, ...(container ? { container } : {}) })}`
    const hundredths = (sums.get(key)?.hundredths ?? 0) + change
    sums.set(key, { lotId, place, ...(container ? { container } : {}), hundredths })
  }
  for (const { lotId, from, to, hundredths } of movements) {
    put(lotId, from, -hundredths)
    put(lotId, to, hundredths)
  }
  return [...sums.values()].filter(({ hundredths }) => hundredths !== 0)
}

/**
 * What one side holds: a place without a container is its sealed stock alone.
 *
 * @param balances of one lot
 */
export function heldAt(balances: readonly Balance[], side: Side): number {
  const code = sideCode(side)
  return balances.reduce((sum, balance) => (sideCode(balance) === code ? sum + balance.hundredths : sum), 0)
}

/** What a movement puts into the sides that are meant, less what it takes out of them. */
export function changeOf(
  { from, to, hundredths }: Pick<Movement, 'from' | 'to' | 'hundredths'>,
  isMeant: (side: Side) => boolean,
): number {
  return (isMeant(to) ? hundredths : 0) - (isMeant(from) ? hundredths : 0)
}

/** Where stock stands, as drawing looks at it. */
export type DrawSource = {
  readonly place: StorePlace
  /** Set for an opened vial. */
  readonly container?: { readonly id: ContainerId; readonly number: number; readonly openedAt: Instant }
  readonly hundredths: number
}

/** One part of a draw: so much from an opened vial, or from a sealed one that is opened for it. */
export type DrawPart = {
  readonly place: StorePlace
  /** Left out where a sealed vial is opened. */
  readonly container?: ContainerId
  readonly hundredths: number
}

/**
 * From which vials an amount of one lot is drawn: opened ones first, the longest open first, in the order of places given; then
 * sealed ones, opened one at a time. Undefined where there is not enough.
 *
 * @param sources what stands of the lot; opened vials beyond their time left out by the caller
 * @param containerHundredths what a sealed vial holds
 */
export function planDraw(
  sources: readonly DrawSource[],
  hundredths: number,
  containerHundredths: number,
): readonly DrawPart[] | undefined {
  const parts: DrawPart[] = []
  let left = hundredths
  const opened = sources
    .flatMap(({ container, ...rest }) => (container ? { ...rest, container } : []))
    .toSorted(
      (a, b) =>
        compare(a.container.openedAt, b.container.openedAt) || a.container.number - b.container.number,
    )
  for (const { place, container, hundredths: holds } of opened) {
    const take = Math.min(left, holds)
    if (take > 0) parts.push({ place, container: container.id, hundredths: take })
    left -= take
  }
  for (const { place, hundredths: holds } of sources.filter(({ container }) => !container)) {
    let sealed = holds
    while (left > 0 && sealed > 0) {
      const take = Math.min(left, containerHundredths, sealed)
      parts.push({ place, hundredths: take })
      sealed -= Math.min(containerHundredths, sealed)
      left -= take
    }
  }
  return left === 0 ? parts : undefined
}

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)

/** What a lot says of itself in the movement that received it, so that the chain covers it. */
export type LotFacts = {
  readonly drug: string
  readonly lotNumber: string
  readonly form: 'vial' | 'nasal-device' | 'tablet'
  readonly expiresOn: LocalDate
  /** mg per mL, or mg per unit. */
  readonly strength: number
  readonly containerMl: number | null
}
