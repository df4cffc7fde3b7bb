import { addMs, DAY_MS, type Instant, momentInWords } from '../../../platform/time.ts'
import type { SessionId } from '../../session/session-event.ts'
import { type Movement, type MovementKind, ON_HAND } from '../movement.ts'
import { amountInWords, KIND_WORDS, placeInWords } from '../movement-words.ts'
import { isWorkingTime } from '../settings/ledger-settings.ts'
import {
  type AlertFacts,
  ascending,
  type LedgerAlert,
  nameOf,
  RECENT_DAYS,
  type RuleAnswer,
  type SessionSpan,
} from './alert.ts'

/** What leaves the books for good, so that nobody counts it again. */
const LEAVES: readonly MovementKind[] = ['waste', 'send-back', 'destroy', 'lose', 'adjust']

/** So many are named one by one. */
const NAMED = 3

/**
 * Stock moved outside the hours in which people work with it: by when it happened or by when it was written. What belongs to a session that was
 * under way when it happened is no such thing, however late the session runs, nor is what the ledger was opened with. One alert a person; red where
 * drug left the books without a witness.
 */
export function hoursRule(facts: AlertFacts): RuleAnswer {
  const spans = new Map(facts.sessions.map((span) => [span.id, span]))
  const whole = Map.groupBy(facts.movements, ({ actId }) => actId)
  const acts = [...Map.groupBy(outsideHours(facts, facts.movements), ({ actId }) => actId).values()]
    .map((movements) => movements.toSorted((a, b) => a.seq - b.seq))
    .filter(([first]) => !belongsToSession(whole.get(first!.actId)!, spans))
  const alerts = [...Map.groupBy(acts, ([first]) => first!.by)].map(([account, own]): LedgerAlert => {
    const ordered = own.toSorted(([a], [b]) => compare(a!.at, b!.at) || a!.seq - b!.seq)
    const all = ordered.flat()
    const alone = all.some(({ kind, witness }) => LEAVES.includes(kind) && witness === undefined)
    const named = ordered.slice(-NAMED).map(([first]) => actInWords(facts, first!))
    const more = ordered.length - named.length
    return {
      code: 'outside-hours',
      key: `outside-hours ${account}`,
      severity: alone ? 'red' : 'amber',
      title: `Stock moved outside working hours: ${nameOf(facts, account)}`,
      detail: `${ordered.length === 1 ? 'Once' : `${ordered.length} times`} within ${RECENT_DAYS} days, with no session under way${alone ? ', at least once out of the books without a witness' : ''}: ${named.join('; ')}${more > 0 ? `; and ${more} before` : ''}.`,
      todo: 'Ask what it was for. Where people do work at these hours, set the working hours so.',
      since: ordered[0]![0]!.at,
      ids: { accounts: [account], movements: ascending(all.map(({ id }) => id)) },
    }
  })
  return { alerts }
}

/** Movements of the last days that happened, or were written, outside the hours. */
export function outsideHours(
  { at, settings, timeZone }: Pick<AlertFacts, 'at' | 'settings' | 'timeZone'>,
  movements: readonly Movement[],
): Movement[] {
  const from = addMs(at, -RECENT_DAYS * DAY_MS)
  const outside = (instant: Instant) => !isWorkingTime(instant, settings.workingHours, timeZone)
  return movements.filter(
    (movement) =>
      movement.recordedAt >= from &&
      movement.recordedAt <= at &&
      movement.detail?.beforeTheLedger !== true &&
      (outside(movement.at) || outside(movement.recordedAt)),
  )
}

/** An act counts as the session's when any of its movements names one that was under way: a vial is opened for the draw beside it. */
function belongsToSession(act: readonly Movement[], spans: ReadonlyMap<SessionId, SessionSpan>): boolean {
  return act.some(({ sessionId, at }) => {
    const span = sessionId && spans.get(sessionId)
    return span !== undefined && span.from <= at && (span.to === undefined || at <= span.to)
  })
}

function actInWords({ lots, timeZone, settings, cabinets }: AlertFacts, first: Movement): string {
  const lot = lots.find(({ id }) => id === first.lotId)
  const amount = amountInWords(first.hundredths, lot?.form ?? 'vial')
  const { place } = first.from
  const where = ON_HAND.includes(place.at) ? ` in ${placeInWords(place, cabinets)}` : ''
  const late = isWorkingTime(first.at, settings.workingHours, timeZone)
    ? `, written ${momentInWords(first.recordedAt, timeZone)}`
    : ''
  return `${momentInWords(first.at, timeZone)}: ${KIND_WORDS[first.kind]}, ${amount} of lot ${lot?.lotNumber ?? 'not known'}${where}${late}`
}

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)
