import { addMs, DAY_MS, dayInWords, HOUR_MS, type Instant, localDateOf } from '../../../platform/time.ts'
import { amountInWords, countInWords } from '../movement-words.ts'
import type { LedgerSettings } from '../settings/ledger-settings.ts'
import {
  type AlertFacts,
  ascending,
  type LedgerAlert,
  type LotOnHand,
  type NeededDose,
  type RuleAnswer,
} from './alert.ts'

/** A visit that lacks drug within so many days is red. A design default. */
const RED_WITHIN_DAYS = 2

type KnownDose = NeededDose & { readonly need: NonNullable<NeededDose['need']> }

/** What is in one vial or one unit as the rule takes from it. */
type Portion = { readonly lot: LotOnHand; readonly hundredths: number; readonly openedAt?: Instant }

/**
 * Stock below what the booked visits of the next `needDays` days take. The visits are gone through by time, each takes from lots of its form and
 * strength that are not called back and still in date on its day, first to expire first: from opened vials as long as the clinic's settings let
 * them be drawn from, then from sealed ones. A vial for one person only is gone with what is left in it, so whole vials count, not mL. A visit that cannot be served
 * takes nothing. Visits whose dose nobody knows yet are counted and told, and never taken as 0.
 */
export function needRule(facts: AlertFacts): RuleAnswer {
  const { at, timeZone, settings } = facts
  const until = addMs(at, settings.needDays * DAY_MS)
  const visits = facts.doses
    .filter(({ startsAt }) => startsAt <= until)
    .toSorted((a, b) => compare(a.startsAt, b.startsAt) || compare(a.appointmentId, b.appointmentId))
  const known = visits.filter((visit): visit is KnownDose => visit.need !== undefined)
  const unknown = visits.length - known.length
  const unknownWords =
    unknown === 0
      ? undefined
      : `${unknown} of ${visits.length} booked visits of the next ${settings.needDays} days ${unknown === 1 ? 'has' : 'have'} no dose that is known yet (no order in force): what ${unknown === 1 ? 'it takes' : 'they take'} comes on top.`
  const alerts: LedgerAlert[] = []
  for (const [kind, doses] of Map.groupBy(known, ({ need }) => `${need.form} ${need.strength}`)) {
    const { form, strength } = doses[0]!.need
    const lots = facts.lots.filter(
      (lot) => lot.form === form && lot.strength === strength && lot.recalled === undefined,
    )
    const short = notServed(doses, lots, facts)
    const [first] = short
    if (!first) continue
    const today = localDateOf(at, timeZone)
    const usable = lots.filter((lot) => lot.expiresOn >= today)
    const stands = usable.reduce((sum, lot) => sum + drawable(lot, facts), 0)
    const needed = doses.reduce((sum, { need }) => sum + need.hundredths, 0)
    alerts.push({
      code: 'stock-below-need',
      key: `stock-below-need ${kind}`,
      severity: first.startsAt <= addMs(at, RED_WITHIN_DAYS * DAY_MS) ? 'red' : 'amber',
      title: `Not enough for the booked visits: ${kindInWords(form, strength)}`,
      detail: [
        `The next ${settings.needDays} days take ${amountInWords(needed, form)} for ${countInWords(doses.length, 'visit', 'visits')}; ${amountInWords(stands, form)} can be drawn. It lasts for ${doses.length - short.length} of ${doses.length}; the first without is on ${dayInWords(first.startsAt, timeZone)}.`,
        ...(form === 'vial' ? [restInWords(settings)] : []),
        ...(unknownWords ? [unknownWords] : []),
      ].join(' '),
      todo: 'Order more, or move the visits that lack it.',
      since: undefined,
      ids: {
        lots: ascending(usable.map(({ id }) => id)),
        appointments: ascending(short.map(({ appointmentId }) => appointmentId)),
      },
    })
  }
  return {
    alerts,
    ...(unknownWords
      ? { notJudged: [{ words: `Stock for booked visits: ${unknownWords}`, aboutPeople: false }] }
      : {}),
  }
}

