import { useLoaderData } from 'react-router'
import { hrefIn, languageOf } from '../../platform/language.ts'
import { goTo, guardedAction, guardedLoader, type PageArgs } from '../../platform/page.server.ts'
import { momentInWords } from '../../platform/time.ts'
import { Button, ButtonLink, FormActions, PageHead } from '../../ui/index.ts'
import { readForm } from '../ask-access.ts'
import { rememberDraft } from '../draft-cookie.ts'
import { pageToContinue } from '../request-form.ts'
import { foundBySecret, isSecure, secretFrom } from '../visitor-draft.server.ts'
import { useWords } from '../words/use-words.ts'

async function found(page: PageArgs) {
  const secret = secretFrom(page.params.token, page.clinic.id)
  const what = secret ? await foundBySecret(page, secret) : undefined
  if (secret && what?.kind === 'sent') {
    throw goTo(hrefIn(languageOf(page.url.pathname), `/request/state/${secret.token}`))
  }
  return secret && what?.kind === 'draft' ? { secret, draft: what.draft } : undefined
}

/** Shows nothing of what was written: the link alone may have been opened by a preview. */
export const loader = guardedLoader(readForm, async (page) => {
  const open = await found(page)
  return {
    saved: open && momentInWords(open.draft.savedAt, page.clinic.timeZone, languageOf(page.url.pathname)),
  }
})

export const action = guardedAction({
  resume: [
    readForm,
    async (page) => {
      const open = await found(page)
      if (!open) return goTo(page.url.pathname)
      const next = hrefIn(languageOf(page.url.pathname), pageToContinue(open.draft.answers))
      return rememberDraft(goTo(next), open.secret.token, isSecure(page))
    },
  ],
})

export default function RequestResume() {
  const { saved } = useLoaderData<typeof loader>()
  const { words, to } = useWords()
  const { resume } = words
  return (
    <>
      <title>{resume.title}</title>
      {saved ? (
        <>
          <PageHead title={resume.title} lead={resume.lead(saved)} />
          <form method="post">
            <FormActions>
              <Button name="intent" value="resume">
                {resume.goOn}
              </Button>
            </FormActions>
          </form>
        </>
      ) : (
        <>
          <PageHead title={resume.gone} lead={resume.goneLead} />
          <FormActions>
            <ButtonLink href={to('/request')}>{resume.begin}</ButtonLink>
          </FormActions>
        </>
      )}
    </>
  )
}
