import { useActionData, useLoaderData } from 'react-router'
import * as z from 'zod'
import { runCommand } from '../../platform/command.server.ts'
import { type FormAnswer, fieldErrors, formProblem, parseForm } from '../../platform/form.ts'
import { parseId } from '../../platform/ids.ts'
import { goTo, guardedAction, guardedLoader, notFound } from '../../platform/page.server.ts'
import { dateInWords, momentInWords } from '../../platform/time.ts'
import {
  Breadcrumb,
  Button,
  Checkbox,
  DataTable,
  EmptyState,
  ErrorSummary,
  FormActions,
  Notice,
  PageHead,
  Section,
  StateChip,
  TextArea,
  TextField,
} from '../../ui/index.ts'
import { inventedWords } from '../invented-words.ts'
import { publishRelease, releaseDesk, withdrawRelease } from '../public/publish-release.server.ts'
import { readRelease } from '../public/release-access.ts'
import { LAG_DAYS } from '../public/release-period.ts'
import { releaseSequence } from '../public/release-sequence.ts'
import { ReleaseView } from '../public/release-view.tsx'
import { quartersInWords } from '../public/release-words.ts'

export const loader = guardedLoader(readRelease, async ({ services, actor, clinic, url }) => {
  const { next, before } = await releaseDesk(services, actor, (needs) =>
    needs.audit.read(readRelease.id, { object: 'results-release' }),
  )
  const newest = before[0]
  const [standing] = releaseSequence(before).standing
  return {
    next:
      next.kind === 'wait'
        ? { ...next, until: next.until && dateInWords(next.until) }
        : {
            kind: next.kind,
            number: next.number,
            added: quartersInWords(next.added),
            corrects: next.corrects?.number,
            tellsFew: next.tellsFew,
            page: next.page,
            hash: next.pageHash,
          },
    key: services.ids.next(),
    signer: actor.kind === 'member' ? actor.name : '',
    invented:
      (next.kind === 'wait' ? newest?.page.invented : next.page.invented) ??
      inventedWords('none', clinic.demonstration),
    standing: standing && { id: standing.id, number: standing.number, shown: standing === newest },
    before: before.map((release) => ({
      number: release.number,
      added: quartersInWords(release.added),
      people: release.page.figures.people,
      corrects: before.find(({ id }) => id === release.corrects)?.number,
      signed: `${release.signedName}, ${momentInWords(release.publishedAt, clinic.timeZone)}`,
      withdrawn:
        release.withdrawn &&
        `${momentInWords(release.withdrawn.at, clinic.timeZone)}: ${release.withdrawn.reason}`,
    })),
    done: url.searchParams.get('done'),
  }
})

const publishForm = z.object({
  key: z.string(),
  hash: z.string(),
  typedName: z
    .string('Type your name to sign.')
    .min(2, 'Type your name to sign.')
    .max(120, 'The name may have 120 characters.'),
  seen: z.literal('yes', 'Say that you have looked at the page as everybody will see it.'),
})

const withdrawForm = z.object({
  releaseId: z.string(),
  reason: z
    .string('Say why; everybody will read it.')
    .min(3, 'Say why; everybody will read it.')
    .max(300, 'The reason may have 300 characters.'),
})

const CHANGED =
  'The figures have changed since you looked, for instance because a check-in came in. Look at them again below, then sign.'

export const action = guardedAction<FormAnswer | Response>({
  publish: [
    publishRelease.action,
    async ({ services, actor, form }) => {
      const parsed = parseForm(publishForm, form)
      if (!parsed.ok) return parsed.answer
      const { key, hash, typedName } = parsed.value
      const outcome = await runCommand(services, actor, publishRelease, {
        key: parseId<'results-release'>(key) ?? notFound(),
        pageHash: hash,
        typedName,
      })
      if (outcome.ok) return goTo('/work/measure/release?done=published')
      if (outcome.reason === 'name-missing')
        return formProblem(form, { typedName: 'Type your name to sign.' })
      if (outcome.reason === 'other-name' && actor.kind === 'member')
        return formProblem(form, {
          typedName: `This is not the name of the account you are signed in with. Type ${actor.name}.`,
        })
      return formProblem(form, { form: CHANGED })
    },
  ],
  withdraw: [
    withdrawRelease.action,
    async ({ services, actor, form }) => {
      const parsed = parseForm(withdrawForm, form)
      if (!parsed.ok) return parsed.answer
      const outcome = await runCommand(services, actor, withdrawRelease, {
        releaseId: parseId<'results-release'>(parsed.value.releaseId) ?? notFound(),
        reason: parsed.value.reason,
      })
      if (outcome.ok) return goTo('/work/measure/release?done=withdrawn')
      if (outcome.reason === 'reason-missing')
        return formProblem(form, { reason: 'Say why; everybody will read it.' })
      if (outcome.reason === 'not-the-newest')
        return formProblem(form, {
          form: 'A newer release adds this one up. Take that one off the public page first.',
        })
      return notFound()
    },
  ],
})

export const handle = { width: 'wide' as const }

export function meta({ loaderData }: { loaderData?: { invented: string } }) {
  return [{ title: `What we publish${loaderData?.invented ?? ''}` }]
}

const WHY_WAIT = {
  'nobody-yet': 'Nobody has had a first session yet.',
  'no-new-quarter': `People are added by whole quarters, ${LAG_DAYS} days after the last of them began: so much follow-up and time for late answers there must be.`,
  'too-few-new':
    'Fewer than ten people would be added. With so few, whoever compares the new page with the old one could read off single people, so nothing is published anew.',
  'too-few-left':
    'Of the people in the withdrawn release fewer than ten are left to be counted anew. They are counted together with those of the next quarters, once ten new people have come.',
} as const