/** The visits that the lots cannot serve, by time. */
function notServed(doses: readonly KnownDose[], lots: readonly LotOnHand[], facts: AlertFacts): KnownDose[] {
  const inTurn = lots.toSorted((a, b) => compare(a.expiresOn, b.expiresOn) || compare(a.id, b.id))
  let sealed = inTurn.flatMap((lot) => portionsOf(lot))
  let open = inTurn
    .flatMap((lot) => openPortions(lot, facts))
    .sort((a, b) => compare(a.openedAt ?? '', b.openedAt ?? '') || a.hundredths - b.hundredths)
  const short: KnownDose[] = []
  for (const dose of doses) {
    // A visit of today that is late is served now.
    const at = dose.startsAt < facts.at ? facts.at : dose.startsAt
    const day = localDateOf(at, facts.timeZone)
    let left = dose.need.hundredths
    const take = (portion: Portion): Portion[] => {
      if (left === 0 || portion.lot.expiresOn < day || !mayDraw(portion, at, facts.settings)) return [portion]
      const taken = Math.min(left, portion.hundredths)
      left -= taken
      const rest = portion.hundredths - taken
      return rest === 0 ? [] : [{ ...portion, hundredths: rest, openedAt: portion.openedAt ?? at }]
    }
    const openAfter = open.flatMap(take)
    const sealedAfter = sealed.flatMap(take)
    if (left > 0) {
      short.push(dose)
      continue
    }
    sealed = sealedAfter.filter(({ openedAt }) => openedAt === undefined)
    open = [...openAfter, ...sealedAfter.filter(({ openedAt }) => openedAt !== undefined)]
  }
  return short
}

/** Sealed vials one by one; what is no whole number of them is a smaller one at the end. */
function portionsOf(lot: LotOnHand): Portion[] {
  return lot.standing
    .filter(({ container }) => container === undefined)
    .flatMap(({ hundredths }) => {
      const whole = Math.floor(hundredths / lot.containerHundredths)
      const rest = hundredths - whole * lot.containerHundredths
      return [
        ...Array.from({ length: whole }, () => ({ lot, hundredths: lot.containerHundredths })),
        ...(rest > 0 ? [{ lot, hundredths: rest }] : []),
      ]
    })
    .sort((a, b) => b.hundredths - a.hundredths)
}

function openPortions(lot: LotOnHand, { openVials }: AlertFacts): Portion[] {
  return lot.standing.flatMap(({ container, hundredths }) => {
    const vial = container && openVials.find(({ id }) => id === container)
    return vial ? [{ lot, hundredths, openedAt: vial.openedAt }] : []
  })
}

function mayDraw(
  { openedAt, lot }: Portion,
  at: Instant,
  { vialForOnePersonOnly, openedVialHours }: LedgerSettings,
): boolean {
  if (openedAt === undefined || lot.form !== 'vial') return true
  return !vialForOnePersonOnly && at <= addMs(openedAt, openedVialHours * HOUR_MS)
}

/** What of a lot may be drawn now. */
function drawable(lot: LotOnHand, facts: AlertFacts): number {
  return [...portionsOf(lot), ...openPortions(lot, facts)]
    .filter((portion) => mayDraw(portion, facts.at, facts.settings))
    .reduce((sum, { hundredths }) => sum + hundredths, 0)
}

/** Why mL that stand there do not serve every visit they would be enough for. */
function restInWords({ vialForOnePersonOnly, openedVialHours }: LedgerSettings): string {
  return vialForOnePersonOnly
    ? 'A vial is for one person only here: what is left in one serves nobody else.'
    : `What is left in an opened vial counts for ${countInWords(openedVialHours, 'hour', 'hours')}.`
}

function kindInWords(form: LotOnHand['form'], strength: number): string {
  if (form === 'vial') return `vials of ${strength} mg/mL`
  return `${form === 'tablet' ? 'tablets' : 'spray devices'} of ${strength} mg`
}

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)
