import { useLoaderData } from 'react-router'
import { runCommand } from '../../platform/command.server.ts'
import { hrefIn, languageOf } from '../../platform/language.ts'
import { goTo, guardedAction, guardedLoader, type PageArgs } from '../../platform/page.server.ts'
import { addMs, DAY_MS, dayInWords } from '../../platform/time.ts'
import { Button, ButtonLink, FormActions, Notice, PageHead, TextField } from '../../ui/index.ts'
import { readForm, writeDraft } from '../ask-access.ts'
import { DRAFT_DAYS, discardDraft } from '../draft.server.ts'
import { forgetDraft } from '../draft-cookie.ts'
import { isStep, pageToContinue } from '../request-form.ts'
import { isSecure, openDraft } from '../visitor-draft.server.ts'
import { useWords } from '../words/use-words.ts'

export const loader = guardedLoader(readForm, async (page) => {
  const { secret, draft } = await openDraft(page)
  const at = page.url.searchParams.get('at') ?? undefined
  const language = languageOf(page.url.pathname)
  return {
    link:
      (page.services.config.publicUrl ?? page.url.origin) +
      hrefIn(language, `/request/resume/${secret.token}`),
    until: dayInWords(addMs(draft.savedAt, DRAFT_DAYS * DAY_MS), page.clinic.timeZone, language),
    back: isStep(at) ? `/request/${at}` : pageToContinue(draft.answers),
  }
})

export const action = guardedAction({
  forget: [writeDraft, async (page) => leave(page, 'forgotten')],
  discard: [
    writeDraft,
    async (page) => {
      const { secret } = await openDraft(page)
      await runCommand(page.services, page.actor, discardDraft, { tokenHash: secret.hash })
      return leave(page, 'discarded')
    },
  ],
})

const leave = (page: PageArgs, note: 'forgotten' | 'discarded') =>
  forgetDraft(goTo(hrefIn(languageOf(page.url.pathname), `/request?note=${note}`)), isSecure(page))

export default function RequestLater() {
  const { link, until, back } = useLoaderData<typeof loader>()
  const { words, to } = useWords()
  const { later } = words
  return (
    <>
      <title>{later.tab}</title>
      <PageHead title={later.title} lead={later.lead(until)} />
      <TextField name="link" label={later.link} hint={later.linkHint} readOnly defaultValue={link} />
      <Notice state="due" title={later.whoever}>
        <p>{later.keep}</p>
      </Notice>
      <FormActions>
        <ButtonLink href={to(back)}>{later.goOn}</ButtonLink>
      </FormActions>
      <form method="post">
        <FormActions>
          <Button kind="quiet" name="intent" value="forget">
            {later.forget}
          </Button>
          <Button kind="quiet" name="intent" value="discard">
            {later.discard}
          </Button>
        </FormActions>
      </form>
    </>
  )
}
