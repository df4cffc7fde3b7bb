import type { FormAnswer } from '../../platform/form.ts'
import {
  Button,
  ButtonLink,
  DataTable,
  DateField,
  EmptyState,
  Fieldset,
  FormActions,
  Notice,
  Section,
  SelectField,
  StateChip,
} from '../../ui/index.ts'
import { CANCEL_REASONS } from '../diary/cancel-reason.ts'
import { COURSE_CHIPS } from '../diary/visit-course.ts'
import type { PlanPageData } from '../plan-page.server.ts'

type Visit = PlanPageData['visits'][number]

/** The visits of a plan, and how they are booked, moved and cancelled. */
export function PlanDiary({ data, problem }: { data: PlanPageData; problem: FormAnswer | undefined }) {
  return (
    <Section
      title={<span id="visits">Visits</span>}
      actions={
        <a href={`/work/schedule${data.visits[0] ? `?day=${data.visits[0].start.slice(0, 10)}` : ''}`}>
          Schedule
        </a>
      }
    >
      <DataTable
        caption={`Visits of ${data.protocol.visitHours} hours; ${data.protocol.course.join('; ')}`}
        rows={data.visits}
        rowKey={(v) => v.id}
        phone="stack"
        empty={
          <EmptyState title="No visit yet">
            {data.booking &&
              'Choose a first time below; the others are proposed from it and each can be changed.'}
          </EmptyState>
        }
        columns={[
          {
            key: 'session',
            head: 'Session',
            names: true,
            cell: (v) => `${v.sessionNumber} of ${data.protocol.sessions}`,
          },
          { key: 'when', head: 'When', cell: (v) => `${v.when} to ${v.until}` },
          { key: 'place', head: 'Room and chair', cell: (v) => v.place },
          { key: 'nurse', head: 'Nurse', cell: (v) => v.nurse },
          { key: 'state', head: 'State', cell: (v) => <StateChip {...VISIT_CHIPS[v.state]} /> },
        ]}
      />
      {data.may.book &&
        data.visits
          .filter((v) => v.may.move || v.may.cancel)
          .map((v) => <ChangeVisit key={v.id} visit={v} data={data} problem={problem} />)}
      {data.notBooked && data.may.book && <Notice state="due" title={data.notBooked} />}
      {data.booking && data.booking.unbooked.length > 0 && (
        <BookVisits data={data} booking={data.booking} problem={problem} />
      )}
    </Section>
  )
}

const VISIT_CHIPS = {
  booked: { state: 'calm', word: 'booked' },
  ...COURSE_CHIPS,
  past: { state: 'unknown', word: 'over' },
  cancelled: { state: 'unknown', word: 'cancelled' },
} as const

/** What was typed into the form that was sent, if it was this one. */
function typedIn(problem: FormAnswer | undefined, intents: readonly string[], visitId?: string) {
  const mine =
    problem !== undefined &&
    intents.includes(String(problem.values.intent)) &&
    (visitId === undefined || problem.values.appointment === visitId)
  return (name: string, otherwise: string) => (mine ? String(problem.values[name] ?? '') : otherwise)
}

function ChangeVisit({
  visit,
  data,
  problem,
}: {
  visit: Visit
  data: PlanPageData
  problem: FormAnswer | undefined
}) {
  const typed = typedIn(problem, ['move', 'cancel'], visit.id)
  const wrong = (name: string) => problem?.errors[`${name}-${visit.id}`]
  const open = ['start', 'chair', 'nurse', 'reason'].some((name) => wrong(name))
  return (
    <details className="disclosure" open={open}>
      <summary>
        {visit.may.move ? 'Move or cancel' : 'Cancel'} session {visit.sessionNumber}, {visit.when}
      </summary>
      <form method="post" className="panel booking" noValidate>
        <input type="hidden" name="appointment" value={visit.id} />
        {visit.may.move && (
          <>
            <Fieldset legend="Move to" row>
              <DateField
                withTime
                name="start"
                id={`start-${visit.id}`}
                label="Begins"
                hint={`Clinic time, ${data.timeZone}`}
                defaultValue={typed('start', visit.start)}
                error={wrong('start')}
              />
              <SelectField
                name="chair"
                id={`chair-${visit.id}`}
                label="Chair"
                options={data.chairs}
                defaultValue={typed('chair', visit.chairId)}
                error={wrong('chair')}
              />
              <SelectField
                name="nurse"
                id={`nurse-${visit.id}`}
                label="Nurse"
                options={data.nurses}
                defaultValue={typed('nurse', visit.nurseId)}
                error={wrong('nurse')}
              />
            </Fieldset>
            <FormActions>
              <Button name="intent" value="move" kind="quiet">
                Move this visit
              </Button>
            </FormActions>
          </>
        )}
        {data.may.cancel && (
          <div className="spaced">
            <SelectField
              name="reason"
              id={`reason-${visit.id}`}
              label={visit.may.move ? 'Or cancel it, because' : 'Cancel it, because'}
              prompt="Choose"
              options={CANCEL_REASONS.map((r) => ({ value: r.id, label: r.label }))}
              defaultValue={typed('reason', '')}
              error={wrong('reason')}
            />
            <FormActions>
              <Button name="intent" value="cancel" kind="danger">
                Cancel this visit
              </Button>
            </FormActions>
          </div>
        )}
      </form>
    </details>
  )
}

