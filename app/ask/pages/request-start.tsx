import { useActionData, useLoaderData } from 'react-router'
import { newSecretToken } from '../../identity/index.server.ts'
import { phoneHref } from '../../platform/clinic-profile.ts'
import { runCommand } from '../../platform/command.server.ts'
import { formProblem } from '../../platform/form.ts'
import { hrefIn, languageOf } from '../../platform/language.ts'
import { goTo, guardedAction, guardedLoader, type PageArgs } from '../../platform/page.server.ts'
import { momentInWords } from '../../platform/time.ts'
import { Button, ButtonLink, FormActions, Notice, PageHead } from '../../ui/index.ts'
import { readForm, writeDraft } from '../ask-access.ts'
import { beginDraft, discardDraft } from '../draft.server.ts'
import { rememberDraft } from '../draft-cookie.ts'
import { keyOfForm, readOpening, signedOpening } from '../opening.server.ts'
import { pageToContinue } from '../request-form.ts'
import { countBeginning } from '../request-limits.server.ts'
import { carriedSecret, foundBySecret, isSecure, LOST, secretFrom } from '../visitor-draft.server.ts'
import type { RequestWords } from '../words/english.ts'
import { useWords } from '../words/use-words.ts'
import { wordsIn } from '../words/words-in.ts'

export const loader = guardedLoader(readForm, async (page) => {
  const { clinic, url } = page
  const secret = carriedSecret(page)
  const found = secret ? await foundBySecret(page, secret) : undefined
  const note = url.searchParams.get('note')
  const language = languageOf(url.pathname)
  const { token } = newSecretToken(clinic.id)
  return {
    token,
    opening: signedOpening(await keyOfForm(page), token, page.services.clock.now()),
    clinicName: clinic.name,
    phone: clinic.phoneDisplay,
    phoneLink: phoneHref(clinic.phoneDisplay),
    note:
      note !== null && Object.hasOwn(wordsIn.en.notes, note)
        ? (note as keyof RequestWords['notes'])
        : undefined,
    begun:
      found?.kind === 'draft'
        ? {
            href: pageToContinue(found.draft.answers),
            saved: momentInWords(found.draft.savedAt, clinic.timeZone, language),
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
  const { services, actor, clinic, form, url } = page
  const language = languageOf(url.pathname)
  if ((await countBeginning(page)) > 0) {
    return formProblem(form, { form: wordsIn[language].start.tooMany })
  }
  const offered = form.get('token')
  const secret =
    secretFrom(typeof offered === 'string' ? offered : undefined, clinic.id) ?? newSecretToken(clinic.id)
  const openedAt = readOpening(await keyOfForm(page), secret.token, form.get('opening'), services.clock.now())
  const begun = await runCommand(services, actor, beginDraft, { tokenHash: secret.hash, openedAt })
  if (!begun.ok) return goTo(hrefIn(language, LOST))
  return rememberDraft(goTo(hrefIn(language, '/request/who')), secret.token, isSecure(page))
}

export const action = guardedAction({
  begin: [
    writeDraft,
    async (page) => {
      const carried = carriedSecret(page)
      const found = carried ? await foundBySecret(page, carried) : undefined
      if (found?.kind !== 'draft') return begin(page)
      return goTo(hrefIn(languageOf(page.url.pathname), pageToContinue(found.draft.answers)))
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

export default function RequestStart() {
  const { words, to } = useWords()
  const { start } = words
  const { token, opening, clinicName, phone, phoneLink, note, begun, sent } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const problem = answer && 'errors' in answer ? answer.errors.form : undefined
  return (
    <>
      <title>{start.tab(clinicName)}</title>
      <meta name="description" content={start.lead} />
      <PageHead title={start.title} lead={start.lead} />
      {problem && (
        <Notice state="due" announce="alert" title={problem}>
          <p>{start.nothingLost}</p>
        </Notice>
      )}
      {note && !begun && (
        <Notice state="calm" announce="status" title={words.notes[note].title}>
          <p>{words.notes[note].text}</p>
        </Notice>
      )}
      {begun && (
        <Notice state="due" title={start.begun}>
          <p>{start.saved(begun.saved)}</p>
        </Notice>
      )}
      {sent && (
        <Notice state="calm" title={start.sent(sent.reference)}>
          <p>
            <a href={to(sent.href)}>{start.see}</a>
          </p>
        </Notice>
      )}
      <div className="prose">
        <ul>
          {start.points.map((point) => (
            <li key={point}>{point}</li>
          ))}
        </ul>
        <p>
          <strong>{start.unwatched}</strong> {start.cannotWait} <a href="tel:988">988</a>
          {start.or} <a href="tel:911">911</a> {start.inEmergency}
        </p>
      </div>
      <form method="post">
        <input type="hidden" name="token" value={token} />
        <input type="hidden" name="opening" value={opening} />
        <FormActions>
          {begun ? (
            <>
              <ButtonLink href={to(begun.href)}>{start.goOn}</ButtonLink>
              <Button kind="quiet" name="intent" value="restart">
                {start.restart}
              </Button>
            </>
          ) : (
            <Button name="intent" value="begin">
              {sent ? start.beginAnother : start.begin}
            </Button>
          )}
          {phoneLink && (
            <ButtonLink kind="quiet" href={phoneLink}>
              {start.call(phone)}
            </ButtonLink>
          )}
        </FormActions>
      </form>
      <div className="prose">
        <p>
          {start.askedBefore} <a href="/request/state">{start.seeState}</a>
        </p>
      </div>
    </>
  )
}
