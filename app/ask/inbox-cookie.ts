import type { AccountId } from '../platform/ids.ts'
import { type InboxView, inboxView } from './inbox-views.ts'

const nameFor = (account: AccountId) => `ek_inbox_${account.replace(/\W/g, '').slice(-12)}`
const YEAR_S = 31_536_000

/**
 * Remembers on this device with which view a member's inbox begins. It holds the view's name and nothing of a request; who
 * shares the device has a cookie of their own.
 */
export function inboxCookie(account: AccountId, view: InboxView, secure: boolean): string {
  return `${nameFor(account)}=${view}; Path=/work/requests; HttpOnly; SameSite=Lax; Max-Age=${YEAR_S}${secure ? '; Secure' : ''}`
}

/** @returns undefined when nothing was kept, or what was kept is no view any more */
export function keptInboxView(header: string | null, account: AccountId): InboxView | undefined {
  for (const part of (header ?? '').split(';')) {
    const [name, value] = part.trim().split('=')
    if (name === nameFor(account)) return inboxView(value)
  }
  return undefined
}
