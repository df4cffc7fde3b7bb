import type { AccountId } from '../platform/ids.ts'
import type { InboxPlace } from './request-events.ts'

/** The views of the inbox in the order of their keys. Each has an address, so a coordinator keeps the ones they like. */
export const INBOX_VIEWS = [
  { id: 'open', words: 'All open' },
  { id: 'mine', words: 'Mine' },
  { id: 'nobody', words: "Nobody's" },
  { id: 'urgent', words: 'Urgent' },
  { id: 'overdue', words: 'Overdue' },
  { id: 'waiting', words: 'Waiting for a reply' },
  { id: 'aside', words: 'Set aside' },
  { id: 'decided', words: 'Decided' },
] as const
export type InboxView = (typeof INBOX_VIEWS)[number]['id']

/** @returns undefined for what is no view */
export function inboxView(text: string | null | undefined): InboxView | undefined {
  return INBOX_VIEWS.find((view) => view.id === text)?.id
}

/** What deciding whether a request belongs to a view needs. */
export type InViews = InboxPlace & {
  /** It speaks of danger and nobody has reached its sender. */
  readonly alarm: boolean
  readonly late: boolean
}

/**
 * Whether an open request stands in a view. Every open one stands in "All open" or "Set aside", and never in both: nothing
 * falls between the views.
 *
 * @param me whose inbox it is; undefined for a manager who looks
 */
export function standsIn(view: InboxView, request: InViews, me: AccountId | undefined): boolean {
  const { status, alarm, late } = request
  const aside = status.kind === 'set-aside'
  if (view === 'aside') return aside
  if (aside) return false
  switch (view) {
    case 'open':
      return true
    case 'mine':
      return me !== undefined && status.owner === me
    case 'nobody':
      return status.owner === undefined
    case 'urgent':
      return alarm
    case 'overdue':
      return late
    case 'waiting':
      return status.kind === 'in-hand' && status.triesWithoutReaching > 0
    case 'decided':
      return false
  }
}
