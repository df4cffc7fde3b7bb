import { useActionData, useLoaderData } from 'react-router'
import { accountNames, members, people } from '../../identity/index.server.ts'
import { mayDo } from '../../platform/access.ts'
import { phoneHref } from '../../platform/clinic-profile.ts'
import { runCommand, runQuery } from '../../platform/command.server.ts'
import type { Read } from '../../platform/database.server.ts'
import { type FormAnswer, fieldErrors, formProblem, parseForm } from '../../platform/form.ts'
import { type AccountId, type ClinicId, type Id, type PersonId, parseId } from '../../platform/ids.ts'
import { goTo, guardedAction, guardedLoader, notFound, type PageArgs } from '../../platform/page.server.ts'
import { momentInWords } from '../../platform/time.ts'
import {
  Breadcrumb,
  ButtonLink,
  ErrorSummary,
  Facts,
  Notice,
  PageHead,
  Section,
  StateChip,
  Timeline,
} from '../../ui/index.ts'
import { accept, assign, decline, readRequest, reply } from '../ask-access.ts'
import { eventsOfRequests, requestById, requestEvents, requestsOfSameContact } from '../ask-queries.server.ts'
import { weekHours } from '../clinic-hours.ts'
import { isTheirs } from '../find-state.server.ts'
import { acceptForm, declineForm, handOverForm, mailForm, noteForm } from '../handle-form.ts'
import {
  acceptRequest,
  assignRequest,
  declineRequest,
  personOfRequest,
  replyToRequest,
} from '../handle-request.server.ts'
import { neutralSender } from '../neutral-words.ts'
import { helpsFor } from '../other-helps.ts'
import { filled } from '../reply-template.ts'
import { isUrgent, type RequestAnswers, type RequestId, SAFETY_ANSWERS, wordsOf } from '../request.ts'
import { type AlreadyDecided, isDecided, requestStatus } from '../request-events.ts'
import { type Beholding, eventTimeline, standing, stateShown } from '../request-presenter.ts'
import { messageWords, suitabilityWords, timeWords, topicWords } from '../request-words.ts'
import { replyTemplates } from '../template-queries.server.ts'
import { offerState } from '../time-offer.ts'
import askCss from './ask.css?url'
import { HandleRequest } from './handle-request.tsx'

export function links() {
  return [{ rel: 'stylesheet', href: askCss }]
}

export const handle = { width: 'wide' }

const idOf = (page: Pick<PageArgs, 'params'>): RequestId => parseId<'request'>(page.params.id) ?? notFound()

