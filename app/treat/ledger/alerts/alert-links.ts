import { addMs, DAY_MS, localDateOf, momentInWords } from '../../../platform/time.ts'
import type { MovementKind } from '../movement.ts'
import { type AlertFacts, type LedgerAlert, LOOK_BACK_DAYS, nameOf, RECENT_DAYS } from './alert.ts'

export type AlertLink = { readonly href: string; readonly label: string }

type LinkFacts = Pick<AlertFacts, 'at' | 'timeZone' | 'names' | 'counts' | 'doses' | 'lots'>

/**
 * Where the rows behind an alert are read: the card of its lot, the counts, the list of movements narrowed to it, or the diary of the
 * day on which the first visit lacks drug.
 */
export function alertLinks({ code, ids }: LedgerAlert, facts: LinkFacts): AlertLink[] {
  const { lots = [], accounts = [], counts = [], appointments = [] } = ids
  const people = (days: number, kind?: MovementKind) =>
    accounts.map((account) => ({
      href: movementsHref(facts, account, days, kind),
      label: `Movements of ${nameOf(facts, account)} within ${days} days${kind ? `: ${kind}` : ''}`,
    }))
  switch (code) {
    case 'stock-below-need':
      return diary(facts, appointments)
    case 'waste-unlike-colleagues':
      return people(LOOK_BACK_DAYS, 'waste')
    case 'same-witness':
      return people(LOOK_BACK_DAYS)
    case 'outside-hours':
      return people(RECENT_DAYS)
    case 'repeated-differences-lot':
    case 'repeated-differences-pair':
      return [...countsOf(facts, counts), ...lots.map((id) => lotCard(facts, id))]
    default:
      return lots.map((id) => lotCard(facts, id))
  }
}

function movementsHref(
  { at, timeZone }: LinkFacts,
  person: string,
  days: number,
  kind: MovementKind | undefined,
): string {
  const from = localDateOf(addMs(at, -days * DAY_MS), timeZone)
  return `/work/stock/ledger?${new URLSearchParams({ from, person, ...(kind ? { kind } : {}) })}`
}

function lotCard({ lots }: LinkFacts, id: string): AlertLink {
  const lot = lots.find((each) => each.id === id)
  return { href: `/work/stock/lots/${id}`, label: `Lot ${lot?.lotNumber ?? 'no longer known'}` }
}

function countsOf({ counts, timeZone }: LinkFacts, ids: readonly string[]): AlertLink[] {
  const links = new Map<string, string>()
  for (const { id, at } of counts) {
    // A count may say something of several vials.
    if (ids.includes(id)) links.set(id.split(' ')[0]!, momentInWords(at, timeZone))
  }
  return [...links].map(([id, when]) => ({ href: `/work/stock/counts/${id}`, label: `Count of ${when}` }))
}

function diary({ doses, timeZone }: LinkFacts, appointments: readonly string[]): AlertLink[] {
  const starts = doses.flatMap(({ appointmentId, startsAt }) =>
    appointments.includes(appointmentId) ? [startsAt] : [],
  )
  const [first] = starts.sort()
  if (first === undefined) return []
  const day = localDateOf(first, timeZone)
  return [{ href: `/work/schedule?view=week&day=${day}`, label: 'The diary from the first visit without' }]
}
