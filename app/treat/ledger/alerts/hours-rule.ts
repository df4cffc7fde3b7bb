import { addMs, DAY_MS, type Instant } from '../../../platform/time.ts'
import type { SessionId } from '../../session/session-event.ts'
import type { Movement, MovementKind } from '../movement.ts'
import { isWorkingTime } from '../settings/ledger-settings.ts'
import {
  type AlertFacts,
  amountInWords,
  ascending,
  type LedgerAlert,
  nameOf,
  placeInWords,
  RECENT_DAYS,
  type RuleAnswer,
  type SessionSpan,
  whenInWords,
} from './alert.ts'

const KIND_WORDS: Readonly<Record<MovementKind, string>> = {
  receive: 'taken in',
  open: 'opened',
  move: 'moved',
  draw: 'drawn',
  give: 'given',
  'take-back': 'set right as not given',
  waste: 'wasted',
  return: 'returned',
  'send-back': 'sent back',
  destroy: 'destroyed',
  lose: 'recorded as lost',
  adjust: 'adjusted after a count',
}

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
  const acts = [...Map.groupBy(outsideHours(facts, facts.movements), ({ actId }) => actId).values()]
    .map((movements) => movements.toSorted((a, b) => a.seq - b.seq))
    .filter((movements) => !belongsToSession(movements, facts.movements, spans))
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
function belongsToSession(
  act: readonly Movement[],
  all: readonly Movement[],
  spans: ReadonlyMap<SessionId, SessionSpan>,
): boolean {
  const actId = act[0]!.actId
  return all.some((movement) => {
    if (movement.actId !== actId || movement.sessionId === undefined) return false
    const span = spans.get(movement.sessionId)
    return span !== undefined && span.from <= movement.at && (span.to === undefined || movement.at <= span.to)
  })
}

function actInWords(facts: AlertFacts, first: Movement): string {
  const { lots, timeZone, settings } = facts
  const lot = lots.find(({ id }) => id === first.lotId)
  const amount = amountInWords(first.hundredths, lot?.form ?? 'vial')
  const place = ['safe', 'cabinet', 'syringe'].includes(first.from.place.at)
    ? ` from ${placeInWords(facts, first.from.place)}`
    : ''
  const late = isWorkingTime(first.at, settings.workingHours, timeZone)
    ? `, written ${whenInWords(facts, first.recordedAt)}`
    : ''
  return `${whenInWords(facts, first.at)}: ${amount} of lot ${lot?.lotNumber ?? 'not known'} ${KIND_WORDS[first.kind]}${place}${late}`
}

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)
