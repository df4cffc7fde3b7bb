import { expect, it } from 'vitest'
import type { ClinicId, Id } from '../platform/ids.ts'
import { parseInstant } from '../platform/time.ts'
import { outboxRow } from './outbox-row.server.ts'

const at = parseInstant('2026-11-22T15:00:00.000Z')
const held = {
  clinic_id: 'c' as ClinicId,
  id: 'm' as Id<'mail'>,
  dedupe_key: 'k',
  to_address: 'robin@post.local',
  subject: 'The next step',
  body: 'https://clinic.local/intake/secret',
  planned_at: at,
  sent_at: null,
  handing_over_at: null,
  last_error: null,
}

it.each([
  ['held', held, false, true, 'held: no mail server is set'],
  ['waiting', held, true, false, 'waiting'],
  ['failing', { ...held, last_error: 'ETIMEDOUT' }, true, false, 'not sent yet: ETIMEDOUT'],
  ['given up', { ...held, last_error: 'never: no such address' }, true, false, 'not sent: no such address'],
  [
    'in doubt',
    { ...held, handing_over_at: at, last_error: 'never: it is not known whether it went out' },
    true,
    false,
    'not known whether it went out, not sent again',
  ],
  ['on its way', { ...held, handing_over_at: at }, true, false, 'being handed over since '],
  ['sent', { ...held, sent_at: at }, true, false, 'sent '],
  ['sent, before the mail server was taken away', { ...held, sent_at: at }, false, false, 'sent '],
] as const)('a message that is %s', (_case, mail, sending, shown, state) => {
  const row = outboxRow(mail, sending, 'America/New_York')
  expect(row.subject).toBe('The next step')
  expect(row.body).toBe(shown ? mail.body : undefined)
  expect(row.state).toMatch(new RegExp(`^${state}`))
})
