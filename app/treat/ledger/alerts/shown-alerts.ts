import { momentInWords } from '../../../platform/time.ts'
import type { AlertCode, LedgerAlert } from './alert.ts'
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
  timeZone: string,
  mayReadPeople: boolean,
): ShownAlerts {
  return {
    alerts: alerts
      .filter(({ code }) => mayReadPeople || !ABOUT_PEOPLE.includes(code))
      .map(({ key, code, severity, title, detail, todo, since }) => ({
        key,
        code,
        severity,
        title,
        detail,
        todo,
        since: since && { at: since, words: momentInWords(since, timeZone) },
      })),
    notJudged: notJudged.filter(({ aboutPeople }) => mayReadPeople || !aboutPeople).map(({ words }) => words),
  }
}
