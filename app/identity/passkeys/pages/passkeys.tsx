import { useActionData, useLoaderData } from 'react-router'
import type { FormAnswer } from '../../../platform/form.ts'
import { fieldErrors } from '../../../platform/form.ts'
import { guardedAction, guardedLoader } from '../../../platform/page.server.ts'
import {
  Button,
  EmptyState,
  ErrorSummary,
  Facts,
  FormActions,
  Notice,
  PageHead,
  PasskeyOffer,
  Section,
  StepUpField,
  TextField,
} from '../../../ui/index.ts'
import { addPasskey, readPasskeys, removePasskey } from '../../identity-access.ts'
import { passkeysView, postAdd, postRemove } from '../passkeys-page.server.ts'

export const loader = guardedLoader(readPasskeys, passkeysView)

export const action = guardedAction<FormAnswer | Response>({
  add: [addPasskey, postAdd],
  remove: [removePasskey, postRemove],
})

export function meta() {
  return [{ title: 'Passkeys' }]
}

type View = Awaited<ReturnType<typeof passkeysView>>

export default function Passkeys() {
  const data = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const problem = answer && 'errors' in answer ? answer : undefined
  const removing = problem?.values.intent === 'remove' ? problem : undefined
  const asked = String(removing?.values.id ?? '')
  return (
    <>
      <PageHead
        title="Passkeys"
        lead="A passkey lets you sign in and sign with your finger, face or device PIN. Your password keeps working."
      />
      {data.done === 'added' && <Notice state="calm" announce="status" title="The passkey is added." />}
      {data.done === 'removed' && <Notice state="calm" announce="status" title="The passkey is removed." />}
      <ErrorSummary
        errors={fieldErrors(problem).map((one) =>
          removing && one.fieldId === 'password' ? { ...one, fieldId: `password-${asked}` } : one,
        )}
      />
      <Section title="Yours">
        {data.passkeys.length === 0 && <EmptyState title="None yet" />}
        {data.passkeys.map((one) => (
          <OwnPasskey key={one.id} passkey={one} problem={asked === one.id ? removing : undefined} />
        ))}
      </Section>
      <Section title="Add one">
        <AddForm problem={removing ? undefined : problem} possible={data.possible} />
      </Section>
    </>
  )
}

function OwnPasskey({
  passkey,
  problem,
}: {
  passkey: View['passkeys'][number]
  problem: FormAnswer | undefined
}) {
  return (
    <section className="passkey" aria-label={passkey.name}>
      <h3>{passkey.name}</h3>
      <Facts
        layout="columns"
        facts={[
          { term: 'Added', value: passkey.made },
          { term: 'Last used', value: passkey.used },
          ...(passkey.elsewhere ? [{ term: 'Works here', value: 'no, it was made at another address' }] : []),
        ]}
      />
      <details className="disclosure" open={problem !== undefined}>
        <summary>Remove {passkey.name}</summary>
        <form method="post" noValidate>
          <input type="hidden" name="intent" value="remove" />
          <input type="hidden" name="id" value={passkey.id} />
          <p>
            Nobody signs in or signs with it any more. What was signed stays. Remove it on the device as well.
          </p>
          <StepUpField id={`password-${passkey.id}`} label="Your password" error={problem?.errors.password} />
          <FormActions>
            <Button kind="danger">Remove</Button>
          </FormActions>
        </form>
      </details>
    </section>
  )
}

function AddForm({ problem, possible }: { problem: FormAnswer | undefined; possible: boolean }) {
  if (!possible) {
    return (
      <p>
        Browsers make passkeys only where the clinic is reached by name over https. At this address sign in
        with your password.
      </p>
    )
  }
  return (
    <form method="post" noValidate>
      <input type="hidden" name="intent" value="add" />
      <TextField
        name="name"
        label="Name of the device"
        hint="For example: own phone, key on the ring."
        width="medium"
        maxLength={60}
        autoComplete="off"
        defaultValue={String(problem?.values.name ?? '')}
        error={problem?.errors.name}
      />
      <TextField
        name="password"
        id="password-add"
        label="Your password"
        type="password"
        width="medium"
        autoComplete="current-password"
      />
      <PasskeyOffer purpose="register" kind="primary">
        Make a passkey
      </PasskeyOffer>
      <p className="passkey-none">This browser makes no passkeys, or runs no scripts.</p>
    </form>
  )
}
