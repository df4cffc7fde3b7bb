import { useLoaderData } from 'react-router'
import { ownPersonId } from '../../platform/actor.ts'
import { runCommand, runQuery } from '../../platform/command.server.ts'
import { parseId } from '../../platform/ids.ts'
import { goTo, guardedAction, guardedLoader, notFound, type PageArgs } from '../../platform/page.server.ts'
import { dateInWords, localDateOf, momentInWords } from '../../platform/time.ts'
import { Button, ButtonLink, EmptyState, Notice, PageHead, Section, Timeline } from '../../ui/index.ts'
import { currentCheckIns, substanceWord } from '../check-in.ts'
import { daysKept } from '../days-kept.ts'
import { daysKeptInWords } from '../days-kept-words.ts'
import { chooseInvitations, openPortal, readOwnCheckIns } from '../follow-up-access.ts'
import { checkInsOfPerson, saidStop } from '../follow-up-queries.server.ts'
import { resumeInvitations, stopInvitations } from '../invitations.server.ts'
import { WordsOfDanger } from '../words-of-danger.tsx'

/** Four weeks of daily check-ins. */
const SHOWN_AT_FIRST = 28

export const loader = guardedLoader(openPortal, async ({ services, actor, clinic, url }) => {
  const personId = ownPersonId(actor) ?? notFound()
  return runQuery(services, actor, async ({ db, at, audit }) => {
    const all = await checkInsOfPerson(db, clinic.id, personId)
    audit.read(readOwnCheckIns.id, { personId, object: 'check-ins', detail: { entries: all.length } })
    const today = localDateOf(at, clinic.timeZone)
    const corrections = new Map<string, number>()
    for (const entry of all) corrections.set(entry.forDate, (corrections.get(entry.forDate) ?? -1) + 1)
    const current = currentCheckIns(all)
    const newestFirst = [...current].reverse()
    const shown = url.searchParams.has('all') ? newestFirst : newestFirst.slice(0, SHOWN_AT_FIRST)
    return {
      done: url.searchParams.get('done'),
      help: url.searchParams.has('help'),
      choiceKey: services.ids.next<'check-in-choice'>(),
      stopped: await saidStop(db, clinic.id, personId),
      checkedInToday: current.some((entry) => entry.forDate === today),
      kept: daysKeptInWords(daysKept(current, today)),
      hidden: current.length - shown.length,
      entries: shown.map((entry) => ({
        id: entry.id,
        date: entry.forDate,
        day: dateInWords(entry.forDate),
        sentAt: momentInWords(entry.submittedAt, clinic.timeZone),
        craving: entry.craving0to10,
        used: entry.used,
        substances: entry.substances.map(substanceWord).join(', '),
        mood: entry.mood0to10,
        words: entry.words,
        corrections: corrections.get(entry.forDate) ?? 0,
      })),
    }
  })
})

const choose = (command: typeof stopInvitations, code: string) =>
  [
    chooseInvitations,
    async ({ services, actor, form }: PageArgs & { form: FormData }) => {
      const key = parseId<'check-in-choice'>(form.get('key')) ?? notFound()
      const outcome = await runCommand(services, actor, command, { key })
      if (!outcome.ok) notFound()
      return goTo(`/portal/check-ins?done=${code}`)
    },
  ] as const

export const action = guardedAction({
  stop: choose(stopInvitations, 'stopped'),
  'go-on': choose(resumeInvitations, 'going-on'),
})

const DONE: Readonly<Record<string, string>> = {
  kept: 'Thank you. Your check-in is kept.',
  corrected: 'Your change is kept. The earlier entry stays in your history.',
  stopped: 'We will not ask you any more. You can check in whenever you like.',
  'going-on': 'We will ask you again from now on.',
}

export function meta() {
  return [{ title: 'Check-ins' }]
}

export default function CheckIns() {
  const { done, help, kept, entries, hidden, checkedInToday, stopped, choiceKey } =
    useLoaderData<typeof loader>()
  return (
    <>
      {help && <WordsOfDanger />}
      {done && DONE[done] && <Notice state="calm" announce="status" title={DONE[done]} />}
      <PageHead
        title="Your check-ins"
        lead={kept.length > 0 ? kept.join(' ') : 'What you tell us day by day, kept for you.'}
        actions={
          <ButtonLink href="/portal/check-in" kind={checkedInToday ? 'quiet' : 'primary'}>
            {checkedInToday ? "Change today's check-in" : 'Check in now'}
          </ButtonLink>
        }
      />
      {entries.length > 0 ? (
        <Timeline
          label="Your check-ins, newest first"
          items={entries.map((entry) => ({
            key: entry.id,
            when: entry.corrections > 0 ? `${entry.day} · changed ${entry.sentAt}` : entry.day,
            dateTime: entry.date,
            title: usedWord(entry.used, entry.substances),
            body: (
              <>
                <p>
                  Urge {entry.craving === null ? 'left open' : `${entry.craving} of 10`} · mood{' '}
                  {entry.mood === null ? 'left open' : `${entry.mood} of 10`}
                </p>
                {entry.words && <p>“{entry.words}”</p>}
              </>
            ),
          }))}
        />
      ) : (
        <EmptyState title="No check-ins yet">
          <p>
            After your first session we ask you every day for four weeks, then less and less. You can also
            check in by yourself.
          </p>
        </EmptyState>
      )}
      {hidden > 0 && (
        <p>
          <a href="/portal/check-ins?all">Show all {entries.length + hidden} check-ins</a>
        </p>
      )}
      <Section title="How days are counted">
        <p>
          A “no” keeps the days since the check-in before it, up to 14 of them. A “yes” marks its own day.
          Days that nobody told us about are not known: they count neither as kept nor as used.
        </p>
      </Section>
      <Section title="Being asked">
        <div className="stack">
          <p>
            {stopped
              ? 'You said that you do not want to be asked.'
              : 'After the first session we ask every day for four weeks, then twice a week until three months, then once a week for a year.'}
          </p>
          <form method="post">
            <input type="hidden" name="intent" value={stopped ? 'go-on' : 'stop'} />
            <input type="hidden" name="key" value={choiceKey} />
            <Button kind="quiet" type="submit">
              {stopped ? 'Ask me again' : 'Do not ask me any more'}
            </Button>
          </form>
        </div>
      </Section>
    </>
  )
}

function usedWord(used: 'yes' | 'no' | 'unknown', substances: string): string {
  if (used === 'no') return 'No use'
  if (used === 'unknown') return 'Use: rather not said'
  return substances ? `Use: ${substances}` : 'Use'
}
