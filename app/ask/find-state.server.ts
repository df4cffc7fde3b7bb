import { newSecretToken } from '../identity/index.server.ts'
import type { Command, Needs } from '../platform/command.server.ts'
import { done, refused } from '../platform/outcome.ts'
import { findState } from './ask-access.ts'
import { requestByReference } from './ask-queries.server.ts'
import { insertLink } from './link-queries.server.ts'
import { emailKey, phoneKey, type RequestAnswers, type RequestId, readReference } from './request.ts'

/**
 * Opens the state of a request for somebody who has lost its link: they know the reference, and the e-mail address or telephone
 * number they gave. The answer is the same whether there is no such request or the contact is another.
 *
 * @param known an e-mail address or telephone number, as typed
 * @returns the secret of a further link
 */
export const openStateByReference: Command<
  { readonly reference: string; readonly known: string },
  { readonly token: string },
  'no-such-request'
> = {
  action: findState,
  async run(needs, { reference, known }) {
    const request = await requestByReference(needs.db, needs.actor.clinicId, readReference(reference))
    if (!request || !isTheirs(request.answers, known)) return refused('no-such-request')
    const token = await makeStateLink(needs, request.id)
    needs.audit.write(findState.id, { object: 'request', objectId: request.id })
    return done({ token })
  },
}

/** Part of a command: a further link to the state of a request. @returns its secret, which is kept nowhere */
export async function makeStateLink(
  { db, at, actor }: Pick<Needs, 'db' | 'at' | 'actor'>,
  requestId: RequestId,
): Promise<string> {
  const { token, hash } = newSecretToken(actor.clinicId)
  await insertLink(db, actor.clinicId, { tokenHash: hash, requestId, at })
  return token
}

/** Whether what somebody typed is the e-mail address or telephone number of a request. */
export function isTheirs(answers: Pick<RequestAnswers, 'email' | 'phone'>, known: string): boolean {
  const [email, phone] = [emailKey(known), phoneKey(known)]
  return (
    (email !== undefined && email === emailKey(answers.email)) ||
    (phone !== undefined && phone === phoneKey(answers.phone))
  )
}
