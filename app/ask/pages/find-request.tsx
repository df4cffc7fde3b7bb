import { useActionData, useLoaderData } from 'react-router'
import * as z from 'zod'
import { phoneHref } from '../../platform/clinic-profile.ts'
import { runCommand } from '../../platform/command.server.ts'
import { type FormAnswer, fieldErrors, formProblem, parseForm } from '../../platform/form.ts'
import { goTo, guardedAction, guardedLoader } from '../../platform/page.server.ts'
import { Button, ErrorSummary, FormActions, PageHead, TextField } from '../../ui/index.ts'
import { findState, readForm } from '../ask-access.ts'
import { openStateByReference } from '../find-state.server.ts'
import { countLooking, uncountLooking } from '../request-limits.server.ts'
import askCss from './ask.css?url'
import { WayBack } from './way-back.tsx'

export function links() {
  return [{ rel: 'stylesheet', href: askCss }]
}

export const loader = guardedLoader(readForm, async ({ clinic }) => ({
  phone: clinic.phoneDisplay,
  phoneLink: phoneHref(clinic.phoneDisplay),
}))

const whichForm = z.object({
  reference: z
    .string({ error: 'Give the reference. It has eight letters and figures, such as AB12-CD34.' })
    .max(40, 'The reference has eight letters and figures, such as AB12-CD34.'),
  known: z
    .string({ error: 'Give the e-mail address or the telephone number that you gave us.' })
    .max(254, 'This is too long for an e-mail address or a telephone number.'),
})

/** One answer for every wrong one: it does not say whether there is such a reference. */
const NOT_FOUND =
  'We found nothing with this reference and this address or number. Compare both once more, or call us.'

export const action = guardedAction<FormAnswer | Response>({
  find: [
    findState,
    async (page) => {
      const parsed = parseForm(whichForm, page.form)
      if (!parsed.ok) return parsed.answer
      if ((await countLooking(page, parsed.value.reference)) > 0) {
        return formProblem(page.form, {
          form: 'This was tried very often. Please wait an hour, or call us and say the reference.',
        })
      }
      const found = await runCommand(page.services, page.actor, openStateByReference, parsed.value)
      if (!found.ok) return formProblem(page.form, { reference: NOT_FOUND })
      await uncountLooking(page, parsed.value.reference)
      return goTo(`/request/state/${found.value.token}`)
    },
  ],
})

export default function FindRequest() {
  const { phone, phoneLink } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const problem = answer && 'errors' in answer ? answer : undefined
  const typed = (name: string) => {
    const value = problem?.values[name]
    return typeof value === 'string' ? value : undefined
  }
  return (
    <>
      <title>Where my request stands</title>
      <PageHead
        title="Where your request stands"
        lead="With your reference, and the e-mail address or telephone number that you gave us. The page says nothing of what you wrote."
      />
      <ErrorSummary errors={fieldErrors(problem)} />
      <form method="post" noValidate>
        <TextField
          name="reference"
          label="Reference"
          hint="Eight letters and figures, such as AB12-CD34."
          autoComplete="off"
          width="medium"
          defaultValue={typed('reference')}
          error={problem?.errors.reference}
        />
        <TextField
          name="known"
          label="Your e-mail address or telephone number"
          hint="One that you gave us with the request."
          autoComplete="off"
          width="medium"
          defaultValue={typed('known')}
          error={problem?.errors.known}
        />
        <FormActions>
          <Button name="intent" value="find">
            Show where it stands
          </Button>
        </FormActions>
      </form>
      {phoneLink && (
        <p className="after-form">
          You have lost the reference? Call <a href={phoneLink}>{phone}</a>.
        </p>
      )}
      <WayBack href="/request" />
    </>
  )
}
