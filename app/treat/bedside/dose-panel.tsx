import { ROUTE_WORDS } from '../../plan/index.ts'
import type { FormAnswer } from '../../platform/form.ts'
import type { LocalDate } from '../../platform/time.ts'
import { ButtonLink, DataTable, NumberField, StateChip } from '../../ui/index.ts'
import { type DoseCheck, doseChecks } from '../dose/dose-gate.ts'
import type { SessionState } from '../session/session.ts'
import { otherLotsText, scanFieldOf } from '../session/session-form.ts'
import { BedsideForm, fieldId, returnedTo } from './bedside-form.tsx'
import type { SessionPage } from './session-page.server.ts'
import { LotInHand, ScanInHand, UnitLots } from './units-panel.tsx'

/** The gate before the dose: every condition with its value, and the form once all are met. */
export function StartPanel({
  page,
  state,
  nowMs,
  answer,
}: {
  page: SessionPage
  state: SessionState
  nowMs: number
  answer: FormAnswer | undefined
}) {
  const { order, lots, split, assessmentId: _, ...facts } = page.dose
  const checks = doseChecks({ ...facts, state, atMs: nowMs, order })
  const open = checks.every(({ met }) => met)
  const returned = returnedTo('start', answer)
  return (
    <>
      <CheckTable checks={checks} />
      <WhereToSettle checks={checks} page={page} />
      {open && order?.given.kind === 'units' && (
        <BedsideForm
          intent="start"
          formKey={page.keys.start}
          answer={answer}
          submit={order.route === 'nasal-esketamine' ? 'Device 1 was sprayed' : 'Given'}
        >
          <p className="bedside-order">
            <strong>{order.doseMg} mg</strong>: {order.given.units} of {order.given.unitMg} mg each,{' '}
            {ROUTE_WORDS[order.route]}
            {order.route === 'nasal-esketamine' && ', one after the other with 5 minutes between them'}.
          </p>
          <UnitLots intent="start" lots={lots} today={facts.today} answer={answer} />
        </BedsideForm>
      )}
      {open && order?.drawn && (
        <BedsideForm
          intent="start"
          formKey={page.keys.start}
          answer={answer}
          submit={order.given.kind === 'infusion' ? 'Start infusion' : 'Given'}
        >
          <p className="bedside-order">
            <strong>{order.doseMg} mg</strong> ({order.doseMgPerKg} mg/kg): draw{' '}
            <strong>{order.drawn.volumeMl} mL</strong> of {order.drawn.concentrationMgPerMl} mg/mL
            <HowGiven order={order} />.
          </p>
          {lots.length > 0 ? (
            <LotInHand intent="start" lots={lots} today={facts.today} answer={answer} />
          ) : split ? (
            <SeveralLots split={split} today={facts.today} answer={answer} />
          ) : (
            <p>
              <StateChip state="unknown" word="No lot fits" /> No lot of {order.drawn.concentrationMgPerMl}{' '}
              mg/mL that is in date holds {order.drawn.volumeMl} mL.{' '}
              <ButtonLink href="/work/stock" kind="plain">
                To the stock
              </ButtonLink>
            </p>
          )}
          <NumberField
            name="drawnMl"
            id={fieldId('start', 'drawnMl')}
            label={lots.length === 0 && split ? 'Drawn in all' : 'Drawn from the vial'}
            unit="mL"
            size="bedside"
            defaultValue={returned.value('drawnMl')}
            error={returned.error('drawnMl')}
          />
        </BedsideForm>
      )}
    </>
  )
}

/** No lot holds the whole dose: how much of which, all of it recorded with this one form. */
export function SeveralLots({
  split: { parts },
  today,
  answer,
}: {
  split: NonNullable<SessionPage['dose']['split']>
  today: LocalDate
  answer: FormAnswer | undefined
}) {
  const [first, ...others] = parts
  return (
    <>
      <p>
        <StateChip state="due" word="No one lot holds it all" /> Draw exactly this, first to expire first:
      </p>
      <ol className="lot-parts">
        {parts.map(({ lotId, lotNumber, words }) => (
          <li key={lotId}>
            {words}
            <ScanInHand
              intent="start"
              name={lotId === first?.lotId ? 'scanned' : scanFieldOf(lotId)}
              label={`Scan the vial of lot ${lotNumber}`}
              hint="Its square code. Another lot stops."
              today={today}
              answer={answer}
            />
          </li>
        ))}
      </ol>
      <input type="hidden" name="lotId" value={first?.lotId} />
      <input type="hidden" name="otherLots" value={otherLotsText(others)} />
    </>
  )
}

