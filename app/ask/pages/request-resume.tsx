import { useLoaderData } from 'react-router'
import { goTo, guardedAction, guardedLoader, type PageArgs } from '../../platform/page.server.ts'
import { momentInWords } from '../../platform/time.ts'
import { Button, ButtonLink, FormActions, PageHead } from '../../ui/index.ts'
import { readForm } from '../ask-access.ts'
import { draftCookie } from '../draft-cookie.ts'
import { pageToContinue } from '../request-form.ts'
import { foundBySecret, isSecure, secretFrom } from '../visitor-draft.server.ts'

async function found(page: PageArgs) {
  const secret = secretFrom(page.params.token, page.clinic.id)
  const what = secret ? await foundBySecret(page, secret) : undefined
  if (secret && what?.kind === 'sent') throw goTo(`/request/state/${secret.token}`)
  return secret && what?.kind === 'draft' ? { secret, draft: what.draft } : undefined
}

/** Shows nothing of what was written: the link alone may have been opened by a preview. */
export const loader = guardedLoader(readForm, async (page) => {
  const open = await found(page)
  return { saved: open && momentInWords(open.draft.savedAt, page.clinic.timeZone) }
})

export const action = guardedAction({
  resume: [
    readForm,
    async (page) => {
      const open = await found(page)
      if (!open) return goTo(page.url.pathname)
      return goTo(pageToContinue(open.draft.answers), {
        'Set-Cookie': draftCookie(open.secret.token, isSecure(page)),
      })
    },
  ],
})

export default function RequestResume() {
  const { saved } = useLoaderData<typeof loader>()
  return (
    <>
      <title>Go on with your request</title>
      {saved ? (
        <>
          <PageHead
            title="Go on with your request"
            lead={`It was last saved on ${saved}. Go on only if you began it yourself.`}
          />
          <form method="post">
            <FormActions>
              <Button name="intent" value="resume">
                Go on
              </Button>
            </FormActions>
          </form>
        </>
      ) : (
        <>
          <PageHead
            title="This form is not there any more"
            lead="Unfinished forms are kept for two weeks after they were last saved. Or the link is not complete: please check that all of it was copied."
          />
          <FormActions>
            <ButtonLink href="/request">Begin a new request</ButtonLink>
          </FormActions>
        </>
      )}
    </>
  )
}