export const loader = guardedLoader(readRequest, async (page) => {
  const { services, actor, clinic, url } = page
  const id = idOf(page)
  return runQuery(services, actor, async ({ db, at, audit }) => {
    const request = await requestById(db, clinic.id, id)
    if (!request) return notFound()
    const events = await requestEvents(db, clinic.id, id)
    const twins = await requestsOfSameContact(db, clinic.id, request)
    const twinEvents = await eventsOfRequests(
      db,
      clinic.id,
      twins.map((twin) => twin.id),
    )
    const accounts = events.flatMap((event) => [
      ...('by' in event ? [event.by] : []),
      ...('to' in event ? [event.to] : []),
    ])
    const beholding: Beholding = {
      at,
      timeZone: clinic.timeZone,
      hours: weekHours(clinic.openingHours),
      names: await accountNames(db, accounts),
    }
    const { status, shown, dueWords, alarm } = standing(events, beholding)
    const personId = status.kind === 'accepted' ? status.personId : undefined
    audit.read(readRequest.id, { object: 'request', objectId: id, ...(personId ? { personId } : {}) })
    const { answers } = request
    const person = personOfRequest(request)
    const decided = isDecided(status)
    const texts = decided ? [] : await replyTemplates(db, clinic.id)
    const text = texts.find(({ code }) => code === url.searchParams.get('text'))
    const known = decided ? [] : await knownPeople(db, clinic.id, answers)
    const colleagues = decided ? [] : await members(db, clinic.id, ['coordinator'])
    const me = actor.kind === 'member' ? actor.accountId : undefined
    return {
      id,
      key: services.ids.next(),
      reference: request.reference,
      sent: momentInWords(request.receivedAt, clinic.timeZone),
      synthetic: request.synthetic,
      shown,
      alarm,
      due: dueWords,
      decided,
      offer: offerState(events).kind,
      setAside: status.kind === 'set-aside',
      personId,
      owner: status.owner && (beholding.names.get(status.owner) ?? 'unknown'),
      mine: me !== undefined && status.owner === me,
      colleagues: colleagues
        .filter(({ accountId }) => accountId !== status.owner)
        .map(({ accountId, name }) => ({
          value: accountId as string,
          label: accountId === me ? `${name} (you)` : name,
        })),
      known,
      texts: texts.map(({ code, name }) => ({ code, name })),
      text:
        text &&
        filled(text.words, {
          name: answers.name,
          reference: request.reference,
          phone: clinic.phoneDisplay,
          times: timeWords(answers.suits).join(', ').toLowerCase(),
          me: actor.kind === 'member' ? actor.name : undefined,
        }),
      mayHandle: mayDo(actor, accept),
      name: answers.name,
      forOther: answers.forWhom === 'other',
      otherName: answers.otherName,
      topics: topicWords(answers.topics).join('; '),
      inSpanish: answers.language === 'es',
      words: answers.words,
      safety: wordsOf(SAFETY_ANSWERS, answers.safety),
      urgent: isUrgent(answers.safety),
      suitability: suitabilityWords(answers.suitability),
      email: answers.email,
      phone: answers.phone,
      phoneLink: answers.phone && phoneHref(answers.phone),
      safeTimes: answers.safeTimes,
      leaveMessage: messageWords(answers.leaveMessage),
      suits: timeWords(answers.suits).join('; '),
      person: { ...person, contact: { ...person.contact } },
      elsewhereProposal: 'Your own doctor is a good first person to ask.',
      twins: twins.map((twin) => ({
        id: twin.id,
        reference: twin.reference,
        name: twin.answers.name,
        sent: momentInWords(twin.receivedAt, clinic.timeZone),
        shown: stateShown(requestStatus(twinEvents.get(twin.id) ?? [])),
      })),
      timeline: eventTimeline(events, beholding),
      done: url.searchParams.get('done') ?? undefined,
    }
  })
})

/** People who have a record here and may be the one to be treated: the same contact, or the same name. */
async function knownPeople(db: Read, clinicId: ClinicId, answers: RequestAnswers) {
  const name = personOfRequest({ answers }).displayName.trim().toLowerCase()
  return (await people(db, clinicId))
    .filter(
      ({ contact, displayName }) =>
        isTheirs(contact, answers.email ?? '') ||
        isTheirs(contact, answers.phone ?? '') ||
        displayName.trim().toLowerCase() === name,
    )
    .slice(0, 8)
    .map(({ id, displayName, contact }) => ({
      value: id as string,
      label: displayName,
      hint: [contact.email, contact.phone].filter(Boolean).join(' · ') || 'no contact written down',
    }))
}

type Posted = PageArgs & { form: FormData }

/** A refusal in words; what is not there, or another clinic's, is not found. */
async function refusalAnswer(
  page: Posted,
  refusal: { readonly reason: string; readonly detail?: unknown },
): Promise<FormAnswer> {
  const { services, actor, clinic, form } = page
  if (refusal.reason === 'no-such-request') return notFound()
  if (refusal.reason === 'already-decided') {
    const first = refusal.detail as AlreadyDecided
    const names = await runQuery(services, actor, ({ db }) => accountNames(db, [first.by]))
    return formProblem(form, {
      form: `${names.get(first.by) ?? 'Somebody'} ${first.decision} this request on ${momentInWords(first.at, clinic.timeZone)}. Your entry was not stored.`,
    })
  }
  if (refusal.reason === 'not-neutral') {
    const { problem } = refusal.detail as { readonly problem: string }
    return formProblem(form, { mailWords: problem })
  }
  const words: Record<string, string> = {
    'no-address': 'No e-mail address was given with this request.',
    'no-such-member': 'This person does not answer requests here.',
    'no-such-person': 'This person has no record here.',
    'not-allowed': 'Only coordinators may do this.',
  }
  return formProblem(form, { form: words[refusal.reason] ?? 'This was refused.' })
}