/** What is done with what was drawn: the pump step by step, or the places of an injection. */
function HowGiven({ order: { given, route } }: { order: NonNullable<SessionPage['dose']['order']> }) {
  if (given.kind === 'units') return null
  if (given.kind === 'volume') {
    const portions = given.portionsMl.map((ml) => `${ml} mL`).join(' and ')
    const places = given.portionsMl.length === 1 ? 'in one place' : `in ${given.portionsMl.length} places`
    return (
      <>
        , give <strong>{portions}</strong> {ROUTE_WORDS[route]}, {places}, then press “Given”
      </>
    )
  }
  return (
    <>
      , dilute to {given.totalVolumeMl} mL, pump at{' '}
      {given.steps.map((step, place) => (
        <span key={step.title}>
          {place > 0 && ', then '}
          <strong>{step.rateMlPerH} mL/h</strong> for {step.durationMin} min
        </span>
      ))}
    </>
  )
}

const REMS_ASKS = ['not-enrolled', 'no-prescriber-on-site', 'no-oximeter'] as const

/** Where what is missing is recorded: facts of today with the assessment, a concern with whoever responds. */
function WhereToSettle({ checks, page }: { checks: readonly DoseCheck[]; page: SessionPage }) {
  const open = checks.map(({ hindrance }) => hindrance)
  const facts = open.includes('held-today') || open.includes('eligibility-too-old')
  return (
    <>
      {facts && (
        <ButtonLink href={`/work/assessments/${page.dose.assessmentId}`} kind="quiet">
          Record what is known today
        </ButtonLink>
      )}
      {REMS_ASKS.some((each) => open.includes(each)) && (
        <ButtonLink href={`/work/sessions/${page.sessionId}/rems`} kind="quiet">
          Answer for the REMS
        </ButtonLink>
      )}
      {open.includes('consent-missing') && (
        <>
          <p>They read and sign in their own portal; whoever cannot, signs here together with you.</p>
          {page.mayRecord && (
            <ButtonLink href={`/work/plans/${page.planId}/consent`} kind="quiet">
              Sign together
            </ButtonLink>
          )}
        </>
      )}
      {open.includes('open-concern') && (
        <ButtonLink href="/work/concerns" kind="quiet">
          To the open concerns
        </ButtonLink>
      )}
    </>
  )
}

/** What is open stands first and whole; what is met is one line that opens, so that the form beneath stays in reach. */
export function CheckTable({ checks }: { checks: readonly DoseCheck[] }) {
  const open = checks.filter(({ met }) => !met)
  const met = checks.filter((each) => each.met)
  return (
    <>
      {open.length > 0 ? (
        <CheckRows
          checks={open}
          caption={`${open.length} of ${checks.length} conditions before a dose are open`}
        />
      ) : (
        <p className="gate-open">
          <StateChip state="calm" word="Everything needed before a dose is there" />
        </p>
      )}
      {met.length > 0 && (
        <details className="disclosure">
          <summary>{met.length === 1 ? '1 condition met' : `${met.length} conditions met`}</summary>
          <CheckRows checks={met} caption="Conditions before a dose that are met" />
        </details>
      )}
    </>
  )
}

function CheckRows({ checks, caption }: { checks: readonly DoseCheck[]; caption: string }) {
  return (
    <DataTable
      caption={caption}
      rows={checks}
      rowKey={({ title }) => title}
      phone="stack"
      empty={null}
      columns={[
        { key: 'title', head: 'Condition', names: true, cell: ({ title }) => title },
        {
          key: 'met',
          head: 'State',
          cell: ({ met }) => <StateChip state={met ? 'calm' : 'due'} word={met ? 'met' : 'open'} />,
        },
        { key: 'value', head: 'Value', cell: ({ value }) => value },
      ]}
    />
  )
}