function BookVisits({
  data,
  booking,
  problem,
}: {
  data: PlanPageData
  booking: NonNullable<PlanPageData['booking']>
  problem: FormAnswer | undefined
}) {
  if (data.chairs.length === 0 || data.nurses.length === 0) {
    return (
      <Notice
        state="unknown"
        title={data.chairs.length === 0 ? 'There is no chair to book yet.' : 'There is no nurse to book yet.'}
      >
        <p>A manager adds them: chairs under Chairs, people under Staff.</p>
      </Notice>
    )
  }
  const { proposed, asked, errors, unbooked } = booking
  const posted = problem?.values.intent === 'book'
  const rows =
    proposed ??
    (posted
      ? unbooked.map((sessionNumber) => ({
          sessionNumber,
          start: '',
          chair: '',
          nurse: '',
          free: false,
          words: '',
        }))
      : undefined)
  const first = unbooked[0]
  return (
    <>
      <form method="get" action="#book" className="panel booking" noValidate>
        <Fieldset
          legend={
            unbooked.length === data.protocol.sessions
              ? `Book ${unbooked.length} visits`
              : `Book session ${unbooked.join(' and ')}`
          }
          hint="Dates are proposed from the first one; or found inside the spacing of the protocol, with whoever is free. Nothing is booked yet."
          row
        >
          <DateField
            withTime
            name="first"
            label={`Session ${first} begins`}
            hint={`Clinic time, ${data.timeZone}`}
            min={booking.earliest}
            defaultValue={asked.first}
            error={errors.first}
          />
          <SelectField
            name="chair"
            label="Chair"
            prompt="Choose a chair"
            options={data.chairs}
            defaultValue={asked.chair}
            error={errors.chair}
          />
          <SelectField
            name="nurse"
            label="Nurse"
            prompt="Choose a nurse"
            options={data.nurses}
            defaultValue={asked.nurse}
            error={errors.nurse}
          />
        </Fieldset>
        <FormActions>
          <Button kind={rows ? 'quiet' : 'primary'}>Propose dates</Button>
          <Button kind="quiet" name="find" value="yes">
            Find dates that fit
          </Button>
        </FormActions>
      </form>
      {booking.none && (
        <Notice state="due" announce="status" title="No dates fit">
          <p>{booking.none}</p>
        </Notice>
      )}
      {rows && (
        <form method="post" id="book" className="panel booking" noValidate>
          <input
            type="hidden"
            name="key"
            value={posted ? String(problem?.values.key ?? data.key) : data.key}
          />
          {rows.map((row) => (
            <ProposedRow
              key={row.sessionNumber}
              row={row}
              data={data}
              problem={posted ? problem : undefined}
            />
          ))}
          <FormActions>
            <Button name="intent" value="book">
              {rows.length === 1 ? 'Book this visit' : `Book all ${rows.length}`}
            </Button>
            <ButtonLink kind="plain" href={`/work/plans/${data.id}`}>
              Leave it
            </ButtonLink>
          </FormActions>
        </form>
      )}
    </>
  )
}

function ProposedRow({
  row,
  data,
  problem,
}: {
  row: {
    sessionNumber: number
    start: string
    chair: string
    nurse: string
    free: boolean
    words: string
  }
  data: PlanPageData
  problem: FormAnswer | undefined
}) {
  const n = row.sessionNumber
  const typed = (name: string, otherwise: string) =>
    problem ? String(problem.values[`${name}-${n}`] ?? '') : otherwise
  const start = typed('start', row.start)
  return (
    <Fieldset
      legend={`Session ${n}`}
      hint={problem ? undefined : <StateChip state={row.free ? 'calm' : 'due'} word={row.words} />}
      row
    >
      <DateField
        withTime
        name={`start-${n}`}
        label="Begins"
        defaultValue={start}
        error={problem?.errors[`start-${n}`]}
      />
      <SelectField
        name={`chair-${n}`}
        label="Chair"
        options={data.chairs}
        defaultValue={typed('chair', row.chair)}
        error={problem?.errors[`chair-${n}`]}
      />
      <SelectField
        name={`nurse-${n}`}
        label="Nurse"
        options={data.nurses}
        defaultValue={typed('nurse', row.nurse)}
        error={problem?.errors[`nurse-${n}`]}
      />
    </Fieldset>
  )
}
