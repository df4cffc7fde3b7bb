import type { Instant, LocalDate } from '../../../platform/time.ts'
import type { LotId, SessionId } from '../../session/session-event.ts'
import type { LotForm } from '../lot-queries.server.ts'
import type { ContainerId, Movement, MovementId, StorePlace } from '../movement.ts'
import type { CabinetNames } from '../movement-words.ts'
import type { LedgerSettings } from '../settings/ledger-settings.ts'

/** What can be asked about a ledger. */
export const ALERT_CODES = [
  'lot-recalled',
  'stock-below-need',
  'waste-unlike-colleagues',
  'repeated-differences-lot',
  'repeated-differences-pair',
  'vial-open-too-long',
  'lot-expired',
  'lot-expires-soon',
  'outside-hours',
  'same-witness',
] as const
export type AlertCode = (typeof ALERT_CODES)[number]

/** A question that the ledger puts to people, with the figures behind it. Never a finding about anybody. */
export type LedgerAlert = {
  readonly code: AlertCode
  /** The same alert keeps its key from one look to the next. */
  readonly key: string
  readonly severity: 'amber' | 'red'
  /** One line. */
  readonly title: string
  /** The figures, in sentences. */
  readonly detail: string
  readonly todo: string
  /** Undefined where only now is known, not since when. */
  readonly since: Instant | undefined
  readonly ids: AlertIds
}

/** What an alert is about; each list ascending. */
export type AlertIds = {
  readonly lots?: readonly LotId[]
  readonly containers?: readonly ContainerId[]
  readonly movements?: readonly MovementId[]
  readonly sessions?: readonly SessionId[]
  readonly accounts?: readonly string[]
  readonly counts?: readonly string[]
  readonly appointments?: readonly string[]
}

/** A lot with what stands of it in the safe and in cabinets. */
export type LotOnHand = {
  readonly id: LotId
  readonly drug: string
  readonly lotNumber: string
  readonly form: LotForm
  /** mg per mL, or mg per unit. */
  readonly strength: number
  /** Hundredths of a mL in a sealed vial, 100 for a device or tablet. */
  readonly containerHundredths: number
  /** The last day on which it may be used. */
  readonly expiresOn: LocalDate
  /** Why its maker calls it back; undefined for every other lot. */
  readonly recalled: string | undefined
  readonly recalledAt: Instant | undefined
  readonly standing: readonly {
    readonly place: StorePlace
    readonly container?: ContainerId
    readonly hundredths: number
  }[]
}

/** A vial from the moment it was opened. */
export type OpenVial = {
  readonly id: ContainerId
  readonly lotId: LotId
  /** Counted within its lot, as it is written on it. */
  readonly number: number
  readonly openedAt: Instant
}

/** What was counted of a lot in one place: an opened vial, or all of the lot. */
export type CountedLot = {
  readonly id: string
  readonly at: Instant
  readonly lotId: LotId
  readonly container?: ContainerId
  readonly place: StorePlace
  readonly expectedHundredths: number
  readonly countedHundredths: number
  /** Accounts of those who counted. */
  readonly counters: readonly string[]
}

/** What one booked visit takes from the stock. */
export type NeededDose = {
  readonly appointmentId: string
  readonly startsAt: Instant
  /** Undefined where neither an order nor the protocol says it. */
  readonly need:
    | {
        readonly form: LotOnHand['form']
        readonly strength: number
        readonly hundredths: number
      }
    | undefined
}

/** From when to when a session was under way; still is without an end. */
export type SessionSpan = { readonly id: SessionId; readonly from: Instant; readonly to?: Instant }

/** Everything the rules look at. The order of each list does not matter. */
export type AlertFacts = {
  readonly at: Instant
  readonly timeZone: string
  readonly settings: LedgerSettings
  /** Of the last `LOOK_BACK_DAYS` days at least. */
  readonly movements: readonly Movement[]
  readonly lots: readonly LotOnHand[]
  readonly openVials: readonly OpenVial[]
  readonly counts: readonly CountedLot[]
  /** Sessions of movements outside working hours at least. */
  readonly sessions: readonly SessionSpan[]
  /** From the beginning of today; without those whose dose was drawn already. */
  readonly doses: readonly NeededDose[]
  readonly names: ReadonlyMap<string, string>
  readonly cabinets: CabinetNames
}

/** What a rule could not judge, in words. */
export type NotJudged = { readonly words: string; readonly aboutPeople: boolean }

export type RuleAnswer = {
  readonly alerts: readonly LedgerAlert[]
  readonly notJudged?: readonly NotJudged[]
}

/** How far back waste and witnesses are looked at, in days. A design default. */
export const LOOK_BACK_DAYS = 90
/** How far back differences of counts and movements outside hours are looked at, in days. A design default. */
export const RECENT_DAYS = 30

export function nameOf({ names }: Pick<AlertFacts, 'names'>, account: string): string {
  return names.get(account) ?? 'somebody no longer known'
}

/** @example lotInWords(lot) // 'lot L1 (Ketamine hydrochloride)' */
export function lotInWords({ lotNumber, drug }: Pick<LotOnHand, 'lotNumber' | 'drug'>): string {
  return `lot ${lotNumber} (${drug})`
}

/** What stands of a lot everywhere. */
export function onHand({ standing }: Pick<LotOnHand, 'standing'>): number {
  return standing.reduce((sum, { hundredths }) => sum + hundredths, 0)
}

export const ascending = <Text extends string>(ids: Iterable<Text>): Text[] => [...new Set(ids)].sort()

/** Several, joined as they are said. @example listInWords(['a', 'b', 'c']) // 'a, b and c' */
export function listInWords(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`
}
