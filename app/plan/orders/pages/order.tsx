import { useActionData, useLoaderData } from 'react-router'
import { fieldErrors } from '../../../platform/form.ts'
import { guardedAction, guardedLoader } from '../../../platform/page.server.ts'
import {
  Breadcrumb,
  Button,
  ButtonLink,
  Checkbox,
  ErrorSummary,
  Facts,
  Fieldset,
  FormActions,
  Notice,
  NumberField,
  PageHead,
  RadioGroup,
  Section,
  TextArea,
  TextField,
} from '../../../ui/index.ts'
import planCss from '../../plan.css?url'
import { signOrder } from '../../plan-access.ts'
import { answerOrder, orderPage, type WorkedOrder } from '../order-page.server.ts'
import { BASIS_WORDS } from '../order-words.ts'
import { ArithmeticTable } from './arithmetic-table.tsx'

export function links() {
  return [{ rel: 'stylesheet', href: planCss }]
}

export const loader = guardedLoader(signOrder, (page) => orderPage(page))

export const action = guardedAction({
  work: [signOrder, (page) => answerOrder(page, false)],
  sign: [signOrder, (page) => answerOrder(page, true)],
})

export function meta() {
  return [{ title: 'Order' }]
}

export default function OrderPage() {
  const data = useLoaderData<typeof loader>()
  const given = useActionData<typeof action>()
  const answer = given && 'errors' in given ? given : undefined
  const typed = (name: string, otherwise = '') => String(answer?.values[name] ?? otherwise)
  const wrong = answer?.errors ?? {}
  const worked = answer?.worked
  return (
    <>
      <PageHead
        breadcrumb={
          <Breadcrumb
            items={[
              { href: '/work/plans', label: 'Plans' },
              { href: `/work/plans/${data.id}`, label: data.name },
            ]}
          />
        }
        title={`Order for ${data.name}`}
        lead={`${data.protocol.title}: ${data.protocol.mgPerKg} mg/kg over ${data.protocol.durationMin} minutes. Work it out first, read every line, then sign.`}
        actions={
          <ButtonLink kind="quiet" size="small" href={worked?.compare?.link ?? data.compare.link}>
            Compare regimens
          </ButtonLink>
        }
      />
      <ErrorSummary errors={fieldErrors(answer)} />
      <Facts
        layout="columns"
        facts={[
          { term: 'Weight', value: data.weight && `${data.weight.kg} kg`, source: data.weight?.when },
          { term: 'Height', value: data.heightCm && `${data.heightCm} cm` },
          { term: 'Sex', value: data.sex },
        ]}
      />
      <p className="fact-source">“Compare regimens” {worked?.compare?.words ?? data.compare.words}</p>
      {data.blocked ? (
        <Notice state="due" title={data.blocked}>
          <ButtonLink href={`/work/assessments/${data.assessmentId}`}>Open the assessment</ButtonLink>
        </Notice>
      ) : (
        <form method="post" className="plan-form" noValidate>
          <input type="hidden" name="key" value={typed('key', data.key)} />
          <input type="hidden" name="shown" value={worked?.shown ?? ''} />
          <Fieldset legend="Dose" row>
            <NumberField
              name="mgPerKg"
              label="Dose"
              unit="mg/kg"
              defaultValue={typed('mgPerKg', String(data.protocol.mgPerKg))}
              error={wrong.mgPerKg}
            />
            <NumberField
              name="durationMin"
              label="Over"
              unit="min"
              whole
              defaultValue={typed('durationMin', String(data.protocol.durationMin))}
              error={wrong.durationMin}
            />
          </Fieldset>
          <RadioGroup
            name="weightBasis"
            label="Counted from which weight?"
            hint="No trial settles this for a high body weight. Nothing is chosen for you."
            defaultValue={answer ? typed('weightBasis') : undefined}
            error={wrong.weightBasis}
            choices={data.bases.map(({ basis, words }) => ({
              value: basis,
              label: `The ${BASIS_WORDS[basis]}`,
              hint: words,
            }))}
          />
          <RadioGroup
            name="concentrationMgPerMl"
            label="Which vial?"
            layout="inline"
            defaultValue={answer ? typed('concentrationMgPerMl') : undefined}
            error={wrong.concentrationMgPerMl}
            choices={[
              { value: '10', label: '10 mg/mL' },
              { value: '50', label: '50 mg/mL' },
              { value: '100', label: '100 mg/mL, diluted' },
            ]}
          />
          <NumberField
            name="totalVolumeMl"
            label="Whole volume in the pump"
            hint="Drug and diluent together."
            unit="mL"
            defaultValue={typed('totalVolumeMl')}
            error={wrong.totalVolumeMl}
          />
          <TextArea
            name="reason"
            label="Reason"
            optional
            hint={`Needed for anything but the protocol’s dose and time, and above ${data.protocol.ceilings.softMgPerKg} mg/kg.`}
            rows={2}
            defaultValue={typed('reason')}
            error={wrong.reason}
          />
          {data.weightChange && (
            <Checkbox
              name="weightChangeAcknowledged"
              label={`I have checked the weight: ${data.weightChange}.`}
              defaultChecked={typed('weightChangeAcknowledged') === 'yes'}
              error={wrong.weightChangeAcknowledged}
            />
          )}
          <FormActions>
            <Button name="intent" value="work" kind={worked?.figures ? 'quiet' : 'primary'}>
              Work it out
            </Button>
          </FormActions>
          {worked && (
            <Worked worked={worked} typed={typed} wrong={wrong} hard={data.protocol.ceilings.hardMgPerKg} />
          )}
        </form>
      )}
    </>
  )
}

function roundingWords(percent: number): string {
  const off = Number(Math.abs(percent).toFixed(1))
  return off === 0 ? 'exact' : `${off} % ${percent < 0 ? 'less' : 'more'} by rounding`
}

function Worked({
  worked,
  typed,
  wrong,
  hard,
}: {
  worked: WorkedOrder
  typed: (name: string, otherwise?: string) => string
  wrong: Readonly<Record<string, string>>
  hard: number
}) {
  const f = worked.figures
  return (
    <Section title="Read every line">
      {f && (
        <Facts
          layout="columns"
          facts={[
            {
              term: 'Dose',
              value: `${f.doseMg} mg`,
              source: roundingWords(f.roundingErrorPercent),
            },
            { term: 'Draw', value: `${f.volumeMl} mL`, source: `and ${f.diluentMl} mL diluent` },
            { term: 'Pump', value: `${f.rateMlPerH} mL/h`, source: `${f.totalVolumeMl} mL in all` },
          ]}
        />
      )}
      <ArithmeticTable lines={worked.lines} caption="From mg/kg to the pump, and back" />
      {f && (
        <>
          {worked.needs.includes('second-prescriber') && (
            <Fieldset
              legend="Second prescriber"
              hint={`Above ${hard} mg/kg another prescriber signs here as well.`}
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
              <TextField name="secondPassword" label="Their password" type="password" autoComplete="off" />
            </Fieldset>
          )}
          <TextField
            name="password"
            label="Your password"
            hint="Your signature: it is stored with your name and the time, and is never edited."
            type="password"
            width="medium"
            autoComplete="current-password"
            error={wrong.password}
          />
          <FormActions>
            <Button name="intent" value="sign">
              Sign this order
            </Button>
          </FormActions>
        </>
      )}
    </Section>
  )
}
