import { momentInWords } from '../../../platform/time.ts'
import type { AlertCode, LedgerAlert } from './alert.ts'
import { type AlertLink, alertLinks } from './alert-links.ts'
import { type AlertLook, alertFactsText, lookThatHolds } from './alert-look.ts'
import type { ledgerAlerts } from './alert-rules.ts'

/** Alerts that name colleagues, and what could not be judged about them: for the manager alone. */
const ABOUT_PEOPLE: readonly AlertCode[] = [
  'waste-unlike-colleagues',
  'repeated-differences-pair',
  'outside-hours',
  'same-witness',
]

/** An alert as a page draws it. */
export type ShownAlert = Pick<LedgerAlert, 'key' | 'code' | 'severity' | 'title' | 'detail' | 'todo'> & {
  readonly since: { readonly at: string; readonly words: string } | undefined
  /** Where what it rests on is read. */
  readonly links: readonly AlertLink[]
  /** What it rests on, for noting that it was looked at. */
  readonly shown: string
  readonly looked: { readonly by: string; readonly when: string; readonly words: string } | undefined
}

/** What the alerts rest on, and who looked at them. */
export type ShownFacts = Parameters<typeof alertLinks>[1] & {
  readonly looks: readonly AlertLook[]
  readonly lookers: ReadonlyMap<string, string>
}

export type ShownAlerts = {
  readonly alerts: readonly ShownAlert[]
  /** In words, what the figures do not cover. */
  readonly notJudged: readonly string[]
}

/**
 * What somebody sees of the alerts. Questions about colleagues go to the manager; nobody else learns that there are any.
 *
 * @param mayReadPeople whether the reader is the one who looks into such questions
 */
export function shownAlerts(
  { alerts, notJudged }: ReturnType<typeof ledgerAlerts>,
  facts: ShownFacts,
  mayReadPeople: boolean,
): ShownAlerts {
  return {
    alerts: alerts
      .filter(({ code }) => mayReadPeople || !ABOUT_PEOPLE.includes(code))
      .map((alert) => {
        const { key, code, severity, title, detail, todo, since } = alert
        const look = lookThatHolds(alert, facts.looks, facts.at)
        return {
          key,
          code,
          severity,
          title,
          detail,
          todo,
          since: since && { at: since, words: momentInWords(since, facts.timeZone) },
          links: alertLinks(alert, facts),
          shown: alertFactsText(alert),
          looked: look && {
            by: facts.lookers.get(look.by) ?? 'somebody no longer known',
            when: momentInWords(look.at, facts.timeZone),
            words: look.words,
          },
        }
      }),
    notJudged: notJudged.filter(({ aboutPeople }) => mayReadPeople || !aboutPeople).map(({ words }) => words),
  }
}
