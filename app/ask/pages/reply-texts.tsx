import { useActionData, useLoaderData } from 'react-router'
import { runCommand, runQuery } from '../../platform/command.server.ts'
import { type FormAnswer, fieldErrors, formProblem, parseForm } from '../../platform/form.ts'
import { goTo, guardedAction, guardedLoader, type PageArgs } from '../../platform/page.server.ts'
import {
  Breadcrumb,
  Button,
  ButtonLink,
  ErrorSummary,
  FormActions,
  LinkList,
  Notice,
  PageHead,
  Section,
  TextArea,
  TextField,
} from '../../ui/index.ts'
import { readInbox, writeTemplates } from '../ask-access.ts'
import { PLACES } from '../reply-places.ts'
import { type ReplyTemplate, templateForm } from '../reply-template.ts'
import { saveTemplate } from '../save-template.server.ts'
import { replyTemplates } from '../template-queries.server.ts'

export const loader = guardedLoader(readInbox, async ({ services, actor, clinic, url }) =>
  runQuery(services, actor, async ({ db, audit }) => {
    audit.read(readInbox.id, { object: 'reply-template' })
    const texts = await replyTemplates(db, clinic.id)
    const asked = url.searchParams.get('text')
    const chosen = texts.find(({ code }) => code === asked)
    return {
      texts: texts.map(({ code, name, words }) => ({ code, name, words })),
      chosen: chosen ?? { code: `own-${services.ids.next()}`, name: '', words: '', revision: 0 },
      isNew: chosen === undefined,
      done: url.searchParams.get('done'),
    }
  }),
)

const HERE = '/work/requests/texts'

async function keep(page: PageArgs & { form: FormData }, retired: boolean): Promise<FormAnswer | Response> {
  const parsed = parseForm(templateForm, page.form)
  if (!parsed.ok) return parsed.answer
  const saved = await runCommand(page.services, page.actor, saveTemplate, { ...parsed.value, retired })
  if (saved.ok) return goTo(`${HERE}?done=${retired ? 'retired' : 'saved'}`)
  const now = saved.reason === 'changed-meanwhile' ? (saved.detail as ReplyTemplate | undefined) : undefined
  return formProblem(page.form, {
    form: now
      ? `Somebody changed this text meanwhile. It now reads: “${now.words.slice(0, 300)}”. Yours is still below; copy it, and open the text anew.`
      : 'This was refused.',
  })
}

export const action = guardedAction<FormAnswer | Response>({
  save: [writeTemplates, (page) => keep(page, false)],
  retire: [writeTemplates, (page) => keep(page, true)],
})

const doneWords: Readonly<Record<string, string>> = {
  saved: 'The text is kept. It stands in the list of every request.',
  retired: 'The text is no longer offered. What was sent with it stays.',
}

export default function ReplyTexts() {
  const { texts, chosen, isNew, done } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const problem = answer && 'errors' in answer ? answer : undefined
  const typed = (name: string, otherwise: string) => {
    const value = problem?.values[name]
    return typeof value === 'string' ? value : otherwise
  }
  const doneText = done ? doneWords[done] : undefined
  return (
    <>
      <title>Texts to answer with</title>
      <PageHead
        breadcrumb={
          <Breadcrumb
            items={[
              { href: '/work/requests', label: 'Requests' },
              { href: HERE, label: 'Texts' },
            ]}
          />
        }
        title="Texts to answer with"
        lead="Chosen on the page of a request, filled in, and edited before they are sent. Whoever else reads one learns nothing: no condition, no treatment."
      />
      {doneText && !problem && <Notice state="calm" announce="status" title={doneText} />}
      <ErrorSummary errors={fieldErrors(problem)} />
      <div className="columns">
        <div>
          <Section title="In use">
            <LinkList
              items={texts.map(({ code, name, words }) => ({
                href: `${HERE}?text=${code}`,
                title: name,
                text: `${words.replace(/\s+/g, ' ').slice(0, 90).trim()} …`,
              }))}
            />
          </Section>
        </div>
        <div>
          <Section title={isNew ? 'A new text' : 'Change it'}>
            <form method="post" noValidate>
              <input type="hidden" name="code" value={typed('code', chosen.code)} />
              <input type="hidden" name="revision" value={typed('revision', String(chosen.revision))} />
              <TextField
                name="name"
                label="Name"
                hint="Only colleagues see it."
                width="medium"
                autoComplete="off"
                defaultValue={typed('name', chosen.name)}
                error={problem?.errors.name}
              />
              <TextArea
                name="words"
                label="What it says"
                hint={`Places that fill themselves: ${PLACES.map(({ id, words }) => `{${id}} ${words}`).join('; ')}.`}
                rows={10}
                defaultValue={typed('words', chosen.words)}
                error={problem?.errors.words}
              />
              <FormActions>
                <Button name="intent" value="save">
                  Keep the text
                </Button>
                {!isNew && (
                  <>
                    <Button kind="quiet" name="intent" value="retire">
                      No longer offer it
                    </Button>
                    <ButtonLink kind="plain" href={HERE}>
                      Write a new one
                    </ButtonLink>
                  </>
                )}
              </FormActions>
            </form>
          </Section>
        </div>
      </div>
    </>
  )
}
