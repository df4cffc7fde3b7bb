import { runQuery } from '../../../platform/command.server.ts'
import { guardedScript, notFound } from '../../../platform/page.server.ts'
import { sessionIdOf } from '../../bedside/session-actions.server.ts'
import { sessionRecord } from '../../session/session-queries.server.ts'
import { recordSession } from '../../treat-access.ts'
import { takeEntries } from '../take-entries.server.ts'
import { sentEntries } from '../waiting-entry.ts'

/** Forty entries with every field full are far below this. */
const MOST_BYTES = 512 * 1024

/**
 * Takes the entries that a tablet kept while it had no network: `{ tablet, account, sentMs, entries: [{ number, entry }] }`,
 * answered `{ answers: [{ number, answer, why? }] }`. 401 signed out, 403 without the right, 404 no such session here, 409
 * written by another account, 400 and 413 not what a tablet sends.
 */
export const action = guardedScript('send', recordSession, async (page, text) => {
  const { services, actor, clinic } = page
  const id = sessionIdOf(page)
  const session = await runQuery(services, actor, ({ db }) => sessionRecord(db, clinic.id, id))
  if (!session || actor.kind !== 'member') notFound()
  if (text.length > MOST_BYTES) throw Response.json({ why: 'too-large' }, { status: 413 })
  const sent = sentEntries.safeParse(parsedJson(text))
  if (!sent.success) throw Response.json({ why: 'not-understood' }, { status: 400 })
  // What one person wrote is never put into the log as another's, whoever is signed in on the tablet by now.
  if (sent.data.account !== actor.accountId) {
    throw Response.json({ why: 'other-account' }, { status: 409 })
  }
  return Response.json({ answers: await takeEntries(page, id, sent.data) })
})

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
