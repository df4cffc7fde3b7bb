import { useActionData, useLoaderData } from 'react-router'
import { newSecretToken } from '../../identity/index.server.ts'
import { phoneHref } from '../../platform/clinic-profile.ts'
import { runCommand } from '../../platform/command.server.ts'
import { formProblem } from '../../platform/form.ts'
import { goTo, guardedAction, guardedLoader, type PageArgs } from '../../platform/page.server.ts'
import { momentInWords } from '../../platform/time.ts'
import { Button, ButtonLink, FormActions, Notice, PageHead } from '../../ui/index.ts'
import { readForm, writeDraft } from '../ask-access.ts'
import { beginDraft, discardDraft } from '../draft.server.ts'
import { draftCookie } from '../draft-cookie.ts'
import { pageToContinue } from '../request-form.ts'
import { countBeginning } from '../request-limits.server.ts'
import { carriedSecret, foundBySecret, isSecure, LOST, secretFrom } from '../visitor-draft.server.ts'

export const loader = guardedLoader(readForm, async (page) => {
  const { clinic, url } = page
  const secret = carriedSecret(page)
  const found = secret ? await foundBySecret(page, secret) : undefined
  const note = url.searchParams.get('note')
  return {
    token: newSecretToken(clinic.id).token,
    clinicName: clinic.name,
    phone: clinic.phoneDisplay,
    phoneLink: phoneHref(clinic.phoneDisplay),
    note: note !== null && note in notes ? notes[note as keyof typeof notes] : undefined,
    begun:
      found?.kind === 'draft'
        ? {
            href: pageToContinue(found.draft.answers),
            saved: momentInWords(found.draft.savedAt, clinic.timeZone),
          }
        : undefined,
    sent:
      found?.kind === 'sent' && secret
        ? { reference: found.request.reference, href: `/request/state/${secret.token}` }
        : undefined,
  }
})

/** Begins with the secret the page was made with, so that a second click begins nothing new. */
async function begin(
  page: PageArgs & { form: FormData },
): Promise<Response | ReturnType<typeof formProblem>> {
  const { services, actor, clinic, form } = page
  if ((await countBeginning(page)) > 0) {
    return formProblem(form, {
      form: 'Many requests were begun from this connection. Please wait an hour, or call us.',
    })
  }
  const offered = form.get('token')
  const secret =
    secretFrom(typeof offered === 'string' ? offered : undefined, clinic.id) ?? newSecretToken(clinic.id)
  const begun = await runCommand(services, actor, beginDraft, { tokenHash: secret.hash })
  if (!begun.ok) return goTo(LOST)
  return goTo('/request/who', { 'Set-Cookie': draftCookie(secret.token, isSecure(page)) })
}

export const action = guardedAction({
  begin: [
    writeDraft,
    async (page) => {
      const carried = carriedSecret(page)
      const found = carried ? await foundBySecret(page, carried) : undefined
      return found?.kind === 'draft' ? goTo(pageToContinue(found.draft.answers)) : begin(page)
    },
  ],
  restart: [
    writeDraft,
    async (page) => {
      const carried = carriedSecret(page)
      if (carried) await runCommand(page.services, page.actor, discardDraft, { tokenHash: carried.hash })
      return begin(page)
    },
  ],
})

const notes = {
  lost: {
    title: 'There is no form to go on with on this device.',
    text: 'It may have been sent or removed, or your browser keeps no cookies. If you saved the link to your form, open it. Otherwise begin here.',
  },
  discarded: { title: 'Your answers were removed.', text: 'Nothing of them is kept.' },
  forgotten: {
    title: 'This device has forgotten your form.',
    text: 'You can go on with it for two weeks by the link you saved.',
  },
}

export default function RequestStart() {
  const { token, clinicName, phone, phoneLink, note, begun, sent } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const problem = answer && 'errors' in answer ? answer.errors.form : undefined
  return (
    <>
      <title>{`Request a first conversation – ${clinicName}`}</title>
      <PageHead
        title="Request a first conversation"
        lead="Tell us a little, and how to reach you. We call or write back, and look together whether treatment here could be right."
      />
      {problem && (
        <Notice state="due" announce="alert" title={problem}>
          <p>Nothing you wrote was lost.</p>
        </Notice>
      )}
      {note && !begun && (
        <Notice state="calm" announce="status" title={note.title}>
          <p>{note.text}</p>
        </Notice>
      )}
      {begun && (
        <Notice state="due" title="You have begun a request on this device.">
          <p>Saved {begun.saved}.</p>
        </Notice>
      )}
      {sent && (
        <Notice state="calm" title={`You have sent request ${sent.reference} from this device.`}>
          <p>
            <a href={sent.href}>See where it stands</a>
          </p>
        </Notice>
      )}
      <div className="prose">
        <ul>
          <li>Six short pages, about four minutes. No account. A nickname is enough.</li>
          <li>Each page is saved as you go. You can stop and come back by a link.</li>
          <li>Only the people here who answer requests read it.</li>
          <li>
            Asking commits you to nothing, and we promise nothing. Ketamine is not right for everyone; one
            page says for whom it is not.
          </li>
        </ul>
        <p>
          <strong>Nobody watches this form as you write.</strong> If you cannot wait, call or text{' '}
          <a href="tel:988">988</a>, or <a href="tel:911">911</a> in an emergency.
        </p>
      </div>
      <form method="post">
        <input type="hidden" name="token" value={token} />
        <FormActions>
          {begun ? (
            <>
              <ButtonLink href={begun.href}>Go on where you stopped</ButtonLink>
              <Button kind="quiet" name="intent" value="restart">
                Remove it and begin again
              </Button>
            </>
          ) : (
            <Button name="intent" value="begin">
              {sent ? 'Begin another request' : 'Begin'}
            </Button>
          )}
          {phoneLink && (
            <ButtonLink kind="quiet" href={phoneLink}>
              Call {phone} instead
            </ButtonLink>
          )}
        </FormActions>
      </form>
    </>
  )
}
