import { useLoaderData } from 'react-router'
import * as z from 'zod'
import { members, people } from '../../identity/index.server.ts'
import { hasRole } from '../../platform/actor.ts'
import { runCommand, runQuery } from '../../platform/command.server.ts'
import { formProblem, parseForm } from '../../platform/form.ts'
import { type Id, isUuid, type MembershipId } from '../../platform/ids.ts'
import { goTo, guardedAction, guardedLoader } from '../../platform/page.server.ts'
import { momentInWords, msBetween } from '../../platform/time.ts'
import {
  Age,
  Button,
  DataTable,
  EmptyState,
  FormActions,
  Notice,
  PageHead,
  Section,
  SelectField,
  StateChip,
} from '../../ui/index.ts'
import { listConcerns as listAction, setSafetyDuty as setDutyAction } from '../assess-access.ts'
import { CONCERN_STATE_WORDS, triggerInWords } from '../assess-words.ts'
import { chooseOwner, concernState } from '../concern.ts'
import { concernEvents, listConcerns, safetyDuty } from '../concern-queries.server.ts'
import { setSafetyDuty } from '../respond-to-concern.server.ts'
import assessmentCss from './assessment.css?url'

const CLOSED_SHOWN = 20

export const loader = guardedLoader(listAction, async ({ services, actor, clinic, url }) =>
  runQuery(services, actor, async ({ db, at, audit }) => {
    const concerns = await listConcerns(db, clinic.id, { notClosed: false })
    const events = await concernEvents(
      db,
      clinic.id,
      concerns.map((concern) => concern.id),
    )
    const staff = (await members(db, clinic.id)).filter((m) => m.roles.some((role) => role !== 'patient'))
    const staffNames = new Map(staff.map((member) => [member.membershipId, member.name]))
    const names = new Map((await people(db, clinic.id)).map((person) => [person.id, person.displayName]))
    const duty = await safetyDuty(db, clinic.id)
    audit.read(listAction.id, { object: 'concern-list', detail: { concerns: concerns.length } })
    const rows = concerns.map((concern) => ({
      id: concern.id,
      person: names.get(concern.personId) ?? 'unknown',
      what: triggerInWords(concern.trigger).title,
      state: concernState(concern, events.get(concern.id) ?? [], at),
      raised: momentInWords(concern.raisedAt, clinic.timeZone),
      ageMs: msBetween(concern.raisedAt, at),
      owner: (concern.ownerMembershipId && staffNames.get(concern.ownerMembershipId)) ?? 'nobody',
    }))
    const urgency = { overdue: 0, waiting: 1, 'in-hand': 2, closed: 3 } as const
    return {
      key: services.ids.next(),
      open: rows
        .filter((row) => row.state !== 'closed')
        .sort((a, b) => urgency[a.state] - urgency[b.state] || b.ageMs - a.ageMs),
      closed: rows
        .filter((row) => row.state === 'closed')
        .reverse()
        .slice(0, CLOSED_SHOWN),
      named: chooseOwner(staff, duty)?.name,
      duty: staff.some((member) => member.membershipId === duty) ? duty : undefined,
      staff: staff.map(({ membershipId, name }) => ({ value: membershipId as string, label: name })),
      maySetDuty: hasRole(actor, 'prescriber', 'manager'),
      saved: url.searchParams.get('done') === 'duty',
    }
  }),
)

const dutyForm = z.object({
  key: z.string().refine(isUuid),
  member: z.string({ error: 'Choose who is told.' }).refine(isUuid, 'Choose who is told.'),
})

export const action = guardedAction({
  duty: [
    setDutyAction,
    async ({ services, actor, form }) => {
      const parsed = parseForm(dutyForm, form)
      if (!parsed.ok) return parsed.answer
      const set = await runCommand(services, actor, setSafetyDuty, {
        key: parsed.value.key as Id<'safety-duty'>,
        membershipId: parsed.value.member as MembershipId,
      })
      if (!set.ok) return formProblem(form, { member: 'This person does not work here (any more).' })
      return goTo('/work/concerns?done=duty')
    },
  ],
})

export function links() {
  return [{ rel: 'stylesheet', href: assessmentCss }]
}

export function meta() {
  return [{ title: 'Safety concerns' }]
}

export default function Concerns() {
  const { key, open, closed, named, duty, staff, maySetDuty, saved } = useLoaderData<typeof loader>()
  return (
    <>
      <PageHead
        title="Safety concerns"
        lead="Answers that somebody must respond to within one hour. Each has a name; none closes without a record of what was done."
      />
      {saved && <Notice state="calm" announce="status" title="Changed. New concerns go to this person." />}
      <DataTable
        caption={open.length === 1 ? '1 open' : `${open.length} open, overdue first`}
        rows={open}
        rowKey={(row) => row.id}
        rowTone={(row) => CONCERN_STATE_WORDS[row.state].state}
        phone="stack"
        empty={
          <EmptyState title="Nothing is open">
            An answer about self-harm in the intake, and words of danger in a check-in, appear here at once.
          </EmptyState>
        }
        columns={[
          {
            key: 'person',
            head: 'Person',
            names: true,
            cell: (row) => <a href={`/work/concerns/${row.id}`}>{row.person}</a>,
          },
          { key: 'what', head: 'About', cell: (row) => row.what },
          {
            key: 'state',
            head: 'State',
            cell: (row) => <StateChip {...CONCERN_STATE_WORDS[row.state]} />,
          },
          { key: 'age', head: 'Raised', cell: (row) => <Age ageMs={row.ageMs} /> },
          { key: 'owner', head: 'Named', cell: (row) => row.owner },
        ]}
      />
      <Section title="Who is told">
        <p>
          {named
            ? `New concerns go to ${named}${duty ? '.' : ': nobody is set, so the first prescriber by name is told.'}`
            : 'There is nobody who could be told. Add a prescriber.'}
        </p>
        {maySetDuty && (
          <form method="post" className="after-words">
            <input type="hidden" name="intent" value="duty" />
            <input type="hidden" name="key" value={key} />
            <SelectField
              name="member"
              label="On duty for safety concerns"
              options={staff}
              prompt="Choose a person"
              defaultValue={duty ?? ''}
            />
            <FormActions>
              <Button kind="quiet">Set</Button>
            </FormActions>
          </form>
        )}
      </Section>
      {closed.length > 0 && (
        <Section title="Closed lately">
          <DataTable
            caption={`The last ${closed.length} closed`}
            captionHidden
            rows={closed}
            rowKey={(row) => row.id}
            phone="stack"
            empty={null}
            columns={[
              {
                key: 'person',
                head: 'Person',
                names: true,
                cell: (row) => <a href={`/work/concerns/${row.id}`}>{row.person}</a>,
              },
              { key: 'what', head: 'About', cell: (row) => row.what },
              { key: 'raised', head: 'Raised', cell: (row) => row.raised },
            ]}
          />
        </Section>
      )}
    </>
  )
}
