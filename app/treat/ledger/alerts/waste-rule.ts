import { adjustPValues, hypergeometricTails } from '@evenkeel/outcome-statistics'
import type { Instant } from '../../../platform/time.ts'
import { addMs, DAY_MS } from '../../../platform/time.ts'
import type { SessionId } from '../../session/session-event.ts'
import type { Movement } from '../movement.ts'
import { percentOf } from '../settings/setting-words.ts'
import {
  type AlertFacts,
  ascending,
  type LedgerAlert,
  LOOK_BACK_DAYS,
  nameOf,
  type RuleAnswer,
} from './alert.ts'

/** Nobody is compared, let alone named, on fewer sessions than this; nor with colleagues who have fewer together. A design default. */
const LEAST_SESSIONS = 10

/** Adjusted p from which a person stands in the alerts, and from which in red. Design defaults. */
const AMBER_P = 0.05
const RED_P = 0.002

/** What one session's syringe came to, once nothing is left in it. */
type SessionWaste = {
  readonly sessionId: SessionId
  /** Who drew; of several the one who drew most. */
  readonly by: string
  /** Wasted of what was drawn and not returned, 0 to 1. */
  readonly share: number
  readonly lastAt: Instant
}

/**
 * Waste unlike that of colleagues.
 *
 * A session counts as one with much waste when more than the clinic's `wasteShareAlert` of what was drawn (less what was returned;
 * in mg) was wasted. How many of a person's sessions of the last 90 days are such is held against all other people's sessions together
 * by Fisher's exact test, one-sided, since the colleagues' share is not known without error either. With several people the
 * p values are adjusted after Holm, so that chance names somebody in one of twenty looks at most. From an adjusted p of 0.05 on it is amber, from
 * 0.002 (the outer limit of a funnel) red. A session is of who drew for it; sessions still under way do not count.
 */
export function wasteRule(facts: AlertFacts): RuleAnswer {
  const sessions = sessionWastes(facts)
  if (sessions.length === 0) return { alerts: [] }
  const { wasteShareAlert } = facts.settings
  const limit = `${percentOf(wasteShareAlert)} %`
  const much = ({ share }: SessionWaste) => share > wasteShareAlert
  const muchAll = sessions.filter(much).length
  const byPerson = Map.groupBy(sessions, ({ by }) => by)
  const compared = ascending(byPerson.keys()).flatMap((account) => {
    const own = byPerson.get(account)!
    const others = sessions.length - own.length
    if (own.length < LEAST_SESSIONS || others < LEAST_SESSIONS) return []
    const ownMuch = own.filter(much)
    const bag = { marked: muchAll, unmarked: sessions.length - muchAll, drawn: own.length }
    const p = Math.min(1, hypergeometricTails(ownMuch.length - 1, bag).upper)
    return [{ account, own, ownMuch, others, p }]
  })
  if (compared.length === 0) {
    return {
      alerts: [],
      notJudged: [
        {
          words: `Waste by person: nobody is compared yet. It takes ${LEAST_SESSIONS} settled sessions of a person and ${LEAST_SESSIONS} of colleagues within ${LOOK_BACK_DAYS} days.`,
          aboutPeople: true,
        },
      ],
    }
  }
  const adjusted = adjustPValues(
    compared.map(({ p }) => p),
    'holm',
  )
  const alerts = compared.flatMap(({ account, own, ownMuch, others }, index): LedgerAlert[] => {
    const p = adjusted[index]!
    if (p > AMBER_P) return []
    const othersMuch = muchAll - ownMuch.length
    return [
      {
        code: 'waste-unlike-colleagues',
        key: `waste-unlike-colleagues ${account}`,
        severity: p <= RED_P ? 'red' : 'amber',
        title: `More sessions with much waste than colleagues: ${nameOf(facts, account)}`,
        detail: `In ${ownMuch.length} of ${own.length} sessions of the last ${LOOK_BACK_DAYS} days more than ${limit} of what was drawn was wasted; with colleagues in ${othersMuch} of ${others}. Chance alone would show as much in ${oddsInWords(p)}.`,
        todo: 'Look at these sessions first: doses that do not fit the vials, stops, broken vials. It is a question, not a finding.',
        since: ownMuch.map(({ lastAt }) => lastAt).sort()[0],
        ids: { accounts: [account], sessions: ascending(ownMuch.map(({ sessionId }) => sessionId)) },
      },
    ]
  })
  const usual = muchAll * 2 > sessions.length
  return {
    alerts,
    ...(usual
      ? {
          notJudged: [
            {
              words: `Waste by person: in ${muchAll} of ${sessions.length} sessions more than ${limit} of what was drawn was wasted. With that as the rule few can stand out; set a higher share, or look at how vials and doses fit.`,
              aboutPeople: true,
            },
          ],
        }
      : {}),
  }
}

/** @example oddsInWords(0.03) // 'at most 1 of 33 looks' */
function oddsInWords(p: number): string {
  return p < 0.0001
    ? 'fewer than 1 of 10,000 looks'
    : `at most 1 of ${Math.floor(1 / p).toLocaleString('en-US')} looks`
}

function sessionWastes({ movements, at }: AlertFacts): SessionWaste[] {
  const from = addMs(at, -LOOK_BACK_DAYS * DAY_MS)
  const bySession = Map.groupBy(
    movements.filter(
      (movement) => movement.sessionId !== undefined && movement.at >= from && movement.at <= at,
    ),
    ({ sessionId }) => sessionId!,
  )
  return [...bySession].flatMap(([sessionId, own]) => {
    let inSyringe = 0
    let drawn = 0
    let wasted = 0
    for (const { kind, from, to, micrograms } of own) {
      if (to.place.at === 'syringe') inSyringe += micrograms
      if (from.place.at === 'syringe') inSyringe -= micrograms
      if (kind === 'draw') drawn += micrograms
      if (kind === 'return') drawn -= micrograms
      if (kind === 'waste' && from.place.at === 'syringe') wasted += micrograms
      if (kind === 'waste-back') wasted -= micrograms
    }
    // Still under way, or drawn before the days that are looked at.
    if (inSyringe !== 0 || drawn <= 0) return []
    const lastAt = own
      .map((movement) => movement.at)
      .sort()
      .at(-1)!
    return [{ sessionId, by: whoDrewMost(own), share: wasted / drawn, lastAt }]
  })
}

function whoDrewMost(movements: readonly Movement[]): string {
  const drew = new Map<string, number>()
  for (const { kind, by, micrograms } of movements) {
    if (kind === 'draw') drew.set(by, (drew.get(by) ?? 0) + micrograms)
  }
  const [first] = [...drew].sort(([a, one], [b, other]) => other - one || (a < b ? -1 : 1))
  return first![0]
}