const subjectFrom = (sender: string | undefined) =>
  sender ? `A message from ${sender}` : 'A message for you'

const back = (page: Posted, code: string) => goTo(`/work/requests/${idOf(page)}?done=${code}`)

export const action = guardedAction<FormAnswer | Response>({
  assign: [
    assign,
    async (page) => {
      const result = await runCommand(page.services, page.actor, assignRequest, { requestId: idOf(page) })
      return result.ok ? back(page, 'assigned') : refusalAnswer(page, result)
    },
  ],
  'hand-over': [
    assign,
    async (page) => {
      const parsed = parseForm(handOverForm, page.form)
      if (!parsed.ok) return parsed.answer
      const result = await runCommand(page.services, page.actor, assignRequest, {
        requestId: idOf(page),
        to: parsed.value.to as AccountId,
        note: parsed.value.note,
      })
      return result.ok ? back(page, 'handed') : refusalAnswer(page, result)
    },
  ],
  note: [
    reply,
    async (page) => {
      const parsed = parseForm(noteForm, page.form)
      if (!parsed.ok) return parsed.answer
      const result = await runCommand(page.services, page.actor, replyToRequest, {
        requestId: idOf(page),
        key: parsed.value.key as Id<'request-event'>,
        channel: parsed.value.channel,
        reached: parsed.value.reached === 'yes',
        words: parsed.value.words,
      })
      return result.ok ? back(page, 'noted') : refusalAnswer(page, result)
    },
  ],
  mail: [
    reply,
    async (page) => {
      const parsed = parseForm(mailForm, page.form)
      if (!parsed.ok) return parsed.answer
      const result = await runCommand(page.services, page.actor, replyToRequest, {
        requestId: idOf(page),
        key: parsed.value.key as Id<'request-event'>,
        channel: 'email',
        reached: false,
        words: parsed.value.mailWords,
        mail: { subject: subjectFrom(neutralSender(page.clinic.name)) },
      })
      return result.ok ? back(page, 'mailed') : refusalAnswer(page, result)
    },
  ],
  accept: [
    accept,
    async (page) => {
      const parsed = parseForm(acceptForm, page.form)
      if (!parsed.ok) return parsed.answer
      const { key, known, displayName, email, phone, safeTimes } = parsed.value
      const result = await runCommand(page.services, page.actor, acceptRequest, {
        requestId: idOf(page),
        key: key as PersonId,
        known: known === 'new' ? undefined : (known as PersonId),
        displayName,
        contact: {
          ...(email ? { email } : {}),
          ...(phone ? { phone } : {}),
          ...(safeTimes ? { safeTimes } : {}),
        },
      })
      return result.ok ? back(page, 'accepted') : refusalAnswer(page, result)
    },
  ],
  decline: [
    decline,
    async (page) => {
      const parsed = parseForm(declineForm, page.form, ['helps'])
      if (!parsed.ok) return parsed.answer
      const { key, reason, elsewhere, helps } = parsed.value
      const result = await runCommand(page.services, page.actor, declineRequest, {
        requestId: idOf(page),
        key: key as Id<'request-event'>,
        reason,
        elsewhere,
        helps: helpsFor(reason, helps).map(({ id }) => id),
      })
      return result.ok ? back(page, 'declined') : refusalAnswer(page, result)
    },
  ],
})

const doneWords: Readonly<Record<string, string>> = {
  assigned: 'It is yours now.',
  handed: 'Handed over. They are told by e-mail, and your note stands below.',
  offered: 'The times are offered. They are told by e-mail, and what they choose is booked.',
  'offered-call':
    'The times are offered on the page of their request. They gave no e-mail address: please call them.',
  noted: 'Your note is stored.',
  mailed: 'The e-mail is on its way, and noted here.',
  accepted: 'Accepted. The person has a record now, and their assessment is being opened.',
  declined: 'Declined. Their page shows the reason and where else to go.',
}