export default function Release() {
  const { next, key, signer, standing, before, done } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>() as FormAnswer | undefined
  const typed = (name: string) => {
    const value = answer?.values[name]
    return typeof value === 'string' ? value : undefined
  }
  return (
    <>
      <PageHead
        breadcrumb={<Breadcrumb items={[{ href: '/work/measure', label: 'Results' }]} />}
        title="What we publish"
        lead="The public page shows the newest release you have signed, word for word and number for number. Nothing is published without you."
      />
      {done === 'published' && standing && (
        <Notice state="calm" announce="status" title={`Release ${standing.number} is published.`}>
          <p>
            <a href="/results">See it as everybody does</a>
          </p>
        </Notice>
      )}
      {done === 'withdrawn' && !standing?.shown && (
        <Notice
          state="calm"
          announce="status"
          title="The release is withdrawn. The public page says so and why."
        />
      )}
      <ErrorSummary errors={fieldErrors(answer)} />
      <Section title="Releases so far">
        <DataTable
          caption="Newest first"
          captionHidden
          phone="stack"
          rows={before}
          rowKey={({ number }) => String(number)}
          empty={
            <EmptyState title="Nothing was published so far">
              <p>The public page says that no figures are published. It stays so until you sign a release.</p>
            </EmptyState>
          }
          columns={[
            { key: 'number', head: 'Release', names: true, align: 'figure', cell: ({ number }) => number },
            {
              key: 'added',
              head: 'Added first sessions of',
              cell: ({ added, corrects }) =>
                corrects === undefined ? added : `${added}, anew: it corrects release ${corrects}`,
            },
            {
              key: 'people',
              head: 'People in all',
              align: 'figure',
              cell: ({ people }) => people,
            },
            { key: 'signed', head: 'Signed', cell: ({ signed }) => signed },
            {
              key: 'state',
              head: 'State',
              cell: ({ number, withdrawn }) =>
                withdrawn ? (
                  <>
                    <StateChip state="unknown" word="Withdrawn" /> {withdrawn}
                  </>
                ) : number === standing?.number ? (
                  standing.shown ? (
                    <StateChip state="calm" word="On the public page" />
                  ) : (
                    'Stands, but is not shown'
                  )
                ) : (
                  'Added up by a later one'
                ),
            },
          ]}
        />
      </Section>
      {standing && (
        <Section
          title={
            standing.shown
              ? `Take release ${standing.number} off the public page`
              : `Withdraw release ${standing.number} too`
          }
        >
          <form method="post" className="stack measure">
            <input type="hidden" name="intent" value="withdraw" />
            <input type="hidden" name="releaseId" value={standing.id} />
            <p>
              {standing.shown
                ? 'The public page will say that the figures were taken back, and your reason. Then the same people can be counted anew: what is wrong in the records is put right first, and the next release corrects this one.'
                : 'It is not on the public page, but what comes next adds it up. Withdraw it only when the people it added were counted wrongly too.'}
            </p>
            <TextArea
              name="reason"
              label="Why"
              hint="Everybody will read it. Name no person."
              rows={2}
              maxLength={300}
              defaultValue={typed('reason')}
              error={answer?.errors.reason}
            />
            <FormActions>
              <Button kind="quiet">Withdraw it</Button>
            </FormActions>
          </form>
        </Section>
      )}
      {next.kind === 'wait' ? (
        <Section title="The next release">
          <EmptyState title="There is nothing new to publish">
            <p>
              {WHY_WAIT[next.why]} {next.until && `Look again from ${next.until}.`}
            </p>
          </EmptyState>
        </Section>
      ) : (
        <>
          <Section title={`Release ${next.number}: exactly what will be seen`} tone="sunk">
            <p className="measure">
              {next.corrects === undefined
                ? `It adds people whose first session was in ${next.added}.`
                : `It corrects release ${next.corrects}: people whose first session was in ${next.added} are counted anew, with what the records say today.`}{' '}
              Small counts are withheld already.
            </p>
            {next.tellsFew && (
              <Notice
                state="unknown"
                title={`Compared with release ${next.corrects}, some counts differ by fewer than ten`}
              >
                <p>
                  Release {next.corrects} is no longer shown, but somebody may have kept it. Whoever lays both
                  side by side can tell what was corrected, not of whom; who knows whose record was wrong
                  learns it. Name no person and no date in the reason you gave or give.
                </p>
              </Notice>
            )}
          </Section>
          <ReleaseView page={next.page} />
          <Section title={`Sign release ${next.number}`} tone="sunk">
            <form method="post" className="stack measure">
              <input type="hidden" name="intent" value="publish" />
              <input type="hidden" name="key" value={key} />
              <input type="hidden" name="hash" value={next.hash} />
              <p>
                Once published it cannot be changed, only withdrawn. Publish it whether you like the figures
                or not: a page that appears only in good quarters misleads.
              </p>
              <Checkbox
                name="seen"
                label="I have looked at the page as everybody will see it"
                defaultChecked={typed('seen') === 'yes'}
                error={answer?.errors.seen}
              />
              <TextField
                name="typedName"
                label="Your name"
                hint={`As your account has it: ${signer}. It stands on the public page.`}
                width="medium"
                autoComplete="name"
                maxLength={120}
                defaultValue={typed('typedName')}
                error={answer?.errors.typedName}
              />
              <FormActions>
                <Button>Publish release {next.number}</Button>
              </FormActions>
            </form>
          </Section>
        </>
      )}
    </>
  )
}
