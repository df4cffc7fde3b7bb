import {
  addDays,
  addMs,
  dateInWords,
  daysBetween,
  HOUR_MS,
  type Instant,
  instantAt,
  localDateOf,
  momentInWords,
} from '../../../platform/time.ts'
import { amountInWords, placeInWords } from '../movement-words.ts'
import { SOON_DAYS } from '../standing-stock.ts'
import {
  type AlertFacts,
  ascending,
  type LedgerAlert,
  type LotOnHand,
  listInWords,
  lotInWords,
  onHand,
  type RuleAnswer,
} from './alert.ts'

/** Lots on hand that are called back, expired or soon will be, and opened vials with drug in them beyond their hours. */
export function lotRule(facts: AlertFacts): RuleAnswer {
  return {
    alerts: facts.lots
      .filter((lot) => onHand(lot) > 0)
      .flatMap((lot) => [...lotAlert(facts, lot), ...vialAlerts(facts, lot)]),
  }
}

function lotAlert(facts: AlertFacts, lot: LotOnHand): LedgerAlert[] {
  const left = amountInWords(onHand(lot), lot.form)
  const where = listInWords(ascending(lot.standing.map(({ place }) => placeInWords(place, facts.cabinets))))
  const about = { ids: { lots: [lot.id] } }
  if (lot.recalled !== undefined) {
    return [
      {
        ...about,
        code: 'lot-recalled',
        key: `lot-recalled ${lot.id}`,
        severity: 'red',
        title: `Called back and still here: ${lotInWords(lot)}`,
        detail: `${left} in ${where}. Why: ${lot.recalled}`,
        todo: 'Lock it away from what is used, and send it back as the recall says. Nothing can be drawn from it.',
        since: lot.recalledAt,
      },
    ]
  }
  const today = localDateOf(facts.at, facts.timeZone)
  const days = daysBetween(today, lot.expiresOn)
  if (days < 0) {
    return [
      {
        ...about,
        code: 'lot-expired',
        key: `lot-expired ${lot.id}`,
        severity: 'amber',
        title: `Expired and still here: ${lotInWords(lot)}`,
        detail: `${left} in ${where}; usable through ${dateInWords(lot.expiresOn)}.`,
        todo: 'Keep it apart and send it to a reverse distributor, or have it destroyed. Nothing can be drawn from it.',
        since: startOfDay(facts, addDays(lot.expiresOn, 1)),
      },
    ]
  }
  if (days > SOON_DAYS) return []
  const inDays = days === 0 ? 'today is the last day' : days === 1 ? '1 day left' : `${days} days left`
  return [
    {
      ...about,
      code: 'lot-expires-soon',
      key: `lot-expires-soon ${lot.id}`,
      severity: 'amber',
      title: `Expires soon: ${lotInWords(lot)}`,
      detail: `${left} in ${where}; usable through ${dateInWords(lot.expiresOn)}, ${inDays}.`,
      todo: 'Use it before the others.',
      since: startOfDay(facts, addDays(lot.expiresOn, -SOON_DAYS)),
    },
  ]
}

function vialAlerts(facts: AlertFacts, lot: LotOnHand): LedgerAlert[] {
  const { openedVialHours } = facts.settings
  return lot.standing.flatMap(({ place, container, hundredths }): LedgerAlert[] => {
    const vial = facts.openVials.find(({ id }) => id === container)
    if (!vial || hundredths <= 0) return []
    const until = addMs(vial.openedAt, openedVialHours * HOUR_MS)
    if (facts.at <= until) return []
    return [
      {
        code: 'vial-open-too-long',
        key: `vial-open-too-long ${vial.id}`,
        severity: 'amber',
        title: `Open for too long: vial ${vial.number} of ${lotInWords(lot)}`,
        detail: `${amountInWords(hundredths, lot.form)} in ${placeInWords(place, facts.cabinets)}; opened ${momentInWords(vial.openedAt, facts.timeZone)}, to be drawn from for ${openedVialHours === 1 ? '1 hour' : `${openedVialHours} hours`}.`,
        todo: 'Waste what is in it, with a witness where the clinic asks for one. Nothing more can be drawn from it.',
        since: until,
        ids: { lots: [lot.id], containers: [vial.id] },
      },
    ]
  })
}

const startOfDay = ({ timeZone }: AlertFacts, day: LotOnHand['expiresOn']): Instant =>
  instantAt(day, '00:00', timeZone)
