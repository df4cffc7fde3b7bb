import {
  Button,
  EmptyState,
  Facts,
  Fieldset,
  FormActions,
  Notice,
  Section,
  StepUpField,
  TextField,
} from '../../../ui/index.ts'
import type { DoseFigures } from '../dose-arithmetic.ts'
import { UNIT_WORDS } from '../units-arithmetic.ts'
import { SHORT_VISITS_ADVICE } from '../visit-short.ts'
import type { WorkedOrder } from '../work-out-order.ts'
import { ArithmeticTable } from './arithmetic-table.tsx'

/** How far rounding moves a dose, in words: “exact” only when it does not. */
export function roundingWords(percent: number): string {
  const off = Math.abs(percent)
  // What adding binary fractions leaves behind is no rounding.
  if (off < 1e-6) return 'exact'
  return `${off < 0.05 ? 'less than 0.1' : Number(off.toFixed(1))} % ${percent < 0 ? 'less' : 'more'} by rounding`
}

/** The order as it is worked out so far, line by line, and the signatures below it once it can be. */
export function OrderResult({
  worked,
  typed,
  wrong,
  unread,
  shortVisits,
}: {
  worked: WorkedOrder | undefined
  typed: (name: string, otherwise?: string) => string
  wrong: Readonly<Record<string, string>>
  unread: number
  /** What booked visits lack for it, in words. */
  shortVisits?: string | undefined
}) {
  const figures = worked?.figures
  const problems = worked ? Object.values(worked.errors) : []
  return (
    <Section title="Read every line">
      {!worked && (
        <EmptyState title="Not worked out yet">
          {unread === 1 ? 'One field is' : `${unread} fields are`} not filled in or not readable.
        </EmptyState>
      )}
      {problems.length > 0 && (
        <Notice state="due" title="This cannot be ordered as it stands">
          <ul>
            {problems.map((words) => (
              <li key={words}>{words}</li>
            ))}
          </ul>
        </Notice>
      )}
      {figures && <KeyFigures figures={figures} />}
      {shortVisits && (
        <Notice state="due" title={shortVisits}>
          <p>{SHORT_VISITS_ADVICE}</p>
        </Notice>
      )}
      {worked && worked.lines.length > 0 && (
        <ArithmeticTable lines={worked.lines} caption="From what is asked to what is given, and back" />
      )}
      {figures && worked && (
        <div className="order-sign">
          {worked.needs.includes('reason') && (
            <p className="fact-source">This order needs a reason: write it in the field “Reason”.</p>
          )}
          {worked.needs.includes('second-prescriber') && (
            <Fieldset
              legend="Second prescriber"
              hint="Above the hard ceiling another prescriber signs here as well."
              row
            >
              <TextField
                name="secondEmail"
                label="Their e-mail address"
                type="email"
                autoComplete="off"
                defaultValue={typed('secondEmail')}
                error={wrong.secondEmail}
              />
              <StepUpField second label="Their password" />
            </Fieldset>
          )}
          <StepUpField
            label="Your password"
            hint="Your signature: it is stored with your name and the time, and is never edited."
            error={wrong.password}
          />
          <FormActions>
            <Button name="intent" value="sign">
              Sign this order
            </Button>
          </FormActions>
        </div>
      )}
    </Section>
  )
}

function KeyFigures({ figures: f }: { figures: DoseFigures }) {
  if (f.kind === 'infusion') {
    const several = f.steps.length > 1
    return (
      <Facts
        layout="columns"
        facts={[
          { term: 'Dose', value: `${f.doseMg} mg`, source: roundingWords(f.roundingErrorPercent) },
          { term: 'Draw', value: `${f.volumeMl} mL`, source: `and ${f.diluentMl} mL diluent` },
          ...f.steps.map((step) => ({
            term: several ? `Pump, ${step.title}` : 'Pump',
            value: `${step.rateMlPerH} mL/h`,
            source: several ? `for ${step.durationMin} min` : `${f.totalVolumeMl} mL in all`,
          })),
        ]}
      />
    )
  }
  if (f.kind === 'volume') {
    return (
      <Facts
        layout="columns"
        facts={[
          { term: 'Dose', value: `${f.doseMg} mg`, source: roundingWords(f.roundingErrorPercent) },
          { term: 'Draw', value: `${f.volumeMl} mL`, source: 'undiluted' },
          {
            term: 'Give',
            value: f.portionsMl.map((ml) => `${ml} mL`).join(' + '),
            source: f.portionsMl.length === 1 ? 'in one place' : `in ${f.portionsMl.length} places`,
          },
        ]}
      />
    )
  }
  const unit = f.atMin.length > 0 ? UNIT_WORDS['nasal-esketamine'] : undefined
  return (
    <Facts
      layout="columns"
      facts={[
        { term: 'Dose', value: `${f.doseMg} mg` },
        {
          term: 'Give',
          value: `${f.units} × ${f.unitMg} mg`,
          source: unit ? `${unit.many} at ${f.atMin.join(', ')} min` : 'times between them are not stated',
        },
      ]}
    />
  )
}
