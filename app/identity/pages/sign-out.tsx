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
      return goTo('/sign-in?signed-out', {
        'Set-Cookie': endedSessionCookie(secure),
        // What a person left unsent on this device is not there for whoever uses it next.
        'Clear-Site-Data': '"storage"',
      })
    },
  ],
})

export async function loader() {
  throw goTo('/sign-in')
}
