import type { Held } from './queue.ts'
import type { EntryAnswer, WaitingEntry } from './waiting-entry.ts'

/** Longer than any answer should take; after that it counts as lost and is sent again. */
const GIVE_UP_MS = 20_000

/** What became of sending: answers, nobody to take it for this account, or nothing heard. */
export type Sent =
  | { readonly answers: readonly EntryAnswer[] }
  | { readonly held: Held }
  | { readonly lost: true }

/**
 * Sends entries of one session and hears what became of each. Nothing heard means nothing known: they are sent again, and
 * the server passes over what it has.
 *
 * @param nowMs the tablet's clock as it sends; the server measures its offset by it
 */
export async function sendEntries(
  tablet: string,
  account: string,
  batch: readonly WaitingEntry[],
  nowMs: number,
): Promise<Sent> {
  const [first] = batch
  if (!first) return { answers: [] }
  const entries = batch.map(({ number, intent, fields, writtenMs, aheadMs }) => ({
    number,
    entry: { intent, fields, writtenMs, aheadMs },
  }))
  try {
    const response = await fetch(`/work/sessions/${first.sessionId}/entries`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', Accept: 'application/json' },
      body: JSON.stringify({ tablet, account, sentMs: nowMs, entries }),
      redirect: 'manual',
      signal: AbortSignal.timeout(GIVE_UP_MS),
    })
    if (response.ok) return (await response.json()) as { answers: EntryAnswer[] }
    if (response.status === 401 || response.type === 'opaqueredirect') return { held: 'signed-out' }
    if (response.status === 409) return { held: 'other-account' }
    if (response.status === 403) return { held: 'not-allowed' }
    if (response.status >= 500 || response.status === 408 || response.status === 429) return { lost: true }
    const why =
      response.status === 404
        ? 'The server knows no such session.'
        : 'The server did not understand this entry. Reload the page, then enter it again.'
    // One entry that cannot be read must not hold up the others: each is then sent alone.
    const refusing = response.status === 404 ? batch : batch.length === 1 ? batch : []
    if (refusing.length === 0) return sendEntries(tablet, account, batch.slice(0, 1), nowMs)
    return { answers: refusing.map(({ number }) => ({ number, answer: 'refused', why })) }
  } catch {
    return { lost: true }
  }
}
