import { useActionData, useLoaderData } from 'react-router'
import * as z from 'zod'
import type { Member } from '../../platform/actor.ts'
import { type FormAnswer, fieldErrors, parseForm } from '../../platform/form.ts'
import { goTo, guardedAction, guardedLoader } from '../../platform/page.server.ts'
import type { Services } from '../../platform/services.server.ts'
import { firstPage } from '../../rooms.ts'
import {
  Button,
  ErrorSummary,
  FormActions,
  Notice,
  PageHead,
  PasskeyOffer,
  TextField,
} from '../../ui/index.ts'
import { openSignIn, signIn } from '../identity-access.ts'
import { signInWithPassword } from '../index.server.ts'
import { signInWithPasskey } from '../passkeys/sign-in-with-passkey.server.ts'
import { sessionCookie } from '../session-cookie.ts'

const signInForm = z.object({
  email: z.email({ error: 'Enter the e-mail address of your account, such as name@example.org.' }),
  password: z.string({ error: 'Enter your password.' }).max(200, 'This is longer than any password here.'),
  next: z.string().optional(),
})

/** Only a path of our own is followed after signing in. */
function safeNext(next: string | undefined | null): string | undefined {
  return next && /^\/(?!\/|\\)[\w\-/?=&.%:]*$/.test(next) ? next : undefined
}

export const loader = guardedLoader(openSignIn, async ({ url, clinic }) => ({
  next: safeNext(url.searchParams.get('next')),
  signedOff: url.searchParams.has('signed-out'),
  demonstration: clinic.demonstration,
}))

function goIn(services: Services, result: { cookie: string; actor: Member }, next: string | undefined) {
  const secure = services.config.publicUrl?.startsWith('https://') ?? false
  return goTo(safeNext(next) ?? firstPage(result.actor.roles), {
    'Set-Cookie': sessionCookie(result.cookie, secure),
  })
}

export const action = guardedAction<FormAnswer | Response>({
  'sign-in': [
    signIn,
    async ({ services, clinic, form, address }) => {
      const parsed = parseForm(signInForm, form)
      if (!parsed.ok) return parsed.answer
      const result = await signInWithPassword(services, clinic.id, {
        email: parsed.value.email,
        password: parsed.value.password,
        address,
      })
      if (!result.ok) {
        const message =
          result.reason === 'slowed'
            ? `Too many tries. Please wait ${Math.ceil(result.waitMs / 60_000)} minutes and try again.`
            : 'This e-mail address and password do not belong together. Check both and try again.'
        return {
          errors: { form: message },
          values: { email: parsed.value.email, next: parsed.value.next ?? '' },
        }
      }
      return goIn(services, result, parsed.value.next)
    },
  ],
  passkey: [
    signIn,
    async (page) => {
      const next = String(page.form.get('next') ?? '')
      const result = await signInWithPasskey(page)
      if (result.ok) return goIn(page.services, result, next)
      const message =
        result.reason === 'slowed'
          ? `Too many tries. Please wait ${Math.ceil(result.waitMs / 60_000)} minutes and try again.`
          : 'This passkey opens no account here. Sign in with your e-mail address and password.'
      return { errors: { form: message }, values: { next } }
    },
  ],
})

export function meta() {
  return [{ title: 'Sign in' }, { name: 'robots', content: 'noindex' }]
}

export default function SignIn() {
  const { next, signedOff, demonstration } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const problem = answer && 'errors' in answer ? answer : undefined
  return (
    <>
      <PageHead title="Sign in" lead="For patients and for people who work here." />
      {signedOff && <Notice state="calm" announce="status" title="You are signed out." />}
      <ErrorSummary errors={fieldErrors(problem)} />
      <form method="post" noValidate>
        <input type="hidden" name="intent" value="sign-in" />
        <input type="hidden" name="next" value={next ?? ''} />
        <TextField
          name="email"
          label="E-mail address"
          type="email"
          autoComplete="username"
          width="medium"
          defaultValue={String(problem?.values.email ?? '')}
          error={problem?.errors.email}
        />
        <TextField
          name="password"
          label="Password"
          type="password"
          width="medium"
          autoComplete="current-password"
          error={problem?.errors.password}
        />
        <FormActions>
          <Button type="submit">Sign in</Button>
        </FormActions>
      </form>
      <form method="post" className="sign-in-passkey">
        <input type="hidden" name="intent" value="passkey" />
        <input type="hidden" name="next" value={next ?? ''} />
        <PasskeyOffer purpose="sign-in">Sign in with a passkey</PasskeyOffer>
      </form>
      {demonstration && (
        <p>
          This is a demonstration. The terminal in which it was started names the people you can sign in as.
        </p>
      )}
    </>
  )
}
