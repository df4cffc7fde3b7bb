import { useActionData, useLoaderData } from 'react-router'
import { runCommand, runQuery } from '../../platform/command.server.ts'
import { parseId } from '../../platform/ids.ts'
import { guardedAction, guardedLoader, notFound, type PageArgs } from '../../platform/page.server.ts'
import { Breadcrumb, Button, FormActions, Notice, PageHead } from '../../ui/index.ts'
import { readPortalAccess } from '../identity-access.ts'
import { memberOfPerson, personById } from '../identity-queries.server.ts'
import { makePortalLink } from '../open-portal-account.server.ts'

const idOf = (page: Pick<PageArgs, 'params'>) => parseId<'person'>(page.params.id) ?? notFound()

export const loader = guardedLoader(readPortalAccess, async (page) =>
  runQuery(page.services, page.actor, async ({ db, audit }) => {
    const personId = idOf(page)
    const person = (await personById(db, page.clinic.id, personId)) ?? notFound()
    const account = await memberOfPerson(db, page.clinic.id, personId)
    audit.read(readPortalAccess.id, { personId, object: 'person', objectId: personId })
    return { personId, name: person.displayName, account: account?.email }
  }),
)

type Made = { readonly address: string } | { readonly refusal: string }

export const action = guardedAction<Made>({
  link: [
    makePortalLink.action,
    async (page) => {
      const outcome = await runCommand(page.services, page.actor, makePortalLink, { personId: idOf(page) })
      if (outcome.ok) {
        return { address: `${page.services.config.publicUrl ?? page.url.origin}${outcome.value.path}` }
      }
      if (outcome.reason === 'no-such-person') return notFound()
      return { refusal: 'They have an account already.' }
    },
  ],
})

export function meta() {
  return [{ title: 'Portal access' }]
}

export default function PortalAccess() {
  const { personId, name, account } = useLoaderData<typeof loader>()
  const made = useActionData<typeof action>()
  return (
    <>
      <PageHead
        breadcrumb={
          <Breadcrumb
            items={[
              { href: '/work/people', label: 'People' },
              { href: `/work/people/${personId}`, label: name },
            ]}
          />
        }
        title="Portal access"
        lead="With an account they see what comes next, sign papers and send check-ins."
      />
      {made && 'refusal' in made && <Notice state="due" announce="alert" title={made.refusal} />}
      {made && 'address' in made && (
        <Notice
          state="calm"
          announce="status"
          title="Give this link to them alone. It works for 14 days and is shown once."
        >
          <p>
            <code>{made.address}</code>
          </p>
        </Notice>
      )}
      {account ? (
        <p>
          {name} signs in as {account}.
        </p>
      ) : (
        <form method="post">
          <p>{name} has no account yet.</p>
          <FormActions>
            <Button name="intent" value="link">
              Make a link to open one
            </Button>
          </FormActions>
        </form>
      )}
    </>
  )
}
