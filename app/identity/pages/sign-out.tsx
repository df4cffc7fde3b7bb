import { goTo, guardedAction } from '../../platform/page.server.ts'
import { signOut } from '../identity-access.ts'
import { endSession } from '../index.server.ts'
import { endedSessionCookie, readSessionCookie } from '../session-cookie.ts'

export const action = guardedAction({
  'sign-out': [
    signOut,
    async ({ services, request }) => {
      const cookie = readSessionCookie(request.headers.get('cookie'))
      if (cookie) await endSession(services, cookie)
      const secure = services.config.publicUrl?.startsWith('https://') ?? false
      const answer = goTo('/sign-in?signed-out', { 'Set-Cookie': endedSessionCookie(secure) })
      if (/(^|; )evenkeel-waiting=/.test(request.headers.get('cookie') ?? '')) {
        // Entries of a session wait on this tablet: they stay, bound to who wrote them; its worker hands out no page.
        answer.headers.append(
          'Set-Cookie',
          'evenkeel-waiting=signed-out; Max-Age=2592000; Path=/; SameSite=Lax',
        )
      } else {
        // What a person left unsent on this device is not there for whoever uses it next.
        answer.headers.set('Clear-Site-Data', '"storage"')
      }
      return answer
    },
  ],
})

export async function loader() {
  throw goTo('/sign-in')
}
