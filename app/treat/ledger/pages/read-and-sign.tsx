import type { ReactNode } from 'react'
import {
  Button,
  ButtonLink,
  ErrorSummary,
  Fieldset,
  FormActions,
  Notice,
  PageHead,
  StepUpField,
  TextField,
} from '../../../ui/index.ts'
import type { ToRead } from '../signed-act.server.ts'
import { OwnWaitingNotice } from '../witness-request/own-waiting.tsx'

/**
 * The page between a form and the ledger: what will be recorded, in words, and who else signs it. Leaving it records nothing.
 *
 * @param leaveHref where somebody goes who does not record it
 * @param own whoever records it signs too, with their own password or passkey
 * @param elsewhere the button for a witness who signs on a device of their own
 */
export function ReadAndSign({
  read,
  leaveHref,
  breadcrumb,
  own = false,
  elsewhere,
}: {
  read: ToRead
  leaveHref: string
  breadcrumb?: ReactNode
  own?: boolean
  elsewhere?: ReactNode
}) {
  const asks = read.second === 'required'
  return (
    <>
      <PageHead
        breadcrumb={breadcrumb}
        title={asks ? 'Read together, then sign' : 'Read, then record'}
        lead={
          asks
            ? 'Nothing is recorded until the second person has signed. If they have to go, leave this page: nothing has happened.'
            : 'Nothing is recorded yet. Leave this page and nothing has happened.'
        }
      />
      <ErrorSummary
        errors={Object.entries(read.errors).map(([fieldId, message]) => ({ fieldId, message }))}
        title="Not recorded yet"
      />
      {read.changed && (
        <Notice state="due" announce="alert" title="Read this once more">
          <p>
            What stands here is not what was shown before, or that was too long ago. Nothing was recorded.
          </p>
        </Notice>
      )}
      <OwnWaitingNotice waiting={read.waiting} />
      <form method="post" noValidate className="act">
        {read.typed.map(([name, value], index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: what was typed is a fixed list and names may repeat
          <input key={index} type="hidden" name={name} value={value} />
        ))}
        <input type="hidden" name="asked" value={read.asked} />
        <input type="hidden" name="shown" value={read.shown} />
        <blockquote className="act-words">
          <p className="act-says">{read.says}</p>
          {read.why && <p>Note: {read.why}</p>}
        </blockquote>
        {read.remarks?.map((remark) => (
          <Notice key={remark} state="due" title={remark} />
        ))}
        {own && (
          <StepUpField
            label="Your own password, as your signature"
            error={read.errors.password}
            autoFocus={!hasErrors(read)}
          />
        )}
        {read.second !== 'none' && <SecondPerson read={read} asks={asks} first={!own} />}
        <FormActions>
          <Button name="intent" value="record" size="bedside" autoFocus={!asks && !own && !hasErrors(read)}>
            {asks ? 'Sign and record' : 'Record'}
          </Button>
          {/* After the button that Enter presses. */}
          {read.second !== 'none' && elsewhere}
          <Button name="intent" value="change" kind="quiet" size="bedside">
            Change it
          </Button>
          <ButtonLink href={leaveHref} kind="plain" size="bedside">
            Leave, nothing recorded
          </ButtonLink>
        </FormActions>
      </form>
    </>
  )
}

const hasErrors = ({ errors }: ToRead) => Object.keys(errors).length > 0

/** @param first nobody signs before them on this page */
function SecondPerson({ read, asks, first }: { read: ToRead; asks: boolean; first: boolean }) {
  const fields = (
    <Fieldset
      legend={asks ? 'The second person signs' : 'A second person signs too'}
      hint="A nurse, prescriber or manager who has seen it, with their own account: never yours."
    >
      <TextField
        name="secondEmail"
        label="Their e-mail address"
        type="email"
        width="medium"
        autoComplete="off"
        defaultValue={read.secondEmail}
        error={read.errors.secondEmail}
        autoFocus={asks && first && !hasErrors(read)}
      />
      <StepUpField second label="Their password" error={read.errors.secondPassword} />
    </Fieldset>
  )
  if (asks) return fields
  return (
    <details className="disclosure" open={hasErrors(read) || read.secondEmail !== ''}>
      <summary>A second person signs too</summary>
      {fields}
    </details>
  )
}
