import { useLoaderData } from 'react-router'
import { runCommand } from '../../platform/command.server.ts'
import { goTo, guardedAction, guardedLoader } from '../../platform/page.server.ts'
import { addMs, DAY_MS, dayInWords } from '../../platform/time.ts'
import { Button, ButtonLink, FormActions, Notice, PageHead, TextField } from '../../ui/index.ts'
import { readForm, writeDraft } from '../ask-access.ts'
import { DRAFT_DAYS, discardDraft } from '../draft.server.ts'
import { endedDraftCookie } from '../draft-cookie.ts'
import { isStep, pageToContinue } from '../request-form.ts'
import { isSecure, openDraft } from '../visitor-draft.server.ts'

export const loader = guardedLoader(readForm, async (page) => {
  const { secret, draft } = await openDraft(page)
  const at = page.url.searchParams.get('at') ?? undefined
  return {
    link: `${page.services.config.publicUrl ?? page.url.origin}/request/resume/${secret.token}`,
    until: dayInWords(addMs(draft.savedAt, DRAFT_DAYS * DAY_MS), page.clinic.timeZone),
    back: isStep(at) ? `/request/${at}` : pageToContinue(draft.answers),
  }
})

export const action = guardedAction({
  forget: [writeDraft, async (page) => goTo('/request?note=forgotten', ended(isSecure(page)))],
  discard: [
    writeDraft,
    async (page) => {
      const { secret } = await openDraft(page)
      await runCommand(page.services, page.actor, discardDraft, { tokenHash: secret.hash })
      return goTo('/request?note=discarded', ended(isSecure(page)))
    },
  ],
})

const ended = (secure: boolean) => ({ 'Set-Cookie': endedDraftCookie(secure) })

export default function RequestLater() {
  const { link, until, back } = useLoaderData<typeof loader>()
  return (
    <>
      <title>Finish later – Request</title>
      <PageHead
        title="Finish later"
        lead={`What you wrote is saved until ${until}. Nothing has been sent.`}
      />
      <TextField
        name="link"
        label="The link to your form"
        hint="Copy it or bookmark it. On this device you can also just come back while the browser stays open."
        readOnly
        defaultValue={link}
      />
      <Notice state="due" title="Whoever has this link can read what you wrote.">
        <p>Keep it where only you look.</p>
      </Notice>
      <FormActions>
        <ButtonLink href={back}>Go on now</ButtonLink>
      </FormActions>
      <form method="post">
        <FormActions>
          <Button kind="quiet" name="intent" value="forget">
            Forget it on this device, keep the link
          </Button>
          <Button kind="quiet" name="intent" value="discard">
            Remove everything I wrote
          </Button>
        </FormActions>
      </form>
    </>
  )
}
