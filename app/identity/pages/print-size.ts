import { goTo, guardedAction } from '../../platform/page.server.ts'
import { backWithin, printCookie } from '../../platform/print-size.ts'
import { choosePrint } from '../identity-access.ts'

/** Larger or usual print on this device, then back to the page. */
export const action = guardedAction({
  print: [
    choosePrint,
    async ({ services, form }) => {
      const secure = services.config.publicUrl?.startsWith('https://') ?? false
      return goTo(backWithin(form.get('back')), {
        'Set-Cookie': printCookie(form.get('size') === 'large', secure),
      })
    },
  ],
})

export async function loader() {
  throw goTo('/')
}
