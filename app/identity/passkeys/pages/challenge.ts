import { goTo, guardedAction, type PageArgs } from '../../../platform/page.server.ts'
import { addPasskey, beginPasskey, beginPasskeySignIn } from '../../identity-access.ts'
import { answerChallenge } from '../challenge-page.server.ts'

const asked = (purpose: Parameters<typeof answerChallenge>[1]) => (page: PageArgs & { form: FormData }) =>
  answerChallenge(page, purpose)

/** What the browser's script asks before it turns to an authenticator; answers JSON and shows no page. */
export const action = guardedAction({
  'sign-in': [beginPasskeySignIn, asked('sign-in')],
  sign: [beginPasskey, asked('sign')],
  'sign-second': [beginPasskey, asked('sign-second')],
  register: [addPasskey, asked('register')],
})

export async function loader() {
  throw goTo('/')
}