export default function RequestPage() {
  const data = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const problem = answer && 'errors' in answer ? answer : undefined
  const doneText = data.done ? doneWords[data.done] : undefined
  return (
    <>
      <title>{`${problem ? 'Please look again: ' : ''}Request ${data.reference}`}</title>
      <PageHead
        breadcrumb={
          <Breadcrumb
            items={[
              { href: '/work/requests', label: 'Requests' },
              { href: `/work/requests/${data.id}`, label: data.reference },
            ]}
          />
        }
        title={data.name}
        state={
          <p className="row">
            {data.alarm && <StateChip state="red" word="Urgent: danger" />}
            <StateChip state={data.shown.state} word={data.shown.word} />
            {data.due?.late && <StateChip state="amber" word={`${data.due.late} late`} />}
          </p>
        }
        actions={
          !data.decided && data.phoneLink && <ButtonLink href={data.phoneLink}>Call {data.phone}</ButtonLink>
        }
        lead={
          data.due
            ? `${data.due.what} due by ${data.due.by}. ${data.owner ? `With ${data.owner}.` : 'Nobody has it yet.'}`
            : data.owner && `With ${data.owner}.`
        }
      />
      {doneText && !problem && <Notice state="calm" announce="status" title={doneText} />}
      <ErrorSummary errors={fieldErrors(problem)} />
      {data.alarm && (
        <Notice state="red" title={`They said: ${data.safety}.`}>
          <p>
            Call before you write, at a time they call safe. If you cannot reach them and the danger is now,
            follow the clinic's rule for a welfare check.
          </p>
        </Notice>
      )}
      <div className="columns">
        <div>
          <Section title="What they said">
            <Facts
              facts={[
                { term: 'Reference', value: data.reference },
                { term: 'Sent', value: data.sent },
                {
                  term: 'For',
                  value: data.forOther
                    ? `somebody else${data.otherName ? `: ${data.otherName}` : ''}`
                    : 'themselves',
                },
                ...(data.inSpanish
                  ? [
                      {
                        term: 'Asked in',
                        value: 'Spanish. The receipt and the page of its state are in Spanish too.',
                      },
                    ]
                  : []),
                { term: 'About', value: data.topics },
                {
                  term: 'Their words',
                  value: data.words && (
                    <span className="their-words" dir="auto">
                      {data.words}
                    </span>
                  ),
                },
                { term: 'Danger', value: data.safety },
                { term: 'What applies', value: data.suitability.join('; ') },
                { term: 'E-mail', value: data.email && <a href={`mailto:${data.email}`}>{data.email}</a> },
                {
                  term: 'Telephone',
                  value:
                    data.phone && (data.phoneLink ? <a href={data.phoneLink}>{data.phone}</a> : data.phone),
                },
                { term: 'Safe to reach', value: data.safeTimes },
                { term: 'Leave a message', value: data.leaveMessage },
                { term: 'Times that suit', value: data.suits },
                ...(data.synthetic ? [{ term: 'Note', value: 'invented person' }] : []),
              ]}
            />
          </Section>
          {data.twins.length > 0 && (
            <Section title="Perhaps the same person">
              <p>These have the same e-mail address or telephone number.</p>
              <ul className="link-list">
                {data.twins.map((twin) => (
                  <li key={twin.id}>
                    <a href={`/work/requests/${twin.id}`}>
                      {twin.name} {twin.reference}
                    </a>
                    <p className="link-list-meta">
                      {twin.sent} · {twin.shown.word}
                    </p>
                  </li>
                ))}
              </ul>
            </Section>
          )}
          <Section title="What happened">
            <Timeline items={data.timeline} label="What happened, oldest first" />
          </Section>
        </div>
        <div>
          <HandleRequest data={data} problem={problem} />
        </div>
      </div>
    </>
  )
}
