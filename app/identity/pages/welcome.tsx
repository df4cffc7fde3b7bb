import { useActionData, useLoaderData } from 'react-router'
import * as z from 'zod'
import type { LinkBearer } from '../../platform/actor.ts'
import { runCommand, runQuery } from '../../platform/command.server.ts'
import { type FormAnswer, fieldErrors, formProblem, parseForm } from '../../platform/form.ts'
import { goTo, guardedAction, guardedLoader, type PageArgs } from '../../platform/page.server.ts'
import { Button, ButtonLink, ErrorSummary, FormActions, Notice, PageHead, TextField } from '../../ui/index.ts'
import { openWelcome } from '../identity-access.ts'
import { memberOfPerson, personById } from '../identity-queries.server.ts'
import { openPortalAccount } from '../open-portal-account.server.ts'
import { hashPassword, SHORTEST_PASSWORD } from '../password.server.ts'
import { sessionCookie } from '../session-cookie.ts'
import { actorOfLink, beginSession } from '../sign-in.server.ts'

const accountForm = z
  .object({
    email: z.email({ error: 'Enter an e-mail address, such as name@example.org.' }).max(254),
    password: z
      .string({ error: `Choose a password of ${SHORTEST_PASSWORD} characters or more.` })
      .min(SHORTEST_PASSWORD, `Choose a password of ${SHORTEST_PASSWORD} characters or more.`)
      .max(200, 'Please use 200 characters or fewer.'),
    again: z.string({ error: 'Enter the password once more.' }),
  })
  .refine((form) => form.password === form.again, { error: 'The two passwords differ.', path: ['again'] })

async function bearer({ services, params, clinic }: PageArgs): Promise<LinkBearer> {
  const token = params.token ?? ''
  const actor = await actorOfLink(services, token, 'portal')
  if (actor?.kind === 'link') return actor
  throw new Response(
    `This link does not work, or no longer does. Call us${clinic.phoneDisplay ? ` on ${clinic.phoneDisplay}` : ''} and we make a new one.`,
    { status: 404 },
  )
}

export const loader = guardedLoader(openWelcome, async (page) => {
  const actor = await bearer(page)
  return runQuery(page.services, actor, async ({ db }) => {
    const person = await personById(db, actor.clinicId, actor.personId)
    const account = await memberOfPerson(db, actor.clinicId, actor.personId)
    return {
      name: person?.displayName ?? '',
      email: person?.contact.email,
      hasAccount: account !== undefined,
    }
  })
})

export const action = guardedAction<FormAnswer | Response>({
  open: [
    openWelcome,
    async (page) => {
      const actor = await bearer(page)
      const parsed = parseForm(accountForm, page.form)
      if (!parsed.ok) return parsed.answer
      const passwordHash = await hashPassword(parsed.value.password)
      const outcome = await runCommand(page.services, actor, openPortalAccount, {
        email: parsed.value.email,
        passwordHash,
      })
      if (outcome.ok) {
        const secure = page.services.config.publicUrl?.startsWith('https://') ?? false
        return goTo('/portal', {
          'Set-Cookie': sessionCookie(await beginSession(page.services, outcome.value), secure),
        })
      }
      if (outcome.reason === 'email-in-use') {
        return formProblem(page.form, {
          email: 'This address cannot be used here. Please choose another one.',
        })
      }
      if (outcome.reason === 'has-account') return goTo('/sign-in')
      return formProblem(page.form, { form: 'This could not be done with this link. Please call us.' })
    },
  ],
})

export function meta() {
  return [{ title: 'Your portal' }, { name: 'robots', content: 'noindex' }]
}

export default function Welcome() {
  const { name, email, hasAccount } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const problem = answer && 'errors' in answer ? answer : undefined
  if (hasAccount) {
    return (
      <>
        <PageHead title={`Welcome, ${name}`} />
        <Notice state="calm" title="You have an account already.">
          <ButtonLink href="/sign-in?next=/portal">Sign in</ButtonLink>
        </Notice>
      </>
    )
  }
  return (
    <>
      <PageHead
        title={`Welcome, ${name}`}
        lead="Choose how you sign in. In your portal you find what comes next, your papers, your appointments and your check-ins."
      />
      <ErrorSummary errors={fieldErrors(problem)} />
      <form method="post" noValidate>
        <TextField
          name="email"
          label="E-mail address"
          type="email"
          autoComplete="username"
          width="medium"
          defaultValue={String(problem?.values.email ?? email ?? '')}
          error={problem?.errors.email}
        />
        <TextField
          name="password"
          label="Password"
          hint="Ten characters or more. A few words in a row are easy to remember."
          type="password"
          autoComplete="new-password"
          width="medium"
          error={problem?.errors.password}
        />
        <TextField
          name="again"
          label="The password once more"
          type="password"
          autoComplete="new-password"
          width="medium"
          error={problem?.errors.again}
        />
        <FormActions>
          <Button name="intent" value="open">
            Open my portal
          </Button>
        </FormActions>
      </form>
    </>
  )
}
